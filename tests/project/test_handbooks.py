"""The German handbooks quote what the bot says today: each „label“ and each /command is there."""

import re
from pathlib import Path

import pytest

from bot.i18n.pofile import read
from handlers.commands import COMMANDS

ROOT = Path(__file__).parents[2]
HANDBOOKS = sorted((ROOT / "docs").glob("handbuch-*.md"))
#: What a volunteer or a coordinator can carry with them.
LONGEST = {"handbuch-lotsen.md": 1450, "handbuch-koordination.md": 2800}  # words

_QUOTED = re.compile(r"„([^“]+)“")
_COMMAND = re.compile(r"(?<![\w./\])}])/([a-z]{3,})\b")
_PLACEHOLDER = re.compile(r"\\{\w+\\}")
_FORMS = [
    form
    for entry in read(ROOT / "locales/de/LC_MESSAGES/messages.po").entries
    for form in entry.forms
    if form
]


def _says_something(form: str) -> bool:
    """A text that is nothing but placeholders would stand for anything."""
    left = re.sub(r"\{\w+\}|</?b>", "", form)
    return any(each.isalpha() or ord(each) > 0x2100 for each in left)


_SAYS = re.compile(
    "|".join(_PLACEHOLDER.sub(r"\\S+", re.escape(form)) for form in _FORMS if _says_something(form))
)
_NAMES = {command.name for command in COMMANDS}


def _words(page: Path) -> str:
    return " ".join(page.read_text(encoding="utf-8").split())


def test_both_are_there() -> None:
    assert [page.name for page in HANDBOOKS] == sorted(LONGEST)


@pytest.mark.parametrize("page", HANDBOOKS, ids=lambda page: page.name)
def test_every_label_is_one_of_the_bot(page: Path) -> None:
    quoted = _QUOTED.findall(_words(page))
    labels = [one for one in quoted if not one.startswith("/")]
    assert len(labels) > 20
    assert [one for one in labels if not _SAYS.fullmatch(one)] == []


@pytest.mark.parametrize("page", HANDBOOKS, ids=lambda page: page.name)
def test_every_command_is_one_of_the_bot(page: Path) -> None:
    named = _COMMAND.findall(_words(page))
    assert named
    assert set(named) - _NAMES == set()


@pytest.mark.parametrize("page", HANDBOOKS, ids=lambda page: page.name)
def test_it_stays_short(page: Path) -> None:
    assert len(_words(page).split()) <= LONGEST[page.name]


@pytest.mark.parametrize(
    ("label", "is_there"),
    [("🧭 Heute: H-1001", True), ("✅ Ja, vielleicht", False), ("Heute: H-1001", False)],
)
def test_a_label_that_is_not_there_is_noticed(label: str, is_there: bool) -> None:
    assert bool(_SAYS.fullmatch(label)) is is_there
