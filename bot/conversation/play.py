"""Go through a flow in a terminal: for who writes a flow, and for who translates it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.conversation.flow import (
    Answers,
    Control,
    Flow,
    Location,
    Other,
    Outcome,
    Reply,
    Scene,
    SharedContact,
    Tap,
    Turn,
    Typed,
    Voice,
    advance,
    begin,
    show,
)
from bot.messages import Button, Message

#: A message as its text and the labels of its buttons, row by row, in one language.
Render: TypeAlias = Callable[[Message], tuple[str, Sequence[Sequence[str]]]]

HOW = (
    "A number taps that button; anything else is typed (with ' in front also a number).\n"
    f"{' '.join(f'/{control}' for control in Control)} /voice /place /contact NUMBER /sticker"
)

_NUMBER = 1


@dataclass(frozen=True, slots=True)
class Played:
    """How it ended: the outcome, the answers, and who ("bot", "person") said what."""

    outcome: Outcome
    answers: Answers
    transcript: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Terminal:
    render: Render
    read_line: Callable[[str], str]
    write: Callable[[str], None]
    transcript: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    def says(self, message: Message) -> None:
        text, rows = self.render(message)
        numbers = iter(range(1, 1 + sum(len(row) for row in rows)))
        lines = ["  ".join(f"{next(numbers)} [{label}]" for label in row) for row in rows]
        self.transcript.append(("bot", text))
        self.write("\n".join(["", text, *lines]))

    def hears(self, message: Message) -> Reply:
        """What the person does next. End of input is a cancel."""
        try:
            line = self.read_line("> ").strip()
        except EOFError:
            line = f"/{Control.CANCEL}"
        buttons = [button for row in message.buttons for button in row]
        labels = [label for row in self.render(message)[1] for label in row]
        if line.isascii() and line.isdecimal() and len(line) < 4 and 0 < int(line) <= len(buttons):
            self.transcript.append(("person", f"[{labels[int(line) - 1]}]"))
            return _tapped(buttons[int(line) - 1])
        self.transcript.append(("person", line))
        return _done(line)


def play(
    flow: Flow,
    *,
    render: Render,
    read_line: Callable[[str], str],
    write: Callable[[str], None],
    scene: Callable[[], Scene],
    given: Answers | None = None,
) -> Played:
    """Play *flow* to its end, with ``input`` and ``print`` as *read_line* and *write*.

    *scene* is asked before each step, so that time goes on. The answers are written as JSON.
    """
    terminal = _Terminal(render, read_line, write)
    write(HOW)
    turn = begin(flow, _NUMBER, scene(), given)
    while turn.says is not None:
        terminal.says(turn.says)
        turn = _step(flow, turn, terminal.hears(turn.says), scene(), write)
    answers: Answers = turn.answers if turn.outcome is Outcome.FINISHED else {}
    write(f"\n{turn.outcome}\n{json.dumps(dict(answers), ensure_ascii=False, indent=2)}")
    return Played(turn.outcome, answers, tuple(terminal.transcript))


def _step(flow: Flow, turn: Turn, reply: Reply, scene: Scene, write: Callable[[str], None]) -> Turn:
    after = advance(flow, turn.session, reply, scene)
    match after.outcome:
        case Outcome.LANGUAGE | Outcome.CALL_ME | Outcome.HELP:
            write(f"\n(Outside this flow: {after.outcome}. Then the question comes back.)")
            return show(flow, after.session, scene)
        case Outcome.OPEN | Outcome.FINISHED | Outcome.CANCELLED:
            return after


def _tapped(button: Button) -> Reply:
    return Tap.parse(button.data) or Other()


def _done(line: str) -> Reply:
    command, _, rest = line.partition(" ")
    match command:
        case "/voice":
            return Voice("voice", 5)
        case "/place":
            return Location(51.8956, 11.0561)
        case "/contact":
            return SharedContact(rest, own=True)
        case "/sticker":
            return Other()
        case _:
            pass
    control = next((one for one in Control if line == f"/{one}"), None)
    return control or Typed(line.removeprefix("'"))
