"""Volunteers who wait for a coordinator: the profile, the dates on file, yes or not now."""

from bot.conversation.dates import DayOnPaper
from bot.conversation.flow import Answers, Ask, Flow
from bot.domain.people import Papers
from bot.messages import B_, N_, Json, Message, message, text
from bot.usecases import approving, office
from handlers.common.talk import Talk
from handlers.turn import Turn

PAPERS = "papers"

FLOW = Flow(
    PAPERS,
    asks=(
        Ask(
            "since",
            N_("From which day are they appointed? Please write the date."),
            DayOnPaper(),
            name=N_("Appointed from"),
        ),
        Ask(
            "until",
            N_("Until which day are they appointed? Please write the date."),
            DayOnPaper(after="since"),
            name=N_("Appointed until"),
            optional=True,
        ),
        Ask(
            "instructed",
            N_("When were they instructed on their duties? Please write the date."),
            DayOnPaper(past=True),
            name=N_("Instructed on duties"),
        ),
        Ask(
            "certificate",
            N_(
                "When was the extended certificate of conduct seen? Please write the date."
                " Without it they get no tasks with children."
            ),
            DayOnPaper(past=True),
            name=N_("Certificate of conduct seen"),
            optional=True,
        ),
    ),
    summary=N_("<b>Dates on file</b>. Only the dates are kept, never the papers."),
    confirm=B_("✅ Approve"),
    facts=("volunteer",),
)


def finish(turn: Turn, answers: Answers) -> Message:
    papers = Papers(
        _day(answers.get("since")),
        _day(answers.get("until")),
        _day(answers.get("instructed")),
        _day(answers.get("certificate")),
    )
    known = approving.approve(
        turn.tx, turn.county, turn.person, int(str(answers["volunteer"])), papers
    )
    return message(text(N_("✅ {name} is approved."), name=known.person.name))


def look(turn: Turn) -> None:
    """In the group or in private: the profile comes in private."""
    approving.look(turn.tx, turn.county, turn.person, turn.tapped_number)
    if turn.in_group:
        turn.toast = text(N_("I have written it to you in private."))


def not_now(turn: Turn) -> None:
    approving.not_now(turn.tx, turn.county, turn.person, turn.tapped_number)


def trust(turn: Turn) -> None:
    """They may hear what is only spoken, or (another button) no longer."""
    trusted = turn.tapped.startswith("volunteer:trust:")
    approving.trust(turn.tx, turn.county, turn.person, turn.tapped_number, trusted=trusted)


class Approvals:
    """Handlers that begin the conversation about the dates."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def papers(self, turn: Turn) -> None:
        office.require_private(turn.tx, turn.person)
        known = approving.confirmed(turn.tx, turn.tapped_number)
        papers = known.volunteer.papers
        filed: dict[str, Json] = {
            "since": papers.appointed_on,
            "until": papers.appointed_until,
            "instructed": papers.instructed_on,
            "certificate": papers.certificate_on,
        }
        given = {question: day for question, day in filed.items() if day is not None}
        self._talk.begin(turn, PAPERS, {"volunteer": known.person.id, **given}, afresh=True)


def _day(answer: Json) -> str | None:
    return None if answer is None else str(answer)
