"""What the office changed of its county's file: values by their path, and one row that says
which state they have, so that every process sees at once that there is something new."""

import hashlib
import json

from bot.messages import Json
from bot.storage.tx import Tx


def revision(tx: Tx) -> str:
    """Another one for each state of the changes; empty: nothing differs from the file."""
    row = tx.one("SELECT revision FROM county_texts WHERE id = 1")
    return "" if row is None else str(row["revision"])


def changes(tx: Tx) -> dict[str, Json]:
    """In the order in which they were first made."""
    rows = tx.all("SELECT path, value FROM county_changes ORDER BY changed_at, path")
    return {str(row["path"]): json.loads(row["value"]) for row in rows}


def put(tx: Tx, path: str, value: Json) -> None:
    """*value* holds instead of the file's from now on; None: nothing stands there."""
    tx.run(
        "INSERT INTO county_changes (path, value, changed_at) VALUES (:path, :value, :now)"
        " ON CONFLICT (path) DO UPDATE SET value = excluded.value",
        path=path,
        value=json.dumps(value, ensure_ascii=False),
        now=tx.now,
    )
    _seal(tx)


def drop(tx: Tx, path: str) -> bool:
    """The file's own value holds again. False if it did."""
    dropped = tx.run("DELETE FROM county_changes WHERE path = :path", path=path)
    if dropped:
        _seal(tx)
    return bool(dropped)


def _seal(tx: Tx) -> None:
    """Made of the changes themselves: a number would mean something else after a failed commit."""
    made = changes(tx)
    said = json.dumps(list(made.items()))
    tx.run(
        "INSERT INTO county_texts (id, revision) VALUES (1, :revision)"
        " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision",
        revision=hashlib.sha256(said.encode()).hexdigest() if made else "",
    )
