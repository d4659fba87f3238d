"""Topics of a forum group: one for each thread (a request's number), made when first needed."""

from dataclasses import dataclass

from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thread goes in a group.

    ``has_topics``: the group has topics and lets us make them. ``topic_id``: the thread's, if there
    is one.
    """

    has_topics: bool
    topic_id: int | None


def place_of(tx: Tx, chat_id: int, thread: str) -> Place:
    """Only the coordinators' group can have topics of ours."""
    row = tx.one(
        "SELECT g.has_topics, t.topic_id FROM office_groups g"
        " LEFT JOIN threads t ON t.chat_id = g.chat_id AND t.thread = :thread"
        " WHERE g.chat_id = :chat_id",
        chat_id=chat_id,
        thread=thread,
    )
    if row is None or not row["has_topics"]:
        return Place(False, None)
    return Place(True, row["topic_id"])


def keep(tx: Tx, chat_id: int, thread: str, topic_id: int) -> None:
    tx.run(
        "INSERT INTO threads (chat_id, thread, topic_id) VALUES (:chat_id, :thread, :topic_id)"
        " ON CONFLICT (chat_id, thread) DO UPDATE SET topic_id = excluded.topic_id",
        chat_id=chat_id,
        thread=thread,
        topic_id=topic_id,
    )


def forget(tx: Tx, chat_id: int, thread: str) -> None:
    tx.run(
        "DELETE FROM threads WHERE chat_id = :chat_id AND thread = :thread",
        chat_id=chat_id,
        thread=thread,
    )


def give_up(tx: Tx, chat_id: int) -> None:
    """Everything goes to the group's General topic, until somebody binds the group again."""
    tx.run("UPDATE office_groups SET has_topics = 0 WHERE chat_id = :chat_id", chat_id=chat_id)
