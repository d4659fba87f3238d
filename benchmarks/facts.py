"""What the figures depend on: the machine and the versions."""

import os
import platform
import sqlite3
import sys
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

_LIBRARIES = (
    "python-telegram-bot",
    "httpx",
    "aiohttp",
    "aiosqlite",
    "psycopg",
    "apscheduler",
    "cryptography",
    "babel",
)


def facts(folder: Path, postgres: str | None) -> dict[str, str]:
    """Name -> value, in the order in which they are shown."""
    found = {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "System": f"{platform.system()} {platform.release()}",
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "Libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
        "SQLite": sqlite3.sqlite_version,
    }
    if postgres is not None:
        found["PostgreSQL"] = _postgres_version(postgres)
    load, _, _ = os.getloadavg()
    return found | {
        "fsync of 4 kB": f"{1e3 * _fsync(folder):.2f} ms (an ordinary disk: 1 to 10 ms)",
        "Load at the start": f"{load:.1f}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or sys.platform
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def _postgres_version(url: str) -> str:
    import psycopg

    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return "" if row is None else str(row[0])


def _fsync(folder: Path, times: int = 200) -> float:
    """Seconds, the median."""
    took: list[float] = []
    with (folder / "fsync").open("wb") as file:
        for _ in range(times):
            file.write(bytes(4096))
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return median(took)
