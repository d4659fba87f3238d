"""What a refusal says to the person: one plain sentence for each code."""

from collections.abc import Mapping

from bot.domain.county import County
from bot.domain.errors import Code
from bot.domain.people import Person, Role
from bot.messages import B_, N_, Rows, Term, Text
from bot.usecases.notices import CALL_ME

_WORDS: Mapping[Code, str] = {
    Code.GONE: N_("This is no longer open."),
    Code.ALREADY_TAKEN: N_("Somebody else was faster. Thank you!"),
    Code.NOT_YOURS: N_("This button is not for you."),
    Code.NOT_ALLOWED: N_("Only the coordinators can do this."),
    Code.NOT_YOUR_ROLE: N_("Your role does not allow this. Please ask who leads the office."),
    Code.NO_VOLUNTEER: N_("This is for volunteers. You are not registered as one so far."),
    Code.TOO_LATE: N_("It is too late for this."),
    Code.ALREADY_BEGUN: N_("The appointment has already begun. Please call the office: {phone}"),
    Code.OVERLAP: N_("You already have another task at this time."),
    Code.LINK_USED: N_("This link was already used. Please ask the office for a new one."),
    Code.LINK_EXPIRED: N_("This link is too old. Please ask the office for a new one."),
    Code.LINK_UNKNOWN: N_("This link is not valid. Please ask the office for a new one."),
    Code.TOO_MANY: N_("You have many open requests. Please wait, or call the office: {phone}"),
    Code.NO_PRIVATE_CHAT: N_("Please write to me in private first, then tap again."),
    Code.SAID_NO: N_("This person has already said no to this request."),
    Code.NOT_REACHABLE: N_("This person can't be reached here. Please call them."),
    Code.INCOMPLETE: N_("Please listen to the voice message and complete the request first."),
    Code.NOT_POSSIBLE: N_("This is not possible here. Please choose something else."),
    Code.NOBODY_TRUSTED: N_("No trusted volunteer of this language can be asked now."),
    Code.BEING_HEARD: N_("A volunteer is listening to it already."),
    Code.PROFESSIONAL_NEEDED: N_("A professional is needed here. Please have a look first."),
    Code.CHAT_ENDED: N_("The other person has ended this chat. You can call the office: {phone}"),
    Code.TOO_FAST: N_("You have sent many messages. Please wait a minute, then write again."),
    Code.NOT_PASSED_ON: N_(
        "I can't pass this on. You can send text, voice messages, photos, documents or a location."
    ),
    Code.NO_CONTACTS: N_("I do not pass on contacts. To give your own number, tap “{button}”."),
    Code.NO_FORWARDS: N_("I do not pass on forwarded messages. Please write it in your own words."),
    Code.TOO_NEAR: N_("There is not enough time for this. Please call the office: {phone}"),
    Code.ANSWER_FIRST: N_("There is already another proposal. Please say yes or no to it first."),
    Code.ENOUGH: N_("More is not possible for now. Please call the office: {phone}"),
    Code.BLOCKED: N_("This is not possible for you for now. Please call the office: {phone}"),
    Code.BOTH_TAKEN: N_("Both have a volunteer. Please free one of the two first."),
    Code.NOT_FOR_YOU: N_("This link is for somebody else. Please send it on."),
    Code.LAST_LEAD: N_("Somebody must lead the office. Please choose another person first."),
    Code.NOT_YET: N_("This is possible on the day, from 4 hours before the appointment."),
    Code.MONTH_CLOSED: N_("This month is closed. Please call the office: {phone}"),
    Code.MONTH_NOT_OVER: N_("This month is not over yet."),
    Code.NOT_CHECKED: N_("Not all entries are checked yet. Please check them first."),
}


_SHARE = B_("📱 Share my number")


#: Who works here is told that it is a matter of the role.
_IN_THE_OFFICE = frozenset({Role.COORDINATOR, Role.LEAD, Role.READER, Role.REFERRER})


def words_for(code: Code, county: County, person: Person | None = None) -> Text:
    if code is Code.NOT_ALLOWED and person is not None and person.roles & _IN_THE_OFFICE:
        code = Code.NOT_YOUR_ROLE
    return Text(_WORDS[code], {"phone": county.office_phone, "button": Term(_SHARE)})


def ways_on(code: Code) -> Rows:
    """The buttons below a refusal: a human, for who can do nothing else here."""
    return ((CALL_ME,),) if code is Code.BLOCKED else ()
