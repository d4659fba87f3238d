"""Who may do what in the office: each right and the roles that have it, in one table.

What somebody may do with their *own* request, task or record is no right but a relation; the use
cases judge it.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.people import Person, Role


class Right(StrEnum):
    """``LOOK``: see requests, calls, volunteers. ``ACT``: decide, assign, write, file, approve.

    ``REFER``: file for a client and follow that. ``EXPORT``: documents and tables leave the office.
    ``CLOSE``: close a month, and change a closed one. ``TEXTS``: what the county says in the chat.
    ``PEOPLE``: make and end coordinators. ``AUDIT``: read who saw or changed what.
    """

    LOOK = "look"
    ACT = "act"
    REFER = "refer"
    EXPORT = "export"
    CLOSE = "close"
    TEXTS = "texts"
    PEOPLE = "people"
    AUDIT = "audit"


_LEAD = frozenset({Role.LEAD})
_COORDINATORS = _LEAD | {Role.COORDINATOR}

ROLES: Mapping[Right, frozenset[Role]] = {
    Right.LOOK: _COORDINATORS | {Role.READER},
    Right.ACT: _COORDINATORS,
    Right.REFER: frozenset({Role.REFERRER}),
    Right.EXPORT: _LEAD,
    Right.CLOSE: _LEAD,
    Right.TEXTS: _LEAD,
    Right.PEOPLE: _LEAD,
    Right.AUDIT: _LEAD,
}


def may(person: Person | None, right: Right) -> bool:
    return person is not None and not person.roles.isdisjoint(ROLES[right])
