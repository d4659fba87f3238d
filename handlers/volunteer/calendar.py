"""/calendar: a volunteer's private link to all their appointments."""

from bot.messages import B_, N_, Button, Message, Text, message, text
from bot.usecases import calendars
from handlers.common import menu
from handlers.turn import Turn

_NEW = Button(text(B_("🔗 New link")), "calendar:new")
_STOP = Button(text(B_("✖️ Stop the link")), "calendar:stop")


def show(turn: Turn) -> None:
    has_link = calendars.has_feed(turn.tx, turn.person)
    menu.show_aside(turn, _explained(has_link=has_link) if turn.public_url else _files_only())


def make_link(turn: Turn) -> None:
    """The link once; nobody can look it up again."""
    token = calendars.new_token()
    calendars.open_feed(turn.tx, turn.person, token)
    turn.conclude(
        message(
            text(N_("🗓 Your private calendar link:")),
            Text("{link}", {"link": calendars.link(turn.public_url, token)}),
            text(
                N_(
                    "Add it in your calendar app as a calendar by link. Please give it to nobody:"
                    " who has it sees your appointments."
                )
            ),
        )
    )
    show(turn)


def stop(turn: Turn) -> None:
    calendars.close_feed(turn.tx, turn.person)
    turn.toast = text(N_("The link no longer works."))
    show(turn)


def _files_only() -> Message:
    return message(
        text(
            N_(
                "Each task comes with a file. Open it, and the appointment is in the calendar on"
                " your phone."
            )
        )
    )


def _explained(*, has_link: bool) -> Message:
    if has_link:
        lines = [text(N_("Your tasks come to your calendar by your private link."))]
        return message(*lines, buttons=[[_NEW, _STOP]])
    return message(
        text(N_("A private link brings all your tasks into the calendar on your phone.")),
        text(N_("It shows the number, the time and the place. No names.")),
        buttons=[[_NEW]],
    )
