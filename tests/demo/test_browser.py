"""The demo behind its page: the real bot, its clock, the tours, and a folder that keeps it all."""

import asyncio
import itertools
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import click
import pytest

from bot import demo
from bot.demo.cast import ALL
from bot.demo.due_words import in_words
from bot.demo.tours import TOURS
from bot.i18n.bidi import without_controls
from bot.usecases.clockwork import ACTS
from tests.simulator.page_of import Browser

HOUR = 3600


@asynccontextmanager
async def opened(data: Path | None = None) -> AsyncIterator[tuple[demo.Browser, Browser]]:
    """The demo, and somebody's browser."""
    async with demo.served(data=data, pace=0.0) as there, aiohttp.ClientSession() as http:
        yield there, Browser(there.page, http)


async def tells(browser: Browser, chat: int) -> list[str]:
    """What stands in the chat."""
    _, shown = await browser.get(f"/api/chats/{chat}")
    return [without_controls(one["text"]) for one in shown["messages"]]


async def ids(browser: Browser) -> dict[str, int]:
    return {chat["title"]: chat["id"] for chat in (await browser.state())["chats"]}


async def arrived(browser: Browser, after: str) -> list[Any]:
    """The clock's events of one walk."""
    walked: list[Any] = []
    async with browser.events(after) as events:
        async for _, event in events:
            if event["type"] == "clock":
                walked.append(event)
                if len(walked) > 1 and not event["clock"]["walking"]:
                    return walked
    raise AssertionError("the stream ended")


async def test_everybody_is_there_and_the_clock_walks_from_one_thing_to_the_next() -> None:
    async with opened() as (there, browser):
        state = await browser.state()
        roles = [one["role"] for one in state["people"]]
        assert (roles.count("volunteer"), roles.count("coordinator")) == (21, 1)
        languages = {one["language_code"] for one in state["people"] if one["role"] == "requester"}
        assert languages == {"ar", "de", "en", "fa", "ku", "ckb", "tr", "uk"}  # Dari apps say fa
        group = next(chat for chat in state["chats"] if chat["id"] < 0)
        assert (group["title"], group["forum"]) == ("Koordination", True)
        assert set(state["front"]) <= {chat["id"] for chat in state["chats"]}
        assert state["clock"]["next"]["kind"] == "digest"

        # A request of Jonas, by hand; then a week in one go.
        jonas = (await ids(browser))["Jonas"]
        await browser.does(jonas, "start")
        await there.town.settle()
        for label in ("Deutsch", "✅ Einverstanden", "🩺 Arzt", "Nein, nichts davon"):
            await browser.does(jonas, "tap", label=label)
            await there.town.settle()
        await browser.does(jonas, "say", text="Halberstadt")
        await there.town.settle()
        begin = await browser.state()
        status, set_out = await browser.post("/api/clock", go="hour")
        assert (status, set_out["clock"]["walking"]) == (202, True)
        one_hour = await arrived(browser, begin["last_event"])
        assert 0 <= one_hour[-1]["clock"]["now"] - begin["clock"]["now"] - HOUR < 60

        begin = await browser.state()
        week = begin["clock"]["now"] + 7 * 24 * HOUR
        await browser.post("/api/clock", to=week)
        walked = await arrived(browser, begin["last_event"])
        stops = [event["happened"]["at"] for event in walked if event["happened"]]
        assert len(stops) >= 5  # a digest each working morning
        assert stops == sorted(stops)
        times = [event["clock"]["now"] for event in walked]
        assert times == sorted(times)
        for event in walked:
            assert event["happened"] is None or event["happened"]["at"] <= event["clock"]["now"]
        assert 0 <= walked[-1]["clock"]["now"] - week < 60
        assert (await browser.post("/api/clock", to=week - HOUR))[0] == 400

        begin = await browser.state()
        await browser.post("/api/clock", go="next")
        walked = await arrived(browser, begin["last_event"])
        (last,) = [one["happened"] for one in walked if one["happened"]]
        assert last["at"] == begin["clock"]["next"]["at"]
        assert last["what"] == {
            "en": "the office's morning digest",
            "de": "die Morgenübersicht des Büros",
        }


async def test_a_walk_can_be_stopped_and_the_bot_cut_off() -> None:
    async with opened() as (there, browser):
        there.stage.walking._pace = 0.05
        begin = await browser.state()
        assert (await browser.post("/api/clock", to=begin["clock"]["now"] + 90 * 24 * HOUR))[
            0
        ] == 202
        assert (await browser.post("/api/clock", go="next"))[0] == 409
        await browser.until("clock", begin["last_event"])
        await browser.post("/api/clock", go="stop")
        walked = await arrived(browser, begin["last_event"])
        assert walked[-1]["clock"]["now"] < begin["clock"]["now"] + 80 * 24 * HOUR
        serving = asyncio.create_task(there.town.serve_until_stopped())
        emily = (await ids(browser))["Emily"]
        await browser.post("/api/faults", kind="down")
        await browser.does(emily, "start")
        await browser.post("/api/tours/story/start")
        for _ in range(3):
            restarting = asyncio.create_task(browser.post("/api/bot/restart"))
            states = [await browser.get("/api/state") for _ in range(5)]  # meanwhile
            assert {status for status, _ in states} == {200}
            assert (await restarting)[0] == 200
        await browser.post("/api/faults", kind="up")
        assert await there.town.settle(30.0)
        assert "Please choose your language." in "".join(await tells(browser, emily))
        assert not serving.done()
        serving.cancel()


async def play(there: demo.Browser, browser: Browser, tour: str) -> Any:
    """To its end, step by step; each step explains itself, and says beforehand who taps what."""
    status, answer = await browser.post(f"/api/tours/{tour}/start")
    assert status == 200
    told = []
    while answer["tour"]["state"] == "waiting":
        assert set(answer["tour"]["text"]) == set(answer["tour"]["deed"]) == {"de", "en"}
        told.append(answer["tour"])
        _, answer = await browser.post("/api/tour/next")
        if tapped := re.match(r"(.+) taps “(.*)”$", told[-1]["deed"]["en"]):
            last = next(one for one in reversed(there.page.record.entries) if one["what"] == "taps")
            who = there.town.server.world.accounts[last["user"]].first_name
            assert (who, without_controls(last["label"])) == tapped.groups()
    assert answer["tour"]["state"] == "done", (answer["tour"]["problem"], told[-1]["deed"])
    assert answer["tour"]["step"] == len(TOURS[tour].steps)
    return answer["tour"]


async def test_the_tours_come_to_their_ends() -> None:
    async with opened() as (there, browser):
        await play(there, browser, "story")
        chats = await ids(browser)
        office = chats["Koordination"]
        assert "💚" in (await tells(browser, chats["Amina"]))[-1]
        (helper,) = [
            name
            for name in (one.name for one in ALL.volunteers)
            if any("120" in said and "H-1001" in said for said in await tells(browser, chats[name]))
        ]
        assert "ar" in next(one for one in ALL.volunteers if one.name == helper).languages
        assert any("H-1001: ✔️ Abgeschlossen" in said for said in await tells(browser, office))
        state = await browser.state()
        assert next(one for one in state["people"] if one["name"] == "Amina")["role"] == "requester"

        await play(there, browser, "nobody")
        said = await tells(browser, (await ids(browser))["Hêro"])
        assert "SiSA" in said[-1]
        assert any("⚠️ H-1002" in one or "Fachstelle" in one for one in await tells(browser, office))

        await play(there, browser, "late")
        chats = await ids(browser)
        read = [one.get("text", "") for one in there.page.record.of_chat(chats["Oksana"])]
        found = {one for one in map(without_controls, read) if one.startswith("✅ H-1003")}
        assert len(found) == 2  # one, then another
        record = there.page.record.of_chat(office)
        assert any("🔴" in one.get("text", "") for one in record)

        await play(there, browser, "story")  # once more, with somebody new
        assert "💚" in (await tells(browser, (await ids(browser))["Amina 2"]))[-1]

        status, source = await browser.get("/api/test_town.py")
        assert status == 200
        compile(source, "test_town.py", "exec")
        for line in (
            "amina = harz.person('Amina', 'ar')",
            "await amina.starts()",
            "await amina.taps('✅ أوافق')",
            "await office.taps('✅ Ehrenamtliche fragen', by=frau_krause)",
            "oksana = harz.person('Oksana', 'uk')",
        ):
            assert line in source, line
        _, source = await browser.get(f"/api/chats/{chats['Oksana']}/test_chat.py")
        compile(source, "test_chat.py", "exec")
        assert "amina" not in source
        assert re.search(r"await harz\.until\(moment\(\"\d{4}-\d\d-\d\d \d\d:\d\d\"\)\)", source)


async def test_a_tour_can_be_left_taken_up_again_and_plays_by_itself() -> None:
    async with opened() as (there, browser):
        assert (await browser.post("/api/tour/next"))[0] == 409
        assert (await browser.post("/api/tours/nonsense/start"))[0] == 400
        begin = (await browser.state())["last_event"]
        await browser.post("/api/tours/late/start")
        _, answer = await browser.post("/api/tour/play", seconds=0.3)
        assert answer["tour"]["state"] == "playing"
        await browser.until("tour", begin)
        async with browser.events(begin) as events:
            async for _, event in events:
                if event["type"] == "tour" and event["tour"]["step"] == 5:
                    break
        _, answer = await browser.post("/api/tour/pause")
        assert (answer["tour"]["state"], answer["tour"]["step"]) == ("waiting", 5)

        # By hand: what she should tap is gone.
        await browser.post("/api/tours/story/start")
        for _ in range(3):
            _, answer = await browser.post("/api/tour/next")
        shown = answer["tour"]["show"]
        await browser.does(shown["chat_id"], "delete", message_id=shown["message_id"])
        _, answer = await browser.post("/api/tour/next")
        assert (answer["tour"]["state"], answer["tour"]["step"]) == ("stuck", 3)
        assert set(answer["tour"]["problem"]) == {"en", "de"}
        await browser.does(shown["chat_id"], "start")
        _, answer = await browser.post("/api/tour/next")
        assert (answer["tour"]["state"], answer["tour"]["step"]) == ("waiting", 4)
        _, answer = await browser.post("/api/tour/stop")
        assert answer == {"tour": None}
        await play(there, browser, "late")


async def test_what_is_kept_goes_on_after_a_restart(tmp_path: Path) -> None:
    home = tmp_path / "demo"
    async with opened(home) as (there, browser):
        assert (await browser.state())["kept"] is True
        _, answer = await browser.post("/api/tours/story/start")
        for _ in range(12):
            _, answer = await browser.post("/api/tour/next")
        before = await browser.state()
        amina = answer["tour"]["front"] and (await ids(browser))["Amina"]
        sara = (await ids(browser))["Sara"]
        await browser.does(amina, "read")
        await browser.does(sara, "start")
        await browser.does(sara, "voice")
        assert await there.town.settle()
        messages = [await browser.get(f"/api/chats/{chat['id']}") for chat in before["chats"]]
    assert oct((home / "key").stat().st_mode)[-3:] == "600"
    assert json.loads((home / "world.json").read_text())["clean"] is True

    async with opened(home) as (there, browser):
        after = await browser.state()
        assert [one["name"] for one in after["people"]] == [one["name"] for one in before["people"]]
        again = [await browser.get(f"/api/chats/{chat['id']}") for chat in before["chats"]]
        assert again == messages
        assert 0 <= after["clock"]["now"] - before["clock"]["now"] < 300
        assert after["tour"]["step"] == 12
        voice = next(
            one["file"]["url"]
            for one in (await browser.get(f"/api/chats/{sara}"))[1]["messages"]
            if one["kind"] == "voice"
        )
        assert (await browser.http.get(browser.page.url + voice)).status == 200
        await there.town.settle()
        while answer["tour"]["state"] == "waiting":
            _, answer = await browser.post("/api/tour/next")
        assert answer["tour"]["state"] == "done", answer["tour"]["problem"]
        assert "💚" in (await tells(browser, amina))[-1]
        numbers = [one["id"] for one in (await browser.get(f"/api/chats/{amina}"))[1]["messages"]]
        assert all(one < other for one, other in itertools.pairwise(numbers))


async def test_a_folder_that_cannot_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text("{", encoding="utf-8")
    with pytest.raises(click.ClickException, match="empty folder"):
        await demo.run_browser(host="127.0.0.1", port=0, data=tmp_path, show=False)


async def test_it_opens_a_browser_and_warns_when_others_can_reach_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, shown = asyncio.get_running_loop(), asyncio.Queue[str]()

    def shows(url: str) -> None:  # in a thread
        loop.call_soon_threadsafe(shown.put_nowait, url)

    monkeypatch.setattr("webbrowser.open", shows)
    monkeypatch.setattr("bot.settings.has_desktop", lambda: True)

    async def serve() -> None:
        await demo.run_browser(host="0.0.0.0", port=0, data=None, show=True)  # noqa: S104

    serving = asyncio.create_task(serve())
    async with asyncio.timeout(30):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", await shown.get())
    assert "Bound to 0.0.0.0" in capsys.readouterr().err
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


@pytest.mark.parametrize("kind", ACTS)
def test_whatever_the_clock_does_has_plain_words(kind: str) -> None:
    words = in_words(kind)
    assert words["de"] != words["en"] != kind.replace("_", " ")
