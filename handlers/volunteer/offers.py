"""A volunteer's answer to an offer, and their tasks."""

from bot.domain.dispatch import WhyBack
from bot.domain.errors import Code, Refused
from bot.domain.on_the_day import is_on
from bot.domain.people import Person, Role
from bot.domain.records import month_of, summed
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Moment, Text, message, text
from bot.storage import assignments, pairs, proposals, records, requests
from bot.usecases import (
    agreeing_notices,
    appointment_notices,
    day_notices,
    dispatch,
    notices,
    record_notices,
    relay_notices,
    series_meetings,
    series_notices,
    swapping_notices,
)
from bot.usecases.assigning import phone_for
from bot.usecases.late_notices import WHY
from bot.usecases.moving_notices import other_time
from bot.usecases.offer_notices import OPEN_TASKS
from bot.usecases.volunteer_notices import TOO_MUCH
from handlers.common import menu, series
from handlers.turn import Turn
from handlers.volunteer import meetups


def accept(turn: Turn) -> HelpRequest:
    return dispatch.accept(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)


def decline(turn: Turn) -> None:
    dispatch.decline(turn.tx, turn.county, _volunteer(turn), turn.tapped_number)


def cannot_come(turn: Turn) -> None:
    """First tap: are you sure, and why? Or is there another way?"""
    assignment = dispatch.require_task(turn.tx, _volunteer(turn), turn.tapped_number)
    request = requests.by_id(turn.tx, assignment.request_id)
    if series_meetings.is_of(turn.tx, request, _volunteer(turn)):
        menu.show_aside(turn, series_notices.sure_not_this_week(request))
        return
    why = [
        Button(text(label), f"task:why:{reason}:{assignment.id}") for reason, label in WHY.items()
    ]
    menu.show_aside(
        turn,
        message(
            text(
                N_("{number}: you can't come? We will ask others at once."), number=request.number
            ),
            text(N_("{time}"), time=notices.when(request)),
            text(N_("Why? Only the office reads it. You need not say it.")),
            buttons=[
                why[:2],
                why[2:],
                [Button(text(B_("I can't come")), f"task:back:{assignment.id}")],
                [swapping_notices.ask_button(assignment.id), other_time(assignment.id)],
                [Button(text(B_("I will come")), "menu:tasks")],
            ],
        ),
    )


def hand_back(turn: Turn) -> None:
    """Second tap, without a reason."""
    _hand_back(turn, None)


def hand_back_because(turn: Turn) -> None:
    """``task:why:ill:7``: second tap, with a reason (the route's pattern saw to it)."""
    _hand_back(turn, WhyBack(turn.tapped.split(":")[2]))


def _hand_back(turn: Turn, why: WhyBack | None) -> None:
    request = dispatch.hand_back(turn.tx, turn.county, _volunteer(turn), turn.tapped_number, why)
    turn.conclude(appointment_notices.task_handed_back(request))


def tasks(turn: Turn) -> None:
    """/tasks: what the volunteer has promised, soonest first; what needs a time comes last."""
    person = turn.person
    held = [] if person is None else assignments.active_of_volunteer(turn.tx, person.id)
    timeless = [] if person is None else proposals.agreeing_with(turn.tx, person.id)
    weekly = [] if person is None else series.lines_of_volunteer(turn, person)
    done, my_hours = _this_month(turn)
    gathered = meetups.lines(turn)
    helps = person is not None and person.has(Role.VOLUNTEER)
    ways = [[OPEN_TASKS], *my_hours, [TOO_MUCH]] if helps else []
    if not held and not timeless and not weekly and not gathered:
        none = text(N_("You have no tasks at the moment."))
        menu.show_aside(turn, message(none, *done, buttons=ways))
        return
    lines: list[Text] = []
    buttons: list[list[Button]] = []
    for told, button in weekly:  # one entry each, whatever meetings there are
        lines += [*_gap(lines), *told]
        buttons.append([button])
    for told, button in gathered:
        lines += [*_gap(lines), *told]
        buttons.append([button])
    for assignment in held:
        request = requests.by_id(turn.tx, assignment.request_id)
        if person is not None and series_meetings.is_of(turn.tx, request, person):
            continue
        lines += [*_gap(lines), *_described(turn, request, assignment.place)]
        buttons.append([relay_notices.write_about(request)])
        if assignment.starts_at > turn.tx.now:
            label = text(B_("I can't come: {number}"), number=request.number)
            other = text(B_("🗓 Other time: {number}"), number=request.number)
            buttons.append([Button(label, f"task:cant:{assignment.id}")])
            buttons.append([Button(other, f"move:ask:{assignment.id}")])
        if is_on(assignment, turn.tx.now):
            buttons.append([day_notices.panel_button(request, assignment.id)])
    for request_id in timeless:
        request = requests.by_id(turn.tx, request_id)
        offered = proposals.open_for(turn.tx, request_id)
        lines += [*_gap(lines), *_described(turn, request, "")]
        lines += [text(N_("You offered: {time}"), time=Moment(one.starts_at)) for one in offered]
        label = B_("✏️ Times: {number}") if offered else B_("🗓 Offer times: {number}")
        buttons.append(
            [
                Button(text(label, number=request.number), f"times:offer:{request.id}"),
                Button(text(B_("I can't help")), f"times:back:{request.id}"),
            ]
        )
        buttons.append([relay_notices.write_about(request)])
    lines += [*_gap(done), *done]
    menu.show_aside(turn, message(*lines, buttons=[*buttons, *ways]))


def _this_month(turn: Turn) -> tuple[list[Text], list[list[Button]]]:
    """What the volunteer did so far this month, and the way to it."""
    person = turn.person
    if person is None or not person.has(Role.VOLUNTEER):
        return [], []
    month = month_of(turn.tx.now, turn.county.zone)
    done = summed(records.of_volunteer(turn.tx, person.id, month))
    said = [record_notices.this_month(done)] if done.lines else []
    return said, [[record_notices.hours_button(month)]]


def _described(turn: Turn, request: HelpRequest, place: str) -> list[Text]:
    """A number to call is not shown while a coordinator keeps the two from each other."""
    what = notices.category(request, turn.county)
    parted = pairs.find(turn.tx, request.person_id, _volunteer(turn).id).is_parted
    phone = "" if parted else phone_for(turn.tx, request)
    return [
        text(N_("<b>{number}</b> · {what}"), number=request.number, what=what),
        text(N_("{time}"), time=notices.when(request)),
        *agreeing_notices.where(place),
        *agreeing_notices.facts(request, turn.county, phone),
    ]


def _gap(lines: list[Text]) -> list[Text]:
    return [menu.BLANK_LINE] if lines else []


def _volunteer(turn: Turn) -> Person:
    """Raises :class:`Refused` for everybody else."""
    if turn.person is None or not turn.person.has(Role.VOLUNTEER):
        raise Refused(Code.NOT_YOURS)
    return turn.person
