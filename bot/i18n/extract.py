"""Finds the texts in the source code, by reading it, not by running it.

A text is a literal inside one of :mod:`bot.messages`' calls: ``N_("…")``, ``B_("…")`` and
``P_("…", "…")`` mark literals; ``text("…")``, ``Text("…")``, ``Term("…")`` and
``count(("…", "…"), n)`` may hold one. The label of a ``Button(text("…"), …)`` is a button's, as if
``B_`` had marked it. Comment lines directly above that begin with ``# Translators:`` go along.
"""

import ast
import io
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FOLDERS: Final = ("bot", "handlers")
_MODULE: Final = "bot.messages"
_MARKS: Final = {"N_", "B_", "P_"}
_CALLS: Final = _MARKS | {"text", "Text", "Term", "count", "Button"}
_REMARK: Final = "Translators:"


class SourceFault(ValueError):
    """Code whose text can't be read out; the message begins with file and line."""


@dataclass(slots=True)
class Source:
    """One text of the code: English form(s), where it stands, what translators should know."""

    msgid: str
    many: str | None = None
    button: bool = False
    files: list[str] = field(default_factory=list[str])
    remarks: list[str] = field(default_factory=list[str])


def extract(root: Path) -> dict[str, Source]:
    """Every text below *root*, in the order of files and lines. Raises :class:`SourceFault`."""
    found: dict[str, Source] = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py"), key=lambda path: path.as_posix()):
            name = path.relative_to(root).as_posix()
            for source in in_module(path.read_text(encoding="utf-8"), name):
                _add(found, source)
    return found


def in_module(code: str, name: str) -> list[Source]:
    """The texts of one module, in order of appearance, each use on its own."""
    tree = ast.parse(code, name)
    calls = _calls_of(tree)
    if not calls:
        return []
    comments = _comments(code)
    return [
        Source(found.msgid, found.many, found.button, [name], _remarks(comments, found.lines))
        for found in _walk(tree, calls, name)
    ]


@dataclass(frozen=True, slots=True)
class _Found:
    msgid: str
    many: str | None
    button: bool
    lines: tuple[int, ...]  # where a comment may stand directly above


def _add(found: dict[str, Source], source: Source) -> None:
    known = found.setdefault(source.msgid, source)
    if known is source:
        return
    if known.many != source.many:
        where = f"{known.files[0]} and {source.files[0]}"
        raise SourceFault(f"{where}: {source.msgid!r} has a plural in one place, not in the other")
    known.button = known.button or source.button
    known.files.extend(name for name in source.files if name not in known.files)
    known.remarks.extend(line for line in source.remarks if line not in known.remarks)


def _calls_of(tree: ast.Module) -> dict[str, str]:
    """How this module names the calls: ``{"_": "N_", "messages.text": "text"}``."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == _MODULE:
            names |= {(a.asname or a.name): a.name for a in node.names if a.name in _CALLS}
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            prefix = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                if prefix + alias.name == _MODULE:
                    module = alias.asname or alias.name
                    names |= {f"{module}.{call}": call for call in _CALLS}
    return names


def _walk(tree: ast.Module, calls: dict[str, str], name: str) -> Iterator[_Found]:
    labels: set[ast.expr] = set()
    for statement, node in _nodes(tree, 0):
        call = calls.get(ast.unparse(node.func))
        if call is None:
            continue
        arguments = _arguments(node, call)
        if call == "Button" or node in labels:
            labels.update(arguments[:1])  # the text of a label, then a mark inside it
        if call == "Button":
            continue
        literals = [_literal(argument, call in _MARKS, name) for argument in arguments]
        if not literals or literals[0] is None:
            continue
        yield _Found(
            literals[0],
            literals[1] if len(literals) > 1 else None,
            call == "B_" or node in labels,
            (arguments[0].lineno, node.lineno, statement),
        )


def _nodes(node: ast.AST, statement: int) -> Iterator[tuple[int, ast.Call]]:
    """All calls in reading order, outer ones first, each with the line its statement begins on."""
    if isinstance(node, ast.stmt):
        statement = node.lineno
    if isinstance(node, ast.Call):
        yield statement, node
    for child in ast.iter_child_nodes(node):
        yield from _nodes(child, statement)


def _arguments(node: ast.Call, call: str) -> list[ast.expr]:
    """The arguments that may hold the text: one, or both forms of a plural."""
    if call == "P_":
        return [*node.args, *(word.value for word in node.keywords)]
    names = {"Button": "label", "count": "forms"}
    wanted = names.get(call, "msgid")
    first = [*node.args[:1], *(word.value for word in node.keywords if word.arg == wanted)][:1]
    if call == "count" and first and isinstance(first[0], ast.Tuple):
        return first[0].elts
    if call == "Text":
        return [*first, *(word.value for word in node.keywords if word.arg == "many")]
    return first


def _literal(argument: ast.expr, marked: bool, name: str) -> str | None:
    """The text, or None where an unmarked argument is a name for a text marked elsewhere."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    if marked or isinstance(argument, (ast.JoinedStr, ast.BinOp)):
        raise SourceFault(f"{name}:{argument.lineno}: a text has to be one plain literal")
    return None


def _comments(code: str) -> dict[int, str]:
    """The lines that are nothing but a comment, without their ``#``."""
    return {
        token.start[0]: token.string.lstrip("#").strip()
        for token in tokenize.generate_tokens(io.StringIO(code).readline)
        if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip()
    }


def _remarks(comments: dict[int, str], lines: Iterable[int]) -> list[str]:
    for line in lines:
        block: list[str] = []
        while (line := line - 1) in comments:
            block.insert(0, comments[line])
            if comments[line].startswith(_REMARK):
                return block
    return []
