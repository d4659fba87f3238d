"""Care for volunteers: the lists and the checklist that coordinators see."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.care import ENTERED, Concern, Needed, Step
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Message,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.usecases.care_notices import SENTENCES
from bot.usecases.desk_notices import and_more

_LONGEST = 25
_NOBODY = text(N_("Nobody at the moment."))

#: What fits a list stands first.
_FITS = {
    Concern.PAPERS: "papers",
    Concern.INACTIVE: "how",
    Concern.OVERLOADED: "thanks",
    Concern.NEVER_ASKED: "no_task",
}


# --- the lists ------------------------------------------------------------------------------------

CONCERNS: Mapping[Concern, str] = {
    Concern.PAPERS: B_("📄 Papers"),
    Concern.INACTIVE: B_("💤 Not heard of"),
    Concern.OVERLOADED: B_("😮‍💨 Too much"),
    Concern.NEVER_ASKED: B_("🌱 Never asked"),
}
_NEEDED: Mapping[Needed, str] = {
    Needed.APPOINTMENT: N_("appointment until {day}"),
    Needed.CERTIFICATE: N_("certificate of conduct until {day}"),
    Needed.INSTRUCTION: N_("no instruction on duties"),
}


def overview(counts: Mapping[Concern, int]) -> Message:
    return message(
        text(N_("💚 <b>Care for the volunteers</b>")),
        text(N_("Papers: they end in the next 8 weeks, or are missing.")),
        buttons=[
            [
                Button(
                    text(B_("{state}: {count}"), state=Term(name), count=counts[concern]),
                    f"care:list:{concern}",
                )
            ]
            for concern, name in CONCERNS.items()
        ],
    )


def listed(concern: Concern, rows: Sequence[tuple[int, str, Sequence[Text]]]) -> Message:
    """*rows*: the person's id, their name, and why they are on the list."""
    shown = rows[:_LONGEST]
    names = [
        Button(text(N_("{name}"), name=name), f"volunteer:look:{person_id}")
        for person_id, name, _ in shown
    ]
    write = [Button(text(B_("✍️ Write to them")), f"care:write:{concern}")]
    return message(
        text(N_("<b>{name}</b>"), name=Term(CONCERNS[concern])),
        *(line for _, name, why in shown for line in _row(name, why)),
        *and_more(len(rows) - len(shown)),
        *([] if rows else [_NOBODY]),
        buttons=[
            *[names[at : at + 2] for at in range(0, len(names), 2)],
            *([write] if rows else []),
            [_BACK],
        ],
    )


_BACK = Button(text(B_("↩️ All lists")), "care:all")


def nobody_to_renew() -> Message:
    return message(_NOBODY)


def _row(name: str, why: Sequence[Text]) -> list[Text]:
    if not why:
        return [text(N_("<b>{name}</b>"), name=name)]
    return [text(N_("<b>{name}</b>: {answer}"), name=name, answer=one) for one in why]


def why_papers(found: Mapping[Needed, date | None]) -> list[Text]:
    return [
        text(_NEEDED[paper]) if day is None else text(_NEEDED[paper], day=Day(day.isoformat()))
        for paper, day in found.items()
    ]


def last_sign(day: date | None) -> list[Text]:
    return [] if day is None else [text(N_("the last time {day}"), day=Day(day.isoformat()))]


def why_overloaded(*, strained: bool, over_the_cap: bool, lately: int) -> list[Text]:
    """*lately*: tasks of the last four weeks."""
    return [
        *([text(N_("said that it is too much"))] if strained else []),
        *([text(N_("more tasks this week than wished"))] if over_the_cap else []),
        count(P_("{n} task in the last 4 weeks", "{n} tasks in the last 4 weeks"), lately),
    ]


def what_to_write(concern: Concern, people: int) -> Message:
    """Every sentence, in the words of the reader; each gets it in their own language."""
    first = _FITS[concern]
    keys = [first, *(key for key in SENTENCES if key != first)]
    return message(
        count(P_("✍️ To {n} volunteer:", "✍️ To {n} volunteers:"), people),
        *(text(SENTENCES[key][1]) for key in keys),
        text(N_("Everybody reads it in their own language. Tap what you would like to say.")),
        buttons=[
            *[[Button(text(SENTENCES[key][0]), f"care:say:{key}:{concern}")] for key in keys],
            [Button(text(B_("↩️ Back")), f"care:list:{concern}")],
        ],
    )


def written(told: int, unreached: Sequence[str]) -> Message:
    """*unreached*: who has no Telegram, by name."""
    return message(
        count(P_("✅ Written to {n} volunteer.", "✅ Written to {n} volunteers."), told),
        *_please_call(unreached),
        buttons=[[_BACK]],
    )


def renewed_for_office(renewed: int, until: str, unreached: Sequence[str]) -> Message:
    return message(
        count(
            P_("✅ {n} appointment is renewed.", "✅ {n} appointments are renewed."),
            renewed,
        ),
        text(N_("Appointed until {day}."), day=Day(until)),
        *_please_call(unreached),
    )


def _please_call(names: Sequence[str]) -> list[Text]:
    return [text(N_("📞 Please call, they have no Telegram: {name}"), name=name) for name in names]


# --- the checklist --------------------------------------------------------------------------------

STEPS: Mapping[Step, str] = {
    Step.TALKED: B_("First talk"),
    Step.PROMISED: B_("Confidentiality"),
    Step.INSTRUCTED: B_("Instructed on duties"),
    Step.CERTIFICATE: B_("Certificate seen"),
    Step.TRAINING: B_("Training"),
    Step.APPOINTED: B_("Appointed"),
}


def checklist(person_id: int, name: str, days: Mapping[Step, str]) -> Message:
    """*days*: on which day (ISO) each step was done."""
    return message(
        text(N_("📋 <b>{name}</b>: before the first task"), name=name),
        *(
            text(N_("✅ {what}: {answer}"), what=Term(STEPS[step]), answer=Day(days[step]))
            if step in days
            else text(N_("▫️ {what}"), what=Term(STEPS[step]))
            for step in Step
        ),
        buttons=[
            *[
                [Button(text(STEPS[step]), f"volunteer:step:{step}:{person_id}")]
                for step in ENTERED
            ],
            [Button(text(B_("📅 Enter the dates")), f"volunteer:papers:{person_id}")],
            [Button(text(B_("↩️ Profile")), f"volunteer:look:{person_id}")],
        ],
    )


def one_step(person_id: int, name: str, step: Step, day: str | None) -> Message:
    """*day*: when it was done (ISO); None: not yet."""
    answer = Term(N_("not yet")) if day is None else Day(day)
    clear = Button(text(B_("🗑 Clear")), f"volunteer:clear:{step}:{person_id}")
    return message(
        text(N_("📋 <b>{name}</b>"), name=name),
        text(N_("{what}: {answer}"), what=Term(STEPS[step]), answer=answer),
        text(N_("Only the day is kept, never the papers.")),
        buttons=[
            [
                Button(text(B_("📅 Today")), f"volunteer:today:{step}:{person_id}"),
                Button(text(B_("✏️ Another day")), f"volunteer:day:{step}:{person_id}"),
            ],
            *([] if day is None else [[clear]]),
            [Button(text(B_("↩️ Back")), f"volunteer:steps:{person_id}")],
        ],
    )
