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


def masked(counts: Sequence[int], *, also: Iterable[int] = (), total: int | None = None) -> list[Count]:
    """*counts* with the small ones hidden, which stand in one column above their *total* (their
    sum, if it is not given).

    *also*: the places of counts that are hidden for another reason. Whatever is hidden can't be
    told from the total: it comes to at least 5 together, or the total is small too.
    """
    hidden = {at: Hidden.BESIDE for at in also if counts[at]}
    hidden |= {at: Hidden.SMALL for at, n in enumerate(counts) if 0 < n < ENOUGH}
    whole = sum(counts) if total is None else total
    others = sorted((n, at) for at, n in enumerate(counts) if n and at not in hidden)
    while hidden and others and whole >= ENOUGH and _found_out(counts, hidden):
        _, at = others.pop(0)
        hidden[at] = Hidden.BESIDE
    return [Count(n, hidden.get(at)) for at, n in enumerate(counts)]


def _found_out(counts: Sequence[int], hidden: Iterable[int]) -> bool:
    unseen = list(hidden)
    return len(unseen) == 1 or sum(counts[at] for at in unseen) < ENOUGH
