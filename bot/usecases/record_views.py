"""What coordinators see of a month of records, in private."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.county import County
from bot.domain.records import Record, Status, month_after, summed
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, P_, Button, Message, Moment, Text, count, message, text
from bot.storage.records import MonthOf
from bot.usecases.notices import category, when
from bot.usecases.record_words import (
    PAGE,
    TASKS,
    described,
    digits,
    hours,
    in_sum,
    listed,
    month_name,
)

_SOMEBODY = N_("Somebody who left")
_STATUS = {
    Status.RECORDED: N_("▫️ not checked yet"),
    Status.CHECKED: N_("✔️ checked"),
    Status.CLOSED: N_("🔒 closed"),
}
#: So many names in one warning.
_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A volunteer's month. ``name``: empty for who is no longer kept."""

    name: str
    sums: MonthOf


def overview(
    rows: Sequence[Row],
    month: str,
    *,
    page: int,
    today_month: str,
    closed_at: int | None,
    may_act: bool,
    may_close: bool,
) -> Message:
    """*today_month*: the present one. *may_act*, *may_close*: what this reader may do."""
    first = page * PAGE
    shown = list(enumerate(rows, 1))[first : first + PAGE]
    numbers = [
        Button(text(N_("{n}"), n=n), f"record:of:{row.sums.volunteer_id}:{digits(month)}")
        for n, row in shown
    ]
    closes = may_close and closed_at is None and month < today_month and bool(rows)
    return message(
        text(N_("🧾 <b>Records of {month}</b>"), month=month_name(month)),
        _state(rows, closed_at),
        *[_row(n, row) for n, row in shown],
        buttons=[
            *[numbers[at : at + 5] for at in range(0, len(numbers), 5)],
            *_pages(f"record:page:{{page}}:{digits(month)}", page, len(rows)),
            *(
                [[Button(text(B_("➕ Add a task")), f"record:who:0:{digits(month)}")]]
                if may_act
                else []
            ),
            *(
                [[Button(text(B_("🔒 Close the month")), f"record:close:{digits(month)}")]]
                if closes
                else []
            ),
            _other_months(month, today_month),
        ],
    )


def _state(rows: Sequence[Row], closed_at: int | None) -> Text:
    if closed_at is not None:
        return text(N_("🔒 Closed: {time}"), time=Moment(closed_at))
    if not rows:
        return text(N_("Nothing is noted for this month."))
    return text(
        N_("{checked} of {all} checked, {confirmed} of {all} confirmed by the volunteer."),
        checked=sum(not row.sums.unchecked for row in rows),
        confirmed=sum(row.sums.complete_at is not None for row in rows),
        all=len(rows),
    )


def _row(n: int, row: Row) -> Text:
    checked = "▫️" if row.sums.unchecked else "✔️"
    words = (
        N_("<b>{n}</b> · {mark} {name}: {tasks}, {hours} hours")
        if row.sums.complete_at is not None
        else N_("<b>{n}</b> · {mark} {name}: {tasks}, {hours} hours · not confirmed")
    )
    return text(
        words,
        n=n,
        mark=checked,
        name=row.name or text(_SOMEBODY),
        tasks=count(TASKS, row.sums.lines),
        hours=hours(row.sums.minutes),
    )


def of_volunteer(
    lines: Sequence[Record],
    county: County,
    name: str,
    volunteer_id: int,
    month: str,
    *,
    page: int,
    complete: bool,
    closed: bool,
    may_change: bool,
) -> Message:
    """One volunteer's month, line by line."""
    first = page * PAGE
    shown = list(enumerate(lines, 1))[first : first + PAGE]
    numbers = [Button(text(N_("{n}"), n=n), f"record:line:{line.id}") for n, line in shown]
    unchecked = any(line.status is Status.RECORDED for line in lines)
    at = f"{volunteer_id}:{digits(month)}"
    return message(
        text(
            N_("🧾 <b>{name}</b>, {month}"),
            name=name or text(_SOMEBODY),
            month=month_name(month),
        ),
        *[listed(n, line, county) for n, line in shown],
        *(in_sum(summed(lines)) if lines else [text(N_("Nothing is noted for this month."))]),
        _confirmed(complete=complete, closed=closed, unchecked=unchecked),
        buttons=[
            *[numbers[at_ : at_ + 5] for at_ in range(0, len(numbers), 5)],
            *_pages(f"record:part:{{page}}:{at}", page, len(lines)),
            *(
                [[Button(text(B_("✔️ All right, checked")), f"record:check:{at}")]]
                if unchecked and may_change and not closed
                else []
            ),
            *(
                [[Button(text(B_("➕ Add a task")), f"record:add:{volunteer_id}")]]
                if may_change
                else []
            ),
            [Button(text(B_("↩️ To the month")), f"record:page:0:{digits(month)}")],
        ],
    )


def _confirmed(*, complete: bool, closed: bool, unchecked: bool) -> Text:
    if closed:
        return text(_STATUS[Status.CLOSED])
    state = text(_STATUS[Status.RECORDED if unchecked else Status.CHECKED])
    words = (
        N_("{state} · confirmed by the volunteer") if complete else N_("{state} · not confirmed")
    )
    return text(words, state=state)


def line(
    record: Record,
    county: County,
    name: str,
    changes: Sequence[tuple[int, str]],
    *,
    closed: bool,
    may_change: bool,
) -> Message:
    """*changes*: when and why it was changed after its month was closed."""
    back = Button(
        text(B_("↩️ To the volunteer")), f"record:of:{record.volunteer_id}:{digits(record.month)}"
    )
    acts = [
        Button(text(B_("✏️ Correct")), f"record:correct:{record.id}"),
        Button(text(B_("🗑 Delete")), f"record:drop:{record.id}"),
    ]
    return message(
        text(N_("🧾 <b>{name}</b>"), name=name or text(_SOMEBODY)),
        *described(record, county),
        text(_STATUS[Status.CLOSED if closed else record.status]),
        *[
            text(N_("Changed {time}: {reason}"), time=Moment(at), reason=reason)
            for at, reason in changes
        ],
        buttons=[*([acts] if may_change else []), [back]],
    )


def of_task(
    request: HelpRequest, county: County, assignment_id: int, name: str, *, may_change: bool
) -> Message:
    """An appointment of which nothing is on record."""
    add = Button(text(B_("➕ Add to the record")), f"record:note:{assignment_id}")
    return message(
        text(N_("🧾 <b>{number}</b>: {name}"), number=request.number, name=name or "–"),
        text(N_("{what}, {time}"), what=category(request, county), time=when(request)),
        text(N_("Nothing is on record for it.")),
        buttons=[[add]] if may_change else [],
    )


def ask_drop(record: Record, county: County, name: str) -> Message:
    return message(
        text(N_("🧾 <b>{name}</b>"), name=name or text(_SOMEBODY)),
        *described(record, county),
        text(N_("Delete this entry?")),
        buttons=[
            [Button(text(B_("🗑 Yes, delete it")), f"record:dropped:{record.id}")],
            [Button(text(B_("↩️ Back")), f"record:line:{record.id}")],
        ],
    )


def changed(record: Record, county: County, *, new: bool = False) -> Message:
    done = text(N_("✔️ It is noted. Thank you!")) if new else text(N_("✔️ It is changed."))
    return message(
        done,
        *described(record, county),
        buttons=[_to_volunteer(record)],
    )


def dropped(record: Record) -> Message:
    return message(text(N_("✔️ The entry is deleted.")), buttons=[_to_volunteer(record)])


def _to_volunteer(record: Record) -> list[Button]:
    at = f"{record.volunteer_id}:{digits(record.month)}"
    return [Button(text(B_("↩️ To the volunteer")), f"record:of:{at}")]


def ask_to_close(month: str, volunteers: int, unconfirmed: Sequence[str]) -> Message:
    """*unconfirmed*: the names of those who have not said that it is complete."""
    named = [name or "–" for name in unconfirmed[:_MOST_NAMES]]
    more = len(unconfirmed) - len(named)
    warning = [
        text(N_("⚠️ These volunteers have not confirmed: {names}"), names=", ".join(named)),
        *([text(N_("… and {n} more."), n=more)] if more else []),
    ]
    return message(
        text(
            N_("Close {month}? After that every change needs a reason."),
            month=month_name(month),
        ),
        count(P_("{n} volunteer has a record.", "{n} volunteers have a record."), volunteers),
        *(warning if unconfirmed else []),
        buttons=[
            [Button(text(B_("🔒 Yes, close it")), f"record:closed:{digits(month)}")],
            [Button(text(B_("↩️ Back")), f"record:page:0:{digits(month)}")],
        ],
    )


def choose_volunteer(named: Sequence[tuple[int, str]], month: str, *, page: int) -> Message:
    """*named*: ids and names."""
    first = page * PAGE
    names = [
        Button(text(N_("{name}"), name=name or "–"), f"record:add:{person_id}")
        for person_id, name in named[first : first + PAGE]
    ]
    return message(
        text(N_("Which volunteer did it?")),
        buttons=[
            *[names[at : at + 2] for at in range(0, len(names), 2)],
            *_pages(f"record:who:{{page}}:{digits(month)}", page, len(named)),
            [Button(text(B_("↩️ To the month")), f"record:page:0:{digits(month)}")],
        ],
    )


def _pages(data: str, page: int, total: int) -> list[list[Button]]:
    """*data*: a button's, with ``{page}`` in it."""
    row = [
        *([Button(text(B_("⬅️ Before")), data.format(page=page - 1))] if page else []),
        *(
            [Button(text(B_("More ➡️")), data.format(page=page + 1))]
            if total > (page + 1) * PAGE
            else []
        ),
    ]
    return [row] if row else []


def _other_months(month: str, today_month: str) -> list[Button]:
    before, after = month_after(month, -1), month_after(month)
    row = [
        Button(text(B_("◀️ {month}"), month=month_name(before)), f"record:page:0:{digits(before)}")
    ]
    if after <= today_month:
        row.append(
            Button(text(B_("{month} ▶️"), month=month_name(after)), f"record:page:0:{digits(after)}")
        )
    return row
