"""`lotse demo --terminal` as people run it: a process, lines in, a chat out."""

import http.client
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.demo.terminal import read_moment

LOTSE = str(Path(sys.executable).with_name("lotse"))
TERMINAL = (LOTSE, "demo", "--terminal", "--port", "0")


def play(folder: Path, *lines: str) -> str:
    """What the terminal shows when these lines are piped in. Nothing may be left in `folder`."""
    ended = subprocess.run(
        TERMINAL,
        input="\n".join(lines),
        env=os.environ | {"TMPDIR": str(folder)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert list(folder.iterdir()) == []
    return ended.stdout


def assert_reads(shown: str, *words: str) -> None:
    """All of the words are there, one after the other."""
    at = 0
    for each in words:
        found = shown.find(each, at)
        assert found >= 0, f"{each!r} is missing after:\n{shown[:at]}\n--- in:\n{shown[at:]}"
        at = found + len(each)


def test_from_a_request_in_arabic_to_the_thanks(tmp_path: Path) -> None:
    shown = play(
        tmp_path,
        *("1", ":tap العربية"),  # Start
        *("1", "1", "1", "Halberstadt"),  # agreed, doctor, nothing for a professional
        *("2", "14:30", "3", "1"),  # tomorrow, …, no matter who, send
        *(":to koordination", "1"),  # the office looks at a first request: volunteers are asked
        *(":to anna", "1"),
        *(":to sara", ":next", "1"),  # the reminder: yes
        *(
            ":to anna",
            "1",
            ":next",
            ":next",
            ":next",
            ":next",
        ),  # yes; digest, silence, reminder, over
    )
    assert_reads(
        shown,
        *("Sara › 1", "العربية", "(taps العربية)", "أوافق", "Sara › 14:30", "14:30", "إرسال"),
        *("H-1001", "→ Koordination: 2 new messages", "── the group Koordination"),
        *("Ehrenamtliche fragen", "→ Anna: 1 new message"),
        *("── Anna's phone", "Können Sie helfen?", "14:30", "العربية", "[1] ✅ Ja, ich kann"),
        *("(taps ✅ Ja, ich kann)", "(edited)", "H-1001", "→ Sara: 2 new messages"),
        *("── Sara's phone", "H-1001", "Anna"),
        *("14:30: the reminder a day before.", "تذكير", "H-1001", "→ Anna: 1 new message"),
        *("── Anna's phone", "Erinnerung", "H-1001", "07:30: the office's morning digest."),
        *("12:30: the reminder two hours before.", "Erinnerung", "→ Sara: 1 new message"),
        *(
            "16:30: the appointment is over.",
            "Hat der Termin stattgefunden?",
            "→ Sara: 2 new messages",
        ),
    )
    assert not set(shown) & set("\u200e\u200f\u2066\u2067\u2068\u2069")


def test_in_german_with_wrong_turns_faults_and_two_kills(tmp_path: Path) -> None:
    shown = play(
        tmp_path,
        *(":to jonas", ":frobnicate", "9", ":to nobody", "1"),
        *("99", ":tap Deutsch", "1", "1", "1", "Halberstadt"),  # agreed, doctor
        *(":kill", "2"),  # tomorrow: the question is still open
        *(":fault down", "9:00", ":kill", ":fault up"),  # the time arrives at the second bot
        *("3", ":fault 500", "1"),  # no matter who; sent, at the second attempt
        *(":to koordination", "1"),  # the office looks at a first request
        *(":to sophie", ":fault", ":clock soon", "1"),
        *(":to jonas", ":kill", ":clock tomorrow 8:00"),
        *(":block", "Hallo?", ":unblock", ":tap Nirgends", ":say 7", ":who"),
        *(":to olena", ":quit", "this is never read"),
    )
    assert_reads(
        shown,
        "There is no command :frobnicate.",
        "No button 9 here, only 1.",
        *("Whose phone? Frau Krause, Anna,", "Deutsch", "No button 99 here, 1 to 10."),
        *("An welchem Tag", "cut off in mid-work", "(taps Morgen, ", "Um wie viel Uhr?"),
        *("The messenger is away.", "Jonas › 9:00", "is down: what is said waits", "cut off"),
        *("The messenger is back.", "Ist das richtig?", "09:00", "[1] ✅ Senden"),
        *("will fail once", "(taps ✅ Senden)", "H-1001", "→ Koordination: 2 new messages"),
        *("Ehrenamtliche fragen", "→ Anna: 1 new message", "→ Sophie: 1"),
        *("── Sophie's phone", "Können Sie helfen?", "Say which: :fault 429", "Say when: :clock"),
        *("Danke! Sie übernehmen H-1001", "→ Jonas: 2 new messages"),
        *("── Jonas's phone", "Sophie kommt mit", "cut off in mid-work"),
        *("08:00.", " 19:00", "Erinnerung: H-1001", "→ Sophie: 1 new message"),
        *("The bot is blocked.", "Jonas blocked the bot", "let in again", "no button 'Nirgends'"),
        *("Was möchten Sie tun?", "Sophie       volunteer", "(1 new message)", "› Jonas"),
        *("── Olena's phone", "H-1001 ist nicht mehr offen", "Olena › :quit"),
    )
    assert "never read" not in shown


@contextmanager
def terminal(folder: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """A real terminal with the demo in it: the human's end, and the process."""
    human, theirs = pty.openpty()
    process = subprocess.Popen(
        TERMINAL,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TMPDIR": str(folder)},
    )
    os.close(theirs)
    try:
        yield human, process
    finally:
        process.kill()
        process.wait()
        os.close(human)


def read_until(human: int, word: str) -> str:
    """What the terminal shows from now on, up to a word."""
    shown = b""
    while word.encode() not in shown:
        readable, _, _ = select.select([human], [], [], 20)
        assert readable, f"{word!r} does not come after:\n{shown.decode()}"
        shown += os.read(human, 4096)
    return shown.decode()


def as_another_program(port: int, path: str, **body: object) -> Any:
    """A call of the control endpoint."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    method = "POST" if body else "GET"
    there.request(method, f"/control{path}", json.dumps(body), {"Content-Type": "application/json"})
    answer = json.load(there.getresponse())
    there.close()
    return answer


def test_in_a_real_terminal_news_come_while_nobody_types(tmp_path: Path) -> None:
    with terminal(tmp_path) as (human, process):
        found = re.search(r"127\.0\.0\.1:(\d+)/control", read_until(human, "Sara › "))
        assert found
        port = int(found[1])
        ids = {
            one["first_name"]: one["id"] for one in as_another_program(port, "/people")["people"]
        }
        os.write(human, b":to emily\n1\n")
        read_until(human, "Emily › ")  # after :to
        assert "English" in read_until(human, "Emily › ")
        as_another_program(port, f"/chats/{ids['Jonas']}/say", text="/start")
        read_until(human, "→ Jonas: 1 new message")
        as_another_program(port, f"/chats/{ids['Emily']}/tap", label="English")
        assert "free" in read_until(human, "[1] ✅ I agree")
        process.send_signal(signal.SIGINT)
        read_until(human, "Stopped.")
        assert process.wait(timeout=20) == 0
        assert list(tmp_path.iterdir()) == []


NOW = datetime(2026, 11, 23, 9, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("wanted", "moment"),
    [
        ("+1h", "2026-11-23 10:00:30"),
        ("+ 30M", "2026-11-23 09:30:30"),
        ("+2d", "2026-11-25 09:00:30"),
        ("14:30", "2026-11-23 14:30:00"),
        ("8:00", "2026-11-24 08:00:00"),
        ("tomorrow 8:00", "2026-11-24 08:00:00"),
        ("Tomorrow 14:30", "2026-11-24 14:30:00"),
        ("24.12.2026 9:00", "2026-12-24 09:00:00"),
        ("24.12.2020 9:00", "2020-12-24 09:00:00"),
    ],
)
def test_the_clock_understands(wanted: str, moment: str) -> None:
    read = read_moment(wanted, NOW)
    assert read is not None
    assert f"{read:%Y-%m-%d %H:%M:%S}" == moment


@pytest.mark.parametrize("wanted", ["soon", "25:00", "31.2.2027 9:00", "+1", "-1h", "tomorrow"])
def test_the_clock_does_not_guess(wanted: str) -> None:
    assert read_moment(wanted, NOW) is None
