"""Small counts of people are not told to outsiders: somebody could know who it was.

A count from 1 to 4 is hidden. Where that alone would let it be worked out again from a sum, a
second one is hidden with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: From this count on nobody is recognised.
ENOUGH = 5


class Hidden(StrEnum):
    """``SMALL``: it is from 1 to 4. ``BESIDE``: only hidden so that another stays hidden."""

    SMALL = "small"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Count:
    """``hidden``: why ``n`` is not shown; None: it is."""

    n: int
    hidden: Hidden | None = None


def masked(counts: Sequence[int], *, also: Iterable[int] = ()) -> list[Count]:
    """*counts*, which stand in one column above their sum, with the small ones hidden.

    *also*: the places of counts that are hidden for another reason. What is hidden can't be told
    from the sum: more than one is, and together they come to at least 5, unless all is small.
    """
    hidden = {at: Hidden.BESIDE for at in also if counts[at]}
    hidden |= {at: Hidden.SMALL for at, n in enumerate(counts) if 0 < n < ENOUGH}
    others = sorted((n, at) for at, n in enumerate(counts) if n and at not in hidden)
    for _, at in others:
        if not hidden or not _found_out(counts, hidden):
            break
        hidden[at] = Hidden.BESIDE
    return [Count(n, hidden.get(at)) for at, n in enumerate(counts)]


def _found_out(counts: Sequence[int], hidden: Iterable[int]) -> bool:
    unseen = list(hidden)
    return len(unseen) == 1 or sum(counts[at] for at in unseen) < ENOUGH
