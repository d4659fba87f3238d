"""Drafts, and what a sender does with the outbox, for tests without a messenger."""

from dataclasses import dataclass, field
from typing import Any

from bot.messages import Message, Text
from bot.storage import sending
from bot.storage.database import Database
from bot.storage.outbox import Draft, Outgoing, Waiting
from bot.storage.tx import Tx


def said(words: str) -> Message:
    return Message((Text(words),))


def words(out: Outgoing) -> str:
    return out.message.lines[0].msgid


def draft(chat_id: int, text: str, **how: Any) -> Draft:
    return Draft(chat_id, said(text), **how)


def always(_: Tx, __: str) -> bool:
    return True


def new_chat(tx: Tx, chat_id: int, language: str = "en") -> None:
    tx.run(
        "INSERT INTO chats (chat_id, kind, language, seen_at) VALUES (:id, 'private', :lang, 0)",
        id=chat_id,
        lang=language,
    )


def states(tx: Tx) -> list[str]:
    return [str(row["state"]) for row in tx.all("SELECT state FROM outbox ORDER BY id")]


def faults(tx: Tx) -> list[str | None]:
    return [row["fault"] for row in tx.all("SELECT fault FROM outbox ORDER BY id")]


@dataclass
class Hands:
    """What commits handed over."""

    outgoing: list[Outgoing] = field(default_factory=list)
    wakes: int = 0

    def take(self, item: object) -> None:
        if isinstance(item, Outgoing):
            self.outgoing.append(item)
        elif isinstance(item, Waiting):
            self.wakes += 1


async def claim(database: Database, limit: int = 10) -> list[Outgoing]:
    return (await database.transact(sending.claim, limit, always)).claimed


async def send_all(database: Database) -> list[str]:
    """Everything that waits, in the order in which it goes out."""
    sent: list[str] = []
    while claimed := await claim(database, 1):
        sent.append(words(claimed[0]))
        await database.transact(sending.settle_sent, claimed[0], 1000 + len(sent))
    return sent
