"""What the clock does: each kind of due row and its use case, on one page."""

from collections.abc import Callable, Mapping

from bot.domain.appointments import DECIDES, REMINDERS, SILENCE, Reminder, Side
from bot.domain.county import County
from bot.storage import (
    calls,
    cases,
    chats,
    due,
    feedback,
    inbox,
    jobs,
    no_shows,
    outbox,
    prompts,
    requests,
)
from bot.storage.due import Due
from bot.storage.tx import Tx
from bot.usecases import (
    afterwards,
    agreeing_clock,
    assigning,
    closing,
    digesting,
    dispatch,
    errands,
    offering,
    office,
    promising,
    protecting,
    reminding,
    separating,
)
from bot.usecases.telling import ERRAND_WAITS

_Act = Callable[[Tx, County, int], None]


def _reminder(reminder: Reminder, side: Side) -> _Act:
    return lambda tx, county, assignment_id: reminding.remind(
        tx, county, reminder, side, assignment_id
    )


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
    assigning.CLOSING: closing.ask,
    afterwards.CLOSING_NUDGE: afterwards.nudge,
    protecting.CASE_WAITS: protecting.remind,
    DECIDES: separating.decide_late,
    ERRAND_WAITS: errands.remind,
    promising.HEAR_BY: promising.keep,
    office.CALL_WAITS: office.remind_of_call,
    digesting.DIGEST: digesting.send,
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
#: Cases after they were closed; what people were asked afterwards.
KEEP_CASES = 90 * _DAY
KEEP_PROMPTS = 30 * _DAY


def tidy_up(tx: Tx) -> None:
    """Once an hour: forget what has served its purpose."""
    if not jobs.first_in(tx, "tidy up", str(tx.now // _HOUR)):
        return
    inbox.prune(tx, done_before=tx.now - KEEP_INBOX, parked_before=tx.now - KEEP_PARKED)
    outbox.prune(tx, tx.now - KEEP_OUTBOX)
    chats.forget_strangers(tx, tx.now - KEEP_STRANGERS)
    calls.prune(tx, tx.now - KEEP_CALLS)
    requests.forget_finished(tx, tx.now - KEEP_ENDED_REQUESTS)
    feedback.prune(tx)
    cases.prune(tx, tx.now - KEEP_CASES)
    no_shows.prune(tx)
    prompts.prune(tx, tx.now - KEEP_PROMPTS)
    jobs.prune(tx, tx.now - KEEP_JOBS)
