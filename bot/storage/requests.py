"""Help requests."""

from dataclasses import asdict, fields

from bot.domain.people import Gender
from bot.domain.requests import Details, HelpRequest, How, Move, State, Wanted, after
from bot.messages import Json
from bot.storage.rows import new_id
from bot.storage.tx import Row, Tx, Value

_COLUMNS = (
    "id, person_id, category, language, also, place, state, starts_at, minutes, how, gender,"
    " weekly, for_child, minor, topic, answer_by, details, hear_by, revision,"
    " series_id, referrer_id"
)
_DETAILS = "help_requests.details"
_HALF_A_WEEK = 7 * 24 * 3600 // 2


def add(
    tx: Tx,
    person_id: int,
    wanted: Wanted,
    state: State = State.OPEN,
    *,
    series_id: int | None = None,
    referrer_id: int | None = None,
) -> HelpRequest:
    """A new request. *series_id*: it belongs to this series. *referrer_id*: who filed it."""
    request_id = new_id(
        tx,
        "INSERT INTO help_requests (person_id, category, language, also, place, state, starts_at,"
        " minutes, how, gender, weekly, for_child, minor, topic, answer_by, details, created_at,"
        " updated_at, series_id, referrer_id)"
        " VALUES (:person_id, :category, :language, :also, :place, :state,"
        " :starts_at, :minutes, :how, :gender, :weekly, :for_child, :minor, :topic, :answer_by,"
        " :details, :now, :now, :series_id, :referrer_id)"
        " RETURNING id",
        person_id=person_id,
        series_id=series_id,
        referrer_id=referrer_id,
        state=state.value,
        now=tx.now,
        **_values(tx, wanted),
    )
    return by_id(tx, request_id)


def change(tx: Tx, request_id: int, wanted: Wanted) -> HelpRequest:
    """What is asked for is something else now; where it stands stays."""
    tx.run(
        "UPDATE help_requests SET category = :category, language = :language, also = :also,"
        " place = :place, starts_at = :starts_at, minutes = :minutes, how = :how,"
        " gender = :gender, weekly = :weekly, for_child = :for_child, minor = :minor,"
        " topic = :topic, answer_by = :answer_by, details = :details, revision = revision + 1,"
        " updated_at = :now WHERE id = :id",
        id=request_id,
        now=tx.now,
        **_values(tx, wanted),
    )
    return by_id(tx, request_id)


def set_time(tx: Tx, request_id: int, starts_at: int | None) -> HelpRequest:
    """A time was agreed, or holds no longer (None)."""
    tx.run(
        "UPDATE help_requests SET starts_at = :starts_at, revision = revision + 1,"
        " updated_at = :now WHERE id = :id",
        starts_at=starts_at,
        now=tx.now,
        id=request_id,
    )
    return by_id(tx, request_id)


def promise(tx: Tx, request_id: int, hear_by: int | None) -> None:
    """The person was told that they hear more by then."""
    tx.run(
        "UPDATE help_requests SET hear_by = :hear_by WHERE id = :id", hear_by=hear_by, id=request_id
    )


def find(tx: Tx, request_id: int) -> HelpRequest | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM help_requests WHERE id = :id", id=request_id)  # noqa: S608  (our own columns)
    return None if row is None else _request(tx, row)


def by_id(tx: Tx, request_id: int) -> HelpRequest:
    """Raises ``LookupError`` if there is none."""
    request = find(tx, request_id)
    if request is None:
        raise LookupError("no such request")
    return request


def hold(tx: Tx, request_id: int) -> HelpRequest:
    """The request; nobody else changes anything about it until this transaction ends.

    Whoever is going to change rows that hang on a request takes it first (:func:`make` does it
    too), so that on PostgreSQL no two transactions wait for each other. Raises ``LookupError``.
    """
    tx.run("UPDATE help_requests SET revision = revision WHERE id = :id", id=request_id)
    return by_id(tx, request_id)


def of_person(tx: Tx, person_id: int) -> list[HelpRequest]:
    """What a person asked for and is still ahead, soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE person_id = :person_id"  # noqa: S608  (our own columns)
        " AND state IN ('waiting', 'open', 'stuck', 'agreeing', 'assigned')"
        " ORDER BY coalesce(starts_at, 0), id",
        person_id=person_id,
    )
    return [_request(tx, row) for row in rows]


def filed_by(tx: Tx, referrer_id: int, since: int) -> list[HelpRequest]:
    """What a referrer filed for clients: all that is still ahead, soonest first, then what ended
    since then."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE referrer_id = :id"  # noqa: S608  (our own columns)
        " AND (state IN ('waiting', 'open', 'stuck', 'agreeing', 'assigned')"
        " OR updated_at >= :since)"
        " ORDER BY CASE WHEN state IN ('waiting', 'open', 'stuck', 'agreeing', 'assigned')"
        " THEN 0 ELSE 1 END, coalesce(starts_at, 0), id",
        id=referrer_id,
        since=since,
    )
    return [_request(tx, row) for row in rows]


def settled_by_office(tx: Tx, person_id: int, since: int) -> list[HelpRequest]:
    """What a person asked for and the office has referred or closed since then, newest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE person_id = :person_id"  # noqa: S608  (our own columns)
        " AND state IN ('referred', 'closed') AND updated_at >= :since ORDER BY id DESC",
        person_id=person_id,
        since=since,
    )
    return [_request(tx, row) for row in rows]


def of_series(tx: Tx, series_id: int) -> list[HelpRequest]:
    """What is still ahead of a series, soonest first: its meetings, or the search for somebody."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE series_id = :id"  # noqa: S608  (our own columns)
        " AND state IN ('waiting', 'open', 'stuck', 'agreeing', 'assigned')"
        " ORDER BY coalesce(starts_at, 0), id",
        id=series_id,
    )
    return [_request(tx, row) for row in rows]


def is_settled(tx: Tx, series_id: int, starts_at: int) -> bool:
    """There is a meeting of the series in the days around (it may have been moved), or one side has
    said that they can't come to this one."""
    row = tx.one(
        "SELECT r.id FROM help_requests r WHERE r.series_id = :id"
        " AND r.starts_at > :since AND r.starts_at < :until"
        " AND (r.state IN ('waiting', 'open', 'stuck', 'agreeing', 'assigned')"
        " OR (r.starts_at = :starts_at AND (r.state <> 'cancelled' OR EXISTS"
        " (SELECT 1 FROM history h WHERE h.request_id = r.id AND h.what = 'cant')))) LIMIT 1",
        id=series_id,
        starts_at=starts_at,
        since=starts_at - _HALF_A_WEEK,
        until=starts_at + _HALF_A_WEEK,
    )
    return row is not None


def keep_longer(tx: Tx, request_id: int) -> None:
    """It ends only now: what hung on it has ended."""
    tx.run("UPDATE help_requests SET updated_at = :now WHERE id = :id", now=tx.now, id=request_id)


def join_series(tx: Tx, request_id: int) -> HelpRequest:
    """Somebody was found for a series: what was the search is the first meeting from now on."""
    tx.run(
        "UPDATE help_requests SET weekly = 0, revision = revision + 1 WHERE id = :id",
        id=request_id,
    )
    return by_id(tx, request_id)


def last_of_person(tx: Tx, person_id: int) -> HelpRequest | None:
    """What a person asked for most recently, whatever became of it."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM help_requests WHERE person_id = :person_id"  # noqa: S608  (our own columns)
        " AND series_id IS NULL ORDER BY id DESC LIMIT 1",
        person_id=person_id,
    )
    return None if row is None else _request(tx, row)


def any_of_person(tx: Tx, person_id: int) -> bool:
    """Has this person asked before?"""
    return (
        tx.one("SELECT id FROM help_requests WHERE person_id = :id LIMIT 1", id=person_id)
        is not None
    )


def has_asked_before(tx: Tx, request: HelpRequest) -> bool:
    """Has the person of *request* asked for anything else?"""
    return (
        tx.one(
            "SELECT id FROM help_requests WHERE person_id = :person_id AND id <> :id LIMIT 1",
            person_id=request.person_id,
            id=request.id,
        )
        is not None
    )


def unassigned(tx: Tx) -> list[HelpRequest]:
    """What nobody has taken yet and is still ahead, soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests"  # noqa: S608  (our own columns)
        " WHERE state IN ('waiting', 'open', 'stuck', 'agreeing')"
        " ORDER BY coalesce(starts_at, 0), id"
    )
    return [_request(tx, row) for row in rows]


def starting_between(tx: Tx, since: int, until: int) -> list[HelpRequest]:
    """Appointments that begin in that time (UTC epoch seconds), soonest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE state = 'assigned'"  # noqa: S608  (our own columns)
        " AND starts_at >= :since AND starts_at < :until ORDER BY starts_at, id",
        since=since,
        until=until,
    )
    return [_request(tx, row) for row in rows]


#: Requests that have served their purpose.
_FORGOTTEN = (
    "SELECT id FROM help_requests"
    " WHERE state IN ('done', 'cancelled', 'missed', 'referred', 'closed')"
    " AND updated_at < :before"
    " AND id NOT IN (SELECT request_id FROM series WHERE state <> 'ended')"
    " AND id NOT IN (SELECT request_id FROM cases WHERE state <> 'closed')"
)


def to_forget(tx: Tx, before: int) -> list[int]:
    """What :func:`forget_finished` will delete."""
    return [int(row["id"]) for row in tx.all(_FORGOTTEN, before=before)]


def lacks(tx: Tx, request_id: int, reason: str) -> None:
    """Nobody is left to ask: what was missing (`bot.domain.figures.Reason`), for the figures."""
    tx.run(
        "UPDATE help_requests SET short_of = :reason WHERE id = :id", reason=reason, id=request_id
    )


def on_days(tx: Tx, since: int, until: int) -> list[HelpRequest]:
    """What begins, or should have, in that time (UTC epoch seconds), soonest first: also what is
    over, not what was called off."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE state IN"  # noqa: S608  (our own columns)
        " ('waiting', 'open', 'stuck', 'agreeing', 'assigned', 'done')"
        " AND starts_at >= :since AND starts_at < :until ORDER BY starts_at, id",
        since=since,
        until=until,
    )
    return [_request(tx, row) for row in rows]


def under_way_without_chat(tx: Tx, limit: int) -> list[HelpRequest]:
    """What is still ahead of people whom the bot can't write to, the newest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM help_requests WHERE state IN"  # noqa: S608  (our own columns)
        " ('waiting', 'open', 'stuck', 'agreeing', 'assigned') AND series_id IS NULL"
        " AND person_id IN (SELECT id FROM people WHERE chat_id IS NULL)"
        " ORDER BY id DESC LIMIT :limit",
        limit=limit,
    )
    return [_request(tx, row) for row in rows]


def forget_finished(tx: Tx, before: int) -> int:
    """Delete what ended before then, with the offers and assignments that hang on it; how many.

    What a series began with is kept as long as the series goes on; of its meetings only how many
    there were. What an open case is about stays until it is closed.
    """
    tx.run(
        "UPDATE series SET met = met + (SELECT count(*) FROM help_requests r"  # noqa: S608  (a text of our own)
        " JOIN assignments a ON a.request_id = r.id WHERE r.series_id = series.request_id"
        f" AND r.id IN ({_FORGOTTEN}) AND a.state = 'done'"
        " AND coalesce(a.outcome, 'took_place') = 'took_place') WHERE state <> 'ended'",
        before=before,
    )
    hang_on_assignments = ("moves", "swaps", "signs")
    of_the_request = ("offers", "proposals", "errands", "listeners", "relays", "history")
    for table in (*hang_on_assignments, *of_the_request, "assignments", "series"):
        tx.run(f"DELETE FROM {table} WHERE request_id IN ({_FORGOTTEN})", before=before)  # noqa: S608  (names of our own)
    return tx.run(f"DELETE FROM help_requests WHERE id IN ({_FORGOTTEN})", before=before)  # noqa: S608  (a text of our own)


def make(tx: Tx, request: HelpRequest, move: Move) -> HelpRequest:
    """Make *move* in the life of *request*.

    Raises :class:`bot.domain.errors.Refused` if the table has no such move.
    """
    state = after(request.state, move)
    tx.run(
        "UPDATE help_requests SET state = :state, revision = revision + 1, updated_at = :now"
        " WHERE id = :id",
        state=state.value,
        now=tx.now,
        id=request.id,
    )
    return by_id(tx, request.id)


def _values(tx: Tx, wanted: Wanted) -> dict[str, Value]:
    details: Json = {key: value for key, value in asdict(wanted.details).items() if value}
    return {
        "category": wanted.category,
        "language": wanted.language,
        "also": ",".join(wanted.also),
        "place": wanted.place,
        "starts_at": wanted.starts_at,
        "minutes": wanted.minutes,
        "how": wanted.how.value,
        "gender": None if wanted.gender is None else wanted.gender.value,
        "weekly": int(wanted.weekly),
        "for_child": int(wanted.for_child),
        "minor": int(wanted.minor),
        "topic": int(wanted.topic),
        "answer_by": wanted.answer_by,
        "details": tx.seal(_DETAILS, details) if details else None,
    }


def _request(tx: Tx, row: Row) -> HelpRequest:
    return HelpRequest(
        id=int(row["id"]),
        person_id=int(row["person_id"]),
        category=str(row["category"]),
        language=str(row["language"]),
        also=tuple(str(row["also"]).split(",")) if row["also"] else (),
        place=str(row["place"]),
        state=State(row["state"]),
        starts_at=row["starts_at"],
        minutes=int(row["minutes"]),
        how=How(row["how"]),
        gender=None if row["gender"] is None else Gender(row["gender"]),
        weekly=bool(row["weekly"]),
        for_child=bool(row["for_child"]),
        minor=bool(row["minor"]),
        topic=bool(row["topic"]),
        answer_by=row["answer_by"],
        details=_details(tx, row["details"]),
        hear_by=row["hear_by"],
        revision=int(row["revision"]),
        series_id=row["series_id"],
        referrer_id=row["referrer_id"],
    )


def _details(tx: Tx, sealed: bytes | None) -> Details:
    document = None if sealed is None else tx.unseal(_DETAILS, sealed)
    if not isinstance(document, dict):
        return Details()
    known = {each.name for each in fields(Details)}
    return Details(**{key: str(value) for key, value in document.items() if key in known})
