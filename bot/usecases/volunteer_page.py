"""What else a coordinator sees of a volunteer, below the profile: tasks ahead, notes, a block."""

from dataclasses import replace
from datetime import date

from bot.domain.people import Volunteer
from bot.domain.requests import number_of
from bot.messages import B_, N_, Button, Day, Message, Moment, Text, text
from bot.storage import assignments, blocks, proposals, requests
from bot.storage.tx import Tx
from bot.usecases import blocking_notices, noting
from bot.usecases.desk_notices import blocked_line

#: So many tasks are shown, each with a button.
_TASKS = 9


def extended(tx: Tx, volunteer: Volunteer, today: date, said: Message) -> Message:
    """*said*, the profile with its buttons, and below it what the desk knows."""
    tasks = _tasks(tx, volunteer.person_id)
    block = blocks.find(tx, volunteer.person_id)
    numbers = [
        Button(text(N_("{number}"), number=number_of(request_id)), f"request:look:{request_id}")
        for request_id, _ in tasks
    ]
    if block is None:
        deed = Button(text(B_("🚫 Block")), f"person:block:{volunteer.person_id}")
    else:
        deed = blocking_notices.unblock_button(volunteer.person_id)
    written = noting.lines_about(tx, volunteer.person_id)
    forget = Button(text(B_("🗑 Delete notes")), f"volunteer:forget:{volunteer.person_id}")
    lines = (
        *said.lines,
        *_pause(volunteer, today),
        *([] if block is None else [blocked_line(block)]),
        *(line for _, line in tasks),
        *written,
    )
    note = Button(text(B_("📝 Note")), f"volunteer:note:{volunteer.person_id}")
    rows = [numbers[at : at + 3] for at in range(0, len(numbers), 3)]
    return replace(
        said,
        lines=lines,
        buttons=(
            *said.buttons,
            *(tuple(row) for row in rows),
            (note, deed),
            *([(forget,)] if written else []),
        ),
    )


def _pause(volunteer: Volunteer, today: date) -> list[Text]:
    until = volunteer.paused_until
    if until is None or not volunteer.paused(today):
        return []
    return [text(N_("⏸ Pause until {day}"), day=Day(until))]


def _tasks(tx: Tx, person_id: int) -> list[tuple[int, Text]]:
    """What they have promised, soonest first: the request's id, and a line."""
    held = [
        (one.request_id, text(N_("🗓 {time} · {number}"), time=Moment(one.starts_at), number=number))
        for one in assignments.active_of_volunteer(tx, person_id)
        for number in [requests.by_id(tx, one.request_id).number]
    ]
    agreeing = [
        (request_id, text(N_("🗓 no date yet · {number}"), number=number_of(request_id)))
        for request_id in proposals.agreeing_with(tx, person_id)
    ]
    return [*held, *agreeing][:_TASKS]
