"""Start-up time and idle memory: ``lotse run`` against a plain PTB application."""

import base64
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.harness import ROOT, Bench, Figures, Goal, Row, ratio, shown

TOKEN = "123456789:BENCH-token-of-the-benchmarks-000001"
_LOTSE = [sys.executable, "-c", "from bot.cli import main; main()", "run"]
_IDLE = 2.0  # seconds until it has come to rest
_PATIENCE = 60.0


def measure(bench: Bench) -> Iterator[Row]:
    home = Path(tempfile.mkdtemp(dir=bench.folder))
    settings = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": bench.server,
        "ENCRYPTION_KEY": base64.urlsafe_b64encode(bytes(32)).decode(),
        "DATABASE_URL": f"sqlite:///{home / 'lotse.db'}",
    }
    plain = [sys.executable, "-m", "benchmarks.plain", bench.server]
    first = _started(bench, _LOTSE, home, settings)  # makes the schema, and warms the disk for both
    _started(bench, plain, ROOT, {})
    ours: list[Figures] = []
    theirs: list[Figures] = []
    for _ in range(bench.rounds):
        ours.append(_started(bench, _LOTSE, home, settings))
        theirs.append(_started(bench, plain, ROOT, {}))
    yield ratio(
        "Start-up: process start until the first poll, against plain PTB",
        ours,
        theirs,
        "start_s",
        Goal(most=2),
    )
    yield ratio("Idle memory (RSS), against plain PTB", ours, theirs, "rss_MB", Goal(most=2))
    yield ratio("– CPU of the start", ours, theirs, "cpu_s")
    yield Row("– the very first start, which makes the schema", shown("start_s", [first]))


def _started(
    bench: Bench, command: Sequence[str], folder: Path, settings: dict[str, str]
) -> Figures:
    """Start it, wait for its first poll, look at it at rest, stop it."""
    _journal(bench)
    began = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **settings}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        moment = _first_poll(bench, process, began)
        cpu = _cpu(process.pid)
        time.sleep(_IDLE)
        return {"start_s": moment - began, "rss_MB": _rss(process.pid), "cpu_s": cpu}
    finally:
        process.terminate()
        process.wait()


def _first_poll(bench: Bench, process: "subprocess.Popen[bytes]", began: float) -> float:
    while time.perf_counter() < began + _PATIENCE:
        if process.poll() is not None:
            raise RuntimeError(
                f"it ended with {process.returncode} instead of starting: {process.args}"
            )
        moment = _journal(bench).get("getUpdates")
        if moment is not None:
            return moment
        time.sleep(0.02)
    raise RuntimeError(f"it did not start: {process.args}")


def _journal(bench: Bench) -> dict[str, float]:
    with urllib.request.urlopen(f"{bench.server}/journal") as answer:
        return json.load(answer)["result"]["first"]


def _rss(pid: int) -> float:
    """MB of physical memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def _cpu(pid: int) -> float:
    """CPU seconds so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
