"""The office's numbers in words: they stand below each picture, so that nobody has to see it."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.county import County
from bot.domain.figures import End, Figures, Period, Reason, Span
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Language,
    Listing,
    Message,
    Paper,
    Param,
    Term,
    Text,
    count,
    message,
    text,
)

#: The papers (`bot/documents`).
PICTURE: Final = "figures"
TABLE: Final = "figures_table"
#: What ``of`` says in them: which picture, first and last day, and whether it leaves the office.
TOPIC, FIRST, LAST, OUTSIDE = "topic", "first", "last", "outside"

_SPANS: Mapping[Span, str] = {
    Span.MONTH: B_("This month"),
    Span.BEFORE: B_("Last month"),
    Span.QUARTER: B_("This quarter"),
    Span.YEAR: B_("This year"),
    Span.TWELVE: B_("Last 12 months"),
}
#: The pictures there are.
TOPICS: Mapping[str, str] = {
    "weeks": B_("📅 By week"),
    "speed": B_("⏱ Until the first yes"),
    "unmet": B_("🚫 Why no help"),
    "languages": B_("🗣 Languages"),
    "load": B_("🙋 Volunteers"),
    "places": B_("📍 Places"),
}
_ENDS: Mapping[End, str] = {
    End.HELPED: N_("✅ With a volunteer: {n}"),
    End.OPEN: N_("⏳ Still open: {n}"),
    End.REFERRED: N_("➡️ Referred to professionals: {n}"),
    End.DROPPED: N_("✖️ Not needed any more: {n}"),
    End.UNMET: N_("🚫 Without help: {n}"),
}
_REASONS: Mapping[str, str] = {
    Reason.LANGUAGE: N_("no volunteer for the language"),
    Reason.SKILL: N_("no volunteer for this kind of help"),
    Reason.TIME: N_("no volunteer had time"),
    Reason.DISTANCE: N_("too far away"),
    Reason.GENDER: N_("a woman or a man was wanted"),
    Reason.CHILDREN: N_("papers for children were missing"),
    Reason.SAID_NO: N_("all who were asked said no or nothing"),
    Reason.NOBODY: N_("no volunteer was found"),
    Reason.ABSENT: N_("the volunteer did not come"),
    Reason.NO_SHOW: N_("the person did not come"),
    Reason.MOVED: N_("the appointment was moved"),
    Reason.REFERRED: N_("referred to professionals"),
    Reason.CANCELLED: N_("cancelled by the person"),
    Reason.SOLVED: N_("closed: it was solved"),
    Reason.UNREACHED: N_("closed: the person could not be reached"),
    Reason.TWICE: N_("closed: it was there twice"),
    Reason.NOT_OURS: N_("closed: not for volunteers"),
    Reason.CLOSED: N_("closed by the office"),
}
_MINUTES = P_("{n} minute", "{n} minutes")
_HOURS = P_("{n} hour", "{n} hours")
_DAYS = P_("{n} day", "{n} days")
_REQUESTS = P_("{n} request", "{n} requests")
_TASKS = P_("{n} task", "{n} tasks")
_VOLUNTEERS = P_("{n} volunteer", "{n} volunteers")
_NOT_SAID = N_("no place named")
_NOTHING = N_("There are no requests in this time.")
_MOST = 5  # lines of a caption: the rest is in the picture


def which_time() -> Message:
    """The periods to choose from."""
    buttons = [[Button(text(label), f"stats:{span}")] for span, label in _SPANS.items()]
    return message(text(N_("📊 The numbers. For which time?")), buttons=buttons)


def overview(figures: Figures, *, may_export: bool) -> Message:
    """The most important numbers, and the pictures."""
    topics = [Button(text(label), _tap(key, figures.period)) for key, label in TOPICS.items()]
    table = [Button(text(B_("📄 As a table")), _tap("table", figures.period))]
    other = [Button(text(B_("↩️ Another time")), "stats:when")]
    return message(
        _head(figures.period),
        *_overall(figures),
        buttons=[
            *[topics[at : at + 2] for at in range(0, len(topics), 2)],
            *([table] if may_export else []),
            other,
        ],
    )


def picture(figures: Figures, county: County, topic: str, *, may_export: bool) -> Message:
    """One picture for the office itself, with what it shows in words."""
    outside = [Button(text(B_("📤 For others")), _tap(f"out:{topic}", figures.period))]
    said = message(
        _head(figures.period),
        *(_words(figures, county, topic) if figures.requests or topic == "load" else []),
        *([] if figures.requests else [text(_NOTHING)]),
        buttons=[*([outside] if may_export else []), [_back(figures.period)]],
    )
    return _with(said, PICTURE, _of(figures.period) | {TOPIC: topic})


def picture_for_others(period: Period, topic: str) -> Message:
    """It may leave the office: nothing under five, no names. So do the words below it."""
    said = message(
        _head(period),
        text(N_("For others: numbers under 5 are hidden, and there are no names.")),
        buttons=[[_back(period)]],
    )
    return _with(said, PICTURE, _of(period) | {TOPIC: topic, OUTSIDE: "1"})


def table(period: Period) -> Message:
    said = message(
        _head(period),
        text(N_("All numbers as a table. Numbers under 5 are hidden, and there are no names.")),
    )
    return _with(said, TABLE, _of(period))


def duration(seconds: int) -> Text:
    """About how long: days from two days on, hours from two hours on, else minutes."""
    if seconds >= 2 * 86400:
        return count(_DAYS, round(seconds / 86400))
    if seconds >= 2 * 3600:
        return count(_HOURS, round(seconds / 3600))
    return count(_MINUTES, max(1, round(seconds / 60)))


# --- in words -------------------------------------------------------------------------------------


def _overall(figures: Figures) -> list[Text]:
    if not figures.requests:
        return [text(_NOTHING), *_work(figures)]
    return [
        count(_REQUESTS, figures.requests),
        *_by_end(figures),
        *_speed(figures),
        *_work(figures),
    ]


def _by_end(figures: Figures) -> list[Text]:
    return [text(_ENDS[end], n=figures.ends[end]) for end in End if figures.ends.get(end)]


def _speed(figures: Figures) -> list[Text]:
    if figures.speed is None:
        return []
    return [
        text(
            N_("⏱ Half had a volunteer within {half}, 9 of 10 within {most}."),
            half=duration(figures.speed.half),
            most=duration(figures.speed.most),
        )
    ]


def _work(figures: Figures) -> list[Text]:
    if not figures.load:
        return []
    minutes = sum(one.minutes for one in figures.load)
    return [
        text(
            N_("🙋 Done: {tasks}, {hours}, {volunteers}"),
            tasks=count(_TASKS, sum(one.tasks for one in figures.load)),
            hours=count(_HOURS, round(minutes / 60)),
            volunteers=count(_VOLUNTEERS, len(figures.load)),
        )
    ]


def _words(figures: Figures, county: County, topic: str) -> list[Text]:
    match topic:
        case "weeks":
            return [count(_REQUESTS, figures.requests), *_by_end(figures)]
        case "speed":
            none_yet = text(N_("Nobody has said yes so far."))
            return _speed(figures) or [none_yet]
        case "unmet":
            reasons = {Term(_REASONS[why]): number for why, number in figures.reasons.items()}
            nothing = text(N_("Everybody has got help, or is still waiting."))
            return _lines(list(reasons.items())) or [nothing]
        case "languages":
            return _languages(figures)
        case "load":
            return [
                *_work(figures),
                *_lines([(one.name or "?", one.tasks) for one in figures.load]),
            ]
        case _:
            return _lines(
                [(name or Term(_NOT_SAID), number) for name, number in figures.places.items()]
            )


def _languages(figures: Figures) -> list[Text]:
    asked = [(code, number) for code, number in figures.asked.items() if code]
    gap = tuple(Language(code) for code, _ in asked if not figures.offered.get(code))
    return [
        *(
            text(
                N_("{language}: {requests}, {volunteers}"),
                language=Language(code),
                requests=count(_REQUESTS, number),
                volunteers=count(_VOLUNTEERS, figures.offered.get(code, 0)),
            )
            for code, number in asked[:_MOST]
        ),
        *([text(N_("⚠️ No volunteer speaks: {list}"), list=Listing(gap))] if gap else []),
    ]


def _lines(counts: Sequence[tuple[Param, int]]) -> list[Text]:
    return [text(N_("{what}: {number}"), what=what, number=n) for what, n in counts[:_MOST]]


# --- the parts ------------------------------------------------------------------------------------


def _head(period: Period) -> Text:
    first, last = Day(period.first.isoformat()), Day(period.last.isoformat())
    return text(N_("📊 <b>{first} to {last}</b>"), first=first, last=last)


def _back(period: Period) -> Button:
    return Button(text(B_("📊 More numbers")), _tap("all", period))


def _tap(what: str, period: Period) -> str:
    return f"stats:{what}:{period.first:%Y%m%d}:{period.last:%Y%m%d}"


def _of(period: Period) -> dict[str, str]:
    return {FIRST: period.first.isoformat(), LAST: period.last.isoformat()}


def _with(said: Message, kind: str, of: Mapping[str, str]) -> Message:
    return Message(said.lines, said.buttons, paper=Paper(kind, of))
