"""What was played, as a test in the style of tests/transcripts: a place to start a real one from.

The test makes the same people, and does and reads what they did and read. Whoever said nothing and
read nothing is not in it, so others may be asked for help than in the demo.
"""

import keyword
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bot.demo.town import Town
from bot.i18n.bidi import without_controls
from simulator.json_types import JsonObject

_HEAD: Final = '''"""Saved from the demo on {day}. Now say what it has to show."""

from bot.clock import MovableWall
from tests.transcripts.town import moment, town


async def test_saved(database_url: str, wall: MovableWall) -> None:
'''
_TAKEN: Final = {*keyword.kwlist, "harz", "moment", "office", "town", "wall"}
_SENDING: Final = {
    "voice": "sends_voice()",
    "photo": "sends_photo()",
    "document": 'sends_document(b"%PDF")',
    "location": "sends_location(51.8958, 11.0506)",
    "contact": "sends_contact()",
    "sticker": "sends_sticker()",
}


class _Names:
    """Variables for people: `sara`, `frau_krause`, `person_3` where no letter is left."""

    def __init__(self, town: Town) -> None:
        self._world = town.server.world
        self.given: dict[int, str] = {}

    def of(self, account_id: int) -> str:
        if account_id not in self.given:
            account = self._world.accounts.get(account_id)
            name = account.first_name if account else ""
            latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
            plain = re.sub(r"\W+", "_", latin.lower()).strip("_")
            if not plain.isidentifier() or plain in {*self.given.values(), *_TAKEN}:
                plain = f"person_{len(self.given) + 1}"
            self.given[account_id] = plain
        return self.given[account_id]


def written(record: list[JsonObject], chat_id: int | None, town: Town) -> str:
    """Python source. `chat_id`: the chat it is about, None for all."""
    names = _Names(town)
    groups = {chat.id for chat in town.server.world.chats.values() if chat.is_group}
    body = list(_lines(_left_standing(record), names, groups, town))
    head = [_enter(account_id, name, town) for account_id, name in names.given.items()]
    if any(one["chat"] in groups for one in record) or "office.coordinator" in "".join(head):
        head.insert(0, "office = await harz.office()")
    lines = [f"wall.move_to({_moment(town, record[0]['time'] if record else None)})"]
    inner = [*head, "", *body] if body else ["assert harz.people == {}"]
    lines.append("async with town(database_url, wall, office_first=True) as harz:")
    lines += [f"    {line}" for line in inner]
    written = "\n".join(f"    {line}".rstrip() for line in lines)
    return f"{_HEAD.format(day=f'{town.local():%d.%m.%Y}')}{written}\n"


def _enter(account_id: int, name: str, town: Town) -> str:
    """How this person gets into a test's town."""
    account = town.server.world.accounts[account_id]
    one, full = town.cast.known(account.first_name), account.first_name
    match town.cast.role(full):
        case "coordinator":
            return f"{name} = office.coordinator"
        case "volunteer" if one is not None:
            speaks = ", ".join(map(repr, one.languages))
            return f"{name} = await harz.volunteer({full!r}, {speaks}, reads={one.reads!r})"
        case _:
            return f"{name} = harz.person({full!r}, {account.language_code or 'de'!r})"


def _left_standing(record: list[JsonObject]) -> list[JsonObject]:
    """Without what nobody had the time to read: changed or gone before the next deed."""
    kept: list[JsonObject] = []
    block: dict[tuple[int, int], JsonObject] = {}
    for one in record:
        if one["what"] in {"reads", "reads_again"}:
            block.pop((one["chat"], one["message"]), None)
            block[one["chat"], one["message"]] = one
        elif one["what"] == "loses":
            block.pop((one["chat"], one["message"]), None)
        else:
            kept += [*block.values(), one]
            block.clear()
    return [*kept, *block.values()]


def _lines(record: list[JsonObject], names: _Names, groups: set[int], town: Town) -> Iterator[str]:
    for one in record:
        if one["what"] == "waits":
            yield ""
            yield f"await harz.until({_moment(town, one['until'])})"
        elif one["chat"] in groups:
            yield from _in_group(one, names)
        else:
            yield from _in_private(one, names)


def _moment(town: Town, epoch: int | None) -> str:
    return f'moment("{town.local(epoch):%Y-%m-%d %H:%M}")'


def _in_private(one: JsonObject, names: _Names) -> Iterator[str]:
    who = names.of(one["chat"])
    match one["what"]:
        case "says" if started := re.fullmatch(r"/start(?: (\S+))?", one["text"]):
            yield f"await {who}.starts({started[1]!r})" if started[1] else f"await {who}.starts()"
        case "says":
            yield f"await {who}.says({one['text']!r})"
        case "taps":
            yield f"await {who}.taps({without_controls(one['label'])!r})"
        case "sends":
            yield f"await {who}.does({who}.phone.{_SENDING[one['kind']]})"
        case "edits":
            said = f"{one['text']!r}"
            yield f"await {who}.does({who}.phone.edits({one['message']}, {said}))"
        case "reacts":
            yield f"# {who} reacts with {one['emoji']}"
        case "blocks" | "unblocks" as deed:
            yield f"await {who}.does({who}.phone.{deed}_bot())"
        case "reads" | "reads_again":
            yield from _reading(who, one["text"])
        case _:
            return


def _in_group(one: JsonObject, names: _Names) -> Iterator[str]:
    match one["what"]:
        case "says":
            yield f"await office.says({one['text']!r}, by={names.of(one['user'])})"
        case "taps":
            label = without_controls(one["label"])
            yield f"await office.taps({label!r}, by={names.of(one['user'])})"
        case "reads" | "reads_again":
            yield from _reading("office", one["text"])
        case what:
            yield f"# somebody in the group {what}"


def _reading(who: str, text: str) -> Iterator[str]:
    """The first line that says something stands in the chat."""
    lines = (line.strip() for line in without_controls(text).splitlines())
    if telling := next((line for line in lines if len(line) > 1), ""):
        yield f"{who}.has_read({telling!r})"
