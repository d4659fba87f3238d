"""A volunteer's meetups: yes, no, maybe; and what stands among the tasks."""

from bot.domain.meetups import Answer
from bot.messages import Button, Text
from bot.usecases import meetup_notices, meetups
from handlers.common import menu
from handlers.turn import Turn


def answer(turn: Turn) -> None:
    """``meetup:yes:7``, ``meetup:no:7``, ``meetup:maybe:7``"""
    said = Answer(turn.tapped.split(":")[1])
    meetups.answer(turn.tx, turn.county, turn.person, turn.tapped_number, said)
    if turn.on_screen:
        show(turn)


def show(turn: Turn) -> None:
    menu.show_aside(turn, meetups.show(turn.tx, turn.person, turn.tapped_number))


def lines(turn: Turn) -> list[tuple[list[Text], Button]]:
    """One entry for each that is ahead and was not declined."""
    return [
        meetup_notices.line(meetup, guest.answer)
        for meetup, guest in meetups.own(turn.tx, turn.person)
    ]
