"""The real clock, for a simulator whose embedder hands in none."""

import time


def wall() -> float:
    """Epoch seconds."""
    return time.time()


def monotonic() -> float:
    """Seconds that only go forward, for pacing."""
    return time.monotonic()
