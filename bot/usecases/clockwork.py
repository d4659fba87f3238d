"""What the clock does: each kind of due row and its use case, on one page."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bot.domain.appointments import DECIDES, REMINDERS, SILENCE, Reminder, Side
from bot.domain.county import County
from bot.domain.meetups import REMIND
from bot.storage import (
    announcements,
    applications,
    audit,
    calls,
    care,
    cases,
    chats,
    check_ins,
    due,
    feedback,
    inbox,
    jobs,
    no_shows,
    outbox,
    prompts,
    relays,
    requests,
    volunteers,
)
from bot.storage.due import Due
from bot.storage.tx import Tx
from bot.usecases import (
    afterwards,
    agreeing_clock,
    announcing,
    assigning,
    blocking,
    checking_in,
    closing,
    counting,
    digesting,
    dispatch,
    errands,
    late,
    listening,
    meetup_news,
    moving,
    offering,
    office,
    papers_due,
    promising,
    protecting,
    record_asking,
    relay_closing,
    reminding,
    separating,
    series,
    series_meetings,
    series_trial,
    settling,
    swapping,
    undated,
)
from bot.usecases.telling import ERRAND_WAITS, LATE_WAITS

_Act = Callable[[Tx, County, int], None]


def _reminder(reminder: Reminder, side: Side) -> _Act:
    return lambda tx, county, assignment_id: reminding.remind(
        tx, county, reminder, side, assignment_id
    )


def _meetup_reminder(reminder: Reminder) -> _Act:
    return lambda tx, county, guest_id: meetup_news.remind(tx, county, reminder, guest_id)


ACTS: Mapping[str, _Act] = {
    assigning.OFFERS_EXPIRE: dispatch.expire_offers,
    offering.OFFER_HELD: offering.deliver_held,
    offering.OPEN_TASKS: offering.tell_open_tasks,
    assigning.REQUEST_STARTS: dispatch.start,
    assigning.REQUEST_ENDS: dispatch.finish,
    assigning.PROPOSE_REMINDER: agreeing_clock.remind_to_propose,
    assigning.PROPOSE_OVER: agreeing_clock.give_up_proposing,
    assigning.CHOOSE_REMINDER: agreeing_clock.remind_to_choose,
    assigning.CHOOSE_OVER: agreeing_clock.give_up_choosing,
    **{kind: _reminder(reminder, side) for kind, (reminder, side) in REMINDERS.items()},
    SILENCE: reminding.notice_silence,
    settling.MOVE_OVER: moving.expire,
    settling.SWAP_OVER: swapping.expire,
    settling.SWAP_HELD: swapping.deliver_held,
    LATE_WAITS: late.remind,
    assigning.CLOSING: closing.ask,
    series_trial.SERIES_ASK: series_trial.ask,
    series_trial.SERIES_NUDGE: series_trial.nudge,
    series_trial.SERIES_SILENT: series_trial.give_to_office,
    series_trial.SERIES_CHANGE_OVER: series.change_is_over,
    series_meetings.SERIES_PLAN: series_meetings.plan_by_day,
    series_meetings.SERIES_CLASH: series_meetings.clash_is_over,
    afterwards.CLOSING_NUDGE: afterwards.nudge,
    protecting.CASE_WAITS: protecting.remind,
    DECIDES: separating.decide_late,
    ERRAND_WAITS: errands.remind,
    promising.HEAR_BY: promising.keep,
    relay_closing.RELAY_OVER: relay_closing.close_in_time,
    office.CALL_WAITS: office.remind_of_call,
    listening.LISTEN_WAITS: listening.give_up,
    undated.UNDATED: undated.remind,
    digesting.DIGEST: digesting.send,
    meetup_news.MEETUP_TELL: meetup_news.tell_guest,
    meetup_news.MEETUP_NUDGE: meetup_news.nudge,
    **{kind: _meetup_reminder(reminder) for kind, reminder in REMIND.items()},
    meetup_news.MEETUP_OVER: meetup_news.over,
    announcing.ANNOUNCE: announcing.go_on,
    record_asking.RECORD_MONTH: record_asking.ask,
    record_asking.RECORD_NUDGE: record_asking.nudge,
    blocking.BLOCK_OVER: blocking.is_over,
    checking_in.CHECK_IN: checking_in.ask,
    checking_in.CHECK_IN_OVER: checking_in.give_up,
    papers_due.PAPERS_END: papers_due.look_at,
}


def fire(tx: Tx, county: County, row: Due) -> None:
    """Claim *row* and do its work in one commit; one that was moved or cancelled does nothing."""
    if due.take(tx, row):
        ACTS[row.kind](tx, county, row.subject)


_HOUR = 3600
_DAY = 24 * _HOUR
#: How long things are kept (seconds): handled updates, parked ones, settled messages, chats that
#: never agreed to anything, wishes to be called, requests that have ended.
KEEP_INBOX = 2 * _DAY
KEEP_PARKED = 7 * _DAY
KEEP_OUTBOX = 2 * _DAY
KEEP_STRANGERS = _DAY
KEEP_CALLS = 30 * _DAY
KEEP_ENDED_REQUESTS = 30 * _DAY
KEEP_JOBS = 30 * _DAY
#: Which message of a closed chat is whose: so long its answers are recognised, and told it is over.
KEEP_RELAYS = 2 * _DAY
#: Cases after they were closed; what people were asked afterwards.
KEEP_CASES = 90 * _DAY
KEEP_PROMPTS = 30 * _DAY
#: What was said to many, and to whom.
KEEP_ANNOUNCEMENTS = 30 * _DAY
KEEP_HOLIDAYS = 30 * _DAY
#: What a volunteer was told about their papers.
KEEP_TOLD = 365 * _DAY
#: People who want to help, since the last thing that happened.
KEEP_APPLICATIONS = 365 * _DAY
#: Who saw or changed what: as long as somebody may claim damages for it.
KEEP_AUDIT = 3 * 365 * _DAY


def tidy_up(tx: Tx, county: County) -> None:
    """Once an hour: forget what has served its purpose."""
    if not jobs.first_in(tx, "tidy up", str(tx.now // _HOUR)):
        return
    inbox.prune(tx, done_before=tx.now - KEEP_INBOX, parked_before=tx.now - KEEP_PARKED)
    outbox.prune(tx, tx.now - KEEP_OUTBOX)
    chats.forget_strangers(tx, tx.now - KEEP_STRANGERS)
    calls.prune(tx, tx.now - KEEP_CALLS)
    for relay_id in relays.forget_closed(tx, tx.now - KEEP_RELAYS):
        outbox.forget_cards(tx, relays.cards(relay_id))
    ended_before = tx.now - KEEP_ENDED_REQUESTS
    counting.put_away(tx, county, requests.to_forget(tx, ended_before))
    requests.forget_finished(tx, ended_before)
    feedback.prune(tx)
    cases.prune(tx, tx.now - KEEP_CASES)
    no_shows.prune(tx)
    prompts.prune(tx, tx.now - KEEP_PROMPTS)
    announcements.forget(tx, tx.now - KEEP_ANNOUNCEMENTS)
    volunteers.forget_holidays(tx, _day_of(tx.now - KEEP_HOLIDAYS))
    check_ins.prune(tx, tx.now - KEEP_PROMPTS)
    care.prune(tx, tx.now - KEEP_TOLD)
    applications.prune(tx, tx.now - KEEP_APPLICATIONS)
    audit.prune(tx, tx.now - KEEP_AUDIT)
    jobs.prune(tx, tx.now - KEEP_JOBS)


def _day_of(moment: int) -> str:
    """ISO, in UTC: near enough for what is forgotten."""
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
