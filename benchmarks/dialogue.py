"""What people do while turns are measured: updates as Telegram sends them, and the first state."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Literal, TypeAlias

from benchmarks.places import county
from benchmarks.server import MESSAGE_ID
from bot.conversation import flow as engine
from bot.conversation.flow import CONTROL_LABELS, Control, Scene, Session, Tap
from bot.delivery.render import Renderer
from bot.i18n.catalogues import Catalogues
from bot.messages import Json, Message
from bot.storage import chats, conversations
from bot.storage.tx import Tx
from handlers.requester.ask_for_help import FLOW

FIRST_CHAT = 1_000_000
LANGUAGE = "ar"

How: TypeAlias = Literal["tap", "text"]


@dataclass(frozen=True)
class Step:
    """What the person sees, the button they tap, and its label, which they can type instead."""

    shown: Message
    data: str
    label: str


def scene() -> Scene:
    return Scene(int(time.time()), county(), "en", lambda _typed, _label: False)


def dialogue() -> tuple[Session, tuple[Step, Step]]:
    """The first question answered and taken back, for ever: each step shows a question."""
    first = engine.begin(FLOW, 1, scene(), {"agree": "yes"})
    assert first.says is not None
    forward = first.says.buttons[0][0]
    tap = Tap.parse(forward.data)
    assert tap is not None
    second = engine.advance(FLOW, first.session, tap, scene())
    assert second.says is not None
    back = Tap.of(1, second.session.asked, Control.BACK).data()
    steps = (
        Step(first.says, forward.data, forward.label.msgid),
        Step(second.says, back, CONTROL_LABELS[Control.BACK]),
    )
    return first.session, steps


def begin(tx: Tx, people: int) -> None:
    """So many people at the first question."""
    session, _ = dialogue()
    for chat_id in range(FIRST_CHAT, FIRST_CHAT + people):
        chats.seen(tx, chat_id)
        chats.set_language(tx, chat_id, LANGUAGE)
        conversations.save(tx, chat_id, session)


class Updates:
    """Raw updates, numbered through."""

    def __init__(self, how: How) -> None:
        self._how = how
        self._number = 0
        self._steps: dict[int, Iterator[tuple[Step, dict[str, Json]]]] = {}
        renderer = Renderer(Catalogues.load(), county().zone)
        _, steps = dialogue()
        self._shown = [(step, _shown(renderer, step)) for step in steps]

    def next(self, chat_id: int) -> bytes:
        """The body of a ``getUpdates`` answer with what this person does next."""
        if chat_id not in self._steps:
            self._steps[chat_id] = cycle(self._shown)
        step, shown = next(self._steps[chat_id])
        self._number += 1
        user: Json = {
            "id": chat_id,
            "is_bot": False,
            "first_name": "Sara",
            "language_code": LANGUAGE,
        }
        chat: Json = {"id": chat_id, "type": "private", "first_name": "Sara"}
        update: dict[str, Json] = {"update_id": self._number}
        if self._how == "tap":
            message: Json = {"message_id": MESSAGE_ID, "date": 1_800_000_000, "chat": chat, **shown}
            update["callback_query"] = {
                "id": str(self._number),
                "from": user,
                "message": message,
                "chat_instance": "1",
                "data": step.data,
            }
        else:
            update["message"] = {
                "message_id": MESSAGE_ID + self._number,
                "date": 1_800_000_000,
                "chat": chat,
                "from": user,
                "text": step.label,
            }
        return json.dumps({"ok": True, "result": [update]}).encode()


def _shown(renderer: Renderer, step: Step) -> dict[str, Json]:
    rendered = renderer.render(step.shown, LANGUAGE)
    return {"text": rendered.plain, "reply_markup": rendered.reply_markup}
