"""What the office's documents say, gathered from records and papers; and `lotse report`."""

import base64
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from bot import cli_reports
from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.county import Allowance, Entitled, FundingPeriod, LifeArea
from bot.domain.people import Papers
from bot.domain.records import Facts, Source, month_of
from bot.settings import Settings
from bot.storage import audit, people, records, volunteers
from bot.storage.cipher import Cipher
from bot.storage.database import Database, open_database
from bot.storage.tx import Tx
from bot.usecases import report_screens, reporting
from tests.databases import KEY

BERLIN = ZoneInfo("Europe/Berlin")
COUNTY = loader.load()


def volunteer(
    tx: Tx, name: str, appointed: str | None, until: str | None = None, *, active: bool = True
) -> int:
    person_id = people.add(tx, chat_id=None, name=name)
    volunteers.make(tx, person_id)
    volunteers.file_papers(tx, person_id, Papers(appointed, until))
    volunteers.set_active(tx, person_id, active)
    return person_id


def helped(
    tx: Tx, volunteer_id: int, day: str, place: str = "Veckenstedt", *, children: int = 0
) -> None:
    starts_at = int(datetime.fromisoformat(day).replace(tzinfo=BERLIN).timestamp())
    area, month = LifeArea.ORIENTATION, month_of(starts_at, BERLIN)
    facts = Facts(starts_at, starts_at + 3600, place, "doctor", area, "ar", 1, children, 10)
    records.add(tx, volunteer_id, Source.APPOINTMENT, month, facts)


def fill(tx: Tx) -> None:
    """One is appointed, one's appointment ended on the first, one left and had done something, one
    was never appointed and did something, one comes only next month."""
    vogt = volunteer(tx, "Anna Vogt", "2026-01-15")
    helped(tx, vogt, "2026-11-14 23:30", children=2)
    helped(tx, vogt, "2026-11-15 00:00")
    helped(tx, vogt, "2026-12-01 00:00", "Halberstadt")
    volunteer(tx, "Jörg Öhme", "2025-01-15", "2026-11-01")
    helped(tx, volunteer(tx, "Aziz Odeh", "2026-01-15", active=False), "2026-11-30 23:59")
    helped(tx, volunteer(tx, "Olena Koval", None), "2026-11-03 10:00", "Halberstadt")
    volunteer(tx, "Nina Neu", "2026-12-01")


async def test_who_gets_the_allowance(database: Database) -> None:
    await database.transact(fill)
    listed = await database.read(reporting.allowance_list, COUNTY, "2026-11")
    assert [(one.name, one.tasks, one.entitled, one.left) for one in listed.entries] == [
        ("Olena Koval", 1, False, False),
        ("Aziz Odeh", 1, True, True),
        ("Jörg Öhme", 0, True, False),  # as in a phone book: Oehme
        ("Anna Vogt", 2, True, False),
    ]
    assert listed.cents == 39_000
    active = replace(COUNTY, allowance=Allowance(5_000, entitled=Entitled.ACTIVE))
    listed = await database.read(reporting.allowance_list, active, "2026-11")
    assert [one.name for one in listed.entries if one.entitled] == [
        *("Olena Koval", "Aziz Odeh", "Anna Vogt")
    ]
    assert listed.cents == 15_000
    empty = await database.read(reporting.allowance_list, COUNTY, "2020-02")
    assert (empty.entries, empty.cents) == ((), 0)


async def test_the_month_of_who_left_and_of_who_is_gone(database: Database) -> None:
    await database.transact(fill)

    def forgotten(tx: Tx) -> None:
        helped(tx, 999, "2026-11-05 10:00")

    await database.transact(forgotten)
    month = await database.read(reporting.month_of_records, "2026-11")
    assert [one.name for one in month.volunteers] == [
        *("Nr. 999", "Olena Koval", "Aziz Odeh", "Anna Vogt")
    ]
    with pytest.raises(LookupError):
        await database.read(reporting.month_of_records, "2026-11", 12345)


async def test_grants_that_meet_within_a_month(database: Database) -> None:
    await database.transact(fill)
    first = FundingPeriod("A", date(2026, 1, 1), date(2026, 11, 14))
    second = FundingPeriod("B", date(2026, 11, 15), date(2027, 2, 28))
    county = replace(COUNTY, funding_periods=(first, second))
    around = reporting.periods_around(county, "2026-11")
    assert [name for _, _, name in around] == ["", "A", "B"]
    before = await database.read(reporting.totals, county, first.first, first.last)
    after = await database.read(reporting.totals, county, second.first, second.last)
    assert (before.name, before.sums.tasks, before.sums.people) == ("A", 2, 4)
    assert (after.name, after.sums.tasks, after.sums.volunteers) == ("B", 3, 2)
    assert {place: one.tasks for place, one in after.by_place.items()} == {
        "Nordharz": 2,  # Veckenstedt lies in it
        "Halberstadt": 1,
    }
    assert [*after.by_month] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert [one.tasks for one in after.by_month.values()] == [2, 1, 0, 0]
    await database.transact(records.close_month, "2026-11", 1)
    after = await database.read(reporting.totals, county, second.first, second.last)
    assert after.open_months == ("2026-12", "2027-01", "2027-02")


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("2026-11", ("2026-11", "2026-11")),
        (" 11/2026 ", ("2026-11", "2026-11")),
        ("1.2027", ("2027-01", "2027-01")),
        ("2026", ("2026-01", "2026-12")),
        ("2027-09 2026-10", ("2026-10", "2027-09")),
        ("2026-13", None),
        ("H-1042", None),
        ("2026-10 2026-11 2026-12", None),
    ],
)
def test_how_a_month_is_written(written: str, months: tuple[str, str] | None) -> None:
    assert report_screens.understood(written) == months


async def test_all_files_of_a_month(
    sqlite_url: str,
    wall: MovableWall,
    cipher: Cipher,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Beside the bot, and again: the same files, each time with a line in the audit trail."""
    chosen = Settings(
        telegram_bot_token=SecretStr("123456789:TEST-token-of-the-simulator-0000001"),
        database_url=SecretStr(sqlite_url),
        encryption_key=SecretStr(base64.urlsafe_b64encode(KEY).decode()),
    )
    folder = tmp_path / "Berichte" / "November"
    database = await open_database(sqlite_url, wall=wall, cipher=cipher)
    await database.transact(fill)
    for _ in range(2):
        await cli_reports.write(chosen, "2026-11", folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026 Jahressummen Landkreis Harz.pdf",
        "2026 Jahressummen Landkreis Harz.xlsx",
        "2026-11 Aufwandsentschädigung Landkreis Harz.pdf",
        "2026-11 Aufwandsentschädigung Landkreis Harz.xlsx",
        "2026-11 Tätigkeitsnachweise Landkreis Harz.csv",
        "2026-11 Tätigkeitsnachweise Landkreis Harz.pdf",
        "2026-11 Tätigkeitsnachweise Landkreis Harz.xlsx",
    ]
    assert str(folder / "2026-11 Tätigkeitsnachweise Landkreis Harz.csv") in capsys.readouterr().out
    lines = await database.read(audit.lines)
    written = [(line.actor, line.what, line.subject) for line in lines]
    assert written == [(None, "report:files", "report:202611")] * 2
    await database.close()
    with pytest.raises(cli_reports.CannotReport):
        await cli_reports.write(chosen, "11/2026", folder)
