"""Chats between a requester and their volunteer: who with whom, about what, and until when.

Never what was said. Which message is whose stands in the cards of the outbox (`card`), as long as
answers need it.
"""

from dataclasses import dataclass

from bot.domain.appointments import Side
from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx

_COLUMNS = "id, request_id, requester_id, volunteer_id, state, ended_by, used_at"


@dataclass(frozen=True, slots=True)
class Relay:
    """``state``: open, ended (by the side ``ended_by``, which can open it again) or closed.
    ``used_at``: the last message (UTC epoch seconds); None: none so far."""

    id: int
    request_id: int
    requester_id: int
    volunteer_id: int
    state: str
    ended_by: Side | None
    used_at: int | None

    def side_of(self, person_id: int) -> Side | None:
        if person_id == self.requester_id:
            return Side.REQUESTER
        return Side.VOLUNTEER if person_id == self.volunteer_id else None

    def person_on(self, side: Side) -> int:
        return self.requester_id if side is Side.REQUESTER else self.volunteer_id


@dataclass(frozen=True, slots=True)
class OneSide:
    """``muted``: they get messages without a sound. ``sent`` messages in that ``minute`` (since the
    epoch)."""

    muted: bool = False
    minute: int = 0
    sent: int = 0


def find(tx: Tx, relay_id: int) -> Relay | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM relays WHERE id = :id", id=relay_id)  # noqa: S608  (our own columns)
    return None if row is None else _relay(row)


def of_pair(tx: Tx, request_id: int, volunteer_id: int) -> Relay | None:
    row = tx.one(
        f"SELECT {_COLUMNS} FROM relays"  # noqa: S608  (our own columns)
        " WHERE request_id = :request_id AND volunteer_id = :volunteer_id",
        request_id=request_id,
        volunteer_id=volunteer_id,
    )
    return None if row is None else _relay(row)


def make(tx: Tx, request_id: int, requester_id: int, volunteer_id: int) -> int:
    """The id of the chat of these two, made if there is none."""
    known = of_pair(tx, request_id, volunteer_id)
    if known is not None:
        return known.id
    relay_id = new_id(
        tx,
        "INSERT INTO relays (request_id, requester_id, volunteer_id, state, made_at)"
        " VALUES (:request_id, :requester_id, :volunteer_id, 'open', :now) RETURNING id",
        request_id=request_id,
        requester_id=requester_id,
        volunteer_id=volunteer_id,
        now=tx.now,
    )
    for side in Side:
        tx.run(
            "INSERT INTO relay_sides (relay_id, side) VALUES (:id, :side)",
            id=relay_id,
            side=side.value,
        )
    return relay_id


def open_of_person(tx: Tx, person_id: int) -> list[Relay]:
    """The chats somebody has, for themselves or as a client's contact, the one used last first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM relays WHERE state = 'open'"  # noqa: S608  (our own columns)
        " AND (requester_id = :id OR volunteer_id = :id"
        " OR requester_id IN (SELECT id FROM people WHERE contact_id = :id))"
        " ORDER BY coalesce(used_at, 0) DESC, id",
        id=person_id,
    )
    return [_relay(row) for row in rows]


def unclosed_of_request(tx: Tx, request_id: int) -> list[Relay]:
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM relays"  # noqa: S608  (our own columns)
        " WHERE request_id = :id AND state <> 'closed' ORDER BY id",
        id=request_id,
    )
    return [_relay(row) for row in rows]


def unclosed_between(tx: Tx, requester_id: int, volunteer_id: int) -> list[Relay]:
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM relays WHERE requester_id = :requester_id"  # noqa: S608  (our own columns)
        " AND volunteer_id = :volunteer_id AND state <> 'closed' ORDER BY id",
        requester_id=requester_id,
        volunteer_id=volunteer_id,
    )
    return [_relay(row) for row in rows]


def reopen(tx: Tx, relay_id: int) -> None:
    tx.run(
        "UPDATE relays SET state = 'open', ended_by = NULL, closed_at = NULL WHERE id = :id",
        id=relay_id,
    )


def end(tx: Tx, relay_id: int, side: Side) -> None:
    tx.run(
        "UPDATE relays SET state = 'ended', ended_by = :side WHERE id = :id",
        side=side.value,
        id=relay_id,
    )
    _nobody_writes(tx, relay_id)


def close(tx: Tx, relay_id: int) -> None:
    tx.run(
        "UPDATE relays SET state = 'closed', ended_by = NULL, closed_at = :now WHERE id = :id",
        now=tx.now,
        id=relay_id,
    )
    _nobody_writes(tx, relay_id)


def side(tx: Tx, relay_id: int, which: Side) -> OneSide:
    row = tx.one(
        "SELECT muted, minute, sent FROM relay_sides WHERE relay_id = :id AND side = :side",
        id=relay_id,
        side=which.value,
    )
    if row is None:
        return OneSide()
    return OneSide(bool(row["muted"]), int(row["minute"]), int(row["sent"]))


def set_muted(tx: Tx, relay_id: int, which: Side, muted: bool) -> None:
    tx.run(
        "UPDATE relay_sides SET muted = :muted WHERE relay_id = :id AND side = :side",
        muted=int(muted),
        id=relay_id,
        side=which.value,
    )


def count(tx: Tx, relay_id: int, which: Side) -> None:
    """One more message of that side."""
    tx.run(
        "UPDATE relay_sides SET sent = CASE WHEN minute = :minute THEN sent + 1 ELSE 1 END,"
        " minute = :minute WHERE relay_id = :id AND side = :side",
        minute=tx.now // 60,
        id=relay_id,
        side=which.value,
    )
    tx.run("UPDATE relays SET used_at = :now WHERE id = :id", now=tx.now, id=relay_id)


# --- who is writing -----------------------------------------------------------------------------


def begin_writing(tx: Tx, chat_id: int, relay_id: int) -> None:
    """What comes from this chat goes to that relay, until another screen is shown."""
    tx.run(
        "INSERT INTO relay_writers (chat_id, relay_id) VALUES (:chat_id, :relay_id)"
        " ON CONFLICT (chat_id) DO UPDATE SET relay_id = excluded.relay_id",
        chat_id=chat_id,
        relay_id=relay_id,
    )


def stop_writing(tx: Tx, chat_id: int) -> None:
    tx.run("DELETE FROM relay_writers WHERE chat_id = :chat_id", chat_id=chat_id)


def written_to(tx: Tx, chat_id: int) -> int | None:
    """The relay that this chat's screen is about."""
    row = tx.one("SELECT relay_id FROM relay_writers WHERE chat_id = :chat_id", chat_id=chat_id)
    return None if row is None else int(row["relay_id"])


def _nobody_writes(tx: Tx, relay_id: int) -> None:
    tx.run("DELETE FROM relay_writers WHERE relay_id = :id", id=relay_id)


# --- which message is whose ---------------------------------------------------------------------


def card(relay_id: int, message_id: int, part: int = 0) -> str:
    """The card of what was made of the sender's message *message_id*."""
    return f"relay:{relay_id}:{message_id}:{part}"


def cards(relay_id: int, message_id: int | None = None) -> str:
    """What the names of all its cards begin with, or of all that were made of one message."""
    return f"relay:{relay_id}:" if message_id is None else f"relay:{relay_id}:{message_id}:"


def of_card(name: str | None) -> tuple[int, int] | None:
    """The relay and the sender's message, if it is such a card."""
    match (name or "").split(":"):
        case ["relay", relay_id, message_id, _]:
            return int(relay_id), int(message_id)
        case _:
            return None


# --- forgetting ---------------------------------------------------------------------------------


def forget_closed(tx: Tx, before: int) -> list[int]:
    """Delete what was closed before then; which."""
    rows = tx.all("DELETE FROM relays WHERE closed_at < :before RETURNING id", before=before)
    return [int(row["id"]) for row in rows]


def _relay(row: Row) -> Relay:
    return Relay(
        int(row["id"]),
        int(row["request_id"]),
        int(row["requester_id"]),
        int(row["volunteer_id"]),
        str(row["state"]),
        None if row["ended_by"] is None else Side(row["ended_by"]),
        row["used_at"],
    )
