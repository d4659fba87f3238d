"""From the outbox to the messenger: one sender, paced, retried, in order per chat.

It takes rows in two ways: live answers are handed over in memory by the commit that wrote them;
everything else is claimed from the database as fast as it may be sent, so that what waits can still
be replaced, or dropped when it has lost its point.
"""

import asyncio
import logging
import math

from telegram import Bot
from telegram.error import InvalidToken

from bot.background import Background
from bot.clock import Monotonic
from bot.delivery.failures import (
    EditGone,
    MediaRefused,
    Migrated,
    Refused,
    RetryLater,
    SourceGone,
    TokenRevoked,
    TryAgain,
    Unreachable,
)
from bot.delivery.line import Line
from bot.delivery.messenger import Messenger, Outcome, Sent
from bot.delivery.outages import Outages
from bot.delivery.pacing import Pacer
from bot.delivery.patience import Patience
from bot.delivery.render import Renderer
from bot.delivery.topics import Topics
from bot.delivery.translate import Translator
from bot.documents.papers import Papers
from bot.domain.county import County
from bot.storage import chats, outbox, sending
from bot.storage.database import Database
from bot.storage.errors import StorageError, StorageUnavailable
from bot.storage.outbox import Outgoing, Waiting
from bot.storage.sending import Batch
from bot.storage.tx import Tx
from bot.usecases import guards, reaching, relaying
from bot.usecases.county_texts import Counties

_log = logging.getLogger(__name__)

#: At most so many rows are claimed ahead: what is still in the database can be replaced or dropped.
_AHEAD = 32
#: With so many live answers in memory, new ones wait in the database like everything else.
_CROWD = 256
#: Differences of floats can be too small to ever pass, and the loop would spin.
_SHORTEST_REST = 0.001
#: How long what is in flight may take to arrive when we stop (seconds of the event loop).
_GRACE = 5.0


class Sender:
    """Delivers while this process leads. *poll*: look for other workers' rows this often (s)."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        renderer: Renderer,
        county: County,
        background: Background,
        monotonic: Monotonic,
        *,
        pacer: Pacer | None = None,
        poll: float | None = None,
        translator: Translator | None = None,
    ) -> None:
        self._db = db
        self._bot = bot
        self._patience = Patience(db, monotonic)
        papers = Papers(db, county, renderer.wording)
        messenger = Messenger(renderer, county.voices, translator, papers)
        self._topics = Topics(messenger, self._patience)
        self._counties = Counties(county)
        self._background = background
        self._monotonic = monotonic
        self._pacer = Pacer() if pacer is None else pacer  # an empty one is falsy
        self._poll = poll
        self._leads = False
        self._wake = asyncio.Event()
        self._more = False  # the database may have something to claim
        self._look_at = math.inf  # when it will have, without anybody telling us
        self._rows: dict[int, Outgoing] = {}  # claimed; they wait for their moment
        self._flying: dict[int, asyncio.Task[None]] = {}  # being sent, or being settled
        self._unsettled: set[int] = set()  # done, but it can't be written down: never again
        self._suspects: set[int] = set()
        self._outages = Outages()
        self._revoked = False
        db.on_commit(self._take)
        db.on_notify(self._notified)

    @property
    def idle(self) -> bool:
        """Nothing is being sent, nothing is known to wait."""
        return not (self._rows or self._flying or self._more)

    async def run(self) -> None:
        """Send for ever, whenever this process leads. Raises InvalidToken if it was revoked."""
        while True:
            await self._db.leadership.acquired()
            lost = self._background.run(self._db.leadership.lost(), "leadership")
            lost.add_done_callback(lambda _: self._wake.set())
            try:
                await self._begin()
                while not lost.done():
                    await self._step()
            finally:
                self._leads = self._db.sender_ready = False
                lost.cancel()
                await self._stop()

    async def recover(self) -> None:
        """Take back claims that nobody sends. Raises StorageUnavailable.

        They get lost when the connection breaks during COMMIT, or when a process that has just
        lost the lead commits an answer of its own. A claim may also be just on its way to us, so
        it is lost only if it is unknown twice in a row.
        """
        if not self._leads:
            return
        unknown = await self._db.transact(sending.in_flight) - self._known
        lost = unknown & self._suspects
        self._suspects = unknown - lost
        if lost:
            _log.warning("%s messages were claimed and not sent: once more", len(lost))
            await self._db.transact(sending.take_back, lost)

    # --- leading -------------------------------------------------------------------------------

    async def _begin(self) -> None:
        """Take over what the sender before us had claimed, and the pauses it was told."""
        claimed = await self._patience.transact(sending.in_flight)
        await self._patience.transact(sending.take_back, claimed - self._known)
        pauses = await self._patience.transact(chats.paused)
        now = self._monotonic.now()
        for chat_id, seconds in pauses:
            self._pacer.pause(chat_id, now + seconds, now)
        self._leads = self._more = True

    async def _step(self) -> None:
        """Start whatever may go now; then wait for the next thing that could."""
        if self._revoked:
            raise InvalidToken("the messenger no longer accepts the token")
        self._wake.clear()
        if self._monotonic.now() >= self._look_at:
            self._look_at, self._more = math.inf, True
        if self._may_claim():
            await self._claim()
        next_at = self._send_ready()
        if not self._may_claim():
            await self._rest(next_at)

    async def _rest(self, next_at: float) -> None:
        now = self._monotonic.now()
        moment = min(next_at, self._look_at, self._outages.until if self._more else math.inf)
        if self._poll is not None:
            moment = min(moment, now + self._poll)
        timeout = None if moment == math.inf else max(_SHORTEST_REST, moment - now)
        woken = await self._monotonic.wait(self._wake, timeout)
        if not woken and self._poll is not None:
            self._more = True

    async def _stop(self) -> None:
        """Others may send now: give them what has not gone, see what has gone settled."""
        rows = [*self._rows.values()]
        self._rows.clear()
        try:
            await self._db.transact(sending.give_back, rows)
        except StorageError as fault:  # the next sender takes them back
            _log.warning("messages could not be given back: %s", type(fault).__name__)
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=_GRACE)

    # --- claiming ------------------------------------------------------------------------------

    @property
    def _known(self) -> set[int]:
        return self._rows.keys() | self._flying.keys() | self._unsettled

    @property
    def _room(self) -> int:
        return _AHEAD - len(self._rows) - len(self._flying)

    def _may_claim(self) -> bool:
        return self._more and self._room > 0 and self._monotonic.now() >= self._outages.until

    async def _claim(self) -> None:
        self._more = False  # now, not afterwards: what comes during the transaction sets it again
        try:
            batch = await self._db.transact(sending.claim, self._room, guards.holds)
        except StorageUnavailable as unavailable:
            _log.warning("sending waits: the database is not available", exc_info=unavailable)
            self._look_at = min(self._look_at, self._monotonic.now() + 1.0)
            return
        self._rows.update((out.id, out) for out in batch.claimed)
        self._more = self._more or batch.more
        if batch.resumes_in is not None:
            self._look_at = min(self._look_at, self._monotonic.now() + batch.resumes_in)
        _log_dropped(batch)

    def _take(self, item: object) -> None:
        """What a commit handed over."""
        if isinstance(item, Waiting):
            self._more = True
        elif not isinstance(item, Outgoing):
            return
        elif self._leads:
            self._rows[item.id] = item
        else:  # we have just lost the lead: the row belongs to whoever leads now
            giving_back = self._patience.transact(sending.give_back, [item])
            self._background.run(giving_back, f"message {item.id}")
        self._wake.set()

    def _notified(self, channel: str) -> None:
        if channel == outbox.CHANNEL:
            self._more = True
            self._wake.set()

    # --- sending -------------------------------------------------------------------------------

    def _send_ready(self) -> float:
        """Start every row whose moment has come, most urgent first; the moment of the next one."""
        now = self._monotonic.now()
        if now < self._outages.until:
            return self._outages.until if self._rows else math.inf
        next_at = math.inf
        for out in sorted(self._rows.values(), key=lambda out: (out.lane, out.id)):
            moment = self._pacer.earliest(out.chat_id, now)
            if moment > now:
                next_at = min(next_at, moment)
                continue
            del self._rows[out.id]
            self._pacer.take(out.chat_id, now)
            self._flying[out.id] = self._background.run(self._deliver(out), f"message {out.id}")
        self._db.sender_ready = len(self._rows) < _CROWD
        return next_at

    async def _deliver(self, out: Outgoing) -> None:
        try:
            line = Line(self._bot, self._pacer, self._monotonic, out.chat_id)
            await self._settle(out, await self._topics.show(out, line))
        except Exception:
            self._unsettled.add(out.id)  # it may have arrived: better stuck than sent for ever
            raise
        finally:
            del self._flying[out.id]
            self._wake.set()

    async def _settle(self, out: Outgoing, outcome: Outcome) -> None:
        if not isinstance(outcome, TryAgain):
            self._outages.got_through(out.id)
        match outcome:
            case Sent(message_id):
                await self._patience.transact(sending.settle_sent, out, message_id)
            case RetryLater(seconds):
                await self._told_to_wait(out, seconds)
            case TryAgain():
                await self._not_through(out)
            case Unreachable():
                _log.warning("message %s: the chat can't be reached", out.id)
                await self._patience.transact(_unreachable, self._counties, out)
            case Migrated(new_chat_id):
                await self._patience.transact(_moved, self._counties, out.chat_id, new_chat_id)
            case EditGone():
                await self._patience.transact(sending.settle_gone, out)
            case TokenRevoked():
                self._revoked = True
                await self._patience.transact(sending.give_back, [out])
            case SourceGone() | MediaRefused():  # what one person sends another can be gone
                reason = type(outcome).__name__
                _log.warning("message %s failed: %s", out.id, reason)
                await self._patience.transact(_failed, out, reason)
            case Refused(reason):  # logged where it happened
                await self._patience.transact(_failed, out, reason)
            case other:
                _log.error("message %s failed: %s", out.id, type(other).__name__)
                await self._patience.transact(sending.settle_failed, out, type(other).__name__)

    async def _told_to_wait(self, out: Outgoing, seconds: float) -> None:
        """429: obey, and remember it beyond a restart. The claim tells when to look again."""
        now = self._monotonic.now()
        _log.warning("message %s: told to wait for %.0f s", out.id, seconds)
        self._pacer.pause(out.chat_id, now + seconds, now)
        await self._patience.transact(_give_back_paused, out, math.ceil(seconds))

    async def _not_through(self, out: Outgoing) -> None:
        """The messenger can't be reached: everything goes back until it may be tried again."""
        pause = self._outages.begin(out.id, self._monotonic.now())
        if pause is not None:
            _log.warning("message %s did not get through: sending pauses %.0f s", out.id, pause)
        if self._outages.is_hopeless(out.id):
            _log.error("message %s never gets through, others do", out.id)
            await self._patience.transact(_failed, out, "never got through")
            return
        self._db.sender_ready = False
        waiting = [out, *self._rows.values()]
        self._rows.clear()
        await self._patience.transact(sending.give_back, waiting)


def _give_back_paused(tx: Tx, out: Outgoing, seconds: int) -> None:
    chats.pause(tx, out.chat_id, tx.now + seconds)
    sending.give_back(tx, [out])


def _failed(tx: Tx, out: Outgoing, reason: str) -> None:
    """Who sent something to somebody else hears that it did not arrive."""
    sending.settle_failed(tx, out, reason)
    relaying.not_arrived(tx, out.chat_id, out.card)


def _moved(tx: Tx, counties: Counties, chat_id: int, new_chat_id: int) -> None:
    reaching.moved(tx, counties.at(tx), chat_id, new_chat_id)


def _unreachable(tx: Tx, counties: Counties, out: Outgoing) -> None:
    reaching.lost(tx, counties.at(tx), out.chat_id)
    sending.settle_failed(tx, out, "unreachable")


def _log_dropped(batch: Batch) -> None:
    for row in batch.dropped:
        level = logging.ERROR if row.broken else logging.INFO
        _log.log(level, "message %s to %s was dropped: %s", row.id, row.chat_id, row.reason)
