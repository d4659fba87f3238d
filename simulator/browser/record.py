"""What everybody did and read, in order: a chat can be saved from it."""

from collections.abc import Callable
from typing import Final

from simulator.json_types import JsonObject
from simulator.world import World

_MOST: Final = 50_000


class Record:
    """Entries: {"time", "chat", "user" (None: the bot or nobody), "what", …}.

    what: says (text), sends (kind), taps (label), edits, deletes, reacts (emoji), blocks, unblocks,
    reads (text, message: the bot wrote), reads_again (the same: the bot edited), loses (message: it
    is gone), waits (until: epoch seconds; before what happened on the way).
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.entries: list[JsonObject] = []
        self._walk_from: int | None = None

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
            case "deleted":
                self._add(chat, None, "loses", message=event["message_id"])
            case "blocked":
                self._add(chat, chat, "blocks" if event["blocked"] else "unblocks")
            case _:
                return

    def clock(self, now: int, *, walking: bool) -> None:
        """The clock sets out, goes on or has arrived: what came on the way came because of it."""
        if walking:
            self._walk_from = len(self.entries) if self._walk_from is None else self._walk_from
        elif self._walk_from is not None:
            wait: JsonObject = {
                "time": now,
                "chat": None,
                "user": None,
                "what": "waits",
                "until": now,
            }
            self.entries.insert(self._walk_from, wait)
            self._walk_from = None

    def of_chat(self, chat: int) -> list[JsonObject]:
        """One chat, and the time that passed while it was used."""
        return [one for one in self.entries if one["chat"] in {chat, None}]

    def _message(self, message: JsonObject, chat: int | None) -> None:
        text = message.get("text")
        user: int = message["from"]["id"]
        if user == self._world.bot.id:
            if text or message.get("caption"):
                said = text or message["caption"]
                self._add(chat, None, "reads", text=said, message=message["message_id"])
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
            self._add(chat, None, "reads_again", text=text, message=message["message_id"])
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


_SENT: Final = ("voice", "photo", "document", "location", "contact", "sticker")


def as_text(
    record: Record, chat_id: int, title: str, world: World, when: Callable[[int], str]
) -> str:
    """The chat as it can be read anywhere. `when(epoch)`: date and time in words."""
    lines = [title, ""]
    for one in record.of_chat(chat_id):
        match one["what"]:
            case "waits" | "loses":
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
