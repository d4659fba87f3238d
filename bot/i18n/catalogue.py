"""``python -m bot.i18n.catalogue``: keeps the catalogues and the texts in the code together.

``update [CODE …]`` writes every catalogue anew from the code, and those named for the first time.
``check`` changes nothing, prints one line per fault and exits 1 if there is one.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.i18n import rules
from bot.i18n.catalogues import LOCALES, catalogue_path
from bot.i18n.extract import Source, SourceFault, extract
from bot.i18n.languages import LANGUAGES, SOURCE, LanguageEntry
from bot.i18n.plurals import form_count, numbers_of, plural_forms
from bot.i18n.pofile import PoEntry, PoError, PoFile, read, render

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot.i18n.catalogue", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    updating = commands.add_parser("update", help="write the catalogues anew from the code")
    updating.add_argument("languages", nargs="*", metavar="CODE", help="a language to begin")
    commands.add_parser("check", help="print every fault of the catalogues")
    chosen = parser.parse_args(arguments)
    locales = root / LOCALES.name
    try:
        if chosen.command == "update":
            for line in update(root, locales, chosen.languages):
                print(line)
            return 0
        faults = list(check(root, locales))
    except (SourceFault, PoError) as error:
        faults = [str(error)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def update(root: Path, locales: Path, begin: Sequence[str] = ()) -> Iterator[str]:
    """Bring every catalogue up to date; yields one line per catalogue that changed.

    Raises :class:`SourceFault` and :class:`PoError` before anything is written for that language.
    """
    if unknown := sorted(set(begin) - set(LANGUAGES) | ({SOURCE} & set(begin))):
        raise PoError(f"not in the table of languages, or its source: {', '.join(unknown)}")
    sources = extract(root)
    for code in LANGUAGES:
        path = catalogue_path(locales, code)
        if path.exists() or code in begin:
            old = read(path) if path.exists() else None
            wanted = render(merged(sources, old, code), code)
            if old is None or path.read_text(encoding="utf-8") != wanted:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(wanted, encoding="utf-8")
                yield f"{path.relative_to(root)}: written"


def check(root: Path, locales: Path) -> Iterator[str]:
    """One line per fault."""
    sources = extract(root)
    for source in sources.values():
        for fault in rules.source_faults(source):
            yield f"{source.files[0]}: {source.msgid!r}: {fault}"
    files: dict[str, PoFile] = {}
    for code, language in LANGUAGES.items():
        path = catalogue_path(locales, code)
        if not path.exists():
            continue
        name = path.relative_to(root)
        try:
            files[code] = read(path)
            wanted = merged(sources, files[code], code)
        except PoError as error:
            yield str(error)
            continue
        if render(wanted, code) != path.read_text(encoding="utf-8"):
            yield f"{name}: stale, run: make messages"
        for item in wanted.entries:
            for fault in _faults(sources[item.msgid], item, wanted.plural_forms, language, files):
                yield f"{name}: {item.msgid!r}: {fault}"


def merged(sources: Mapping[str, Source], old: PoFile | None, language: str) -> PoFile:
    """The catalogue that holds exactly the texts of the code, with the translations of *old*.

    Raises :class:`PoError` if *old* orders its plural forms in another way.
    """
    header = plural_forms(language)
    if old is not None and numbers_of(old.plural_forms) != numbers_of(header):
        raise PoError(f"{language}: the Plural-Forms header has to mean: {header}")
    known = {(item.msgid, item.many): item for item in old.entries} if old else {}
    return PoFile(
        tuple(_entry(source, known, header) for source in sources.values()),
        header,
        old.head if old else (),
    )


def _entry(source: Source, known: Mapping[tuple[str, str | None], PoEntry], header: str) -> PoEntry:
    old = known.get((source.msgid, source.many))
    count = 1 if source.many is None else form_count(header)
    # Values with signs between them: nothing to translate, but the reader's direction applies.
    wordless = source.many is None and not rules.has_words(source.msgid)
    empty = (source.msgid,) if wordless else ("",) * count
    hints = [*source.remarks]
    if source.button:
        hints.append(f"Button: at most {rules.LABEL_GOOD} characters")
    return PoEntry(
        msgid=source.msgid,
        many=source.many,
        forms=old.forms if old and any(old.forms) else empty,
        files=tuple(source.files),
        hints=tuple(hints),
        remarks=old.remarks if old else (),
        fuzzy=old.fuzzy if old else False,
    )


def _faults(
    source: Source,
    item: PoEntry,
    header: str,
    language: LanguageEntry,
    files: Mapping[str, PoFile],
) -> Iterator[str]:
    if item.fuzzy:
        yield "marked fuzzy"
    needed = [bool(numbers) for numbers in numbers_of(header)] if item.many else [True]
    missing = [need and not form for need, form in zip(needed, item.forms, strict=True)]
    if all(missing) or not any(item.forms):
        yield from _untranslated(source, language, files)
    elif any(missing):
        yield f"lacks plural form {missing.index(True)}"
    try:
        yield from rules.translation_faults(source, item.forms, language.code, header)
    except ValueError:
        return  # the English text itself is no template; said once, at its source


def _untranslated(
    source: Source, language: LanguageEntry, files: Mapping[str, PoFile]
) -> Iterator[str]:
    """Only a language of its own needs every text; one with a base needs what differs from it."""
    if language.base is None:
        yield "untranslated"
        return
    base = files.get(language.base)
    forms = [item.forms for item in base.entries if item.msgid == source.msgid] if base else []
    for form in forms[0] if forms else ():
        for advice in rules.ruled_out(form, language.code):
            yield f"needs a text of its own: {advice}"


if __name__ == "__main__":
    sys.exit(main())
