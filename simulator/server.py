"""The HTTP server (/bot<token>/<method>, /file/bot<token>/<path>) and what embedders hold on to."""

import asyncio
import inspect
import re
from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web

from simulator import check
from simulator.background import Tasks
from simulator.clock import monotonic, wall
from simulator.context import Call, Described
from simulator.errors import ApiError, malformed, not_found, unauthorized
from simulator.events import Broadcast
from simulator.faults import Dropped, Fault, Faults, Kind
from simulator.flood import FloodLimits
from simulator.groups import Group
from simulator.journal import Journal
from simulator.json_types import JsonObject
from simulator.methods import METHODS, canonical_name
from simulator.params import Params, read_params
from simulator.phones import Phone
from simulator.records import Account
from simulator.updates import UpdateQueue
from simulator.webhook import WebhookDelivery
from simulator.world import World

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_LARGEST_REQUEST = 60_000_000


class BotApiServer:
    """A Bot API server for one bot.

    now: epoch seconds, the world's time. strict: every request is checked against aiogram's models;
    a wrong one is answered with 400 and recorded in `violations`. flood_clock: seconds for the
    flood limits (`flood.enabled`). webhook_retry_delay: seconds before a failed POST is repeated.
    """

    def __init__(
        self,
        token: str,
        *,
        now: Callable[[], float] = wall,
        strict: bool = False,
        username: str = "lotse_bot",
        bot_name: str = "Lotse",
        first_update_id: int | None = None,
        flood_clock: Callable[[], float] = monotonic,
        webhook_retry_delay: float = 1.0,
    ) -> None:
        self.token = token
        self.events = Broadcast()
        self.updates = UpdateQueue(first_update_id)
        self.delivery = WebhookDelivery(self.updates, now, webhook_retry_delay)
        self.faults = Faults()
        self.flood = FloodLimits(flood_clock)
        self.journal = Journal(now)
        self.violations: list[check.Violation] = []
        bot = Account(int(token.partition(":")[0]), bot_name, username=username, is_bot=True)
        self.world = World(bot, now, self._tell_bot, self.events)
        # Creates a person: server.user("Sara", language_code="ar") -> Account
        self.user = self.world.user
        self._oracle = check.Oracle() if strict else None
        self._down = False
        self._tasks = Tasks()
        self._open: set[asyncio.BaseTransport] = set()
        self._runner: web.AppRunner | None = None
        self._phones: dict[int, Phone] = {}
        self.groups: list[Group] = []
        self.url = ""
        self.app = web.Application(client_max_size=_LARGEST_REQUEST)
        self.app.router.add_route("*", "/bot{token}/{method}", self._serve_method)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._serve_file)

    # Running -------------------------------------------------------------------------------

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listens; `url` is then http://host:port. Port 0 takes a free one."""
        self._runner = web.AppRunner(
            self.app, access_log=None, shutdown_timeout=0.0, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        address: tuple[Any, ...] = self._runner.addresses[0]
        self.url = f"http://{host}:{address[1]}"

    async def stop(self) -> None:
        await self.delivery.stop()
        self._abort_all()
        await self._tasks.cancel_all()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def base_url(self) -> str:
        """For python-telegram-bot's `base_url`; the token follows."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        return f"{self.url}/file/bot"

    @property
    def down(self) -> bool:
        """While true, Telegram is away: open requests break off, new ones too, no webhook POSTs."""
        return self._down

    @down.setter
    def down(self, value: bool) -> None:
        self._down = value
        if value:
            self.delivery.may_deliver.clear()
            self._abort_all()
        else:
            self.delivery.may_deliver.set()

    # People --------------------------------------------------------------------------------

    def phone(self, account: Account) -> Phone:
        """That person's private chat with the bot; the same object each time."""
        return self._phones.setdefault(account.id, Phone(self.world, account))

    def group(self, title: str, *, topics: bool = False, supergroup: bool = False) -> Group:
        """A new group without the bot: basic, or a supergroup, or (topics) a forum."""
        group = Group.create(self.world, title, topics=topics, supergroup=supergroup)
        self.groups.append(group)
        return group

    def screen(self, chat_id: int) -> Phone | Group | None:
        """The phone or group showing this chat, if there is one."""
        for group in self.groups:
            if group.chat.id == chat_id:
                return group
        account = self.world.accounts.get(chat_id)
        return None if account is None or account.is_bot else self.phone(account)

    def used_keyboards(self, person_id: int) -> list[int]:
        """Messages whose one-time keyboard this person has used up."""
        phone = self._phones.get(person_id)
        return [] if phone is None else sorted(phone.used_keyboards)

    def use_keyboards(self, person_id: int, message_ids: list[int]) -> None:
        self.phone(self.world.accounts[person_id]).used_keyboards.update(message_ids)

    # Delivery ------------------------------------------------------------------------------

    @property
    def duplicate_updates(self) -> bool:
        """While true, each update reaches the bot twice."""
        return self.updates.duplicate

    @duplicate_updates.setter
    def duplicate_updates(self, value: bool) -> None:
        self.updates.duplicate = value

    async def confirmed(self) -> None:
        """Until every update was confirmed by an offset, or taken by the webhook."""
        await self.updates.empty()

    def fail(
        self,
        kind: Kind,
        *,
        method: str | None = None,
        chat: int | None = None,
        times: int | None = 1,
        retry_after: int = 1,
        seconds: float = 0.0,
        release: asyncio.Event | None = None,
        description: str = "",
    ) -> Fault:
        """Adds a fault to the script; see `Fault`. `server.faults.clear()` ends them all."""
        return self.faults.add(
            Fault(kind, method, chat, times, retry_after, seconds, release, description)
        )

    def _tell_bot(self, kind: str, payload: JsonObject) -> None:
        update = self.updates.add(kind, payload)
        if update is not None:
            self.events.publish("update", update=update)

    # HTTP ----------------------------------------------------------------------------------

    async def _serve_method(self, request: web.Request) -> web.StreamResponse:
        transport = request.transport
        if transport is not None:
            self._open.add(transport)
        try:
            if self._down:
                raise Dropped
            answering = self._answer(request)
            if request.match_info["method"].lower() == "getupdates":
                return await answering  # ends with the connection
            return await self._to_the_end(answering)
        except Dropped:
            return _drop(request)
        finally:
            if transport is not None:
                self._open.discard(transport)

    async def _to_the_end(self, answering: Coroutine[Any, Any, web.Response]) -> web.Response:
        """What a client asked for is done even if it no longer waits for the answer."""
        return await asyncio.shield(self._tasks.start(answering))

    async def _answer(self, request: web.Request) -> web.Response:
        given = request.match_info["method"]
        name = canonical_name(given) or given
        try:
            self._check_token(request.match_info["token"])
            params = await read_params(request)
        except ApiError as error:
            self._judge(name, {}, error)
            return web.json_response(error.wire(), status=error.code)
        entry = self.journal.add(name, params.decoded())
        answer: JsonObject = {}
        try:
            answer = await self._outcome(name, params)
        finally:
            self.events.publish("request", entry=self.journal.settle(entry, answer or None))
        return web.json_response(answer, status=answer.get("error_code", 200))

    async def _outcome(self, name: str, params: Params) -> JsonObject:
        """The answer, after whatever fault is due. Raises Dropped if there shall be none."""
        fault = self.faults.take(name, params.text("chat_id"))
        try:
            if fault is not None:
                await fault.strike()
            answer = await self._execute(name, params)
        except ApiError as error:
            answer = error.wire()
        if self._down or (fault is not None and fault.kind == "executed_then_dropped"):
            raise Dropped
        return answer

    async def _execute(self, name: str, params: Params) -> JsonObject:
        """Runs the method. Raises ApiError."""
        try:
            if self._oracle is not None and (problems := self._oracle.problems(name, params)):
                raise malformed("; ".join(problems))
            if name not in METHODS:
                raise ApiError(404, "Not Found", malformed=True)
            self.flood.check(name, params.text("chat_id"))
            result = METHODS[name](Call(self.world, params, self.updates, self.delivery))
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            self._judge(name, params.decoded(), error)
            raise
        if isinstance(result, Described):
            return {"ok": True, "result": result.result, "description": result.description}
        return {"ok": True, "result": result}

    def _judge(self, method: str, params: JsonObject, error: ApiError) -> None:
        """In strict mode, what no correct client sends becomes a violation."""
        if self._oracle is not None and error.malformed:
            self.violations.append(check.Violation(method, params, error.description))

    async def _serve_file(self, request: web.Request) -> web.StreamResponse:
        if self._down:
            return _drop(request)
        try:
            self._check_token(request.match_info["token"])
            file = self.world.files.by_path(request.match_info["path"])
            if file is None:
                raise not_found()
        except ApiError as error:
            return web.json_response(error.wire(), status=error.code)
        return web.Response(body=file.data, content_type="application/octet-stream")

    def _check_token(self, token: str) -> None:
        if token != self.token:
            raise unauthorized() if _TOKEN.fullmatch(token) else not_found()

    def _abort_all(self) -> None:
        for transport in self._open:
            _abort(transport)


def _abort(transport: asyncio.BaseTransport | None) -> None:
    if isinstance(transport, asyncio.Transport):
        transport.abort()


def _drop(request: web.Request) -> web.Response:
    _abort(request.transport)
    return web.Response(status=500)
