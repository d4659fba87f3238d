"""What must still hold when a message that waited is sent.

``offer:12``: still open; ``assignment:7:2``, ``meetup:7:2``: still that revision;
``announcement:3:17``: not stopped, and person 17 still wants news.
"""

from bot.domain.meetups import State
from bot.storage import announcements, assignments, meetups, offers
from bot.storage.tx import Tx


def holds(tx: Tx, guard: str) -> bool:
    """Raises ``ValueError`` for a guard nobody wrote."""
    match guard.split(":"):
        case ["offer", offer_id]:
            return offers.is_open(tx, int(offer_id))
        case ["assignment", assignment_id, revision]:
            assignment = assignments.find(tx, int(assignment_id))
            return (
                assignment is not None
                and assignment.active
                and assignment.revision == int(revision)
            )
        case ["meetup", meetup_id, revision]:
            meetup = meetups.find(tx, int(meetup_id))
            return (
                meetup is not None
                and meetup.state is State.PLANNED
                and meetup.revision == int(revision)
            )
        case ["announcement", announcement_id, person_id]:
            return announcements.may_be_sent(tx, int(announcement_id), int(person_id))
        case _:
            raise ValueError(f"unknown guard {guard.partition(':')[0]}")
