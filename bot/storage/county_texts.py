"""What the office changed of its county's file: values by their path, and one row that says
which state they have, so that every process sees at once that there is something new."""

import hashlib
import json
from collections.abc import Mapping

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
    _hold(tx)
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
    _hold(tx)
    dropped = tx.run("DELETE FROM county_changes WHERE path = :path", path=path)
    if dropped:
        _seal(tx)
    return bool(dropped)


def revision_of(made: Mapping[str, Json]) -> str:
    """Made of the changes themselves: a number would mean something else after a failed commit."""
    said = json.dumps(list(made.items()))
    return hashlib.sha256(said.encode()).hexdigest() if made else ""


def _hold(tx: Tx) -> None:
    """Two who change something at the same moment do so one after the other."""
    tx.run(
        "INSERT INTO county_texts (id, revision) VALUES (1, '')"
        " ON CONFLICT (id) DO UPDATE SET revision = county_texts.revision"
    )


def _seal(tx: Tx) -> None:
    tx.run(
        "UPDATE county_texts SET revision = :now_is WHERE id = 1", now_is=revision_of(changes(tx))
    )
