"""Which plural form a number takes, by the ``Plural-Forms`` header of a catalogue."""

import gettext
from functools import cache
from typing import Final, Protocol, cast

from babel import Locale
from babel.plural import to_gettext

from bot.i18n.languages import LANGUAGES

#: Every rule of our languages repeats itself well below this number.
_TRIED: Final = 1000


class PluralRule(Protocol):
    """The index of the form for *n* (0 or more)."""

    def __call__(self, n: int, /) -> int: ...


def plural_forms(language: str) -> str:
    """The ``Plural-Forms`` header in CLDR's order.

    Babel's own table has Arabic in another order (index 4 = 100-102), which no translator expects.
    """
    header = to_gettext(Locale.parse(LANGUAGES[language].cldr).plural_form)
    return header if header.endswith(";") else f"{header};"


def form_count(header: str) -> int:
    """How many forms a header promises."""
    return int(header.partition("nplurals=")[2].partition(";")[0])


def plural_rule(header: str) -> PluralRule:
    """The rule of a header. gettext parses the expression; nothing of it is executed as Python."""
    _, _, expression = header.partition("plural=")
    return cast(PluralRule, gettext.c2py(expression.strip().rstrip(";")))


@cache
def numbers_of(header: str) -> tuple[frozenset[int], ...]:
    """For each form the whole numbers up to 1000 that take it; Ukrainian's last is for fractions.

    Raises ``ValueError`` for a header that makes no sense.
    """
    numbers: list[set[int]] = [set() for _ in range(form_count(header))]
    try:
        rule = plural_rule(header)
        for n in range(_TRIED + 1):
            numbers[rule(n)].add(n)
    except (IndexError, ArithmeticError) as error:
        raise ValueError(f"Plural-Forms: {error}") from error
    return tuple(frozenset(taken) for taken in numbers)
