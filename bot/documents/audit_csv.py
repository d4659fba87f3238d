"""The audit trail as a table that an office opens: semicolons, German headings."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, tzinfo

_HEADINGS = ("Nr.", "Zeit", "Wer", "Was", "Vorgang")
#: What a spreadsheet takes for a formula.
_FORMULA = ("=", "+", "-", "@")

Row = tuple[int, int, str, str, str]


def content(rows: Iterable[Row], zone: tzinfo) -> bytes:
    """UTF-8 with the mark that spreadsheets look for. *rows*: as `auditing.rows` has them."""
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";", lineterminator="\r\n")
    table.writerow(_HEADINGS)
    for number, at, who, what, record in rows:
        time = datetime.fromtimestamp(at, zone).strftime("%d.%m.%Y %H:%M:%S")
        table.writerow((number, time, *(_plain(words) for words in (who, what, record))))
    return written.getvalue().encode("utf-8-sig")


def _plain(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words
