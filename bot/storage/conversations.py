"""Where each chat stands in a conversation: at most one open per chat, its answers sealed."""

from bot.conversation.flow import Session
from bot.storage.tx import Tx

_PURPOSE = "conversations.session"


def load(tx: Tx, chat_id: int) -> Session | None:
    """The open conversation of a chat, if any."""
    row = tx.one(
        "SELECT number, flow, session FROM conversations"
        " WHERE chat_id = :chat_id AND flow IS NOT NULL",
        chat_id=chat_id,
    )
    if row is None:
        return None
    return Session.from_json(
        str(row["flow"]), int(row["number"]), tx.unseal(_PURPOSE, row["session"])
    )


def save(tx: Tx, chat_id: int, session: Session) -> None:
    tx.run(
        "INSERT INTO conversations (chat_id, number, flow, session, updated_at)"
        " VALUES (:chat_id, :number, :flow, :session, :now) ON CONFLICT (chat_id) DO UPDATE SET"
        " number = excluded.number, flow = excluded.flow, session = excluded.session,"
        " updated_at = excluded.updated_at",
        chat_id=chat_id,
        number=session.number,
        flow=session.flow,
        session=tx.seal(_PURPOSE, session.to_json()),
        now=tx.now,
    )


def close(tx: Tx, chat_id: int) -> None:
    """Forget the open conversation. Its number stays, so that its buttons stay old for ever."""
    tx.run(
        "UPDATE conversations SET flow = NULL, session = NULL, updated_at = :now"
        " WHERE chat_id = :chat_id",
        now=tx.now,
        chat_id=chat_id,
    )


def next_number(tx: Tx, chat_id: int) -> int:
    row = tx.one("SELECT number FROM conversations WHERE chat_id = :chat_id", chat_id=chat_id)
    return 1 if row is None else int(row["number"]) + 1
