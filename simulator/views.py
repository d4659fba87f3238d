"""A message as a person sees it on the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.json_types import JsonObject
from simulator.records import Message

_KINDS = (
    "text",
    "voice",
    "photo",
    "document",
    "location",
    "contact",
    "sticker",
)
_INVISIBLE = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Seen:
    """A snapshot of one message; take `phone.messages` again to see later changes.

    text: plain text or caption. entities: as on the wire. buttons: rows of labels below.
    kind: text, voice, photo, document, location, contact, sticker, service or other. protected: it
    can't be forwarded or saved. answers: the id of the message it is a reply to.
    """

    message_id: int
    text: str
    entities: tuple[JsonObject, ...]
    buttons: tuple[tuple[str, ...], ...]
    date: int
    edited: bool
    from_bot: bool
    sender: str
    kind: str
    thread_id: int | None
    reactions: tuple[str, ...]
    content: JsonObject
    protected: bool = False
    answers: int | None = None


def seen(message: Message) -> Seen:
    content = message.content
    kind = (
        "service"
        if message.is_service
        else next((kind for kind in _KINDS if kind in content), "other")
    )
    rows = message.inline_keyboard or []
    return Seen(
        message_id=message.message_id,
        text=content.get("text") or content.get("caption") or "",
        entities=tuple(content.get("entities") or content.get("caption_entities") or ()),
        buttons=tuple(tuple(button["text"] for button in row) for row in rows),
        date=message.date,
        edited=message.edit_date is not None,
        from_bot=message.sender.is_bot and "sender_chat" not in content,
        sender=message.sender.first_name,
        kind=kind,
        thread_id=message.topic.thread_id if message.topic else None,
        reactions=tuple(str(one["emoji"]) for given in message.reactions.values() for one in given),
        content=dict(content),
        protected=message.protected,
        answers=message.reply_to.message_id if message.reply_to else None,
    )


def same_label(one: str, other: str) -> bool:
    """Equal for the eye: direction marks and isolates don't count."""
    return _INVISIBLE.sub("", one).strip() == _INVISIBLE.sub("", other).strip()
