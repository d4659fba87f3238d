"""What is to be said: rows that turns and ticks append. `sending` is their way out.

Per chat the order is strict: the oldest unsent row is the chat's *head* (``ready`` or ``sending``),
all others are ``queued`` behind it, and whatever settles the head brings up the next in the same
commit. So the sender claims from a short index of heads, by lane and age, and the unique index on
heads makes two messages in flight to one chat impossible.

A live answer to a chat with nothing waiting is *born claimed*: the turn's own commit hands it to
the sender in memory, without a second wait.

The conditions on ``state`` are the very words of the partial indexes: SQLite uses them only then.
"""

from dataclasses import dataclass
from enum import IntEnum

from bot.messages import Message, to_json
from bot.storage.rows import new_id, number
from bot.storage.tx import Row, Tx

#: What sealed contents are bound to.
PURPOSE = "outbox.content"
#: The channel on which other workers wake the sending one.
CHANNEL = "outbox"


class Lane(IntEnum):
    """Whose messages go first across chats."""

    LIVE = 0
    REMINDER = 1
    OFFER = 2
    ANNOUNCEMENT = 3


class Mode(IntEnum):
    """How a card is shown."""

    SHOW = 0
    """In the place of the version before, or else as a new message."""
    FRESH = 1
    """As a new message at the bottom of the chat."""
    EDIT = 2
    """In the place of the version before; not at all if nobody has seen one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to be said to a chat.

    ``card`` names a fact that is repeated: a newer version replaces those that nobody has seen yet.
    ``guard`` says what must still hold when it is sent (`bot/usecases/guards.py`), ``valid_until``
    when it has lost its point (UTC epoch seconds). ``thread`` names the topic it belongs to where a
    group has topics (a request's number); everywhere else it means nothing.
    """

    chat_id: int
    message: Message
    lane: Lane = Lane.LIVE
    card: str | None = None
    mode: Mode = Mode.SHOW
    guard: str | None = None
    valid_until: int | None = None
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed row: what to send, in which language (None: not chosen yet).

    ``edits``: the message that shows the card now and is to be edited. ``silent``: the chat wants
    no sound.
    """

    id: int
    chat_id: int
    lane: Lane
    message: Message
    language: str | None
    card: str | None
    mode: Mode
    edits: int | None
    thread: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Handed over when a chat has something to be claimed."""

    chat_id: int


def append(tx: Tx, draft: Draft) -> None:
    """Queue *draft* behind what its chat is still to hear; nothing for a chat we can't reach."""
    takes_back = draft.card is not None and draft.mode is Mode.EDIT
    if takes_back and not _was_said(tx, draft):
        return
    chat = tx.one(
        "SELECT language, reachable, resume_at, silent FROM chats WHERE chat_id = :chat_id",
        chat_id=draft.chat_id,
    )
    if chat is None or not chat["reachable"]:
        return
    mode, head = Mode.SHOW, _head(tx, draft.chat_id)
    if draft.card is not None:
        mode, head = _replace_unseen(tx, draft.chat_id, draft.card, draft.mode, head)
        if mode is Mode.EDIT and not _is_or_will_be_shown(tx, draft.chat_id, draft.card, head):
            return
    paused = chat["resume_at"] is not None and chat["resume_at"] > tx.now
    if head is None and draft.lane is Lane.LIVE and not paused and tx.sender_here:
        row_id = _insert(tx, draft, mode, "sending")
        edits = to_edit(tx, draft.chat_id, draft.card, mode)
        tx.hand_over(
            Outgoing(
                row_id,
                draft.chat_id,
                draft.lane,
                draft.message,
                chat["language"],
                draft.card,
                mode,
                edits,
                draft.thread,
                bool(chat["silent"]),
            )
        )
        return
    _insert(tx, draft, mode, "ready" if head is None else "queued")
    if head is not None:
        _lift_those_before(tx, draft)
    announce(tx, draft.chat_id)


def announce(tx: Tx, chat_id: int) -> None:
    """Wake the sender, here or in another worker: a chat has something to be claimed."""
    tx.hand_over(Waiting(chat_id))
    tx.notify(CHANNEL)


def bring_up_next(tx: Tx, chat_id: int) -> None:
    """A chat without a head: its oldest waiting row becomes it."""
    promoted = tx.run(
        "UPDATE outbox SET state = 'ready' WHERE id ="
        " (SELECT min(id) FROM outbox WHERE chat_id = :chat_id AND state = 'queued')",
        chat_id=chat_id,
    )
    if promoted:
        announce(tx, chat_id)


def drop_all(tx: Tx, chat_id: int, fault: str) -> None:
    """Nothing that waits for this chat can arrive (*fault*: a code)."""
    tx.run(
        "UPDATE outbox SET state = 'failed', content = NULL, settled_at = :now, worker = NULL,"
        " fault = :fault WHERE (chat_id = :chat_id AND state IN ('ready', 'sending'))"
        " OR (chat_id = :chat_id AND state = 'queued')",
        now=tx.now,
        fault=fault,
        chat_id=chat_id,
    )


def move(tx: Tx, old: int, new: int) -> None:
    """What waits for a chat waits for its new id; what is in flight to the old one goes again."""
    tx.run(
        "UPDATE outbox SET chat_id = :new, state = 'queued', worker = NULL"
        " WHERE (chat_id = :old AND state IN ('ready', 'sending'))"
        " OR (chat_id = :old AND state = 'queued')",
        new=new,
        old=old,
    )
    if _head(tx, new) is None:
        bring_up_next(tx, new)


def prune(tx: Tx, before: int) -> int:
    """Delete rows settled before *before*; how many."""
    return tx.run("DELETE FROM outbox WHERE settled_at < :before", before=before)


def unsent(tx: Tx) -> int:
    return number(
        tx,
        "SELECT (SELECT count(*) FROM outbox WHERE state IN ('ready', 'sending'))"
        " + (SELECT count(*) FROM outbox WHERE state = 'queued') AS n",
    )


def shown(tx: Tx, chat_id: int, card: str) -> int | None:
    """The id of the message that shows *card* in a chat."""
    row = tx.one(
        "SELECT message_id FROM cards WHERE chat_id = :chat_id AND card = :card",
        chat_id=chat_id,
        card=card,
    )
    return None if row is None else int(row["message_id"])


def shows(tx: Tx, chat_id: int, card: str, message_id: int) -> bool:
    """Does this message show *card*?

    One that may have been sent twice, because nobody knew whether it had arrived, has an older copy
    with the same buttons: that one shows it too. So does a newer message than the one we know of,
    as long as nobody has told us how the message went that is on its way.
    """
    row = tx.one(
        "SELECT message_id, twice FROM cards WHERE chat_id = :chat_id AND card = :card",
        chat_id=chat_id,
        card=card,
    )
    known = 0 if row is None else int(row["message_id"])
    if message_id <= known:
        return message_id == known or bool(row is not None and row["twice"])
    head = _head(tx, chat_id)
    return head is not None and head["card"] == card and int(head["attempts"]) > 0


def card_of(tx: Tx, chat_id: int, message_id: int) -> str | None:
    """The card that a message of a chat shows."""
    row = tx.one(
        "SELECT card FROM cards WHERE chat_id = :chat_id AND message_id = :message_id",
        chat_id=chat_id,
        message_id=message_id,
    )
    return None if row is None else str(row["card"])


def cards_named(tx: Tx, chat_id: int, prefix: str) -> list[str]:
    """The cards of a chat, shown or on their way, whose names begin with *prefix*."""
    rows = tx.all(
        "SELECT card FROM cards WHERE chat_id = :chat_id AND card >= :first AND card < :end"
        " UNION SELECT card FROM outbox WHERE chat_id = :chat_id AND card >= :first AND card < :end"
        " AND state IN ('queued', 'ready', 'sending') ORDER BY card",
        chat_id=chat_id,
        first=prefix,
        end=_behind(prefix),
    )
    return [str(row["card"]) for row in rows]


def forget_cards(tx: Tx, prefix: str) -> None:
    """No message is known any more for the cards whose names begin with *prefix* (``relay:7:``)."""
    tx.run(
        "DELETE FROM cards WHERE card >= :first AND card < :end",
        first=prefix,
        end=_behind(prefix),
    )


def _behind(prefix: str) -> str:
    """The first name that stands behind all that begin with *prefix*."""
    return f"{prefix[:-1]}{chr(ord(prefix[-1]) + 1)}"


def rename_card(tx: Tx, chat_id: int, old: str, new: str) -> None:
    """The message that showed the card *old* shows *new* from now on, also one that is on its
    way."""
    where = "SET card = :new WHERE chat_id = :chat_id AND card = :old"
    on_its_way = "attempts > 0 AND state IN ('ready', 'sending')"
    tx.run(f"UPDATE cards {where}", new=new, old=old, chat_id=chat_id)
    tx.run(f"UPDATE outbox {where} AND {on_its_way}", new=new, old=old, chat_id=chat_id)


def to_edit(tx: Tx, chat_id: int, card: str | None, mode: Mode) -> int | None:
    """The message that shows the card now, if it is to be edited."""
    return None if card is None or mode is Mode.FRESH else shown(tx, chat_id, card)


def _insert(tx: Tx, draft: Draft, mode: Mode, state: str) -> int:
    claimed = state == "sending"
    return new_id(
        tx,
        "INSERT INTO outbox (chat_id, lane, state, card, mode, content, guard, valid_until,"
        " thread, attempts, worker, made_at) VALUES (:chat_id, :lane, :state, :card, :mode,"
        " :content, :guard, :valid_until, :thread, :attempts, :worker, :now) RETURNING id",
        chat_id=draft.chat_id,
        lane=int(draft.lane),
        state=state,
        card=draft.card,
        mode=int(mode),
        content=tx.seal(PURPOSE, to_json(draft.message)),
        guard=draft.guard,
        valid_until=draft.valid_until,
        thread=draft.thread,
        attempts=int(claimed),
        worker=tx.worker if claimed else None,
        now=tx.now,
    )


def _head(tx: Tx, chat_id: int) -> Row | None:
    return tx.one(
        "SELECT id, state, card, mode, attempts FROM outbox"
        " WHERE chat_id = :chat_id AND state IN ('ready', 'sending')",
        chat_id=chat_id,
    )


def _lift_those_before(tx: Tx, draft: Draft) -> None:
    """What stands before an urgent message must not hold it up."""
    if draft.lane is Lane.ANNOUNCEMENT:
        return
    for state in ("state IN ('ready', 'sending')", "state = 'queued'"):
        tx.run(
            f"UPDATE outbox SET lane = :lane"  # noqa: S608 - our own words
            f" WHERE chat_id = :chat_id AND {state} AND lane > :lane",
            lane=int(draft.lane),
            chat_id=draft.chat_id,
        )


def _was_said(tx: Tx, draft: Draft) -> bool:
    """Is there anything to edit? Most cards that could be taken back were never shown."""
    found = tx.one(
        "SELECT 1 AS there FROM cards WHERE chat_id = :chat_id AND card = :card"
        " UNION ALL SELECT 1 AS there FROM outbox WHERE chat_id = :chat_id AND card = :card"
        " AND state IN ('ready', 'sending')"
        " UNION ALL SELECT 1 AS there FROM outbox WHERE chat_id = :chat_id AND card = :card"
        " AND state = 'queued' LIMIT 1",
        chat_id=draft.chat_id,
        card=draft.card,
    )
    return found is not None


def _replace_unseen(
    tx: Tx, chat_id: int, card: str, mode: Mode, head: Row | None
) -> tuple[Mode, Row | None]:
    """Drop the versions of a card that nobody has seen; how the newest one is to be shown, and the
    head of the chat."""
    unseen = tx.all(
        "SELECT id, mode FROM outbox"
        " WHERE chat_id = :chat_id AND state = 'queued' AND card = :card",
        chat_id=chat_id,
        card=card,
    )
    replaces_head = head is not None and head["state"] == "ready" and head["card"] == card
    if head is not None and replaces_head:
        unseen.append(head)
    for row in unseen:
        tx.run(
            "UPDATE outbox SET state = 'dropped', content = NULL, settled_at = :now,"
            " fault = 'replaced' WHERE id = :id",
            now=tx.now,
            id=row["id"],
        )
    if replaces_head:
        bring_up_next(tx, chat_id)
        head = _head(tx, chat_id)
    was_to_be_fresh = any(row["mode"] == Mode.FRESH for row in unseen)
    return (Mode.FRESH if mode is Mode.SHOW and was_to_be_fresh else mode), head


def _is_or_will_be_shown(tx: Tx, chat_id: int, card: str, head: Row | None) -> bool:
    on_its_way = head is not None and head["state"] == "sending" and head["card"] == card
    return on_its_way or shown(tx, chat_id, card) is not None
