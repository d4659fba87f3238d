"""The client against a real server on loopback: what arrives, what comes back, what errors say."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from urllib.parse import parse_qsl

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.delivery import request as module
from bot.delivery.request import AiohttpRequest, encode_form

TOKEN = "4711:very-secret"
SENT = {"ok": True, "result": {"message_id": 5, "date": 0, "chat": {"id": 1, "type": "private"}}}

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """Answer everything with *handler*; yields the address."""
    runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def bot_at(address: str, client: AiohttpRequest) -> Bot:
    return Bot(
        TOKEN,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=client,
        get_updates_request=client,
    )


def everything_said(error: BaseException) -> str:
    """All that a log could show: the error, its causes and contexts, shown or suppressed."""
    texts, current = list[str](), error
    while current is not None:
        texts += [repr(current), str(current), *traceback.format_exception_only(current)]
        current = current.__cause__ or current.__context__
    return " ".join(texts)


async def test_ptb_sends_a_message_form_encoded() -> None:
    seen: list[tuple[str, str, dict[str, str], str]] = []

    async def handler(request: web.BaseRequest) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        seen.append((request.method, request.path, form, request.content_type))
        return web.json_response(SENT)

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("так & ні+", callback_data="a:1")]])
    async with serving(handler) as address, AiohttpRequest() as client:
        message = await bot_at(address, client).send_message(
            1, "<b>понеділок</b> 100% = 1+1\n؟", reply_markup=keyboard
        )
    assert message.message_id == 5
    ((method, path, form, content_type),) = seen
    assert (method, path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert content_type == "application/x-www-form-urlencoded"
    assert form["text"] == "<b>понеділок</b> 100% = 1+1\n؟"
    assert '"callback_data": "a:1"' in form["reply_markup"]


async def test_ptb_sends_files_as_multipart() -> None:
    seen: list[tuple[str, bytes, str]] = []

    async def handler(request: web.BaseRequest) -> web.Response:
        form = await request.post()
        file = form["document"]
        assert isinstance(file, web.FileField)
        assert form["chat_id"] == "1"
        seen.append((file.filename, file.file.read(), file.content_type))
        return web.json_response(SENT)

    async with serving(handler) as address, AiohttpRequest() as client:
        bot = bot_at(address, client)
        await bot.send_document(1, InputFile(b"BEGIN:VCALENDAR", filename="Termin Grünstraße.ics"))
        await bot.send_document(
            1, InputFile(BytesIO(b"stream"), filename="a.csv", read_file_handle=False)
        )
    assert seen == [
        ("Termin Grünstraße.ics", b"BEGIN:VCALENDAR", "text/calendar"),
        ("a.csv", b"stream", "text/csv"),
    ]


async def test_a_raw_call_hands_back_status_and_body_as_they_are() -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        assert (await request.post())["offset"] == "8"
        return web.Response(status=409, body=b'{"ok":false}')

    async with serving(handler) as address, AiohttpRequest() as client:
        assert await client.call(f"{address}/x", {"offset": "8"}, 5) == (409, b'{"ok":false}')
        assert await client.call(f"{address}/x", {"offset": "8"}, 5) == (409, b'{"ok":false}')


async def test_connections_are_kept_cookies_are_not_and_redirects_are_not_followed() -> None:
    peers: set[object] = set()

    async def handler(request: web.BaseRequest) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        assert "Cookie" not in request.headers
        answer = web.Response(status=302, headers={"Location": "/elsewhere"})
        answer.set_cookie("session", "1")
        return answer

    async with serving(handler) as address, AiohttpRequest() as client:
        by_name = address.replace("127.0.0.1", "localhost")  # no jar keeps cookies of a bare number
        for _ in range(5):
            status, _ = await client.do_request(f"{by_name}/x", "POST")
            assert status == 302
    assert len(peers) == 1


async def test_it_speaks_through_a_proxy() -> None:
    seen: list[str] = []

    async def handler(request: web.BaseRequest) -> web.Response:
        seen.append(str(request.url))
        return web.Response(body=b"{}")

    async with serving(handler) as proxy, AiohttpRequest(proxy=proxy) as client:
        assert await client.call("http://telegram.invalid/botX/getMe", {}, 5) == (200, b"{}")
    assert seen == ["http://telegram.invalid/botX/getMe"]


async def test_it_can_be_opened_and_closed_more_than_once() -> None:
    async def handler(_: web.BaseRequest) -> web.Response:
        return web.Response(body=b"{}")

    async with serving(handler) as address:
        client = AiohttpRequest()
        await client.shutdown()
        for _ in range(2):
            await client.initialize()
            await client.initialize()
            assert (await client.call(f"{address}/x", {}, 5))[0] == 200
            await client.shutdown()
            await client.shutdown()
        with pytest.raises(NetworkError, match="not open"):
            await client.call(f"{address}/bot{TOKEN}/x", {}, 5)


# --- bounds ------------------------------------------------------------------------------------


@pytest.mark.parametrize("chunked", [False, True])
async def test_answers_and_files_are_bounded(
    chunked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ANSWER_BYTES", 200_000)
    monkeypatch.setattr(module, "FILE_BYTES", 100_000)

    async def handler(request: web.BaseRequest) -> web.StreamResponse:
        size = int(request.query["size"])
        if not chunked:
            return web.Response(body=b"x" * size)
        answer = web.StreamResponse()
        await answer.prepare(request)
        await answer.write(b"x" * size)
        return answer

    async with serving(handler) as address, AiohttpRequest() as client:
        for method, limit in (("POST", 200_000), ("GET", 100_000)):
            _, body = await client.do_request(f"{address}/?size={limit}", method)
            assert len(body) == limit
            with pytest.raises(TelegramError, match=f"longer than {limit} bytes") as caught:
                await client.do_request(f"{address}/{TOKEN}?size={limit + 1}", method)
            assert not isinstance(caught.value, NetworkError)  # it would be tried for ever
            assert TOKEN not in everything_said(caught.value)


async def test_ptb_downloads_a_file() -> None:
    async def handler(request: web.BaseRequest) -> web.Response:
        if request.method == "GET":
            assert request.path == f"/file/bot{TOKEN}/voice/a b.oga"
            return web.Response(body=b"OggS")
        result = {"file_id": "f", "file_unique_id": "u", "file_path": "voice/a b.oga"}
        return web.json_response({"ok": True, "result": result})

    async with serving(handler) as address, AiohttpRequest() as client:
        file = await bot_at(address, client).get_file("f")
        assert bytes(await file.download_as_bytearray()) == b"OggS"


# --- errors ------------------------------------------------------------------------------------


async def test_silence_is_a_timeout_that_does_not_tell_the_token() -> None:
    over = asyncio.Event()

    async def handler(_: web.BaseRequest) -> web.Response:
        await over.wait()
        return web.Response()

    async with serving(handler) as address, AiohttpRequest() as client:
        url = f"{address}/bot{TOKEN}/x"
        attempts = (
            client.call(url, {}, 0.05),
            client.do_request(url, "GET", read_timeout=0.05),
            client.do_request(
                url,
                "POST",
                read_timeout=0.02,
                write_timeout=0.01,
                connect_timeout=0.01,
                pool_timeout=0.01,
            ),
        )
        for attempt in attempts:
            with pytest.raises(TimedOut) as caught:
                await attempt
            assert TOKEN not in everything_said(caught.value)
        over.set()


@pytest.mark.parametrize(
    "reply", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", b"@@\r\n\r\n"]
)
async def test_a_broken_answer_is_a_network_error_that_does_not_tell_the_token(
    reply: bytes,
) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(reply)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, AiohttpRequest() as client:
        with pytest.raises(NetworkError) as caught:
            await client.do_request(f"http://127.0.0.1:{port}/bot{TOKEN}/x", "POST")
    assert type(caught.value) is NetworkError
    assert TOKEN not in everything_said(caught.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "http://:0:0", "x://"])
async def test_an_address_without_a_server_is_a_network_error_that_does_not_tell_the_token(
    address: str,
) -> None:
    async with AiohttpRequest() as client:
        with pytest.raises(NetworkError) as caught:
            await client.do_request(f"{address}/bot{TOKEN}/x", "POST")
        with pytest.raises(NetworkError) as through_ptb:
            await bot_at(address, client).get_me()
    assert TOKEN not in everything_said(caught.value)
    assert TOKEN not in everything_said(through_ptb.value)


# --- encoding ----------------------------------------------------------------------------------


@given(st.dictionaries(st.text("abc_", min_size=1), st.text()))
def test_the_form_encoding_reads_back_the_same(parameters: dict[str, str]) -> None:
    decoded = parse_qsl(
        encode_form(parameters).decode("ascii"), keep_blank_values=True, strict_parsing=False
    )
    assert dict(decoded) == parameters


def test_lone_surrogates_are_left_out() -> None:
    assert encode_form({"text": "a\ud800b"}) == b"text=ab"
