"""A requester and a volunteer who have met: would they meet again, and may they?

Neither side ever learns what the other said; only coordinators see that two are kept apart.
"""

from dataclasses import dataclass

from bot.domain.appointments import Again, Side
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Pair:
    """What both said, None without an answer. ``suspended``: a case between them is open.
    ``apart``: a coordinator keeps them apart for good."""

    requester_says: Again | None = None
    volunteer_says: Again | None = None
    suspended: bool = False
    apart: bool = False

    def says(self, side: Side) -> Again | None:
        return self.requester_says if side is Side.REQUESTER else self.volunteer_says

    @property
    def is_kept_apart(self) -> bool:
        """They are not brought together again."""
        said_no = Again.NO in (self.requester_says, self.volunteer_says)
        return self.is_parted or said_no

    @property
    def is_parted(self) -> bool:
        """Something was wrong between them: nothing of one reaches the other."""
        return self.suspended or self.apart

    @property
    def is_wanted(self) -> bool:
        """Two yeses."""
        both = (self.requester_says, self.volunteer_says) == (Again.YES, Again.YES)
        return both and not self.is_kept_apart


def find(tx: Tx, requester_id: int, volunteer_id: int) -> Pair:
    row = tx.one(
        "SELECT requester_says, volunteer_says, suspended, apart FROM pairs"
        " WHERE requester_id = :requester AND volunteer_id = :volunteer",
        requester=requester_id,
        volunteer=volunteer_id,
    )
    if row is None:
        return Pair()
    return Pair(
        None if row["requester_says"] is None else Again(row["requester_says"]),
        None if row["volunteer_says"] is None else Again(row["volunteer_says"]),
        bool(row["suspended"]),
        bool(row["apart"]),
    )


def may_meet(tx: Tx, one_id: int, other_id: int) -> bool:
    """Nobody keeps the two apart, whoever of them asked and whoever helped."""
    both = ((one_id, other_id), (other_id, one_id))
    return not any(find(tx, *each).is_kept_apart for each in both)


def note(tx: Tx, requester_id: int, volunteer_id: int, side: Side, said: Again) -> None:
    """What one side said; the last word counts."""
    column = "requester_says" if side is Side.REQUESTER else "volunteer_says"
    _make(tx, requester_id, volunteer_id)
    tx.run(
        f"UPDATE pairs SET {column} = :said, changed_at = :now"  # noqa: S608  (our own columns)
        " WHERE requester_id = :requester AND volunteer_id = :volunteer",
        said=said.value,
        now=tx.now,
        requester=requester_id,
        volunteer=volunteer_id,
    )


def suspend(tx: Tx, one_id: int, other_id: int, suspended: bool) -> None:
    """A case between them is open, or no longer; whoever of them asks and whoever helps."""
    for requester_id, volunteer_id in ((one_id, other_id), (other_id, one_id)):
        _make(tx, requester_id, volunteer_id)
        tx.run(
            "UPDATE pairs SET suspended = :suspended, changed_at = :now"
            " WHERE requester_id = :requester AND volunteer_id = :volunteer",
            suspended=int(suspended),
            now=tx.now,
            requester=requester_id,
            volunteer=volunteer_id,
        )


def keep_apart(tx: Tx, one_id: int, other_id: int) -> None:
    """A coordinator decided it, for good; whoever of them asks and whoever helps."""
    for requester_id, volunteer_id in ((one_id, other_id), (other_id, one_id)):
        _make(tx, requester_id, volunteer_id)
        tx.run(
            "UPDATE pairs SET apart = 1, changed_at = :now"
            " WHERE requester_id = :requester AND volunteer_id = :volunteer",
            now=tx.now,
            requester=requester_id,
            volunteer=volunteer_id,
        )


def _make(tx: Tx, requester_id: int, volunteer_id: int) -> None:
    tx.run(
        "INSERT INTO pairs (requester_id, volunteer_id, changed_at)"
        " VALUES (:requester, :volunteer, :now)"
        " ON CONFLICT (requester_id, volunteer_id) DO NOTHING",
        requester=requester_id,
        volunteer=volunteer_id,
        now=tx.now,
    )
