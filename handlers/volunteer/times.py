"""A volunteer offers times for a request that has none, and the requester chooses."""

from dataclasses import replace

from bot.conversation.flow import Answers
from bot.domain.dispatch import WhyBack
from bot.domain.errors import Code
from bot.domain.requests import HelpRequest, State
from bot.messages import B_, N_, Button, Message, message, text
from bot.storage import conversations, proposals, requests
from bot.usecases import agreeing, agreeing_notices, appointment_notices
from bot.usecases.late_notices import WHY
from handlers.common import menu, times
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Turn
from handlers.volunteer import offers, open_tasks

OFFER_TIMES = "offer_times"

FLOW = times.questions(OFFER_TIMES)


def finish(turn: Turn, answers: Answers) -> Message:
    """The requester gets the times."""
    request_id, place = times.known_of(answers).get("request"), times.place_in(answers)
    request = requests.find(turn.tx, request_id) if isinstance(request_id, int) else None
    if request is None or not agreeing.looks_for_a_time(turn.tx, turn.person, request):
        return message(words_for(Code.GONE, turn.county))  # raised, it would leave them in the flow
    offered = agreeing.propose(
        turn.tx, turn.county, turn.person, request.id, times.times_in(answers, turn.scene), place
    )
    return agreeing_notices.times_sent(request, [one.starts_at for one in offered], place)


class OfferTimes:
    """Handlers that need the conversations."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def accept(self, turn: Turn) -> None:
        """Yes to an offer; where no time is fixed, the questions follow at once."""
        self._go_on_with(turn, offers.accept(turn))

    def take(self, turn: Turn) -> None:
        """An open task, accepted without having been asked for it."""
        request = open_tasks.take(turn)
        turn.on_screen = False  # the questions stand below the words about what they took
        self._go_on_with(turn, request)

    def _go_on_with(self, turn: Turn, request: HelpRequest) -> None:
        if request.state is State.AGREEING and not proposals.open_for(turn.tx, request.id):
            self._begin(turn, request)

    def begin(self, turn: Turn) -> None:
        self._begin(turn, agreeing.require_agreeing(turn.tx, turn.person, turn.tapped_number))

    def _begin(self, turn: Turn, request: HelpRequest) -> None:
        """One request at a time: questions about another one are put aside for good."""
        known = times.about(turn, request, turn.person.id if turn.person else 0)
        session = conversations.load(turn.tx, turn.chat_id)
        if session is not None and session.flow == OFFER_TIMES:
            before = times.known_of(session.given).get("request")
            if before != request.id:
                number = conversations.next_number(turn.tx, turn.chat_id)
                fresh = replace(session, number=number, asked="", given={"about": known})
                conversations.save(turn.tx, turn.chat_id, replace(fresh, draft=None))
        self._talk.begin(turn, OFFER_TIMES, {"about": known})


def cannot_help(turn: Turn) -> None:
    """First tap: are you sure, and why?"""
    request = agreeing.require_agreeing(turn.tx, turn.person, turn.tapped_number)
    why = [Button(text(label), f"times:why:{reason}:{request.id}") for reason, label in WHY.items()]
    menu.show_aside(
        turn,
        message(
            text(
                N_("{number}: you can't help? We will ask others at once."), number=request.number
            ),
            text(N_("Why? Only the office reads it. You need not say it.")),
            buttons=[
                why[:2],
                why[2:],
                [
                    Button(text(B_("I can't help")), f"times:gave:{request.id}"),
                    Button(text(B_("I will help")), "menu:tasks"),
                ],
            ],
        ),
    )


def hand_back(turn: Turn) -> None:
    """Second tap, without a reason."""
    _hand_back(turn, None)


def hand_back_because(turn: Turn) -> None:
    """``times:why:ill:7``: second tap, with a reason (the route's pattern saw to it)."""
    _hand_back(turn, WhyBack(turn.tapped.split(":")[2]))


def _hand_back(turn: Turn, why: WhyBack | None) -> None:
    request = agreeing.hand_back(turn.tx, turn.county, turn.person, turn.tapped_number, why)
    turn.conclude(appointment_notices.task_handed_back(request))
