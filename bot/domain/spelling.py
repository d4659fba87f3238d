"""How a German place name is spelt, and how it sounds when somebody writes it by ear.

:func:`letters` makes spellings equal that differ in case, signs and accents only. :func:`sound`
writes a name of any script down in one rough phonetic alphabet (``S`` is sch, ``c`` is z, ``x`` is
ch), in which :func:`sound_distance` compares Halberstadt with هالبرشتات and Гальберштадт.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import product
from typing import Final

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "ı": "i"})
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_TWO_FOR_ONE: Final = re.compile(r"([aou])e")


def words(written: str) -> list[str]:
    """The words and the numbers (ASCII digits) of *written*, in lower case, umlauts kept."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", written).casefold())
    return _WORD.findall("".join([_seen(sign) for sign in plain]))


def letters(word: str) -> str:
    """The bare letters of a word, umlauts as two: ``Groß-Quenstedt`` is ``grossquenstedt``."""
    parts = unicodedata.normalize("NFKD", word.casefold().translate(_UMLAUTS))
    return "".join([sign for sign in parts if sign.isalpha()])


def without_umlauts(bare: str) -> str:
    """``hüttenrode``, ``huettenrode`` and ``huttenrode`` are one, from :func:`letters`."""
    return _TWO_FOR_ONE.sub(r"\1", bare)


def _seen(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind[0] == "L":
        return sign
    # Marks and what is unseen stand inside words, so do the apostrophes of Ukrainian.
    return "" if kind[0] == "M" or kind == "Cf" or sign in "'’ʼ`ـ" else " "


# --- typing errors --------------------------------------------------------------------------------


def letter_bits(bare: str) -> int:
    """Which letters a word has, as bits: each typing error changes two at most."""
    bits = 0
    for sign in bare:
        bits |= 1 << (ord(sign) & 31)
    return bits


def typing_errors(one: str, other: str, most: int) -> int | None:
    """Letters wrong, missing, too many or swapped between the two; None if more than *most*.

    The optimal string alignment distance (restricted Damerau-Levenshtein).
    """
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, start=1):
        above, before, row = before, row, [i]
        for j, another in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != another))
            if i > 1 < j and sign == other[j - 2] and one[i - 2] == another:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


# --- sounds ---------------------------------------------------------------------------------------

#: Letters after decomposition without marks: no آ, ї, й or ё. Short Arabic vowels are not written.
_OTHER_SCRIPTS: Final = str.maketrans(
    {
        **dict(zip("بپتثجحخدذرڕزسشصضطظ", "bpttghxddrrzsSsdtz", strict=True)),
        **dict(zip("عغفڤقكکگلڵمنهھ", "agfvkkkgllmnhh", strict=True)),
        **dict(zip("ايیىێېةەوۆ", "aiiieeeeoo", strict=True)),
        **dict(zip("абвгґдезиіклмнопрстуфхцшщжыэє", "abvggdeziiklmnoprstufxcSSSiee", strict=True)),
        "چ": "tS",
        "ژ": "S",
        "ء": "",
        "ч": "tS",
        "ь": "",
        "ъ": "",
        "ю": "iu",
        "я": "ia",
    }
)
_LATIN: Final = re.compile("[a-zß\u00c0-\u024f]+")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")

#: Latin letters as German reads them, one rule after the other.
_READ_ALOUD: Final = tuple(
    (re.compile(spelt), sound)
    for spelt, sound in (
        ("tsch|ç", "tS"),
        ("sch|sh|ş|š|s(?=[tp])", "S"),
        ("ß|ss", "s"),
        ("qu", "kw"),
        ("chs|x", "ks"),
        ("ch", "x"),
        ("ck|q|c", "k"),
        ("t?z|ž", "c"),
        ("ph|v", "f"),
        ("w", "v"),
        ("th", "t"),
        ("ei|ey|ay", "ai"),
        ("aeu|äu|eu", "oi"),
        ("ä|ae", "e"),
        ("ö|oe", "o"),
        ("ü|ue", "u"),
        ("ie|y|j", "i"),
        ("(?<=[aeiou])h(?![aeiou])", ""),
    )
)
_DOUBLED: Final = re.compile(r"(.)\1+")

_VOWELS: Final = "aeiou"
_CONSONANTS: Final = "bpfvtdkghxSszclmnr"
#: A whole fault is 10. Scripts and ears differ in vowels most, then in the consonants of a row.
_FAULT: Final = 10
_NEAR_FAULT: Final = 3
_VOWEL_FAULT: Final = 2
_ALIKE: Final = ("bp", "fv", "td", "kghx", "Sszc", "vou")

#: One bit for each group of consonants that is neither left out nor taken for another: see `far`.
_BITS: Final = {
    sign: 1 << number
    for number, group in enumerate(("bp", "td", "Sszc", "l", "m", "n", "r"))
    for sign in group
}


def _costs() -> dict[str, dict[str, int]]:
    signs = _VOWELS + _CONSONANTS
    costs = {one: dict.fromkeys(signs, _FAULT) for one in signs}
    for group in _ALIKE:
        for one, other in product(group, group):
            costs[one][other] = _NEAR_FAULT
    for one, other in product(_VOWELS, _VOWELS):
        costs[one][other] = _VOWEL_FAULT
    for one in signs:
        costs[one][one] = 0
    return costs


_SUBSTITUTED: Final = _costs()
_LEFT_OUT: Final = {
    **dict.fromkeys(_CONSONANTS, _FAULT),
    **dict.fromkeys(_VOWELS, _VOWEL_FAULT),
    "h": _NEAR_FAULT,
}


def sound(parts: Iterable[str]) -> str:
    """How the words sound, spoken as one; empty if none of their letters is known."""
    return "".join([_sound_of(part) for part in parts])


def _sound_of(word: str) -> str:
    arabic = bool(_ARABIC.search(word))
    if arabic:
        sounding = _read_arabic(word)
    elif _LATIN.fullmatch(word):
        sounding = _read_aloud(word)
    else:
        sounding = _bare(word).translate(_OTHER_SCRIPTS)
    known = "".join([sign for sign in sounding if sign in _SUBSTITUTED])
    known = known.replace("ts", "c").replace("dt", "t")
    # Arabic writes no double letters: between two alike there is a vowel, unwritten.
    return known if arabic else _DOUBLED.sub(r"\1", known)


def _read_arabic(word: str) -> str:
    bare = _bare(word)
    bare = re.sub("^ا(?=[ويی])", "", bare)  # carries the vowel that follows
    if word[0] == "و":  # a consonant here, a vowel elsewhere
        bare = "ڤ" + bare[1:]
    bare = re.sub("ه$", "ە", bare)  # the final -e of Persian
    return bare.translate(_OTHER_SCRIPTS)


def _read_aloud(word: str) -> str:
    for spelt, sounding in _READ_ALOUD:
        word = spelt.sub(sounding, word)
    return _bare(word)


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join([sign for sign in parts if not unicodedata.combining(sign)])


def consonants(sounding: str) -> int:
    """Which groups of consonants a sound has, as bits for :func:`far`."""
    bits = 0
    for sign in sounding:
        bits |= _BITS.get(sign, 0)
    return bits


def far(one: int, other: int, most: int) -> bool:
    """Do the consonants alone prove a distance above *most*? Each missing group is a fault."""
    missing = max((one & ~other).bit_count(), (other & ~one).bit_count())
    return missing * _FAULT > most


def sound_distance(one: str, other: str, most: int) -> int | None:
    """How different two sounds are, 10 for a wrong consonant, 2 for a vowel; None above *most*."""
    row = [0]
    for sign in other:
        row.append(row[-1] + _LEFT_OUT[sign])
    for sign in one:
        left_out = _LEFT_OUT[sign]
        substituted = _SUBSTITUTED[sign]
        before, row = row, [row[0] + left_out]
        for j, another in enumerate(other):
            row.append(
                min(
                    before[j + 1] + left_out,
                    row[j] + _LEFT_OUT[another],
                    before[j] + substituted[another],
                )
            )
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
