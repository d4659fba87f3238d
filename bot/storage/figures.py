"""Figures of requests: counted from the requests as long as they are kept, put away without a
person before they are forgotten.

A row that was put away has no number of its request, no person and no time of day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.figures import Figure, Load
from bot.domain.requests import State
from bot.storage.tx import Row, Tx


@dataclass(frozen=True, slots=True)
class Counted:
    """One request that is still kept, as figures are made of it.

    ``outcome``: what the volunteer said of the appointment. ``closed``: why the office closed it.
    ``short_of``: what was missing when nobody was left to ask. Empty: nothing. ``filed_at``,
    ``yes_at``: UTC epoch seconds.
    """

    id: int
    filed_at: int
    category: str
    language: str
    place: str
    how: str
    weekly: bool
    state: State
    outcome: str
    closed: str
    short_of: str
    yes_at: int | None


@dataclass(frozen=True, slots=True)
class Task:
    """An appointment that took place, of a request that is still kept; ``minutes`` long."""

    request_id: int
    volunteer_id: int
    starts_at: int
    minutes: int


def still_kept(tx: Tx, since: int, until: int) -> list[Counted]:
    """Requests that came in then (UTC epoch seconds). Meetings of a series, and the search for
    another volunteer for it, are no requests of anybody: the series counts once."""
    rows = tx.all(
        "SELECT r.id, r.created_at, r.category, r.language, r.place, r.how, r.state, r.short_of,"
        " CASE WHEN r.weekly = 1 OR EXISTS (SELECT 1 FROM series s WHERE s.request_id = r.id)"
        " THEN 1 ELSE 0 END AS weekly,"
        " (SELECT max(a.outcome) FROM assignments a WHERE a.request_id = r.id"
        " AND a.state = 'done') AS outcome,"
        " (SELECT max(substr(h.what, 8)) FROM history h WHERE h.request_id = r.id"
        " AND substr(h.what, 1, 7) = 'closed_') AS closed,"
        " (SELECT min(h.made_at) FROM history h WHERE h.request_id = r.id"
        " AND h.what = 'accepted') AS yes_at"
        " FROM help_requests r WHERE r.series_id IS NULL"
        " AND r.created_at >= :since AND r.created_at < :until ORDER BY r.id",
        since=since,
        until=until,
    )
    return [
        Counted(
            id=int(row["id"]),
            filed_at=int(row["created_at"]),
            category=str(row["category"]),
            language=str(row["language"]),
            place=str(row["place"]),
            how=str(row["how"]),
            weekly=bool(row["weekly"]),
            state=State(row["state"]),
            outcome=str(row["outcome"] or ""),
            closed=str(row["closed"] or ""),
            short_of=str(row["short_of"] or ""),
            yes_at=row["yes_at"],
        )
        for row in rows
    ]


def tasks_still_kept(tx: Tx, since: int, until: int) -> list[Task]:
    """Appointments that began then (UTC epoch seconds), meetings of a series too, unless they are
    known not to have taken place."""
    rows = tx.all(
        "SELECT request_id, volunteer_id, starts_at,"
        " coalesce(minutes, (ends_at - starts_at) / 60) AS minutes FROM assignments"
        " WHERE state = 'done' AND coalesce(outcome, 'took_place') = 'took_place'"
        " AND starts_at >= :since AND starts_at < :until ORDER BY id",
        since=since,
        until=until,
    )
    return [
        Task(
            int(row["request_id"]),
            int(row["volunteer_id"]),
            int(row["starts_at"]),
            int(row["minutes"]),
        )
        for row in rows
    ]


def put_away(tx: Tx, figures: Iterable[Figure]) -> None:
    """The requests are forgotten now; this is left of them."""
    for figure in figures:
        tx.run(
            "INSERT INTO request_figures (filed_on, category, kind, language, municipality, how,"
            " weekly, state, reason, seconds_to_yes) VALUES (:filed_on, :category, :kind,"
            " :language, :municipality, :how, :weekly, :state, :reason, :seconds_to_yes)",
            filed_on=figure.filed_on.isoformat(),
            category=figure.category,
            kind=figure.group,
            language=figure.language,
            municipality=figure.municipality,
            how=figure.how,
            weekly=int(figure.weekly),
            state=figure.state.value,
            reason=figure.reason,
            seconds_to_yes=figure.seconds_to_yes,
        )


def of(tx: Tx, first: date, last: date) -> list[Figure]:
    """What was put away of requests that came in from the first to the last day."""
    rows = tx.all(
        "SELECT filed_on, category, kind, language, municipality, how, weekly, state, reason,"
        " seconds_to_yes FROM request_figures"
        " WHERE filed_on >= :first AND filed_on <= :last ORDER BY id",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [_figure(row) for row in rows]


def add_load(tx: Tx, volunteer_id: int, month: str, load: Load) -> None:
    """*month* (``"2026-11"``): what is forgotten with its requests is counted here."""
    tx.run(
        "INSERT INTO load_figures (volunteer_id, month, tasks, minutes)"
        " VALUES (:id, :month, :tasks, :minutes) ON CONFLICT (volunteer_id, month) DO UPDATE"
        " SET tasks = load_figures.tasks + excluded.tasks,"
        " minutes = load_figures.minutes + excluded.minutes",
        id=volunteer_id,
        month=month,
        tasks=load.tasks,
        minutes=load.minutes,
    )


def load_of(tx: Tx, months: Collection[str]) -> dict[int, Load]:
    """By volunteer, without their name: what was put away, from the first to the last month."""
    rows = tx.all(
        "SELECT volunteer_id, sum(tasks) AS tasks, sum(minutes) AS minutes FROM load_figures"
        " WHERE month >= :first AND month <= :last GROUP BY volunteer_id",
        first=min(months),
        last=max(months),
    )
    return {
        int(row["volunteer_id"]): Load("", int(row["tasks"]), int(row["minutes"])) for row in rows
    }


def spoken(tx: Tx) -> dict[int, set[str]]:
    """Which languages each active volunteer speaks."""
    rows = tx.all(
        "SELECT l.person_id, l.language FROM volunteer_languages l"
        " JOIN volunteers v ON v.person_id = l.person_id WHERE v.active = 1"
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(int(row["person_id"]), set()).add(str(row["language"]))
    return found


def _figure(row: Row) -> Figure:
    wait = row["seconds_to_yes"]
    return Figure(
        filed_on=date.fromisoformat(row["filed_on"]),
        category=str(row["category"]),
        group=str(row["kind"]),
        language=str(row["language"]),
        municipality=str(row["municipality"]),
        how=str(row["how"]),
        weekly=bool(row["weekly"]),
        state=State(row["state"]),
        reason=str(row["reason"]),
        seconds_to_yes=None if wait is None else int(wait),
    )
