"""What an office prints at the end of a month, opened and read back."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from pypdf import PdfReader

from bot.counties import loader
from bot.documents import allowance, german, records_pdf, records_xlsx, totals
from bot.documents.papers import File
from bot.domain.county import LifeArea, ReportPage
from bot.domain.records import Record, Source, Status
from bot.i18n.bidi import without_controls
from bot.i18n.catalogues import Catalogues
from bot.i18n.wording import Wording
from bot.usecases.reporting import (
    AllowanceList,
    Entry,
    MonthOfRecords,
    MonthOfVolunteer,
    Sums,
    Totals,
)

BERLIN = ZoneInfo("Europe/Berlin")
COUNTY = loader.load()
WORDING = Wording(Catalogues.load(), BERLIN)
#: Umlauts, Arabic, Sorani, Ukrainian, Kurmanji.
NAMES = ("Jörg Übelacker-Groß", "أمينة الخطيب", "شێروان ڕەشید", "Олена Їжакевич", "Şêrîn Çelîk")


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=BERLIN).timestamp())


def record(starts: str, ends: str, **more: object) -> Record:
    starts_at, ends_at = at(starts), at(ends)
    usual = Record(
        *(1, 1, Source.APPOINTMENT, starts_at, ends_at, starts[:7], "Blankenburg (Harz)"),
        *("doctor", LifeArea.ORIENTATION, "ckb", 1, 2, 34, Status.CHECKED),
    )
    return replace(usual, **more)


LINES = (
    record("2026-11-02 09:15", "2026-11-02 10:45"),
    record("2026-11-30 23:00", "2026-12-01 01:30", category="flat", life_area=LifeArea.HOUSING),
    record(
        "2026-11-12 18:00", "2026-11-12 20:00", source=Source.MEETUP, category="", life_area=None
    ),
)


def month(*volunteers: MonthOfVolunteer, closed: bool = True, one: bool = False) -> MonthOfRecords:
    return MonthOfRecords("2026-11", closed, at("2026-12-01 09:00"), volunteers, one)


def did(name: str, lines: Sequence[Record] = LINES) -> MonthOfVolunteer:
    return MonthOfVolunteer(1, name, tuple(lines), confirmed=True)


def pages(file: File) -> list[str]:
    """The words of each page, as somebody selects and copies them."""
    assert file.media_type == "application/pdf"
    reader = PdfReader(BytesIO(file.content))
    return [" ".join(without_controls(one.extract_text()).split()) for one in reader.pages]


def rows_of(file: File, sheet: str) -> list[list[object]]:
    book = openpyxl.load_workbook(BytesIO(file.content))
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


# --- activity records -----------------------------------------------------------------------------


def test_each_volunteer_signs_pages_of_their_own() -> None:
    file = records_pdf.draw(month(*(did(name) for name in NAMES)), COUNTY, WORDING)
    assert file.name == "2026-11 Tätigkeitsnachweise Landkreis Harz.pdf"
    written = pages(file)
    assert len(written) == len(NAMES)
    for name, page in zip(NAMES, written, strict=True):
        assert all(word in page for word in name.split())  # a reader may turn their order around
        for expected in (
            *("Landkreis Harz", "Gefördert durch das Land Sachsen-Anhalt", "Ich bestätige"),
            *("Tätigkeitsnachweis November 2026", "Mo 02.11.2026", "09:15 – 10:45"),
            *("Blankenburg (Harz)", "Begleitung zum Arzt", "Kurdisch (Sorani)", "Wohnen"),
            *("23:00 – 01:30", "3 Tätigkeiten, 6:00 Stunden, 102 km", "Seite 1 von 1"),
            *("Integrationslotsin / Integrationslotse", "Ort, Datum, Unterschrift"),
        ):
            assert expected in page, (name, expected)
        assert "Entwurf" not in page
    assert sum(other.split()[0] in written[0] for other in NAMES) == 1


def test_a_long_month_repeats_its_head_and_counts_its_own_pages() -> None:
    long = did("Anna Vogt", [record("2026-11-02 09:00", "2026-11-02 10:00")] * 60)
    written = pages(records_pdf.draw(month(long, did("Ömer Kaya"), closed=False), COUNTY, WORDING))
    assert len(written) == 4
    assert all("Lebensbereich" in page for page in written[:2])
    assert "Anna Vogt · Stand 01.12.2026, 09:00 Uhr · Seite 2 von 3" in written[1]
    assert "60 Tätigkeiten, 60:00 Stunden, 2.040 km" in written[2]
    assert "Ömer Kaya" in written[3]
    assert "Seite 1 von 1" in written[3]
    assert "Entwurf: Der Monat ist noch nicht abgeschlossen." in written[0]


def test_an_empty_month_and_a_county_that_says_nothing() -> None:
    silent = replace(COUNTY, report=ReportPage())
    (page,) = pages(records_pdf.draw(month(), silent, WORDING))
    assert "In diesem Monat ist keine Tätigkeit erfasst." in page
    assert "Koordinierungsstelle Integration" in page
    one = records_pdf.draw(month(did("Anna Vogt", ()), one=True), silent, WORDING)
    assert one.name == "2026-11 Tätigkeitsnachweis Anna Vogt.pdf"
    assert records_pdf.CONFIRMS in pages(one)[0]
    assert rows_of(records_xlsx.draw(month(), COUNTY, WORDING), "Summen")[-1][:2] == ["Summe", 0]


def test_the_same_facts_give_the_same_file() -> None:
    facts = month(did("Anna Vogt"))
    for draw in (records_pdf.draw, records_xlsx.draw, records_xlsx.draw_csv):
        assert draw(facts, COUNTY, WORDING) == draw(facts, COUNTY, WORDING)


def test_the_workbook_holds_real_days_and_numbers() -> None:
    file = records_xlsx.draw(month(did("Jörg Übelacker"), did("أمينة الخطيب")), COUNTY, WORDING)
    assert file.name == "2026-11 Tätigkeitsnachweise Landkreis Harz.xlsx"
    head, first, second, third, *_ = rows_of(file, "Einträge")
    found = dict(zip(head, first, strict=True))
    assert found["Name"] == "Jörg Übelacker"
    assert found["Datum"] == datetime(2026, 11, 2)  # noqa: DTZ001 - a day of a table has no zone
    assert (found["Von"], found["Bis"], found["Minuten"]) == (time(9, 15), time(10, 45), 90)
    assert (found["Sprache"], found["Kinder"], found["Stand"]) == (
        "Kurdisch (Sorani)",
        2,
        "geprüft",
    )
    assert second[4] == 150
    assert third[6] == "Treffen, Schulung, Austausch"
    assert rows_of(file, "Summen")[-1][:3] == ["Summe", 6, timedelta(hours=12)]


def test_a_spreadsheet_of_the_office_opens_the_text_file() -> None:
    file = records_xlsx.draw_csv(month(did("=HYPERLINK(1)"), did("Ömer; Kaya")), COUNTY, WORDING)
    assert file.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert [row["Name"] for row in rows] == ["'=HYPERLINK(1)"] * 3 + ["Ömer; Kaya"] * 3
    assert (rows[1]["Datum"], rows[1]["Von"], rows[1]["Bis"]) == ("30.11.2026", "23:00", "01:30")
    assert rows[0]["Monat abgeschlossen"] == "ja"


# --- allowance ------------------------------------------------------------------------------------


def test_the_allowance_list() -> None:
    entries = (
        Entry("أمينة الخطيب", "2026-01-15", None, 3, entitled=True, cents=13_000, left=False),
        Entry("Jörg Übel", "2026-01-15", "2026-11-05", 0, entitled=True, cents=13_000, left=True),
        Entry("Олена", "2025-01-15", "2026-01-14", 2, entitled=False, cents=0, left=False),
    )
    listed = AllowanceList("2026-11", closed=False, made_at=at("2026-12-01 09:00"), entries=entries)
    pdf = allowance.draw_pdf(listed, COUNTY, WORDING)
    assert pdf.name == "2026-11 Aufwandsentschädigung Landkreis Harz.pdf"
    (page,) = pages(pdf)
    for expected in (
        *("Entwurf", "§ 35 KVG LSA", "130,00 €", "260,00 €", "2 × 130,00 € = 260,00 €"),
        *("أمينة", "الخطيب", "05.11.2026", "nicht mehr aktiv, ohne Tätigkeit"),
        *("keine Bestellung im Monat", "an mindestens einem Tag des Monats bestellt"),
    ):
        assert expected in page, expected
    rows = rows_of(allowance.draw_xlsx(listed, COUNTY, WORDING), "Aufwandsentschädigung")
    assert rows[-3][3] == datetime(2026, 11, 5)  # noqa: DTZ001 - a day of a table has no zone
    assert [row[6] for row in rows[-4:]] == [130, 130, 0, 260]


# --- totals ---------------------------------------------------------------------------------------


def sums(tasks: int, adults: int, children: int, volunteers: int = 9) -> Sums:
    return Sums(tasks, 60 * tasks, adults, children, 10 * tasks, volunteers)


HOUSING, DOCTOR, OFFICE = sums(9, 10, 8), sums(20, 20, 3), sums(2, 2, 0, 1)
ORIENTATION, EVERYTHING = sums(22, 22, 3), sums(31, 32, 11)
TOTALS = Totals(
    first=date(2026, 1, 1),
    last=date(2026, 12, 31),
    name="",
    open_months=("2026-11", "2026-12"),
    made_at=at("2026-12-01 09:00"),
    sums=EVERYTHING,
    areas={LifeArea.HOUSING: HOUSING, LifeArea.ORIENTATION: ORIENTATION},
    by_area={
        (LifeArea.HOUSING, "flat"): HOUSING,
        (LifeArea.ORIENTATION, "doctor"): DOCTOR,
        (LifeArea.ORIENTATION, "jobcenter"): OFFICE,
    },
    by_language={"ar": DOCTOR, "uk": HOUSING, "ti": OFFICE},
    by_place={"Halberstadt": EVERYTHING},
    by_month={"2026-11": EVERYTHING, "2026-12": Sums()},
    meetups=2,
    attended=12,
    meetup_minutes=1500,
)


def test_totals_hide_small_numbers_and_what_would_give_them_away() -> None:
    rows = rows_of(totals.draw_xlsx(TOTALS, COUNTY, WORDING), "Sprache")
    assert [row[:4] for row in rows[1:5]] == [
        ["Arabisch", 20, 23, "< 5"],
        ["Ukrainisch", "x", "x", "x"],
        ["Tigrinya", "< 5", "< 5", 0],
        ["Summe", 31, 43, 11],
    ]
    areas = rows_of(totals.draw_xlsx(TOTALS, COUNTY, WORDING), "Lebensbereich und Hilfe")
    told = {str(row[0]).strip(): row[1:4] for row in areas[1:7]}
    assert told["Orientierung im Alltag"] == [22, 25, "< 5"]
    assert told["Begleitung zum Arzt"] == ["x", "x", "< 5"]
    assert told["Wohnen"] == told["Wohnung, Vermieter"] == [9, 18, "x"]


def test_exact_totals_are_a_file_that_says_so() -> None:
    file = totals.draw_xlsx(replace(TOTALS, exact=True), COUNTY, WORDING)
    assert file.name == "2026 Jahressummen Landkreis Harz (nur intern).xlsx"
    assert ["Tigrinya", 2, 2, 0] in [row[:4] for row in rows_of(file, "Sprache")]
    assert any("nicht weitergeben" in str(row[0]) for row in rows_of(file, "Überblick"))


def test_totals_on_paper() -> None:
    named = replace(
        TOTALS, name="Zuwendung 2026/27", first=date(2026, 10, 15), last=date(2027, 10, 14)
    )
    file = totals.draw_pdf(named, COUNTY, WORDING)
    assert file.name == "2026-10 bis 2027-10 Summen Zuwendung 2026 27 Landkreis Harz.pdf"
    written = " ".join(pages(file))
    for expected in (
        *("Summen Zuwendung 2026/27", "15.10.2026 bis 14.10.2027", "Treffen", "25:00"),
        *("Noch nicht abgeschlossen: November 2026, Dezember 2026", "< 5", "Arabisch"),
    ):
        assert expected in written, expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (german.money(130_000), "1.300,00\u00a0€"),
        (german.money(5), "0,05\u00a0€"),
        (german.hours(75_030), "1.250:30"),
        (german.month("2026-03"), "März 2026"),
        (german.file_name('a/b: "Ü" <1>\n', "pdf"), "a b Ü 1.pdf"),
    ],
)
def test_german(said: str, expected: str) -> None:
    assert said == expected
