"""Faults that the page switches on and off."""

import itertools
from typing import Final

from aiohttp import web

from simulator.browser.guard import body
from simulator.faults import Fault, Kind
from simulator.json_types import JsonObject
from simulator.server import BotApiServer

#: What the page calls them, and what the simulator does.
_KINDS: Final[dict[str, Kind]] = {
    "429": "429",
    "500": "500",
    "502": "502",
    "lost": "reset_before",
    "lost_after": "executed_then_dropped",
    "slow": "delay",
}
_LONGEST_SECONDS: Final = 3600


class Trouble:
    """The faults that are on, by number. Reading updates stays untouched unless it is named."""

    def __init__(self, server: BotApiServer) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._on: dict[int, tuple[str, Fault]] = {}

    def wire(self) -> JsonObject:
        """{"faults": […], "down"}; those that have struck often enough are gone."""
        self._on = {number: one for number, one in self._on.items() if one[1].times != 0}
        return {
            "faults": [_wire(number, kind, fault) for number, (kind, fault) in self._on.items()],
            "down": self._server.down,
        }

    async def add(self, request: web.Request) -> JsonObject:
        given = await body(request)
        kind = str(given["kind"])
        if kind in {"down", "up"}:
            self._server.down = kind == "down"
            return self.wire()
        fault = Fault(
            _KINDS[kind],
            method=_text(given.get("method")),
            chat=None if given.get("chat_id") is None else int(given["chat_id"]),
            times=None if given.get("times", 1) is None else _count(given.get("times", 1)),
            retry_after=_count(given.get("retry_after", 5)),
            seconds=float(_count(given.get("seconds", 3))),
            spares=None if given.get("method") else "getUpdates",
        )
        self._server.faults.add(fault)
        number = next(self._numbers)
        self._on[number] = (kind, fault)
        return {"fault": _wire(number, kind, fault)}

    async def remove(self, request: web.Request) -> JsonObject:
        number = int(request.match_info["number"])
        if (one := self._on.pop(number, None)) is None:
            raise web.HTTPNotFound(text="no such fault")
        self._server.faults.remove(one[1])
        return self.wire()

    async def clear(self, request: web.Request) -> JsonObject:
        self._on.clear()
        self._server.faults.clear()
        self._server.down = False
        return self.wire()


def _text(given: object) -> str | None:
    return None if given is None else str(given)


def _count(given: object) -> int:
    number = int(str(given))
    if not 1 <= number <= _LONGEST_SECONDS:
        raise ValueError("a number from 1 to 3600 is expected")
    return number


def _wire(number: int, kind: str, fault: Fault) -> JsonObject:
    return {
        "id": number,
        "kind": kind,
        "chat_id": fault.chat,
        "method": fault.method,
        "times": fault.times,
        "retry_after": fault.retry_after,
        "seconds": fault.seconds,
        "hits": fault.hits,
    }
