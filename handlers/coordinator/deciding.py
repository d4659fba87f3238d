"""What a coordinator decides about a request, in the group or in private."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import Words
from bot.domain.requests import HelpRequest, State
from bot.messages import N_, Message, text
from bot.usecases import (
    deciding,
    desk,
    desk_menus,
    listening,
    office_notices,
    relaxing,
    restoring,
    writing,
)
from handlers.common.numbers import RequestNumber
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

TELL = Flow(
    "write_to_volunteer",
    asks=(
        Ask(
            "words",
            N_("What shall I write to the volunteer? It is sent as you write it, not translated."),
            Words(1000),
        ),
    ),
    facts=("request",),
)
WRITE = Flow(
    "write_to",
    asks=(
        Ask("request", N_("Which request? Please write its number."), RequestNumber()),
        Ask(
            "words",
            N_("What shall I write? It is sent as you write it, not translated."),
            Words(1000),
        ),
    ),
)


# --- ask volunteers -------------------------------------------------------------------------------


def release(turn: Turn) -> None:
    """One tap; a second one where a professional is needed."""
    request = _request(turn)
    if request.topic and request.state is State.WAITING:
        views.ask_there(turn, request, office_notices.professional_question(request))
    else:
        _released(turn, deciding.release(turn.tx, turn.county, turn.person, request.id))


def release_anyway(turn: Turn) -> None:
    request = deciding.release(turn.tx, turn.county, turn.person, turn.tapped_number, anyway=True)
    _released(turn, request)


def _released(turn: Turn, request: HelpRequest) -> None:
    if request.state is State.OPEN:
        turn.toast = text(N_("Volunteers are being asked."))
    else:
        turn.toast = text(N_("There is nobody who could be asked."))
    views.show_again(turn, request)


def ask_to_listen(turn: Turn) -> None:
    """Trusted volunteers are asked to hear what was only spoken."""
    request = listening.ask(turn.tx, turn.county, turn.person, turn.tapped_number)
    turn.toast = text(N_("✔️ Asked."))
    views.show_again(turn, request)


# --- by hand --------------------------------------------------------------------------------------


def by_hand(turn: Turn) -> None:
    """Everybody, best first, each with a button."""
    said = desk.who(turn.tx, turn.county, turn.person, turn.tapped_number, by_hand=True)
    views.show(turn, said, views.card_of(turn.tapped_number))


def choose(turn: Turn) -> None:
    said = desk.choose(turn.tx, turn.county, turn.person, turn.tapped_number, _number_before(turn))
    views.show(turn, said, views.card_of(turn.tapped_number))


def ask_one(turn: Turn) -> None:
    request = deciding.ask_one(
        turn.tx, turn.county, turn.person, turn.tapped_number, _number_before(turn)
    )
    turn.toast = text(N_("✔️ Asked."))
    views.show_request(turn, request.id)


def accept_for(turn: Turn) -> None:
    request, volunteer_id = _request(turn), _number_before(turn)
    if restoring.volunteer_of(turn.tx, request) != volunteer_id:  # else a second tap
        deciding.accept_for(turn.tx, turn.county, turn.person, request.id, volunteer_id)
    turn.toast = text(N_("✔️ Assigned."))
    views.show_request(turn, request.id)


# --- relax, refer, close, call off ----------------------------------------------------------------


def relax(turn: Turn) -> None:
    request = _request(turn)
    said = desk_menus.relax_menu(request, relaxing.rules_of(request))
    views.show(turn, said, views.card_of(request.id))


def ask_to_relax(turn: Turn) -> None:
    request = relaxing.ask(turn.tx, turn.county, turn.person, turn.tapped_number, _word(turn))
    views.show(turn, desk_menus.relax_asked(request), views.card_of(request.id))


def refer(turn: Turn) -> None:
    request = _request(turn)
    views.show(turn, desk_menus.refer_menu(request, turn.county), views.card_of(request.id))


def refer_to(turn: Turn) -> None:
    request = deciding.refer(turn.tx, turn.county, turn.person, turn.tapped_number, _word(turn))
    views.show_request(turn, request.id)


def close(turn: Turn) -> None:
    request = _request(turn)
    views.show(turn, desk_menus.close_menu(request), views.card_of(request.id))


def close_because(turn: Turn) -> None:
    request = deciding.close(turn.tx, turn.county, turn.person, turn.tapped_number, _word(turn))
    views.show_request(turn, request.id)


def drop(turn: Turn) -> None:
    """First tap: are you sure?"""
    request = _request(turn)
    views.show(turn, desk_menus.drop_question(request), views.card_of(request.id))


def dropped(turn: Turn) -> None:
    """Second tap."""
    request = deciding.cancel(turn.tx, turn.county, turn.person, turn.tapped_number)
    views.show_request(turn, request.id)


# --- free the volunteer, open again ---------------------------------------------------------------


def free(turn: Turn) -> None:
    """First tap: are you sure?"""
    request, question = restoring.ask_first(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, question, views.card_of(request.id))


def freed(turn: Turn) -> None:
    """Second tap."""
    request = restoring.free(
        turn.tx, turn.county, turn.person, turn.tapped_number, _number_before(turn)
    )
    views.show_request(turn, request.id)


def reopen(turn: Turn) -> None:
    request = restoring.reopen(turn.tx, turn.county, turn.person, turn.tapped_number)
    views.show_request(turn, request.id)


# --- write ----------------------------------------------------------------------------------------


def write(turn: Turn) -> None:
    request = _request(turn)
    views.show(turn, desk_menus.write_menu(request, turn.county), views.card_of(request.id))


def write_sentence(turn: Turn) -> None:
    request = writing.write_sentence(
        turn.tx, turn.county, turn.person, turn.tapped_number, _word(turn)
    )
    views.show(turn, desk_menus.written(request), views.card_of(request.id))


def tell(turn: Turn) -> None:
    """To the volunteer of the request."""
    request = writing.require_told(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, desk_menus.tell_menu(request, turn.county), views.card_of(request.id))


def tell_sentence(turn: Turn) -> None:
    request = writing.tell_sentence(
        turn.tx, turn.county, turn.person, turn.tapped_number, _word(turn)
    )
    views.show(turn, desk_menus.written(request), views.card_of(request.id))


class Writing:
    """A coordinator's own words need a conversation."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def own_words(self, turn: Turn) -> None:
        self._talk.begin(turn, WRITE.name, {"request": _request(turn).id}, afresh=True)

    def own_words_to_volunteer(self, turn: Turn) -> None:
        request = writing.require_told(turn.tx, turn.person, turn.tapped_number)
        self._talk.begin(turn, TELL.name, {"request": request.id}, afresh=True)


def finish_telling(turn: Turn, answers: Answers) -> Message:
    request_id, words = int(str(answers["request"])), str(answers["words"])
    request = writing.tell_words(turn.tx, turn.county, turn.person, request_id, words)
    return desk_menus.written(request)


def finish_writing(turn: Turn, answers: Answers) -> Message:
    request_id, words = int(str(answers["request"])), str(answers["words"])
    request = writing.write_words(turn.tx, turn.county, turn.person, request_id, words)
    return desk_menus.written(request)


def _request(turn: Turn) -> HelpRequest:
    return deciding.require_request(turn.tx, turn.person, turn.tapped_number)


def _word(turn: Turn) -> str:
    """What stands before the number in the button's data."""
    return turn.tapped.split(":")[-2]


def _number_before(turn: Turn) -> int:
    return int(_word(turn))
