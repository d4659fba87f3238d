"""What was played, as a test in the style of tests/transcripts: a place to start a real one from.

The test makes the same people, and does and reads what they did and read. What the demo's town was
told before the play began (who volunteers, the office's first look) is the test's author's to add.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bot.demo.town import Town
from bot.i18n.bidi import without_controls
from simulator.json_types import JsonObject

_HEAD: Final = '''"""Saved from the demo on {day}. Add who else has to be there, and what must be true."""

from bot.clock import MovableWall
from tests.transcripts.town import moment, town


async def test_saved(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall{options}) as harz:
'''
_INDENT: Final = " " * 8
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
        self._given: dict[int, str] = {}

    def of(self, account_id: int) -> str:
        if account_id not in self._given:
            account = self._world.accounts.get(account_id)
            name = account.first_name if account else ""
            plain = re.sub(r"\W+", "_", name.lower(), flags=re.ASCII).strip("_")
            if not plain.isidentifier() or plain in {*self._given.values(), "harz", "office"}:
                plain = f"person_{len(self._given) + 1}"
            self._given[account_id] = plain
        return self._given[account_id]


def written(record: list[JsonObject], chat_id: int | None, town: Town) -> str:
    """Python source. `chat_id`: the chat it is about, None for all."""
    names = _Names(town)
    groups = {chat.id for chat in town.server.world.chats.values() if chat.is_group}
    body = list(_lines(record, names, groups, town))
    head: list[str] = []
    if any(one["chat"] in groups for one in record):
        head.append("office = await harz.office()")
    for account_id, name in names._given.items():
        head.append(_enter(account_id, name, town))
    lines = [f"{_INDENT}{line}".rstrip() for line in [*head, "", *body]] if body else []
    day = f"{town.local():%d.%m.%Y}"
    text = _HEAD.format(day=day, options="") + "\n".join(lines or [f"{_INDENT}assert harz.people"])
    if "moment(" not in text:
        text = text.replace("import moment, town", "import town")
    return text + "\n"


def _enter(account_id: int, name: str, town: Town) -> str:
    account = town.server.world.accounts[account_id]
    return f"{name} = harz.person({account.first_name!r}, {account.language_code or 'de'!r})"


def _lines(record: list[JsonObject], names: _Names, groups: set[int], town: Town) -> Iterator[str]:
    for at, one in enumerate(record):
        if one["what"] == "waits":
            if not any(later["what"] == "waits" for later in record[at + 1 : at + 2]):
                local: datetime = town.local(one["until"])
                yield ""
                yield f'await harz.until(moment("{local:%Y-%m-%d %H:%M}"))'
        elif one["chat"] in groups:
            yield from _in_group(one, names)
        else:
            yield from _in_private(one, names)


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
            yield f"{who}.has_read({_telling(one['text'])!r})"
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
            yield f"office.has_read({_telling(one['text'])!r})"
        case what:
            yield f"# somebody in the group {what}"


def _telling(text: str) -> str:
    """The first line that says something."""
    lines = (line.strip() for line in without_controls(text).splitlines())
    return next((line for line in lines if len(line) > 1), "")
