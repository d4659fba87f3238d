"""What people who want to help hear on their way, and what coordinators read of them.

In the group nobody is named; what they wrote opens in private.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.conversation.gathering import spoken_languages
from bot.domain.applications import MOVES, Stage
from bot.domain.county import County
from bot.domain.people import Level
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Json,
    Message,
    Param,
    Term,
    Text,
    count,
    message,
    text,
)
from bot.storage.applications import Application
from bot.usecases.notices import CALL_ME
from bot.usecases.volunteer_notices import LANGUAGES, PHONE

STAGE_NAMES: Mapping[Stage, str] = {
    Stage.NEW: B_("✨ New"),
    Stage.TALKED: B_("💬 Talked"),
    Stage.TRAINING: B_("🎓 In training"),
    Stage.APPOINTED: B_("✅ Volunteers now"),
    Stage.DECLINED: B_("✖️ Declined"),
}
_MOVE_NAMES: Mapping[Stage, str] = {
    Stage.TALKED: B_("✔️ Talked"),
    Stage.TRAINING: B_("🎓 To the training"),
    Stage.APPOINTED: B_("✅ Make a volunteer"),
    Stage.DECLINED: B_("Not now"),
}
_LONGEST = 25


def card(application_id: int) -> str:
    """The alert in the coordinators' group."""
    return f"application:{application_id}"


def details_card(application_id: int) -> str:
    """What they wrote, in private with a coordinator."""
    return f"applicant:{application_id}"


# --- to the person --------------------------------------------------------------------------------


HAS_YOUR_NAME = text(N_("✅ Thank you! The office has your name and will call you."))


def sent(county: County) -> Message:
    return message(
        HAS_YOUR_NAME,
        text(N_("You can also call the office: {phone}"), phone=county.office_phone),
    )


def moved(stage: Stage, county: County) -> Message:
    """Where they stand now, in kind words."""
    match stage:
        case Stage.TALKED:
            return message(
                text(N_("🤝 Thank you for the talk! We are glad that you want to help.")),
                text(N_("Next, the office tells you how it goes on. You will hear from us here.")),
                buttons=[[CALL_ME]],
            )
        case Stage.TRAINING:
            return message(
                text(N_("🎓 Good news: you can come to the training for volunteers.")),
                text(N_("The office tells you the day and the place. There you can ask anything.")),
                text(N_("Questions? Call the office: {phone}"), phone=county.office_phone),
                buttons=[[CALL_ME]],
            )
        case Stage.APPOINTED:
            return message(
                text(N_("🎉 Welcome to the volunteers!")),
                text(
                    N_(
                        "One step is left: please tell us about yourself. It takes five minutes."
                        " Then the office enters you, and we can ask you."
                    )
                ),
                buttons=[[Button(text(B_("▶️ Begin")), "profile:show")]],
            )
        case _:
            return message(
                text(N_("Thank you for your wish to help. We can't begin with you now.")),
                text(N_("This does not mean never. We have deleted what you wrote.")),
                text(
                    N_("Please call the office, we will explain it to you: {phone}"),
                    phone=county.office_phone,
                ),
                buttons=[[CALL_ME]],
            )


# --- to the coordinators' group -------------------------------------------------------------------


def waits(application_id: int) -> Message:
    return message(
        text(N_("🙋 Somebody wants to help as a volunteer.")),
        buttons=[[_take(application_id)]],
    )


def taken(application_id: int) -> Message:
    return message(
        text(N_("🙋 Somebody wants to help: a coordinator has taken it.")),
        buttons=[[_take_over(application_id)]],
    )


def stands(stage: Stage) -> Message:
    """Takes the place of the alert when somebody has talked to them."""
    return message(text(N_("🙋 Somebody wants to help: {state}"), state=Term(STAGE_NAMES[stage])))


def passed_on() -> Message:
    return message(text(N_("Another coordinator has taken this over.")))


# --- in private -----------------------------------------------------------------------------------


def overview(counts: Mapping[Stage, int]) -> Message:
    return message(
        text(N_("🙋 <b>People who want to help</b>")),
        buttons=[
            [
                Button(
                    text(B_("{state}: {count}"), state=Term(name), count=counts[stage]),
                    f"apply:list:{stage}",
                )
            ]
            for stage, name in STAGE_NAMES.items()
        ],
    )


def listed(
    stage: Stage, applications: Sequence[tuple[Application, str]], county: County
) -> Message:
    """Each with the name they gave, or the one we know."""
    shown = applications[:_LONGEST]
    rest = len(applications) - len(shown)
    names = [Button(text(N_("{name}"), name=name), f"apply:look:{one.id}") for one, name in shown]
    return message(
        text(N_("🙋 People who want to help: {state}"), state=Term(STAGE_NAMES[stage])),
        *(_line(one, name, county) for one, name in shown),
        *([count(P_("and {n} more", "and {n} more"), rest)] if rest else []),
        *([] if applications else [text(N_("Nobody at the moment."))]),
        buttons=[
            *[names[at : at + 2] for at in range(0, len(names), 2)],
            [Button(text(B_("↩️ All stages")), "apply:all")],
        ],
    )


def _line(one: Application, name: str, county: County) -> Text:
    since = datetime.fromtimestamp(one.changed_at, county.zone).date().isoformat()
    return text(N_("<b>{name}</b> · since {day}"), name=name, day=Day(since))


def details(one: Application, name: str, *, mine: bool) -> Message:
    """What they wrote, and what can be done. *mine*: the reader has taken it."""
    content = one.content if isinstance(one.content, dict) else {}
    spoken = content.get("languages")
    levels = spoken if isinstance(spoken, dict) else {}
    said: dict[str, Param] = {
        N_("Name"): name,
        PHONE: str(content.get("phone") or ""),
        LANGUAGES: spoken_languages({code: Level(str(level)) for code, level in levels.items()}),
        N_("Town"): str(content.get("place") or ""),
        N_("In their words"): str(content.get("words") or ""),
    }
    first = (
        text(N_("🙋 Wants to help as a volunteer. Please call:"))
        if one.stage is Stage.NEW
        else text(N_("🙋 Somebody wants to help: {state}"), state=Term(STAGE_NAMES[one.stage]))
    )
    return message(
        first,
        *(
            text(N_("{what}: {answer}"), what=Term(label), answer=answer)
            for label, answer in said.items()
            if answer != "" and not (label == LANGUAGES and not levels)
        ),
        *(
            text(N_("{what}: {answer}"), what=Term(STAGE_NAMES[stage]), answer=Day(day))
            for stage, day in days_of(content).items()
        ),
        buttons=_ways_on(one, mine=mine),
    )


def days_of(content: Mapping[str, Json]) -> dict[Stage, str]:
    """On which day (ISO) they came to the stages they have passed."""
    days = content.get("days")
    noted = days if isinstance(days, dict) else {}
    return {stage: str(noted[stage.value]) for stage in Stage if stage.value in noted}


def _ways_on(one: Application, *, mine: bool) -> list[list[Button]]:
    if one.stage is Stage.NEW and not mine:
        return [[_take(one.id) if one.claimed_by is None else _take_over(one.id)]]
    return [
        [
            Button(
                text(_MOVE_NAMES[stage]),
                f"apply:refuse:{one.id}"
                if stage is Stage.DECLINED
                else f"apply:move:{stage}:{one.id}",
            )
        ]
        for stage in MOVES[one.stage]
    ]


def sure_not(application_id: int) -> Message:
    return message(
        text(N_("They get a kind message, and what they wrote is deleted. Is that right?")),
        buttons=[
            [Button(text(B_("Yes, not now")), f"apply:move:declined:{application_id}")],
            [Button(text(B_("↩️ Back")), f"apply:look:{application_id}")],
        ],
    )


def over(stage: Stage) -> Message:
    return message(
        text(N_("🙋 Somebody wants to help: {state}"), state=Term(STAGE_NAMES[stage])),
        text(N_("They have got a message. What they wrote is deleted.")),
    )


def _take(application_id: int) -> Button:
    return Button(text(B_("I'll take it")), f"apply:take:{application_id}")


def _take_over(application_id: int) -> Button:
    return Button(text(B_("Take it over")), f"apply:over:{application_id}")
