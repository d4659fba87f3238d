"""The morning digest for the coordinators' group: what waits, and today's appointments."""

from datetime import datetime, time, timedelta

from bot.domain.county import County
from bot.domain.office_hours import next_morning
from bot.domain.requests import HelpRequest, State
from bot.messages import N_, P_, Message, Text, count, message, text
from bot.storage import calls, cases, chats, due, errands, outbox, requests
from bot.storage.outbox import Draft, Lane
from bot.storage.tx import Tx
from bot.usecases import papers_due
from bot.usecases.notices import category, when

DIGEST = "digest"
#: Local time, on working days.
_AT = "07:30"
#: Papers alone are no reason to write every morning.
_MONDAY = 0


def plan_digest(tx: Tx, county: County) -> None:
    due.put(tx, DIGEST, 0, next_morning(tx.now, county, _AT))


def send(tx: Tx, county: County, _: int) -> None:
    """The clock: to the group, if there is one and anything to say; then the next is planned."""
    plan_digest(tx, county)
    group = chats.office_group(tx)
    said = _digest(tx, county)
    if group is not None and said is not None:
        outbox.append(tx, Draft(group, said, Lane.ANNOUNCEMENT))


def _digest(tx: Tx, county: County) -> Message | None:
    today = datetime.fromtimestamp(tx.now, county.zone).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), county.zone)
    appointments = requests.starting_between(tx, tx.now, int(midnight.timestamp()))
    waiting = _what_waits(tx)
    papers = papers_due.how_many(tx, today)
    if not waiting and not appointments and not (papers and today.weekday() == _MONDAY):
        return None
    lines = [text(N_("🌅 <b>Good morning!</b>")), *waiting]
    if appointments:
        lines.append(text(N_("Appointments today:")))
    lines += [_line(request, county) for request in appointments]
    if papers:
        lines.append(
            count(
                P_(
                    "{n} volunteer has papers that end or are missing: /care",
                    "{n} volunteers have papers that end or are missing: /care",
                ),
                papers,
            )
        )
    return message(*lines)


def _what_waits(tx: Tx) -> list[Text]:
    states = [request.state for request in requests.unassigned(tx)]
    counts = (
        (P_("{n} request needs a look", "{n} requests need a look"), states.count(State.WAITING)),
        (P_("{n} request has nobody", "{n} requests have nobody"), states.count(State.STUCK)),
        (
            P_("{n} person waits for a call", "{n} people wait for a call"),
            len(calls.unfinished(tx)),
        ),
        (P_("{n} case is open", "{n} cases are open"), len(cases.unfinished(tx))),
        (P_("{n} call about a request", "{n} calls about requests"), len(errands.unfinished(tx))),
    )
    found = [count(words, n) for words, n in counts if n]
    return [*found, text(N_("All of it: /open"))] if found else []


def _line(request: HelpRequest, county: County) -> Text:
    return text(
        N_("<b>{number}</b> · {what}, {time} · {place}"),
        number=request.number,
        what=category(request, county),
        time=when(request),
        place=request.place or "–",
    )
