"""A coordinator approves a volunteer: the dates on file, and from then on they are asked."""

from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Papers, Person, Role
from bot.messages import Message
from bot.storage import people, volunteers
from bot.storage.tx import Tx
from bot.usecases import papers_due, profiles, volunteer_notices, volunteer_page
from bot.usecases.office import require_coordinator, require_private, require_reader
from bot.usecases.profiles import Known
from bot.usecases.telling import alert_office, calm_office, retell, tell


def show_waiting(tx: Tx) -> None:
    """Every volunteer who confirmed their profile and waits for a coordinator."""
    for person_id in waiting(tx):
        alert_office(tx, volunteer_notices.ready(person_id), volunteer_notices.card(person_id))


def waiting(tx: Tx) -> list[int]:
    """The ids of those who wait for a coordinator's yes, in the order they were registered."""
    found: list[int] = []
    for volunteer in volunteers.everybody(tx):
        joining = volunteers.joining(tx, volunteer.person_id)
        waits = joining is not None and joining.confirmed and not joining.declined
        if waits and not volunteer.active:
            found.append(volunteer.person_id)
    return found


def look(tx: Tx, county: County, coordinator: Person | None, person_id: int) -> Message:
    """The whole profile, for a coordinator in private. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    known = _registered(tx, person_id)
    return _candidate(tx, county, known) if known.confirmed else _has_not_come(known)


def approve(
    tx: Tx, county: County, coordinator: Person | None, person_id: int, papers: Papers
) -> Known:
    """The dates are on file; who was not approved yet can be asked from now on, and hears it.

    Dates of volunteers who are approved are renewed the same way. Raises :class:`Refused`.
    """
    coordinator = require_coordinator(coordinator)
    known = confirmed(tx, person_id)
    volunteers.file_papers(tx, person_id, papers)
    papers_due.filed(tx, person_id)
    if not known.volunteer.active:
        volunteers.set_active(tx, person_id, True)
        tell(tx, known.person, volunteer_notices.approved())
        calm_office(tx, volunteer_notices.approved_for_office(), volunteer_notices.card(person_id))
    _show_again(tx, county, coordinator, person_id)
    return known


def help_by_phone(tx: Tx, county: County, coordinator: Person | None, person_id: int) -> None:
    """Who has no Telegram is called by the office from now on; the office has written down their
    profile with them, and has their promise on paper. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    known = _registered(tx, person_id)
    if known.person.chat_id is not None:
        raise Refused(Code.GONE)
    if not _can_be_called(known):
        raise Refused(Code.NOT_POSSIBLE)
    if not volunteers.helps_by_phone(tx, person_id):  # else tapped twice
        people.grant(tx, person_id, Role.VOLUNTEER)
        volunteers.help_by_phone(tx, person_id)
        volunteers.promise(tx, person_id)
        volunteers.confirm(tx, person_id)
    _show_again(tx, county, coordinator, person_id)


def not_now(tx: Tx, county: County, coordinator: Person | None, person_id: int) -> None:
    """They hear it kindly, and the way back stays open. Raises :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    known = confirmed(tx, person_id)
    if known.volunteer.active:
        raise Refused(Code.GONE)
    if not known.declined:  # else tapped twice
        volunteers.decline(tx, person_id)
        tell(tx, known.person, volunteer_notices.not_now(county))
    said = volunteer_notices.not_now_for_office(person_id)
    calm_office(tx, said, volunteer_notices.card(person_id))
    tell(tx, coordinator, said, card=volunteer_notices.profile_card(person_id))


def trust(
    tx: Tx, county: County, coordinator: Person | None, person_id: int, *, trusted: bool
) -> None:
    """This volunteer may listen to what people have only spoken, and fill in the request for them;
    or no longer. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    if not confirmed(tx, person_id).volunteer.active:
        raise Refused(Code.GONE)
    volunteers.trust(tx, person_id, trusted)
    _show_again(tx, county, coordinator, person_id)


def _show_again(tx: Tx, county: County, coordinator: Person, person_id: int) -> None:
    """The profile as it stands now, where the coordinator looked at it."""
    known = confirmed(tx, person_id)
    retell(
        tx, coordinator, _candidate(tx, county, known), volunteer_notices.profile_card(person_id)
    )


def _has_not_come(known: Known) -> Message:
    return volunteer_notices.has_not_come(
        known.person.name,
        known.volunteer,
        known.phone,
        can_be_called=_can_be_called(known),
    )


def _can_be_called(known: Known) -> bool:
    return known.prefilled and bool(known.phone)


def _candidate(tx: Tx, county: County, known: Known) -> Message:
    trusted = volunteers.is_trusted(tx, known.person.id)
    said = volunteer_notices.candidate(
        known.person.name,
        known.volunteer,
        known.phone,
        profiles.today(tx, county),
        trusted=trusted,
    )
    return volunteer_page.extended(tx, known.volunteer, profiles.today(tx, county), said)


def confirmed(tx: Tx, person_id: int) -> Known:
    """A volunteer who has confirmed their profile. Raises :class:`Refused`."""
    known = _registered(tx, person_id)
    if not known.confirmed:
        raise Refused(Code.GONE)
    return known


def _registered(tx: Tx, person_id: int) -> Known:
    """Any volunteer whom the office may look at: of who is still on the way, only those without a
    chat. Raises :class:`Refused`."""
    person = people.find(tx, person_id)
    known = None if person is None else profiles.known(tx, person)
    if known is None or not (known.confirmed or known.person.chat_id is None):
        raise Refused(Code.GONE)
    return known
