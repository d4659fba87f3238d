"""What a coordinator notes about a request or a volunteer, for the others."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import Words
from bot.messages import N_, Message, text
from bot.usecases import approving, deciding, noting, office, volunteer_notices
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

_ASK = Ask(
    "words", N_("What shall I note? Only coordinators can read it. No diagnosis."), Words(1000)
)
REQUEST = Flow("note", asks=(_ASK,), facts=("request",))
PERSON = Flow("note_about", asks=(_ASK,), facts=("person",))


class Noting:
    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def about_request(self, turn: Turn) -> None:
        office.require_private(turn.tx, turn.person)
        request = deciding.find_request(turn.tx, turn.tapped_number)
        self._talk.begin(turn, REQUEST.name, {"request": request.id}, afresh=True)

    def about_person(self, turn: Turn) -> None:
        office.require_private(turn.tx, turn.person)
        person = approving.confirmed(turn.tx, turn.tapped_number).person
        self._talk.begin(turn, PERSON.name, {"person": person.id}, afresh=True)


def finish_request(turn: Turn, answers: Answers) -> Message:
    request_id, words = int(str(answers["request"])), str(answers["words"])
    return noting.noted(noting.about_request(turn.tx, turn.person, request_id, words))


def finish_person(turn: Turn, answers: Answers) -> Message:
    person_id, words = int(str(answers["person"])), str(answers["words"])
    return noting.noted_about(noting.about_person(turn.tx, turn.person, person_id, words))


def forget_first(turn: Turn) -> None:
    """First tap: are you sure?"""
    person_id = turn.tapped_number
    said = noting.forget_first(turn.tx, turn.person, person_id)
    views.show(turn, said, volunteer_notices.profile_card(person_id))


def forget(turn: Turn) -> None:
    """Second tap: the notes about a volunteer are deleted."""
    person_id = turn.tapped_number
    noting.forget(turn.tx, turn.person, person_id)
    turn.toast = text(N_("✔️ The notes are deleted."))
    said = approving.look(turn.tx, turn.county, turn.person, person_id)
    views.show(turn, said, volunteer_notices.profile_card(person_id))
