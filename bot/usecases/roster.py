"""The volunteers as a coordinator looks for them: filters by buttons, page by page."""

from datetime import datetime, time, timedelta

from bot.domain import sieve as rules
from bot.domain.county import County, Group
from bot.domain.people import Person, Volunteer
from bot.domain.places import Kind
from bot.domain.sieve import Facts, Sieve
from bot.messages import Message
from bot.storage import assignments, blocks, people, volunteers
from bot.storage.tx import Tx
from bot.usecases import roster_lists
from bot.usecases.desk_lists import Listed
from bot.usecases.office import require_reader
from bot.usecases.profiles import today

#: So many volunteers stand on a page, so many places to choose from.
PAGE = 25
_PLACES = 24
#: A tap chooses from these; their districts are too many.
_TOWNS = (Kind.TOWN, Kind.MUNICIPALITY)
#: So many days ahead can be chosen.
_DAYS = 14


def show(
    tx: Tx, county: County, coordinator: Person | None, sieve: Sieve, page: int = 0
) -> Message:
    """Those whom every filter lets through, by name. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    everybody = volunteers.everybody(tx)
    facts = _facts(tx, county, sieve)
    found = [one for one in everybody if rules.passes(sieve, one, county, facts)]
    listed = sorted((_listed(tx, one, facts) for one in found), key=lambda one: one.name)
    first = PAGE * min(page, max(0, len(listed) - 1) // PAGE)
    return roster_lists.page(
        listed[first : first + PAGE],
        sieve,
        county,
        total=len(listed),
        number=first // PAGE,
        pages=-(-len(listed) // PAGE),
    )


def choices(
    tx: Tx, county: County, coordinator: Person | None, name: str, sieve: Sieve, page: int
) -> Message:
    """What a filter can be set to. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    match name:
        case "language":
            spoken = {code for one in volunteers.everybody(tx) for code in one.profile.languages}
            return roster_lists.languages(sorted(spoken), sieve)
        case "skill":
            return roster_lists.skills([group.value for group in Group], sieve)
        case "place":
            towns = [(n, one) for n, one in enumerate(county.places) if one.kind in _TOWNS]
            numbered = sorted(towns, key=lambda one: one[1].name)
            first = _PLACES * min(page, (len(numbered) - 1) // _PLACES)
            shown = [(number, place.name) for number, place in numbered[first : first + _PLACES]]
            pages = -(-len(numbered) // _PLACES)
            return roster_lists.places(shown, sieve, number=first // _PLACES, pages=pages)
        case "day":
            days = [today(tx, county) + timedelta(days=n) for n in range(_DAYS)]
            return roster_lists.days([day.isoformat() for day in days], sieve)
        case _:
            return roster_lists.stands(sieve)


def _facts(tx: Tx, county: County, sieve: Sieve) -> Facts:
    day = sieve.on()
    busy: set[int] = set()
    if day is not None:
        begins = datetime.combine(day, time(), county.zone)
        ends = datetime.combine(day + timedelta(days=1), time(), county.zone)
        busy = assignments.busy_between(tx, int(begins.timestamp()), int(ends.timestamp()))
    blocked = {one.person_id for one in blocks.everybody(tx)}
    return Facts(today(tx, county), busy, blocked)


def _can_be_seen(tx: Tx, volunteer_id: int) -> bool:
    """Who has a chat and has not looked through their profile yet is none of our business."""
    has_chat = people.by_id(tx, volunteer_id).chat_id is not None
    return volunteers.has_confirmed(tx, volunteer_id) or not has_chat


def _listed(tx: Tx, one: Volunteer, facts: Facts) -> Listed:
    return Listed(
        one.person_id if _can_be_seen(tx, one.person_id) else None,
        people.by_id(tx, one.person_id).name,
        tuple(one.profile.languages),
        one.profile.place,
        one.active,
        one.back_on(facts.today),
        stand=rules.stand_of(one, facts),
    )


def first_page(tx: Tx, county: County, coordinator: Person | None) -> Message:
    """Everybody. Raises :class:`Refused`."""
    return show(tx, county, coordinator, Sieve())
