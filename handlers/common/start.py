"""The way in: links, the language, and everything that fits no question."""

from collections.abc import Mapping

from bot.conversation.flow import Control, Tap
from bot.domain.errors import Code, Refused
from bot.domain.people import Role
from bot.i18n.languages import endonym
from bot.i18n.normalise import normalise
from bot.messages import B_, N_, Button, Text, message, text
from bot.storage import chats, people
from bot.usecases import dispatch, joining
from handlers.common import menu
from handlers.common.received import reply_in
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Handler, Turn

ASK_FOR_HELP = "ask_for_help"
CALL_ME = "call_me"

_WELCOME_TO_ROLE = {
    Role.COORDINATOR: N_(
        "Welcome, {name}! You are a coordinator now. Add me to your group and write /here there."
    ),
    Role.VOLUNTEER: N_(
        "Welcome, {name}! You are registered as a volunteer."
        " We will ask you here when somebody needs you."
    ),
}
_READ_ONCE = N_(
    "I see a message only as it was sent first. To change an answer, please write it again."
)


class Start:
    """Handlers that need the conversations.

    *words*: what else can be written instead of tapping the menu, by its English label.
    """

    def __init__(self, talk: Talk, words: Mapping[str, Handler]) -> None:
        self._talk = talk
        self._words = {
            menu.ASK_FOR_HELP.msgid: self.ask_for_help,
            menu.CALL_ME.msgid: self.call_me,
            menu.LANGUAGE.msgid: self.language,
            menu.HELP.msgid: self.help,
            menu.MENU.msgid: menu.show,
            **words,
        }

    # The way in ----------------------------------------------------------------------------

    def start(self, turn: Turn) -> None:
        """/start, perhaps with the payload of a link."""
        payload = turn.written.partition(" ")[2].strip()
        if not payload.startswith(joining.PREFIX):
            self._go_on(turn)
        elif turn.chosen_language and (name := joining.made_out_to(turn.tx, turn.person, payload)):
            _ask_whose_link(turn, name, payload)
        else:
            self._join(turn, payload)

    def join(self, turn: Turn) -> None:
        """A tap: the link is really theirs."""
        self._join(turn, turn.tapped.partition(":")[2])

    def choose_language(self, turn: Turn) -> None:
        """A tap on a language: everything goes on in it."""
        self._speak(turn, turn.tapped.partition(":")[2])

    def _join(self, turn: Turn, token: str) -> None:
        try:
            joining.open_link(turn.tx, turn.chat_id, turn.first_name, token)
        except Refused as refused:
            turn.refuse(words_for(refused.code, turn.county))
        else:
            turn.forget_person()
            if turn.chosen_language is not None:
                _welcome(turn)
        self._go_on(turn)

    def _speak(self, turn: Turn, language: str) -> None:
        if language not in turn.wording.catalogues.offered:
            menu.ask_language(turn)
            return
        is_first = turn.chosen_language is None
        chats.set_language(turn.tx, turn.chat_id, language)
        turn.chosen_language = language
        if is_first:
            _welcome(turn)
        self._go_on(turn)

    def _go_on(self, turn: Turn) -> None:
        """To what is next for them: a language, the open question, what they need, the menu."""
        if turn.chosen_language is None:
            menu.ask_language(turn)
        elif not self._talk.show_again(turn):
            if turn.person is None:
                self.ask_for_help(turn)
            else:
                menu.show(turn)

    # Commands and buttons that are always there --------------------------------------------

    def ask_for_help(self, turn: Turn) -> None:
        dispatch.require_room(turn.tx, turn.person)
        agreed = {"agree": "yes"} if people.has_agreed(turn.tx, turn.chat_id) else {}
        self._talk.begin(turn, ASK_FOR_HELP, agreed)

    def call_me(self, turn: Turn) -> None:
        if turn.chosen_language is None:
            self._talk.prepare(turn, CALL_ME)
            menu.ask_language(turn)
        else:
            self._talk.begin(turn, CALL_ME)

    def language(self, turn: Turn) -> None:
        menu.ask_language(turn)

    def help(self, turn: Turn) -> None:
        menu.explain(turn)

    def go_on(self, turn: Turn) -> None:
        """Back to the open question, or to the menu."""
        if not self._talk.show_again(turn):
            menu.show(turn)

    def cancel(self, turn: Turn) -> None:
        if not self._talk.reply(turn, Control.CANCEL):
            menu.show(turn, text(N_("There is nothing to cancel.")))

    def back(self, turn: Turn) -> None:
        if not self._talk.reply(turn, Control.BACK):
            menu.show(turn)

    # Everything else -----------------------------------------------------------------------

    def tap(self, turn: Turn) -> None:
        """A button of a question, new or old."""
        tap = Tap.parse(turn.tapped)
        if tap is None:
            self.old_button(turn)
        elif not self._talk.tap(turn, tap):
            self._tapped_too_late(turn, tap)

    def _tapped_too_late(self, turn: Turn, tap: Tap) -> None:
        """Nothing is open. Who tapped "send" twice has their answer on the screen already."""
        turn.toast = words_for(Code.GONE, turn.county)
        if not self._talk.is_the_latest(turn, tap):
            menu.show(turn, turn.toast)

    def anything(self, turn: Turn) -> None:
        """Text, voice, location, contact or whatever else somebody sends."""
        if turn.chosen_language is None:
            self._first_words(turn)
        elif not self._talk.reply(turn, reply_in(turn)):
            self._word_of_the_menu(turn)(turn)

    def edited(self, turn: Turn) -> None:
        """Somebody changed what they had written: they must not believe that it counts."""
        if turn.chosen_language is not None:
            self._talk.show_again(turn, text(_READ_ONCE))

    def old_button(self, turn: Turn) -> None:
        """A button that this version no longer knows, or that does not belong here."""
        turn.toast = words_for(Code.GONE, turn.county)
        if not turn.in_group:
            self._go_on(turn)

    def _first_words(self, turn: Turn) -> None:
        """The name of a language, perhaps; else it has to be chosen first."""
        offered = turn.wording.catalogues.offered
        written = normalise(turn.written)
        named = [code for code in offered if written == normalise(endonym(code))]
        if named:
            self._speak(turn, named[0])
        else:
            menu.ask_language(turn)

    def _word_of_the_menu(self, turn: Turn) -> Handler:
        """Outside a conversation people may write what the menu's buttons say."""
        for label, handler in self._words.items():
            if turn.means(turn.written, Text(label)):
                return handler
        return menu.show


def _welcome(turn: Turn) -> None:
    """What a role means for them, as a message that stays."""
    person = turn.person
    for role, words in _WELCOME_TO_ROLE.items():
        if person is not None and person.has(role):
            turn.conclude(message(text(words, name=person.name)))


def _ask_whose_link(turn: Turn, name: str, token: str) -> None:
    """A coordinator who only tries a link out must not become that volunteer."""
    menu.show_aside(
        turn,
        message(
            text(N_("This link was made for {name}, and it works once. Is that you?"), name=name),
            buttons=[[Button(text(B_("Yes, that is me")), f"join:{token}")]],
        ),
    )
