"""Who may do what, as a matrix: every command and button by every kind of person.

What takes a right of the office says so in its route. Everything else is a matter of whose record
it is: which use case looks at that stands here, once for each word that buttons begin with.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.people import Role, with_what_it_implies
from bot.domain.rights import ROLES
from handlers.routing import Kind, Route


class Cell(StrEnum):
    """``OWN``: only of their own request or task; ``FOR_THEM``: the office, for who asked."""

    ALLOWED = "yes"
    REFUSED = "–"
    OWN = "own"
    FOR_THEM = "for them"


#: Kinds of people, and the roles they have: a stranger, somebody who asked, and each role.
PEOPLE: Mapping[str, frozenset[Role]] = {
    "nobody": frozenset(),
    "requester": frozenset(),
    **{
        role.value: with_what_it_implies(role)
        for role in (Role.REFERRER, Role.VOLUNTEER, Role.READER, Role.COORDINATOR, Role.LEAD)
    },
}


@dataclass(frozen=True, slots=True)
class Rule:
    """``who``: whose record it must be, in words; empty: everybody may. ``check``: the use case
    that looks. ``office``: a coordinator may do it for them. ``role``: only who has it can have
    one. ``themselves``: it is about nobody else, so who has the role may."""

    who: str = ""
    check: str = ""
    office: bool = False
    role: Role | None = None
    themselves: bool = False

    def cell(self, kind: str) -> Cell:
        if not self.who:
            return Cell.ALLOWED
        roles = PEOPLE[kind]
        if self.office and Role.COORDINATOR in roles:
            return Cell.FOR_THEM
        has_one = kind != "nobody" and (self.role is None or self.role in roles)
        if has_one and self.themselves:
            return Cell.ALLOWED
        return Cell.OWN if has_one else Cell.REFUSED


_ALL = Rule()
_VOLUNTEER = Rule(
    "volunteers, about themselves", "profiles.require", role=Role.VOLUNTEER, themselves=True
)
_FEED = replace(_VOLUNTEER, check="calendars.make_link")
_ASKED = Rule("who asked, or filed it", "dispatch.require_own")
_EITHER = "one of the two"

#: By what a command or a button's data begins with; the longest that fits counts.
RULES: Mapping[str, Rule] = {
    # Commands.
    "/start": _ALL,
    "/call": _ALL,
    "/help": _ALL,
    "/language": _ALL,
    "/cancel": _ALL,
    "/back": _ALL,
    "/mine": _ALL,
    "/tasks": _ALL,
    "/reminders": _ALL,
    "/profile": _VOLUNTEER,
    "/pause": _VOLUNTEER,
    "/calendar": _FEED,
    "/here": _ALL,
    # Buttons that everybody may tap.
    "lang": _ALL,
    "voices": _ALL,
    "menu": _ALL,
    "call:when": _ALL,
    "f": _ALL,
    "join": Rule("who has the link", "joining.open_link"),
    "remind": _ALL,
    "quiet": _ALL,
    "sound": _ALL,
    "apply": _ALL,
    # A volunteer's.
    "profile": _VOLUNTEER,
    "pause": _VOLUNTEER,
    "tasks": _VOLUNTEER,
    "calendar:new": _FEED,
    "calendar:stop": _FEED,
    "offer": Rule("who was asked", "dispatch.require_offer", role=Role.VOLUNTEER),
    "listen": Rule("who was asked", "listening.take", role=Role.VOLUNTEER),
    "task": Rule("whose task it is", "dispatch.require_task", role=Role.VOLUNTEER),
    "task:take": Rule("whom it fits", "offering.take", role=Role.VOLUNTEER),
    "swap": Rule("whose task it is, or who was asked", "swapping", role=Role.VOLUNTEER),
    "times:offer": Rule("who said yes", "agreeing.require_agreeing", role=Role.VOLUNTEER),
    "times:back": Rule("who said yes", "agreeing.require_agreeing", role=Role.VOLUNTEER),
    "times:gave": Rule("who said yes", "agreeing.require_agreeing", role=Role.VOLUNTEER),
    "times:why": Rule("who said yes", "agreeing.require_agreeing", role=Role.VOLUNTEER),
    "close": Rule("whose task it was", "closing.require_done", role=Role.VOLUNTEER),
    # Of who asked.
    "request": _ASKED,
    "times": Rule("who asked, or filed it", "agreeing.require_choosing", office=True),
    "found": _ASKED,
    "coming": Rule("who asked, or filed it", "dispatch.require_own"),
    "coming:yes": Rule(_EITHER, "reminding.answer", office=True),
    "coming:off": Rule("who asked, or filed it", "reminding.answer", office=True),
    # What has happened, and the volunteers' own lines and lists.
    "/hours": _VOLUNTEER,
    "hours": Rule("whose line it is", "records", role=Role.VOLUNTEER),
    "hours:add": _VOLUNTEER,
    "hours:show": _VOLUNTEER,
    "hours:complete": _VOLUNTEER,
    "record": Rule("whose line it is", "records", role=Role.VOLUNTEER),
    "care": _VOLUNTEER,
    "check": Rule("whose task it was", "care", role=Role.VOLUNTEER),
    "meetup": Rule("who is invited", "meetups", role=Role.VOLUNTEER),
    "news": _ALL,
    "went": Rule("who asked, or filed it", "closing.judge"),
    "missed": Rule("who asked, or filed it", "missed"),
    "answer": Rule("who asked, or filed it", "writing.answer"),
    "relax": Rule("who asked, or filed it", "relaxing.agree"),
    # Of one of the two.
    "move": Rule(_EITHER, "moving", office=True),
    "day": Rule(_EITHER, "on_the_day.require_on"),
    "calendar:file": Rule(_EITHER, "calendars.give"),
    "meet": Rule(_EITHER, "closing.side_of"),
    "after": Rule(_EITHER, "feedback.require_own"),
    "wrong": Rule(_EITHER, "protecting.report"),
    "relay": Rule(_EITHER, "relay_views.view_of"),
    "series": Rule(_EITHER, "series", office=True),
}


@dataclass(frozen=True, slots=True)
class Line:
    """``what``: as in the routing table, commands with a slash. ``decides``: a right, or who it
    must be and which use case looks."""

    route: Route
    what: str
    where: str
    cells: Mapping[str, Cell]
    decides: str


def rule_of(what: str) -> Rule | None:
    """None for what the office's rights decide, or nobody has thought about."""
    words = what.split(":")
    for count in range(len(words), 0, -1):
        found = RULES.get(":".join(words[:count]))
        if found is not None:
            return found
    return None


def matrix(routes: Iterable[Route]) -> Iterator[Line]:
    """Every command and button, in the order of the routing table.

    Raises ``LookupError`` for one that no right and no rule speaks about.
    """
    for route in routes:
        if route.kind not in (Kind.COMMAND, Kind.BUTTON) or route.what == ".*":
            continue
        what = f"/{route.what}" if route.kind is Kind.COMMAND else route.what
        if route.right is not None:
            allowed = ROLES[route.right]
            cells = {
                kind: Cell.REFUSED if allowed.isdisjoint(roles) else Cell.ALLOWED
                for kind, roles in PEOPLE.items()
            }
            decides = f"right: {route.right}"
        else:
            rule = rule_of(what)
            if rule is None:
                raise LookupError(f"who may {what}? Name a right in its route, or a rule in RULES.")
            cells = {kind: rule.cell(kind) for kind in PEOPLE}
            decides = f"{rule.who} (`{rule.check}`)" if rule.who else "everybody"
        yield Line(route, what, _where(route), cells, decides)


def as_page(routes: Iterable[Route]) -> str:
    """The matrix as a table in Markdown."""
    head = ["command or button", "where", *PEOPLE, "who decides"]
    rows = [
        [f"`{_legible(line.what)}`", line.where, *line.cells.values(), line.decides]
        for line in matrix(routes)
    ]
    marks = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))


def _where(route: Route) -> str:
    if route.in_group_only:
        return "group"
    return "private" if route.in_private_only or route.kind is Kind.COMMAND else "anywhere"


def _legible(what: str) -> str:
    """A pattern as one reads it: ``request:show:N``. A bar would end the column of a table."""
    shown = re.sub(r"\\d\{1,\d+\}|\\d\+|\\d", "N", what)
    return re.sub(r"\\w\+|\.\+|\[[^]]+\]\+", "…", shown).replace("|", "/")
