"""The webhook: the messenger calls us. Imported only where one is set: polling needs no server."""

import asyncio
import hmac
import logging
from urllib.parse import urlsplit

from aiohttp import web

from bot.delivery.receive import incoming, parsed
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.errors import StorageUnavailable

_log = logging.getLogger(__name__)

#: Telegram's updates are a few kB; anything near this is not one.
_LARGEST_BODY = 1024 * 1024
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


def application(db: Database, url: str, secret: str) -> web.Application:
    """The webhook's HTTP side: 200 only after the row is committed; after 503 it comes again."""

    async def receive(request: web.Request) -> web.Response:
        if not _is_from_telegram(request, secret):
            return web.Response(status=401)
        if (request.content_length or 0) > _LARGEST_BODY:
            return web.Response(status=413)
        try:
            update = incoming(parsed(await request.read()))  # stops at `client_max_size` itself
        except ValueError:
            _log.error("something that is no update was posted to the webhook")
            return web.Response(status=400)
        try:
            await db.transact(inbox.store, [update])
        except StorageUnavailable as unavailable:
            _log.error("an update could not be stored", exc_info=unavailable)
            return web.Response(status=503)
        return web.Response()

    app = web.Application(client_max_size=_LARGEST_BODY)
    app.router.add_post(urlsplit(url).path or "/", receive)
    return app


def _is_from_telegram(request: web.Request, secret: str) -> bool:
    given = request.headers.get(_SECRET_HEADER, "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, secret.encode())


async def serve(app: web.Application, host: str, port: int) -> None:
    """Listen until cancelled."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()
