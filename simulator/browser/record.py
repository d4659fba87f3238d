"""What everybody did and read, in order: a chat can be saved from it."""

from collections.abc import Callable
from typing import Final

from simulator.json_types import JsonObject
from simulator.world import World

_MOST: Final = 50_000


class Record:
    """Entries: {"time", "chat", "user" (None: the bot or nobody), "what", …}.

    what: says (text), sends (kind), taps (label), edits, deletes, reacts (emoji), blocks, unblocks,
    reads (text: the bot wrote), reads_again (text: the bot edited), waits (until: epoch seconds).
    """

    def __init__(self, world: World, changed: Callable[[], None]) -> None:
        self._world = world
        self._changed = changed
        self.entries: list[JsonObject] = []

    def hears(self, event: JsonObject) -> None:
        """One event of the simulator."""
        chat: int | None = event.get("chat_id")
        match event["type"]:
            case "message":
                self._message(event["message"], chat)
            case "edited":
                self._edited(event["message"], chat)
            case "tapped":
                self._add(chat, event["user_id"], "taps", label=event["label"])
            case "reacted":
                self._add(chat, event["user_id"], "reacts", emoji=event["emoji"])
            case "blocked":
                self._add(chat, chat, "blocks" if event["blocked"] else "unblocks")
            case _:
                return

    def waits(self, until: int) -> None:
        """The clock was moved."""
        self._add(None, None, "waits", until=until)

    def of_chat(self, chat: int) -> list[JsonObject]:
        """One chat, and the time that passed while it was used."""
        return [one for one in self.entries if one["chat"] in {chat, None}]

    def _message(self, message: JsonObject, chat: int | None) -> None:
        text = message.get("text")
        user: int = message["from"]["id"]
        if user == self._world.bot.id:
            if text or message.get("caption"):
                self._add(chat, None, "reads", text=text or message["caption"])
        elif text:
            self._add(chat, user, "says", text=text)
        elif kind := next((one for one in _SENT if one in message), None):
            self._add(chat, user, "sends", kind=kind)

    def _edited(self, message: JsonObject, chat: int | None) -> None:
        user: int = message["from"]["id"]
        text = message.get("text") or message.get("caption") or ""
        if "edit_date" not in message:
            return
        if user == self._world.bot.id:
            self._add(chat, None, "reads_again", text=text)
        elif self._last_edit_differs(message):
            self._add(chat, user, "edits", text=text, message=message["message_id"])

    def _last_edit_differs(self, message: JsonObject) -> bool:
        """A reaction is announced as an edit, too."""
        for one in reversed(self.entries):
            if one["what"] == "edits" and one["message"] == message["message_id"]:
                return bool(one["text"] != (message.get("text") or message.get("caption") or ""))
        return True

    def _add(self, chat: int | None, user: int | None, what: str, **details: object) -> None:
        now = self._world.today()
        self.entries.append({"time": now, "chat": chat, "user": user, "what": what, **details})
        del self.entries[:-_MOST]
        self._changed()


_SENT: Final = ("voice", "photo", "document", "location", "contact", "sticker")


def as_text(
    record: Record, chat_id: int, title: str, world: World, when: Callable[[int], str]
) -> str:
    """The chat as it can be read anywhere. `when(epoch)`: date and time in words."""
    lines = [title, ""]
    for one in record.of_chat(chat_id):
        match one["what"]:
            case "waits":
                continue
            case "reads":
                said = str(one["text"])
            case "reads_again":
                said = f"(edited) {one['text']}"
            case "says":
                said = str(one["text"])
            case "sends":
                said = f"({one['kind']})"
            case "taps":
                said = f"(taps {one['label']})"
            case "edits":
                said = f"(changes it to) {one['text']}"
            case "reacts":
                said = f"(reacts {one['emoji'] or 'no more'})"
            case _:
                said = f"({one['what']} the bot)"
        who = world.bot if one["user"] is None else world.accounts.get(one["user"])
        name = "?" if who is None else who.first_name
        body = said.replace("\n", "\n    ")
        lines.append(f"{when(one['time'])}  {name}: {body}")
    return "\n".join(lines) + "\n"
