"""Meetups of volunteers, and who is invited. Titles and places are sealed: they are free words."""

from collections.abc import Iterable

from bot.domain.meetups import Answer, Guest, Kind, Meetup, State
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

_DETAILS = "meetups.details"
_COLUMNS = "id, kind, details, who, starts_at, ends_at, revision, state"
_GUEST = "id, meetup_id, person_id, answer, told, files, has_file, attended"


def add(
    tx: Tx, *, kind: Kind, title: str, place: str, who: str, starts_at: int, ends_at: int
) -> Meetup:
    meetup_id = new_id(
        tx,
        "INSERT INTO meetups (kind, details, who, starts_at, ends_at, made_at)"
        " VALUES (:kind, :details, :who, :starts_at, :ends_at, :now) RETURNING id",
        kind=kind.value,
        details=_sealed(tx, title, place),
        who=who,
        starts_at=starts_at,
        ends_at=ends_at,
        now=tx.now,
    )
    return Meetup(meetup_id, kind, title, place, who, starts_at, ends_at)


def find(tx: Tx, meetup_id: int) -> Meetup | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM meetups WHERE id = :id", id=meetup_id)  # noqa: S608  (our own columns)
    return None if row is None else _meetup(tx, row)


def hold(tx: Tx, meetup_id: int) -> Meetup | None:
    """As :func:`find`, and nobody else changes it or its guests until we are through."""
    tx.run("UPDATE meetups SET revision = revision WHERE id = :id", id=meetup_id)
    return find(tx, meetup_id)


def since(tx: Tx, moment: int, limit: int) -> list[Meetup]:
    """Those that end after *moment*, soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM meetups WHERE ends_at > :moment ORDER BY starts_at, id"  # noqa: S608  (our own columns)
        " LIMIT :limit",
        moment=moment,
        limit=limit,
    )
    return [_meetup(tx, row) for row in rows]


def change(tx: Tx, meetup: Meetup, *, starts_at: int, ends_at: int, place: str) -> Meetup | None:
    """At another time or place; the next revision of it."""
    tx.run(
        "UPDATE meetups SET starts_at = :starts_at, ends_at = :ends_at, details = :details,"
        " revision = revision + 1 WHERE id = :id",
        id=meetup.id,
        starts_at=starts_at,
        ends_at=ends_at,
        details=_sealed(tx, meetup.title, place),
    )
    return find(tx, meetup.id)


def call_off(tx: Tx, meetup_id: int) -> Meetup | None:
    tx.run("UPDATE meetups SET state = 'off', revision = revision + 1 WHERE id = :id", id=meetup_id)
    return find(tx, meetup_id)


def settle(tx: Tx, meetup_id: int) -> None:
    """The office has said who was there."""
    tx.run("UPDATE meetups SET state = 'settled' WHERE id = :id", id=meetup_id)


# --- guests ---------------------------------------------------------------------------------------


def invite(tx: Tx, meetup_id: int, person_ids: Iterable[int]) -> list[Guest]:
    """Each once."""
    for person_id in person_ids:
        tx.run(
            "INSERT INTO meetup_guests (meetup_id, person_id) VALUES (:meetup_id, :person_id)"
            " ON CONFLICT (meetup_id, person_id) DO NOTHING",
            meetup_id=meetup_id,
            person_id=person_id,
        )
    return guests(tx, meetup_id)


def guests(tx: Tx, meetup_id: int) -> list[Guest]:
    """In the order they were registered as people."""
    rows = tx.all(
        f"SELECT {_GUEST} FROM meetup_guests WHERE meetup_id = :id ORDER BY person_id",  # noqa: S608  (our own columns)
        id=meetup_id,
    )
    return [_guest(row) for row in rows]


def guest(tx: Tx, guest_id: int) -> Guest | None:
    row = tx.one(f"SELECT {_GUEST} FROM meetup_guests WHERE id = :id", id=guest_id)  # noqa: S608  (our own columns)
    return None if row is None else _guest(row)


def guest_of(tx: Tx, meetup_id: int, person_id: int) -> Guest | None:
    row = tx.one(
        f"SELECT {_GUEST} FROM meetup_guests"  # noqa: S608  (our own columns)
        " WHERE meetup_id = :meetup_id AND person_id = :person_id",
        meetup_id=meetup_id,
        person_id=person_id,
    )
    return None if row is None else _guest(row)


def of_person(tx: Tx, person_id: int, since: int) -> list[tuple[Meetup, Guest]]:
    """What somebody is invited to and what ends after *since*, soonest first; nothing that was
    called off."""
    own = [
        _guest(row)
        for row in tx.all(
            f"SELECT {_GUEST} FROM meetup_guests WHERE person_id = :id",  # noqa: S608  (our own columns)
            id=person_id,
        )
    ]
    found = [(find(tx, one.meetup_id), one) for one in own]
    ahead = [
        (meetup, one)
        for meetup, one in found
        if meetup is not None and meetup.state is not State.OFF and meetup.ends_at > since
    ]
    return sorted(ahead, key=lambda pair: (pair[0].starts_at, pair[0].id))


def answer(tx: Tx, guest_id: int, said: Answer | None) -> None:
    tx.run(
        "UPDATE meetup_guests SET answer = :answer WHERE id = :id",
        answer=None if said is None else said.value,
        id=guest_id,
    )


def forget_answers(tx: Tx, meetup_id: int) -> None:
    """It is at another time: a yes to the time before says nothing."""
    tx.run("UPDATE meetup_guests SET answer = NULL WHERE meetup_id = :id", id=meetup_id)


def told(tx: Tx, guest_id: int, revision: int) -> None:
    """They have heard of this revision."""
    tx.run(
        "UPDATE meetup_guests SET told = :revision WHERE id = :id", revision=revision, id=guest_id
    )


def give_file(tx: Tx, guest_id: int, *, stands: bool) -> int:
    """They get one more calendar file; its number. *stands*: it does not take the entry back."""
    row = tx.one(
        "UPDATE meetup_guests SET files = files + 1, has_file = :stands WHERE id = :id"
        " RETURNING files",
        stands=int(stands),
        id=guest_id,
    )
    if row is None:
        raise LookupError("no such guest")
    return int(row["files"])


def attend(tx: Tx, guest_id: int, attended: bool) -> None:
    tx.run(
        "UPDATE meetup_guests SET attended = :attended WHERE id = :id",
        attended=int(attended),
        id=guest_id,
    )


def trained(tx: Tx) -> set[int]:
    """The ids of those who were at a training."""
    rows = tx.all(
        "SELECT DISTINCT g.person_id FROM meetup_guests g JOIN meetups m ON m.id = g.meetup_id"
        " WHERE m.kind = 'training' AND m.state = 'settled' AND g.attended = 1"
    )
    return {int(row["person_id"]) for row in rows}


def attended(tx: Tx, meetup_id: int) -> int:
    """How many were there."""
    return number(
        tx,
        "SELECT count(*) AS n FROM meetup_guests WHERE meetup_id = :id AND attended = 1",
        id=meetup_id,
    )


def _sealed(tx: Tx, title: str, place: str) -> bytes:
    return tx.seal(_DETAILS, {"title": title, "place": place})


def _meetup(tx: Tx, row: Row) -> Meetup:
    match tx.unseal(_DETAILS, row["details"]):
        case {"title": str(title), "place": str(place)}:
            pass
        case _:
            raise ValueError("no details of a meetup")
    return Meetup(
        int(row["id"]),
        Kind(row["kind"]),
        title,
        place,
        str(row["who"]),
        int(row["starts_at"]),
        int(row["ends_at"]),
        int(row["revision"]),
        State(row["state"]),
    )


def _guest(row: Row) -> Guest:
    return Guest(
        int(row["id"]),
        int(row["meetup_id"]),
        int(row["person_id"]),
        None if row["answer"] is None else Answer(row["answer"]),
        int(row["told"]),
        int(row["files"]),
        bool(row["has_file"]),
        None if row["attended"] is None else bool(row["attended"]),
    )
