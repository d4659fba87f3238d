"""Runs conversations: the stored session, one step of the engine, and what comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.conversation import flow as engine
from bot.conversation.flow import Answers, Flow, Outcome, Reply, Session, Tap
from bot.domain.rights import Right
from bot.messages import N_, Message, Text, text
from bot.storage import audit, conversations
from bot.usecases.permitting import require
from handlers.common import menu
from handlers.turn import Turn

CANCELLED = N_("✖️ Cancelled. Nothing was sent.")
_CANCELLED_BUT = N_("✖️ Cancelled. Let us go on here:")


@dataclass(frozen=True)
class Script:
    """A flow, and what is done with its answers: the words that conclude it come back.

    ``finish`` may raise :class:`bot.domain.errors.Refused` before it writes anything; the
    conversation then stays where it is.

    ``right``: only who has it may finish, and that they did is in the audit trail; ``about`` is
    then the flow's fact that names the record (``"request"``), empty if there is none yet.
    """

    flow: Flow
    finish: Callable[[Turn, Answers], Message]
    right: Right | None = None
    about: str = ""

    def conclude(self, turn: Turn, answers: Answers) -> Message:
        if self.right is None:
            return self.finish(turn, answers)
        person = require(turn.person, self.right)
        said = self.finish(turn, answers)
        subject = f"{self.about}:{answers[self.about]}" if self.about else ""
        audit.add(turn.tx, person.id, self.flow.name, subject)
        return said


class Talk:
    """The conversations that people can have, by the flow's name."""

    def __init__(self, scripts: tuple[Script, ...], *, call_me: str) -> None:
        self._scripts: Mapping[str, Script] = {script.flow.name: script for script in scripts}
        self._call_me = call_me

    def begin(
        self, turn: Turn, name: str, given: Answers | None = None, *, afresh: bool = False
    ) -> None:
        """Start a conversation with what is known already, or go on with the one of that kind.

        *afresh*: the one of that kind is given up. An open one of another kind waits and goes on
        afterwards.
        """
        before = self._open_session(turn)
        if before is not None and before.flow == name and not afresh:
            self._show(turn, before)
            return
        self._apply(turn, self._first_step(turn, name, given, before))

    def prepare(self, turn: Turn, name: str, given: Answers | None = None) -> None:
        """Start a conversation that is shown later, when a language is chosen."""
        if self._open_session(turn) is None:
            step = self._first_step(turn, name, given, None)
            conversations.save(turn.tx, turn.chat_id, step.session)

    def _first_step(
        self, turn: Turn, name: str, given: Answers | None, before: Session | None
    ) -> engine.Turn:
        number = conversations.next_number(turn.tx, turn.chat_id)
        flow = self._scripts[name].flow
        return engine.begin(flow, number, turn.scene, given, interrupted=before)

    def tap(self, turn: Turn, tap: Tap) -> bool:
        """A tap on a button of a question; False if no conversation is open."""
        session = self._open_session(turn)
        if session is None:
            return False
        is_old = (tap.number, tap.ask) != (session.number, session.asked)
        if is_old and turn.on_screen:  # tapped twice: the question has changed under the finger
            self._show(turn, session)
        else:
            self._advance(turn, session, tap)
        return True

    def reply(self, turn: Turn, reply: Reply) -> bool:
        """One step of the open conversation; False if there is none."""
        session = self._open_session(turn)
        if session is not None:
            self._advance(turn, session, reply)
        return session is not None

    def give_up(self, turn: Turn, name: str) -> None:
        """The open conversation of that kind has lost its point; one it had interrupted goes on."""
        session = self._open_session(turn)
        if session is not None and session.flow == name:
            resumed = self._end(turn, session)
            if resumed is not None:
                self._show(turn, resumed)

    def show_again(self, turn: Turn, note: Text | None = None) -> bool:
        """The open question once more, in the language they read now; False if there is none."""
        session = self._open_session(turn)
        if session is not None:
            self._show(turn, session, note)
        return session is not None

    def is_open(self, turn: Turn, name: str) -> bool:
        """They are in the middle of a conversation of that kind."""
        session = self._open_session(turn)
        return session is not None and session.flow == name

    def is_the_latest(self, turn: Turn, tap: Tap) -> bool:
        """The tap belongs to the conversation that ended last."""
        return tap.number + 1 == conversations.next_number(turn.tx, turn.chat_id)

    def _open_session(self, turn: Turn) -> Session | None:
        """The open conversation. One that this version does not know ends at once."""
        session = conversations.load(turn.tx, turn.chat_id)
        if session is None or session.flow in self._scripts:
            return session
        return self._end(turn, session)

    def _advance(self, turn: Turn, session: Session, reply: Reply) -> None:
        flow = self._scripts[session.flow].flow
        self._apply(turn, engine.advance(flow, session, reply, turn.scene))

    def _show(self, turn: Turn, session: Session, note: Text | None = None) -> None:
        flow = self._scripts[session.flow].flow
        self._apply(turn, engine.show(flow, session, turn.scene, note))

    def _apply(self, turn: Turn, step: engine.Turn) -> None:
        match step.outcome:
            case Outcome.OPEN:
                conversations.save(turn.tx, turn.chat_id, step.session)
                if step.says is not None:
                    turn.show(step.says)
            case Outcome.FINISHED:
                turn.conclude(self._scripts[step.session.flow].conclude(turn, step.answers))
                resumed = self._end(turn, step.session)
                if resumed is not None:
                    self._show(turn, resumed)
            case Outcome.CANCELLED:
                resumed = self._end(turn, step.session)
                if resumed is not None:
                    self._show(turn, resumed, text(_CANCELLED_BUT))
                else:
                    menu.show(turn, text(CANCELLED))
            case Outcome.LANGUAGE:
                menu.ask_language(turn)
            case Outcome.CALL_ME:
                self.begin(turn, self._call_me)
            case Outcome.HELP:
                menu.explain(turn)

    def _end(self, turn: Turn, session: Session) -> Session | None:
        """Close a conversation; the one it had interrupted is open again."""
        before = session.interrupted
        while before is not None and before.flow not in self._scripts:
            before = before.interrupted
        if before is None:
            conversations.close(turn.tx, turn.chat_id)
            return None
        resumed = replace(before, number=conversations.next_number(turn.tx, turn.chat_id))
        conversations.save(turn.tx, turn.chat_id, resumed)
        return resumed
