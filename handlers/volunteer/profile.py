"""A volunteer's own profile: asked at the beginning, and changed at any time."""

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.gathering import (
    Kilometres,
    LanguagesSpoken,
    OneOfTexts,
    SeveralOf,
    WeekTimes,
)
from bot.conversation.readers import OneOf, PhoneNumber
from bot.conversation.towns import SeveralTowns
from bot.counties.kinds import GROUP_NAMES
from bot.domain.people import TWO_IN_ONE
from bot.messages import B_, N_, Message
from bot.usecases import profiles, volunteer_notices
from handlers.common import menu
from handlers.common.talk import Talk
from handlers.turn import Turn
from handlers.volunteer.answers import CAP_LABELS, QUIET_LABELS, known, speaks, told
from handlers.volunteer.asks import HOME, LANGUAGES

PROFILE = "profile"

FLOW = Flow(
    PROFILE,
    asks=(
        Ask(
            "promise",
            N_(
                "<b>Before you begin</b>\n"
                "What you hear and see stays with you: names, illness, letters. Also later.\n"
                "You help people to understand. You give no legal advice.\n"
                "You take no money and no gifts, and you give none.\n"
                "You can say no to every task. Do you agree?"
            ),
            OneOf({"yes": B_("✅ I agree")}),
        ),
        LANGUAGES,
        Ask(
            "kurdish",
            N_("Which Kurdish do you speak?\nTap once: ✅ well. Tap twice: 🤏 a little."),
            LanguagesSpoken("kurdish", TWO_IN_ONE["kur"], columns=1),
            name=N_("Kurdish"),
            when=lambda given: speaks("kur", given),
        ),
        Ask(
            "persian",
            N_("Do you speak Farsi or Dari?\nTap once: ✅ well. Tap twice: 🤏 a little."),
            LanguagesSpoken("persian", TWO_IN_ONE["fas"], columns=1),
            name=N_("Farsi and Dari"),
            when=lambda given: speaks("fas", given),
        ),
        Ask(
            "skills",
            N_("What would you like to help with? Tap all that fit."),
            SeveralOf("skills", {key.value: name for key, name in GROUP_NAMES.items()}),
            name=volunteer_notices.HELPS_WITH,
        ),
        HOME,
        Ask(
            "travel",
            N_("How do you come to people?"),
            OneOf({key.value: name for key, name in volunteer_notices.TRAVEL_NAMES.items()}),
            name=volunteer_notices.COMES_BY,
            optional=True,
        ),
        Ask(
            "reach",
            N_("How far do you go?"),
            Kilometres(),
            name=volunteer_notices.GOES,
            optional=True,
        ),
        Ask(
            "only",
            N_(
                "Only in certain places? Tap them, or write their names."
                " All villages of a place belong to it."
            ),
            SeveralTowns("only"),
            name=volunteer_notices.ONLY_PLACES,
            default=lambda scene, given: [],
        ),
        Ask(
            "times",
            N_(
                "When do you have time?\n"
                "Tap once: 👍 good. Tap twice: 🚫 never. For all other times we will ask you."
            ),
            WeekTimes("times"),
            name=volunteer_notices.TIMES,
            optional=True,
        ),
        Ask(
            "cap",
            N_("How many tasks a week can you do at most?"),
            OneOfTexts(CAP_LABELS, columns=2),
            name=volunteer_notices.CAP,
            default=lambda scene, given: "none",
        ),
        Ask(
            "gender",
            N_("Some people ask for a woman or a man. What should we note for you?"),
            OneOf(
                {key.value: name for key, name in volunteer_notices.GENDER_NAMES.items()}
                | {"none": B_("No answer")}
            ),
            name=volunteer_notices.GENDER,
            optional=True,
        ),
        Ask(
            "quiet",
            N_("When should the bot be quiet? Only urgent messages come then."),
            OneOfTexts(QUIET_LABELS),
            name=volunteer_notices.QUIET,
            optional=True,
        ),
        Ask(
            "phone",
            N_("On which phone number can the office call you? Please write it."),
            PhoneNumber(),
            name=volunteer_notices.PHONE,
            optional=True,
        ),
    ),
    summary=N_("<b>Your profile</b>. Is this right?"),
    confirm=B_("✅ Yes, that is right"),
    facts=("home",),
)


def finish(turn: Turn, answers: Answers) -> Message:
    """Confirmed. Who is not approved yet waits for a coordinator now."""
    before = profiles.require(turn.tx, turn.person)
    profile = told(answers, before.volunteer.profile)
    profiles.confirm(turn.tx, turn.county, before, profile, str(answers.get("phone") or ""))
    return volunteer_notices.profile_saved(active=before.volunteer.active)


def unfinished(turn: Turn) -> tuple[str, Answers] | None:
    """The conversation a new volunteer has to go through, and what is known already."""
    found = profiles.find(turn.tx, turn.person)
    return None if found is None or found.confirmed else (PROFILE, _answers(found))


class Profiles:
    """Handlers for looking at the profile, and for the conversation about it."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def show(self, turn: Turn) -> None:
        """/profile: all of it on one screen; before it is confirmed, the questions."""
        found = profiles.require(turn.tx, turn.person)
        if not found.confirmed:
            self.change(turn)
            return
        today = profiles.today(turn.tx, turn.county)
        said = volunteer_notices.own_profile(found.volunteer, found.phone, today)
        menu.show_aside(turn, said)

    def change(self, turn: Turn) -> None:
        self._talk.begin(turn, PROFILE, _answers(profiles.require(turn.tx, turn.person)))


def _answers(found: profiles.Known) -> Answers:
    profile = found.volunteer.profile
    answers = known(profile, found.phone, complete=found.confirmed or found.prefilled)
    promised = {"promise": "yes"} if found.promised else {}
    return {"home": profile.place, **promised, **answers}
