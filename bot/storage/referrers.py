"""Who files for clients: where they work, and the one-time links that bring a client's own chat.

Only a keyed hash of a link's token is stored. A link belongs to a request.
"""

from dataclasses import dataclass

from bot.storage.rows import new_id
from bot.storage.tx import Tx

_ORGANISATION = "referrers.organisation"
_TOKEN = "client_links.token"
#: Rows that say for whom they are and may meet one that the other person has already.
_ONE_EACH = (("pairs", "requester_id", "volunteer_id"), ("no_shows", "person_id", "assignment_id"))
_OF_PERSON = (
    ("help_requests", "person_id"),
    ("errands", "person_id"),
    ("prompts", "person_id"),
    ("series", "person_id"),
    ("cases", "requester_id"),
    ("relays", "requester_id"),
)


@dataclass(frozen=True, slots=True)
class ClientLink:
    id: int
    request_id: int
    expires_at: int
    used: bool


def organisation_of(tx: Tx, person_id: int) -> str:
    """Empty as long as they have not said it."""
    row = tx.one("SELECT organisation FROM referrers WHERE person_id = :id", id=person_id)
    return "" if row is None else str(tx.unseal(_ORGANISATION, row["organisation"]))


def register(tx: Tx, person_id: int, organisation: str) -> None:
    """Where they work; they have agreed to keep silent about their clients."""
    tx.run(
        "INSERT INTO referrers (person_id, organisation, agreed_at)"
        " VALUES (:id, :organisation, :now)"
        " ON CONFLICT (person_id) DO UPDATE SET organisation = excluded.organisation,"
        " agreed_at = excluded.agreed_at",
        id=person_id,
        organisation=tx.seal(_ORGANISATION, organisation),
        now=tx.now,
    )


def forget(tx: Tx, person_id: int) -> None:
    """Who comes back later is asked again."""
    tx.run("DELETE FROM referrers WHERE person_id = :id", id=person_id)


def add_link(tx: Tx, token: str, request_id: int, expires_at: int) -> None:
    new_id(
        tx,
        "INSERT INTO client_links (token, request_id, expires_at)"
        " VALUES (:token, :request_id, :expires_at) RETURNING id",
        token=tx.lookup(_TOKEN, token),
        request_id=request_id,
        expires_at=expires_at,
    )


def find_link(tx: Tx, token: str) -> ClientLink | None:
    row = tx.one(
        "SELECT id, request_id, expires_at, used_at FROM client_links WHERE token = :token",
        token=tx.lookup(_TOKEN, token),
    )
    if row is None:
        return None
    is_used = row["used_at"] is not None
    return ClientLink(int(row["id"]), int(row["request_id"]), int(row["expires_at"]), is_used)


def use_link(tx: Tx, link: ClientLink) -> None:
    tx.run("UPDATE client_links SET used_at = :now WHERE id = :id", now=tx.now, id=link.id)


def give_to(tx: Tx, client_id: int, person_id: int) -> None:
    """The client is somebody whom we know already: what was filed for them is theirs now.

    *client_id* is gone afterwards.
    """
    for table, column in _OF_PERSON:
        tx.run(
            f"UPDATE {table} SET {column} = :person WHERE {column} = :client",  # noqa: S608  (names of our own)
            person=person_id,
            client=client_id,
        )
    for table, column, other in _ONE_EACH:
        tx.run(
            f"UPDATE {table} SET {column} = :person WHERE {column} = :client"  # noqa: S608  (names of our own)
            f" AND {other} NOT IN (SELECT {other} FROM {table} WHERE {column} = :person)",
            person=person_id,
            client=client_id,
        )
    tx.run("DELETE FROM people WHERE id = :id", id=client_id)  # and what else hangs on them
