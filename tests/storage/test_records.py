"""Lines of the activity record: each once, in their month, and what a closed month keeps."""

from dataclasses import replace

from bot.domain.county import LifeArea
from bot.domain.records import Facts, Record, Source, Status, facts_of
from bot.storage import records
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.databases import START

FACTS = Facts(START, START + 5400, "Thale", "doctor", LifeArea.ORIENTATION, "ar", 1, 2, 20)


def _line(
    tx: Tx, *, assignment_id: int | None = None, meetup_id: int | None = None
) -> Record | None:
    return records.add(
        tx,
        7,
        Source.APPOINTMENT,
        "2026-11",
        FACTS,
        assignment_id=assignment_id,
        meetup_id=meetup_id,
    )


async def test_an_assignment_and_a_meetup_give_one_line_each(database: Database) -> None:
    def twice(tx: Tx) -> list[Record | None]:
        first, again = _line(tx, assignment_id=1), _line(tx, assignment_id=1)
        return [first, again, _line(tx, meetup_id=1), _line(tx, meetup_id=1), _line(tx), _line(tx)]

    made = await database.transact(twice)
    assert [one is not None for one in made] == [True, False, True, False, True, True]
    first = made[0]
    assert first is not None
    assert facts_of(first) == FACTS
    assert first.minutes == 90


async def test_a_month_in_sums_and_closed(database: Database) -> None:
    def fill(tx: Tx) -> None:
        first = _line(tx, assignment_id=1)
        assert first is not None
        records.add(tx, 7, Source.OWN, "2026-11", replace(FACTS, adults=0, km=5))
        records.add(tx, 8, Source.OWN, "2026-12", FACTS)
        asked = records.ask_about(tx, 7, "2026-11")
        assert asked is not None
        assert records.ask_about(tx, 7, "2026-11") is None
        records.complete(tx, asked.id)
        records.check(tx, 7, "2026-11")
        records.change(tx, first.id, "2026-11", FACTS, Status.RECORDED)

    await database.transact(fill)
    november = await database.read(records.counts, "2026-11")
    assert november == [records.MonthOf(7, 2, 180, 5, 25, 1, november[0].complete_at)]
    assert november[0].complete_at is not None
    assert len(await database.read(records.between, "2026-11", "2026-12")) == 3
    assert await database.read(records.counts, "2026-10") == []
    closed = [await database.transact(records.close_month, "2026-11", 1) for _ in range(2)]
    assert closed == [True, False]
    lines = await database.read(records.of_month, "2026-11")
    assert {line.status for line in lines} == {Status.CLOSED}
    assert await database.read(records.is_closed, "2026-12") is False


async def test_who_turns_out_to_be_somebody_we_know(database: Database) -> None:
    def merge(tx: Tx) -> list[Record]:
        for volunteer_id in (7, 8):
            records.add(tx, volunteer_id, Source.OWN, "2026-11", FACTS)
            records.ask_about(tx, volunteer_id, "2026-11")
        records.take_over(tx, 7, 8)
        return records.of_volunteer(tx, 8, "2026-11")

    assert len(await database.transact(merge)) == 2


async def test_a_change_says_who_why_and_what(database: Database) -> None:
    def correct(tx: Tx) -> list[records.Change]:
        line = _line(tx)
        assert line is not None
        records.note_change(tx, line.id, 3, "wrong day", line, replace(line, km=0))
        records.note_change(tx, line.id, 3, "not hers", line, None)
        return records.changes_of(tx, line.id)

    first, second = await database.transact(correct)
    assert (first.by, first.reason, first.before["km"], first.after["km"]) == (
        3,
        "wrong day",
        20,
        0,
    )
    assert second.after == {}
