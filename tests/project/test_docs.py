"""What the documents name is there: files, commands, settings, texts."""

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import cli
from bot.i18n.catalogues import LOCALES, Catalogues
from bot.i18n.extract import extract
from bot.i18n.languages import LANGUAGES
from bot.i18n.rules import has_words
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
WRITTEN = [
    page for page in PAGES if page.name not in {"flows.md", "lifecycle.md", "access.md"}
]  # the others are made
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`]+)`")
_FOLDERS = (
    r"(?:bot|handlers|simulator|migrations|locales|tests|benchmarks|deploy|docs|requirements)"
)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def code_in(page: Path) -> Iterator[str]:
    """Every line that stands as code, in a block or within a sentence."""
    text = read(page)
    for block in _FENCE.findall(text):
        yield from block.splitlines()[1:-1]
    for span in _SPAN.findall(_FENCE.sub("", text)):
        yield " ".join(span.split())


def anchor(heading: str) -> str:
    """As code hosts make it of a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = _FENCE.sub("", read(page))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https://", target):
            continue
        path, _, part = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.is_relative_to(ROOT), target
        assert there.exists(), target
        if part:
            headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", read(there)), re.MULTILINE)
            assert part in {anchor(each) for each in headings}, target


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_every_path_that_is_named_exists(page: Path) -> None:
    for span in _SPAN.findall(_FENCE.sub("", read(page))):
        if re.fullmatch(rf"(?:{_FOLDERS})/[\w./*-]*", span) and "/tr/" not in span:
            assert any(ROOT.glob(span.rstrip("/"))), span


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_make_knows_every_target(page: Path) -> None:
    targets = set(re.findall(r"^([.\w/-]+):", MAKEFILE, re.MULTILINE))
    for line in code_in(page):
        for target in re.findall(r"(?:^|[&;] *)make (?:-C \S+ )?([.\w/-]+)(?=\s|$)", line.strip()):
            assert target in targets, line


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_lotse_knows_every_command(page: Path) -> None:
    for line in code_in(page):
        for words in re.findall(r"(?:\.venv/bin/|(?<![\w/.=-]))lotse ([a-z][\w ./-]*)", line):
            assert_understood(shlex.split(words.strip()), line)


def assert_understood(words: list[str], line: str) -> None:
    command: click.Command = cli
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in command.commands, line
        command = command.commands[words.pop(0)]
    options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= options, line


@pytest.mark.parametrize("page", WRITTEN, ids=name_of)
def test_every_module_that_is_run_exists(page: Path) -> None:
    for line in code_in(page):
        for module in re.findall(r"python -m ([\w.]+)", line):
            assert importlib.util.find_spec(module) is not None, line


def test_operations_has_the_settings_and_no_others() -> None:
    text = read(ROOT / "docs" / "OPERATIONS.md")
    table = text[text.index("| Name |") :].split("\n\n", maxsplit=1)[0]
    first_cells = " ".join(re.findall(r"^\|([^|]+)\|", table, re.MULTILINE))
    names = {name.upper() for name in Settings.model_fields}
    assert set(_SPAN.findall(first_cells)) == names
    named_anywhere = {
        name for page in WRITTEN for name in re.findall(r"`([A-Z]+_[A-Z_]+)[`=]", read(page))
    }
    assert named_anywhere - {"TEST_DATABASE_URL", "CATEGORY_NAMES"} <= names


def tree() -> str:
    text = read(ROOT / "docs" / "ARCHITECTURE.md")
    return text[text.index("## The tree") :].split("```")[1]


def test_what_the_tree_shows_exists() -> None:
    top = ROOT
    for line in tree().splitlines():
        names = re.findall(r"(?:^|  )([\w*]+(?:/|\.py))(?= |$)", line)
        if not line.startswith(" ") and names:
            top = ROOT / names[0]
            assert top.is_dir(), line
        else:
            assert all(any(top.glob(name.rstrip("/"))) for name in names), line


def test_the_tree_shows_every_folder() -> None:
    for parent in (ROOT, ROOT / "bot", ROOT / "handlers", ROOT / "tests"):
        for folder in parent.iterdir():
            has_files = any(path.is_file() and path.suffix != ".pyc" for path in folder.rglob("*"))
            if folder.is_dir() and has_files and re.match(r"[a-z]", folder.name):
                assert re.search(rf"(?<![\w]){folder.name}/", tree()), folder


def test_the_import_rule_is_the_one_that_is_checked() -> None:
    contracts = tomllib.loads(read(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    checked = next(each["layers"] for each in contracts if each["id"] == "layers")
    text = read(ROOT / "docs" / "ARCHITECTURE.md")
    (rule,) = re.findall(r"^cli, .*$", text, re.MULTILINE)
    shown = [set(layer.strip().split(", ")) for layer in rule.split(">")]
    layers = [set(re.findall(r"(?:bot\.)?(\w+)", layer.replace("bot.", ""))) for layer in checked]
    assert shown == [{name.partition("_")[0] for name in layer} for layer in layers]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [page.name[:4] for page in DECISIONS] == [
        f"{n:04}" for n in range(1, len(DECISIONS) + 1)
    ]


@pytest.mark.parametrize("page", DECISIONS, ids=name_of)
def test_a_decision_has_its_parts(page: Path) -> None:
    text = read(page)
    assert text.startswith(f"# {page.name[:4]} ")
    parts = ("\n**Status:** ", "\n## Context\n", "\n## Decision\n", "\n## Consequences\n")
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def chat() -> str:
    """The example in the README."""
    text = read(ROOT / "README.md")
    return text[text.index("## A chat") :].split("```")[1]


def test_the_chat_in_the_readme_shows_texts_of_the_code() -> None:
    """Whoever changes a text finds it here too."""
    catalogues = Catalogues.load(LOCALES, lambda *_: None)
    texts = [
        re.sub("</?b>", "", catalogues.find(language, msgid).text)
        for msgid in extract(ROOT)
        for language in catalogues.offered
    ]
    labels = {*texts, *(entry.endonym for entry in LANGUAGES.values())}
    lines = [line for text in texts for line in text.split("\n") if has_words(line)]
    known = re.compile("|".join(re.sub(r"\\{\w+\\}", ".+", re.escape(line)) for line in lines))
    # texts that are all placeholders: a name and an answer, a day and a time, a number and a
    # word, a place
    only_values = re.compile(r".+: .+|.*\d{4}, \d\d:\d\d(?: · .+)?|H-\d+ · .+|📍 .+|🌐")
    for line in chat().splitlines():
        said = re.sub(r"^(?:Lotse|In the group) +", "", line.strip()).removesuffix(" …")
        if re.match(r"(?:Sara|Anna|Ms Krause) |$", said):
            continue
        if said.startswith("["):
            shown = set(re.findall(r"\[([^]]+)]", said))
            assert {label for label in shown if not re.fullmatch(r"\d\d:\d\d", label)} <= labels, (
                line
            )
        else:
            assert known.fullmatch(said) or only_values.fullmatch(said), line
