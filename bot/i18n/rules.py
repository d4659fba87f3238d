"""What a translation has to keep: each rule yields a sentence for the translator who broke it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from bot.i18n import bidi
from bot.i18n.extract import Source
from bot.i18n.plurals import numbers_of
from bot.i18n.templates import names_in

#: Characters on a button: what small phones show in full, and what is refused.
LABEL_GOOD: Final = 24
LABEL_LONGEST: Final = 30

_tag = re.compile(r"</?b>")
_foreign_tag = re.compile(r"</?[a-zA-Z][^>]*>|&(?:\w+|#\d+);")
_placeholder = re.compile(r"\{\w*\}")
_word = re.compile(r"[^\W\d_]+")

#: Words a reader would be addressed with informally. Everybody is addressed formally.
_INFORMAL: Final = {
    "de": r"du|dich|dir|dein\w*|euch|euer|eure\w*",
    "tr": r"sen|seni|sana|senin|sende|senden|seninle",
    "fa": r"تو",
    "prs": r"تو",
    "ckb": r"تۆ",
    "uk": r"ти|тебе|тобі|тобою|твій|твоя|твоє|твої|твого|твоєї|твоїх|твою|твоєму|твоїм",
}

#: What the terminology rules out, and what to write instead.
_RULED_OUT: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "fa": (
        (r"\bقطع\b", "قطع is to break off; cancel is لغو"),
        ("[يك]", "Persian letters: ی and ک"),
    ),
    "prs": (
        (r"\bقطع\b", "قطع is to break off; cancel is لغو"),
        ("[يك]", "Persian letters: ی and ک"),
        ("بیمارستان", "Dari: شفاخانه"),
        ("داروخانه", "Dari: دواخانه"),
        ("مهدکودک", "Dari: کودکستان"),
        ("دوره زبان", "Dari: کورس زبان"),
    ),
    "ckb": (("[يك]", "Sorani letters: ی and ک"),),
    "kmr": (("(?i)qutb[ûu]n", "Qutbûn is to break off; cancel is Betalkirin"),),
    "uk": (("[ыэёъЫЭЁЪ]", "these letters are Russian"),),
}

#: The script a language is written in, as Unicode names its letters.
_SCRIPT: Final = {
    "ar": "ARABIC",
    "fa": "ARABIC",
    "prs": "ARABIC",
    "ckb": "ARABIC",
    "ps": "ARABIC",
    "uk": "CYRILLIC",
    "ru": "CYRILLIC",
    "ti": "ETHIOPIC",
}


def source_faults(source: Source) -> Iterator[str]:
    """What is wrong with the English text itself."""
    expected: set[str] = set()
    for text in (source.msgid, source.many):
        if text is None:
            continue
        try:
            expected |= set(names_in(text))
        except ValueError as error:
            yield str(error)
            return
        yield from _characters(text)
        yield from _tags(text)
        if text != text.strip():
            yield "begins or ends with white space"
        if source.button:
            yield from _too_long(text)
    if source.many is not None:
        yield from _same_names(expected, source.msgid, counted_alone=True)
        yield from _same_names(expected, source.many, counted_alone=False)


def translation_faults(
    source: Source, forms: Sequence[str], language: str, header: str
) -> Iterator[str]:
    """What is wrong with a translation of *source*; an empty form is the caller's business."""
    expected = set(names_in(source.msgid)) | set(names_in(source.many or ""))
    plural = source.many is not None
    for number, form in enumerate(forms):
        if not form:
            continue
        try:
            names_in(form)
        except ValueError as error:
            yield str(error)
            continue
        counted_alone = plural and len(numbers_of(header)[number]) <= 1
        yield from _same_names(expected, form, counted_alone=counted_alone)
        english = source.msgid if source.many is None or counted_alone else source.many
        yield from _like_english(english, form)
        yield from _characters(form)
        yield from _tags(form)
        yield from _language(english, form, language)
        if source.button:
            yield from _too_long(form)


def ruled_out(form: str, language: str) -> Iterator[str]:
    """The advice for every expression in *form* that the language's terminology rules out."""
    for pattern, advice in _RULED_OUT.get(language, ()):
        if re.search(pattern, form):
            yield advice


def has_words(text: str) -> bool:
    """Whether anything in *text* is there to be translated."""
    return bool(_word.search(_placeholder.sub("", _tag.sub("", text))))


def label_length(label: str) -> int:
    """The characters of a label that take room: no tags, no values, no marks on letters."""
    bare = _placeholder.sub("", _tag.sub("", label))
    return sum(unicodedata.category(character)[0] not in "MC" for character in bare)


def _same_names(expected: set[str], form: str, *, counted_alone: bool) -> Iterator[str]:
    """*counted_alone*: the form stands for one number only, so it may say it as a word."""
    missing = expected - set(names_in(form)) - ({"n"} if counted_alone else set())
    unknown = set(names_in(form)) - expected
    if missing:
        yield f"lacks {_braced(missing)}"
    if unknown:
        yield f"unknown {_braced(unknown)}"


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _like_english(english: str, form: str) -> Iterator[str]:
    if len(_tag.findall(english)) != len(_tag.findall(form)):
        yield "other <b> tags than the English text"
    if english.count("\n") != form.count("\n"):
        yield "another number of lines than the English text"
    if form != form.strip():
        yield "begins or ends with white space"


def _tags(text: str) -> Iterator[str]:
    opened = False
    for tag in _tag.findall(text):
        if opened is (tag == "<b>"):
            yield "<b> and </b> do not take turns"
            return
        opened = tag == "<b>"
    if opened:
        yield "<b> is not closed"
    for tag in _foreign_tag.findall(_tag.sub("", text)):
        yield f"{tag} is not allowed: only <b> and </b>, and & is written as it is"


def _characters(text: str) -> Iterator[str]:
    for character in sorted(set(text)):
        kind = unicodedata.category(character)
        if character in bidi.CONTROLS:
            yield f"direction character U+{ord(character):04X}: these are added when it is sent"
        elif kind == "Cc" and character != "\n":
            yield f"control character U+{ord(character):04X}"
        elif kind == "Nd" and not character.isascii():
            yield f"digit {character}: digits are written 0-9, as on German letters"


def _language(english: str, form: str, language: str) -> Iterator[str]:
    informal = _INFORMAL.get(language)
    if informal and (match := re.search(rf"(?i)\b(?:{informal})\b", form)):
        yield f"informal address: {match.group()}"
    yield from ruled_out(form, language)
    letters = "".join(_word.findall(_placeholder.sub("", _tag.sub("", form))))
    if not has_words(english):
        return
    script = _SCRIPT.get(language)
    if script and letters and not any(_script(letter) == script for letter in letters):
        yield f"no word of it is in {script.capitalize()} letters"
    if form == english and len(_word.findall(_placeholder.sub("", form))) > 2:
        yield "still the English text"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _too_long(label: str) -> Iterator[str]:
    if (length := label_length(label)) > LABEL_LONGEST:
        yield f"{length} characters on a button, at most {LABEL_LONGEST}"
