"""What a coordinator looks at in private: what waits, a request, who fits, the volunteers; and
filing a request for somebody without Telegram."""

from collections.abc import Iterable, Sequence

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.matching import Verdict
from bot.domain.people import Person, Role
from bot.domain.requests import HelpRequest, Wanted, number_of
from bot.domain.rights import Right, may
from bot.messages import Button, Message, Text
from bot.storage import (
    applications,
    assignments,
    blocks,
    calls,
    cases,
    errands,
    history,
    offers,
    people,
    referrers,
    requests,
)
from bot.storage import series as store
from bot.storage.tx import Tx
from bot.usecases import (
    agreeing_notices,
    approving,
    desk_deeds,
    desk_lists,
    desk_notices,
    filing,
    meetup_calls,
    series_meetings,
    series_views,
)
from bot.usecases.deciding import can_be_asked, find_request, require_request
from bot.usecases.offering import explain
from bot.usecases.office import require_private, require_reader
from bot.usecases.restoring import volunteer_of
from bot.usecases.writing import SPOKE


def what_waits(tx: Tx, county: County, coordinator: Person | None) -> Message:
    """All that has no volunteer yet and every call, oldest first. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    waiting = sorted(requests.unassigned(tx), key=lambda request: request.id)
    others = [
        *[
            desk_lists.waiting_case(case.id, number_of(case.request_id), case.state == "claimed")
            for case in cases.unfinished(tx)
        ],
        *[
            desk_lists.waiting_call(call.id, call.language, call.state == "claimed")
            for call in calls.unfinished(tx)
        ],
        *[
            desk_lists.waiting_errand(errand, requests.by_id(tx, errand.request_id))
            for errand in errands.unfinished(tx)
            if errand.request_id is not None
        ],
        *[
            desk_lists.waiting_meetup_call(errand)
            for errand in errands.unfinished(tx)
            if errand.kind in meetup_calls.KINDS
        ],
        *[
            desk_lists.waiting_application(one.id, one.claimed_by is not None)
            for one in applications.unfinished(tx)
        ],
        *[
            desk_lists.waiting_volunteer(person_id, people.by_id(tx, person_id).name)
            for person_id in approving.waiting(tx)
        ],
    ]
    return desk_lists.what_waits(waiting, county, others)


def look(tx: Tx, county: County, coordinator: Person | None, request_id: int) -> Message:
    """Everything about a request; that somebody looked is on record. Raises :class:`Refused`."""
    coordinator = require_reader(tx, coordinator)
    request = find_request(tx, request_id)
    events = history.of(tx, request.id)
    if not events or (events[-1].what, events[-1].actor) != (desk_notices.LOOKED, coordinator.id):
        requests.hold(tx, request.id)
        history.add(tx, request.id, desk_notices.LOOKED, actor=coordinator.id)
    requester = people.by_id(tx, request.person_id)
    asked = [(offer.volunteer_id, offer.state) for offer in offers.of_request(tx, request.id)]
    actors = [event.actor for event in events if event.actor is not None]
    volunteer_id = volunteer_of(tx, request)
    series_lines, series_buttons = _weekly(tx, county, request)
    return desk_notices.look(
        request,
        county,
        desk_notices.Seen(
            name=requester.name,
            phone=people.phone_of(tx, requester.id),
            names=_names(tx, [*actors, *[person_id for person_id, _ in asked]]),
            events=events,
            offers=asked,
            volunteer="" if volunteer_id is None else people.by_id(tx, volunteer_id).name,
            block=blocks.find(tx, request.person_id),
            deeds=desk_deeds.below(request, _standing(tx, coordinator, request)),
            filed_by=_filed_by(tx, request),
            series=series_lines,
            series_buttons=series_buttons,
        ),
    )


def more(tx: Tx, coordinator: Person | None, request_id: int) -> Message:
    """What else can be done with a request. Raises :class:`Refused`."""
    coordinator = require_reader(tx, coordinator)
    request = find_request(tx, request_id)
    return desk_deeds.more(request, _standing(tx, coordinator, request))


def _standing(tx: Tx, coordinator: Person, request: HelpRequest) -> desk_deeds.Standing:
    held = assignments.active_of_request(tx, request.id)
    return desk_deeds.Standing(
        None if held is None else held.id,
        taken=volunteer_of(tx, request) is not None,
        no_chat=people.by_id(tx, request.person_id).chat_id is None,
        blocked=blocks.is_blocked(tx, request.person_id),
        may_act=may(coordinator, Right.ACT),
    )


def voices(tx: Tx, coordinator: Person | None, request_id: int) -> list[Message]:
    """What the person has spoken, with the request and as their last answer, and the photo they
    sent. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    request = find_request(tx, request_id)
    spoke = history.last(tx, request.id, SPOKE)
    spoken = [request.details.voice, "" if spoke is None else spoke.note]
    said = [desk_notices.voice_of(request, voice) for voice in spoken if voice]
    return [*said, *([agreeing_notices.photo_of(request)] if request.details.photo else [])]


def who(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, *, by_hand: bool = False
) -> Message:
    """Who would be asked and why, who not and by which rule; nobody is asked. *by_hand*: one can be
    chosen. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    request = find_request(tx, request_id)
    found = explain(tx, county, request)
    names = _names(tx, [one.person_id for one in (*found.ranked, *found.excluded)])
    return desk_lists.who(request, found.ranked, found.excluded, names, by_hand=by_hand)


def choose(
    tx: Tx, county: County, coordinator: Person | None, request_id: int, volunteer_id: int
) -> Message:
    """One volunteer, and the ways to ask them. Raises :class:`Refused`."""
    request = require_request(tx, require_private(tx, coordinator), request_id)
    volunteer = people.find(tx, volunteer_id)
    if volunteer is None or not volunteer.has(Role.VOLUNTEER):
        raise Refused(Code.GONE)
    found = explain(tx, county, request)
    verdict = _of(volunteer_id, [*found.ranked, *found.excluded])
    asked = offers.of_volunteer(tx, request.id, volunteer_id)
    can_ask = can_be_asked(tx, volunteer) and (asked is None or asked.state == "closed")
    return desk_lists.by_hand(request, volunteer_id, volunteer.name, verdict, can_ask=can_ask)


def file_for(
    tx: Tx,
    county: County,
    coordinator: Person | None,
    wanted: Wanted,
    *,
    name: str,
    phone: str,
) -> HelpRequest:
    """A request for somebody without Telegram: what they are to hear goes to the call list.

    Raises :class:`Refused`.
    """
    coordinator = require_private(tx, coordinator)
    if wanted.starts_at is not None and wanted.starts_at <= tx.now:
        raise Refused(Code.TOO_LATE)
    person_id = people.add(tx, chat_id=None, name=name)
    people.set_phone(tx, person_id, phone)
    people.set_language(tx, person_id, wanted.language)
    person = people.by_id(tx, person_id)
    return filing.file_request(tx, county, person, wanted, by=coordinator)


def _weekly(
    tx: Tx, county: County, request: HelpRequest
) -> tuple[Sequence[Text], Sequence[Button]]:
    """How help every week stands, and what can be done."""
    series = series_meetings.current(tx, request.series_id or request.id)
    if series is None:
        return (), ()
    today = series_meetings.today(tx, county)
    goes_on = series_meetings.next_meeting(tx, county, series)
    told = series_views.stands(series, county, today, goes_on)
    helper = None if series.volunteer_id is None else people.by_id(tx, series.volunteer_id)
    name = [] if helper is None else [series_views.helper(helper.name)]
    met = series_views.met(store.times_met(tx, series))
    return [*told, *name, *met], series_views.office_buttons(series)


def _filed_by(tx: Tx, request: HelpRequest) -> tuple[str, str]:
    """The referrer, and where they work."""
    referrer = None if request.referrer_id is None else people.find(tx, request.referrer_id)
    return (
        ("", "")
        if referrer is None
        else (
            referrer.name or "?",
            referrers.organisation_of(tx, referrer.id),
        )
    )


def _names(tx: Tx, person_ids: Iterable[int]) -> dict[int, str]:
    found = {one: people.find(tx, one) for one in dict.fromkeys(person_ids)}
    return {one: person.name for one, person in found.items() if person is not None and person.name}


def _of(person_id: int, verdicts: Iterable[Verdict]) -> Verdict | None:
    return next((one for one in verdicts if one.person_id == person_id), None)
