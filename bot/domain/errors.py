"""How a rule says no."""

from enum import StrEnum


class Code(StrEnum):
    """Why something was refused.

    The edges turn a code into words in the person's language (``handlers/common/refusals.py``).
    """

    GONE = "gone"
    ALREADY_TAKEN = "already_taken"
    NOT_YOURS = "not_yours"
    NOT_ALLOWED = "not_allowed"
    NOT_YOUR_ROLE = "not_your_role"
    NO_VOLUNTEER = "no_volunteer"
    TOO_LATE = "too_late"
    ALREADY_BEGUN = "already_begun"
    OVERLAP = "overlap"
    LINK_USED = "link_used"
    LINK_EXPIRED = "link_expired"
    LINK_UNKNOWN = "link_unknown"
    TOO_MANY = "too_many"
    NO_PRIVATE_CHAT = "no_private_chat"
    SAID_NO = "said_no"
    NOT_REACHABLE = "not_reachable"
    INCOMPLETE = "incomplete"
    NOT_POSSIBLE = "not_possible"
    PROFESSIONAL_NEEDED = "professional_needed"
    NOBODY_TRUSTED = "nobody_trusted"
    BEING_HEARD = "being_heard"
    CHAT_ENDED = "chat_ended"
    TOO_FAST = "too_fast"
    NOT_PASSED_ON = "not_passed_on"
    NO_CONTACTS = "no_contacts"
    NO_FORWARDS = "no_forwards"
    TOO_NEAR = "too_near"
    ANSWER_FIRST = "answer_first"
    ENOUGH = "enough"
    NOT_YET = "not_yet"
    MONTH_CLOSED = "month_closed"
    MONTH_NOT_OVER = "month_not_over"
    NOT_CHECKED = "not_checked"
    BLOCKED = "blocked"
    BOTH_TAKEN = "both_taken"
    NOT_FOR_YOU = "not_for_you"
    LAST_LEAD = "last_lead"


class Refused(Exception):
    """A move that a rule does not allow. Nothing has been changed when it is raised."""

    safe_to_log = True

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code
