"""/poster: what an office prints and hangs up, made in the chat."""

from typing import Final

from bot.documents import codes
from bot.domain.errors import Code, Refused
from bot.i18n.languages import endonym
from bot.messages import B_, N_, Button, Message, Paper, Rows, Text, message, text
from handlers.turn import Turn

#: All languages on one paper; for the leaflet a page for each.
_ALL: Final = "all"
_KINDS: Final = {
    "a4": B_("🖼 Poster"),
    "card": B_("💳 Cards to cut out"),
    "leaf": B_("📄 Leaflet, 5 steps"),
}
_WANTED: Final = text(B_("🤝 Volunteers wanted"))
_ASK: Final = N_("What would you like to print?")
_PLACE: Final = N_("The code opens a request for {place}.")
_ANY_PLACE: Final = N_("Only for one town? Write its name behind it: {command}")
_ASK_LANGUAGE: Final = N_("In which language?")
_HERE: Final = N_("Please print this on A4 paper, at 100 %.")
_MAKING: Final = N_("One moment, I am drawing it.")
_NO_PLACE: Final = N_("I do not know this place. Please write a town or village of the county.")


def ask(turn: Turn) -> None:
    """/poster, perhaps with the name of a place."""
    written = turn.written.partition(" ")[2].strip()
    place = codes.by_slug(turn.county, codes.slug(written)) if written else None
    if written and place is None:
        turn.show(message(text(_NO_PLACE)))
        return
    if place is None:
        town, about = "", text(_ANY_PLACE, command="/poster Halberstadt")
    else:
        town, about = codes.slug(place.name), text(_PLACE, place=place.name)
    rows = [[Button(text(label), _data(kind, town=town))] for kind, label in _KINDS.items()]
    turn.show(message(text(_ASK), about, buttons=[*rows, [Button(_WANTED, "poster:volunteers")]]))


def language(turn: Turn) -> None:
    """``poster:a4`` or ``poster:a4:-:halberstadt``: which language shall it be?"""
    kind, _, town = _parts(turn)
    codes_offered = turn.wording.catalogues.offered
    names = [
        Button(Text("{name}", {"name": endonym(code)}), _data(kind, code, town))
        for code in codes_offered
    ]
    rows: Rows = tuple(tuple(names[at : at + 2]) for at in range(0, len(names), 2))
    everybody = Button(text(B_("🌐 All languages")), _data(kind, _ALL, town))
    turn.show(message(text(_ASK_LANGUAGE), buttons=[[everybody], *rows]))


def make(turn: Turn) -> None:
    """``poster:a4:ar``, ``poster:card:all:halberstadt``."""
    kind, code, town = _parts(turn)
    place = codes.by_slug(turn.county, town) if town else None
    if (town and place is None) or code not in (_ALL, *turn.wording.catalogues.offered):
        raise Refused(Code.GONE)
    of = {
        "language": "" if code == _ALL else code,
        "place": "" if place is None else place.name,
        "size": kind,
    }
    _send(turn, "leaflet" if kind == "leaf" else "poster", of)


def volunteers(turn: Turn) -> None:
    _send(turn, "poster", {"kind": "volunteers"})


def _send(turn: Turn, kind: str, of: dict[str, str]) -> None:
    paper = Paper(kind, {**of, "username": turn.update.get_bot().username})
    turn.say(Message((text(_HERE),), paper=paper))
    turn.toast = text(_MAKING)


def _data(kind: str, code: str = "", town: str = "") -> str:
    return ":".join(["poster", kind, *([code or "-", town] if town else [code] if code else [])])


def _parts(turn: Turn) -> tuple[str, str, str]:
    _, kind, code, town, *_ = [*turn.tapped.split(":"), "", ""]
    return kind, code, town
