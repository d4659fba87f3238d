"""The loopback endpoint of the demo."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from simulator import BotApiServer
from simulator.control import mount_control
from tests.simulator.conftest import TOKEN, Clock


@dataclass
class Control:
    server: BotApiServer
    http: aiohttp.ClientSession

    async def __call__(
        self, path: str, body: Any = None, *, method: str = "", **headers: str
    ) -> tuple[int, Any]:
        verb = method or ("GET" if body is None else "POST")
        url = f"{self.server.url}/control{path}"
        async with self.http.request(verb, url, json=body, headers=headers) as response:
            is_json = response.content_type == "application/json"
            return response.status, await (response.json() if is_json else response.text())


@pytest.fixture
async def control(clock: Clock, http: aiohttp.ClientSession) -> AsyncIterator[Control]:
    async def move(time: int) -> None:
        clock.time = time

    server = BotApiServer(TOKEN, now=clock)
    mount_control(server, move)
    await server.start()
    yield Control(server, http)
    await server.stop()


async def test_a_conversation_from_outside(control: Control) -> None:
    _, sara = await control("/people", {"first_name": "Sara", "language_code": "ar"})
    chat = f"/chats/{sara['id']}"
    assert await control(f"{chat}/say", {"text": "/start"}) == (200, {"message_id": 1})
    api = f"{control.server.base_url}{TOKEN}/sendMessage"
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    asked = {"chat_id": sara["id"], "text": "?", "reply_markup": keyboard}
    await control.http.post(api, json=asked)
    status, tap = await control(f"{chat}/tap", {"label": "Ja"})
    assert (status, tap["url"]) == (200, None)
    assert (await control(f"{chat}/tap", {"label": "Nein"}))[0] == 409
    assert (await control(f"{chat}/say", {"txt": "x"}))[0] == 400
    assert (await control("/chats/1/say", {"text": "x"}))[0] == 404
    _, shown = await control(chat)
    assert [message["text"] for message in shown["messages"]] == ["/start", "?"]
    _, people = await control("/people")
    assert [one["first_name"] for one in people["people"]] == ["Sara"]


async def test_in_a_group(control: Control) -> None:
    sara = control.server.user("Sara")
    group = control.server.group("Koordination")
    await group.add_bot(by=sara)
    chat = f"/chats/{group.chat_id}"
    assert (await control(f"{chat}/say", {"text": "/here", "as": sara.id}))[0] == 200
    assert (await control(f"{chat}/tap", {"label": "x", "as": sara.id}))[0] == 409
    assert (await control(chat))[1]["chat"]["title"] == "Koordination"


async def test_faults_and_clock(control: Control, clock: Clock) -> None:
    assert (await control("/faults", {"kind": "500", "method": "getMe"}))[0] == 200
    url = f"{control.server.base_url}{TOKEN}/getMe"
    async with control.http.get(url) as response:
        assert response.status == 500
    assert (await control("/faults", {"kind": "flood"}))[0] == 400
    await control("/faults", {"kind": "500", "method": "getMe"})
    assert (await control("/faults", method="DELETE"))[0] == 200
    async with control.http.get(url) as response:
        assert response.status == 200
    assert await control("/clock", {"to": 1_800_000_000}) == (200, {"now": 1_800_000_000})
    assert clock.time == 1_800_000_000


async def test_strangers_are_refused(control: Control) -> None:
    own = control.server.url
    assert (await control("/people", Origin=own))[0] == 200
    assert (await control("/people", Origin="https://evil.example"))[0] == 403
    assert (await control("/people", Origin="null"))[0] == 403
    assert (await control("/people", Host="evil.example"))[0] == 403
    url = f"{own}/control/people"
    async with control.http.post(url, data='{"first_name": "x"}') as response:
        assert response.status == 415
    headers = {"Content-Type": "application/json"}
    async with control.http.post(url, data="[]", headers=headers) as response:
        assert response.status == 400


async def test_it_is_absent_unless_mounted(
    lenient: BotApiServer, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{lenient.url}/control/people") as response:
        assert response.status == 404
