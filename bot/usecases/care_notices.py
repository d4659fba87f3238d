"""Care for volunteers: what they hear, and the lists and the checklist that coordinators see."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.care import ENTERED, Concern, Needed, Step
from bot.domain.county import County
from bot.domain.requests import HelpRequest
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
from bot.usecases.desk_notices import and_more
from bot.usecases.notices import CALL_ME
from bot.usecases.offer_notices import OPEN_TASKS
from bot.usecases.volunteer_notices import MY_TASKS, PROFILE_BUTTON, pause_line

_LONGEST = 25

# --- to volunteers --------------------------------------------------------------------------------


def rest(until: str) -> Message:
    """Somebody said that it is too much. *until*: the first day (ISO) they are asked again."""
    return message(
        text(N_("💚 Thank you for telling us. You have done a lot.")),
        text(N_("A coordinator calls you soon. You need not do anything.")),
        pause_line(until),
        text(N_("Your tasks stay. To give one back, tap “🗓 My tasks”.")),
        buttons=[[Button(text(B_("No break, please")), "pause:over")], [MY_TASKS]],
    )


def how_are_you(request: HelpRequest, assignment_id: int) -> Message:
    return message(
        text(N_("🌱 {number}: how are you after your last task?"), number=request.number),
        text(N_("Some tasks are hard. Only the office hears your answer.")),
        buttons=[
            [Button(text(B_("🙂 Good")), f"check:good:{assignment_id}")],
            [_talk(assignment_id)],
        ],
    )


def _talk(assignment_id: int) -> Button:
    return Button(text(B_("💬 I'd like to talk")), f"check:talk:{assignment_id}")


def good_to_hear(assignment_id: int) -> Message:
    return message(
        text(N_("💚 Good to hear. Thank you for what you do!")),
        buttons=[[_talk(assignment_id)]],
    )


def we_call(county: County) -> Message:
    return message(
        text(N_("💚 Thank you for telling us. A coordinator calls you soon.")),
        text(N_("You can also call the office: {phone}"), phone=county.office_phone),
    )


def papers_end(soon: Mapping[Needed, date], county: County) -> Message:
    lines: list[Text] = []
    if Needed.APPOINTMENT in soon:
        lines += [
            text(
                N_("📄 Your appointment as a volunteer ends on {day}."),
                day=Day(soon[Needed.APPOINTMENT].isoformat()),
            ),
            text(
                N_(
                    "We would be glad if you go on. The office prepares it."
                    " You need to bring nothing."
                )
            ),
        ]
    if Needed.CERTIFICATE in soon:
        lines += [
            text(
                N_("📄 The office needs to see a new certificate of conduct by {day}."),
                day=Day(soon[Needed.CERTIFICATE].isoformat()),
            ),
            text(
                N_(
                    "Please ask us for a letter. Take the letter and your ID card or passport to"
                    " your town hall. With the letter it costs nothing. We only look at the"
                    " certificate, we do not keep it."
                )
            ),
        ]
    return message(
        *lines,
        text(N_("Questions? Call the office: {phone}"), phone=county.office_phone),
        buttons=[[CALL_ME]],
    )


def renewed(until: str) -> Message:
    """*until*: the last day (ISO)."""
    return message(
        text(N_("🎉 Your appointment is renewed until {day}."), day=Day(until)),
        text(N_("We are glad that you stay. Thank you!")),
        buttons=[[PROFILE_BUTTON]],
    )


#: What a coordinator writes to those on a list: the button, and what they read.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "how": (
        B_("👋 How are you?"),
        N_(
            "👋 How are you? We have not heard from you for some time. Would you like to go on?"
            " You can change your profile, take a break, or call us."
        ),
    ),
    "thanks": (
        B_("💚 Thanks, is it much?"),
        N_(
            "💚 You do a lot. Thank you! Is it too much? You can say no to every task, or take a"
            " break."
        ),
    ),
    "papers": (
        B_("📄 About your papers"),
        N_("📄 Some of your papers end soon, or are missing. Please call us or come by."),
    ),
    "no_task": (
        B_("🌱 No task so far"),
        N_(
            "🌱 Thank you for being there. So far there was no task that fits you. You can look"
            " for open tasks, or change your profile."
        ),
    ),
}
#: What fits a list stands first.
_FITS = {
    Concern.PAPERS: "papers",
    Concern.INACTIVE: "how",
    Concern.OVERLOADED: "thanks",
    Concern.NEVER_ASKED: "no_task",
}


def office_says(key: str, county: County) -> Message:
    return message(
        text(SENTENCES[key][1]),
        text(N_("You can also call the office: {phone}"), phone=county.office_phone),
        buttons=[[PROFILE_BUTTON, CALL_ME], *([[OPEN_TASKS]] if key == "no_task" else [])],
    )


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
        *([] if rows else [text(N_("Nobody at the moment."))]),
        buttons=[
            *[names[at : at + 2] for at in range(0, len(names), 2)],
            *([write] if rows else []),
            [_BACK],
        ],
    )


_BACK = Button(text(B_("↩️ All lists")), "care:all")


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
