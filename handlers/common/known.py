"""What is known of somebody before they are asked: facts for the questions of a request."""

from bot.conversation.flow import Answers
from bot.messages import Json
from bot.storage import people, requests
from handlers.turn import Turn

#: The facts' keys. ``REQUEST``: the id of the request that is being changed.
NAME, TOWN, ALSO, REQUEST = "first_name", "last_town", "known_also", "request"


def of(turn: Turn) -> dict[str, Json]:
    """What to call them, where they needed help the last time, what else they understand."""
    facts: dict[str, Json] = {NAME: turn.first_name}
    person = turn.person
    if person is None:
        return facts
    if people.has_agreed(turn.tx, turn.chat_id):
        facts["agree"] = "yes"
    if person.also is not None:
        facts[ALSO] = [*person.also]
    last = requests.last_of_person(turn.tx, person.id)
    if last is not None:
        facts[NAME] = last.details.name or turn.first_name
        facts[TOWN] = last.place
    return facts


def with_facts(turn: Turn, given: Answers) -> Answers:
    """*given* answers, and what is known besides."""
    return {**of(turn), **given}
