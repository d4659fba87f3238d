"""Calendar feeds over the web: what a volunteer's calendar app asks for again and again.

Imported only where a public address is set.
"""

import logging
from urllib.parse import urlsplit

from aiohttp import web

from bot.i18n.calendars import calendar
from bot.i18n.wording import Wording
from bot.storage.database import Database
from bot.storage.errors import StorageUnavailable
from bot.usecases import calendars

_log = logging.getLogger(__name__)

#: A feed takes no body.
_LARGEST_BODY = 1024
#: The link is a secret: nobody between may keep a copy, no page learns where somebody came from.
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def application(db: Database, wording: Wording, public_url: str) -> web.Application:
    """Answers 404 to every link that is not (or no longer) one of ours."""

    async def feed(request: web.Request) -> web.Response:
        try:
            found = await db.read(calendars.feed, request.match_info["token"])
        except StorageUnavailable as unavailable:
            _log.error("a calendar could not be read", exc_info=unavailable)
            return web.Response(status=503, headers=_HEADERS)
        if found is None:
            return web.Response(status=404, headers=_HEADERS)
        language = found.language or "en"
        entries = [(event, wording.label(event.title, language)) for event in found.events]
        return web.Response(
            body=calendar(entries, name="Lotse"),
            content_type="text/calendar",
            charset="utf-8",
            headers=_HEADERS,
        )

    app = web.Application(client_max_size=_LARGEST_BODY)
    base = urlsplit(public_url).path.rstrip("/")
    app.router.add_get(base + r"/calendar/{token:[A-Za-z0-9_-]{20,64}}.ics", feed)
    return app
