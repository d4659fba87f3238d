"""A folder that keeps the world: one JSON file, replaced as a whole, and the files people sent."""

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from simulator.json_types import JsonObject
from simulator.keeping import dump, load
from simulator.server import BotApiServer

_FORMAT: Final = 1
_SECONDS: Final = 0.3


class CannotContinue(Exception):
    """What is in the folder can't be read."""


class Keeper:
    """`more()` gives what else shall be kept, beside the world."""

    def __init__(self, server: BotApiServer, folder: Path, more: Callable[[], JsonObject]) -> None:
        self._server = server
        self._folder = folder
        self._more = more
        self._changed = False
        self._written: set[str] = set()
        server.events.listen(self._happened)

    async def run(self) -> None:
        """Until cancelled: soon after each change the file is right."""
        while True:
            await asyncio.sleep(_SECONDS)
            if self._changed:
                self.save(clean=False)

    def save(self, *, clean: bool) -> None:
        """`clean`: nothing happens any more afterwards."""
        self._changed = False
        for file in self._server.world.files.all():
            if file.path not in self._written:
                _replace(self._folder / "files" / file.path, file.data)
                self._written.add(file.path)
        kept = {
            "format": _FORMAT,
            "clean": clean,
            "world": dump(self._server),
            **self._more(),
        }
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        _replace(self._folder / "world.json", text.encode())

    def _happened(self, _: JsonObject) -> None:
        self._changed = True


def found(folder: Path) -> JsonObject | None:
    """What an earlier run has left; None in a fresh folder, which is made.

    Raises CannotContinue.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "world.json"
    if not path.exists():
        return None
    try:
        kept: JsonObject = json.loads(path.read_bytes())
    except ValueError as problem:
        raise CannotContinue(f"{path} can't be read: {problem}") from problem
    if kept.get("format") != _FORMAT:
        raise CannotContinue(f"{path} was written by another version")
    return kept


def go_on(server: BotApiServer, kept: JsonObject, folder: Path) -> None:
    """Puts what was found into a fresh server. Raises CannotContinue."""

    def data_of(path: str) -> bytes:
        return (folder / "files" / path).read_bytes()

    try:
        load(server, kept["world"], data_of, clean=bool(kept["clean"]))
    except (KeyError, TypeError, ValueError, OSError) as problem:
        raise CannotContinue(f"{folder}: {type(problem).__name__}: {problem}") from problem


def _replace(path: Path, data: bytes) -> None:
    """All of it or nothing is there, whenever the process ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
