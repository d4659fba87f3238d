"""What volunteers read of their own record, and what the office hears about it."""

from collections.abc import Sequence

from bot.domain.county import County
from bot.domain.records import Record, Source, Status, Sum, month_after, summed
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Message, Text, count, message, text
from bot.usecases.record_words import (
    ADULTS,
    CHILDREN,
    KILOMETRES,
    MINUTES,
    PAGE,
    TASKS,
    described,
    digits,
    from_to,
    hours,
    in_sum,
    listed,
    month_name,
    people,
)

#: More or less, in minutes.
_STEP = 15


def on_record(record: Record, county: County) -> list[Text]:
    """The line below a closing message."""
    return [
        text(
            N_("📝 Noted for you: {begins} – {ends}, {people}, {km} km."),
            begins=from_to(record, county)["begins"],
            ends=from_to(record, county)["ends"],
            people=people(record.adults, record.children),
            km=record.km,
        )
    ]


def correct_button(record: Record) -> Button:
    return Button(text(B_("📝 Time, people, km")), f"hours:line:{record.id}")


# --- the volunteer's screens ----------------------------------------------------------------------


def this_month(all_: Sum) -> Text:
    """A line of /tasks."""
    return text(
        N_("This month: {tasks}, {hours} hours."),
        tasks=count(TASKS, all_.lines),
        hours=hours(all_.minutes),
    )


def hours_button(month: str) -> Button:
    return Button(text(B_("🧾 My hours")), _month_data(month))


def own_month(
    lines: Sequence[Record],
    county: County,
    month: str,
    *,
    today_month: str,
    complete: bool,
    closed: bool,
    page: int = 0,
) -> Message:
    """/hours: a month at a glance. *today_month*: the present one, none comes after it."""
    first = page * PAGE
    shown = list(enumerate(lines, 1))[first : first + PAGE]
    numbers = [Button(text(N_("{n}"), n=n), f"hours:line:{record.id}") for n, record in shown]
    may_complete = bool(lines) and month < today_month and not complete and not closed
    return message(
        text(N_("🧾 <b>{month}</b>: what you did"), month=month_name(month)),
        *[listed(n, record, county) for n, record in shown],
        *(in_sum(summed(lines)) if lines else [text(N_("Nothing is noted for this month."))]),
        *_standing(complete=complete, closed=closed),
        buttons=[
            *[numbers[at : at + 5] for at in range(0, len(numbers), 5)],
            *_pages(month, page, len(lines)),
            *([[_complete_button(month)]] if may_complete else []),
            [Button(text(B_("➕ Add a task")), "hours:add")],
            _other_months(month, today_month),
        ],
    )


def _standing(*, complete: bool, closed: bool) -> list[Text]:
    if closed:
        return [text(N_("🔒 The office has closed this month."))]
    return [text(N_("✔️ You said: this month is complete."))] if complete else []


def _pages(month: str, page: int, lines: int) -> list[list[Button]]:
    """Across the lines of a long month."""
    row = [
        *([Button(text(B_("⬅️ Earlier days")), _month_data(month, page - 1))] if page else []),
        *(
            [Button(text(B_("Later days ➡️")), _month_data(month, page + 1))]
            if lines > (page + 1) * PAGE
            else []
        ),
    ]
    return [row] if row else []


def _other_months(month: str, today_month: str) -> list[Button]:
    before, after = month_after(month, -1), month_after(month)
    row = [Button(text(B_("◀️ {month}"), month=month_name(before)), _month_data(before))]
    if after <= today_month:
        row.append(Button(text(B_("{month} ▶️"), month=month_name(after)), _month_data(after)))
    return row


def _month_data(month: str, page: int = 0) -> str:
    return f"hours:show:{page}:{digits(month)}"


def _complete_button(month: str) -> Button:
    return Button(text(B_("✔️ Complete")), f"hours:complete:{digits(month)}")


def own_line(record: Record, county: County, *, month_closed: bool) -> Message:
    """One line, to be corrected until its month is closed."""
    back = [Button(text(B_("↩️ To the month")), _month_data(record.month))]
    if month_closed or record.status is Status.CLOSED:
        return message(
            *described(record, county),
            text(N_("🔒 This month is closed. To change it, please call the office.")),
            buttons=[back],
        )
    what = [
        Button(text(B_("⏱ Time")), f"hours:time:{record.id}"),
        Button(text(B_("👥 People")), f"hours:people:{record.id}"),
    ]
    if record.source is Source.MEETUP:  # the office says who was there and how long it took
        what = []
    drop = [Button(text(B_("🗑 Delete")), f"hours:drop:{record.id}")]
    return message(
        *described(record, county),
        text(N_("What is not right? Please tap it.")),
        buttons=[
            [*what, Button(text(B_("🚗 Kilometres")), f"hours:km:{record.id}")],
            *([drop] if record.source is not Source.MEETUP else []),
            back,
        ],
    )


def ask_time(record: Record, county: County) -> Message:
    """How long it took; the way there and back counts."""
    usual = [
        Button(text(B_("{minutes} min."), minutes=one), f"hours:min{one}:{record.id}")
        for one in MINUTES
    ]
    less, more = max(_STEP, record.minutes - _STEP), record.minutes + _STEP
    return message(
        *described(record, county),
        text(N_("How long did you help, with the way there and back?")),
        buttons=[
            usual[:3],
            usual[3:],
            [
                Button(text(B_("➖ 15 min.")), f"hours:min{less}:{record.id}"),
                Button(text(B_("➕ 15 min.")), f"hours:min{more}:{record.id}"),
            ],
            _back_to_line(record),
        ],
    )


def ask_people(record: Record, county: County) -> Message:
    """How many, by more and less."""
    adults, children = record.adults, record.children
    return message(
        *described(record, county),
        text(N_("How many people did you help?")),
        buttons=[
            _stepper(record, count(ADULTS, adults), (adults - 1, children), (adults + 1, children)),
            _stepper(
                record, count(CHILDREN, children), (adults, children - 1), (adults, children + 1)
            ),
            _back_to_line(record),
        ],
    )


def _stepper(
    record: Record, label: Text, fewer: tuple[int, int], more: tuple[int, int]
) -> list[Button]:
    def to(adults: int, children: int) -> str:
        return f"hours:set:{max(0, adults)}:{max(0, children)}:{record.id}"

    stay = to(record.adults, record.children)
    return [
        Button(text(B_("➖")), to(*fewer)),
        Button(label, stay),
        Button(text(B_("➕")), to(*more)),
    ]


def ask_km(record: Record, county: County) -> Message:
    usual = [
        Button(text(B_("{km} km"), km=one), f"hours:km{one}:{record.id}") for one in KILOMETRES
    ]
    return message(
        *described(record, county),
        text(N_("How many kilometres did you drive, there and back?")),
        buttons=[
            usual[:3],
            [*usual[3:], Button(text(B_("Other number")), f"hours:kmown:{record.id}")],
            _back_to_line(record),
        ],
    )


def ask_drop(record: Record, county: County) -> Message:
    return message(
        *described(record, county),
        text(N_("Delete this entry? You can add it again later.")),
        buttons=[
            [Button(text(B_("🗑 Yes, delete it")), f"hours:dropped:{record.id}")],
            [Button(text(B_("↩️ Back")), f"hours:line:{record.id}")],
        ],
    )


def _back_to_line(record: Record) -> list[Button]:
    return [Button(text(B_("✔️ Done")), f"hours:line:{record.id}")]


def added(record: Record, county: County, *, overlapping: bool) -> Message:
    """A task done outside the bot is on record. *overlapping*: another line has the same time."""
    same_time = text(N_("⚠️ You have another entry for the same time. Please check both."))
    return message(
        text(N_("✔️ It is noted. Thank you!")),
        *described(record, county),
        *([same_time] if overlapping else []),
        buttons=[[correct_button(record), hours_button(record.month)]],
    )


def corrected(record: Record, county: County) -> Message:
    return message(
        text(N_("✔️ It is changed.")),
        *described(record, county),
        buttons=[[correct_button(record), hours_button(record.month)]],
    )


# --- the end of a month ---------------------------------------------------------------------------


def is_it_complete(all_: Sum, month: str, *, again: bool = False) -> Message:
    """To the volunteer, on the 1st; *again*: some days later."""
    first = (
        text(N_("⏰ Please look at your record of {month}."), month=month_name(month))
        if again
        else text(N_("🧾 Your record of {month}:"), month=month_name(month))
    )
    return message(
        first,
        *in_sum(all_),
        text(N_("Is it complete?")),
        buttons=[
            [_complete_button(month)],
            [Button(text(B_("✏️ Something is missing")), _month_data(month))],
        ],
    )


def completed(all_: Sum, month: str) -> Message:
    """In its place."""
    return message(
        text(N_("✔️ {month} is complete. Thank you!"), month=month_name(month)),
        *in_sum(all_),
        buttons=[[hours_button(month)]],
    )


# --- to the office --------------------------------------------------------------------------------


def changes_a_closed_month(request: HelpRequest, month: str, assignment_id: int) -> Message:
    """A volunteer has said something about an appointment of a month that is closed by now."""
    return message(
        text(
            N_(
                "🔒 <b>{number}</b>: the volunteer said how it went, but {month} is closed."
                " Please look at the record."
            ),
            number=request.number,
            month=month_name(month),
        ),
        buttons=[[record_button(assignment_id)]],
    )


def record_button(assignment_id: int) -> Button:
    """To the line of an appointment, or to make it."""
    return Button(text(B_("🧾 Record")), f"record:task:{assignment_id}")
