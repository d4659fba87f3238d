"""What can have happened to a help request: the codes of its history."""

from enum import StrEnum


class Happened(StrEnum):
    """``CHOSEN``, ``NONE_FITS``, ``SOMEONE_ELSE``: what the requester said to what was offered.
    ``MOVED``: the appointment was on another day, without us."""

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
    WENT_SOSO = "went_soso"
    ABSENT = "absent"
    NOBODY_CAME = "nobody_came"
    WAS_THERE = "was_there"
    RATHER_NOT = "rather_not"
    SAID_MORE = "said_more"
    CASE_OPENED = "case_opened"
    CASE_LOOKED = "case_looked"
    CASE_TAKEN = "case_taken"
    CASE_CLOSED = "case_closed"
