"""What one coordinator sees in private of a request: everything, and what can be done with it.

Names and numbers stand here, so these messages go to nobody but a coordinator who asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.county import County
from bot.domain.history import Happened
from bot.domain.people import Gender
from bot.domain.requests import HelpRequest, How, State
from bot.messages import (
    N_,
    P_,
    Button,
    Day,
    Language,
    Listing,
    Message,
    Moment,
    Param,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.storage.blocks import Block
from bot.storage.history import Event
from bot.usecases import noting
from bot.usecases import office_notices as group
from bot.usecases.decision_notices import REASONS
from bot.usecases.late_notices import WHY
from bot.usecases.notices import AGES, WHOM, category, state_of, when

#: So many lines of a list fit on a screen; what does not is counted.
LONGEST_LIST = 25
_LAST_EVENTS = 15
_LAST_NOTES = 5

_HOW: Mapping[How, str] = {
    How.ALONG: N_("A volunteer comes along"),
    How.PHONE: N_("By phone"),
    How.EITHER: N_("A volunteer comes along, or by phone"),
}
_GENDER: Mapping[Gender, str] = {
    Gender.WOMAN: N_("A woman is wanted"),
    Gender.MAN: N_("A man is wanted"),
}
_OFFERS: Mapping[str, str] = {
    "open": N_("no answer yet"),
    "accepted": N_("said yes"),
    "declined": N_("said no"),
    "closed": N_("no answer"),  # in time, or before somebody else said yes
}
#: Names of what happened; what is not named here is shown by its code.
_EVENTS: Mapping[str, str] = {
    "filed": N_("request filed"),
    "changed": N_("changed by the person"),
    "released": N_("volunteers are asked"),
    "completed": N_("filled in after listening"),
    "asked_to_listen": N_("trusted volunteers asked to listen"),
    "listening": N_("a volunteer listens"),
    "gave_back": N_("gave it back to the office"),
    "nobody_listened": N_("no volunteer has filled it in"),
    "asked_again": N_("all asked again"),
    "asked_one": N_("one volunteer asked"),
    "assigned": N_("assigned by hand"),
    "taken_back": N_("others are asked"),
    "referred": N_("referred"),
    "cancelled": N_("cancelled"),
    "wrote": N_("the office wrote"),
    "answered": N_("answered"),
    "spoke": N_("answered with a voice message"),
    "called": N_("called"),
    "accepted": N_("a volunteer said yes"),
    "proposed": N_("times offered"),
    "chosen": N_("time chosen"),
    "none_fits": N_("no time fits"),
    "handed_back": N_("the volunteer can't come"),
    "someone_else": N_("would rather have somebody else"),
    "rescheduled": N_("another time"),
    "move_asked": N_("asked for another time"),
    "move_declined": N_("no to another time"),
    "move_expired": N_("no answer about another time"),
    "colleague_asked": N_("a colleague was asked"),
    "handed_over": N_("a colleague has taken it over"),
    **{f"because_{why}": label for why, label in WHY.items()},
    "coming": N_("is coming"),
    "cant": N_("can't come"),
    "silent": N_("has not answered"),
    "finished": N_("the time is over"),
    "done": N_("took place"),
    "no_show": N_("nobody came"),
    "moved": N_("was on another day"),
    "went_well": N_("went well"),
    "planned": N_("weekly meeting planned"),
    "every_week": N_("yes: every week"),
    "not_every_week": N_("no: not every week"),
    "paused": N_("a pause"),
    "resumed": N_("the pause is over"),
    "series_ended": N_("the weekly help has ended"),
    "went_wrong": N_("was not good"),
    "went_soso": N_("was all right"),
    "absent": N_("the volunteer was not there"),
    "nobody_came": N_("the person says: nobody came"),
    "was_there": N_("the person says: I was there"),
    "rather_not": N_("these two rather do not meet again"),
    "said_more": N_("said how it was"),
    "case_opened": N_("⚠️ a case was opened"),
    "case_looked": N_("looked at the case"),
    "case_taken": N_("has the case"),
    "case_closed": N_("case closed"),
    "reopened": N_("opened again"),
    "merged": N_("put together with another request"),
    "passed_on": N_("handed over to a colleague"),
    "wrote_volunteer": N_("the office wrote to the volunteer"),
    **{f"closed_{key}": label for key, (label, _) in REASONS.items()},
    "may_gender": N_("asked: also a man or a woman?"),
    "yes_gender": N_("yes: also a man or a woman"),
    "no_gender": N_("no: only as asked"),
    "may_phone": N_("asked: also by phone?"),
    "yes_phone": N_("yes: also by phone"),
    "no_phone": N_("no: not by phone"),
    "may_day": N_("asked: another day?"),
    "yes_day": N_("yes: another day"),
    "no_day": N_("no: not on another day"),
    "may_farther": N_("asked: in another town?"),
    "yes_farther": N_("yes: in another town"),
    "client_came": N_("the person has opened their own link"),
    "contact_ended": N_("the contact has ended: please call"),
    "no_farther": N_("no: not in another town"),
}
#: Seen, but nobody needs to read that again.
LOOKED = "looked"
#: Notes stand above what happened.
_HIDDEN = (LOOKED, Happened.NOTED)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known about a request beside itself; names by the ids of people."""

    name: str
    phone: str
    names: Mapping[int, str]
    events: Sequence[Event]
    #: Person id and state of every offer.
    offers: Sequence[tuple[int, str]]
    #: What can be done, in rows.
    deeds: Sequence[Sequence[Button]] = ()
    volunteer: str = ""
    block: Block | None = None
    #: Who filed it for a client, and where they work.
    filed_by: tuple[str, str] = ("", "")
    #: How help every week stands, and its buttons.
    series: Sequence[Text] = ()
    series_buttons: Sequence[Button] = ()


def look(request: HelpRequest, county: County, seen: Seen) -> Message:
    """Everything about a request, with what can be done."""
    return message(
        text(N_("<b>{number}</b> · {what}"), number=request.number, what=category(request, county)),
        text(N_("{state}"), state=state_of(request)),
        *([text(N_("With: {name}"), name=seen.volunteer)] if seen.volunteer else []),
        *seen.series,
        *_wanted(request),
        *_person(request, county, seen),
        *([] if seen.block is None else [blocked_line(seen.block)]),
        *_filed_by(seen),
        *_notes(seen),
        *_answers(seen),
        *_story(seen),
        buttons=[*seen.deeds, *[[one] for one in seen.series_buttons]],
    )


def _wanted(request: HelpRequest) -> list[Text]:
    lines = [
        text(N_("{time} · {minutes} minutes"), time=when(request), minutes=request.minutes),
        *([text(N_("📍 {place}"), place=request.place)] if request.place else []),
        text(N_("Language: {language}"), language=Language(request.language)),
    ]
    if request.also:
        also = Listing(tuple(map(Language, request.also)))
        lines.append(text(N_("Also understands: {languages}"), languages=also))
    lines.append(text(N_("{how}"), how=Term(_HOW[request.how])))
    if request.gender is not None:
        lines.append(text(N_("{who}"), who=Term(_GENDER[request.gender])))
    flags = (
        (request.weekly, N_("Every week")),
        (request.for_child, N_("It is about a child.")),
        (request.minor, N_("A minor asks alone.")),
        (request.topic, N_("⚠️ A professional is needed.")),
    )
    lines += [text(N_("{note}"), note=Term(words)) for is_so, words in flags if is_so]
    if request.answer_by is not None:
        lines.append(text(N_("🔴 Date in the letter: {day}"), day=Day(request.answer_by)))
    if request.hear_by is not None and request.state in (State.WAITING, State.OPEN, State.STUCK):
        lines.append(text(N_("Was promised to hear by {time}"), time=Moment(request.hear_by)))
    return lines


def _person(request: HelpRequest, county: County, seen: Seen) -> list[Text]:
    details = request.details
    offices = {office.key: office.name for office in county.offices}
    told: tuple[tuple[str, Param], ...] = (
        (N_("Name: {words}"), details.name or seen.name),
        (N_("Phone: {words}"), details.phone or seen.phone),
        (N_("For whom: {words}"), _named(WHOM, details.whom)),
        (N_("Age of the child: {words}"), _named(AGES, details.age)),
        (N_("Office: {words}"), offices.get(details.office, details.office)),
        (N_("In their words: {words}"), details.words),
    )
    return [text(label, words=words) for label, words in told if words]


def _filed_by(seen: Seen) -> list[Text]:
    name, organisation = seen.filed_by
    return (
        [text(N_("Filed by {name}, {place}"), name=name, place=organisation or "–")] if name else []
    )


def _named(names: Mapping[str, str], key: str) -> Param:
    return Term(names[key]) if key in names else key


def _answers(seen: Seen) -> list[Text]:
    asked = seen.offers[:LONGEST_LIST]
    lines = [
        text(
            N_("🙋 {name}: {answer}"),
            name=seen.names.get(person_id, "?"),
            answer=Term(_OFFERS[state]) if state in _OFFERS else state,
        )
        for person_id, state in asked
    ]
    return [*lines, *and_more(len(seen.offers) - len(asked))]


def _notes(seen: Seen) -> list[Text]:
    """The latest ones, whatever happened since."""
    written = [event for event in seen.events if event.what == Happened.NOTED][-_LAST_NOTES:]
    return [noting.line(one.at, seen.names.get(one.actor or 0, ""), one.note) for one in written]


def _story(seen: Seen) -> list[Text]:
    told = [event for event in seen.events if event.what not in _HIDDEN][-_LAST_EVENTS:]
    lines: list[Text] = []
    for event in told:
        known: Param = Term(_EVENTS[event.what]) if event.what in _EVENTS else event.what
        by = seen.names.get(event.actor, "") if event.actor is not None else ""
        if by:
            lines.append(
                text(N_("{time}: {what} ({name})"), time=Moment(event.at), what=known, name=by)
            )
        else:
            lines.append(text(N_("{time}: {what}"), time=Moment(event.at), what=known))
        if event.note and event.what != "spoke":
            lines.append(text(N_("“{words}”"), words=event.note))
    return lines


def blocked_line(block: Block) -> Text:
    return text(
        N_("🚫 Blocked until {day}: {reason}"),
        day=Day(block.until),
        reason=block.reason or "–",
    )


def voice_of(request: HelpRequest, voice: str) -> Message:
    """*voice*: a file id."""
    said = message(text(N_("🎤 {number}"), number=request.number))
    return replace(said, voice=voice)


def and_more(n: int) -> list[Text]:
    return [count(P_("and {n} more", "and {n} more"), n)] if n > 0 else []


def answered(request: HelpRequest, words: str, voice: str, *, volunteer: bool) -> Message:
    """To the coordinator who had written: what the person says, or the *volunteer*."""
    who = (
        N_("💬 {number}: the volunteer answers:")
        if volunteer
        else N_("💬 {number}: the person answers:")
    )
    said = message(
        text(who, number=request.number),
        *([text(N_("{words}"), words=words)] if words else []),
        buttons=[[group.look_button(request), group.write_button(request)]],
    )
    return replace(said, voice=voice)


def filed(request: HelpRequest, name: str) -> Message:
    """What a coordinator filed for somebody on the phone."""
    return message(
        text(N_("✅ Filed for {name}: <b>{number}</b>."), name=name, number=request.number),
        text(N_("{state}"), state=state_of(request)),
        *(
            [text(N_("They were promised to hear by {time}."), time=Moment(request.hear_by))]
            if request.hear_by is not None
            else []
        ),
        text(N_("What has to be said comes to the call list.")),
        buttons=[[group.look_button(request)]],
    )
