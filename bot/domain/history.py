"""What can have happened to a help request: the codes of its history."""

from enum import StrEnum


class Happened(StrEnum):
    """``CHOSEN``, ``NONE_FITS``, ``SOMEONE_ELSE``: what the requester said to what was offered.
    ``MOVED``: the appointment was on another day, without us. ``PLANNED`` and below: of help every
    week."""

    FILED = "filed"
    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    NONE_FITS = "none_fits"
    HANDED_BACK = "handed_back"
    TAKEN_BACK = "taken_back"
    SOMEONE_ELSE = "someone_else"
    RESCHEDULED = "rescheduled"
    COMING = "coming"
    CANT = "cant"
    SILENT = "silent"
    CANCELLED = "cancelled"
    FINISHED = "finished"
    DONE = "done"
    NO_SHOW = "no_show"
    MOVED = "moved"
    WENT_WELL = "went_well"
    WENT_WRONG = "went_wrong"
    PLANNED = "planned"
    EVERY_WEEK = "every_week"
    NOT_EVERY_WEEK = "not_every_week"
    PAUSED = "paused"
    RESUMED = "resumed"
    SERIES_ENDED = "series_ended"
