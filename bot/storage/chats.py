"""Chats: which language we write in, whether we reach them, whether they asked us to wait.

All that is kept before agreement.
"""

from dataclasses import dataclass

from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Chat:
    chat_id: int
    language: str | None
    reachable: bool
    #: A button below the text field offers their phone number.
    keyboard: bool = False


def seen(tx: Tx, chat_id: int, kind: str = "private", *, wrote: bool = True) -> Chat:
    """The chat an update came from, kept from now on.

    Whoever writes to us (*wrote*) can be reached (again).
    """
    row = tx.one(
        "INSERT INTO chats (chat_id, kind, seen_at) VALUES (:chat_id, :kind, :now)"
        " ON CONFLICT (chat_id) DO UPDATE SET seen_at = excluded.seen_at,"
        " reachable = CASE WHEN :wrote = 1 THEN 1 ELSE chats.reachable END"
        " RETURNING language, reachable, keyboard",
        chat_id=chat_id,
        kind=kind,
        wrote=int(wrote),
        now=tx.now,
    )
    if row is None:
        raise LookupError("nothing was inserted")
    return Chat(chat_id, row["language"], bool(row["reachable"]), bool(row["keyboard"]))


def is_reachable(tx: Tx, chat_id: int) -> bool:
    row = tx.one("SELECT reachable FROM chats WHERE chat_id = :chat_id", chat_id=chat_id)
    return row is not None and bool(row["reachable"])


def keep(tx: Tx, chat_id: int) -> None:
    """Make sure that there is a row for a chat we are about to write to."""
    tx.run(
        "INSERT INTO chats (chat_id, kind, seen_at) VALUES (:chat_id, :kind, :now)"
        " ON CONFLICT (chat_id) DO NOTHING",
        chat_id=chat_id,
        kind="private" if chat_id > 0 else "group",
        now=tx.now,
    )


def language_of(tx: Tx, chat_id: int) -> str | None:
    row = tx.one("SELECT language FROM chats WHERE chat_id = :chat_id", chat_id=chat_id)
    return None if row is None else row["language"]


def set_language(tx: Tx, chat_id: int, language: str) -> None:
    tx.run(
        "UPDATE chats SET language = :language WHERE chat_id = :chat_id",
        language=language,
        chat_id=chat_id,
    )


def is_silent(tx: Tx, chat_id: int) -> bool:
    row = tx.one("SELECT silent FROM chats WHERE chat_id = :chat_id", chat_id=chat_id)
    return row is not None and bool(row["silent"])


def set_silent(tx: Tx, chat_id: int, silent: bool) -> None:
    """Everything comes without a sound, or with one again."""
    tx.run(
        "UPDATE chats SET silent = :silent WHERE chat_id = :chat_id",
        silent=int(silent),
        chat_id=chat_id,
    )


def set_keyboard(tx: Tx, chat_id: int, keyboard: bool) -> None:
    """Whether a button below the text field offers their phone number."""
    tx.run(
        "UPDATE chats SET keyboard = :keyboard WHERE chat_id = :chat_id",
        keyboard=int(keyboard),
        chat_id=chat_id,
    )


def set_reachable(tx: Tx, chat_id: int, reachable: bool) -> bool:
    """True if that changed anything."""
    changed = tx.run(
        "UPDATE chats SET reachable = :reachable"
        " WHERE chat_id = :chat_id AND reachable <> :reachable",
        reachable=int(reachable),
        chat_id=chat_id,
    )
    return bool(changed)


def pause(tx: Tx, chat_id: int, until: int) -> None:
    """The messenger asked us to leave this chat alone until then (UTC epoch seconds).

    Never shortened.
    """
    tx.run(
        "UPDATE chats SET resume_at = :until"
        " WHERE chat_id = :chat_id AND (resume_at IS NULL OR resume_at < :until)",
        until=until,
        chat_id=chat_id,
    )


def paused(tx: Tx) -> list[tuple[int, int]]:
    """The chats that asked us to wait and still do: chat id and seconds."""
    rows = tx.all("SELECT chat_id, resume_at FROM chats WHERE resume_at > :now", now=tx.now)
    return [(int(row["chat_id"]), int(row["resume_at"]) - tx.now) for row in rows]


def migrate(tx: Tx, old: int, new: int) -> bool:
    """A group became a supergroup and got a new id: everything about it follows.

    The old one's messages stay behind. True if it was the coordinators' group and did not know its
    new id before.
    """
    if tx.one("SELECT chat_id FROM chats WHERE chat_id = :old", old=old) is None:
        return False
    tx.run(
        "INSERT INTO chats (chat_id, kind, language, reachable, seen_at)"
        " SELECT :new, kind, language, 1, :now FROM chats WHERE chat_id = :old"
        " ON CONFLICT (chat_id) DO UPDATE SET language = excluded.language, reachable = 1",
        new=new,
        old=old,
        now=tx.now,
    )
    tx.run(
        "INSERT INTO office_groups (chat_id, bound_at)"
        " SELECT :new, bound_at FROM office_groups WHERE chat_id = :old"
        " ON CONFLICT (chat_id) DO NOTHING",
        new=new,
        old=old,
    )
    moved = unbind_office_group(tx, old)
    for table in ("cards", "threads"):
        tx.run(f"DELETE FROM {table} WHERE chat_id = :old", old=old)  # noqa: S608  (our own names)
    tx.run("UPDATE chats SET reachable = 0 WHERE chat_id = :old", old=old)
    return moved


def bind_office_group(tx: Tx, chat_id: int, language: str, *, has_topics: bool = False) -> None:
    """Coordinators' cards go to this group from now on (and to no other)."""
    tx.run("DELETE FROM office_groups WHERE chat_id <> :chat_id", chat_id=chat_id)
    tx.run(
        "INSERT INTO office_groups (chat_id, bound_at, has_topics)"
        " VALUES (:chat_id, :now, :has_topics)"
        " ON CONFLICT (chat_id) DO UPDATE SET has_topics = excluded.has_topics",
        chat_id=chat_id,
        now=tx.now,
        has_topics=int(has_topics),
    )
    set_language(tx, chat_id, language)


def unbind_office_group(tx: Tx, chat_id: int) -> bool:
    """True if it was the coordinators' group."""
    return bool(tx.run("DELETE FROM office_groups WHERE chat_id = :chat_id", chat_id=chat_id))


def office_group(tx: Tx) -> int | None:
    """The chat id of the coordinators' group, if one is bound."""
    row = tx.one("SELECT chat_id FROM office_groups ORDER BY bound_at DESC LIMIT 1")
    return None if row is None else int(row["chat_id"])


def forget_strangers(tx: Tx, before: int) -> int:
    """Delete private chats last heard from before then whose person never agreed to be kept.

    Returns how many.
    """
    old = (
        "SELECT c.chat_id FROM chats c WHERE c.kind = 'private' AND c.seen_at < :before"
        " AND NOT EXISTS (SELECT 1 FROM people p WHERE p.chat_id = c.chat_id)"
        " AND NOT EXISTS (SELECT 1 FROM calls k WHERE k.chat_id = c.chat_id AND k.state <> 'done')"
    )
    for table in ("cards", "conversations", "calls", "outbox"):
        tx.run(f"DELETE FROM {table} WHERE chat_id IN ({old})", before=before)  # noqa: S608  (names of our own)
    return tx.run(f"DELETE FROM chats WHERE chat_id IN ({old})", before=before)  # noqa: S608  (a text of our own)
