"""The coordinators' group: binding it, looking for volunteers once more, and calls."""

from bot.domain.people import Role
from bot.domain.requests import State
from bot.messages import N_, message, text
from bot.usecases import office, waiting
from handlers.common import menu
from handlers.coordinator import views
from handlers.turn import Turn


def here(turn: Turn) -> None:
    """/here in a group: the cards come to this group from now on."""
    chat = turn.update.effective_chat
    has_topics = chat is not None and bool(chat.is_forum)
    office.bind_group(turn.tx, turn.county, turn.person, turn.chat_id, has_topics=has_topics)
    turn.say(message(text(N_("✅ Requests will be shown in this group."))))
    waiting.show_all(turn.tx, turn.county)


def here_in_private(turn: Turn) -> None:
    if turn.person is not None and turn.person.has(Role.COORDINATOR):
        turn.say(
            message(text(N_("Please write {command} in the coordinators' group."), command="/here"))
        )
    else:
        menu.explain(turn)


def ask_again(turn: Turn) -> None:
    request = office.ask_again(turn.tx, turn.county, turn.person, turn.tapped_number)
    _toast_who_is_asked(turn, request.state)
    views.show_again(turn, request)


def ask_others(turn: Turn) -> None:
    request = office.ask_others(turn.tx, turn.county, turn.person, turn.tapped_number)
    _toast_who_is_asked(turn, request.state)
    views.show_again(turn, request)


def who_comes(turn: Turn) -> None:
    office.tell_who_comes(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)


def take_call(turn: Turn) -> None:
    office.take_call(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)


def take_call_over(turn: Turn) -> None:
    office.take_call_over(turn.tx, turn.person, turn.tapped_number)
    views.say_where(turn)


def call_done(turn: Turn) -> None:
    office.finish_call(turn.tx, turn.person, turn.tapped_number)


def _toast_who_is_asked(turn: Turn, state: State) -> None:
    if state is State.OPEN:
        turn.toast = text(N_("Volunteers are being asked again."))
    else:
        turn.toast = text(N_("There is nobody who could be asked."))
