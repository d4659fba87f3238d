"""Announcements, and what became of each for everybody who is meant. Their texts are sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.announcements import (
    USUAL_QUIET,
    Announcement,
    Audience,
    Instead,
    Progress,
    Recipient,
    State,
    To,
)
from bot.messages import Json
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx, Value

_CONTENT = "announcements.content"
_COLUMNS = "id, state, role, language, place, content, revision, made_by, sent_by"


def add(tx: Tx, audience: Audience, texts: Mapping[str, str], made_by: int) -> Announcement:
    announcement_id = new_id(
        tx,
        "INSERT INTO announcements (role, language, place, content, made_by, made_at)"
        " VALUES (:role, :language, :place, :content, :made_by, :now) RETURNING id",
        role=audience.to.value,
        language=audience.language,
        place=audience.place,
        content=_sealed(tx, texts, {}),
        made_by=made_by,
        now=tx.now,
    )
    return Announcement(announcement_id, State.DRAFT, audience, texts=dict(texts), made_by=made_by)


def find(tx: Tx, announcement_id: int) -> Announcement | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM announcements WHERE id = :id", id=announcement_id)  # noqa: S608  (our own columns)
    return None if row is None else _announcement(tx, row)


def hold(tx: Tx, announcement_id: int) -> Announcement | None:
    """As :func:`find`, and nobody else changes it until we are through."""
    tx.run("UPDATE announcements SET revision = revision WHERE id = :id", id=announcement_id)
    return find(tx, announcement_id)


def latest(tx: Tx, limit: int) -> list[Announcement]:
    """Newest first; those whose text is still kept."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM announcements WHERE content IS NOT NULL"  # noqa: S608  (our own columns)
        " ORDER BY id DESC LIMIT :limit",
        limit=limit,
    )
    return [_announcement(tx, row) for row in rows]


def write(
    tx: Tx, announcement_id: int, texts: Mapping[str, str], instead: Mapping[str, Instead]
) -> None:
    """Other texts, or another decision; the next revision."""
    tx.run(
        "UPDATE announcements SET content = :content, revision = revision + 1 WHERE id = :id",
        content=_sealed(tx, texts, instead),
        id=announcement_id,
    )


def begin(tx: Tx, announcement_id: int, sent_by: int, people: Mapping[int, str]) -> None:
    """It is being sent from now on. *people*: person -> the language of their text."""
    tx.run(
        "UPDATE announcements SET state = 'sending', sent_by = :by WHERE id = :id",
        by=sent_by,
        id=announcement_id,
    )
    rows = list(people.items())
    for at in range(0, len(rows), _ROWS):
        _add_people(tx, announcement_id, rows[at : at + _ROWS])


#: So many rows in one statement.
_ROWS = 100


def _add_people(tx: Tx, announcement_id: int, rows: Sequence[tuple[int, str]]) -> None:
    values = ", ".join(f"(:id, :p{n}, :l{n})" for n in range(len(rows)))
    given: dict[str, Value] = {"id": announcement_id}
    for n, (person_id, language) in enumerate(rows):
        given |= {f"p{n}": person_id, f"l{n}": language}
    tx.run(
        "INSERT INTO announcement_people (announcement_id, person_id, language)"  # noqa: S608  (names of our own)
        f" VALUES {values} ON CONFLICT (announcement_id, person_id) DO NOTHING",
        **given,
    )


def set_state(tx: Tx, announcement_id: int, state: State) -> None:
    tx.run(
        "UPDATE announcements SET state = :state WHERE id = :id",
        state=state.value,
        id=announcement_id,
    )


def discard(tx: Tx, announcement_id: int) -> None:
    """A draft that nobody sends."""
    tx.run("DELETE FROM announcements WHERE id = :id AND state = 'draft'", id=announcement_id)


def forget(tx: Tx, before: int) -> None:
    """Texts, and who got them, of announcements made before then."""
    old = "SELECT id FROM announcements WHERE made_at < :before AND content IS NOT NULL"
    tx.run(f"DELETE FROM announcement_people WHERE announcement_id IN ({old})", before=before)  # noqa: S608  (a text of our own)
    tx.run("DELETE FROM announcements WHERE made_at < :before AND state = 'draft'", before=before)
    tx.run("UPDATE announcements SET content = NULL WHERE made_at < :before", before=before)


# --- who is meant ---------------------------------------------------------------------------------

#: Who agreed to be kept, or was approved as a volunteer, can be reached, and wants news.
_WRITABLE = (
    "FROM people p JOIN chats c ON c.chat_id = p.chat_id"
    " LEFT JOIN volunteers v ON v.person_id = p.id"
    " WHERE c.kind = 'private' AND c.reachable = 1 AND c.language IS NOT NULL"
    " AND p.no_news_at IS NULL AND (p.agreed_at IS NOT NULL OR v.active = 1)"
)
_UNREACHED = (
    "FROM people p LEFT JOIN chats c ON c.chat_id = p.chat_id"
    " LEFT JOIN volunteers v ON v.person_id = p.id"
    " WHERE (c.chat_id IS NULL OR c.reachable = 0) AND p.no_news_at IS NULL AND (v.active = 1"
    " OR EXISTS (SELECT 1 FROM help_requests h WHERE h.person_id = p.id))"
)
_QUIET = "p.quiet, v.quiet_from, v.quiet_to"


@dataclass(frozen=True, slots=True)
class Candidate:
    """``volunteers``: an active volunteer; ``requests``: asks for help, or has no role at all.
    ``place``: a volunteer's home; empty: not said."""

    recipient: Recipient
    volunteers: bool
    requests: bool
    place: str


def candidates(tx: Tx) -> list[Candidate]:
    """Everybody who may be written to."""
    return _candidates(tx, _WRITABLE)


def unreached(tx: Tx) -> list[Candidate]:
    """Those whom an announcement can't reach: they have no chat, or blocked the bot."""
    return _candidates(tx, _UNREACHED)


def _candidates(tx: Tx, who: str) -> list[Candidate]:
    rows = tx.all(
        "SELECT p.id, c.chat_id, coalesce(c.language, p.language) AS language,"  # noqa: S608  (texts of our own)
        " p.agreed_at, coalesce(v.active, 0) AS active,"
        f" coalesce(v.place, '') AS place, {_QUIET},"
        " CASE WHEN EXISTS (SELECT 1 FROM help_requests h WHERE h.person_id = p.id)"
        " OR NOT EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id)"
        f" THEN 1 ELSE 0 END AS requests {who} ORDER BY p.id"
    )
    return [
        Candidate(
            _recipient(row),
            bool(row["active"]),
            bool(row["requests"]) and (row["agreed_at"] is not None or row["chat_id"] is None),
            str(row["place"]),
        )
        for row in rows
    ]


def places_of_requests(tx: Tx) -> dict[int, set[str]]:
    """Person -> the places of their requests."""
    found: dict[int, set[str]] = {}
    for row in tx.all("SELECT DISTINCT person_id, place FROM help_requests WHERE place <> ''"):
        found.setdefault(int(row["person_id"]), set()).add(str(row["place"]))
    return found


# --- sending --------------------------------------------------------------------------------------


def next_batch(tx: Tx, announcement_id: int, limit: int) -> list[tuple[int, str]]:
    """Those whose turn it is: person and the language of their text."""
    rows = tx.all(
        "SELECT person_id, language FROM announcement_people WHERE announcement_id = :id"
        " AND state = 'waiting' AND not_before <= :now ORDER BY person_id LIMIT :limit",
        id=announcement_id,
        now=tx.now,
        limit=limit,
    )
    return [(int(row["person_id"]), str(row["language"])) for row in rows]


def writable(tx: Tx, person_id: int) -> Recipient | None:
    """How to reach them now; None if they can't or don't want to be."""
    row = tx.one(
        f"SELECT p.id, c.chat_id, c.language, {_QUIET} {_WRITABLE} AND p.id = :id",
        id=person_id,
    )
    return None if row is None else _recipient(row)


def mark(tx: Tx, announcement_id: int, person_id: int, state: str) -> None:
    """*state*: handed (to the outbox), blocked or dropped."""
    tx.run(
        "UPDATE announcement_people SET state = :state"
        " WHERE announcement_id = :id AND person_id = :person_id",
        state=state,
        id=announcement_id,
        person_id=person_id,
    )


def wait(tx: Tx, announcement_id: int, person_id: int, until: int) -> None:
    """Not before then (UTC epoch seconds): their quiet hours."""
    tx.run(
        "UPDATE announcement_people SET not_before = :until"
        " WHERE announcement_id = :id AND person_id = :person_id",
        until=until,
        id=announcement_id,
        person_id=person_id,
    )


def drop_waiting(tx: Tx, announcement_id: int) -> None:
    """It was stopped."""
    tx.run(
        "UPDATE announcement_people SET state = 'dropped'"
        " WHERE announcement_id = :id AND state = 'waiting'",
        id=announcement_id,
    )


def note_what_arrived(tx: Tx, announcement_id: int, card: str) -> None:
    """What became of those that were handed over: *card* names the message in each chat."""
    rows = tx.all(
        "SELECT a.person_id, c.chat_id, c.reachable FROM announcement_people a"
        " JOIN people p ON p.id = a.person_id LEFT JOIN chats c ON c.chat_id = p.chat_id"
        " WHERE a.announcement_id = :id AND a.state = 'handed'",
        id=announcement_id,
    )
    for row in rows:
        if row["chat_id"] is not None and _shown(tx, int(row["chat_id"]), card):
            mark(tx, announcement_id, int(row["person_id"]), "delivered")
        elif row["chat_id"] is None or not _on_its_way(tx, int(row["chat_id"]), card):
            became = "dropped" if row["reachable"] else "blocked"
            mark(tx, announcement_id, int(row["person_id"]), became)


def on_their_way(tx: Tx, announcement_id: int) -> int:
    return number(
        tx,
        "SELECT count(*) AS n FROM announcement_people"
        " WHERE announcement_id = :id AND state = 'handed'",
        id=announcement_id,
    )


def next_at(tx: Tx, announcement_id: int) -> int | None:
    """When the first of those who still wait may be written to; None if nobody waits."""
    row = tx.one(
        "SELECT min(not_before) AS at FROM announcement_people"
        " WHERE announcement_id = :id AND state = 'waiting'",
        id=announcement_id,
    )
    return None if row is None or row["at"] is None else int(row["at"])


def progress(tx: Tx, announcement_id: int) -> Progress:
    rows = tx.all(
        "SELECT state, count(*) AS n FROM announcement_people WHERE announcement_id = :id"
        " GROUP BY state",
        id=announcement_id,
    )
    found = {str(row["state"]): int(row["n"]) for row in rows}
    return Progress(
        found.get("waiting", 0) + found.get("handed", 0),
        found.get("delivered", 0),
        found.get("blocked", 0),
        found.get("dropped", 0),
    )


def may_be_sent(tx: Tx, announcement_id: int, person_id: int) -> bool:
    """It was not stopped, and this person has not said that they want no more."""
    row = tx.one(
        "SELECT a.state, p.no_news_at FROM announcements a, people p"
        " WHERE a.id = :id AND p.id = :person_id",
        id=announcement_id,
        person_id=person_id,
    )
    return row is not None and row["state"] == State.SENDING and row["no_news_at"] is None


def language_for(tx: Tx, announcement_id: int, person_id: int) -> str | None:
    """The language of the text somebody got; None if they got none."""
    row = tx.one(
        "SELECT language FROM announcement_people"
        " WHERE announcement_id = :id AND person_id = :person_id",
        id=announcement_id,
        person_id=person_id,
    )
    return None if row is None else str(row["language"])


# --- who wants no more ----------------------------------------------------------------------------


def want_news(tx: Tx, person_id: int, wanted: bool) -> None:
    tx.run(
        "UPDATE people SET no_news_at = :at WHERE id = :id",
        at=None if wanted else tx.now,
        id=person_id,
    )


def wants_news(tx: Tx, person_id: int) -> bool:
    row = tx.one("SELECT no_news_at FROM people WHERE id = :id", id=person_id)
    return row is not None and row["no_news_at"] is None


# --- parts ----------------------------------------------------------------------------------------


def _shown(tx: Tx, chat_id: int, card: str) -> bool:
    row = tx.one(
        "SELECT 1 AS there FROM cards WHERE chat_id = :chat_id AND card = :card",
        chat_id=chat_id,
        card=card,
    )
    return row is not None


def _on_its_way(tx: Tx, chat_id: int, card: str) -> bool:
    """The conditions on ``state`` are those of the outbox's indexes."""
    row = tx.one(
        "SELECT 1 AS there FROM outbox WHERE chat_id = :chat_id AND card = :card"
        " AND state IN ('ready', 'sending')"
        " UNION ALL SELECT 1 AS there FROM outbox WHERE chat_id = :chat_id AND card = :card"
        " AND state = 'queued' LIMIT 1",
        chat_id=chat_id,
        card=card,
    )
    return row is not None


def _recipient(row: Row) -> Recipient:
    begins, _, ends = str(row["quiet"] or "").partition("-")
    quiet = (begins, ends) if ends else USUAL_QUIET
    if row["quiet_from"] is not None:
        quiet = (str(row["quiet_from"]), str(row["quiet_to"]))
    return Recipient(int(row["id"]), int(row["chat_id"] or 0), str(row["language"] or ""), quiet)


def _sealed(tx: Tx, texts: Mapping[str, str], instead: Mapping[str, Instead]) -> bytes:
    said: dict[str, Json] = {**texts}
    other: dict[str, Json] = {language: one.value for language, one in instead.items()}
    return tx.seal(_CONTENT, {"texts": said, "instead": other})


def _announcement(tx: Tx, row: Row) -> Announcement:
    texts: Mapping[str, Json] = {}
    instead: Mapping[str, Json] = {}
    if row["content"] is not None:
        match tx.unseal(_CONTENT, row["content"]):
            case {"texts": dict(said), "instead": dict(other)}:
                texts, instead = said, other
            case _:
                raise ValueError("no texts of an announcement")
    return Announcement(
        int(row["id"]),
        State(row["state"]),
        Audience(To(row["role"]), str(row["language"]), str(row["place"])),
        {language: str(words) for language, words in texts.items()},
        {language: Instead(str(one)) for language, one in instead.items()},
        int(row["revision"]),
        int(row["made_by"]),
        row["sent_by"],
    )
