"""What volunteers do, for the lists of those to look after; and what they were told in time."""

from bot.domain.care import LOAD_DAYS, Load
from bot.storage.tx import Tx

_DAY = 24 * 3600


def loads(tx: Tx, week_from: int, week_to: int) -> list[Load]:
    """Every active volunteer. *week_from*, *week_to*: this calendar week (UTC epoch seconds)."""
    rows = tx.all(
        "SELECT v.person_id, v.weekly_cap, v.strained_at, v.offered_at, c.seen_at,"
        " (SELECT max(a.ends_at) FROM assignments a WHERE a.volunteer_id = v.person_id"
        " AND a.state IN ('active', 'done')) AS last_task,"
        " (SELECT count(*) FROM assignments a WHERE a.volunteer_id = v.person_id"
        " AND a.state IN ('active', 'done') AND a.starts_at > :since AND a.starts_at <= :now)"
        " AS lately,"
        " (SELECT count(*) FROM assignments a WHERE a.volunteer_id = v.person_id"
        " AND a.state IN ('active', 'done') AND a.starts_at >= :week_from"
        " AND a.starts_at < :week_to) AS this_week"
        " FROM volunteers v JOIN people p ON p.id = v.person_id"
        " LEFT JOIN chats c ON c.chat_id = p.chat_id WHERE v.active = 1 ORDER BY v.person_id",
        since=tx.now - LOAD_DAYS * _DAY,
        now=tx.now,
        week_from=week_from,
        week_to=week_to,
    )
    return [
        Load(
            int(row["person_id"]),
            max(
                (int(at) for at in (row["last_task"], row["seen_at"]) if at is not None),
                default=None,
            ),
            row["offered_at"] is not None or row["last_task"] is not None,
            int(row["lately"]),
            int(row["this_week"]),
            row["weekly_cap"],
            row["strained_at"],
        )
        for row in rows
    ]


def told_first(tx: Tx, person_id: int, what: str, about: str) -> bool:
    """True for the first time somebody is told *what* about a day, or whatever *about* names."""
    return bool(
        tx.run(
            "INSERT INTO care_told (person_id, what, about, told_at)"
            " VALUES (:id, :what, :about, :now) ON CONFLICT (person_id, what, about) DO NOTHING",
            id=person_id,
            what=what,
            about=about,
            now=tx.now,
        )
    )


def prune(tx: Tx, before: int) -> int:
    return tx.run("DELETE FROM care_told WHERE told_at < :before", before=before)
