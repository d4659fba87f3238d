"""People and their roles.

Names are sealed; languages of volunteers are plain coded facts that matching uses.
"""

from collections.abc import Iterable

from bot.domain.matching import Candidate
from bot.domain.people import Person, Role, Volunteer, understood
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_NAME = "people.name"


def by_chat(tx: Tx, chat_id: int) -> Person | None:
    row = tx.one("SELECT id, chat_id, name FROM people WHERE chat_id = :chat_id", chat_id=chat_id)
    return None if row is None else _person(tx, row)


def by_id(tx: Tx, person_id: int) -> Person:
    """Raises ``LookupError`` if nobody has this id."""
    row = tx.one("SELECT id, chat_id, name FROM people WHERE id = :id", id=person_id)
    if row is None:
        raise LookupError("no such person")
    return _person(tx, row)


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
    tx.run("UPDATE people SET chat_id = :chat_id WHERE id = :id", chat_id=chat_id, id=person_id)


def rename(tx: Tx, person_id: int, name: str) -> None:
    tx.run("UPDATE people SET name = :name WHERE id = :id", name=tx.seal(_NAME, name), id=person_id)


def grant(tx: Tx, person_id: int, role: Role) -> None:
    tx.run(
        "INSERT INTO roles (person_id, role, since) VALUES (:id, :role, :now)"
        " ON CONFLICT (person_id, role) DO NOTHING",
        id=person_id,
        role=role.value,
        now=tx.now,
    )


def coordinators(tx: Tx) -> list[Person]:
    rows = tx.all(
        "SELECT p.id, p.chat_id, p.name FROM people p JOIN roles r ON r.person_id = p.id"
        " WHERE r.role = 'coordinator' ORDER BY p.id"
    )
    return [_person(tx, row) for row in rows]


def any_coordinator(tx: Tx) -> bool:
    return bool(number(tx, "SELECT count(*) AS n FROM roles WHERE role = 'coordinator'"))


def save_volunteer(tx: Tx, person_id: int, languages: Iterable[str]) -> None:
    """Make a person a volunteer, or replace what is known of their languages."""
    grant(tx, person_id, Role.VOLUNTEER)
    tx.run(
        "INSERT INTO volunteers (person_id) VALUES (:id) ON CONFLICT (person_id) DO NOTHING",
        id=person_id,
    )
    tx.run("DELETE FROM volunteer_languages WHERE person_id = :id", id=person_id)
    for language in languages:
        tx.run(
            "INSERT INTO volunteer_languages (person_id, language) VALUES (:id, :language)"
            " ON CONFLICT (person_id, language) DO NOTHING",
            id=person_id,
            language=language,
        )


def absorb_volunteer(tx: Tx, source: int, target: int) -> None:
    """*source*, prefilled by the office and without a chat, is *target*, whom we know already.

    What the office wrote last counts; *source* is gone afterwards.
    """
    save_volunteer(tx, target, languages_of(tx, source))
    tx.run("UPDATE invites SET person_id = :target WHERE person_id = :id", target=target, id=source)
    for table in ("volunteer_languages", "volunteers"):
        tx.run(f"DELETE FROM {table} WHERE person_id = :id", id=source)  # noqa: S608  (a name of our own)
    tx.run("DELETE FROM people WHERE id = :id", id=source)


def candidates(
    tx: Tx, request_id: int, language: str, first_slot: int, end_slot: int
) -> list[Candidate]:
    """All volunteers whom a speaker of *language* understands and who can be written to.

    As this request sees them, least recently asked first.
    """
    languages = sorted(understood(language))
    rows = tx.all(
        "SELECT v.person_id, v.active,"
        " EXISTS (SELECT 1 FROM assignment_slots s WHERE s.volunteer_id = v.person_id"
        "   AND s.slot >= :first_slot AND s.slot < :end_slot) AS busy,"
        " EXISTS (SELECT 1 FROM offers o WHERE o.volunteer_id = v.person_id"
        " AND o.request_id = :request_id) AS asked"
        " FROM volunteers v JOIN people p ON p.id = v.person_id"
        " JOIN chats c ON c.chat_id = p.chat_id"
        " WHERE c.reachable = 1 AND EXISTS (SELECT 1 FROM volunteer_languages l"
        " WHERE l.person_id = v.person_id AND l.language IN (:language, :sister))"
        " ORDER BY coalesce((SELECT max(o.made_at) FROM offers o"
        " WHERE o.volunteer_id = v.person_id), 0), v.person_id",
        request_id=request_id,
        language=languages[0],
        sister=languages[-1],
        first_slot=first_slot,
        end_slot=end_slot,
    )
    return [
        Candidate(
            Volunteer(int(row["person_id"]), understood(language), bool(row["active"])),
            busy=bool(row["busy"]),
            asked=bool(row["asked"]),
        )
        for row in rows
    ]


def languages_of(tx: Tx, person_id: int) -> list[str]:
    rows = tx.all(
        "SELECT language FROM volunteer_languages WHERE person_id = :id ORDER BY language",
        id=person_id,
    )
    return [str(row["language"]) for row in rows]


def _person(tx: Tx, row: Row) -> Person:
    roles = tx.all("SELECT role FROM roles WHERE person_id = :id", id=row["id"])
    name = "" if row["name"] is None else str(tx.unseal(_NAME, row["name"]))
    return Person(
        int(row["id"]), row["chat_id"], name, frozenset(Role(role["role"]) for role in roles)
    )
