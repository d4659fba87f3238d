"""The audit trail as a lead reads it: who saw or changed which record, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.people import Person
from bot.domain.requests import id_of, number_of
from bot.domain.rights import Right
from bot.messages import B_, N_, Button, Message, Moment, Paper, Param, Term, Text, message, text
from bot.storage import audit, people
from bot.storage.audit import Line
from bot.storage.tx import Tx
from bot.usecases.permitting import require_in_private

PAPER = "audit"
_PAGE = 15
_NAMED_BUTTONS = 4

#: What is done often, in words; everything else is shown by its code.
_WHAT: Mapping[str, str] = {
    "refused": N_("had no right to this"),
    "request:look": N_("looked at the request"),
    "/request": N_("looked at the request"),
    "request:voice": N_("listened to the voice message"),
    "request:release": N_("asked volunteers"),
    **dict.fromkeys(
        ("request:more", "request:hand", "request:write", "request:close", "write:own"),
        N_("looked at the request"),  # what can be done, and nothing is yet
    ),
    "write_to": N_("wrote to the person"),
    "hand:ask": N_("chose a volunteer by hand"),
    "hand:yes": N_("chose a volunteer by hand"),
    "request:again": N_("asked all again"),
    "/open": N_("looked at what waits"),
    "desk:open": N_("looked at what waits"),
    "/volunteers": N_("looked at the volunteers"),
    "volunteer:look": N_("looked at a volunteer"),
    "volunteer:steps": N_("looked at a volunteer"),
    "task:who": N_("looked who comes"),
    **dict.fromkeys(("call:take", "call:over", "errand:take", "errand:over"), N_("took a call")),
    "case:open": N_("looked at a case"),
    "case:take": N_("took a case"),
    "invite": N_("invited somebody"),
    "file": N_("filed for a client"),
    "person:lead": N_("made somebody lead"),
    "person:unlead": N_("took the lead back"),
    "/audit": N_("read this list"),
    "audit:show": N_("read this list"),
    "audit:table": N_("took this list as a table"),
}


#: The same by the first word, whatever was chosen: ``close:solved``.
_BEGINS: Mapping[str, str] = {
    "write": N_("wrote to the person"),
    "close": N_("closed the request"),
    "volunteers": N_("looked at the volunteers"),  # by filters, page by page
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which lines: those before a line (0: the newest), of one person, about one request."""

    before: int = 0
    actor: int = 0
    request_id: int = 0


def find(tx: Tx, words: str) -> Chosen | None:
    """What is meant by the number of a request or by a name; None if nothing is."""
    request_id = id_of(words)
    if request_id is not None:
        return Chosen(request_id=request_id)
    wanted = words.casefold()
    for actor in audit.actors(tx):
        person = people.find(tx, actor)
        if person is not None and wanted in person.name.casefold():
            return Chosen(actor=actor)
    return None


def page(tx: Tx, lead: Person | None, chosen: Chosen) -> Message:
    """One screen of it, with the way on. Raises :class:`bot.domain.errors.Refused`."""
    require_in_private(tx, lead, Right.AUDIT)
    found = audit.lines(
        tx,
        before=chosen.before or None,
        actor=chosen.actor or None,
        subject=f"request:{chosen.request_id}" if chosen.request_id else None,
        limit=_PAGE + 1,
    )
    shown = found[:_PAGE]
    names = _Names(tx)
    lines = [_told(names, line) for line in shown]
    return message(
        _title(names, chosen),
        *(lines or [text(N_("There is nothing here."))]),
        buttons=[
            *_of_people(names, shown, chosen),
            *([[_older(shown[-1].id, chosen)]] if len(found) > _PAGE else []),
            [Button(text(B_("⏫ The newest")), "audit:show"), Button(_TABLE, "audit:table")],
        ],
    )


_TABLE = text(B_("📄 As a table"))


def table(tx: Tx, lead: Person | None) -> Message:
    """All of it as a file. Raises :class:`bot.domain.errors.Refused`."""
    require_in_private(tx, lead, Right.AUDIT)
    return Message((text(N_("The audit trail, all of it.")),), paper=Paper(PAPER))


def rows(tx: Tx) -> Iterator[tuple[int, int, str, str, str]]:
    """Every line, oldest first: its number, when (UTC epoch seconds), who, what, which record."""
    names = _Names(tx)
    for line in reversed(audit.lines(tx, limit=_ALL)):
        yield line.id, line.at, names.of(line.actor), line.what, names.record(line.subject)


_ALL = 10_000_000


class _Names:
    """The names of people by their ids, each looked up once."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._known: dict[int, str] = {}

    def of(self, person_id: int | None) -> str:
        """The program has no name."""
        if person_id is None:
            return ""
        if person_id not in self._known:
            person = people.find(self._tx, person_id)
            self._known[person_id] = (person.name if person else "") or f"#{person_id}"
        return self._known[person_id]

    def record(self, subject: str) -> str:
        """``H-1012`` for a request, a name for a person, else ``word 12``."""
        word, _, number = subject.partition(":")
        if word == "request" and number.isdecimal():
            return number_of(int(number))
        if word in ("person", "volunteer") and number.isdecimal():
            return self.of(int(number))
        return f"{word} {number}" if number.isdecimal() else subject  # the button that was refused


def _told(names: _Names, line: Line) -> Text:
    words = _WHAT.get(line.what) or _BEGINS.get(line.what.partition(":")[0])
    known: Param = line.what if words is None else Term(words)
    record = names.record(line.subject)
    who = names.of(line.actor) or "–"
    time = Moment(line.at)
    if not record:
        return text(N_("{time}: {what} ({name})"), time=time, what=known, name=who)
    return text(
        N_("{time}: {what}: {record} ({name})"), time=time, what=known, record=record, name=who
    )


def _title(names: _Names, chosen: Chosen) -> Text:
    if chosen.actor:
        return text(N_("<b>Who saw or changed what</b> · {name}"), name=names.of(chosen.actor))
    if chosen.request_id:
        number = number_of(chosen.request_id)
        return text(N_("<b>Who saw or changed what</b> · {name}"), name=number)
    return text(N_("<b>Who saw or changed what</b>"))


def _of_people(names: _Names, shown: list[Line], chosen: Chosen) -> list[list[Button]]:
    """Only what one of them did."""
    if chosen.actor or chosen.request_id:
        return []
    actors = dict.fromkeys(line.actor for line in shown if line.actor is not None)
    buttons = [
        Button(text(N_("👤 {name}"), name=names.of(actor)), f"audit:who:{actor}:0")
        for actor in list(actors)[:_NAMED_BUTTONS]
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _older(before: int, chosen: Chosen) -> Button:
    data = f"audit:older:{before}"
    if chosen.actor:
        data = f"audit:who:{chosen.actor}:{before}"
    elif chosen.request_id:
        data = f"audit:about:{chosen.request_id}:{before}"
    return Button(text(B_("⏬ Older")), data)
