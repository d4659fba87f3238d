"""Works off the inbox: one update at a time per chat, many chats at once.

Each attempt is counted, on disk, before it begins: an update that kills the process counts too.
"""

import asyncio
import logging
from collections.abc import Collection
from typing import Any, TypeAlias

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, CallbackContext

from bot.background import Background
from bot.clock import Monotonic
from bot.delivery.calls import call
from bot.delivery.failures import QueryTooOld, classify
from bot.domain.county import County
from bot.messages import Json
from bot.storage import chats, inbox, outbox
from bot.storage.database import Database
from bot.storage.errors import StorageError, StorageUnavailable
from bot.storage.inbox import Claim, Parked
from bot.storage.outbox import Draft
from bot.storage.tx import Tx
from bot.usecases import notices
from bot.usecases.county_texts import Counties
from handlers.turn import Delivery, current

_log = logging.getLogger(__name__)

App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

_AT_ONCE = 64
_LONGEST_PAUSE = 30.0
#: How long what is in work may take to end when we stop (seconds of the event loop).
_GRACE = 3.0


class Worker:
    """Takes every `Claim` that a commit hands over and routes it through PTB to its handler."""

    def __init__(
        self,
        db: Database,
        app: App,
        county: County,
        background: Background,
        monotonic: Monotonic,
    ) -> None:
        self._db = db
        self._app = app
        self._counties = Counties(county)
        self._background = background
        self._monotonic = monotonic
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._in_hand: dict[int, Claim] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._suspects: set[int] = set()
        app.add_error_handler(_keep_fault)
        db.on_commit(self._take)

    @property
    def idle(self) -> bool:
        """Nothing is being handled."""
        return not self._in_hand

    async def recover(self, *, starting: bool = False) -> None:
        """Go on with what nobody works on: claims of dead processes, and lost claims of our own.

        Our own get lost when the connection breaks during COMMIT: it happened, and we never heard
        of it. A claim may also be just on its way to us, so one is lost if it is unknown twice in
        a row; or if we are *starting*, when it is what we left behind.
        """
        unknown = await self._db.transact(inbox.in_work) - self._in_hand.keys()
        lost = unknown if starting else unknown & self._suspects
        self._suspects = unknown - lost
        for parked in await self._db.transact(_recover, self._counties, lost):
            _log_parked(parked)

    async def stop(self) -> None:
        """Begin nothing more, let what is in work end; what does not in time does not count."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_GRACE)
        try:
            await self._db.transact(inbox.uncount, [*self._in_hand.values()])
        except StorageError as fault:
            _log.warning("attempts could not be uncounted: %s", type(fault).__name__)

    def _take(self, item: object) -> None:
        if not isinstance(item, Claim):
            return
        self._in_hand[item.seq] = item
        if not self._stopping:
            task = self._background.run(self._work(item), f"update {item.seq}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _work(self, claim: Claim) -> None:
        try:
            async with self._slots:
                delivery = await self._handle_patiently(claim)
        finally:
            if self._in_hand.get(claim.seq) is claim:  # else the next attempt has begun
                del self._in_hand[claim.seq]
        if delivery is not None:  # a task of its own: the message that answers goes out first
            self._background.run(self._answer_tap(claim, delivery.toast), f"tap {claim.seq}")

    async def _handle_patiently(self, claim: Claim) -> Delivery | None:
        """One attempt, or None if it failed and another follows.

        That the database is not available is nobody's fault: it does not count, we wait.
        """
        pause = 1.0
        while True:
            try:
                return await self._attempt(claim)
            except StorageUnavailable as unavailable:
                _log.warning(
                    "update %s waits: the database is not available",
                    claim.seq,
                    exc_info=unavailable,
                )
            await self._monotonic.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _attempt(self, claim: Claim) -> Delivery | None:
        delivery = Delivery(claim)
        try:
            await self._handle(delivery)
        except StorageUnavailable:
            raise
        except Exception as fault:  # noqa: BLE001 - a handler may raise anything; it counts
            _log.exception("update %s failed, attempt %s", claim.seq, claim.attempts)
            parked = await self._db.transact(_fail, self._counties, claim, type(fault).__name__)
            if parked is None:
                return None
            _log_parked(parked)
        return delivery

    async def _handle(self, delivery: Delivery) -> None:
        """Parse, route, and see that the update is marked as handled even if nothing wants it."""
        token = current.set(delivery)
        try:
            update = Update.de_json(_without_the_tapped(delivery.claim.raw), self._app.bot)
            await self._app.process_update(update)
            if delivery.fault is not None:
                raise delivery.fault
            if not delivery.handled:
                await self._db.transact(inbox.finish, delivery.claim)
        finally:
            current.reset(token)

    async def _answer_tap(self, claim: Claim, toast: str | None) -> None:
        """Stop the button's spinner, once, after the commit. A late or lost answer harms nobody."""
        query = _dict(_dict(claim.raw).get("callback_query"))
        if "id" not in query:
            return
        answer = {"callback_query_id": str(query["id"])}
        if toast is not None:
            answer["text"] = toast
        try:
            await call(self._app.bot, "answerCallbackQuery", answer)
        except TelegramError as error:
            if not isinstance(classify(error), QueryTooOld):
                _log.warning(
                    "the tap of update %s could not be answered: %s",
                    claim.seq,
                    type(error).__name__,
                )


async def _keep_fault(update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    """PTB catches what a handler raises; the attempt must know it."""
    current.get().fault = context.error


def _recover(tx: Tx, counties: Counties, abandoned: Collection[int]) -> list[Parked]:
    parked = inbox.recover(tx, abandoned)
    for each in parked:
        _apologise(tx, counties.at(tx), each.chat_id)
    return parked


def _fail(tx: Tx, counties: Counties, claim: Claim, fault: str) -> Parked | None:
    parked = inbox.fail(tx, claim, fault)
    if parked is not None:
        _apologise(tx, counties.at(tx), parked.chat_id)
    return parked


def _apologise(tx: Tx, county: County, chat_id: int) -> None:
    """Also to somebody whose very first message it was: the failed turn did not keep their chat."""
    if chat_id:
        chats.keep(tx, chat_id)
        outbox.append(tx, Draft(chat_id, notices.apology(county)))


def _log_parked(parked: Parked) -> None:
    _log.error("update %s is parked: %s", parked.seq, parked.fault)


#: What is looked at of a message whose button was tapped.
_OF_A_TAPPED_MESSAGE = (
    "message_id",
    "date",
    "chat",
    "message_thread_id",
    "is_topic_message",
    "reply_to_message",  # what somebody sent, when it is asked for whom it is
)


def _without_the_tapped(raw: Json) -> dict[str, Any]:
    """The update without the text and keyboard of a tapped message: ours, and costly to parse."""
    update = _dict(raw)
    query = _dict(update.get("callback_query"))
    message = _dict(query.get("message"))
    if not message:
        return update
    slim = {key: message[key] for key in _OF_A_TAPPED_MESSAGE if key in message}
    return {**update, "callback_query": {**query, "message": slim}}


def _dict(raw: Json) -> dict[str, Any]:
    return raw if isinstance(raw, dict) else {}
