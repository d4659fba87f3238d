"""A coordinator's lists, in private: who fits a request, what waits, the volunteers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.county import County
from bot.domain.matching import Verdict
from bot.domain.requests import HelpRequest
from bot.domain.sieve import Stand
from bot.messages import (
    B_,
    N_,
    Button,
    Language,
    Listing,
    Message,
    Param,
    Term,
    Text,
    message,
    text,
)
from bot.storage.errands import Errand
from bot.usecases import late_notices, meetup_desk_notices
from bot.usecases.desk_menus import CALLS, TODAY, back_button
from bot.usecases.desk_notices import LONGEST_LIST, and_more
from bot.usecases.late_notices import LATE_ERRAND
from bot.usecases.notices import category, state_of, when

_RULES: Mapping[str, str] = {
    "not_active": N_("not active"),
    "not_appointed": N_("not appointed"),
    "paused": N_("has a pause"),
    "own_request": N_("asks for this help"),
    "no_common_language": N_("does not speak the language"),
    "no_skill": N_("does not offer this help"),
    "gender": N_("a woman or a man is wanted"),
    "busy": N_("has another task then"),
    "never_then": N_("never has time then"),
    "other_places": N_("helps in other places only"),
    "week_full": N_("has enough tasks this week"),
    "too_far": N_("lives too far away"),
    "children": N_("no papers for children"),
    "asked_before": N_("was asked before"),
    "kept_apart": N_("is kept apart from this person"),
    "unreachable": N_("can't be reached"),
    "blocked": N_("is blocked for now"),
}


_REASONS_FOR: Mapping[str, str] = {
    "helped": N_("helped before"),
    "near": N_("lives near"),
    "language": N_("speaks the language"),
    "good_time": N_("a good time"),
    "skill": N_("offers this help"),
}


def who(
    request: HelpRequest,
    ranked: Sequence[Verdict],
    excluded: Sequence[Verdict],
    names: Mapping[int, str],
    *,
    by_hand: bool,
) -> Message:
    """Who fits, best first, and who not, with the rule. *by_hand*: each can be tapped."""
    fit, unfit = ranked[:LONGEST_LIST], excluded[:LONGEST_LIST]
    head = (
        text(N_("👥 {number}: who shall do it?"), number=request.number)
        if by_hand
        else text(N_("👥 {number}: who would be asked, and who not"), number=request.number)
    )
    lines = [
        head,
        *[line for n, one in enumerate(fit, 1) for line in _fits(n, one, names, by_hand)],
        *and_more(len(ranked) - len(fit)),
        *([] if ranked else [text(N_("Nobody fits."))]),
        *[_unfit(one, names) for one in unfit],
        *and_more(len(excluded) - len(unfit)),
    ]
    tappable = [*fit, *filter(_can_be_overruled, unfit)] if by_hand else []
    buttons = [
        Button(
            text(N_("{name}"), name=names.get(one.person_id, "?")),
            f"hand:{one.person_id}:{request.id}",
        )
        for one in tappable
    ]
    return message(
        *lines,
        buttons=[
            *[buttons[at : at + 2] for at in range(0, len(buttons), 2)],
            [back_button(request)],
        ],
    )


#: Rules that a coordinator can't overrule by hand (``deciding``).
_NEVER = frozenset({"not_active", "not_appointed", "own_request", "children", "blocked"})


def _can_be_overruled(one: Verdict) -> bool:
    return _NEVER.isdisjoint(why.value for why in one.reasons)


def _fits(n: int, one: Verdict, names: Mapping[int, str], by_hand: bool) -> list[Text]:
    """The score is in minutes, fewer are better; the dry run shows its parts."""
    name = names.get(one.person_id, "?")
    why = Listing(tuple(Term(_REASONS_FOR[each.value]) for each in one.why))
    line = (
        text(N_("{n}. <b>{name}</b> ({score}): {why}"), n=n, name=name, score=one.score, why=why)
        if one.why
        else text(N_("{n}. <b>{name}</b> ({score})"), n=n, name=name, score=one.score)
    )
    return [line] if by_hand else [line, _parts(one)]


def _parts(one: Verdict) -> Text:
    return text(
        N_(
            "Way {way}, tasks {load}, asked lately {asked}, answers {silence},"
            " language {language}, time {time}, helped before {helped}"
        ),
        way=one.cost.way,
        load=one.cost.load,
        asked=one.cost.asked_lately,
        silence=one.cost.silence,
        language=one.cost.language,
        time=one.cost.time,
        helped=one.cost.helped,
    )


def _unfit(one: Verdict, names: Mapping[int, str]) -> Text:
    broken: tuple[Param, ...] = tuple(
        Term(_RULES[why.value]) if why.value in _RULES else why.value for why in one.reasons
    )
    return text(N_("✖️ {name}: {rules}"), name=names.get(one.person_id, "?"), rules=Listing(broken))


def by_hand(
    request: HelpRequest, volunteer_id: int, name: str, reasons: Verdict | None, *, can_ask: bool
) -> Message:
    """One volunteer was chosen: how do they come to it?"""
    ways = [Button(text(B_("☎️ Has said yes")), f"hand:yes:{volunteer_id}:{request.id}")]
    if can_ask:
        ask = Button(text(B_("💬 Ask in chat")), f"hand:ask:{volunteer_id}:{request.id}")
        ways.insert(0, ask)
    broken = [] if reasons is None or reasons.fits else [_unfit(reasons, {volunteer_id: name})]
    return message(
        text(N_("👤 {number}: {name}"), number=request.number, name=name),
        *broken,
        buttons=[ways, [Button(text(B_("↩️ To the list")), f"request:hand:{request.id}")]],
    )


def what_waits(
    requests: Sequence[HelpRequest], county: County, others: Sequence[tuple[Text, Button]]
) -> Message:
    """*others*: calls, errands and applications, each with its button."""
    first, rest = requests[:LONGEST_LIST], requests[LONGEST_LIST:]
    some = others[:LONGEST_LIST]
    if not requests and not others:
        return message(text(N_("✔️ Nothing waits for you.")), buttons=[[TODAY, CALLS]])
    lines = [
        text(
            N_("<b>{number}</b> · {what}, {time} · {state}"),
            number=request.number,
            what=category(request, county),
            time=when(request),
            state=state_of(request),
        )
        for request in first
    ]
    numbers = [
        Button(text(N_("{number}"), number=request.number), f"request:look:{request.id}")
        for request in first
    ]
    return message(
        text(N_("🗂 What waits, the oldest first:")),
        *lines,
        *and_more(len(rest)),
        *[line for line, _ in some],
        *and_more(len(others) - len(some)),
        buttons=[
            *[numbers[at : at + 3] for at in range(0, len(numbers), 3)],
            *[[button] for _, button in some],
            [TODAY, CALLS],
        ],
    )


def waiting_call(call_id: int, language: str, taken: bool) -> tuple[Text, Button]:
    if taken:
        line = N_("📞 A call in {language}, taken by a coordinator")
        button = Button(text(B_("Take it over")), f"call:over:{call_id}")
    else:
        line = N_("📞 A call in {language}")
        button = Button(text(B_("I'll take it")), f"call:take:{call_id}")
    return text(line, language=Language(language)), button


def waiting_errand(errand: Errand, request: HelpRequest) -> tuple[Text, Button]:
    label = text(B_("📞 Call: {number}"), number=request.number)
    deed = "take" if errand.claimed_by is None else "over"
    if errand.kind == LATE_ERRAND:
        seek = text(B_("I'll take it")) if deed == "take" else text(B_("Take it over"))
        return late_notices.waits(errand, request), Button(seek, f"errand:{deed}:{errand.id}")
    line = (
        N_("📞 A call about {number}")
        if errand.claimed_by is None
        else N_("📞 A call about {number}, taken by a coordinator")
    )
    return text(line, number=request.number), Button(label, f"errand:{deed}:{errand.id}")


def waiting_meetup_call(errand: Errand) -> tuple[Text, Button]:
    taken = errand.claimed_by is not None
    line = meetup_desk_notices.call_taken if taken else meetup_desk_notices.call_wanted
    deed = "over" if taken else "take"
    button = Button(meetup_desk_notices.call_label(), f"errand:{deed}:{errand.id}")
    return line(errand.id, "").lines[0], button


def waiting_application(application_id: int, taken: bool) -> tuple[Text, Button]:
    if taken:
        line = N_("🙋 Somebody wants to volunteer, taken by a coordinator")
        button = Button(text(B_("Take it over")), f"apply:over:{application_id}")
    else:
        line = N_("🙋 Somebody wants to volunteer")
        button = Button(text(B_("I'll take it")), f"apply:take:{application_id}")
    return text(line), button


def waiting_volunteer(person_id: int, name: str) -> tuple[Text, Button]:
    """Who has filled in their profile and waits for a coordinator's yes."""
    look = Button(text(B_("👀 Have a look")), f"volunteer:look:{person_id}")
    return text(N_("🙋 {name} waits for approval"), name=name), look


def waiting_case(case_id: int, number: str, taken: bool) -> tuple[Text, Button]:
    words = (
        N_("⚠️ Case for {number}, taken by a coordinator") if taken else N_("⚠️ Case for {number}")
    )
    button = Button(text(B_("🔓 Open")), f"case:open:{case_id}")
    return text(words, number=number), button


@dataclass(frozen=True, slots=True)
class Listed:
    """A volunteer as the list shows them; ``paused_until`` ISO.

    ``person_id``: None before they have confirmed their profile; then there is nothing to look at.
    """

    person_id: int | None
    name: str
    languages: tuple[str, ...]
    place: str
    active: bool
    paused_until: str | None = None
    stand: Stand = Stand.READY
