"""Appointments by day and the call list, as one coordinator reads them in private."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.county import County
from bot.domain.requests import HelpRequest, State
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Hour,
    Language,
    Message,
    Moment,
    Param,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.storage.errands import Errand
from bot.usecases.desk_menus import CALLS, TODAY, WEEK
from bot.usecases.desk_notices import LONGEST_LIST, and_more
from bot.usecases.notices import category

#: So many appointments of each day fit into a week.
_OF_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """An appointment: *time* (``"14:30"``), *place* and *volunteer* (both can be empty).

    ``unanswered``: one of the two has not said whether they come.
    """

    request: HelpRequest
    time: str
    place: str
    volunteer: str
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who is to be called, since *made_at* (UTC epoch seconds)."""

    line: Text
    button: Button
    made_at: int


# --- appointments ---------------------------------------------------------------------------------


def one_day(
    day: str, entries: Sequence[Entry], county: County, *, is_today: bool, calls: int
) -> Message:
    """*day*: ISO. *calls*: how many wait, today only."""
    shown = entries[:LONGEST_LIST]
    numbers = [
        Button(text(N_("{number}"), number=one.request.number), f"request:look:{one.request.id}")
        for one in shown
    ]
    head = N_("📅 <b>Today, {day}</b>") if is_today else N_("📅 <b>{day}</b>")
    ways = [CALLS, WEEK] if is_today else [TODAY, WEEK]
    return message(
        text(head, day=Day(day)),
        *([] if entries else [text(N_("No appointments on this day."))]),
        *[_line(one, county) for one in shown],
        *and_more(len(entries) - len(shown)),
        *_without_answer(shown),
        *([count(P_("📞 {n} call waits", "📞 {n} calls wait"), calls)] if calls else []),
        buttons=[*[numbers[at : at + 3] for at in range(0, len(numbers), 3)], ways],
    )


def _line(one: Entry, county: County) -> Text:
    return text(
        N_("{time} · <b>{number}</b> · {what} · {place} · {who}"),
        time=Hour(one.time),
        number=one.request.number,
        what=category(one.request, county),
        place=one.place or "–",
        who=_who(one),
    )


def _without_answer(entries: Sequence[Entry]) -> list[Text]:
    silent = sum(one.unanswered for one in entries)
    words = P_("❔ {n} appointment starts without an answer", "❔ {n} start without an answer")
    return [count(words, silent)] if silent else []


def _who(one: Entry) -> Param:
    if one.request.state is State.DONE:
        return text(N_("✔️ {name}"), name=one.volunteer or "–")
    if one.unanswered:
        return text(N_("❔ {name}, no answer yet"), name=one.volunteer)
    return one.volunteer or Term(N_("⚠️ nobody yet"))


def week(days: Sequence[tuple[str, Sequence[Entry]]]) -> Message:
    """*days* (ISO) that have appointments."""
    lines: list[Text] = []
    for day, entries in days:
        lines.append(text(N_("<b>{day}</b>"), day=Day(day)))
        lines += [
            text(
                N_("{time} · {number} · {place} · {who}"),
                time=Hour(one.time),
                number=one.request.number,
                place=one.place or "–",
                who=_who(one),
            )
            for one in entries[:_OF_A_DAY]
        ]
        lines += and_more(len(entries) - _OF_A_DAY)
    buttons = [
        Button(text(B_("{day}"), day=Day(day)), f"desk:day:{day.replace('-', '')}")
        for day, _ in days
    ]
    return message(
        text(N_("🗓 The next 7 days:")) if days else text(N_("No appointments in the next 7 days.")),
        *lines,
        buttons=[*[buttons[at : at + 2] for at in range(0, len(buttons), 2)], [TODAY, CALLS]],
    )


# --- the call list --------------------------------------------------------------------------------


def call_list(waiting: Sequence[Waits]) -> Message:
    shown = waiting[:LONGEST_LIST]
    if not waiting:
        return message(text(N_("✔️ Nobody waits for a call.")), buttons=[[TODAY, WEEK]])
    return message(
        text(N_("📞 Who waits for a call, yours first, then the oldest:")),
        *[
            text(N_("{n}. {what} · since {time}"), n=n, what=one.line, time=Moment(one.made_at))
            for n, one in enumerate(shown, 1)
        ],
        *and_more(len(waiting) - len(shown)),
        buttons=[
            *[
                [Button(text(N_("{n}. {label}"), n=n, label=one.button.label), one.button.data)]
                for n, one in enumerate(shown, 1)
            ],
            [TODAY, WEEK],
        ],
    )


def my_call(call_id: int, language: str) -> tuple[Text, Button]:
    """One that the reader has taken."""
    line = text(N_("📞 Yours: a call in {language}"), language=Language(language))
    return line, Button(text(B_("🔓 Open")), f"call:take:{call_id}")


def my_errand(errand_id: int, request: HelpRequest) -> tuple[Text, Button]:
    line = text(N_("📞 Yours: a call about {number}"), number=request.number)
    return line, Button(text(B_("🔓 Open")), f"errand:take:{errand_id}")


def other_errand(errand: Errand, language: str, *, mine: bool) -> tuple[Text, Button]:
    """A call that is about no request."""
    if mine:
        words, label, deed = N_("📞 Yours: a call in {language}"), B_("🔓 Open"), "take"
    elif errand.claimed_by is None:
        words, label, deed = N_("📞 A call in {language}"), B_("I'll take it"), "take"
    else:
        words, label = N_("📞 A call in {language}, taken by a coordinator"), B_("Take it over")
        deed = "over"
    return text(words, language=Language(language)), Button(
        text(label), f"errand:{deed}:{errand.id}"
    )
