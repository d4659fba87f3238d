"""When the messenger can't be reached: how long to leave it alone, and whose fault it is."""

from collections import Counter
from math import inf
from typing import Final

LONGEST_PAUSE: Final = 60.0
#: A message that fails so often while others get through is not the network's fault.
MOST_STRIKES: Final = 10


class Outages:
    """Growing pauses for everybody, as arithmetic on monotonic seconds."""

    def __init__(self) -> None:
        self.until = -inf
        self._in_a_row = 0
        self._strikes: Counter[int] = Counter()

    def got_through(self, row_id: int) -> None:
        """The messenger has answered to a message, whatever it said."""
        self._in_a_row = 0
        self._strikes.pop(row_id, None)

    def begin(self, row_id: int, now: float) -> float | None:
        """A message got no answer. Seconds for which nothing shall be sent; None if a pause runs
        already, so that many failures at once are one outage."""
        if now < self.until:
            return None
        if self._in_a_row == 0:
            self._strikes[row_id] += 1
        pause = min(LONGEST_PAUSE, 2.0**self._in_a_row)
        self._in_a_row += 1
        self.until = now + pause
        return pause

    def is_hopeless(self, row_id: int) -> bool:
        """Again and again this message failed right after others had got through."""
        return self._strikes[row_id] >= MOST_STRIKES
