"""What somebody sent, as the conversation engine knows it."""

from datetime import timedelta

from bot.conversation.flow import Location, Other, Photo, Reply, SharedContact, Typed, Voice
from handlers.turn import Turn


def reply_in(turn: Turn) -> Reply:
    sent = turn.update.effective_message
    if sent is None:
        return Other()
    if sent.text is not None:
        return Typed(sent.text)
    if sent.voice is not None:
        return Voice(sent.voice.file_id, _seconds(sent.voice.duration))
    if sent.photo:
        return Photo(sent.photo[-1].file_id, sent.caption or "")  # the largest comes last
    if sent.location is not None:
        return Location(sent.location.latitude, sent.location.longitude)
    if sent.contact is not None:
        return SharedContact(sent.contact.phone_number, own=sent.contact.user_id == turn.chat_id)
    return Other()


def _seconds(duration: int | timedelta) -> int:
    return int(duration.total_seconds()) if isinstance(duration, timedelta) else duration
