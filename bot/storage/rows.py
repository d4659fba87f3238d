"""Small readings of single rows."""

from bot.storage.tx import Tx, Value


def new_id(tx: Tx, sql: str, **values: Value) -> int:
    """Run an ``INSERT … RETURNING id`` that always inserts; the new id."""
    row = tx.one(sql, **values)
    if row is None:
        raise LookupError("nothing was inserted")
    return int(row["id"])


def number(tx: Tx, sql: str, **values: Value) -> int:
    """Run a ``SELECT … AS n`` of one number."""
    row = tx.one(sql, **values)
    return 0 if row is None or row["n"] is None else int(row["n"])
