"""People and their roles.

Names and phone numbers are sealed.
"""

from collections.abc import Iterable

from bot.domain.appointments import Reminder, Wishes
from bot.domain.people import Person, Role
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_NAME = "people.name"
_PHONE = "people.phone"


#: Somebody whom a referrer has filed for is written to in the referrer's chat.
_SELECT = (
    "SELECT p.id, coalesce(p.chat_id, c.chat_id) AS chat_id, p.name, p.also, p.contact_id"
    " FROM people p LEFT JOIN people c ON c.id = p.contact_id"
)


def by_chat(tx: Tx, chat_id: int) -> Person | None:
    """Whose chat it is; not for whom they stand."""
    row = tx.one(f"{_SELECT} WHERE p.chat_id = :chat_id", chat_id=chat_id)
    return None if row is None else _person(tx, row)


def find(tx: Tx, person_id: int) -> Person | None:
    row = tx.one(f"{_SELECT} WHERE p.id = :id", id=person_id)
    return None if row is None else _person(tx, row)


def by_id(tx: Tx, person_id: int) -> Person:
    """Raises ``LookupError`` if nobody has this id."""
    person = find(tx, person_id)
    if person is None:
        raise LookupError("no such person")
    return person


def add(tx: Tx, *, chat_id: int | None, name: str = "", agreed: bool = False) -> int:
    return new_id(
        tx,
        "INSERT INTO people (chat_id, name, agreed_at, created_at)"
        " VALUES (:chat_id, :name, :agreed_at, :now) RETURNING id",
        chat_id=chat_id,
        name=tx.seal(_NAME, name) if name else None,
        agreed_at=tx.now if agreed else None,
        now=tx.now,
    )


def agree(tx: Tx, chat_id: int) -> Person:
    """The person behind a chat, who has just agreed to be kept."""
    person = by_chat(tx, chat_id)
    if person is None:
        return by_id(tx, add(tx, chat_id=chat_id, agreed=True))
    tx.run(
        "UPDATE people SET agreed_at = :now WHERE id = :id AND agreed_at IS NULL",
        now=tx.now,
        id=person.id,
    )
    return person


def has_agreed(tx: Tx, chat_id: int) -> bool:
    return bool(
        number(
            tx,
            "SELECT count(*) AS n FROM people WHERE chat_id = :chat_id AND agreed_at IS NOT NULL",
            chat_id=chat_id,
        )
    )


def bind_chat(tx: Tx, person_id: int, chat_id: int) -> None:
    """From now on they are written to themselves."""
    tx.run(
        "UPDATE people SET chat_id = :chat_id, contact_id = NULL WHERE id = :id",
        chat_id=chat_id,
        id=person_id,
    )


def set_contact(tx: Tx, person_id: int, contact_id: int) -> None:
    """Somebody without a chat is written to in the chat of *contact_id*."""
    tx.run(
        "UPDATE people SET contact_id = :contact WHERE id = :id", contact=contact_id, id=person_id
    )


def of_contact(tx: Tx, contact_id: int) -> list[int]:
    """For whom somebody is the contact."""
    rows = tx.all("SELECT id FROM people WHERE contact_id = :id ORDER BY id", id=contact_id)
    return [int(row["id"]) for row in rows]


def forget_contact(tx: Tx, contact_id: int) -> None:
    tx.run("UPDATE people SET contact_id = NULL WHERE contact_id = :id", id=contact_id)


def rename(tx: Tx, person_id: int, name: str) -> None:
    tx.run("UPDATE people SET name = :name WHERE id = :id", name=tx.seal(_NAME, name), id=person_id)


def revoke(tx: Tx, person_id: int, *roles: Role) -> None:
    for role in roles:
        tx.run(
            "DELETE FROM roles WHERE person_id = :id AND role = :role",
            id=person_id,
            role=role.value,
        )


def grant(tx: Tx, person_id: int, role: Role) -> None:
    tx.run(
        "INSERT INTO roles (person_id, role, since) VALUES (:id, :role, :now)"
        " ON CONFLICT (person_id, role) DO NOTHING",
        id=person_id,
        role=role.value,
        now=tx.now,
    )


def coordinators(tx: Tx) -> list[Person]:
    return in_role(tx, Role.COORDINATOR)


def in_role(tx: Tx, role: Role) -> list[Person]:
    rows = tx.all(
        f"{_SELECT} JOIN roles r ON r.person_id = p.id WHERE r.role = :role ORDER BY p.id",
        role=role.value,
    )
    return [_person(tx, row) for row in rows]


def since(tx: Tx, person_id: int) -> dict[Role, int]:
    """Each role somebody has, and from when (UTC epoch seconds)."""
    rows = tx.all("SELECT role, since FROM roles WHERE person_id = :id", id=person_id)
    return {Role(row["role"]): int(row["since"]) for row in rows}


def any_coordinator(tx: Tx) -> bool:
    return bool(number(tx, "SELECT count(*) AS n FROM roles WHERE role = 'coordinator'"))


def set_phone(tx: Tx, person_id: int, phone: str) -> None:
    tx.run(
        "UPDATE people SET phone = :phone WHERE id = :id",
        phone=tx.seal(_PHONE, phone),
        id=person_id,
    )


def phone_of(tx: Tx, person_id: int) -> str:
    """Empty if none was given."""
    row = tx.one("SELECT phone FROM people WHERE id = :id", id=person_id)
    return "" if row is None or row["phone"] is None else str(tx.unseal(_PHONE, row["phone"]))


def set_also(tx: Tx, person_id: int, languages: Iterable[str]) -> None:
    """Which other languages somebody understands; asked once ever."""
    tx.run("UPDATE people SET also = :also WHERE id = :id", also=",".join(languages), id=person_id)


def set_language(tx: Tx, person_id: int, language: str) -> None:
    """What is written for somebody who has no chat."""
    tx.run("UPDATE people SET language = :language WHERE id = :id", language=language, id=person_id)


def language_of(tx: Tx, person_id: int) -> str | None:
    """What they read: their chat's language, or what the office noted."""
    row = tx.one(
        "SELECT coalesce(c.language, p.language) AS language FROM people p"
        " LEFT JOIN chats c ON c.chat_id = p.chat_id WHERE p.id = :id",
        id=person_id,
    )
    return None if row is None else row["language"]


def wishes_of(tx: Tx, person_id: int) -> Wishes:
    """How they like to be reminded; the usual way if they never said."""
    row = tx.one("SELECT remind, quiet FROM people WHERE id = :id", id=person_id)
    usual = Wishes()
    if row is None:
        return usual
    said = str(row["remind"] or "").split(",")
    begins, _, ends = str(row["quiet"] or "").partition("-")
    return Wishes(
        tuple(one for one in Reminder if one.value in said) or usual.when,
        (begins, ends) if ends else usual.quiet,
    )


def wish(tx: Tx, person_id: int, wishes: Wishes) -> None:
    tx.run(
        "UPDATE people SET remind = :remind, quiet = :quiet WHERE id = :id",
        remind=",".join(one.value for one in wishes.when),
        quiet="-".join(wishes.quiet),
        id=person_id,
    )


def _person(tx: Tx, row: Row) -> Person:
    roles = tx.all("SELECT role FROM roles WHERE person_id = :id", id=row["id"])
    name = "" if row["name"] is None else str(tx.unseal(_NAME, row["name"]))
    also = row["also"]
    return Person(
        int(row["id"]),
        row["chat_id"],
        name,
        frozenset(Role(role["role"]) for role in roles),
        None if also is None else tuple(code for code in str(also).split(",") if code),
        row["contact_id"],
    )
