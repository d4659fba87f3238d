"""The one table of languages.

To offer one more: a line here and ``python -m bot.i18n.catalogue update CODE``. A language is
offered for reading once it has a catalogue; every language here can be a spoken one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: The language of the msgids. It needs no catalogue and is the end of every fallback chain.
SOURCE: Final = "en"


@dataclass(frozen=True, slots=True)
class LanguageEntry:
    """One language.

    ``endonym`` is the name its readers know. ``cldr`` is Babel's name for it (plural rule, names of
    weekdays, joining of lists). ``fallback`` is asked in order for a text that is missing. ``base``
    names the language of which this one's catalogue only holds the differences: Dari is Persian
    with some other words.
    """

    code: str
    endonym: str
    cldr: str
    rtl: bool = False
    fallback: tuple[str, ...] = (SOURCE,)
    base: str | None = None
    solar_hijri: bool = False


_TABLE: tuple[LanguageEntry, ...] = (
    LanguageEntry("de", "Deutsch", "de"),
    LanguageEntry("en", "English", "en_GB", fallback=()),
    LanguageEntry("ar", "العربية", "ar", rtl=True),
    LanguageEntry("fa", "فارسی", "fa", rtl=True, solar_hijri=True),
    LanguageEntry(
        "prs", "دری", "fa_AF", rtl=True, fallback=("fa", SOURCE), base="fa", solar_hijri=True
    ),
    LanguageEntry("kmr", "Kurdî (Kurmancî)", "ku"),
    LanguageEntry("ckb", "کوردی (سۆرانی)", "ckb", rtl=True),
    LanguageEntry("tr", "Türkçe", "tr"),
    LanguageEntry("uk", "Українська", "uk"),
    # Spoken in the county, without a catalogue so far.
    LanguageEntry("ru", "Русский", "ru"),
    LanguageEntry("ps", "پښتو", "ps", rtl=True),
    LanguageEntry("so", "Soomaali", "so"),
    LanguageEntry("ti", "ትግርኛ", "ti"),
    LanguageEntry("fr", "Français", "fr"),
)

LANGUAGES: Final[Mapping[str, LanguageEntry]] = {entry.code: entry for entry in _TABLE}

#: How Telegram apps and other programs name languages of the table. ``ku`` says nothing about which
#: Kurdish; Kurmancî is the one written in the Latin letters a ``ku`` app shows.
_ALIASES: Final[Mapping[str, str]] = {"ku": "kmr", "fa-af": "prs"}


def entry(code: str | None) -> LanguageEntry:
    """The table's line for *code*; the source language for a code the table does not know."""
    return LANGUAGES.get(code or SOURCE, LANGUAGES[SOURCE])


def endonym(code: str) -> str:
    """The language's own name; the code itself where the table does not know it."""
    known = LANGUAGES.get(code)
    return known.endonym if known else code


def app_code(code: str) -> str | None:
    """The two letters by which apps name the language *code*; None where they have none."""
    if len(code) == 2:
        return code
    return next((tag for tag, ours in _ALIASES.items() if ours == code and len(tag) == 2), None)


#: Letters that tell languages of one script apart; the first found counts.
_OWN_LETTERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ڕڵۆێ", ("ckb",)),
    ("پچژگ", ("fa", "prs")),
    ("ةىيكضظط", ("ar",)),
    ("їєґіЇЄҐІ", ("uk",)),
    ("ğşıİĞŞ", ("tr", "kmr")),
    ("êîûÊÎÛ", ("kmr",)),
    ("äöüßÄÖÜ", ("de",)),
)
#: What a script alone points to: ranges of code points.
_SCRIPTS: Final[tuple[tuple[range, tuple[str, ...]], ...]] = (
    (range(0x0600, 0x0700), ("ar", "fa", "prs", "ckb")),
    (range(0x0400, 0x0500), ("uk",)),
)


def guess_by_script(written: str) -> tuple[str, ...]:
    """The languages that the letters of a few words point to, the likeliest first.

    A guess for the order of a list, never a choice: many write one language with the keyboard of
    another.
    """
    sample = written[:200]
    for letters, codes in _OWN_LETTERS:
        if any(letter in sample for letter in letters):
            return codes
    for points, codes in _SCRIPTS:
        if any(ord(letter) in points for letter in sample):
            return codes
    return ()


def guess(tag: str | None) -> str | None:
    """The language an IETF tag such as ``de-AT`` or ``fa-AF`` points to: a first guess, no more.

    Telegram sends the language of the app, which often is not the one its owner reads.
    """
    if not tag:
        return None
    tag = tag.replace("_", "-").lower()
    code = _ALIASES.get(tag) or tag.split("-", maxsplit=1)[0]
    code = _ALIASES.get(code, code)
    return code if code in LANGUAGES else None
