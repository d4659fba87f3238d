"""A world that is written down, and read again by another process."""

import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator import BotApiServer
from simulator.keeper import CannotContinue, Keeper, found, go_on
from simulator.keeping import dump
from tests.simulator.conftest import TOKEN, Clock, caller


async def played(server: BotApiServer, http: aiohttp.ClientSession) -> None:
    """A bit of everything."""
    bot = caller(server, http)
    sara = server.user("Sara", language_code="ar", username="sara")
    phone = server.phone(sara)
    first = await phone.starts()
    keyboard = {"keyboard": [["Ja"]], "one_time_keyboard": True}
    await bot("sendMessage", chat_id=sara.id, text="<b>?</b>", parse_mode="HTML",
              reply_markup=keyboard, reply_parameters={"message_id": first.message_id})  # fmt: skip
    await phone.taps("Ja")
    await phone.sends_voice()
    await phone.reacts(first, "👍")
    await phone.sends_album()
    group = server.group("Büro", topics=True)
    await group.add_bot(by=sara, admin=True)
    topic = (await bot("createForumTopic", chat_id=group.chat_id, name="H-1")).result
    thread = topic["message_thread_id"]
    await bot("sendMessage", chat_id=group.chat_id, text="!", message_thread_id=thread)
    await bot("pinChatMessage", chat_id=group.chat_id, message_id=group.last.message_id)
    await bot("setMyCommands", commands=[{"command": "help", "description": "Hilfe"}])
    await server.phone(server.user("Omid")).blocks_bot()


def written(server: BotApiServer) -> Any:
    return json.loads(json.dumps(dump(server)))


@pytest.mark.parametrize("clean", [True, False])
async def test_everything_is_there_again(
    clock: Clock, http: aiohttp.ClientSession, tmp_path: Path, *, clean: bool
) -> None:
    server = BotApiServer(TOKEN, now=clock)
    await server.start()
    keeper = Keeper(server, tmp_path, lambda: {"more": 1})
    await played(server, http)
    keeper.save(clean=clean)
    kept = [written(server), len(server.updates)]
    await server.stop()

    again = BotApiServer(TOKEN, now=clock)
    stored = found(tmp_path)
    assert stored is not None
    assert stored["more"] == 1
    go_on(again, stored, tmp_path)
    await again.start()
    assert len(again.updates) == kept[1]
    if clean:
        assert written(again) == kept[0]
    sara = next(one for one in again.world.accounts.values() if one.first_name == "Sara")
    phone = again.phone(sara)
    assert phone.keyboard == ()  # used up
    assert phone.menu == ["help"]
    numbers = [one.message_id for one in phone.messages]
    said = await phone.says("weiter")
    # After a kill, numbers may be missing from what was written down: none is given twice.
    assert said.message_id == numbers[-1] + (1 if clean else 1001)
    ids = [each["update_id"] for each in again.updates.first(100)]
    assert ids[-1] - ids[-2] == (1 if clean else 1001)
    assert again.user("Neu").id not in [each["id"] for each in kept[0]["accounts"]]
    new_file = (await phone.sends_voice()).content["voice"]["file_id"]
    assert new_file not in str(kept[0]["files"])
    voice = next(one for one in again.world.files.all() if one.path.startswith("voice/"))
    assert voice.data.startswith(b"OggS")
    bot = caller(again, http)
    group = again.groups[0]
    thread = next(iter(group.topics))
    await bot("sendMessage", chat_id=group.chat_id, text="!", message_thread_id=thread)
    assert group.last.thread_id == thread
    await again.stop()


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    assert found(tmp_path / "fresh") is None
    for text in ("{", '{"format": 0}'):
        (tmp_path / "world.json").write_text(text, encoding="utf-8")
        with pytest.raises(CannotContinue, match=r"world\.json"):
            found(tmp_path)
    with pytest.raises(CannotContinue, match="KeyError"):
        go_on(BotApiServer(TOKEN), {"world": {}, "clean": True}, tmp_path)
