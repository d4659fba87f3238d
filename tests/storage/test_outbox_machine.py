"""The outbox against a model of a few lists: whatever is done to it, in whatever order."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.clock import MovableWall
from bot.storage import outbox, sending
from bot.storage.cipher import Cipher
from bot.storage.database import Database
from bot.storage.outbox import Lane, Mode, Outgoing
from bot.storage.schema import upgrade_sqlite
from bot.storage.sqlite import connect_file, open_sqlite
from tests.databases import KEY, START
from tests.storage.outgoing import Hands, always, draft, new_chat, words

CHATS = (1, 2, -3)
MOVED = -1003
CARDS = (None, None, "card", "other")


@cache
def empty_file() -> bytes:
    """A file with the schema and nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        upgrade_sqlite(lambda: connect_file(path), None)
        return path.read_bytes()


@dataclass
class Said:
    text: str
    card: str | None
    mode: Mode


class OutboxMachine(RuleBasedStateMachine):
    """Model: per chat what is still to be heard, and what each card shows."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "lotse.db"
        path.write_bytes(empty_file())
        self.db: Database = self.loop.run_until_complete(self.open(path))
        self.hands = Hands()
        self.db.on_commit(self.hands.take)
        self.waiting: dict[int, list[Said]] = defaultdict(list)
        self.shown: dict[tuple[int, str], int] = {}
        self.in_flight: dict[int, Outgoing] = {}
        self.count = 0

    @staticmethod
    async def open(path: Path) -> Database:
        return await open_sqlite(
            f"sqlite:///{path}", wall=MovableWall(START), cipher=Cipher((KEY,)), migrate=False
        )

    def do(self, work: Callable[..., Any], *args: Any) -> Any:
        result = self.loop.run_until_complete(self.db.transact(work, *args))
        for out in self.hands.outgoing:
            self.flies(out)
        self.hands.outgoing.clear()
        return result

    def flies(self, out: Outgoing) -> None:
        assert out.chat_id not in self.in_flight, "two messages in flight to one chat"
        first = self.waiting[out.chat_id][0]
        assert words(out) == first.text, "not the oldest of its chat"
        seen = self.shown.get((out.chat_id, out.card)) if out.card else None
        assert out.edits == (None if first.mode is Mode.FRESH else seen)
        self.in_flight[out.chat_id] = out

    @initialize(memory=st.booleans())
    def begin(self, memory: bool) -> None:
        self.db.sender_ready = memory
        for chat_id in (*CHATS, MOVED):
            self.do(new_chat, chat_id)

    @rule(
        chat=st.sampled_from(CHATS),
        card=st.sampled_from(CARDS),
        mode=st.sampled_from(Mode),
        lane=st.sampled_from(Lane),
    )
    def append(self, chat: int, card: str | None, mode: Mode, lane: Lane) -> None:
        self.count += 1
        text = str(self.count)
        self.expect(chat, Said(text, card, mode))
        self.do(outbox.append, draft(chat, text, card=card, mode=mode, lane=lane))

    def expect(self, chat: int, said: Said) -> None:
        """The same in the model."""
        queue = self.waiting[chat]
        if said.card is None:
            said.mode = Mode.SHOW
        else:
            flying = queue[:1] if chat in self.in_flight else []
            unseen = [each for each in queue[len(flying) :] if each.card == said.card]
            queue[:] = flying + [each for each in queue[len(flying) :] if each not in unseen]
            if said.mode is Mode.SHOW and any(each.mode is Mode.FRESH for each in unseen):
                said.mode = Mode.FRESH
            on_its_way = any(each.card == said.card for each in flying)
            if said.mode is Mode.EDIT and not on_its_way and (chat, said.card) not in self.shown:
                return
        queue.append(said)

    def is_pointless(self, chat: int, said: Said) -> bool:
        """An edit of what nobody has seen after all."""
        shown = said.card is None or (chat, said.card) in self.shown
        return said.mode is Mode.EDIT and not shown

    @rule(limit=st.integers(1, 4))
    def claim(self, limit: int) -> None:
        batch = self.do(sending.claim, limit, always)
        for row in batch.dropped:
            assert row.reason == "never shown"
            assert self.is_pointless(row.chat_id, self.waiting[row.chat_id].pop(0))
        for out in batch.claimed:
            self.flies(out)
        assert batch.more == (len(batch.claimed) + len(batch.dropped) == limit)

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data(), message=st.integers(1, 10**6))
    def arrives(self, data: st.DataObject, message: int) -> None:
        out = self.pick(data)
        shows = out.edits or message
        self.do_and_forget(out, sending.settle_sent, out, shows)
        if out.card is not None:
            self.shown[out.chat_id, out.card] = shows

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data())
    def fails(self, data: st.DataObject) -> None:
        out = self.pick(data)
        self.do_and_forget(out, sending.settle_failed, out, "too-long")

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data())
    def comes_back(self, data: st.DataObject) -> None:
        out = self.pick(data)
        del self.in_flight[out.chat_id]
        self.do(sending.give_back, [out])

    @rule()
    def sender_dies(self) -> None:
        self.in_flight.clear()
        self.do(sending.take_back, self.do(sending.in_flight))

    @rule(chat=st.sampled_from(CHATS))
    def is_lost(self, chat: int) -> None:
        self.waiting[chat].clear()
        self.in_flight.pop(chat, None)
        self.do(outbox.drop_all, chat, "unreachable")

    @rule()
    def group_moves(self) -> None:
        """Its messages stay behind, so its cards are shown anew."""
        group = CHATS[-1]
        self.in_flight.pop(group, None)
        self.in_flight.pop(MOVED, None)
        self.waiting[group], self.waiting[MOVED] = [], self.waiting[group]
        self.do(outbox.drop_all, MOVED, "gone")
        self.do(outbox.move, group, MOVED)

    def pick(self, data: st.DataObject) -> Outgoing:
        return self.in_flight[data.draw(st.sampled_from(sorted(self.in_flight)))]

    def do_and_forget(self, out: Outgoing, work: Callable[..., Any], *args: Any) -> None:
        del self.in_flight[out.chat_id]
        del self.waiting[out.chat_id][0]
        self.do(work, *args)

    @invariant()
    def nothing_is_lost(self) -> None:
        count = self.loop.run_until_complete(self.db.read(outbox.unsent))
        assert count == sum(map(len, self.waiting.values()))

    @invariant()
    def every_chat_with_something_to_hear_has_a_head(self) -> None:
        def heads(tx: Any) -> set[int]:
            rows = tx.all("SELECT chat_id FROM outbox WHERE state IN ('ready', 'sending')")
            return {row["chat_id"] for row in rows}

        expected = {chat for chat, queue in self.waiting.items() if queue}
        assert self.loop.run_until_complete(self.db.read(heads)) == expected

    def teardown(self) -> None:
        """In the end everything arrives, in order."""
        self.sender_dies()
        self.db.sender_ready = False
        for _ in range(1000):
            self.claim(4)
            if not any(self.waiting.values()):
                break
            for out in [*self.in_flight.values()]:
                self.do_and_forget(out, sending.settle_sent, out, out.edits or 1)
                if out.card is not None:
                    self.shown[out.chat_id, out.card] = out.edits or 1
        assert not any(self.waiting.values()), "something never left"
        self.loop.run_until_complete(self.db.close())
        self.loop.close()
        self.folder.cleanup()


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
