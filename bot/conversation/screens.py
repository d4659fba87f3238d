"""What the person sees: a question, or the summary of all answers."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.questions import Ask, Choice, Flow, Path, Scene
from bot.conversation.replies import CONTROL_LABELS, Control, Tap
from bot.messages import B_, N_, Button, Message, Term, Text, message, text

#: The place after the last question, where everything is shown and any line can be changed.
SUMMARY = "summary"

#: The choice at the summary that finishes the flow; the others are keys of questions to change.
CONFIRM = "yes"

#: The choice that shows which lines can be changed, where they are too many for the summary.
CHANGE = "change"
_CHANGE = B_("✏️ Change")
_MOST_BESIDE = 6


def question(
    ask: Ask,
    asked: Text,
    choices: Sequence[Choice],
    scene: Scene,
    *,
    number: int,
    can_go_back: bool,
    note: Text | None,
) -> Message:
    """A question, with *note* above it, its choices and the controls below."""
    hint = ask.hint(scene)
    ways: list[Control] = []
    if ask.optional:
        ways.append(Control.SKIP)
    if can_go_back:
        ways.append(Control.BACK)
    said = message(
        *([note] if note is not None else []),
        asked,
        *([hint] if hint is not None else []),
        buttons=[
            *in_rows(_buttons(choices, number, ask.key), ask.reader.columns),
            *in_rows((*ask.beside_if(scene), *ask.beside), 2),
            *_control_rows(number, ask.key, ways),
        ],
    )
    return replace(said, asks_contact=text(ask.asks_contact)) if ask.asks_contact else said


def summary(
    flow: Flow, path: Path, scene: Scene, *, number: int, note: Text | None, changing: bool
) -> Message:
    """Every named answer; below the button that finishes, or (*changing*) one for each line.

    Where they fit under the one that finishes, the buttons of the lines stand there at once.
    """
    ways, lines = ways_on(flow, path), changes(path)
    if changing:
        ways = []
    elif len(lines) > _MOST_BESIDE:
        lines = []
    return message(
        *([note] if note is not None else []),
        text(flow.summary),
        *(_line(ask, path, scene) for ask in path.asks if _is_shown(ask, path)),
        buttons=[
            *in_rows(_buttons(ways, number, SUMMARY), 1),
            *in_rows(_buttons(lines, number, SUMMARY), 2),
            *_control_rows(number, SUMMARY, [Control.BACK]),
        ],
    )


def _is_shown(ask: Ask, path: Path) -> bool:
    return bool(ask.name) and path.kept[ask.key] is not None


def _line(ask: Ask, path: Path, scene: Scene) -> Text:
    answer = path.kept[ask.key]
    words = N_("🔴 {what}: {answer}") if ask.urgent(scene, answer) else N_("{what}: {answer}")
    return text(words, what=Term(ask.name), answer=ask.reader.show(answer, scene))


def ways_on(flow: Flow, path: Path) -> list[Choice]:
    """The button that finishes, and the one that leads to the lines if they are many."""
    many = len(changes(path)) > _MOST_BESIDE
    return [
        Choice(CONFIRM, text(flow.confirm)),
        *([Choice(CHANGE, text(_CHANGE))] if many else []),
    ]


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
