"""``make voices``: what is read aloud, anew from the texts as the catalogues have them now.

For developers only: it needs espeak-ng and ffmpeg (``apt-get install espeak-ng ffmpeg``), the bot
needs neither. Beside the recordings lies ``manifest.json``: of which text each was made, as a hash,
so that a test notices when a text has changed.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.counties.voices import BUNDLED, SUFFIX, name_of
from bot.i18n.catalogues import Catalogues
from bot.i18n.templates import compiled
from handlers.common.kept import KEPT_DAYS
from handlers.common.voices import HOW_TO_AGREE, LANGUAGE, NOTICE, THIS_LANGUAGE
from handlers.requester.ask_for_help import FLOW

#: Who reads each language aloud: espeak-ng's name of the voice. Dari is read by the Persian one;
#: nobody there speaks Sorani.
READERS: Final[Mapping[str, str]] = {
    "de": "de",
    "en": "en-gb",
    "ar": "ar",
    "fa": "fa",
    "prs": "fa",
    "kmr": "ku",
    "tr": "tr",
    "uk": "uk",
}
MANIFEST: Final = "manifest.json"
#: Words a minute: slower than people speak, as nobody knows this voice.
_PACE: Final = 135
_BIT_RATE: Final = "16k"
#: Emoji and signs: they would be read out by their names.
_SIGNS: Final = re.compile(r"[^\w\s.,:;!?()'’‘“”\"«»/%+،؛؟۔\u200c-]")


def spoken(catalogues: Catalogues) -> dict[str, str]:
    """What each recording says, by its name."""
    said: dict[str, str] = {}
    for language in READERS:
        if language in catalogues.offered:
            said[name_of(NOTICE, language)] = _notice(catalogues, language)
            said[name_of(LANGUAGE, language)] = _words(catalogues, language, THIS_LANGUAGE)
    return said


def fingerprint(words: str, language: str) -> str:
    """Changes with the words, and with who reads them and how."""
    made_of = "\n".join([READERS[language], str(_PACE), _BIT_RATE, words])
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def manifest(said: Mapping[str, str]) -> dict[str, str]:
    return {name: fingerprint(words, name.partition(".")[2]) for name, words in said.items()}


def record(folder: Path = BUNDLED) -> None:
    """All of them; what is there and no longer made goes."""
    said = spoken(Catalogues.load())
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"*{SUFFIX}"):
        if old.name.removesuffix(SUFFIX) not in said:
            old.unlink()
    for name, words in said.items():
        _record(words, READERS[name.partition(".")[2]], folder / f"{name}{SUFFIX}")
    document = json.dumps(manifest(said), indent=2, sort_keys=True)
    (folder / MANIFEST).write_text(f"{document}\n", encoding="utf-8")


def _notice(catalogues: Catalogues, language: str) -> str:
    """As it stands on the screen, without the line with a county's phone number."""
    agree = next(ask for ask in FLOW.asks if ask.key == "agree")
    lines = catalogues.find(language, agree.question).text.splitlines()
    told = [line for line in lines if "{phone}" not in line]
    whole = "\n".join(told).replace("{days}", str(KEPT_DAYS))
    last = _words(catalogues, language, HOW_TO_AGREE)
    return f"{_plain(whole)}\n{last}"


def _words(catalogues: Catalogues, language: str, msgid: str) -> str:
    return _plain(catalogues.find(language, msgid).text)


def _plain(template: str) -> str:
    """Without tags and signs; each line is a sentence of its own."""
    lines = [
        " ".join(_SIGNS.sub(" ", line).split())
        for line in compiled(template, rtl=False).plain[0].splitlines()
    ]
    return "\n".join(line if line[-1] in ".!?؟" else f"{line}." for line in lines if line)


def _record(words: str, reader: str, path: Path) -> None:
    """By espeak-ng, then OGG Opus: mono, for speech. The same words always give the same file."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "said.wav"
        speak = ["espeak-ng", "-v", reader, "-s", str(_PACE), "-w", str(raw), "--stdin"]
        subprocess.run(speak, input=words.encode(), check=True)  # noqa: S603  (our own arguments)
        encode = ["ffmpeg", "-y", "-loglevel", "error", "-i", str(raw), "-ac", "1", "-ar", "24000"]
        encode += ["-c:a", "libopus", "-application", "voip", "-b:a", _BIT_RATE]
        encode += [
            "-map_metadata",
            "-1",
            "-fflags",
            "+bitexact",
            "-flags:a",
            "+bitexact",
            str(path),
        ]
        subprocess.run(encode, check=True)  # noqa: S603  (our own arguments)


if __name__ == "__main__":
    try:
        record()
    except FileNotFoundError as missing:
        sys.exit(f"{missing.filename} is not installed: apt-get install espeak-ng ffmpeg")
