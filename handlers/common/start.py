"""The way in: links, the language, and everything that fits no question."""

from collections.abc import Callable, Mapping

from bot.conversation.flow import Answers, Control, Tap
from bot.domain import places
from bot.domain.errors import Code, Refused
from bot.domain.people import Role
from bot.domain.places import Sure
from bot.i18n.languages import endonym, guess
from bot.i18n.normalise import normalise
from bot.messages import B_, N_, Button, Json, Text, message, text
from bot.storage import chats, volunteers
from bot.usecases import filing, joining, menus, referring, referring_notices
from handlers.common import known, menu, voices
from handlers.common.received import reply_in
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Handler, Turn

ASK_FOR_HELP = "ask_for_help"
CALL_ME = "call_me"
OTHER_LANGUAGES = "languages"
APPLY = "apply"

#: What the payload of a QR code starts with: ``q-ar-halberstadt`` or ``q-ar``.
_CODE = "q"
#: The whole payload of the QR code that looks for volunteers.
_WANTS_TO_HELP = "help"

_WELCOME_TO_ROLE = {
    Role.READER: N_(
        "Welcome, {name}! You can see the requests here and change nothing. Write {open} to begin."
    ),
    Role.REFERRER: N_("Welcome, {name}! You can ask for help for your clients here."),
    Role.COORDINATOR: N_(
        "Welcome, {name}! You are a coordinator now."
        " Add me to your group and write {command} there."
    ),
    Role.VOLUNTEER: N_(
        "Welcome, {name}! You are registered as a volunteer."
        " We will ask you here when somebody needs you."
    ),
}
_WELCOME_TO_BEGIN = N_("Welcome, {name}! Thank you for helping as a volunteer.")
_READ_ONCE = N_(
    "I see a message only as it was sent first. To change an answer, please write it again."
)


class Start:
    """Handlers that need the conversations.

    *words*: what else can be written instead of tapping the menu, by its English label.
    *unfinished*: the conversation that a new volunteer still has to go through, with what is known.
    """

    def __init__(
        self,
        talk: Talk,
        words: Mapping[str, Handler],
        unfinished: Callable[[Turn], tuple[str, Answers] | None],
    ) -> None:
        self._talk = talk
        self._unfinished = unfinished
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
        if payload.startswith(f"{_CODE}-"):
            self._scanned(turn, payload)
        elif payload == _WANTS_TO_HELP:
            self._wants_to_help(turn)
        elif payload.startswith(referring.PREFIX):
            self._client(turn, payload)
        elif not payload.startswith(joining.PREFIX):
            self._go_on(turn)
        elif turn.chosen_language and (name := joining.made_out_to(turn.tx, turn.person, payload)):
            _ask_whose_link(turn, name, payload)
        else:
            self._join(turn, payload)

    def _scanned(self, turn: Turn, payload: str) -> None:
        """A QR code on paper: it knows the language, perhaps the town, and they need help.

        Who reads another language already keeps it.
        """
        _, language, town = (*payload.split("-", 2), "")[:3]
        if turn.chosen_language is None and language in turn.wording.catalogues.offered:
            chats.set_language(turn.tx, turn.chat_id, language)
            turn.chosen_language = language
        given = _town_of_code(turn, town)
        if turn.chosen_language is None:
            self._talk.prepare(turn, ASK_FOR_HELP, known.with_facts(turn, given))
            menu.ask_language(turn)
        elif not self._talk.show_again(turn):
            filing.require_room(turn.tx, turn.person)
            self._talk.begin(turn, ASK_FOR_HELP, known.with_facts(turn, given))

    def _wants_to_help(self, turn: Turn) -> None:
        """Another QR code on paper: they want to help. What that means comes before the form."""
        if turn.person is not None and turn.person.has(Role.VOLUNTEER):
            self._go_on(turn)
        elif turn.chosen_language is None:
            self._talk.prepare(turn, APPLY)
            menu.ask_language(turn)
        else:
            self._words[menu.WANT_TO_HELP.msgid](turn)

    def join(self, turn: Turn) -> None:
        """A tap: the link is really theirs."""
        self._join(turn, turn.tapped.partition(":")[2])

    def choose_language(self, turn: Turn) -> None:
        """A tap on a language: everything goes on in it."""
        self._speak(turn, turn.tapped.partition(":")[2])

    def _join(self, turn: Turn, token: str) -> None:
        welcomed = False
        try:
            joining.open_link(turn.tx, turn.chat_id, turn.first_name, token)
        except Refused as refused:
            turn.refuse(words_for(refused.code, turn.county))
        else:
            turn.forget_person()
            if turn.chosen_language is not None:
                _welcome(turn)
                welcomed = True
        if not (welcomed and self._began_profile(turn)):
            self._go_on(turn)
        menus.renew(turn.tx, turn.chat_id)

    def _client(self, turn: Turn, token: str) -> None:
        """Somebody has filed for them: from now on they hear about it in their own chat."""
        request = referring.open_link(turn.tx, turn.county, turn.chat_id, token)
        turn.forget_person()
        if turn.chosen_language is None and request.language in turn.wording.catalogues.offered:
            chats.set_language(turn.tx, turn.chat_id, request.language)
            turn.chosen_language = request.language
        turn.say(referring_notices.welcome_client(request))
        if turn.chosen_language is None:
            menu.ask_language(turn)

    def _speak(self, turn: Turn, language: str) -> None:
        if language not in turn.wording.catalogues.offered:
            menu.ask_language(turn)
            return
        is_first = turn.chosen_language is None
        chats.set_language(turn.tx, turn.chat_id, language)
        turn.chosen_language = language
        if is_first:
            _welcome(turn)
        if is_first and self._talk.is_open(turn, APPLY):
            self._words[menu.WANT_TO_HELP.msgid](turn)
        else:
            self._go_on(turn)
        menus.renew(turn.tx, turn.chat_id, other_language=not is_first or not _as_in_app(turn))

    def _go_on(self, turn: Turn) -> None:
        """To what is next for them: a language, the open question, what they need, the menu."""
        if turn.chosen_language is None:
            menu.ask_language(turn)
        elif not self._talk.show_again(turn):
            if self._began_profile(turn):
                return
            if turn.person is None:
                self.ask_for_help(turn)
            else:
                menu.show(turn)

    def _began_profile(self, turn: Turn) -> bool:
        """A new volunteer is asked what is still missing; False for everybody else."""
        begun = self._unfinished(turn)
        if begun is not None:
            self._talk.begin(turn, *begun)
        return begun is not None

    # Commands and buttons that are always there --------------------------------------------

    def ask_for_help(self, turn: Turn) -> None:
        filing.require_room(turn.tx, turn.person)
        self._talk.begin(turn, ASK_FOR_HELP, known.of(turn))

    def ask_with(self, answers: Callable[[Turn], Answers]) -> Handler:
        """A handler that asks for help with some *answers* given, and what is known besides."""

        def begin(turn: Turn) -> None:
            given = answers(turn)
            self._talk.begin(turn, ASK_FOR_HELP, known.with_facts(turn, given), afresh=True)

        return begin

    def other_languages(self, turn: Turn) -> None:
        """Asked once ever: a later tap shows the menu."""
        if turn.person is None or turn.person.also is not None:
            raise Refused(Code.GONE)
        self._talk.begin(turn, OTHER_LANGUAGES)

    def call_me(self, turn: Turn) -> None:
        if turn.chosen_language is None:
            self._talk.prepare(turn, CALL_ME)
            menu.ask_language(turn)
        else:
            self._talk.begin(turn, CALL_ME)

    def language(self, turn: Turn) -> None:
        menu.ask_language(turn)

    def hear_notice(self, turn: Turn) -> None:
        """The notice read out; the question stands below it again."""
        said = voices.notice(turn)
        if said is None:
            raise Refused(Code.NOT_POSSIBLE)
        turn.say(said)
        turn.on_screen = False
        self.go_on(turn)

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

    def knows(self, turn: Turn) -> bool:
        """It is a command or what a button of the menu says: meant for us, not for anybody else."""
        is_label = any(turn.means(turn.written, Text(label)) for label in self._words)
        return turn.written.startswith("/") or is_label

    def _word_of_the_menu(self, turn: Turn) -> Handler:
        """Outside a conversation people may write what the menu's buttons say."""
        for label, handler in self._words.items():
            if turn.means(turn.written, Text(label)):
                return handler
        return menu.show


def _town_of_code(turn: Turn, town: str) -> Mapping[str, Json]:
    """The office chose the name, in letters that a link takes; the summary shows what it became."""
    found = places.find(turn.county.places, town.replace("-", " "))
    sure = found.sure in (Sure.EXACT, Sure.LIKELY)
    return {"town": found.places[0].name} if sure else {}


def _welcome(turn: Turn) -> None:
    """What a role means for them, as a message that stays."""
    person = turn.person
    if person is None:
        return
    for role, words in _WELCOME_TO_ROLE.items():
        if person.has(role):
            begins = role is Role.VOLUNTEER and not volunteers.is_active(turn.tx, person.id)
            said = _WELCOME_TO_BEGIN if begins else words
            turn.conclude(message(text(said, name=person.name, command="/here", open="/open")))


def _as_in_app(turn: Turn) -> bool:
    """They read the language that their app speaks, too."""
    user = turn.update.effective_user
    return user is not None and guess(user.language_code) == turn.chosen_language


def _ask_whose_link(turn: Turn, name: str, token: str) -> None:
    """A coordinator who only tries a link out must not become that volunteer."""
    menu.show_aside(
        turn,
        message(
            text(N_("This link was made for {name}, and it works once. Is that you?"), name=name),
            buttons=[[Button(text(B_("Yes, that is me")), f"join:{token}")]],
        ),
    )
