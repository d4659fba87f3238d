"""A loopback JSON endpoint to drive the people from outside: for the demo, mounted only on request.

    GET  /control/people                       everybody, and every group
    POST /control/people                       {"first_name", "language_code"?, "username"?, …}
    GET  /control/chats/{id}                   what the chat shows
    POST /control/chats/{id}/say               {"text", "as"?}   "as": user id, in groups only
    POST /control/chats/{id}/tap               {"label", "message_id"?, "as"?}
    POST /control/faults   DELETE …/faults     {"kind", "method"?, "chat"?, "times"?, …}
    POST /control/clock                        {"to": epoch seconds}

It answers only peers on this machine, and no page of a foreign host.
"""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlsplit

from aiohttp import web

from simulator.faults import Fault
from simulator.groups import Group
from simulator.json_types import JsonObject
from simulator.phones import Phone
from simulator.screen import NotPossible
from simulator.server import BotApiServer

MoveClock = Callable[[int], Awaitable[None]]
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}


def mount_control(server: BotApiServer, move_clock: MoveClock) -> None:
    """Adds the endpoint; to be called before `server.start()`."""
    control = _Control(server, move_clock)
    server.app.router.add_get("/control/people", control.guarded(control.people))
    server.app.router.add_post("/control/people", control.guarded(control.add_person))
    server.app.router.add_get(r"/control/chats/{id:-?\d+}", control.guarded(control.chat))
    server.app.router.add_post(r"/control/chats/{id:-?\d+}/say", control.guarded(control.say))
    server.app.router.add_post(r"/control/chats/{id:-?\d+}/tap", control.guarded(control.tap))
    server.app.router.add_post("/control/faults", control.guarded(control.add_fault))
    server.app.router.add_delete("/control/faults", control.guarded(control.clear_faults))
    server.app.router.add_post("/control/clock", control.guarded(control.clock))


def require_local(request: web.Request) -> None:
    """Raises 403 for peers elsewhere, and for browsers on a page of another host."""
    try:
        local = ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        local = False
    named = urlsplit(f"//{request.host}").hostname in _LOOPBACK_NAMES
    origin = request.headers.get("Origin")
    at_home = origin is None or urlsplit(origin).netloc == request.host
    if not (local and named and at_home):
        raise web.HTTPForbidden(text="only from this machine")


async def _body(request: web.Request) -> JsonObject:
    """The JSON object of a request; a page elsewhere can't send one without asking first."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="JSON expected")
    try:
        body: object = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="a JSON object expected")
    return cast(JsonObject, body)


class _Control:
    def __init__(self, server: BotApiServer, move_clock: MoveClock) -> None:
        self._server = server
        self._move_clock = move_clock

    def guarded(
        self, handler: Callable[[web.Request], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Checks the peer, and turns what people can't do into 409 and wrong fields into 400."""

        async def handle(request: web.Request) -> web.Response:
            require_local(request)
            try:
                return web.json_response(await handler(request))
            except NotPossible as problem:
                raise web.HTTPConflict(text=str(problem)) from problem
            except (KeyError, TypeError, ValueError) as problem:
                raise web.HTTPBadRequest(text=f"wrong field: {problem}") from problem

        return handle

    async def people(self, request: web.Request) -> JsonObject:
        world = self._server.world
        people = [one.wire() for one in world.accounts.values() if not one.is_bot]
        groups = [chat.wire() for chat in world.chats.values() if chat.is_group]
        return {"now": world.now(), "people": people, "groups": groups}

    async def add_person(self, request: web.Request) -> JsonObject:
        return self._server.user(**await _body(request)).wire()

    async def chat(self, request: web.Request) -> JsonObject:
        screen = self._screen(request)
        shown: JsonObject = {
            "chat": screen.chat.wire(),
            "messages": [message.wire() for message in screen.visible()],
        }
        if isinstance(screen, Phone):
            shown |= {"keyboard": screen.keyboard, "menu": screen.menu}
        return shown

    async def say(self, request: web.Request) -> JsonObject:
        screen, body = self._screen(request), await _body(request)
        if isinstance(screen, Phone):
            said = await screen.says(str(body["text"]))
        else:
            said = await screen.says(self._account(body), str(body["text"]))
        return {"message_id": said.message_id}

    async def tap(self, request: web.Request) -> JsonObject:
        screen, body = self._screen(request), await _body(request)
        label, message = str(body["label"]), body.get("message_id")
        if isinstance(screen, Phone):
            tap = await screen.taps(label, message=message)
        else:
            tap = await screen.taps(self._account(body), label, message=message)
        return {"callback_query_id": tap.id, "url": tap.url}

    async def add_fault(self, request: web.Request) -> JsonObject:
        self._server.faults.add(Fault(**await _body(request)))
        return {"ok": True}

    async def clear_faults(self, request: web.Request) -> JsonObject:
        self._server.faults.clear()
        return {"ok": True}

    async def clock(self, request: web.Request) -> JsonObject:
        await self._move_clock(int((await _body(request))["to"]))
        return {"now": self._server.world.now()}

    def _screen(self, request: web.Request) -> Phone | Group:
        screen = self._server.screen(int(request.match_info["id"]))
        if screen is None:
            raise web.HTTPNotFound(text="no such chat")
        return screen

    def _account(self, body: JsonObject) -> Any:
        return self._server.world.accounts[int(body["as"])]
