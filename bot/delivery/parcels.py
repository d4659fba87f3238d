"""Which calls of the Bot API show a message.

One call, as a rule. A picture or a voice note carries its text as a caption; a text too long for
that follows as a message of its own, because nothing of ours is ever cut.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from bot.delivery.calls import Upload
from bot.delivery.render import Rendered
from bot.i18n.wording import utf16_length
from bot.messages import Message

#: Telegram's limit for a caption after its HTML is parsed, in UTF-16 units.
LONGEST_CAPTION: Final = 1024
#: Pixels for each module of a QR code: large enough to be scanned from another screen.
_SCALE: Final = 12
#: White modules around it, as the standard asks for; apps show pictures on a dark ground too.
_BORDER: Final = 4


@dataclass(frozen=True, slots=True)
class Parcel:
    """One call: a method and its parameters, what is no text as JSON."""

    method: str
    parameters: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict[str, Upload])


def has_media(message: Message) -> bool:
    return bool(message.qr or message.voice)


def menu(commands: str, chat_id: int) -> Parcel:
    """The *commands* (JSON) beside the text field of one chat, whatever the app's language."""
    scope = {"type": "chat", "chat_id": chat_id}
    return Parcel("setMyCommands", {"commands": commands, "scope": json.dumps(scope)})


def fits_caption(rendered: Rendered) -> bool:
    return utf16_length(rendered.plain) <= LONGEST_CAPTION


def fresh(
    message: Message,
    rendered: Rendered,
    chat_id: int,
    topic: int | None = None,
    *,
    silent: bool = False,
) -> list[Parcel]:
    """The calls that send *message*; the last one carries its buttons and stands for it.

    *silent*: it arrives without a sound.
    """
    to = {"chat_id": str(chat_id)}
    if silent:
        to["disable_notification"] = "true"
    if topic is not None:
        to["message_thread_id"] = str(topic)
    if not has_media(message):
        return [_words(to, rendered)]
    caption = fits_caption(rendered)
    said = {**to, **_caption(rendered)} if caption else to
    if message.voice:
        media = Parcel("sendVoice", {**said, "voice": message.voice})
    else:
        media = Parcel("sendPhoto", said, {"photo": qr_code(message.qr)})
    return [media] if caption else [media, _words(to, rendered)]


def edit(rendered: Rendered, chat_id: int, message_id: int) -> Parcel:
    to = {"chat_id": str(chat_id), "message_id": str(message_id)}
    return Parcel("editMessageText", {**to, **_text(rendered)})


def edit_caption(rendered: Rendered, chat_id: int, message_id: int) -> Parcel:
    """For a message with a picture or a voice note, which stays."""
    to = {"chat_id": str(chat_id), "message_id": str(message_id)}
    return Parcel("editMessageCaption", {**to, **_caption(rendered)})


def qr_code(link: str) -> Upload:
    """A PNG of *link* to scan. Raises ``ValueError`` for more than any QR code holds."""
    import segno

    picture = BytesIO()
    segno.make_qr(link, error="m").save(picture, kind="png", scale=_SCALE, border=_BORDER)
    return "qr.png", picture.getvalue(), "image/png"


def _words(to: Mapping[str, str], rendered: Rendered) -> Parcel:
    return Parcel("sendMessage", {**to, **_text(rendered)})


def _text(rendered: Rendered) -> dict[str, str]:
    return {"text": rendered.text, **_form(rendered)}


def _caption(rendered: Rendered) -> dict[str, str]:
    return {"caption": rendered.text, **_form(rendered)}


def _form(rendered: Rendered) -> dict[str, str]:
    form = {"parse_mode": "HTML"}
    if rendered.reply_markup is not None:
        form["reply_markup"] = json.dumps(rendered.reply_markup, ensure_ascii=False)
    return form
