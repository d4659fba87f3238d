"""Care for volunteers: /care, /renew, and the checklist before the first task."""

from bot.conversation.dates import DayOnPaper
from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.gathering import Ticked
from bot.domain.care import Concern, Step
from bot.messages import B_, N_, Json, Message
from bot.usecases import care_lists, caring, profiles, volunteer_notices
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

RENEW = "renew"
STEP_DAY = "step_day"

#: So many fit below one question; those whose appointment ends first.
_MOST_AT_ONCE = 90

RENEW_FLOW = Flow(
    RENEW,
    asks=(
        Ask(
            "until",
            N_("Until which day are they appointed? Please write the date."),
            DayOnPaper(after="from"),
            name=N_("Appointed until"),
        ),
        Ask(
            "who",
            N_("Whose appointment is renewed? Tap a name to take it out, or to put it back."),
            Ticked("who", "people"),
            name=N_("Volunteers"),
            default=lambda scene, given: given.get("people"),
        ),
    ),
    summary=N_("<b>Renew appointments</b>. Everybody gets a message at once."),
    confirm=B_("✅ Renew all of them"),
    facts=("from", "people"),
)
STEP_FLOW = Flow(
    STEP_DAY,
    asks=(
        Ask(
            "day",
            N_("On which day was it? Please write the date."),
            DayOnPaper(past=True),
        ),
    ),
    facts=("volunteer", "step"),
)


def finish_renewing(turn: Turn, answers: Answers) -> Message:
    who = answers["who"]
    ids = [int(key) for key in who] if isinstance(who, dict) else []
    return caring.renew(turn.tx, turn.county, turn.person, ids, str(answers["until"]))


def finish_step(turn: Turn, answers: Answers) -> Message:
    person_id, step = int(str(answers["volunteer"])), Step(str(answers["step"]))
    caring.enter(turn.tx, turn.person, person_id, step, str(answers["day"]))
    return caring.checklist(turn.tx, turn.county, turn.person, person_id)


def show(turn: Turn) -> None:
    """/care: how many are on which list."""
    views.show(turn, caring.overview(turn.tx, turn.county, turn.person), views.LIST)


def show_list(turn: Turn) -> None:
    """``care:list:papers``"""
    said = caring.listed(turn.tx, turn.county, turn.person, _concern(turn))
    views.show(turn, said, views.LIST)


def write(turn: Turn) -> None:
    """``care:write:inactive``: what shall they read?"""
    said = caring.what_to_write(turn.tx, turn.county, turn.person, _concern(turn))
    views.show(turn, said, views.LIST)


def say(turn: Turn) -> None:
    """``care:say:how:inactive``"""
    key = turn.tapped.split(":")[2]
    said = caring.write(turn.tx, turn.county, turn.person, _concern(turn), key)
    views.show(turn, said, views.LIST)


def steps(turn: Turn) -> None:
    _show_steps(turn, turn.tapped_number)


def step(turn: Turn) -> None:
    """``volunteer:step:training:7``"""
    person_id = turn.tapped_number
    said = caring.one_step(turn.tx, turn.county, turn.person, person_id, _step(turn))
    views.show(turn, said, volunteer_notices.profile_card(person_id))


def today(turn: Turn) -> None:
    day = profiles.today(turn.tx, turn.county).isoformat()
    caring.enter(turn.tx, turn.person, turn.tapped_number, _step(turn), day)
    _show_steps(turn, turn.tapped_number)


def clear(turn: Turn) -> None:
    caring.enter(turn.tx, turn.person, turn.tapped_number, _step(turn), None)
    _show_steps(turn, turn.tapped_number)


def _show_steps(turn: Turn, person_id: int) -> None:
    said = caring.checklist(turn.tx, turn.county, turn.person, person_id)
    views.show(turn, said, volunteer_notices.profile_card(person_id))


def _concern(turn: Turn) -> Concern:
    return Concern(turn.tapped.rpartition(":")[2])


def _step(turn: Turn) -> Step:
    return Step(turn.tapped.split(":")[2])


class Dates:
    """Handlers that begin the conversations about dates."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def renew(self, turn: Turn) -> None:
        """/renew: all at once."""
        names, after = caring.to_renew(turn.tx, turn.person)
        if not names:
            views.show(turn, care_lists.nobody_to_renew(), views.LIST)
            return
        people: dict[str, Json] = dict([*names.items()][:_MOST_AT_ONCE])
        begins = after or profiles.today(turn.tx, turn.county).isoformat()
        self._talk.begin(turn, RENEW, {"from": begins, "people": people}, afresh=True)

    def day(self, turn: Turn) -> None:
        """``volunteer:day:training:7``: not today."""
        person_id, step = turn.tapped_number, _step(turn)
        caring.one_step(turn.tx, turn.county, turn.person, person_id, step)
        self._talk.begin(turn, STEP_DAY, {"volunteer": person_id, "step": step.value}, afresh=True)
