"""Turns what happens in the simulator into events for the page."""

import asyncio
from collections import deque
from typing import Final

from simulator.browser import hood, shapes
from simulator.browser.stage import Stage
from simulator.browser.stream import EventLog
from simulator.groups import Group
from simulator.json_types import JsonObject
from simulator.phones import Phone
from simulator.records import Account, Message
from simulator.server import BotApiServer

_TYPING_SECONDS: Final = 5
_LOOK_SECONDS: Final = 0.4
_UPDATES_KEPT: Final = 1000


class Watch:
    """Listens; also looks now and then at what announces nothing: the outbox and the clock."""

    def __init__(self, server: BotApiServer, stage: Stage, log: EventLog) -> None:
        self.read_up_to: dict[int, int] = {}
        self.updates: deque[JsonObject] = deque(maxlen=_UPDATES_KEPT)
        self._server = server
        self._stage = stage
        self._log = log
        self._touched: set[int] = set()
        self._told: dict[int, JsonObject] = {}
        self._outbox: JsonObject = {}
        self._next: object = None

    # What the page is shown ----------------------------------------------------------------

    def person(self, account: Account) -> JsonObject:
        return {
            "id": account.id,
            "name": account.full_name,
            "language_code": account.language_code,
            **self._stage.person(account),
        }

    def chat(self, screen: Phone | Group) -> JsonObject:
        return shapes.chat(screen, self.read_up_to.get(screen.chat.id, 0))

    def chats(self) -> list[JsonObject]:
        accounts = [one for one in self._server.world.accounts.values() if not one.is_bot]
        screens = [*map(self._server.phone, accounts), *self._server.groups]
        return [self.chat(one) for one in screens]

    def message(self, one: Message) -> JsonObject:
        return shapes.message(one, self._server.world.bot, self._file)

    def _file(self, file_id: str) -> JsonObject:
        file = self._server.world.files.by_id(file_id)
        return {
            "url": f"/files/{file.path}",
            "name": file.name,
            "mime": file.mime_type,
            "size": len(file.data),
        }

    # What happens --------------------------------------------------------------------------

    def hears(self, event: JsonObject) -> None:
        """One event of the simulator."""
        chat_id: int | None = event.get("chat_id")
        match event["type"]:
            case "message" | "edited" as kind:
                chat = self._server.world.chats[event["chat_id"]]
                message = chat.messages[event["message"]["message_id"]]
                self._log.publish(kind, message=self.message(message))
            case "deleted":
                self._log.publish("deleted", chat_id=chat_id, message_id=event["message_id"])
            case "action":
                self._log.publish(
                    "typing", chat_id=chat_id, action=event["action"], seconds=_TYPING_SECONDS
                )
            case "answer":
                self._log.publish("answer", **_without_type(event))
            case "person":
                account = self._server.world.accounts[event["user_id"]]
                self._log.publish("person", person=self.person(account))
                chat_id = account.id
            case "update":
                shown = hood.update(event["update"], self._server.world.today())
                self.updates.append(shown)
                self._log.publish("update", update=shown)
            case "request":
                chat_id = self._request(event)
            case _:
                pass
        if chat_id is not None:
            self.touch(chat_id)

    def _request(self, event: JsonObject) -> int | None:
        entry = hood.request(event["entry"])
        if entry["method"] == "getUpdates" and entry["status"] == 200:
            return None  # all the time, and the updates are shown themselves
        self._log.publish("request", entry=entry)
        if entry["method"] in {"setMyCommands", "deleteMyCommands"}:
            for chat_id in self._server.world.chats:
                self.touch(chat_id)
        chat_id: int | None = entry["chat_id"]
        return chat_id

    def touch(self, chat_id: int) -> None:
        """The summary of this chat may have changed: tell it once, after what happens now."""
        if not self._touched:
            asyncio.get_running_loop().call_soon(self._tell_touched)
        self._touched.add(chat_id)

    def read(self, chat_id: int, up_to: int) -> None:
        """Somebody has looked at this chat."""
        self.read_up_to[chat_id] = max(up_to, self.read_up_to.get(chat_id, 0))
        self.touch(chat_id)

    def _tell_touched(self) -> None:
        touched, self._touched = self._touched, set()
        for chat_id in touched:
            screen = self._server.screen(chat_id)
            if screen is None:
                continue
            shown = self.chat(screen)
            if shown != self._told.get(chat_id):
                self._told[chat_id] = shown
                self._log.publish("chat", chat=shown)

    # What announces nothing ----------------------------------------------------------------

    async def run(self) -> None:
        while True:
            if self._log.readers:
                await self.look()
            await asyncio.sleep(_LOOK_SECONDS)

    async def look(self) -> None:
        """Tells the outbox' length and the next thing of the clock if they have changed."""
        outbox: JsonObject = {
            "waiting": await self._stage.outbox(),
            "unconfirmed": len(self._server.updates),
        }
        if outbox != self._outbox:
            self._outbox = outbox
            self._log.publish("outbox", **outbox)
        clock = await self._stage.clock()
        if clock["next"] != self._next:
            self._next = clock["next"]
            self._log.publish("clock", clock=clock, happened=None)


def _without_type(event: JsonObject) -> JsonObject:
    return {name: value for name, value in event.items() if name != "type"}
