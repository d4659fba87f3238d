"""What people can send, as message content: text, voice, photos, places, contacts, stickers."""

from pathlib import Path
from typing import Final

from simulator import files
from simulator.json_types import JsonObject
from simulator.records import Account
from simulator.world import World

_SAMPLES: Final = Path(__file__).with_name("samples")
#: OGG Opus, in Arabic, by a machine: "Hello, I need an interpreter at the doctor's on Monday".
VOICE: Final = (_SAMPLES / "voice.oga").read_bytes()
VOICE_SECONDS: Final = 6
#: JPEG of a letter with nothing legible in it.
PICTURE: Final = (_SAMPLES / "letter.jpg").read_bytes()
_STICKER = b"RIFF simulated sticker"


def text(world: World, said: str) -> JsonObject:
    plain = world.plain(said)
    return {"text": plain.text, **({"entities": plain.entities} if plain.entities else {})}


def caption(world: World, said: str | None) -> JsonObject:
    if not said:
        return {}
    plain = world.plain(said)
    entities = {"caption_entities": plain.entities} if plain.entities else {}
    return {"caption": plain.text, **entities}


def voice(world: World, data: bytes, duration: int) -> JsonObject:
    file = world.files.add("voice", data, name="voice.oga", mime_type="audio/ogg")
    return files.voice(file, duration)


def photo(world: World, data: bytes, said: str | None) -> JsonObject:
    file = world.files.add("photo", data, name="photo.jpg", mime_type="image/jpeg")
    return {**files.photo(file), **caption(world, said)}


def document(world: World, data: bytes, name: str, mime_type: str, said: str | None) -> JsonObject:
    file = world.files.add("document", data, name=name, mime_type=mime_type)
    return {**files.document(file), **caption(world, said)}


def sticker(world: World, emoji: str) -> JsonObject:
    file = world.files.add("sticker", _STICKER, name="sticker.webp", mime_type="image/webp")
    return files.sticker(file, emoji)


def location(latitude: float, longitude: float) -> JsonObject:
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(phone_number: str, first_name: str, owner: Account | None) -> JsonObject:
    """`owner` is the Telegram account behind the number, if there is one."""
    content = {"phone_number": phone_number, "first_name": first_name}
    if owner is None:
        return {"contact": content}
    last_name = {"last_name": owner.last_name} if owner.last_name else {}
    return {"contact": {**content, **last_name, "user_id": owner.id}}
