"""The conversation engine: from where somebody is and what they just did to what happens next.

A :class:`Flow` is an ordered tuple of questions. There are no transitions: the position is *the
first question without a valid answer*, so questions can be added, removed and reordered while
people are in the middle, and an answer that has stopped being right (a day that has passed
meanwhile) opens its question again. All state is a :class:`Session`, a small JSON document.

    turn = begin(flow, 7, scene)
    turn = advance(flow, turn.session, Typed("tomorrow"), scene)

Nothing here awaits, reads a clock, touches a database or knows Telegram. The parts of a flow are in
``questions.py``, what a person can do in ``replies.py``, what they see in ``screens.py``, what is
kept in ``session.py``; all of it is named here for those who use it.
"""

from dataclasses import replace

from bot.conversation import screens
from bot.conversation.questions import (
    Answers,
    Ask,
    Choice,
    Flow,
    More,
    Path,
    Reader,
    Retry,
    Scene,
    always,
    walk,
)
from bot.conversation.replies import (
    CONTROL_LABELS,
    Control,
    Location,
    Other,
    Photo,
    Reply,
    SharedContact,
    Tap,
    Typed,
    Voice,
    control_in,
)
from bot.conversation.screens import SUMMARY
from bot.conversation.session import Outcome, Session, Turn
from bot.messages import N_, Json, Text

__all__ = [
    "CONTROL_LABELS",
    "NOT_UNDERSTOOD",
    "SUMMARY",
    "Answers",
    "Ask",
    "Choice",
    "Control",
    "Flow",
    "Location",
    "More",
    "Other",
    "Outcome",
    "Photo",
    "Reader",
    "Reply",
    "Retry",
    "Scene",
    "Session",
    "SharedContact",
    "Tap",
    "Turn",
    "Typed",
    "Voice",
    "advance",
    "always",
    "begin",
    "show",
]

STALE = N_("That button is from an earlier question. Here is where we are now:")
NOT_OFFERED = N_("This choice is no longer possible. Please choose again:")
NOT_UNDERSTOOD = N_("I did not understand that. Please tap a button or write the answer.")
NO_LONGER_FITS = N_("Your earlier answer to this question no longer fits. Please answer again:")
NOTHING_TO_SKIP = N_("This question needs an answer.")


def begin(
    flow: Flow,
    number: int,
    scene: Scene,
    given: Answers | None = None,
    interrupted: Session | None = None,
) -> Turn:
    """Start *flow* with what is known already; the first open question is asked.

    An *interrupted* conversation of the same flow is replaced by this one, so that however often
    somebody starts something else, each flow waits at most once.
    """
    known = _known(flow, given or {}, scene)
    waiting = _without(interrupted, flow.name)
    return _go_on(flow, Session(flow.name, number, "", known, waiting), scene)


def show(flow: Flow, session: Session, scene: Scene, note: Text | None = None) -> Turn:
    """The present question once more (after a change of language, say), with a word above it."""
    return _go_on(flow, session, scene, note)


def advance(flow: Flow, session: Session, reply: Reply, scene: Scene) -> Turn:
    """One step: what *reply* means at the question that was asked."""
    if isinstance(reply, Tap) and _is_stale(session, reply):
        return show(flow, session, scene, Text(STALE))
    control = control_in(reply, scene.means)
    if control is None:
        turn = _answer(flow, session, reply, scene)
    else:
        turn = _obey(flow, session, control, scene)
    aside = turn.outcome in (Outcome.LANGUAGE, Outcome.HELP, Outcome.CALL_ME)
    return replace(turn, in_place=isinstance(reply, Tap) and not aside)


def _known(flow: Flow, given: Answers, scene: Scene) -> Answers:
    """Of what is *given*, all that is not wrong; some of it may apply only later."""
    path = walk(flow, given, scene)
    wrong = {ask.key for ask in path.asks} - path.kept.keys()
    keys = {*flow.facts, *(ask.key for ask in flow.asks)} - wrong
    return {key: answer for key, answer in given.items() if key in keys}


def _without(waiting: Session | None, flow: str) -> Session | None:
    if waiting is None:
        return None
    below = _without(waiting.interrupted, flow)
    return below if waiting.flow == flow else replace(waiting, interrupted=below)


def _is_stale(session: Session, tap: Tap) -> bool:
    return (tap.number, tap.ask) != (session.number, session.asked)


def _obey(flow: Flow, session: Session, control: Control, scene: Scene) -> Turn:
    match control:
        case Control.CANCEL:
            return Turn(session, None, Outcome.CANCELLED)
        case Control.LANGUAGE:
            return Turn(session, None, Outcome.LANGUAGE)
        case Control.CALL_ME:
            return Turn(session, None, Outcome.CALL_ME)
        case Control.HELP:
            return Turn(session, None, Outcome.HELP)
        case Control.BACK:
            return _back(flow, session, scene)
        case Control.SKIP:
            return _skip(flow, session, scene)


def _answer(flow: Flow, session: Session, reply: Reply, scene: Scene) -> Turn:
    """The reply answers the question that was shown, even if an earlier one opened since."""
    if session.asked == SUMMARY:
        return _at_summary(flow, session, reply, scene)
    path = walk(flow, session.given, scene)
    ask = path.find(session.asked)
    if ask is None:  # it was removed, or stopped applying, while the person was at it
        return _go_on(flow, session, scene)
    try:
        answer = _read(ask, reply, scene, _known_at(ask, session, path))
    except Retry as retry:
        is_next = (
            path.position(ask.key) is ask
        )  # else the reason would stand above another question
        return _go_on(flow, session, scene, retry.why if is_next else None)
    if isinstance(answer, More):
        return _go_on(flow, replace(session, draft=answer.draft), scene, answer.note)
    return _keep(flow, session, ask, answer, scene)


def _known_at(ask: Ask, session: Session, path: Path) -> Answers:
    """The answers before *ask*, and what it has itself: gathered so far, or to be changed."""
    given = path.known_before(ask)
    own = session.draft if session.asked == ask.key else None
    if own is None:
        own = path.kept.get(ask.key)
    return given if own is None else {**given, ask.key: own}


def _read(ask: Ask, reply: Reply, scene: Scene, given: Answers) -> Json | More:
    choices = ask.reader.choices(scene, given)
    if isinstance(reply, Tap):
        if all(choice.key != reply.choice for choice in choices):
            raise Retry(NOT_OFFERED)
        return ask.reader.pick(reply.choice, scene, given)
    if isinstance(reply, Typed):
        for choice in choices:
            if scene.means(reply.text, choice.label):
                return ask.reader.pick(choice.key, scene, given)
    return ask.reader.read(reply, scene, given)


def _at_summary(flow: Flow, session: Session, reply: Reply, scene: Scene) -> Turn:
    path = walk(flow, session.given, scene)
    if path.position() is not None:  # an answer stopped being right: nothing is finished or changed
        return _go_on(flow, session, scene)
    match _chosen_at_summary(flow, path, reply, scene):
        case None:
            return _go_on(flow, session, scene, Text(NOT_UNDERSTOOD))
        case screens.CONFIRM:
            return _finish(session, path)
        case screens.CHANGE:
            return _go_on(flow, replace(session, draft=True), scene)
        case key:
            return _go_on(flow, replace(session, asked=key, draft=None), scene)


def _chosen_at_summary(flow: Flow, path: Path, reply: Reply, scene: Scene) -> str | None:
    """``CONFIRM``, the key of the question to change, or None."""
    offered = [*screens.ways_on(flow, path), *screens.changes(path)]
    match reply:
        case Tap(choice=key):
            return next((choice.key for choice in offered if choice.key == key), None)
        case Typed(written):
            offered += [Choice(ask.key, Text(ask.name)) for ask in path.asks if ask.name]
            return next((one.key for one in offered if scene.means(written, one.label)), None)
        case _:
            return None


def _back(flow: Flow, session: Session, scene: Scene) -> Turn:
    path = walk(flow, session.given, scene)
    here = path.position(session.asked)
    if here is None and session.draft is not None:  # the list of lines to change
        return _go_on(flow, replace(session, draft=None), scene)
    if here is not None and here.key in path.kept:  # one line of the summary: left as it was
        return _go_on(flow, replace(session, asked="", draft=None), scene)
    before = path.answered_before(here)
    if not before:
        return _go_on(flow, session, scene)
    given = {key: answer for key, answer in session.given.items() if key != before[-1].key}
    return _go_on(flow, replace(session, asked="", given=given, draft=None), scene)


def _skip(flow: Flow, session: Session, scene: Scene) -> Turn:
    ask = walk(flow, session.given, scene).find(session.asked)
    if ask is None:
        return _go_on(flow, session, scene)
    if not ask.optional:
        return _go_on(flow, session, scene, Text(NOTHING_TO_SKIP))
    return _keep(flow, session, ask, None, scene)


def _keep(flow: Flow, session: Session, ask: Ask, answer: Json, scene: Scene) -> Turn:
    given = {**session.given, ask.key: answer}
    return _go_on(flow, replace(session, asked="", given=given, draft=None), scene)


def _go_on(flow: Flow, session: Session, scene: Scene, note: Text | None = None) -> Turn:
    """To the question at the person's position, to the summary, or to the end.

    ``session.asked`` may name an answered question: then it is asked again, to change the answer.
    """
    path = walk(flow, session.given, scene)
    ask = path.position(session.asked)
    if ask is not None:
        return _ask(session, path, ask, scene, note)
    if not flow.confirm:
        return _finish(session, path)
    changing = session.asked == SUMMARY and session.draft is not None
    said = screens.summary(flow, path, scene, number=session.number, note=note, changing=changing)
    draft = True if changing else None
    return Turn(replace(session, asked=SUMMARY, given=path.given, draft=draft), said)


def _ask(session: Session, path: Path, ask: Ask, scene: Scene, note: Text | None) -> Turn:
    if note is None and ask.key in session.given and ask.key not in path.kept:
        note = Text(NO_LONGER_FITS)
    known = _known_at(ask, session, path)
    said = screens.question(
        ask,
        Text(ask.question, ask.params(scene, known)),
        ask.reader.choices(scene, known),
        scene,
        number=session.number,
        can_go_back=ask.key in path.kept or bool(path.answered_before(ask)),
        note=note,
    )
    draft = session.draft if session.asked == ask.key else None
    return Turn(replace(session, asked=ask.key, draft=draft), said)


def _finish(session: Session, path: Path) -> Turn:
    return Turn(replace(session, asked="", given=path.kept), None, Outcome.FINISHED)
