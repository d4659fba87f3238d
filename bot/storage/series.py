"""Help every week. A series has the id of the request it began with; its meetings, and the search
for another volunteer, are requests that name it."""

from datetime import date

from bot.domain.appointments import Side
from bot.domain.series import Answer, Change, Series, SeriesState
from bot.storage.rows import number
from bot.storage.tx import Row, Tx

_PLACE = "series.place"
_COLUMNS = (
    "request_id, person_id, volunteer_id, category, state, weekday, hour, minutes, place,"
    " planned_to, said_to, paused_until, clash_on, requester_says, volunteer_says, change_on,"
    " change_hour, change_by, met"
)


def add(tx: Tx, series: Series) -> Series:
    """A new one."""
    tx.run(
        "INSERT INTO series (request_id, person_id, volunteer_id, category, state, weekday, hour,"
        " minutes, place, planned_to, said_to, made_at) VALUES (:request_id, :person_id,"
        " :volunteer_id, :category, :state, :weekday, :hour, :minutes, :place, :planned_to,"
        " :said_to, :now)",
        request_id=series.request_id,
        person_id=series.person_id,
        volunteer_id=series.volunteer_id,
        category=series.category,
        state=series.state.value,
        weekday=series.weekday,
        hour=series.hour,
        minutes=series.minutes,
        place=tx.seal(_PLACE, series.place) if series.place else None,
        planned_to=series.planned_to.isoformat(),
        said_to=series.said_to.isoformat(),
        now=tx.now,
    )
    return series


def find(tx: Tx, series_id: int) -> Series | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM series WHERE request_id = :id", id=series_id)  # noqa: S608  (our own columns)
    return None if row is None else _series(tx, row)


def by_id(tx: Tx, series_id: int) -> Series:
    """Raises ``LookupError`` if there is none."""
    series = find(tx, series_id)
    if series is None:
        raise LookupError("no such series")
    return series


def of_person(tx: Tx, person_id: int) -> list[Series]:
    """Those that a requester has and that have not ended, oldest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM series WHERE person_id = :id AND state <> 'ended'"  # noqa: S608  (our own columns)
        " ORDER BY request_id",
        id=person_id,
    )
    return [_series(tx, row) for row in rows]


def of_volunteer(tx: Tx, volunteer_id: int) -> list[Series]:
    """Those that a volunteer looks after and that have not ended, oldest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM series WHERE volunteer_id = :id AND state <> 'ended'"  # noqa: S608  (our own columns)
        " ORDER BY request_id",
        id=volunteer_id,
    )
    return [_series(tx, row) for row in rows]


def set_state(tx: Tx, series_id: int, state: SeriesState, volunteer_id: int | None) -> None:
    """Who helps from now on, if anybody; an open proposal of another time holds no longer."""
    tx.run(
        "UPDATE series SET state = :state, volunteer_id = :volunteer_id, change_on = NULL,"
        " change_hour = NULL, change_by = NULL, clash_on = NULL WHERE request_id = :id",
        state=state.value,
        volunteer_id=volunteer_id,
        id=series_id,
    )


def set_time(tx: Tx, series_id: int, weekday: int, hour: str, place: str | None = None) -> None:
    """Every week then. *place*: where they meet; None: as before."""
    tx.run(
        "UPDATE series SET weekday = :weekday, hour = :hour, change_on = NULL, change_hour = NULL,"
        " change_by = NULL, clash_on = NULL WHERE request_id = :id",
        weekday=weekday,
        hour=hour,
        id=series_id,
    )
    if place is not None:
        tx.run(
            "UPDATE series SET place = :place WHERE request_id = :id",
            place=tx.seal(_PLACE, place) if place else None,
            id=series_id,
        )


def note_answers(
    tx: Tx, series_id: int, requester: Answer | None, volunteer: Answer | None
) -> None:
    """What both sides have said to "every week?" so far."""
    tx.run(
        "UPDATE series SET requester_says = :requester, volunteer_says = :volunteer"
        " WHERE request_id = :id",
        requester=None if requester is None else requester.value,
        volunteer=None if volunteer is None else volunteer.value,
        id=series_id,
    )


def plan_to(tx: Tx, series_id: int, day: date) -> None:
    """Up to *day* it is decided whether there is a meeting."""
    tx.run(
        "UPDATE series SET planned_to = :day WHERE request_id = :id",
        day=day.isoformat(),
        id=series_id,
    )


def say_to(tx: Tx, series_id: int, day: date) -> None:
    """Both know of the weeks that are left out up to *day*."""
    tx.run(
        "UPDATE series SET said_to = :day WHERE request_id = :id",
        day=day.isoformat(),
        id=series_id,
    )


def pause(tx: Tx, series_id: int, until: date | None) -> None:
    """No meetings before *until*; None: the pause is over."""
    tx.run(
        "UPDATE series SET paused_until = :until WHERE request_id = :id",
        until=None if until is None else until.isoformat(),
        id=series_id,
    )


def clash(tx: Tx, series_id: int, day: date | None) -> None:
    """The volunteer has something else on that day; None: that is settled."""
    tx.run(
        "UPDATE series SET clash_on = :day WHERE request_id = :id",
        day=None if day is None else day.isoformat(),
        id=series_id,
    )


def propose(tx: Tx, series_id: int, change: Change | None) -> None:
    """Another day and hour, until the other side answers; None: nothing is proposed any more."""
    tx.run(
        "UPDATE series SET change_on = :day, change_hour = :hour, change_by = :by"
        " WHERE request_id = :id",
        day=None if change is None else change.first_on.isoformat(),
        hour=None if change is None else change.hour,
        by=None if change is None else change.by.value,
        id=series_id,
    )


def times_met(tx: Tx, series: Series) -> int:
    """How often the two have met: what is kept, and what was forgotten meanwhile."""
    return series.met + number(
        tx,
        "SELECT count(*) AS n FROM help_requests r JOIN assignments a ON a.request_id = r.id"
        " WHERE (r.series_id = :id OR r.id = :id) AND a.state = 'done'"
        " AND coalesce(a.outcome, 'took_place') = 'took_place'",
        id=series.request_id,
    )


def _series(tx: Tx, row: Row) -> Series:
    return Series(
        request_id=int(row["request_id"]),
        person_id=int(row["person_id"]),
        volunteer_id=row["volunteer_id"],
        category=str(row["category"]),
        state=SeriesState(row["state"]),
        weekday=int(row["weekday"]),
        hour=str(row["hour"]),
        minutes=int(row["minutes"]),
        place="" if row["place"] is None else str(tx.unseal(_PLACE, row["place"])),
        planned_to=date.fromisoformat(row["planned_to"]),
        said_to=date.fromisoformat(row["said_to"]),
        paused_until=_day(row["paused_until"]),
        clash_on=_day(row["clash_on"]),
        requester_says=_answer(row["requester_says"]),
        volunteer_says=_answer(row["volunteer_says"]),
        change=(
            None
            if row["change_on"] is None
            else Change(
                date.fromisoformat(row["change_on"]),
                str(row["change_hour"]),
                Side(row["change_by"]),
            )
        ),
        met=int(row["met"]),
    )


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _answer(said: str | None) -> Answer | None:
    return None if said is None else Answer(said)
