"""Care for volunteers: what they hear."""

from collections.abc import Mapping
from datetime import date

from bot.domain.care import Needed
from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.messages import (
    B_,
    N_,
    Button,
    Day,
    Message,
    Text,
    message,
    text,
)
from bot.usecases.notices import CALL_ME
from bot.usecases.offer_notices import OPEN_TASKS
from bot.usecases.volunteer_notices import MY_TASKS, PROFILE_BUTTON, pause_line

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


def office_says(key: str, county: County) -> Message:
    return message(
        text(SENTENCES[key][1]),
        text(N_("You can also call the office: {phone}"), phone=county.office_phone),
        buttons=[[PROFILE_BUTTON, CALL_ME], *([[OPEN_TASKS]] if key == "no_task" else [])],
    )
