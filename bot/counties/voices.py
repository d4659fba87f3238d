"""Recordings that are played to people: those of a county, and those of the project.

A recording is a file ``<what>.<language>.ogg`` (OGG Opus, what a messenger plays as a voice note):
``notice.ar.ogg`` reads out the notice and asks for the agreement, ``language.ar.ogg`` says which
button to tap for that language.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.counties.shape import LANGUAGES
from bot.domain.county import Recording

#: The project's own, by a computer's voice (``make voices``).
BUNDLED: Final = Path(__file__).parents[1] / "voices"
WHATS: Final = ("notice", "language")
SUFFIX: Final = ".ogg"
#: Bytes; what is larger the messenger shows as a file, not as a voice note.
LARGEST: Final = 1_000_000


def name_of(what: str, language: str) -> str:
    return f"{what}.{language}"


def found(folder: Path, *, computer: bool = False) -> dict[str, Recording]:
    """The recordings in *folder* by their names; empty if there is none."""
    names = (name_of(what, language) for what in WHATS for language in LANGUAGES)
    return {
        name: Recording(path, computer)
        for name in names
        if (path := folder / f"{name}{SUFFIX}").is_file()
    }


def faults(folder: Path) -> Iterator[str]:
    """What is wrong with a county's own recordings, a line for each file."""
    if not folder.is_dir():
        yield f"no such folder: {folder}. Make it beside this file, or leave this out"
        return
    names = {f"{name_of(what, language)}{SUFFIX}" for what in WHATS for language in LANGUAGES}
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    if not files:
        yield f"{folder} is empty: put notice.ar{SUFFIX} there, or leave this out"
    for path in files:
        if path.name not in names:
            yield f"{path.name}: call it like notice.ar{SUFFIX} or language.ar{SUFFIX}"
        elif path.stat().st_size > LARGEST:
            yield f"{path.name} is larger than 1 MB: record less, or at a lower bit rate"
        elif not is_opus(path):
            yield f"{path.name} is not OGG Opus: ffmpeg -i IN -ac 1 -c:a libopus {path.name}"


def is_opus(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(64)
    return head.startswith(b"OggS") and b"OpusHead" in head
