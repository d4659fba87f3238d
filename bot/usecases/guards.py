"""What must still hold when a message that waited is sent.

``offer:12``: still open; ``assignment:7:2``: still that revision.
"""

from bot.storage import assignments, offers
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
        case _:
            raise ValueError(f"unknown guard {guard.partition(':')[0]}")
