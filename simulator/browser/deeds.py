"""What people can do in a chat: POST /api/chats/{id}/{deed}.

Each deed is `deed(screen, given)` and returns what came of it; what can't be done raises
NotPossible, a wrong field KeyError, TypeError or ValueError.
"""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import Final

from simulator import things
from simulator.browser import letters
from simulator.browser.shapes import action_of
from simulator.groups import Group
from simulator.json_types import JsonObject
from simulator.phones import Phone
from simulator.records import Account, Message, origin_of
from simulator.screen import NotPossible
from simulator.views import Seen, same_label

Screen = Phone | Group
Deed = Callable[[Screen, JsonObject], Awaitable[JsonObject]]

_LONGEST_TEXT: Final = 20_000
#: The market place of Halberstadt.
_SOMEWHERE: Final = (51.8958, 11.0506)


def _sent(message: Seen) -> JsonObject:
    return {"message_id": message.message_id}


def _phone(screen: Screen) -> Phone:
    if not isinstance(screen, Phone):
        raise NotPossible("this is a group: take somebody's own phone")
    return screen


def actor(screen: Screen, given: JsonObject) -> Account:
    """Who acts: the phone's owner, or in a group whom "as" names, else its first member."""
    if isinstance(screen, Phone):
        return screen.account
    present = {
        each.account.id: each.account
        for each in screen.chat.members.values()
        if each.present and not each.account.is_bot
    }
    wanted = given.get("as")
    if wanted is None:
        if not present:
            raise NotPossible("nobody is in this group")
        return next(iter(present.values()))
    if int(wanted) not in present:
        raise NotPossible("this person is not in the group")
    return present[int(wanted)]


def _number(given: JsonObject, name: str) -> int | None:
    return None if given.get(name) is None else int(given[name])


def _bytes(given: JsonObject, sample: bytes) -> bytes:
    if given.get("data") is None:
        return sample
    try:
        data = base64.b64decode(str(given["data"]), validate=True)
    except binascii.Error as problem:
        raise ValueError("data is not base64") from problem
    if not data:
        raise NotPossible("an empty file can't be sent")
    return data


async def say(screen: Screen, given: JsonObject) -> JsonObject:
    text, reply = str(given["text"]), _number(given, "reply_to")
    if not text.strip() or len(text) > _LONGEST_TEXT:
        raise NotPossible("a text of 1 to 20000 letters is expected")
    if isinstance(screen, Phone):
        return _sent(await screen.says(text, reply_to=reply))
    by = actor(screen, given)
    return _sent(await screen.says(by, text, topic=_number(given, "topic"), reply_to=reply))


async def start(screen: Screen, given: JsonObject) -> JsonObject:
    payload = given.get("payload") or None
    return _sent(await _phone(screen).starts(None if payload is None else str(payload)))


async def tap(screen: Screen, given: JsonObject) -> JsonObject:
    message, button = _button(screen, given)
    does = action_of(button, screen.world.bot)
    if isinstance(screen, Phone):
        made = await screen.taps_button(message, button)
    else:
        made = screen.tap(actor(screen, given), message, button, inaccessible=False)
    copied: JsonObject = button.get("copy_text") or {}
    return {"tap": made.id, "url": made.url, "does": does, "copy": copied.get("text")}


def _button(screen: Screen, given: JsonObject) -> tuple[Message, JsonObject]:
    wanted = _number(given, "message_id")
    if "label" in given:
        found = screen.inline_button(str(given["label"]), wanted)
        if found is None:
            raise screen.no_button(str(given["label"]))
        return found
    if wanted is None:
        raise KeyError("message_id")
    message = screen.find(wanted)
    rows, row, column = message.inline_keyboard or [], int(given["row"]), int(given["column"])
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise NotPossible("this button is not there any more")
    return message, rows[row][column]


async def key(screen: Screen, given: JsonObject) -> JsonObject:
    phone, label = _phone(screen), str(given["label"])
    keyboard: list[list[JsonObject]] = (phone.reply_keyboard or {}).get("keyboard", [])
    for each in (one for row in keyboard for one in row):
        if same_label(each["text"], label) and each.get("request_location"):
            return _sent(await phone.sends_location(*_SOMEWHERE))
    await phone.presses_key(label)
    return {"message_id": phone.last.message_id}


async def voice(screen: Screen, given: JsonObject) -> JsonObject:
    data = _bytes(given, things.VOICE)
    seconds = max(1, int(given.get("duration") or things.VOICE_SECONDS))
    reply = _number(given, "reply_to")
    if isinstance(screen, Phone):
        content = things.voice(screen.world, data, seconds)
        return _sent(await screen.sends(content, reply_to=reply))
    by, topic = actor(screen, given), _number(given, "topic")
    return _sent(await screen.sends_voice(by, data, duration=seconds, topic=topic, reply_to=reply))


async def photo(screen: Screen, given: JsonObject) -> JsonObject:
    data = _bytes(given, things.PICTURE)
    return _sent(await _phone(screen).sends_photo(data, caption=_caption(given)))


async def album(screen: Screen, given: JsonObject) -> JsonObject:
    return _sent((await _phone(screen).sends_album(caption=_caption(given)))[0])


async def document(screen: Screen, given: JsonObject) -> JsonObject:
    name = str(given.get("name") or "letter.pdf").replace("/", "_").replace("\\", "_")[:100]
    return _sent(
        await _phone(screen).sends_document(
            _bytes(given, letters.PDF),
            name=name,
            mime_type=str(given.get("mime") or "application/pdf"),
            caption=_caption(given),
        )
    )


def _caption(given: JsonObject) -> str | None:
    return str(given["caption"]) if given.get("caption") else None


async def location(screen: Screen, given: JsonObject) -> JsonObject:
    latitude = float(given.get("latitude", _SOMEWHERE[0]))
    longitude = float(given.get("longitude", _SOMEWHERE[1]))
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("there is no such place")
    return _sent(await _phone(screen).sends_location(latitude, longitude))


async def contact(screen: Screen, given: JsonObject) -> JsonObject:
    number, name = given.get("phone_number") or None, given.get("first_name") or None
    phone = _phone(screen)
    if number is None:
        return _sent(await phone.sends_contact())
    return _sent(await phone.sends_contact(str(number), first_name=None if not name else str(name)))


async def sticker(screen: Screen, given: JsonObject) -> JsonObject:
    return _sent(await _phone(screen).sends_sticker(str(given.get("emoji") or "👍")))


async def forward(screen: Screen, given: JsonObject) -> JsonObject:
    phone, world = _phone(screen), screen.world
    if "from_chat" not in given:
        named = given.get("author", "")
        author = world.accounts.get(named) if isinstance(named, int) else None
        stranger = Account(0, str(named) or "Somebody", hides_forwards=True)
        return _sent(await phone.forwards(str(given["text"]), author or stranger))
    source = world.chats.get(int(given["from_chat"]))
    original = None if source is None else source.message(int(given["message_id"]))
    if original is None or original.is_service:
        raise NotPossible("this message is not there any more")
    if original.protected:
        raise NotPossible("this message may not be forwarded")
    if phone.chat.blocked:
        raise NotPossible(f"{phone.account.first_name} blocked the bot")
    origin = original.forward_origin or origin_of(original.sender, original.date)
    phone.chat.started = True
    return _sent(phone.send(phone.account, dict(original.content), forward_origin=origin))


async def edit(screen: Screen, given: JsonObject) -> JsonObject:
    message, text = int(given["message_id"]), str(given["text"])
    if not text.strip():
        raise NotPossible("an empty message can't be sent")
    if isinstance(screen, Phone):
        return _sent(await screen.edits(message, text))
    return _sent(await screen.edits(actor(screen, given), message, text))


async def delete(screen: Screen, given: JsonObject) -> JsonObject:
    """In a private chat anything; in a group one's own. The bot is told nothing."""
    message = screen.find(int(given["message_id"]))
    if isinstance(screen, Group) and message.sender is not actor(screen, given):
        raise NotPossible("only one's own messages can be deleted")
    screen.world.delete([message])
    return {}


async def react(screen: Screen, given: JsonObject) -> JsonObject:
    emoji = str(given["emoji"]) if given.get("emoji") else None
    screen.react(actor(screen, given), int(given["message_id"]), emoji)
    return {}


async def block(screen: Screen, given: JsonObject) -> JsonObject:
    await _phone(screen).blocks_bot()
    return {}


async def unblock(screen: Screen, given: JsonObject) -> JsonObject:
    await _phone(screen).unblocks_bot()
    return {}


async def topic(screen: Screen, given: JsonObject) -> JsonObject:
    name = str(given["name"]).strip()[:128]
    if not name:
        raise NotPossible("a topic needs a name")
    return {"topic": await _group(screen).create_topic(actor(screen, given), name)}


async def join(screen: Screen, given: JsonObject) -> JsonObject:
    await _group(screen).join(screen.world.accounts[int(given["person"])])
    return {}


async def leave(screen: Screen, given: JsonObject) -> JsonObject:
    await _group(screen).leave(screen.world.accounts[int(given["person"])])
    return {}


def _group(screen: Screen) -> Group:
    if not isinstance(screen, Group):
        raise NotPossible("this is no group")
    return screen


# fmt: off
_ALL: Final = (
    say, start, tap, key, voice, photo, album, document, location, contact, sticker,
    forward, edit, delete, react, block, unblock, topic, join, leave,
)
# fmt: on
#: By the last word of the address.
DEEDS: Final[dict[str, Deed]] = {one.__name__: one for one in _ALL}
