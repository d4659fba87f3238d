"""The page's server: what people can do over HTTP, and what the page hears of it."""

import asyncio
import base64
import io
from collections.abc import AsyncIterator
from typing import Any
from unittest.mock import Mock

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from simulator import Account, BotApiServer
from simulator.browser import Page
from simulator.browser.guard import LARGEST_BODY, require_own
from tests.simulator.conftest import Api, caller
from tests.simulator.page_of import Browser, FakeStage, shows

YES_NO = {
    "inline_keyboard": [
        [{"text": "Ja", "callback_data": "y"}, {"text": "Ja", "callback_data": "y2"}],
        [{"text": "Bot", "url": "https://t.me/lotse_bot?start=i-1"}],
        [{"text": "Seite", "url": "https://example.org/"}],
        [{"text": "Kopie", "copy_text": {"text": "H-1001"}}],
    ]
}


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage()


@pytest.fixture
async def browser(
    lenient: BotApiServer, http: aiohttp.ClientSession, stage: FakeStage
) -> AsyncIterator[Browser]:
    page = Page(lenient, stage)
    await page.start(0)
    yield Browser(page, http)
    await page.stop()


@pytest.fixture
async def sara(lenient: BotApiServer) -> Account:
    return lenient.user("Sara", language_code="ar", phone_number="4915112345678")


@pytest.fixture
def bot(lenient: BotApiServer, http: aiohttp.ClientSession) -> Api:
    """What the bot does."""
    return caller(lenient, http)


async def messages(browser: Browser, chat: int) -> list[Any]:
    status, shown = await browser.get(f"/api/chats/{chat}")
    assert status == 200
    return shown["messages"]


async def test_everything_a_person_can_send(
    browser: Browser, sara: Account, lenient: BotApiServer
) -> None:
    async def does(deed: str, **given: Any) -> Any:
        return await browser.does(sara.id, deed, **given)

    assert await does("start", payload="i-abc") == {"message_id": 1}
    await does("say", text="مرحبا", reply_to=1)
    await does("voice", reply_to=2)
    await does("photo", caption="Brief", data=base64.b64encode(b"\xff\xd8\xff").decode())
    await does("document")
    await does("album")
    await does("location")
    await does("contact")
    await does("sticker", emoji="💚")
    await does("forward", text="Kommen Sie", author="Dr. Arzt")
    await does("forward", from_chat=sara.id, message_id=2)
    await does("edit", message_id=2, text="سلام")
    await does("react", message_id=1, emoji="👍")
    await does("delete", message_id=1)
    shown = await messages(browser, sara.id)
    kinds = [one["kind"] for one in shown]
    assert kinds == [
        *("text", "voice", "photo", "document", "photo", "photo", "location", "contact"),
        *("sticker", "text", "text"),
    ]
    assert (shown[0]["text"], shown[0]["own"], shown[0]["reply_to"]) == ("سلام", True, None)
    assert shown[0]["edited"] is not None
    assert shown[2]["text"] == "Brief"
    assert shown[7]["contact"]["phone_number"] == "4915112345678"
    assert shown[8]["sticker"] == "💚"
    assert (shown[9]["forwarded_from"], shown[10]["forwarded_from"]) == ("Dr. Arzt", "Sara")
    kinds_of_updates = {next(reversed(each)) for each in lenient.updates.first(50)}
    assert kinds_of_updates == {"message", "edited_message"}

    assert shown[1]["reply_to"] == {"id": 2, "name": "Sara", "text": "سلام"}
    voice = shown[1]["file"]
    assert (voice["mime"], voice["duration"]) == ("audio/ogg", 6)
    async with browser.http.get(browser.page.url + voice["url"]) as answer:
        sound = await answer.read()
        assert (answer.status, answer.content_type) == (200, "audio/ogg")
        assert sound.startswith(b"OggS")
        assert b"OpusHead" in sound
    headers = {"Range": "bytes=100-199"}
    async with browser.http.get(browser.page.url + voice["url"], headers=headers) as answer:
        assert (answer.status, await answer.read()) == (206, sound[100:200])
    async with browser.http.get(browser.page.url + shown[3]["file"]["url"]) as answer:
        assert (await answer.read()).startswith(b"%PDF")


async def test_buttons_keys_and_answers(
    browser: Browser, sara: Account, lenient: BotApiServer, bot: Api
) -> None:
    await browser.does(sara.id, "start")
    begin = (await browser.state())["last_event"]
    http = browser.http
    asked = await shows(lenient, http, chat_id=sara.id, text="?", reply_markup=YES_NO)
    tap = await browser.does(sara.id, "tap", message_id=asked, row=0, column=1)
    assert tap["does"] == "callback"
    update = lenient.updates.first(9)[-1]["callback_query"]
    assert (update["data"], update["id"]) == ("y2", tap["tap"])
    await bot("answerCallbackQuery", callback_query_id=tap["tap"], text="Danke", show_alert=True)
    answer = await browser.until("answer", begin)
    assert (answer["tap"], answer["text"], answer["alert"]) == (tap["tap"], "Danke", True)

    assert (await browser.does(sara.id, "tap", message_id=asked, row=1, column=0))[
        "does"
    ] == "start"
    assert (await messages(browser, sara.id))[-1]["text"] == "/start i-1"
    opened = await browser.does(sara.id, "tap", label="Seite")
    assert (opened["does"], opened["url"]) == ("url", "https://example.org/")
    copied = await browser.does(sara.id, "tap", message_id=asked, row=3, column=0)
    assert (copied["does"], copied["copy"]) == ("copy", "H-1001")
    status, problem = await browser.post(
        f"/api/chats/{sara.id}/tap", message_id=asked, row=9, column=0
    )
    assert (status, problem) == (409, {"error": "this button is not there any more"})

    keys = [[{"text": "Nummer", "request_contact": True}], ["Ja"]]
    keyboard = {"keyboard": keys, "one_time_keyboard": True, "input_field_placeholder": "hier"}
    await shows(lenient, http, chat_id=sara.id, text="Ihre Nummer?", reply_markup=keyboard)
    chat = (await browser.get(f"/api/chats/{sara.id}"))[1]["chat"]
    assert chat["keyboard"] == {
        "rows": [[{"text": "Nummer", "asks": "contact"}], [{"text": "Ja", "asks": None}]],
        "placeholder": "hier",
        "one_time": True,
    }
    await browser.does(sara.id, "key", label="Nummer")
    assert (await messages(browser, sara.id))[-1]["kind"] == "contact"
    assert (await browser.get(f"/api/chats/{sara.id}"))[1]["chat"]["keyboard"] is None


async def test_what_the_phone_shows(
    browser: Browser, sara: Account, lenient: BotApiServer, bot: Api
) -> None:
    await browser.does(sara.id, "start")
    begin = (await browser.state())["last_event"]
    text = "🩺 Code: <tg-spoiler>4711</tg-spoiler>\nmehr"
    said = await shows(lenient, browser.http, chat_id=sara.id, text=text, parse_mode="HTML")
    await bot("sendChatAction", chat_id=sara.id, action="typing")
    commands = [{"command": "help", "description": "مساعدة"}]
    await bot("setMyCommands", commands=commands, language_code="ar")
    (one,) = [each for each in await messages(browser, sara.id) if each["id"] == said]
    assert one["notice"] == {"title": "Lotse", "text": "🩺 Code: ▒▒▒▒"}
    assert one["entities"] == [{"type": "spoiler", "offset": 9, "length": 4}]
    assert (await browser.until("typing", begin))["chat_id"] == sara.id
    chat = (await browser.get(f"/api/chats/{sara.id}"))[1]["chat"]
    assert (chat["unread"], chat["commands"]) == (1, commands)
    assert chat["last"]["text"] == "🩺 Code: ▒▒▒▒"
    await browser.does(sara.id, "read", up_to=said)
    assert (await browser.get(f"/api/chats/{sara.id}"))[1]["chat"]["unread"] == 0

    await browser.does(sara.id, "block")
    assert (await browser.post(f"/api/chats/{sara.id}/say", text="x"))[0] == 409
    assert (await bot("sendMessage", chat_id=sara.id, text="x")).error[0] == 403
    await browser.does(sara.id, "unblock")
    await browser.does(sara.id, "say", text="x")


async def test_in_a_group_with_topics(
    browser: Browser, sara: Account, lenient: BotApiServer
) -> None:
    status, answer = await browser.post("/api/groups", title="Büro", by=sara.id, forum=True)
    assert status == 200
    group = answer["chat"]["id"]
    _, karl = await browser.post("/api/people", name="Karl", language_code="de")
    refused, _ = await browser.post(
        f"/api/chats/{group}/say", text="x", **{"as": karl["person"]["id"]}
    )
    assert refused == 409
    await browser.does(group, "join", person=karl["person"]["id"])
    topic = (await browser.does(group, "topic", name="H-1001"))["topic"]
    said = await browser.does(
        group, "say", text="Hallo", topic=topic, **{"as": karl["person"]["id"]}
    )
    shown = await messages(browser, group)
    assert shown[-1]["from"]["name"] == "Karl"
    assert (shown[-1]["topic"], shown[-1]["own"], shown[-1]["id"]) == (
        topic,
        False,
        said["message_id"],
    )
    assert "Karl joined" in [one["service"]["text"] for one in shown if one["service"]]
    chat = (await browser.get(f"/api/chats/{group}"))[1]["chat"]
    assert [each["name"] for each in chat["members"]] == ["Sara", "Karl"]
    assert [each["name"] for each in chat["topics"]] == ["H-1001"]
    assert (await browser.post(f"/api/chats/{group}/block"))[0] == 409
    last = await shows(
        lenient, browser.http, chat_id=group, text="Guten Tag", message_thread_id=topic
    )
    assert (await messages(browser, group))[-1]["notice"] == {
        "title": "Büro",
        "text": "Lotse: Guten Tag",
    }
    assert (await browser.get(f"/api/chats/{group}"))[1]["chat"]["last"]["id"] == last


async def test_a_page_that_reconnects_loses_nothing(browser: Browser, sara: Account) -> None:
    begin = (await browser.state())["last_event"]
    await browser.does(sara.id, "say", text="eins")
    async with browser.events(begin) as events:
        seen, last = [], ""
        async for event_id, event in events:
            last = event_id
            if event["type"] == "message":
                seen.append(event["message"]["text"])
                break
    for text in ("zwei", "drei"):  # while it is away
        await browser.does(sara.id, "say", text=text)
    # What the browser sends by itself wins over the address it was given.
    async with browser.events(begin, **{"Last-Event-ID": last}) as events:
        while len(seen) < 3:
            _, event = await anext(events)
            if event["type"] == "message":
                seen.append(event["message"]["text"])
    assert seen == ["eins", "zwei", "drei"]
    for foreign in ("abc-1", f"{last}9999", "nonsense"):
        async with browser.events(foreign) as events:
            assert (await anext(events))[1] == {"type": "reset"}


async def test_under_the_hood(
    browser: Browser, sara: Account, lenient: BotApiServer, bot: Api
) -> None:
    begin = (await browser.state())["last_event"]
    await browser.does(sara.id, "say", text="/start")
    assert (await browser.until("update", begin))["update"]["short"] == "/start"
    _, added = await browser.post("/api/faults", kind="429", retry_after=7)
    assert added["fault"]["hits"] == 0
    refused = await bot("sendMessage", chat_id=sara.id, text="x" * 500)
    assert refused.status == 429
    entry = (await browser.until("request", begin))["entry"]
    assert (entry["method"], entry["status"], entry["chat_id"]) == ("sendMessage", 429, sara.id)
    assert "7" in entry["error"]
    assert len(entry["params"]["text"]) == 120
    assert (await browser.state())["faults"] == []  # it has struck
    _, log = await browser.get("/api/log")
    assert [each["method"] for each in log["requests"]] == ["sendMessage"]
    assert [each["kind"] for each in log["updates"]] == ["message"]
    assert lenient.token not in str(log) + str(entry)

    _, added = await browser.post("/api/faults", kind="500", times=None, chat_id=sara.id)
    assert (await bot("sendMessage", chat_id=sara.id, text="x")).status == 500
    async with browser.http.delete(
        f"{browser.page.url}/api/faults/{added['fault']['id']}"
    ) as answer:
        assert (await answer.json())["faults"] == []
    assert (await bot("sendMessage", chat_id=sara.id, text="x")).status == 200
    await browser.post("/api/faults", kind="lost")
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", chat_id=sara.id, text="x")
    assert (await browser.post("/api/faults", kind="down"))[1]["down"] is True
    with pytest.raises(aiohttp.ClientError):
        await bot("getMe")
    async with browser.http.delete(f"{browser.page.url}/api/faults") as answer:
        assert (await answer.json())["down"] is False
    assert (await bot("getMe")).status == 200
    assert (await browser.post("/api/faults", kind="sunspots"))[0] == 400


async def test_what_announces_nothing_is_looked_at(browser: Browser, stage: FakeStage) -> None:
    begin = (await browser.state())["last_event"]
    stage.waiting = 3
    stage.next = {"at": 5, "kind": "digest", "what": {"en": "the digest", "de": "die Übersicht"}}
    assert (await browser.until("outbox", begin, waiting=3))["unconfirmed"] == 0
    assert (await browser.until("clock", begin))["clock"]["next"] == stage.next


async def test_orders_reach_the_stage(browser: Browser, stage: FakeStage, sara: Account) -> None:
    assert (await browser.post("/api/clock", go="hour"))[0] == 202
    assert (await browser.post("/api/clock", go="back"))[0] == 400
    assert (await browser.post("/api/bot/restart"))[0] == 200
    assert (await browser.post("/api/tours/story/start"))[0] == 200
    assert (await browser.post("/api/tour/next"))[0] == 409
    assert stage.told == [{"go": "hour"}, "restart", ("start", {"id": "story"})]
    await browser.does(sara.id, "say", text="Hallo\nWelt")
    status, text = await browser.get(f"/api/chats/{sara.id}/chat.txt")
    assert (status, text.splitlines()[0]) == (200, "Sara")
    assert text.endswith("Sara: Hallo\n    Welt\n")
    assert (await browser.get(f"/api/chats/{sara.id}/test_chat.py"))[
        1
    ] == f"# 1 entries of {sara.id}\n"
    assert (await browser.get("/api/test_town.py"))[1] == "# 1 entries of None\n"


async def test_strangers_are_refused(browser: Browser, sara: Account) -> None:
    own, stream = browser.page.url, "/api/events"
    for path in ("/api/state", "/", stream):
        for foreign in (
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": own.replace("http:", "https:")},
            {"Host": "evil.example"},
            {"Host": "127.0.0.1.evil.example:8080"},
            {"Host": "192.0.2.7"},
        ):
            assert (await browser.get(path, **foreign))[0] == 403, (path, foreign)
    assert (await browser.get("/api/state", **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
    assert (await browser.get("/api/state", **{"Sec-Fetch-Site": "same-site"}))[0] == 403
    assert (await browser.get("/", **{"Sec-Fetch-Site": "cross-site"}))[0] == 200  # a link to it
    assert (await browser.get("/api/state", Origin=own))[0] == 200

    say = f"{own}/api/chats/{sara.id}/say"
    for kind, data, status in (
        ("text/plain", b'{"text": "x"}', 415),
        ("application/x-www-form-urlencoded", b"text=x", 415),
        ("application/json", b'["text"]', 400),
        ("application/json", b"\xff", 400),
        ("application/json", b'{"txt": "x"}', 400),
        ("application/json", b'{"text": "' + b"x" * LARGEST_BODY + b'"}', 413),
    ):
        async with browser.http.post(
            say, data=io.BytesIO(data), headers={"Content-Type": kind}
        ) as answer:
            assert answer.status == status, (kind, data[:20])
            assert "error" in await answer.json()
    assert await messages(browser, sara.id) == []
    assert (await browser.get("/api/chats/1"))[0] == 404
    assert (await browser.post(f"/api/chats/{sara.id}/fly"))[0] == 404


async def test_the_pages_files_and_nothing_else(browser: Browser) -> None:
    async with browser.http.get(browser.page.url) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for path in ("/..%2fserver.py", "/%2e%2e/server.py", "/nothing.js", "/../browser/page.py"):
        assert (await browser.get(path))[0] == 404, path
    assert (await browser.get("/api/nothing"))[0] == 404
    assert (await browser.get("/files/voice/file_99.oga"))[0] == 404


async def test_html_that_was_sent_is_never_shown(browser: Browser, sara: Account) -> None:
    data = base64.b64encode(b"<script>alert(1)</script>").decode()
    await browser.does(sara.id, "document", data=data, name="x.html", mime="text/html")
    (message,) = await messages(browser, sara.id)
    async with browser.http.get(browser.page.url + message["file"]["url"]) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_many_pages_hear_the_same(browser: Browser, sara: Account) -> None:
    begin = (await browser.state())["last_event"]
    waits = [asyncio.ensure_future(browser.until("message", begin)) for _ in range(5)]
    await browser.does(sara.id, "say", text="alle")
    heard = await asyncio.gather(*waits)
    assert {event["message"]["text"] for event in heard} == {"alle"}


@pytest.mark.parametrize(
    ("bound_to", "peer", "host", "allowed"),
    [
        ("127.0.0.1", "127.0.0.1", "127.0.0.1:8080", True),
        ("127.0.0.1", "127.0.0.1", "localhost:8080", True),
        ("::1", "::1", "[::1]:8080", True),
        ("127.0.0.1", "192.0.2.7", "127.0.0.1:8080", False),
        ("127.0.0.1", "127.0.0.1", "192.0.2.9:8080", False),
        ("0.0.0.0", "192.0.2.7", "192.0.2.9:8080", True),  # noqa: S104
        ("0.0.0.0", "192.0.2.7", "rebound.example:8080", False),  # noqa: S104
        ("demo.lan", "192.0.2.7", "demo.lan:8080", True),
        ("demo.lan", "192.0.2.7", "other.lan:8080", False),
        ("127.0.0.1", "127.0.0.1", "[broken", False),
    ],
)
def test_who_may_call(bound_to: str, peer: str, host: str, *, allowed: bool) -> None:
    transport = Mock()
    transport.get_extra_info = {"peername": (peer, 4711)}.get
    request = make_mocked_request("GET", "/api/state", {"Host": host}, transport=transport)
    if allowed:
        require_own(request, bound_to)
    else:
        with pytest.raises(web.HTTPForbidden):
            require_own(request, bound_to)


async def test_a_reader_that_is_too_slow_is_told_to_begin_anew(
    browser: Browser,
) -> None:
    log = browser.page.log
    position = log.position(None)
    assert position is not None
    for number in range(5100):
        log.publish("typing", number=number)
    missed = log.after(position)
    assert missed[0][0] > position + 1
    assert log.position(f"{log.last.partition('-')[0]}-{position}") is None
