"""The page's server: state, events and deeds over HTTP, for the people of one simulator."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import web

from simulator.background import Tasks
from simulator.browser import hood, served
from simulator.browser.deeds import DEEDS
from simulator.browser.guard import LARGEST_BODY, body, guard
from simulator.browser.record import Record, as_text
from simulator.browser.stage import Stage
from simulator.browser.stream import EventLog
from simulator.browser.trouble import Trouble
from simulator.browser.watch import Watch
from simulator.groups import Group
from simulator.json_types import JsonObject
from simulator.phones import Phone
from simulator.records import Account
from simulator.screen import NotPossible
from simulator.server import BotApiServer

_Answering = Callable[[web.Request], Awaitable[Any]]
_NEWEST: Final = 200
_CHAT: Final = r"/api/chats/{id:-?\d+}"
_LONGEST_NAME: Final = 64


class Page:
    """Serves one simulator to browsers. `host`: what it is bound to; more than this machine may
    then reach it."""

    def __init__(self, server: BotApiServer, stage: Stage, *, host: str = "127.0.0.1") -> None:
        self.log = EventLog()
        self.watch = Watch(server, stage, self.log)
        self.record = Record(server.world)
        self.url = ""
        self._server = server
        self._stage = stage
        self._host = host
        self._trouble = Trouble(server)
        self._tasks = Tasks()
        self._runner: web.AppRunner | None = None
        self._end = (
            server.events.listen(self.record.hears),
            server.events.listen(self.watch.hears),
        )
        self.app = web.Application(
            client_max_size=LARGEST_BODY,
            middlewares=[guard(lambda: self._host)],  # pyright: ignore[reportArgumentType] - aiohttp's alias is narrower
        )
        self._route()

    def _route(self) -> None:
        add = self.app.router
        add.add_get("/api/state", self._json(self._state))
        add.add_get("/api/events", self.log.serve)
        add.add_get("/api/log", self._json(self._log))
        add.add_get(_CHAT, self._json(self._chat))
        add.add_get(f"{_CHAT}/chat.txt", self._as_text)
        add.add_get(f"{_CHAT}/test_chat.py", self._as_test)
        add.add_get("/api/test_town.py", self._as_test)
        add.add_post(f"{_CHAT}/read", self._json(self._read))
        add.add_post(f"{_CHAT}/{{deed}}", self._json(self._do))
        add.add_post("/api/people", self._json(self._add_person))
        add.add_post("/api/groups", self._json(self._add_group))
        add.add_post("/api/clock", self._json(self._move_clock, status=202))
        add.add_post("/api/faults", self._json(self._troubled(self._trouble.add)))
        add.add_delete("/api/faults", self._json(self._troubled(self._trouble.clear)))
        add.add_delete(
            r"/api/faults/{number:\d+}", self._json(self._troubled(self._trouble.remove))
        )
        add.add_post("/api/bot/restart", self._json(self._restart))
        add.add_post("/api/tours/{tour}/start", self._json(self._guide))
        add.add_post("/api/tour/{order:next|play|pause|stop}", self._json(self._guide))
        add.add_get("/files/{path:.+}", self._file)
        add.add_get("/{path:(?!api/).*}", self._page_file)

    # Running -------------------------------------------------------------------------------

    async def start(self, port: int = 8080) -> None:
        """Listens; `url` is then where. Port 0 takes a free one. Raises OSError."""
        self._runner = web.AppRunner(
            self.app, access_log=None, shutdown_timeout=0.0, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, port).start()
        address: tuple[Any, ...] = self._runner.addresses[0]
        # Bound to every address: this one is for the browser here.
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)  # noqa: S104
        self.url = f"http://[{here}]:{address[1]}" if ":" in here else f"http://{here}:{address[1]}"
        self._tasks.start(self.watch.run())

    async def stop(self) -> None:
        await self._tasks.cancel_all()
        for end in self._end:
            end()
        if self._runner is not None:
            await self._runner.cleanup()

    def store(self) -> JsonObject:
        """What the page wants to find again after a restart."""
        return {"read_up_to": dict(self.watch.read_up_to), "record": self.record.entries}

    def restore(self, stored: JsonObject) -> None:
        self.watch.read_up_to |= {int(chat): mark for chat, mark in stored["read_up_to"].items()}
        self.record.entries[:] = stored["record"]

    def _json(self, answering: _Answering, status: int = 200) -> Any:
        async def handle(request: web.Request) -> web.Response:
            return web.json_response(await answering(request), status=status)

        return handle

    # Reading -------------------------------------------------------------------------------

    async def _state(self, _: web.Request) -> JsonObject:
        world, stage = self._server.world, self._stage
        clock, waiting = await stage.clock(), await stage.outbox()
        # No await from here on: everything below belongs to this event.
        return {
            "last_event": self.log.last,
            "bot": {
                "id": world.bot.id,
                "name": world.bot.first_name,
                "username": world.bot.username,
            },
            "zone": stage.zone,
            "clock": clock,
            "people": [self.watch.person(one) for one in world.accounts.values() if not one.is_bot],
            "chats": self.watch.chats(),
            "front": stage.front(),
            "outbox": {"waiting": waiting, "unconfirmed": len(self._server.updates)},
            **self._trouble.wire(),
            "tours": stage.tours(),
            "tour": stage.tour(),
            "kept": stage.kept,
        }

    async def _chat(self, request: web.Request) -> JsonObject:
        screen = self._screen(request)
        limit = max(1, min(int(request.query.get("limit", _NEWEST)), 1000))
        before = int(request.query.get("before", 0))
        visible = [one for one in screen.visible() if not before or one.message_id < before]
        return {
            "chat": self.watch.chat(screen),
            "messages": [self.watch.message(one) for one in visible[-limit:]],
            "more": len(visible) > limit,
        }

    async def _log(self, request: web.Request) -> JsonObject:
        limit = max(1, min(int(request.query.get("limit", _NEWEST)), 1000))
        entries = [one for one in self._server.journal.entries if one.method != "getUpdates"]
        return {
            "requests": [hood.request(one) for one in entries[-limit:]],
            "updates": list(self.watch.updates)[-limit:],
        }

    async def _file(self, request: web.Request) -> web.Response:
        file = self._server.world.files.by_path(request.match_info["path"])
        if file is None:
            raise web.HTTPNotFound(text="no such file")
        return served.sent_file(file, request)

    async def _page_file(self, request: web.Request) -> web.Response:
        return served.page_file(request.match_info["path"])

    async def _as_text(self, request: web.Request) -> web.Response:
        screen, zone = self._screen(request), ZoneInfo(self._stage.zone)
        title = str(self.watch.chat(screen)["title"])

        def when(moment: int) -> str:
            return f"{datetime.fromtimestamp(moment, zone):%d.%m.%Y %H:%M}"

        text = as_text(self.record, screen.chat.id, title, self._server.world, when)
        return served.download(text, "chat.txt", "text/plain")

    async def _as_test(self, request: web.Request) -> web.Response:
        chat = self._screen(request).chat.id if "id" in request.match_info else None
        entries = self.record.entries if chat is None else self.record.of_chat(chat)
        name = "test_town.py" if chat is None else "test_chat.py"
        return served.download(self._stage.transcript(entries, chat), name, "text/x-python")

    # Doing ---------------------------------------------------------------------------------

    async def _do(self, request: web.Request) -> JsonObject:
        screen, deed = self._screen(request), DEEDS.get(request.match_info["deed"])
        if deed is None:
            raise web.HTTPNotFound(text="there is no such deed")
        done = await deed(screen, await body(request))
        self.watch.touch(screen.chat.id)
        return done

    async def _read(self, request: web.Request) -> JsonObject:
        screen, given = self._screen(request), await body(request)
        newest = screen.chat.last_message_id
        up_to = min(newest, int(given.get("up_to", newest)))
        self.watch.read(screen.chat.id, up_to)
        return {}

    async def _add_person(self, request: web.Request) -> JsonObject:
        given = await body(request)
        name = str(given["name"]).strip()
        if not name or len(name) > _LONGEST_NAME:
            raise NotPossible("a name of 1 to 64 letters is expected")

        def text(field: str) -> str | None:
            return str(given[field])[:_LONGEST_NAME] if given.get(field) else None

        account = self._server.user(
            name,
            language_code=text("language_code"),
            last_name=text("last_name"),
            username=text("username"),
        )
        return {"person": self.watch.person(account)}

    async def _add_group(self, request: web.Request) -> JsonObject:
        given = await body(request)
        by = self._person(given["by"])
        forum = bool(given.get("forum"))
        group = self._server.group(str(given["title"])[:_LONGEST_NAME], topics=forum)
        await group.add_bot(by=by, admin=forum)
        return {"chat": self.watch.chat(group)}

    def _person(self, given: object) -> Account:
        account = self._server.world.accounts[int(str(given))]
        if account.is_bot:
            raise NotPossible("the bot acts for itself")
        return account

    async def _move_clock(self, request: web.Request) -> JsonObject:
        await self._stage.move_clock(await body(request))
        return {"clock": await self._stage.clock()}

    def _troubled(self, change: _Answering) -> _Answering:
        async def handle(request: web.Request) -> Any:
            changed = await change(request)
            self.log.publish("faults", **self._trouble.wire())
            return changed

        return handle

    async def _restart(self, request: web.Request) -> JsonObject:
        await body(request)
        await self._stage.restart()
        return {}

    async def _guide(self, request: web.Request) -> JsonObject:
        given = await body(request)
        if "tour" in request.match_info:
            await self._stage.guide("start", {**given, "id": request.match_info["tour"]})
        else:
            await self._stage.guide(request.match_info["order"], given)
        return {"tour": self._stage.tour()}

    def _screen(self, request: web.Request) -> Phone | Group:
        screen = self._server.screen(int(request.match_info["id"]))
        if screen is None:
            raise web.HTTPNotFound(text="no such chat")
        return screen
