"""A page without a bot behind it: the stage only says what it was told."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from simulator import Account, BotApiServer, NotPossible
from simulator.browser import Page
from simulator.json_types import JsonObject


@dataclass
class FakeStage:
    zone: str = "Europe/Berlin"
    kept: bool = False
    waiting: int = 0
    next: JsonObject | None = None
    told: list[Any] = field(default_factory=list)

    def person(self, account: Account) -> JsonObject:
        return {"role": "new", "about": {"en": "somebody", "de": "jemand"}}

    def front(self) -> list[int]:
        return []

    async def clock(self) -> JsonObject:
        return {"now": 0, "ticking": False, "walking": False, "to": None, "next": self.next}

    async def move_clock(self, order: JsonObject) -> None:
        if order.get("go") == "back":
            raise ValueError("the clock only goes forward")
        self.told.append(order)

    async def outbox(self) -> int:
        return self.waiting

    async def restart(self) -> None:
        self.told.append("restart")

    def tours(self) -> list[JsonObject]:
        return []

    def tour(self) -> JsonObject | None:
        return None

    async def guide(self, order: str, given: JsonObject) -> None:
        if order == "next":
            raise NotPossible("no tour has been started")
        self.told.append((order, given))

    def transcript(self, record: list[JsonObject], chat_id: int | None) -> str:
        return f"# {len(record)} entries of {chat_id}\n"

    def store(self) -> Any:
        return None


@dataclass
class Browser:
    """Somebody's browser: JSON requests, and the stream of events."""

    page: Page
    http: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self.http.get(self.page.url + path, headers=headers) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, await (answer.json() if is_json else answer.text())

    async def post(self, path: str, /, **given: Any) -> tuple[int, Any]:
        async with self.http.post(self.page.url + path, json=given) as answer:
            return answer.status, await answer.json()

    async def does(self, chat: int, deed: str, **given: Any) -> Any:
        """A deed that must succeed."""
        status, answer = await self.post(f"/api/chats/{chat}/{deed}", **given)
        assert status == 200, answer
        return answer

    async def state(self) -> Any:
        return (await self.get("/api/state"))[1]

    @asynccontextmanager
    async def events(
        self, after: str = "", **headers: str
    ) -> AsyncIterator[AsyncIterator[tuple[str, Any]]]:
        """(id, event), one after the other."""
        url = f"{self.page.url}/api/events?after={after}"
        async with self.http.get(url, headers=headers) as answer:
            assert answer.status == 200
            assert answer.content_type == "text/event-stream"
            yield _events(answer)

    async def until(self, kind: str, after: str = "", **wanted: Any) -> Any:
        """The next event of that type with these values."""
        async with self.events(after) as events:
            async for _, event in events:
                if event["type"] == kind and wanted.items() <= event.items():
                    return event
        raise AssertionError("the stream ended")


async def _events(answer: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, Any]]:
    event_id = ""
    async for raw in answer.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("id: "):
            event_id = line.removeprefix("id: ")
        elif line.startswith("data: "):
            yield event_id, json.loads(line.removeprefix("data: "))


async def shows(server: BotApiServer, http: aiohttp.ClientSession, **params: Any) -> int:
    """The bot sends a message; its id."""
    url = f"{server.base_url}{server.token}/sendMessage"
    async with http.post(url, json=params) as answer:
        return (await answer.json())["result"]["message_id"]
