"""Requests to be called back."""

from dataclasses import dataclass

from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_PHONE = "calls.phone"
_COLUMNS = "id, chat_id, language, state, claimed_by, made_at, good_time, about"


@dataclass(frozen=True, slots=True)
class Call:
    """A request to be called back; its ``state`` is open, claimed or done.

    The number is sealed and opened for the coordinator who takes the call only. ``good_time``: when
    to call, a code or words; empty if not said. ``about``: why a volunteer wants to talk, a code;
    empty for everybody else.
    """

    id: int
    chat_id: int
    language: str
    state: str
    claimed_by: int | None
    made_at: int
    good_time: str = ""
    about: str = ""


def add(
    tx: Tx, *, chat_id: int, phone: str, language: str, good_time: str = "", about: str = ""
) -> Call:
    """*good_time*: when they like to be called; empty: not said."""
    call_id = new_id(
        tx,
        "INSERT INTO calls (chat_id, phone, language, good_time, about, state, made_at)"
        " VALUES (:chat_id, :phone, :language, :good_time, :about, 'open', :now)"
        " RETURNING id",
        chat_id=chat_id,
        phone=tx.seal(_PHONE, phone),
        language=language,
        good_time=good_time or None,
        about=about or None,
        now=tx.now,
    )
    return Call(call_id, chat_id, language, "open", None, tx.now, good_time, about)


def find(tx: Tx, call_id: int) -> Call | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM calls WHERE id = :id", id=call_id)  # noqa: S608  (our own columns)
    return None if row is None else _call(row)


def waiting(tx: Tx) -> list[Call]:
    """Calls that nobody has taken, oldest first."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM calls WHERE state = 'open' ORDER BY id")  # noqa: S608  (our own columns)
    return [_call(row) for row in rows]


def unfinished(tx: Tx) -> list[Call]:
    """Calls that nobody has made yet, taken or not, oldest first."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM calls WHERE state <> 'done' ORDER BY id")  # noqa: S608  (our own columns)
    return [_call(row) for row in rows]


def waiting_of_chat(tx: Tx, chat_id: int) -> Call | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM calls WHERE chat_id = :chat_id AND state = 'open' ORDER BY id",  # noqa: S608  (our own columns)
        chat_id=chat_id,
    )
    return None if row is None else _call(row)


def change_phone(tx: Tx, call_id: int, phone: str) -> None:
    tx.run(
        "UPDATE calls SET phone = :phone WHERE id = :id", phone=tx.seal(_PHONE, phone), id=call_id
    )


def set_good_time(tx: Tx, call_id: int, good_time: str) -> None:
    tx.run("UPDATE calls SET good_time = :when WHERE id = :id", when=good_time, id=call_id)


def say_about(tx: Tx, call_id: int, about: str) -> None:
    tx.run("UPDATE calls SET about = :about WHERE id = :id", about=about, id=call_id)


def phone_of(tx: Tx, call_id: int) -> str:
    row = tx.one("SELECT phone FROM calls WHERE id = :id", id=call_id)
    return "" if row is None else str(tx.unseal(_PHONE, row["phone"]))


def give_back(tx: Tx, coordinator_id: int) -> list[Call]:
    """What somebody has taken and not finished waits for everybody again; what it was."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM calls WHERE claimed_by = :by AND state = 'claimed' ORDER BY id",  # noqa: S608  (our own columns)
        by=coordinator_id,
    )
    tx.run(
        "UPDATE calls SET state = 'open', claimed_by = NULL"
        " WHERE claimed_by = :by AND state = 'claimed'",
        by=coordinator_id,
    )
    return [_call(row) for row in rows]


def claim(tx: Tx, call_id: int, coordinator_id: int) -> None:
    """The call is this coordinator's from now on."""
    tx.run(
        "UPDATE calls SET state = 'claimed', claimed_by = :by WHERE id = :id AND state <> 'done'",
        by=coordinator_id,
        id=call_id,
    )


def done(tx: Tx, call_id: int, coordinator_id: int) -> bool:
    """The call was made: the number is forgotten. True for its owner's first tap."""
    return bool(
        tx.run(
            "UPDATE calls SET state = 'done', phone = :nothing"
            " WHERE id = :id AND state = 'claimed' AND claimed_by = :by",
            nothing=tx.seal(_PHONE, ""),
            id=call_id,
            by=coordinator_id,
        )
    )


def prune(tx: Tx, before: int) -> int:
    """Delete calls asked for before *before*, made or not: no number is kept for ever; how many."""
    return tx.run("DELETE FROM calls WHERE made_at < :before", before=before)


def _call(row: Row) -> Call:
    return Call(
        int(row["id"]),
        int(row["chat_id"]),
        str(row["language"]),
        str(row["state"]),
        row["claimed_by"],
        int(row["made_at"]),
        str(row["good_time"] or ""),
        str(row["about"] or ""),
    )
