"""/county: what the county says, changed by a lead without a developer.

Callback data names a part (``county:see:office``), a record (``county:see:offices.jobcenter``) or
the path of a value in the county's file (``county:set:office.phone``).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.conversation.flow import Answers, Ask, Flow, Scene
from bot.conversation.gathering import SeveralOf
from bot.counties.kinds import BRING_NAMES, CATEGORY_NAMES, EMERGENCY_NAMES
from bot.counties.overlay import may_change, value_at
from bot.counties.shape import LANGUAGES
from bot.domain.errors import Code, Refused
from bot.messages import B_, N_, Button, Message, Param, Rows, Term, Text, message, text
from bot.usecases import county_texts
from handlers.common.talk import Talk
from handlers.coordinator import county_fields as fields
from handlers.turn import Turn

#: What a button can carry; an office with a stranger key is changed in the file only.
_DATA: Final = re.compile(r"[\w.-]{1,40}", re.ASCII)
PATTERN: Final = r"[\w.-]{1,40}"

_PARTS: Final = {
    "office": B_("📞 Our office"),
    "offices": B_("🏛️ Other offices"),
    "kinds": B_("🧩 Kinds of help"),
    "bring": B_("🎒 What to bring"),
    "greeting": B_("👋 Greeting"),
    "emergency": B_("🚨 Emergency numbers"),
}
_ABOUT: Final = {
    "office": N_("This is how people reach us:"),
    "offices": N_("Which office?"),
    "kinds": N_("Tap a kind of help to switch it off or on:"),
    "bring": N_("What people read before an appointment:"),
    "greeting": N_("One line of your own, above the menu and the first question:"),
    "emergency": N_("The numbers that people get from us:"),
}
_INTRO: Final = N_(
    "<b>County texts</b>\nWhat you change here holds at once, for everybody. ✏️ marks what differs"
    " from the county's file."
)
_BACK: Final = text(B_("⬅️ Back"))
_SAVE: Final = text(B_("✅ Save"))
_MORE: Final = Button(text(B_("📝 County texts")), "county:open")
_SAVED: Final = N_("✔️ Saved. It holds from now on, for everybody.")
_AS_IN_FILE: Final = N_("↩️ {what}: as in the county's file again.")


def _asked(scene: Scene, given: Answers) -> dict[str, Param]:
    path = fields.path_in(given)
    return {**_now(scene, path), "how": fields.how(path)}


def _asked_to_bring(scene: Scene, given: Answers) -> dict[str, Param]:
    return _now(scene, fields.path_in(given, "categories.other.bring"))


def _now(scene: Scene, path: str) -> dict[str, Param]:
    now = fields.shown(path, value_at(scene.county, path))
    return {"what": fields.name_of(path), "now": now}


_SUMMARY: Final = N_("This is how people will read it. Is it right?")

FLOW = Flow(
    "county_text",
    facts=("path",),
    asks=(
        Ask(
            "value",
            N_("<b>{what}</b>\nNow: {now}\n{how}"),
            fields.CountyValue(),
            name=N_("New"),
            params=_asked,
        ),
    ),
    summary=_SUMMARY,
    confirm=B_("✅ Save"),
)

BRING = Flow(
    "county_bring",
    facts=("path",),
    asks=(
        Ask(
            "bring",
            N_("<b>{what}</b>\nNow: {now}\nWhat should people bring? Tap all of it."),
            SeveralOf("bring", BRING_NAMES),
            name=N_("🎒 Please bring"),
            params=_asked_to_bring,
        ),
    ),
    summary=_SUMMARY,
    confirm=B_("✅ Save"),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """Of both flows."""
    value = answers.get("value")
    new = value["value"] if isinstance(value, dict) else answers.get("bring")
    path = str(answers["path"])
    turn.county = county_texts.change(turn.tx, turn.county, turn.person, path, new)
    return message(text(_SAVED), buttons=[[_MORE]])


class CountyTexts:
    """Handlers that begin to write a new text."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def write(self, turn: Turn) -> None:
        """``county:set:office.phone``."""
        path = _argument(turn)
        if not may_change(turn.county, path) or path.endswith(".offered"):
            raise Refused(Code.GONE)
        flow = BRING if fields.kind_of(path) is fields.Kind.BRING else FLOW
        self._talk.begin(turn, flow.name, {"path": path}, afresh=True)


def parts(turn: Turn) -> None:
    """/county, or the way back to it."""
    rows = [[Button(text(label), f"county:see:{part}")] for part, label in _PARTS.items()]
    turn.show(message(text(_INTRO), buttons=rows))


def see(turn: Turn) -> None:
    """One part: what stands there, and a button to change each of it."""
    part = _argument(turn)
    if part == "offices":
        offices = [(one.name, f"offices.{one.key}") for one in turn.county.offices]
        rows = [[_named(name, f"county:see:{key}")] for name, key in offices if _fits(key)]
        turn.show(message(text(_ABOUT[part]), buttons=[*rows, [_back("open")]]))
    elif part == "kinds":
        turn.show(message(text(_ABOUT[part]), buttons=_switches(turn)))
    else:
        _values(turn, part)


def flip(turn: Turn) -> None:
    """``county:flip:leisure``: what it would mean, before it is done."""
    key = _category(turn)
    off = turn.county.offers(key)
    words = (
        N_("Nobody can ask for “{what}” any more. What was asked for before goes on.")
        if off
        else N_("Everybody can ask for “{what}” again.")
    )
    turn.show(
        message(
            text(words, what=Term(CATEGORY_NAMES[key])),
            buttons=[
                [Button(_SAVE, f"county:{'off' if off else 'on'}:{key}")],
                [_back("see:kinds")],
            ],
        )
    )


def switch(turn: Turn) -> None:
    """``county:off:leisure`` or ``county:on:leisure``."""
    key = _category(turn)
    on = turn.tapped.startswith("county:on:")
    path = f"categories.{key}.offered"
    turn.county = county_texts.change(turn.tx, turn.county, turn.person, path, on)
    turn.toast = text(_SAVED)
    turn.show(message(text(_ABOUT["kinds"]), buttons=_switches(turn)))


def undo(turn: Turn) -> None:
    """``county:undo:office.phone``: what the file says holds again."""
    path = _argument(turn)
    county_texts.undo(turn.tx, turn.person, path)
    turn.conclude(message(text(_AS_IN_FILE, what=fields.name_of(path)), buttons=[[_MORE]]))


def _values(turn: Turn, part: str) -> None:
    paths = [path for path in _paths(turn, part) if _fits(path)]
    if not paths:
        raise Refused(Code.GONE)
    changed = county_texts.changed(turn.tx)
    lines = [_line(turn, path, is_changed=path in changed) for path in paths]
    buttons = [Button(_label(path), f"county:set:{path}") for path in paths]
    undone = [
        [Button(text(B_("↩️ {what}"), what=fields.name_of(path)), f"county:undo:{path}")]
        for path in paths
        if path in changed
    ]
    is_record = part.startswith("offices.")
    turn.show(
        message(
            *_head(turn, part),
            *lines,
            buttons=[*_pairs(buttons), *undone, [_back("see:offices" if is_record else "open")]],
        )
    )


def _head(turn: Turn, part: str) -> list[Text]:
    key = part.partition(".")[2]
    if part in _ABOUT:
        return [text(_ABOUT[part])]
    names = (one.name for one in turn.county.offices if one.key == key)
    return [text(N_("<b>{name}</b>"), name=next(names, key))]


def _paths(turn: Turn, part: str) -> Sequence[str]:
    """Of the values that a screen shows; none for a part that there is not."""
    county = turn.county
    match part:
        case "office":
            return ["office.name", "office.phone", "office.hours"]
        case "bring":
            return [f"categories.{one.key}.bring" for one in county.categories.values()]
        case "greeting":
            return [f"greeting.{code}" for code in LANGUAGES]
        case "emergency":
            return [f"emergency.{key}.phone" for key in EMERGENCY_NAMES]
        case _ if part.partition(".")[2] in {one.key for one in county.offices}:
            return [f"{part}.{name}" for name in ("name", "address", "phone", "hours")]
        case _:
            return []


def _line(turn: Turn, path: str, *, is_changed: bool) -> Text:
    words = N_("✏️ {what}: {answer}") if is_changed else N_("{what}: {answer}")
    return text(
        words,
        what=fields.name_of(path),
        answer=fields.shown(path, value_at(turn.county, path)),
    )


def _label(path: str) -> Text:
    return Text("{what}", {"what": fields.name_of(path)})


def _switches(turn: Turn) -> list[list[Button]]:
    changed = county_texts.changed(turn.tx)
    kinds = turn.county.categories.values()
    switches = [
        Button(
            text(B_("✅ {what}") if one.offered else B_("🚫 {what}"), what=Term(one.name)),
            f"county:flip:{one.key}",
        )
        for one in kinds
    ]
    undone = [
        Button(text(B_("↩️ {what}"), what=Term(one.name)), f"county:undo:{path}")
        for one in kinds
        if (path := f"categories.{one.key}.offered") in changed
    ]
    return [*map(list, _pairs(switches)), *map(list, _pairs(undone)), [_back("open")]]


def _category(turn: Turn) -> str:
    key = _argument(turn)
    if key not in turn.county.categories:
        raise Refused(Code.GONE)
    return key


def _argument(turn: Turn) -> str:
    return turn.tapped.split(":", 2)[2]


def _named(name: str, data: str) -> Button:
    return Button(Text("{name}", {"name": name}), data)


def _back(to: str) -> Button:
    return Button(_BACK, f"county:{to}")


def _fits(argument: str) -> bool:
    return _DATA.fullmatch(argument) is not None


def _pairs(buttons: Iterable[Button]) -> Rows:
    flat = tuple(buttons)
    return tuple(flat[at : at + 2] for at in range(0, len(flat), 2))
