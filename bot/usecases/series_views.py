"""What somebody looks at about help every week, and what the office hears of it."""

from datetime import date

from bot.domain.county import County
from bot.domain.requests import HelpRequest, How
from bot.domain.series import UNTIL_TOLD, Series, SeriesState
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Hour,
    Language,
    Message,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.usecases.agreeing_notices import facts, where
from bot.usecases.notices import WEEKDAYS, category
from bot.usecases.series_notices import iso, next_on, rhythm

# --- how it stands --------------------------------------------------------------------------------


def stands(series: Series, county: County, today: date, goes: date | None) -> list[Text]:
    """Where it stands, in a few lines."""
    lines = [rhythm(series.weekday, series.hour)]
    if series.state is SeriesState.TRIAL:
        return [*lines, text(N_("The first meeting was a trial. You both decide how it goes on."))]
    if series.state is SeriesState.SEARCHING:
        return [*lines, text(N_("We look for another volunteer."))]
    if series.state is SeriesState.ENDED:
        return [text(N_("The weekly help has ended."))]
    if series.paused_until == UNTIL_TOLD:
        return [*lines, text(N_("⏸ A pause for now"))]
    if series.paused_until is not None and series.paused_until > today:
        lines.append(text(N_("⏸ Pause until {day}"), day=iso(series.paused_until)))
    return [*lines, *next_on(goes, series.hour, county.zone)]


def of_requester(series: Series, county: County, told: list[Text], name: str) -> list[Text]:
    """*told*: how it stands; *name*: of the volunteer, empty if there is none."""
    kind = county.categories.get(series.category)
    what = Term(kind.name) if kind is not None else series.category
    return [
        text(N_("<b>{number}</b> · {what}"), number=series.number, what=what),
        *told,
        *([text(N_("With: {name}"), name=name)] if name else []),
        *where(series.place),
    ]


def of_volunteer(
    series: Series, origin: HelpRequest, county: County, told: list[Text], phone: str
) -> list[Text]:
    """With what only the volunteer who helps may read."""
    return [
        text(N_("<b>{number}</b> · {what}"), number=series.number, what=category(origin, county)),
        *told,
        *where(series.place),
        *facts(origin, county, phone),
    ]


# --- to the office --------------------------------------------------------------------------------


def card(series: Series, origin: HelpRequest, county: County, told: list[Text]) -> Message:
    """The one card in the coordinators' group, whatever meetings there are."""
    return message(
        text(N_("<b>{number}</b> · {what}"), number=series.number, what=category(origin, county)),
        *(
            [text(N_("📍 {place}"), place=origin.place)]
            if origin.place and origin.how is not How.PHONE
            else []
        ),
        text(N_("Language: {language}"), language=Language(origin.language)),
        *told,
    )


def helper(name: str) -> Text:
    return text(N_("With: {name}"), name=name)


def met(n: int) -> list[Text]:
    """To the office: how often, so far."""
    return [count(P_("{n} meeting so far", "{n} meetings so far"), n)] if n else []


def office_buttons(series: Series) -> list[Button]:
    """What a coordinator can do in private."""
    if series.state is SeriesState.ACTIVE:
        go_on = Button(text(B_("▶️ Go on now")), f"series:goon:{series.request_id}")
        paused = [] if series.paused_until is None else [go_on]
        return [*paused, _others(series), _close(series)]
    return [_close(series)] if series.state is SeriesState.TRIAL else []


def _others(series: Series) -> Button:
    return Button(text(B_("🔁 Ask others")), f"series:others:{series.request_id}")


def _close(series: Series) -> Button:
    return Button(text(B_("⏹ End weekly help")), f"series:close:{series.request_id}")


def nobody_answers(series: Series, county: County) -> Message:
    """To the office: the question after the first meeting is still open."""
    return message(
        text(
            N_("⚠️ <b>{number}</b>: it is not clear whether the weekly help goes on. Please ask."),
            number=series.number,
        ),
        _what(series, county),
        buttons=[[_look(series)]],
    )


def settled(series: Series) -> Message:
    """Takes the place of :func:`nobody_answers`."""
    words = {
        SeriesState.ACTIVE: N_("Every week"),
        SeriesState.SEARCHING: N_("We look for another volunteer."),
        SeriesState.ENDED: N_("The weekly help has ended."),
    }
    state = Term(words.get(series.state, words[SeriesState.ACTIVE]))
    return message(text(N_("{number}: {state}"), number=series.number, state=state))


def clash_unsolved(series: Series, county: County, day: date) -> Message:
    """To the office."""
    return message(
        text(
            N_("⚠️ <b>{number}</b>: no meeting on {day}, the volunteer has another task then."),
            number=series.number,
            day=iso(day),
        ),
        _what(series, county),
        buttons=[[_look(series)]],
    )


def may_not_help(series: Series, county: County, day: date) -> Message:
    """To the office: the volunteer is not active, or papers are missing."""
    return message(
        text(
            N_(
                "⚠️ <b>{number}</b>: no meeting on {day}. The volunteer is not active, or papers"
                " are missing."
            ),
            number=series.number,
            day=iso(day),
        ),
        _what(series, county),
        buttons=[
            [_others(series)],
            [_look(series)],
        ],
    )


def ended_for_office(series: Series) -> list[Text]:
    return [text(N_("{number}: the weekly help has ended."), number=series.number)]


def _what(series: Series, county: County) -> Text:
    kind = county.categories.get(series.category)
    return text(
        N_("{what} · every week: {weekday}, {time}"),
        what=Term(kind.name) if kind is not None else series.category,
        weekday=Term(WEEKDAYS[series.weekday]),
        time=Hour(series.hour),
    )


def _look(series: Series) -> Button:
    return Button(text(B_("🔎 Have a look")), f"request:look:{series.request_id}")
