"""Who may drive the people: this page and programs here, never the page of a foreign host."""

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Final, cast
from urllib.parse import urlsplit

from aiohttp import web

from simulator.json_types import JsonObject
from simulator.screen import NotPossible

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

#: A photo fits; nothing here needs more.
LARGEST_BODY: Final = 8_000_000
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def is_loopback(host: str) -> bool:
    """Whether `host` (a name or an address) is this machine and nothing else."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _may_be_named(host: str, bound_to: str) -> bool:
    """Addresses can't be rebound to another machine; names can, so only known ones are taken."""
    if host in {"localhost", bound_to}:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or not is_loopback(bound_to)


def require_own(request: web.Request, bound_to: str) -> None:
    """Raises 403 for a foreign page, a name that may have been rebound, and, while bound to this
    machine, for peers elsewhere."""
    try:
        named = urlsplit(f"//{request.host}").hostname or ""
        peer_is_here = ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        named, peer_is_here = "", False
    origin = request.headers.get("Origin")
    own = origin is None or origin == f"http://{request.host}"
    # Says the browser, also of requests that carry no Origin, as those of <img>.
    # The page itself may be opened by a link from anywhere.
    sensitive = request.path.startswith(("/api/", "/files/"))
    from_site = request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}
    if not (
        own
        and (from_site or not sensitive)
        and _may_be_named(named, bound_to)
        and (peer_is_here or not is_loopback(bound_to))
    ):
        raise web.HTTPForbidden(text="only this page and programs on this machine")


def guard(bound_to: Callable[[], str]) -> _Handler:
    """Checks each request, and answers what people can't do with 409 and wrong fields with 400."""

    @web.middleware
    async def guarded(request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            require_own(request, bound_to())
            answer = await handler(request)
        except NotPossible as problem:
            answer = _problem(409, str(problem))
        except (KeyError, TypeError, ValueError, OverflowError) as problem:
            answer = _problem(400, f"wrong field: {problem}")
        except web.HTTPException as problem:
            answer = _problem(problem.status, problem.text or problem.reason)
        if not answer.prepared:
            for name, value in _HEADERS.items():
                answer.headers.setdefault(name, value)
        return answer

    return cast(_Handler, guarded)


def stream_headers() -> dict[str, str]:
    """For an answer that is sent before the guard sees it."""
    return dict(_HEADERS)


def _problem(status: int, words: str) -> web.Response:
    return web.json_response({"error": words}, status=status)


async def body(request: web.Request) -> JsonObject:
    """The JSON object of a request; a page elsewhere can't send one without asking first."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="JSON expected")
    try:
        given: object = await request.json()
    except ValueError:  # not JSON, or not UTF-8
        given = None
    if not isinstance(given, dict):
        raise web.HTTPBadRequest(text="a JSON object expected")
    return cast(JsonObject, given)
