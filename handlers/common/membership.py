"""The bot was blocked, unblocked, added to a group, removed from it, or the group got a new id."""

from telegram import Chat, ChatMember

from bot.messages import N_, message, text
from bot.storage import chats
from bot.usecases import reaching
from handlers.turn import Turn

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


def changed(turn: Turn) -> None:
    change = turn.update.my_chat_member
    if change is None:
        return
    was_gone = change.old_chat_member.status in _GONE
    if change.new_chat_member.status in _GONE:
        reaching.lost(turn.tx, turn.county, turn.chat_id)
        return
    reaching.regained(turn.tx, turn.chat_id)
    if was_gone and change.chat.type in (Chat.GROUP, Chat.SUPERGROUP):
        _greet(turn)


def migrated(turn: Turn) -> None:
    """A group became a supergroup: its new id is in the service message."""
    sent = turn.update.effective_message
    if sent is not None and sent.migrate_to_chat_id is not None:
        reaching.moved(turn.tx, turn.county, turn.chat_id, sent.migrate_to_chat_id)


def _greet(turn: Turn) -> None:
    if turn.chosen_language is None:
        chats.set_language(turn.tx, turn.chat_id, turn.language)
    turn.say(
        message(
            text(
                N_(
                    "In the coordinators' group I show requests for help."
                    " A coordinator writes {command} for that."
                ),
                command="/here",
            )
        )
    )
