"""A volunteer asks a colleague to take over a task: coarse facts until somebody says yes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.conversation.gathering import spoken_languages
from bot.domain.county import County
from bot.domain.people import Level
from bot.domain.requests import HelpRequest
from bot.domain.verdicts import Verdict
from bot.messages import (
    B_,
    N_,
    Button,
    Listing,
    Message,
    Moment,
    Param,
    Term,
    Text,
    message,
    text,
)
from bot.usecases.notices import when
from bot.usecases.offer_notices import coarse_facts

_TASKS = Button(text(B_("🗓 My tasks")), "menu:tasks")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who may be asked: what the asker sees of them. ``languages``: those that matter here."""

    person_id: int
    first_name: str
    languages: Mapping[str, Level]
    near: bool


def ask_button(assignment_id: int) -> Button:
    return Button(text(B_("👥 Ask a colleague")), f"swap:who:{assignment_id}")


# --- to who asks ----------------------------------------------------------------------------------


def whom(
    request: HelpRequest, assignment_id: int, found: Sequence[Colleague], asked: Sequence[str]
) -> Message:
    """*asked*: first names of those who have been asked and have not answered yet."""
    head = text(N_("👥 {number}: who could take it over?"), number=request.number)
    waiting = [text(N_("Asked already: {name}"), name=name) for name in asked]
    stays = text(N_("The task stays yours until somebody says yes."))
    if not found:
        nobody = text(N_("At the moment there is nobody else who could."))
        return message(head, *waiting, nobody, buttons=[_ways_on(assignment_id)])
    return message(
        head,
        *waiting,
        *(_line(one) for one in found),
        stays,
        buttons=[
            *(
                [
                    Button(
                        text(B_("Ask {name}"), name=one.first_name),
                        f"swap:ask:{one.person_id}:{assignment_id}",
                    )
                ]
                for one in found
            ),
            [_TASKS],
        ],
    )


def _line(one: Colleague) -> Text:
    known: list[Param] = [spoken_languages(one.languages)] if one.languages else []
    if one.near:
        known.append(Term(N_("lives near")))
    if not known:
        return text("{name}", name=one.first_name)
    return text(N_("{what}: {answer}"), what=one.first_name, answer=Listing(tuple(known)))


def asked(request: HelpRequest, name: str, answer_by: int, assignment_id: int) -> Message:
    return message(
        text(N_("👥 {number}: we ask {name}."), number=request.number, name=name),
        text(N_("The task stays yours until somebody says yes.")),
        text(N_("You will hear from us by {time}."), time=Moment(answer_by)),
        buttons=[[ask_button(assignment_id)], [_TASKS]],
    )


def said_no(request: HelpRequest, name: str, assignment_id: int) -> Message:
    return message(
        text(N_("{number}: {name} can't take it over."), number=request.number, name=name),
        text(N_("The task is still yours.")),
        text(N_("{time}"), time=when(request)),
        buttons=[_ways_on(assignment_id), [ask_button(assignment_id)]],
    )


def no_answer(request: HelpRequest, name: str, assignment_id: int) -> Message:
    return message(
        text(N_("{number}: {name} has not answered."), number=request.number, name=name),
        text(N_("The task is still yours.")),
        text(N_("{time}"), time=when(request)),
        buttons=[_ways_on(assignment_id), [ask_button(assignment_id)]],
    )


def taken(request: HelpRequest, name: str) -> Message:
    return message(
        text(N_("✅ {number}: {name} takes it over. Thank you!"), number=request.number, name=name),
        text(N_("You do not need to do anything.")),
    )


def _ways_on(assignment_id: int) -> list[Button]:
    return [Button(text(B_("I can't come")), f"task:cant:{assignment_id}"), _TASKS]


# --- to the colleague -----------------------------------------------------------------------------


def question(
    request: HelpRequest,
    county: County,
    name: str,
    swap_id: int,
    answer_by: int,
    fit: Verdict | None,
) -> Message:
    return message(
        text(
            N_("👥 {name} asks: can you take over <b>{number}</b>?"),
            name=name,
            number=request.number,
        ),
        *coarse_facts(request, county, fit),
        text(N_("Please answer by {time}."), time=Moment(answer_by)),
        buttons=[
            [
                Button(text(B_("✅ Yes, I can")), f"swap:yes:{swap_id}"),
                Button(text(B_("Not this time")), f"swap:no:{swap_id}"),
            ]
        ],
    )


def you_said_no(request: HelpRequest) -> Message:
    return message(
        text(N_("{number}: you said no this time. That is fine, thank you."), number=request.number)
    )


def over(request: HelpRequest) -> Message:
    """Takes the place of :func:`question`."""
    return message(
        text(N_("{number} is no longer open. Thank you for looking!"), number=request.number)
    )


# --- to the requester and the office --------------------------------------------------------------


def somebody_instead(before: str) -> Text:
    """Above the words who comes now."""
    return text(N_("{name} can't come. Somebody else comes instead."), name=before)


def for_the_office(request: HelpRequest) -> Message:
    return message(text(N_("👥 {number}: a colleague has taken it over."), number=request.number))
