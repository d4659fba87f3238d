"""The bot is killed wherever it hurts, and nobody can tell afterwards."""

import itertools
import random
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from simulator.json_types import JsonObject
from tests.crash.kennel import (
    SECRET_NUMBER,
    SECRET_WORDS,
    TOKEN,
    Kennel,
    Yard,
    the_whole_story,
    yard,
)

#: A process that dies there has sent nothing that it could not write down.
SILENT = [
    "stored, not confirmed",
    "stored, not begun",
    "inside the turn",
    "committed, not sent",
    "inside the tick",
    "after the tick",
]
Transcripts = dict[str, list[str]]
_baseline: Transcripts = {}


async def undisturbed(bots: Kennel, template: Path, folder: Path) -> Transcripts:
    """What everybody reads if nothing is ever killed, on SQLite; played once."""
    if not _baseline:
        own = folder / "undisturbed"
        own.mkdir()
        shutil.copyfile(template, own / "lotse.db")
        async with yard(bots, f"sqlite:///{own / 'lotse.db'}", own) as town:
            await the_whole_story(town)
            assert town.deaths == 0
            _baseline.update(town.transcripts())
            assert sum(map(len, _baseline.values())) > 20
    return _baseline


def repeated(town: Yard, expected: Transcripts) -> int:
    """How many messages came once more, in the chat with the most of them.

    Fails if one is missing, new or in another place, and if a chat has more of them than processes
    left on their way there when they died.
    """
    seen = town.transcripts()
    assert seen.keys() == expected.keys()
    for name, lines in seen.items():
        rest = iter(lines)
        missing = [line for line in expected[name] if line not in rest]
        assert missing == [], f"{name} reads {lines}"
    more = {name: len(lines) - len(expected[name]) for name, lines in seen.items()}
    in_flight = {name: town.in_flight[town.chat_id(name)] for name in more}
    for name, lines in seen.items():
        if more[name] > in_flight[name]:
            again = Counter(lines) - Counter(expected[name])
            told = "\n".join(again.elements())
            pytest.fail(f"{name}: {in_flight[name]} on their way, but these came again:\n{told}")
    return max(more.values())


def check_facts(town: Yard) -> None:
    """Two requests, two appointments, nothing parked, nothing left over."""
    counts = {
        "people": 4,
        "help_requests": 2,
        "assignments": 2,
        "assignments WHERE outcome = 'took_place' AND requester_says = 'well'": 2,
        "offers WHERE state = 'accepted'": 2,
        "office_groups": 1,
        "inbox WHERE state <> 'done'": 0,
        "outbox WHERE state IN ('queued', 'ready', 'sending', 'failed')": 0,
        "due WHERE kind = 'record_month'": 2,  # both volunteers are asked on the 1st
        "due WHERE kind NOT IN ('digest', 'record_month')": 0,
    }
    found = {what: town.query(f"SELECT count(*) FROM {what}")[0][0] for what in counts}
    assert found == counts


def check_log(town: Yard) -> None:
    """LOG_LEVEL=DEBUG, deaths and all: ids only."""
    log = town.log.read_text()
    assert "ready" in log
    secrets = [SECRET_WORDS, "knee", SECRET_NUMBER, "15112345678", "18.01.2027", "i-Anna"]
    for secret in (*secrets, TOKEN, TOKEN.partition(":")[2]):
        assert secret not in log
    for name in (*town.phones, "Mariam"):
        assert re.search(rf"\b{name}\b", log) is None, name
    assert "Traceback" not in log


async def test_killed_at_one_seam_after_the_other(
    bots: Kennel, sqlite_template: Path, database_url: str, tmp_path: Path
) -> None:
    """Each process dies when it comes to its seam for the second time: the first time it has to
    finish what the one before it left behind."""
    expected = await undisturbed(bots, sqlite_template, tmp_path)
    rotation = itertools.islice(itertools.cycle(SILENT[:4]), 16)
    in_the_ticks = [(seam, 1) for seam in (*SILENT[4:], *SILENT[3:])]
    async with yard(bots, database_url, tmp_path, [(seam, 2) for seam in rotation]) as town:
        await the_whole_story(town, in_the_ticks)
        assert town.deaths >= 15
        assert repeated(town, expected) <= 3
        check_facts(town)
        check_log(town)


async def test_killed_between_sending_and_writing_it_down(
    bots: Kennel, sqlite_template: Path, database_url: str, tmp_path: Path
) -> None:
    """Only there a message can come twice: the one that was in flight to a chat, and only that."""
    expected = await undisturbed(bots, sqlite_template, tmp_path)
    seams = [("sent, not settled", 4), ("inside the settling", 4), ("sent, not settled", 5)]
    async with yard(bots, database_url, tmp_path, seams) as town:
        await the_whole_story(town)
        assert town.deaths == 3
        assert repeated(town, expected) <= 3
        check_facts(town)
        check_log(town)


@pytest.mark.parametrize("seed", [2])
async def test_killed_at_random(
    bots: Kennel, sqlite_template: Path, database_url: str, tmp_path: Path, seed: int
) -> None:
    expected = await undisturbed(bots, sqlite_template, tmp_path)
    chance = random.Random(seed)
    async with yard(bots, database_url, tmp_path) as town:
        left = chance.randint(5, 12)

        def maybe(event: JsonObject) -> None:
            nonlocal left
            if event["type"] in ("request", "update"):
                left -= 1
                if left == 0:
                    left = chance.randint(12, 30)
                    town.kill_now()

        town.server.events.listen(maybe)
        await the_whole_story(town)
        assert town.deaths >= 3
        assert repeated(town, expected) <= town.deaths
        check_facts(town)
        check_log(town)
