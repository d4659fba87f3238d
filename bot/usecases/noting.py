"""What coordinators note for each other, about a request or about a person: sealed, and shown in
private only."""

from bot.domain.errors import Code, Refused
from bot.domain.history import Happened
from bot.domain.people import Person
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Moment, Text, message, text
from bot.storage import history, notes, people, requests
from bot.storage.tx import Tx
from bot.usecases.deciding import require_request
from bot.usecases.desk_menus import back_button
from bot.usecases.office import require_private

#: So many notes about a person are shown.
_SHOWN = 5


def about_request(tx: Tx, coordinator: Person | None, request_id: int, words: str) -> HelpRequest:
    """Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    request = require_request(tx, coordinator, request_id)
    requests.hold(tx, request.id)
    history.add(tx, request.id, Happened.NOTED, actor=coordinator.id, note=words)
    return request


def about_person(tx: Tx, coordinator: Person | None, person_id: int, words: str) -> Person:
    """Raises :class:`Refused`."""
    coordinator = require_private(tx, coordinator)
    person = people.find(tx, person_id)
    if person is None:
        raise Refused(Code.GONE)
    notes.add(tx, person.id, words, by=coordinator.id)
    return person


def forget(tx: Tx, coordinator: Person | None, person_id: int) -> None:
    """All notes about a person are deleted. Raises :class:`Refused`."""
    require_private(tx, coordinator)
    notes.forget(tx, person_id)


def forget_first(tx: Tx, coordinator: Person | None, person_id: int) -> Message:
    """Shall they really be deleted? Raises :class:`Refused`."""
    require_private(tx, coordinator)
    person = people.find(tx, person_id)
    if person is None:
        raise Refused(Code.GONE)
    return message(
        text(N_("Delete all notes about {name}?"), name=person.name or "?"),
        buttons=[
            [Button(text(B_("🗑 Yes, delete")), f"volunteer:forgot:{person_id}")],
            [_to_profile(person_id)],
        ],
    )


def lines_about(tx: Tx, person_id: int) -> list[Text]:
    """The latest notes about a person, for a coordinator."""
    return [
        line(note.made_at, _name(tx, note.written_by), note.words)
        for note in notes.of_person(tx, person_id, _SHOWN)
    ]


def line(at: int, by: str, words: str) -> Text:
    """*at*: UTC epoch seconds; *by*: who wrote it."""
    return text(N_("📝 {time}, {name}: “{words}”"), time=Moment(at), name=by or "?", words=words)


def noted(request: HelpRequest) -> Message:
    return message(
        text(N_("✔️ {number}: noted."), number=request.number), buttons=[[back_button(request)]]
    )


def noted_about(person: Person) -> Message:
    return message(
        text(N_("✔️ {name}: noted."), name=person.name or "?"), buttons=[[_to_profile(person.id)]]
    )


def _to_profile(person_id: int) -> Button:
    return Button(text(B_("↩️ To the profile")), f"volunteer:look:{person_id}")


def _name(tx: Tx, person_id: int | None) -> str:
    person = None if person_id is None else people.find(tx, person_id)
    return "" if person is None else person.name
