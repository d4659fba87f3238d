"""The translations, read once at start from ``locales/<code>/LC_MESSAGES/messages.po``.

The ``.po`` files are read as they are: nothing is compiled and no second file can be stale.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from bot.i18n.languages import LANGUAGES, SOURCE, entry
from bot.i18n.plurals import PluralRule, numbers_of, plural_rule
from bot.i18n.pofile import PoEntry, read

LOCALES: Final = Path(__file__).parents[2] / "locales"

logger = logging.getLogger(__name__)

OnMissing = Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translated texts of one language: all forms by msgid, and which form a number takes."""

    texts: Mapping[str, tuple[str, ...]]
    plural: PluralRule


class Found(NamedTuple):
    """A text and the language it was found in, which decides the direction of its lines."""

    text: str
    language: str


class MissingLog:
    """Logs each missing translation once; the msgid is a text of ours, so it may be logged."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def __call__(self, language: str, msgid: str) -> None:
        if (language, msgid) not in self._told:
            self._told.add((language, msgid))
            logger.warning("no translation into %s: %r", language, msgid)


class Catalogues:
    """All translations.

    ``offered`` are the languages a person can choose to read, in the table's order. ``on_missing``
    hears of each text that was not found in the reader's language (or the language it is based on).
    """

    def __init__(
        self, catalogues: Mapping[str, Catalogue], on_missing: OnMissing | None = None
    ) -> None:
        self._catalogues = catalogues
        self.on_missing: OnMissing = on_missing or MissingLog()
        self.offered: tuple[str, ...] = tuple(
            code for code in LANGUAGES if code == SOURCE or _complete(code, catalogues)
        )

    @classmethod
    def load(cls, directory: Path = LOCALES, on_missing: OnMissing | None = None) -> "Catalogues":
        """Read every catalogue below *directory*. Raises ``PoError`` for one that can't be read."""
        return cls(
            {
                code: load_catalogue(path)
                for code in LANGUAGES
                if code != SOURCE and (path := catalogue_path(directory, code)).exists()
            },
            on_missing,
        )

    def find(
        self, language: str | None, msgid: str, many: str | None = None, n: int | None = None
    ) -> Found:
        """The text for a reader of *language*; for a count, its form for *n*.

        A missing text comes from the language's fallback chain, at its end from the English source.
        """
        reader = entry(language)
        if msgid and reader.code != SOURCE:
            for code in (reader.code, *reader.fallback):
                catalogue = self._catalogues.get(code)
                forms = catalogue.texts.get(msgid) if catalogue else None
                if catalogue and forms and (many is None) is (len(forms) == 1):
                    if code not in {reader.code, reader.base}:
                        self.on_missing(reader.code, msgid)
                    form = 0 if many is None else catalogue.plural(_number(n))
                    return Found(forms[form], code)
            self.on_missing(reader.code, msgid)
        return Found(msgid if many is None or abs(_number(n)) == 1 else many, SOURCE)

    def msgids(self, language: str) -> Iterable[str]:
        """Everything that is translated into *language* itself."""
        catalogue = self._catalogues.get(language)
        return catalogue.texts.keys() if catalogue else ()


def catalogue_path(directory: Path, code: str) -> Path:
    return directory / code / "LC_MESSAGES" / "messages.po"


def load_catalogue(path: Path) -> Catalogue:
    """One catalogue: complete translations only (a text with one form missing is untranslated)."""
    po = read(path)
    numbers = numbers_of(po.plural_forms)
    texts = {item.msgid: item.forms for item in po.entries if _usable(item, numbers)}
    return Catalogue(texts, plural_rule(po.plural_forms))


def _usable(item: PoEntry, numbers: Sequence[frozenset[int]]) -> bool:
    """Translated, of a plural in every form that whole numbers take."""
    if item.many is None:
        return bool(item.forms[0]) and not item.fuzzy
    forms = zip(item.forms, numbers, strict=True)
    return not item.fuzzy and all(form or not taken for form, taken in forms)


def _complete(code: str, catalogues: Mapping[str, Catalogue]) -> bool:
    base = LANGUAGES[code].base
    return code in catalogues and (base is None or base in catalogues)


def _number(n: int | None) -> int:
    if n is None:
        raise ValueError("a text with plural forms needs its number")
    return n
