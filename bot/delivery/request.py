"""The HTTP client under python-telegram-bot: one aiohttp session instead of httpx.

Why not the stock client: httpcore walks through its whole connection pool at every request, so it
gets slower the more connections there are. This class sends several times as much per core.

Two rules hold everywhere here. No error carries the URL, because the bot's token is part of it; and
no answer is read without a bound.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

CONNECTIONS = 64
"""Upper limit of open connections: the long poll and far more senders than pacing needs."""
KEEP_ALIVE = 30.0
"""Seconds an idle connection is kept. It saves the next answer a TLS handshake; routers that drop
idle connections silently wait longer."""
DNS_CACHE = 300
"""Seconds a resolved address is believed."""
ANSWER_BYTES = 64 * 2**20
"""A longer answer to a method call is refused. A hundred updates with long texts stay far below."""
FILE_BYTES = 20 * 2**20
"""A longer file is refused. It is also Telegram's own limit for what a bot may download."""
UPLOAD_TIMEOUT = 20.0
"""Default seconds for writing a request that carries files, as in PTB's own client."""

# "identity": most answers are shorter than a packet, and unpacked ones are bounded by their length.
_HEADERS = {"User-Agent": BaseRequest.USER_AGENT, "Accept-Encoding": "identity"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class AiohttpRequest(BaseRequest):
    """PTB's request interface on one aiohttp session: ``builder().request(AiohttpRequest())``.

    Timeouts are seconds; ``None`` means no limit. A POST as a whole may take the sum of its four
    timeouts; a download may go on as long as bytes keep coming within ``read_timeout``. *proxy* is
    the URL of an HTTP proxy.

    Every request raises ``TimedOut``; ``NetworkError`` if the connection fails or the client is not
    open; plain ``TelegramError`` if the answer is too long, which trying again would not change.
    """

    __slots__ = ("_connect", "_pool", "_proxy", "_read", "_session", "_write")

    def __init__(
        self,
        *,
        read_timeout: float | None = 10.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 5.0,
        proxy: str | None = None,
    ) -> None:
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._proxy = proxy
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read

    async def initialize(self) -> None:
        """Open the session; again without effect."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(
                    limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=DNS_CACHE
                ),
                cookie_jar=DummyCookieJar(),
                headers=_HEADERS,
                auto_decompress=False,
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the session and its connections; again without effect."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        write_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        connect_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        pool_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request for PTB, multipart if it carries files; hand back status and body."""
        has_files = request_data is not None and request_data.contains_files
        write_default = UPLOAD_TIMEOUT if has_files and self._write is not None else self._write
        connect = _given(connect_timeout, self._connect)
        pool = _given(pool_timeout, self._pool)
        read = _given(read_timeout, self._read)
        waiting = _sum(pool, connect)
        if method == "GET":
            timeout = _timeout(None, waiting, connect, read)
        else:
            write = _given(write_timeout, write_default)
            timeout = _timeout(_sum(waiting, write, read), waiting, connect, None)
        if request_data is None:
            return await self._send(method, url, None, timeout)
        if has_files:
            return await self._send(method, url, _multipart(request_data), timeout)
        return await self._send(method, url, encode_form(request_data.json_parameters), timeout)

    async def call(self, url: str, data: Mapping[str, str], timeout: float) -> tuple[int, bytes]:
        """POST *data* form-encoded; hand back status and body, whatever they are.

        For receiving: raw updates are stored before anything is parsed. *timeout* covers the whole
        call, so it must be longer than the long poll it carries.
        """
        return await self._send(
            "POST", url, encode_form(data), _timeout(timeout, None, self._connect, None)
        )

    async def _send(
        self, method: str, url: str, body: bytes | FormData | None, timeout: ClientTimeout
    ) -> tuple[int, bytes]:
        session = self._session
        if session is None:
            raise NetworkError("The HTTP client is not open")
        try:
            async with session.request(
                method,
                URL(url, encoded=True),
                data=body,
                headers=_FORM if isinstance(body, bytes) else None,
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                return answer.status, await _read(
                    answer, FILE_BYTES if method == "GET" else ANSWER_BYTES
                )
        except TimeoutError:
            failure = TimedOut()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = NetworkError(_describe(error))
        # Outside the except block: aiohttp's own error, whose text may hold the URL, does not
        # travel along as the context of ours.
        raise failure


def encode_form(parameters: Mapping[str, str]) -> bytes:
    """Encode *parameters* as ``application/x-www-form-urlencoded``.

    yarl quotes in C: a seventh of the time of ``urllib.parse.urlencode``. Lone surrogates, which
    are no text, are left out instead of raising.
    """
    return URL.build(query=parameters).raw_query_string.encode("ascii")


def _multipart(request_data: RequestData) -> FormData:
    # quote_fields=False: file names go out as UTF-8, as browsers do; Telegram does not decode them.
    form = FormData(quote_fields=False, default_to_multipart=True)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    """Read the body of *answer*, at most *limit* bytes."""
    length = answer.content_length
    if length is None:  # chunked: the length shows only while reading
        parts = bytearray()
        async for part in answer.content.iter_any():
            parts += part
            if len(parts) > limit:
                break
        else:
            return bytes(parts)
    elif length <= limit:
        return await answer.read()
    answer.close()  # what was not read cannot be skipped, so the connection goes as well
    raise TelegramError(f"Answer longer than {limit} bytes")


def _describe(error: Exception) -> str:
    """Say what went wrong without the URL: the kind of error and the system's reason, if any."""
    reason = error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__


def _given(value: "ODVInput[float]", default: float | None) -> float | None:
    """PTB marks a timeout nobody gave with an object of its own; ``None`` is a value: no limit."""
    return value if value is None or isinstance(value, int | float) else default


def _sum(*seconds: float | None) -> float | None:
    total = 0.0
    for part in seconds:
        if part is None:
            return None
        total += part
    return total


@lru_cache(maxsize=64)
def _timeout(
    total: float | None, connect: float | None, sock_connect: float | None, sock_read: float | None
) -> ClientTimeout:
    return ClientTimeout(
        total=total, connect=connect, sock_connect=sock_connect, sock_read=sock_read
    )
