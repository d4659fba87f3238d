"""Which calls of the Bot API show a message.

One call, as a rule. A picture, a voice note or a file carries its text as a caption; a text too
long for that follows as a message of its own, because nothing of ours is ever cut.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Final

from bot.delivery.calls import Upload
from bot.delivery.render import Rendered
from bot.domain.county import Recording
from bot.i18n.wording import utf16_length
from bot.messages import Carried, Event, Message

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
    """It can't take the place of a text."""
    of_its_own = (message.qr, message.voice, message.photo, message.recording)
    things = (message.event, message.location, message.carried, message.paper)
    return any(of_its_own) or any(thing is not None for thing in things)


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
    recordings: Mapping[str, Recording] | None = None,
    file: Upload | None = None,
    silent: bool = False,
) -> list[Parcel]:
    """The calls that send *message*; the last one carries its buttons and stands for it.

    *recordings*: the county's, by name. *file*: the message's paper. *silent*: it arrives without a
    sound. Raises ``KeyError`` or ``OSError`` for a recording that is gone.
    """
    to = {"chat_id": str(chat_id)}
    if silent:
        to["disable_notification"] = "true"
    if topic is not None:
        to["message_thread_id"] = str(topic)
    if message.answers:
        gone_is_fine = {"message_id": message.answers, "allow_sending_without_reply": True}
        to["reply_parameters"] = json.dumps(gone_is_fine)
    if message.carried is not None:
        to |= _protected(message.carried)
    if message.location is not None:
        return _with_map(message.location, to, rendered)
    if message.carried is not None:
        return [_carry(message.carried, to, rendered)]
    if not has_media(message):
        return [_words(to, rendered)]
    caption = fits_caption(rendered)
    said = {**to, **_caption(rendered)} if caption else to
    media = _media(message, rendered, said, recordings or {}, file)
    return [media] if caption else [media, _words(to, rendered)]


def _upload(recording: Recording) -> Upload:
    """Sent anew each time: it is small, and an id the messenger gave would have to be kept."""
    return recording.path.name, recording.path.read_bytes(), "audio/ogg"


def _media(
    message: Message,
    rendered: Rendered,
    said: Mapping[str, str],
    recordings: Mapping[str, Recording],
    file: Upload | None,
) -> Parcel:
    if message.voice:
        return Parcel("sendVoice", {**said, "voice": message.voice})
    if file is not None:
        return _with_file(file, said)
    if message.event is not None:
        event = calendar_file(message.event, rendered.title)
        return Parcel("sendDocument", said, {"document": event})
    if message.photo:
        return Parcel("sendPhoto", {**said, "photo": message.photo})
    if message.recording:
        return Parcel("sendVoice", said, {"voice": _upload(recordings[message.recording])})
    return Parcel("sendPhoto", said, {"photo": qr_code(message.qr)})


def _with_file(file: Upload, said: Mapping[str, str]) -> Parcel:
    """A picture is shown, everything else sent as it is."""
    if file[2].startswith("image/"):
        return Parcel("sendPhoto", said, {"photo": file})
    return Parcel("sendDocument", said, {"document": file})


def _with_map(
    place: tuple[float, float], to: Mapping[str, str], rendered: Rendered
) -> list[Parcel]:
    """*place*: degrees north and east. The buttons stand below the map."""
    words = [_words(to, replace(rendered, reply_markup=None))] if rendered.plain else []
    north, east = place
    where = {"latitude": f"{north:.6f}", "longitude": f"{east:.6f}"}
    return [*words, Parcel("sendLocation", {**to, **where, **_markup(rendered)})]


def _protected(carried: Carried) -> dict[str, str]:
    """What one person sends another can't go on from there."""
    sound = {"disable_notification": "true"} if carried.silent else {}
    return {"protect_content": "true", **sound}


def _carry(carried: Carried, to: Mapping[str, str], rendered: Rendered) -> Parcel:
    if carried.source is not None:
        chat_id, message_id = carried.source
        source = {"from_chat_id": str(chat_id), "message_id": str(message_id)}
        return Parcel("copyMessage", {**to, **source, **_caption(rendered)})
    no_preview = {"link_preview_options": json.dumps({"is_disabled": True})}
    return _words({**to, **no_preview}, rendered)


def edit(rendered: Rendered, chat_id: int, message_id: int) -> Parcel:
    to = {"chat_id": str(chat_id), "message_id": str(message_id)}
    return Parcel("editMessageText", {**to, **_text(rendered)})


def delete(chat_id: int, message_id: int) -> Parcel:
    return Parcel("deleteMessage", {"chat_id": str(chat_id), "message_id": str(message_id)})


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


def calendar_file(event: Event, title: str) -> Upload:
    """*event* as a file that a phone's calendar opens."""
    from bot.i18n.calendars import calendar

    name, _, _ = event.uid.partition("@")
    return f"{name}.ics", calendar([(event, title)], cancels=event.cancelled), "text/calendar"


def _words(to: Mapping[str, str], rendered: Rendered) -> Parcel:
    return Parcel("sendMessage", {**to, **_text(rendered)})


def _text(rendered: Rendered) -> dict[str, str]:
    return {"text": rendered.text, **_form(rendered)}


def _caption(rendered: Rendered) -> dict[str, str]:
    return {"caption": rendered.text, **_form(rendered)}


def _form(rendered: Rendered) -> dict[str, str]:
    return {"parse_mode": "HTML", **_markup(rendered)}


def _markup(rendered: Rendered) -> dict[str, str]:
    if rendered.reply_markup is None:
        return {}
    return {"reply_markup": json.dumps(rendered.reply_markup, ensure_ascii=False)}
