"""Text of two directions in one line.

Telegram's HTML knows no direction, so control characters are the only tool: every inserted value is
isolated (U+2068 … U+2069), and a line says its direction by its first letter or by a mark. Controls
end at a line break, so they open and close within a line.
"""

import re
import unicodedata
from typing import Final

FSI: Final = "\u2068"
PDI: Final = "\u2069"
RLM: Final = "\u200f"
LRM: Final = "\u200e"

#: Characters that change the direction of what follows them.
CONTROLS: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_controls = re.compile(f"[{CONTROLS}]")
# Every control character but the line feed, byte order marks, interlinear annotation, and lone
# halves of surrogate pairs, which JSON can carry but UTF-8 can't.
_unwanted = re.compile(
    f"[{CONTROLS}\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_breaks = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_plain = re.compile(r"[ -~]*")
_letter = re.compile(r"[^\W\d_]")


def clean(words: str) -> str:
    """Somebody's own words without control characters; the line feed stays the only line break."""
    if _plain.fullmatch(words):
        return words.strip(" ")
    words = _breaks.sub("\n", words).replace("\t", " ")
    return _unwanted.sub("", words).strip()


def isolate(words: str, mark: str = "") -> str:
    """Each line of *words* (from :func:`clean`) isolated; *mark* opens every line but the first."""
    if "\n" not in words:
        return f"{FSI}{words}{PDI}"
    return f"\n{mark}".join(f"{FSI}{line}{PDI}" for line in words.split("\n"))


def without_controls(shown: str) -> str:
    """*shown* without direction characters: to compare it, or to print it where they disturb."""
    return _controls.sub("", shown)


def first_letter_rtl(line: str) -> bool | None:
    """Whether the first strong letter of *line* runs from right to left; None without one."""
    for match in _letter.finditer(line):
        kind = unicodedata.bidirectional(match.group())
        if kind in {"R", "AL"}:
            return True
        if kind == "L":
            return False
    return None
