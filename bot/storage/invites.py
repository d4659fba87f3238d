"""One-time links. Only a keyed hash of the token is stored, so the table opens no door."""

from dataclasses import dataclass

from bot.domain.people import Role
from bot.storage.tx import Tx

_PURPOSE = "invites.token"
_NAME = "invites.name"


@dataclass(frozen=True, slots=True)
class Invite:
    """``name``: whom it is for, where no person is prefilled; empty if the office gave none."""

    id: int
    role: Role
    person_id: int | None
    expires_at: int
    used: bool
    name: str = ""


def add(
    tx: Tx, token: str, role: Role, *, person_id: int | None, expires_at: int, name: str = ""
) -> None:
    tx.run(
        "INSERT INTO invites (token, role, person_id, name, made_at, expires_at)"
        " VALUES (:token, :role, :person_id, :name, :now, :expires_at)",
        token=tx.lookup(_PURPOSE, token),
        role=role.value,
        person_id=person_id,
        name=tx.seal(_NAME, name) if name else None,
        expires_at=expires_at,
        now=tx.now,
    )


def find(tx: Tx, token: str) -> Invite | None:
    row = tx.one(
        "SELECT id, role, person_id, name, expires_at, used_at FROM invites WHERE token = :token",
        token=tx.lookup(_PURPOSE, token),
    )
    if row is None:
        return None
    return Invite(
        int(row["id"]),
        Role(row["role"]),
        row["person_id"],
        int(row["expires_at"]),
        row["used_at"] is not None,
        "" if row["name"] is None else str(tx.unseal(_NAME, row["name"])),
    )


def use(tx: Tx, invite: Invite) -> None:
    tx.run("UPDATE invites SET used_at = :now WHERE id = :id", now=tx.now, id=invite.id)


def withdraw(tx: Tx, role: Role) -> None:
    """All unused links for *role* that name nobody stop working."""
    tx.run(
        "DELETE FROM invites"
        " WHERE role = :role AND person_id IS NULL AND name IS NULL AND used_at IS NULL",
        role=role.value,
    )
