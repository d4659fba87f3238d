"""People who want to help and have no link: they leave their name, and go from there to the office,
to the training, and become volunteers."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.applications import MOVES, Stage, is_over
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Level, Person, Profile
from bot.messages import Json, Message
from bot.storage import applications, onboarding, people, volunteers
from bot.storage.applications import Application
from bot.storage.outbox import Mode
from bot.storage.tx import Tx
from bot.usecases import application_notices, menus, profiles
from bot.usecases.office import require_private, require_reader
from bot.usecases.telling import alert_office, calm_office, retell, tell


def apply(tx: Tx, chat_id: int, content: Mapping[str, Json]) -> None:
    """They agreed to be kept; the office is told at once, what they wrote stays sealed.

    Who writes again before it is over only changes what they wrote.
    """
    person = people.agree(tx, chat_id)
    earlier = applications.of_person(tx, person.id)
    if earlier is not None:
        passed = {key: days for key, days in _content(earlier).items() if key == "days"}
        applications.change(tx, earlier.id, {**content, **passed})
        return
    _alert(tx, applications.add(tx, person.id, dict(content)))


def show_waiting(tx: Tx) -> None:
    """Every application nobody has taken."""
    for application in applications.unfinished(tx):
        if application.claimed_by is None:
            _alert(tx, application)


# --- coordinators ---------------------------------------------------------------------------------


def overview(tx: Tx, coordinator: Person | None) -> Message:
    """How many stand at each stage. Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    return application_notices.overview(applications.counts(tx))


def listed(tx: Tx, county: County, coordinator: Person | None, stage: Stage) -> Message:
    """Raises :class:`Refused`."""
    require_reader(tx, coordinator)
    found = [(one, _name(tx, one)) for one in applications.at(tx, stage)]
    return application_notices.listed(stage, found, county)


def look(tx: Tx, coordinator: Person | None, application_id: int) -> None:
    """What they wrote, in private; it stands in one place of the chat only, so that it can be
    deleted later. Raises :class:`Refused`."""
    coordinator = require_reader(tx, coordinator)
    said = _details(tx, coordinator, _find(tx, application_id))
    card = application_notices.details_card(application_id)
    retell(tx, coordinator, Message((), deletes=0), card)
    tell(tx, coordinator, said, card=card, mode=Mode.FRESH)


def sure_not(tx: Tx, coordinator: Person | None, application_id: int) -> Message:
    """Before somebody is declined. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    application = _find(tx, application_id)
    if Stage.DECLINED not in MOVES[application.stage]:
        raise Refused(Code.GONE)
    return application_notices.sure_not(application.id)


def take(tx: Tx, coordinator: Person | None, application_id: int) -> None:
    """One coordinator takes it and reads it, in private. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    application = _new(tx, application_id)
    if application.claimed_by not in (None, coordinator.id):
        raise Refused(Code.ALREADY_TAKEN)
    _hand_over(tx, coordinator, application)


def take_over(tx: Tx, coordinator: Person | None, application_id: int) -> None:
    """One that somebody else took and can't look after. Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    application = _new(tx, application_id)
    if application.claimed_by not in (None, coordinator.id):
        before = people.by_id(tx, application.claimed_by)
        gone = application_notices.passed_on()
        retell(tx, before, gone, application_notices.details_card(application.id))
    _hand_over(tx, coordinator, application)


def move(
    tx: Tx, county: County, coordinator: Person | None, application_id: int, stage: Stage
) -> None:
    """The next stage; the person hears it kindly, in their language.

    With *appointed* they are a volunteer whose profile is still to be confirmed. When it is over,
    what they wrote is deleted, here and in the chat. Raises :class:`Refused`.
    """
    coordinator = require_private(tx, coordinator)
    application = _find(tx, application_id)
    if application.stage is stage:  # tapped twice
        return
    if stage not in MOVES[application.stage]:
        raise Refused(Code.GONE)
    if application.stage is Stage.NEW and application.claimed_by != coordinator.id:
        raise Refused(Code.ALREADY_TAKEN)
    person = people.by_id(tx, application.person_id)
    if stage is Stage.APPOINTED:
        _appoint(tx, county, person, application)
    days = {**application_notices.days_of(_content(application)), stage: _today(tx, county)}
    noted: dict[str, Json] = {one.value: day for one, day in days.items()}
    applications.change(tx, application.id, {**_content(application), "days": noted})
    applications.claim(tx, application.id, coordinator.id)
    applications.move(tx, application.id, stage)
    tell(tx, person, application_notices.moved(stage, county))
    _show(tx, coordinator, application.id)
    calm_office(tx, application_notices.stands(stage), application_notices.card(application.id))


def _appoint(tx: Tx, county: County, person: Person, application: Application) -> None:
    """They are a volunteer from now on, with what they wrote as the beginning of their profile."""
    content = _content(application)
    name, phone = str(content.get("name") or ""), str(content.get("phone") or "")
    if not volunteers.has_confirmed(tx, person.id):
        volunteers.make(tx, person.id)
        spoken = content.get("languages")
        levels = spoken if isinstance(spoken, dict) else {}
        profile = Profile(
            languages={code: Level(str(level)) for code, level in levels.items()},
            place=str(content.get("place") or ""),
        )
        profiles.save(tx, county, person.id, profile)
    if name:
        people.rename(tx, person.id, name)
    if phone:
        people.set_phone(tx, person.id, phone)
    for stage, day in application_notices.days_of(content).items():
        onboarding.note(tx, person.id, stage.value, day)
    if person.chat_id is not None:
        menus.renew(tx, person.chat_id)


def _hand_over(tx: Tx, coordinator: Person, application: Application) -> None:
    applications.claim(tx, application.id, coordinator.id)
    _show(tx, coordinator, application.id)
    card = application_notices.card(application.id)
    calm_office(tx, application_notices.taken(application.id), card)


def _show(tx: Tx, coordinator: Person, application_id: int) -> None:
    """As it stands now, where the coordinator looked at it."""
    application = _find(tx, application_id)
    said = (
        application_notices.over(application.stage)
        if is_over(application.stage)
        else _details(tx, coordinator, application)
    )
    tell(tx, coordinator, said, card=application_notices.details_card(application_id))


def _details(tx: Tx, coordinator: Person, application: Application) -> Message:
    mine = application.claimed_by == coordinator.id
    return application_notices.details(application, _name(tx, application), mine=mine)


def _name(tx: Tx, application: Application) -> str:
    written = str(_content(application).get("name") or "")
    return written or people.by_id(tx, application.person_id).name or "–"


def _content(application: Application) -> Mapping[str, Json]:
    return application.content if isinstance(application.content, dict) else {}


def _find(tx: Tx, application_id: int) -> Application:
    application = applications.find(tx, application_id)
    if application is None:
        raise Refused(Code.GONE)
    return application


def _new(tx: Tx, application_id: int) -> Application:
    application = _find(tx, application_id)
    if application.stage is not Stage.NEW:
        raise Refused(Code.GONE)
    return application


def _today(tx: Tx, county: County) -> str:
    return datetime.fromtimestamp(tx.now, county.zone).date().isoformat()


def _alert(tx: Tx, application: Application) -> None:
    said = application_notices.waits(application.id)
    alert_office(tx, said, application_notices.card(application.id))
