"""What can be said, as pure data.

A :class:`Message` freezes the *facts* of something to be said: the English source text (which is
also the id in the catalogues), its parameters and its buttons. It carries no language: the text is
made when it is sent, in the language the recipient reads at that moment
(``bot/delivery/render.py``). Every value goes through JSON and back unchanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias, TypeGuard, TypeVar, cast

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def N_(msgid: str) -> str:
    """Mark *msgid* for the catalogues and return it unchanged."""
    return msgid


def B_(msgid: str) -> str:
    """Mark the label of a button for the catalogues: translators keep it short."""
    return msgid


def P_(one: str, many: str) -> tuple[str, str]:
    """Mark a text that depends on a number for the catalogues and return both English forms."""
    return one, many


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase of ours, translated for the reader."""

    msgid: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time (UTC epoch seconds), shown as weekday, date and time of the county."""

    at: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """As :class:`Moment`, and the messenger knows it for a point in time: a tap on it can put it
    into the person's calendar."""

    at: int


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, ISO ``2026-11-24``, shown with its weekday."""

    iso: str


@dataclass(frozen=True, slots=True)
class Hour:
    """A time of day, ``14:30``, 24 hours."""

    text: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, shown by its own name (``ar`` -> العربية).

    That is the only name all its readers know.
    """

    code: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values in a row, joined as the reader's language joins them."""

    items: tuple["Param", ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One text: an English source and its parameters.

    ``many`` stands beside the source where the count ``n`` decides the form.
    """

    msgid: str
    params: Mapping[str, "Param"] = field(default_factory=dict[str, "Param"])
    many: str | None = None
    n: int | None = None


#: ``str`` is somebody's own words (a name, a place, a number like H-1042): isolated from the text
#: around it and escaped. A ``Text`` is a phrase of ours with values of its own.
Param: TypeAlias = str | int | Term | Moment | Stamp | Day | Hour | Language | Listing | Text


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: a tap sends *data* (1-64 bytes), or opens *url*."""

    label: Text
    data: str = ""
    url: str = ""


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An appointment as an entry of the reader's own calendar, or of their feed.

    ``uid`` is the same for ever, ``sequence`` grows with each change; ``starts_at``, ``ends_at``
    and ``changed_at`` are UTC epoch seconds. A calendar is looked at by others too: ``title`` says
    nothing of the matter.
    """

    uid: str
    sequence: int
    starts_at: int
    ends_at: int
    changed_at: int
    title: Text
    place: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """Paragraphs from top to bottom, and the buttons below.

    ``asks_contact`` offers "share my number" instead of typing: the label of a button below the
    text field. The messenger takes one kind of buttons for each message, so a ``Turn`` shows the
    question with its ``buttons`` and, right after it, a short message that brings that one. It
    stays until a message says ``hides_keyboard``: the turn's next screen without ``asks_contact``,
    or the words that conclude it. Anywhere else ``asks_contact`` goes without ``buttons``, and
    ``hides_keyboard`` too.

    ``qr`` is a link shown as a picture to scan, ``voice`` the messenger's id of somebody's voice
    message, ``photo`` that of a photo, ``recording`` the name of a recording of the county's
    (``notice.ar``), ``event`` a calendar file to open; the text stands below it. ``location``
    (degrees north and east) is shown on a map below the text.

    ``menu`` is no message but the commands beside the text field, by the names of their audiences
    (``handlers/commands.py``); nothing else of it counts then.

    ``deletes`` is no message but makes one of this chat go away: the one with that id, or (0) the
    one that shows the card; nothing else of it counts then.

    ``paper`` is a document or picture with the text below it.

    ``carried`` is what somebody sent to somebody else. ``answers``: the message of this chat that
    it stands as an answer to (0: none), if that is still there.
    """

    lines: tuple[Text, ...]
    buttons: Rows = ()
    asks_contact: Text | None = None
    qr: str = ""
    voice: str = ""
    photo: str = ""
    recording: str = ""
    event: Event | None = None
    menu: tuple[str, ...] = ()
    hides_keyboard: bool = False
    location: tuple[float, float] | None = None
    carried: "Carried | None" = None
    answers: int = 0
    deletes: int | None = None
    paper: "Paper | None" = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is made when the message is sent (`bot/documents`): its kind, and what it is
    of, for example ``Paper("figures", {"from": "2026-01-01"})``."""

    kind: str
    of: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Carried:
    """One person's message on its way to another; it can't be forwarded or saved from there.

    ``source``: the chat and message of a voice note, picture or file, which comes as a copy without
    its author; without it the lines (and the ``location``) are all. ``words`` are translated from
    ``language`` (a code), where a translator is set up. ``silent``: no sound.
    """

    source: tuple[int, int] | None = None
    words: str = ""
    language: str = ""
    silent: bool = False


def text(msgid: str, **params: Param) -> Text:
    return Text(msgid, params)


def count(forms: tuple[str, str], n: int, **params: Param) -> Text:
    """A text whose form depends on *n*; ``{n}`` shows the number."""
    return Text(forms[0], {"n": n, **params}, forms[1], n)


def message(*lines: Text, buttons: Sequence[Sequence[Button]] = ()) -> Message:
    return Message(lines, tuple(tuple(row) for row in buttons))


# --- JSON ---------------------------------------------------------------------------------------

_TAGGED: Mapping[str, type[Term | Moment | Stamp | Day | Hour | Language]] = {
    "term": Term,
    "moment": Moment,
    "stamp": Stamp,
    "day": Day,
    "hour": Hour,
    "language": Language,
}


def to_json(said: Message) -> Json:
    """The JSON form of a message, as the outbox keeps it (encrypted)."""
    document: dict[str, Json] = {
        "lines": [_text_to_json(line) for line in said.lines],
        "buttons": [[_button_to_json(button) for button in row] for row in said.buttons],
        "asks_contact": said.asks_contact and _text_to_json(said.asks_contact),
        "qr": said.qr,
        "voice": said.voice,
        "photo": said.photo,
        "recording": said.recording,
        "event": said.event and {**asdict(said.event), "title": _text_to_json(said.event.title)},
        "menu": list(said.menu),
        "hides_keyboard": said.hides_keyboard or None,
        "location": said.location and list(said.location),
        "carried": said.carried and _carried_to_json(said.carried),
        "answers": said.answers or None,
        "deletes": said.deletes,
        "paper": said.paper and {"kind": said.paper.kind, **said.paper.of},
    }
    unsaid: tuple[Json, ...] = (None, "", [])
    return {key: value for key, value in document.items() if value not in unsaid}


def from_json(document: Json) -> Message:
    """The message that :func:`to_json` wrote. Raises ``ValueError`` for anything else."""
    if not _is_object(document):
        raise ValueError("not a message")
    contact, event = document.get("asks_contact"), document.get("event")
    return Message(
        lines=tuple(_text_from_json(line) for line in _items(document.get("lines", []))),
        buttons=tuple(
            tuple(_button_from_json(button) for button in _items(row))
            for row in _items(document.get("buttons", []))
        ),
        asks_contact=None if contact is None else _text_from_json(contact),
        qr=str(document.get("qr", "")),
        voice=str(document.get("voice", "")),
        photo=str(document.get("photo", "")),
        recording=str(document.get("recording", "")),
        event=None if event is None else _event_from_json(event),
        menu=tuple(str(audience) for audience in _items(document.get("menu", []))),
        hides_keyboard=bool(document.get("hides_keyboard", False)),
        location=_pair(document.get("location"), float),
        carried=_carried_from_json(document["carried"]) if "carried" in document else None,
        answers=int(str(document.get("answers", 0))),
        deletes=int(str(document["deletes"])) if "deletes" in document else None,
        paper=_paper_from_json(document["paper"]) if "paper" in document else None,
    )


def _event_from_json(document: Json) -> Event:
    if not _is_object(document):
        raise ValueError("not an event")
    fields: dict[str, Any] = {**document, "title": _text_from_json(document["title"])}
    return Event(**fields)


def _paper_from_json(document: Json) -> Paper:
    if not _is_object(document):
        raise ValueError("not a paper")
    of = {key: str(value) for key, value in document.items()}
    return Paper(of.pop("kind"), of)


def _carried_to_json(carried: Carried) -> Json:
    return {
        "source": None if carried.source is None else [*carried.source],
        "words": carried.words,
        "language": carried.language,
        "silent": carried.silent,
    }


def _carried_from_json(document: Json) -> Carried:
    match document:
        case {
            "source": source,
            "words": str(words),
            "language": str(language),
            "silent": bool(silent),
        }:
            return Carried(_pair(source, int), words, language, silent)
        case _:
            raise ValueError("nothing carried")


_N = TypeVar("_N", int, float)


def _pair(document: Json, kind: type[_N]) -> tuple[_N, _N] | None:
    match document:
        case None:
            return None
        case [first, second]:
            return kind(str(first)), kind(str(second))
        case _:
            raise ValueError("no pair")


def _text_to_json(said: Text) -> Json:
    document: dict[str, Json] = {"id": said.msgid}
    if said.params:
        document["params"] = {name: _param_to_json(value) for name, value in said.params.items()}
    if said.many is not None:
        document["many"] = said.many
        document["n"] = said.n
    return document


def _text_from_json(document: Json) -> Text:
    if not _is_object(document):
        raise ValueError("not a text")
    params = document.get("params", {})
    if not _is_object(params):
        raise ValueError("not parameters")
    return Text(
        str(document["id"]),
        {name: _param_from_json(value) for name, value in params.items()},
        cast(str | None, document.get("many")),
        cast(int | None, document.get("n")),
    )


def _button_to_json(button: Button) -> Json:
    return {"label": _text_to_json(button.label), "data": button.data, "url": button.url}


def _button_from_json(document: Json) -> Button:
    if not _is_object(document):
        raise ValueError("not a button")
    return Button(_text_from_json(document["label"]), str(document["data"]), str(document["url"]))


def _param_to_json(value: Param) -> Json:
    match value:
        case str() | int():
            return value
        case Term(msgid):
            return {"term": msgid}
        case Moment(at):
            return {"moment": at}
        case Stamp(at):
            return {"stamp": at}
        case Day(iso):
            return {"day": iso}
        case Hour(hour):
            return {"hour": hour}
        case Language(code):
            return {"language": code}
        case Text():
            return {"text": _text_to_json(value)}
        case Listing(items):
            return {"list": [_param_to_json(item) for item in items]}


def _param_from_json(document: Json) -> Param:
    if isinstance(document, (str, int)):
        return document
    if _is_object(document) and len(document) == 1:
        ((tag, value),) = document.items()
        if tag == "list":
            return Listing(tuple(_param_from_json(item) for item in _items(value)))
        if tag == "text":
            return _text_from_json(value)
        if tag in _TAGGED:
            kind: Any = _TAGGED[tag]
            return cast(Param, kind(value))
    raise ValueError("not a parameter")


def _is_object(document: Json) -> TypeGuard[dict[str, Json]]:
    return isinstance(document, dict)


def _items(document: Json) -> list[Json]:
    if not isinstance(document, list):
        raise ValueError("not a list")
    return document
