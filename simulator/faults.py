"""Faults on demand: what the server does wrong, for which requests, how often."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal, get_args

from aiohttp import web

from simulator.errors import ApiError, too_many_requests, unauthorized

Kind = Literal[
    "400", "429", "500", "502", "reset_before", "executed_then_dropped", "delay", "unauthorized"
]
# As the proxy in front of the real server answers: no JSON.
_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>"


class Dropped(Exception):
    """The connection shall close without an answer."""


@dataclass(eq=False)
class Fault:
    """One fault. `method` and `chat` narrow it, `times` counts down to nothing (None: for ever);
    it never strikes the method it `spares`.

    400 (with `description`), 429, 500, 502, unauthorized: that answer, nothing executed.
    reset_before: the connection closes before anything happens. executed_then_dropped: the deed is
    done, the answer never comes. delay: waits for `release`, or `seconds` if there is none, then
    executes as usual.
    """

    kind: Kind
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    retry_after: int = 1
    seconds: float = 0.0
    release: asyncio.Event | None = None
    description: str = ""
    spares: str | None = None
    hits: int = 0
    hit: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"unknown kind of fault {self.kind!r}")

    def fits(self, method: str, chat: str) -> bool:
        return (
            self.times != 0
            and (self.method is None or self.method.lower() == method.lower())
            and (self.spares is None or self.spares.lower() != method.lower())
            and (self.chat is None or str(self.chat) == chat)
        )

    async def strike(self) -> None:
        """What happens before the deed. Raises ApiError, Dropped or 502, or only waits."""
        match self.kind:
            case "400":
                raise ApiError(400, self.description)
            case "429":
                raise too_many_requests(self.retry_after)
            case "500":
                raise ApiError(500, "Internal Server Error")
            case "502":
                raise web.HTTPBadGateway(text=_BAD_GATEWAY, content_type="text/html")
            case "unauthorized":
                raise unauthorized()
            case "reset_before":
                raise Dropped
            case "delay":
                await self._wait()
            case "executed_then_dropped":
                return

    async def _wait(self) -> None:
        if self.release is not None:
            await self.release.wait()
        else:
            await asyncio.sleep(self.seconds)


class Faults:
    """The script of faults; the first that fits a request happens to it."""

    def __init__(self) -> None:
        self._script: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._script.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Takes one off, if it is still there."""
        self._script = [one for one in self._script if one is not fault]

    def clear(self) -> None:
        self._script.clear()

    def take(self, method: str, chat: str) -> Fault | None:
        for fault in self._script:
            if fault.fits(method, chat):
                fault.hits += 1
                fault.hit.set()
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None
