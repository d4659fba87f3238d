"""What the person sees: a question, or the summary of all answers."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.questions import Ask, Choice, Flow, Path
from bot.conversation.replies import CONTROL_LABELS, Control, Tap
from bot.messages import N_, Button, Message, Term, Text, message, text

#: The place after the last question, where everything is shown and any line can be changed.
SUMMARY = "summary"

#: The choice at the summary that finishes the flow; the others are keys of questions to change.
CONFIRM = "yes"


def question(
    ask: Ask, choices: Sequence[Choice], *, number: int, can_go_back: bool, note: Text | None
) -> Message:
    """A question, with *note* above it, its choices and the controls below."""
    ways: list[Control] = []
    if ask.optional:
        ways.append(Control.SKIP)
    if can_go_back:
        ways.append(Control.BACK)
    said = message(
        *([note] if note is not None else []),
        text(ask.question),
        buttons=[
            *in_rows(_buttons(choices, number, ask.key), ask.reader.columns),
            *_control_rows(number, ask.key, ways),
        ],
    )
    return replace(said, asks_contact=text(ask.asks_contact)) if ask.asks_contact else said


def summary(flow: Flow, path: Path, *, number: int, note: Text | None) -> Message:
    """Every named answer, the button that finishes, and one to change each line."""
    lines = [
        text(
            N_("{what}: {answer}"), what=Term(ask.name), answer=ask.reader.show(path.kept[ask.key])
        )
        for ask in path.asks
        if ask.name and path.kept[ask.key] is not None
    ]
    return message(
        *([note] if note is not None else []),
        text(flow.summary),
        *lines,
        buttons=[
            *in_rows(_buttons([Choice(CONFIRM, text(flow.confirm))], number, SUMMARY), 1),
            *in_rows(_buttons(changes(path), number, SUMMARY), 2),
            *_control_rows(number, SUMMARY, [Control.BACK]),
        ],
    )


def changes(path: Path) -> list[Choice]:
    """What can be changed at the summary, also what was skipped: keys of questions."""
    return [
        Choice(ask.key, text(N_("✏️ {what}"), what=Term(ask.name))) for ask in path.asks if ask.name
    ]


def in_rows(buttons: Sequence[Button], columns: int) -> list[Sequence[Button]]:
    return [buttons[at : at + columns] for at in range(0, len(buttons), columns)]


def _buttons(choices: Sequence[Choice], number: int, ask: str) -> list[Button]:
    return [Button(choice.label, Tap(number, ask, choice.key).data()) for choice in choices]


def _control_rows(number: int, ask: str, ways: Sequence[Control]) -> list[list[Button]]:
    """Two short rows: the ways on, back and out; another language and a human."""
    rows = ([*ways, Control.CANCEL], [Control.LANGUAGE, Control.CALL_ME])
    return [
        [Button(text(CONTROL_LABELS[one]), Tap.of(number, ask, one).data()) for one in row]
        for row in rows
    ]
