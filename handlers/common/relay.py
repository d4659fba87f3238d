"""Two people write to each other through the bot: the screens, and what is passed on.

What is sent goes to the other side while the screen says "You are writing to …", or as a Telegram
reply to one of their messages, whatever the screen says. Commands are never passed on, and an open
question gets what is not such a reply. What says to nobody whom it is for is asked about.
"""

from telegram import Message as Received

from bot.conversation.flow import Answers, Ask, Flow, Scene
from bot.conversation.readers import PhoneNumber
from bot.domain.errors import Code, Refused
from bot.domain.relay import ALLOWED, Kind, Sent
from bot.messages import Message, Param, Term, Text, message, text
from bot.storage import conversations, relays
from bot.usecases import relay_notices, relay_screens, relaying
from bot.usecases.relay_views import View
from handlers.common import menu
from handlers.common.call_me import SHARE_MY_NUMBER
from handlers.common.start import Start
from handlers.common.talk import Talk
from handlers.turn import Turn

#: The messenger deletes for both what is not older (seconds; an hour less than it says).
_DELETABLE = 47 * 3600

_RELAY, _NAME = "relay", "name"


def _who(_: Scene, given: Answers) -> dict[str, Param]:
    return {"name": str(given.get(_NAME) or "") or Term(relay_notices.SOMEBODY)}


FLOW = Flow(
    "relay_number",
    asks=(
        Ask(
            "phone",
            relay_screens.WHICH_NUMBER,
            PhoneNumber(),
            params=_who,
            asks_contact=SHARE_MY_NUMBER,
        ),
    ),
    facts=(_RELAY, _NAME),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """The number goes to the other side, and is forgotten with the conversation."""
    view = relaying.share_number(
        turn.tx,
        turn.county,
        turn.person,
        int(str(answers[_RELAY])),
        str(answers["phone"]),
        number=turn.update.update_id,
    )
    return view.obstacle or relay_screens.number_shared(view.other)


class Chat:
    """*first* is asked what is not for somebody else."""

    def __init__(self, talk: Talk, first: Start) -> None:
        self._talk = talk
        self._first = first

    # What somebody sends -------------------------------------------------------------------

    def anything(self, turn: Turn) -> None:
        if not self._is_for_somebody(turn):
            self._first.anything(turn)

    def edited(self, turn: Turn) -> None:
        """What has been passed on stays as it is there."""
        changed = turn.update.effective_message
        if changed is None or turn.chosen_language is None:
            return
        if relaying.was_passed_on(turn.tx, turn.person, changed.message_id):
            turn.say(message(text(relay_notices.NO_CHANGES)))
        elif changed.text is not None:
            self._first.edited(turn)

    def _is_for_somebody(self, turn: Turn) -> bool:
        """Pass it on, or ask to whom; False if it is for us."""
        received = turn.update.effective_message
        if received is None or turn.chosen_language is None or turn.written.startswith("/"):
            return False
        sent = sent_in(received)
        replied = received.reply_to_message
        answered = replied and relaying.answered(turn.tx, turn.person, replied.message_id)
        if answered:
            self._answer(turn, answered, sent)
            return True
        writing_to = relays.written_to(turn.tx, turn.chat_id)
        if writing_to is not None:
            view = relaying.pass_on(turn.tx, turn.county, turn.person, writing_to, sent)
            _show_sent(turn, view, sent.message_id)
            return True
        return sent.kind in ALLOWED and self._asks_for_whom(turn, sent)

    def _answer(self, turn: Turn, relay_id: int, sent: Sent) -> None:
        """A reply to one of their messages; an open question stays what the screen is about."""
        view = relaying.pass_on(turn.tx, turn.county, turn.person, relay_id, sent)
        if view.obstacle is None and conversations.load(turn.tx, turn.chat_id) is not None:
            turn.say(message(relay_screens.was_sent(view.other)))
            self._talk.show_again(turn)
        else:
            _show_sent(turn, view, sent.message_id)

    def _asks_for_whom(self, turn: Turn, sent: Sent) -> bool:
        if conversations.load(turn.tx, turn.chat_id) is not None or self._first.knows(turn):
            return False
        views = relaying.open_lately(turn.tx, turn.county, turn.person)
        if views:
            turn.show(relay_screens.which([one.other for one in views], sent.message_id))
        return bool(views)

    def it_is_for(self, turn: Turn) -> None:
        """A tap says to whom the message goes that the question was an answer to."""
        query = turn.update.callback_query
        asked = None if query is None else query.message
        original = asked.reply_to_message if isinstance(asked, Received) else None
        if original is not None:
            sent = sent_in(original)
            view = relaying.pass_on(turn.tx, turn.county, turn.person, turn.tapped_number, sent)
            _show_sent(turn, view, sent.message_id)
            return
        view = self._view(turn)
        _show(turn, view, relay_screens.once_more(view.other, muted=view.muted))

    def take_back(self, turn: Turn) -> None:
        """The message that was just sent goes away on both sides."""
        query = turn.update.callback_query
        shown = None if query is None or query.message is None else query.message.date
        if shown is None or turn.tx.now - shown.timestamp() > _DELETABLE:
            raise Refused(Code.TOO_LATE)
        message_id, _, part = turn.tapped.split(":")[2].partition("-")
        view = relaying.take_back(
            turn.tx,
            turn.county,
            turn.person,
            turn.tapped_number,
            int(message_id),
            int(part or 0),
        )
        _show(turn, view, relay_screens.deleted(view.other, muted=view.muted))

    # Screens -------------------------------------------------------------------------------

    def about(self, turn: Turn) -> None:
        """The button on an appointment: the tapped number is the request's."""
        _open(turn, relaying.about(turn.tx, turn.county, turn.person, turn.tapped_number))

    def enter(self, turn: Turn) -> None:
        _open(turn, self._view(turn))

    def phrases(self, turn: Turn) -> None:
        page = int(turn.tapped.split(":")[1].removeprefix("page"))
        view = self._view(turn)
        _show(turn, view, relay_screens.phrases(view.other, page))

    def say(self, turn: Turn) -> None:
        key = turn.tapped.split(":")[1].removeprefix("say_")
        phrase = relay_screens.PHRASES.get(key, "")
        view = relaying.say_phrase(
            turn.tx,
            turn.county,
            turn.person,
            turn.tapped_number,
            key,
            wording=turn.wording.plain(Text(phrase), turn.language) if phrase else "",
            number=turn.update.update_id,
        )
        _show_sent(turn, view, 0, turn.update.update_id)

    def place(self, turn: Turn) -> None:
        view = self._view(turn)
        _show(turn, view, relay_screens.how_to_send_a_place(view.other))

    def number(self, turn: Turn) -> None:
        """First tap: are you sure?"""
        view = self._view(turn)
        _show(turn, view, relay_screens.share_number(view.other))

    def surely_number(self, turn: Turn) -> None:
        """Second tap: which one."""
        view = self._view(turn)
        known = {_RELAY: view.relay.id, _NAME: view.other.name}
        self._talk.begin(turn, FLOW.name, known, afresh=True)

    def mute(self, turn: Turn) -> None:
        muted = turn.tapped.split(":")[1] == "mute"
        view = relaying.mute(turn.tx, turn.county, turn.person, turn.tapped_number, muted)
        _open(turn, view)

    def end(self, turn: Turn) -> None:
        view = relaying.end(turn.tx, turn.county, turn.person, turn.tapped_number)
        turn.conclude(relay_notices.you_ended(view.other))

    def _view(self, turn: Turn) -> View:
        return relaying.enter(turn.tx, turn.county, turn.person, turn.tapped_number)


def sent_in(received: Received) -> Sent:
    """What somebody sent, as the rules know it. What looks like two things is the stranger one."""
    words = received.text or received.caption or ""
    return Sent(received.message_id, _kind(received), words, _place(received))


def _kind(received: Received) -> Kind:
    if received.forward_origin is not None:
        return Kind.FORWARDED
    if received.via_bot is not None or received.animation is not None:
        return Kind.OTHER
    kinds = {
        Kind.WORDS: received.text,
        Kind.VOICE: received.voice,
        Kind.PHOTO: received.photo,
        Kind.DOCUMENT: received.document,
        Kind.PLACE: received.location,
        Kind.CONTACT: received.contact,
    }
    return next((kind for kind, content in kinds.items() if content), Kind.OTHER)


def _place(received: Received) -> tuple[float, float] | None:
    place = received.location
    return None if place is None else (place.latitude, place.longitude)


def _open(turn: Turn, view: View) -> None:
    _show(turn, view, relay_screens.opened(view.other, turn.county, muted=view.muted))


def _show_sent(turn: Turn, view: View, message_id: int, part: int = 0) -> None:
    undo = f"{message_id}-{part}"
    _show(turn, view, relay_screens.sent(view.other, muted=view.muted, undo=undo))


def _show(turn: Turn, view: View, screen: Message) -> None:
    """A screen of the chat: what comes now goes to the other side, if anything can reach it."""
    if view.obstacle is not None:
        menu.show_aside(turn, view.obstacle)
        return
    turn.show(screen)
    relays.begin_writing(turn.tx, turn.chat_id, view.relay.id)
