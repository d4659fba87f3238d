"""The composition root: opens, wires and supervises the parts. Nothing else knows all of them."""

import asyncio
import gc
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from apscheduler.schedulers.asyncio import (  # pyright: ignore[reportMissingTypeStubs] - has none
    AsyncIOScheduler,
)
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.background import Background
from bot.clock import Monotonic, SystemMonotonic, SystemWall, WallClock
from bot.conversation import check
from bot.delivery.pacing import Pacer
from bot.delivery.profile import present
from bot.delivery.receive import ALLOWED_UPDATES, Poller
from bot.delivery.render import Renderer
from bot.delivery.request import AiohttpRequest
from bot.delivery.sender import Sender
from bot.delivery.translate import Translator
from bot.delivery.work import App as Router
from bot.delivery.work import Worker
from bot.domain.county import County
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.scheduling.ticks import Ticks, scheduler
from bot.settings import Public, Settings
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.errors import StorageUnavailable
from bot.usecases.county_texts import Counties
from handlers.routes import SCRIPTS, routes
from handlers.turn import Turns

_log = logging.getLogger(__name__)

_LONGEST_PAUSE = 60.0
_SWEEP_SECONDS = 5.0
_POLL_SECONDS = 1.0


class TokenRefused(Exception):
    """The messenger does not know the token (any more)."""

    safe_to_log = True

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses TELEGRAM_BOT_TOKEN: it is wrong or was revoked."
            " Put the token from @BotFather there."
        )


class TelegramUnreachable(Exception):
    """The messenger does not answer, and the command can't go on without it."""

    safe_to_log = True

    def __init__(self) -> None:
        super().__init__(
            "Telegram can't be reached. Check the network and TELEGRAM_API_URL, then try again."
        )


@dataclass
class Lotse:
    """Everything that runs.

    The command line, the demo and the tests look inside; nobody else does.
    """

    settings: Settings
    county: County
    db: Database
    router: Router
    request: AiohttpRequest
    sender: Sender
    ticks: Ticks
    worker: Worker
    background: Background
    monotonic: Monotonic
    wording: Wording

    @property
    def bot(self) -> ExtBot[Any]:
        return self.router.bot

    async def serve(
        self,
        *,
        ticking: bool = True,
        presenting: bool = True,
        on_ready: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """Run until cancelled; *on_ready* is awaited once the messenger knows us.

        *presenting*: also say in the messenger what we are, and which commands there are.

        Raises :class:`TokenRefused`; whatever else one of the parts raises ends it too.
        """
        try:
            await self._introduce()
            if on_ready is not None:
                await on_ready()
            if presenting:
                self.background.run(self._present(), "presenting")
            async with asyncio.TaskGroup() as group, AsyncExitStack() as stack:
                if ticking:
                    clockwork = scheduler(self.ticks)
                    clockwork.start()
                    stack.push_async_callback(self._stop_ticking, clockwork)
                group.create_task(self.sender.run(), name="sender")
                group.create_task(self._receive(), name="receiver")
                group.create_task(self._sweep(), name="sweep")
                if self.settings.public is not None:
                    group.create_task(self._publish(self.settings.public), name="publisher")
                # What the start has made stays for good: without it, the collector's long pauses
                # (100 ms and more, in which nobody is answered) become short ones.
                gc.freeze()
                _log.info("ready")
                await asyncio.Event().wait()
        except InvalidToken:
            raise TokenRefused from None
        except BaseExceptionGroup as faults:
            if faults.subgroup(InvalidToken) is None:
                raise
            raise TokenRefused from None
        finally:
            gc.unfreeze()
            await self.worker.stop()
            await self.background.close()  # before its tasks find the bot shut down
            await self.router.shutdown()

    async def _present(self) -> None:
        county = await self.db.read(Counties(self.county).at)
        await present(self.bot, self.wording, county, self.monotonic)

    async def _stop_ticking(self, clockwork: AsyncIOScheduler) -> None:
        """Let the tick at work come to its end: a cancelled one looks like a fault in the log."""
        clockwork.pause()
        await self.ticks.finished()
        clockwork.shutdown(wait=False)

    async def _introduce(self) -> None:
        """Learn our own name, then settle how updates come.

        Keeps asking, however long the messenger can't be reached.
        """
        pause = 1.0
        while True:
            try:
                await self.router.initialize()
                await self._announce_webhook()
                return
            except InvalidToken:
                raise
            except TelegramError as fault:
                _log.warning(
                    "Telegram can't be reached, next try in %.0f s: %s", pause, type(fault).__name__
                )
                await self.monotonic.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _announce_webhook(self) -> None:
        webhook = self.settings.webhook
        if webhook is None:
            await self.bot.delete_webhook(drop_pending_updates=False)
        else:
            await self.bot.set_webhook(
                webhook.url,
                secret_token=webhook.secret.get_secret_value(),
                allowed_updates=ALLOWED_UPDATES,
            )

    async def _receive(self) -> None:
        webhook = self.settings.webhook
        if webhook is not None:
            from bot.delivery.webhook import application, serve

            hook = application(self.db, webhook.url, webhook.secret.get_secret_value())
            await serve(hook, webhook.host, webhook.port)
            return
        while True:  # one process polls: the one that leads
            await self.db.leadership.acquired()
            poller = Poller(self.db, self.bot.base_url, self.request, self.monotonic)
            async with asyncio.TaskGroup() as group:
                polling = group.create_task(poller.run(), name="polling")
                await self.db.leadership.lost()
                polling.cancel()

    async def _publish(self, public: Public) -> None:
        from bot.delivery.feeds import application
        from bot.delivery.webhook import serve

        await serve(application(self.db, self.wording, public.url), public.host, public.port)

    async def _sweep(self) -> None:
        """Take over what processes that died had in work; at the start what we left ourselves."""
        starting = True
        while True:
            try:
                await self.worker.recover(starting=starting)
                await self.sender.recover()
                starting = False
            except StorageUnavailable as unavailable:
                _log.warning(
                    "taking over waits: the database is not available", exc_info=unavailable
                )
            await self.monotonic.sleep(_SWEEP_SECONDS)


@asynccontextmanager
async def assembled(
    settings: Settings,
    county: County,
    *,
    wall: WallClock | None = None,
    monotonic: Monotonic | None = None,
    catalogues: Catalogues | None = None,
    pacer: Pacer | None = None,
) -> AsyncGenerator[Lotse]:
    """All parts, opened and wired but not yet serving; closed again on the way out."""
    _check(county)
    clock = monotonic or SystemMonotonic()
    texts = catalogues or Catalogues.load()
    url = settings.database_url.get_secret_value()
    async with AsyncExitStack() as stack:
        db = await open_database(
            url, wall=wall or SystemWall(), cipher=Cipher(settings.encryption_keys), monotonic=clock
        )
        stack.push_async_callback(db.close)
        request = AiohttpRequest()
        await request.initialize()
        stack.push_async_callback(request.shutdown)
        background = Background()
        stack.push_async_callback(background.close)
        renderer = Renderer(texts, county.zone)
        public_url = "" if settings.public is None else settings.public.url
        router = _router(settings, request, Turns(db, county, renderer.wording, public_url))
        # Other workers write to a PostgreSQL outbox too; their NOTIFY may get lost with a
        # connection.
        poll = _POLL_SECONDS if url.startswith("postgres") else None
        translator = _translator(settings, clock)
        if translator is not None:
            stack.push_async_callback(translator.close)
        yield Lotse(
            settings=settings,
            county=county,
            db=db,
            router=router,
            request=request,
            sender=Sender(
                db,
                router.bot,
                renderer,
                county,
                background,
                clock,
                pacer=pacer,
                poll=poll,
                translator=translator,
            ),
            ticks=Ticks(db, county),
            worker=Worker(db, router, county, background, clock),
            background=background,
            monotonic=clock,
            wording=renderer.wording,
        )


def _translator(settings: Settings, monotonic: Monotonic) -> Translator | None:
    if settings.translate_url is None:
        return None
    key = settings.translate_key
    return Translator(
        settings.translate_url, "" if key is None else key.get_secret_value(), monotonic
    )


def _check(county: County) -> None:
    """Finds at the start what would otherwise stop a person who needs help.

    Raises ``ValueError`` for a conversation nobody can get through.
    """
    faults = check.faults((script.flow for script in SCRIPTS), county)
    if faults:
        raise ValueError("\n".join(faults))


async def bot_username(settings: Settings) -> str:
    """The bot's name in Telegram, without the @, for links.

    Raises :class:`TokenRefused` or :class:`TelegramUnreachable`.
    """
    try:
        async with _bot(settings, AiohttpRequest()) as bot:
            return bot.username
    except InvalidToken:
        raise TokenRefused from None
    except TelegramError:
        raise TelegramUnreachable from None


def _bot(settings: Settings, request: AiohttpRequest) -> ExtBot[None]:
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _router(settings: Settings, request: AiohttpRequest, turns: Turns) -> Router:
    """PTB as a router: no updater, no persistence, no job queue."""
    router: Router = (
        ApplicationBuilder().bot(_bot(settings, request)).updater(None).job_queue(None).build()
    )
    router.add_handlers(routes(turns))
    return router
