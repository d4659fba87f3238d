"""People who want to help and have no link: they leave their name, a coordinator calls them."""

from collections.abc import Mapping

from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.messages import Json
from bot.storage import applications, people
from bot.storage.applications import Application
from bot.storage.tx import Tx
from bot.usecases import volunteer_notices
from bot.usecases.office import require_coordinator, require_private
from bot.usecases.telling import alert_office, calm_office, retell, tell


def apply(tx: Tx, chat_id: int, content: Mapping[str, Json]) -> None:
    """They agreed to be kept; the office is told at once, what they wrote stays sealed.

    Who writes again before a coordinator has called only changes what they wrote.
    """
    person = people.agree(tx, chat_id)
    earlier = applications.of_person(tx, person.id)
    if earlier is not None:
        applications.change(tx, earlier.id, dict(content))
        return
    _alert(tx, applications.add(tx, person.id, dict(content)))


def show_waiting(tx: Tx) -> None:
    """Every application nobody has taken."""
    for application in applications.unfinished(tx):
        if application.state == "open":
            _alert(tx, application)


def take(tx: Tx, coordinator: Person | None, application_id: int) -> None:
    """One coordinator takes it and reads it, in private. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    application = _unfinished(tx, application_id)
    if application.claimed_by not in (None, coordinator.id):
        raise Refused(Code.ALREADY_TAKEN)
    _hand_over(tx, coordinator, application)


def take_over(tx: Tx, coordinator: Person | None, application_id: int) -> None:
    """One that somebody else took and can't look after. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    application = _unfinished(tx, application_id)
    if application.claimed_by not in (None, coordinator.id):
        before = people.by_id(tx, application.claimed_by)
        gone = volunteer_notices.application_passed_on()
        retell(tx, before, gone, volunteer_notices.application_details_card(application.id))
    _hand_over(tx, coordinator, application)


def finish(tx: Tx, coordinator: Person | None, application_id: int) -> None:
    """Called: what they wrote is deleted, here and in the chat. Raises :class:`Refused`."""
    coordinator = require_coordinator(coordinator)
    application = _unfinished(tx, application_id)
    if application.claimed_by != coordinator.id:
        raise Refused(Code.ALREADY_TAKEN)
    applications.done(tx, application.id)
    details = volunteer_notices.application_details_card(application.id)
    tell(tx, coordinator, volunteer_notices.application_finished(), card=details)
    card = volunteer_notices.application_card(application.id)
    calm_office(tx, volunteer_notices.application_over(), card)


def _hand_over(tx: Tx, coordinator: Person, application: Application) -> None:
    applications.claim(tx, application.id, coordinator.id)
    content = application.content if isinstance(application.content, dict) else {}
    details = volunteer_notices.application_details(application.id, content)
    tell(tx, coordinator, details, card=volunteer_notices.application_details_card(application.id))
    card = volunteer_notices.application_card(application.id)
    calm_office(tx, volunteer_notices.application_taken(application.id), card)


def _unfinished(tx: Tx, application_id: int) -> Application:
    application = applications.find(tx, application_id)
    if application is None or application.state == "done":
        raise Refused(Code.GONE)
    return application


def _alert(tx: Tx, application: Application) -> None:
    said = volunteer_notices.application_open(application.id)
    alert_office(tx, said, volunteer_notices.application_card(application.id))
