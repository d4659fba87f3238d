"""`lotse demo` as a process: other programs drive the people, from this machine only."""

import asyncio
import os
import re
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import aiohttp
import click
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot import demo as demo_process
from simulator.control import require_local
from tests.demo.test_terminal import LOTSE


class Control:
    """The endpoint of a running demo. Answers are (status, JSON or None)."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self._http = http

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self._http.get(f"{self.url}/control{path}", headers=headers) as answer:
            return answer.status, await answer.json() if answer.ok else None

    async def post(self, path: str, **body: object) -> tuple[int, Any]:
        async with self._http.post(f"{self.url}/control{path}", json=body) as answer:
            return answer.status, await answer.json() if answer.ok else None

    async def tap(self, chat: int, label: str) -> None:
        """Taps as soon as the bot, which answers in its own time, shows the button."""
        while (await self.post(f"/chats/{chat}/tap", label=label))[0] == 409:
            pass


def left_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


@pytest_asyncio.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Control]:
    """A demo without a terminal; afterwards ended politely, and nothing may be left of it."""
    process = subprocess.Popen(  # noqa: ASYNC220 - nothing else happens in this loop meanwhile
        (LOTSE, "demo", "--port", "0"),
        env=os.environ | {"TMPDIR": str(tmp_path), "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        page = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert page
        process.stdout.readline()
        found = re.search(r"(http://127\.0\.0\.1:\d+)/control", process.stdout.readline())
        assert found
        assert [name.startswith("lotse-demo-") for name in left_in(tmp_path)] == [True]
        async with aiohttp.ClientSession() as http:
            yield Control(found[1], http)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
        assert process.returncode == 0
        assert "ERROR" not in log
        assert left_in(tmp_path) == []
    finally:
        process.kill()
        process.wait()


async def test_people_speak_the_clock_walks_and_strangers_are_refused(demo: Control) -> None:
    _, there = await demo.get("/people")
    assert [group["title"] for group in there["groups"]] == ["Koordination"]
    ids = {one["first_name"]: one["id"] for one in there["people"]}
    assert {"Frau Krause", "Anna", "Sara", "Jonas", "Emily"} <= ids.keys()

    emily = ids["Emily"]
    await demo.post(f"/chats/{emily}/say", text="/start")
    async with asyncio.timeout(20):
        await demo.tap(emily, "English")
        await demo.tap(emily, "✅ I agree")

    later = there["now"] + 3600
    _, moved = await demo.post("/clock", to=later)
    assert 0 <= moved["now"] - later < 60
    assert (await demo.post("/clock", to=there["now"]))[0] == 400

    assert (await demo.get("/people", Origin=demo.url))[0] == 200
    for stranger in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
    ):
        assert (await demo.get("/people", **stranger))[0] == 403
    with pytest.raises(ConnectionRefusedError):  # it listens on one address of this machine
        socket.create_connection(("127.0.0.2", int(demo.url.rpartition(":")[2])), timeout=5)


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.2", "2001:db8::1"])
def test_a_peer_elsewhere_is_refused_wherever_it_is_bound(peer: str) -> None:
    transport = Mock()
    transport.get_extra_info = {"peername": (peer, 4711)}.get
    headers = {"Host": "127.0.0.1:8081"}
    request = make_mocked_request("GET", "/control/people", headers, transport=transport)
    with pytest.raises(web.HTTPForbidden):
        require_local(request)


async def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"port {port} can't be had: choose"):
            await demo_process.run_browser(host="127.0.0.1", port=port, data=None, show=False)
