"""When a volunteer without Telegram can help: a coordinator writes down what they say."""

from bot.conversation.flow import Answers
from bot.domain.errors import Refused
from bot.messages import Message, message
from bot.storage import requests
from bot.usecases import agreeing_notices, errands
from handlers.common import times
from handlers.common.refusals import words_for
from handlers.common.talk import Talk
from handlers.turn import Turn

WRITE_DOWN = "times_on_the_phone"

FLOW = times.questions(WRITE_DOWN)


def finish(turn: Turn, answers: Answers) -> Message:
    """The requester gets the times."""
    known, place = times.known_of(answers), times.place_in(answers)
    said = times.times_in(answers, turn.scene)
    try:
        offered = errands.write_times_down(
            turn.tx, turn.county, turn.person, int(str(known["errand"])), said, place
        )
    except Refused as refused:  # raised, it would leave them in the flow
        return message(words_for(refused.code, turn.county))
    request = requests.by_id(turn.tx, int(str(known["request"])))
    return agreeing_notices.times_sent(request, [one.starts_at for one in offered], place)


class Noting:
    """The handler that begins the questions."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def begin(self, turn: Turn) -> None:
        errand = errands.asked_for_times(turn.tx, turn.person, turn.tapped_number)
        request = requests.by_id(turn.tx, errand.subject)
        known = {**times.about(turn, request, errand.person_id), "errand": errand.id}
        self._talk.begin(turn, WRITE_DOWN, {"about": known}, afresh=True)
