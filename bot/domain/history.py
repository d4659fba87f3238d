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
    MOVE_ASKED = "move_asked"
    MOVE_DECLINED = "move_declined"
    MOVE_EXPIRED = "move_expired"
    COLLEAGUE_ASKED = "colleague_asked"
    HANDED_OVER = "handed_over"
    BECAUSE_ILL = "because_ill"
    BECAUSE_NO_TIME = "because_no_time"
    BECAUSE_TOO_FAR = "because_too_far"
    BECAUSE_OTHER = "because_other"
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
