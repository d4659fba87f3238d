"""What a coordinator's day is made of, in private: appointments by day, and the call list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.appointments import Assignment, Said
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State
from bot.messages import Button, Message, Text
from bot.storage import assignments, calls, errands, people, requests
from bot.storage.tx import Tx
from bot.usecases import agenda_lists, desk_lists
from bot.usecases.agenda_lists import Entry, Waits
from bot.usecases.desk_notices import LONGEST_LIST
from bot.usecases.office import require_reader

_WEEK = 7


def today(tx: Tx, county: County, coordinator: Person | None) -> Message:
    """Raises :class:`Refused`."""
    return one_day(tx, county, coordinator, _today(tx, county))


def one_day(tx: Tx, county: County, coordinator: Person | None, day: date) -> Message:
    """The appointments of a day: when, where, who helps, and what has no answer. Raises
    :class:`Refused`."""
    require_reader(tx, coordinator)
    is_today = day == _today(tx, county)
    waiting = len(_waiting(tx, county, 0)) if is_today else 0
    return agenda_lists.one_day(
        day.isoformat(), _entries(tx, county, day), county, is_today=is_today, calls=waiting
    )


def week(tx: Tx, county: County, coordinator: Person | None) -> Message:
    """The next seven days, by day. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    first = _today(tx, county)
    days = [first + timedelta(days=n) for n in range(_WEEK)]
    found = [(day.isoformat(), _entries(tx, county, day)) for day in days]
    return agenda_lists.week([(day, entries) for day, entries in found if entries])


def call_list(tx: Tx, county: County, coordinator: Person | None) -> Message:
    """Everybody who is to be called: first what the coordinator has taken, then the oldest.
    Raises :class:`Refused`."""
    coordinator = require_reader(tx, coordinator)
    return agenda_lists.call_list(_waiting(tx, county, coordinator.id))


def day_of(written: str) -> date:
    """``20270118``. Raises :class:`Refused` for what is no day."""
    try:
        return datetime.strptime(written, "%Y%m%d").date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        raise Refused(Code.GONE) from None


@dataclass(frozen=True, slots=True)
class _Call:
    mine: bool
    made_at: int
    line: Text
    button: Button


def _waiting(tx: Tx, county: County, coordinator_id: int) -> list[Waits]:
    found = [*_asked_for(tx, coordinator_id), *_errands(tx, county, coordinator_id)]
    found.sort(key=lambda one: (not one.mine, one.made_at))
    return [Waits(one.line, one.button, one.made_at) for one in found]


def _asked_for(tx: Tx, coordinator_id: int) -> list[_Call]:
    found: list[_Call] = []
    for call in calls.unfinished(tx):
        mine = call.claimed_by == coordinator_id
        if mine:
            line, button = agenda_lists.my_call(call.id, call.language)
        else:
            line, button = desk_lists.waiting_call(call.id, call.language, call.state == "claimed")
        found.append(_Call(mine, call.made_at, line, button))
    return found


def _errands(tx: Tx, county: County, coordinator_id: int) -> list[_Call]:
    found: list[_Call] = []
    for errand in errands.unfinished(tx):
        mine = errand.claimed_by == coordinator_id
        request = None if errand.request_id is None else requests.find(tx, errand.request_id)
        if request is None:
            language = people.language_of(tx, errand.person_id) or county.office_language
            line, button = agenda_lists.other_errand(errand, language, mine=mine)
        elif mine:
            line, button = agenda_lists.my_errand(errand.id, request)
        else:
            line, button = desk_lists.waiting_errand(errand, request)
        found.append(_Call(mine, errand.made_at, line, button))
    return found


def _entries(tx: Tx, county: County, day: date) -> Sequence[Entry]:
    begins = datetime.combine(day, time(), county.zone)
    ends = datetime.combine(day + timedelta(days=1), time(), county.zone)
    found = requests.on_days(tx, int(begins.timestamp()), int(ends.timestamp()))
    return [_entry(tx, county, request) for request in found[: 2 * LONGEST_LIST]]


def _entry(tx: Tx, county: County, request: HelpRequest) -> Entry:
    held = assignments.last_of_request(tx, request.id)
    held = held if held is not None and (held.active or held.done) else None
    name = "" if held is None else people.by_id(tx, held.volunteer_id).name or "?"
    starts_at = datetime.fromtimestamp(request.starts_at or 0, county.zone)
    return Entry(
        request,
        f"{starts_at:%H:%M}",
        (held.place if held is not None else "") or request.place,
        name,
        unanswered=request.state is State.ASSIGNED and held is not None and _asked(held),
    )


def _asked(held: Assignment) -> bool:
    """Somebody was asked whether they come, and has not said it."""
    return Said.ASKED in (held.requester_says, held.volunteer_says)


def _today(tx: Tx, county: County) -> date:
    return datetime.fromtimestamp(tx.now, county.zone).date()
