"""What somebody typed and what stands on a button, made comparable.

People type a label without its emoji, without marks, with another keyboard's letters and digits.
Both sides go through the same function, so it may fold more than a dictionary would.
"""

import unicodedata
from typing import Final

_FOLDED: Final = str.maketrans(
    {
        # Turkish and Kurdish write i and ı; phones set to other languages have one of them only.
        "ı": "i",
        # Persian, Sorani and Arabic keyboards: one letter, several code points or near letters.
        "ي": "ی",
        "ى": "ی",
        "ې": "ی",
        "ێ": "ی",
        "ك": "ک",
        "ة": "ه",
        "ە": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ڕ": "ر",
        "ڵ": "ل",
        "ۆ": "و",
        "ٱ": "ا",
        "\u0640": None,  # tatweel only stretches a word
        # Apostrophes (Ukrainian words hold them), and what joins or parts letters unseen.
        "'": None,
        "’": None,
        "‘": None,
        "`": None,
        "´": None,
        "\u02bc": None,
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
    }
)


def normalise(typed: str) -> str:
    """*typed* as its bare letters and ASCII digits, words parted by one blank.

    Accents and vowel marks go too. Something without any letter or digit (an emoji) stays itself.
    """
    folded = unicodedata.normalize("NFKD", typed).casefold()
    parts = unicodedata.normalize("NFKD", folded).translate(_FOLDED)
    bare = "".join([_kept(character) for character in parts])
    return " ".join(bare.split()) or "".join(parts.replace("\ufe0f", "").split())


def ascii_digits(typed: str) -> str:
    """*typed* with Arabic (٠-٩), Persian (۰-۹) and any other decimal digits as 0-9."""
    return "".join([_digit(character) for character in typed])


def _kept(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind[0] in "LN":
        return character
    return "" if kind[0] == "M" or kind == "Cf" else " "


def _digit(character: str) -> str:
    if character.isascii() or unicodedata.category(character) != "Nd":
        return character
    return str(unicodedata.decimal(character))
