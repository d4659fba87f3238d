"""The office's list of volunteers, as a spreadsheet saves it."""

from pathlib import Path

import pytest

from bot.counties import loader
from bot.counties.volunteers import ImportInvalid, read
from bot.domain.county import Group
from bot.domain.people import Gender, Level, Mark, Papers, Part, Travel

COUNTY = loader.load()

FULL = (
    "Sprachen;Name;Telefon;Ort;Mobilität;Reichweite (km);Hilft bei;Geschlecht;Zeiten;"
    "Berufen am;Berufen bis;Belehrung am;Führungszeugnis am\n"
    "Arabisch (gut), Kurdisch, Farsi (etwas);  Anna  Groß ;03941 123456;Quedlinburg;Auto;40;"
    "Arzt, Briefe/Formulare;w;Mo vormittag, Di-Mi nachmittags, nie Sa;"
    "01.01.2027;31.12.2027;2027-01-02;01.12.2026\n"
    ";;;;;;;;;;;;\n"
    "Ukrainisch und Russisch;Петро Коваль;;;Bus;;;;;;;;\n"
)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "volunteers.csv"
    path.write_bytes(text.encode(encoding))
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ImportInvalid) as caught:
        read(written(folder, text), COUNTY)
    return [line.replace(f"{folder}/volunteers.csv", "") for line in str(caught.value).splitlines()]


def test_a_full_list(tmp_path: Path) -> None:
    anna, petro = read(written(tmp_path, FULL), COUNTY)
    assert (anna.name, anna.phone) == ("Anna Groß", "+493941123456")
    profile = anna.profile
    assert profile.languages == {"ar": Level.WELL, "kur": Level.WELL, "fas": Level.SOME}
    assert profile.skills == {"doctor", "letter"}
    assert (profile.place, profile.travel, profile.reach_km) == ("Quedlinburg", Travel.CAR, 40)
    assert profile.gender is Gender.WOMAN
    assert profile.times[0, Part.MORNING] is Mark.GOOD
    assert profile.times[2, Part.AFTERNOON] is Mark.GOOD
    assert [profile.times[5, part] for part in Part] == [Mark.NEVER] * 3
    assert len(profile.times) == 6
    assert anna.papers == Papers("2027-01-01", "2027-12-31", "2027-01-02", "2026-12-01")
    assert petro.profile.languages == {"uk": Level.WELL, "ru": Level.WELL}
    assert petro.profile.skills == {group.value for group in Group}  # nothing said: everything
    assert (petro.profile.travel, petro.profile.reach_km) == (Travel.BUS, 15)
    assert petro.profile.gender is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_as_any_spreadsheet_saves_it(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    text = end.join(
        separator.join(cells)
        for cells in (
            ["Name", "Sprachen", "Führungszeugnis am"],
            ["Jörg Müller", '"Türkisch, Deutsch"', "1.2.2026"],
        )
    )
    [joerg] = read(written(tmp_path, text, encoding), COUNTY)
    assert joerg.name == "Jörg Müller"
    assert joerg.profile.languages == {"tr": Level.WELL, "de": Level.WELL}
    assert joerg.papers.certificate_on == "2026-02-01"


@pytest.mark.parametrize(
    ("heading", "cell", "what"),
    [
        ("Sprachen", "Esperanto", "is not known: write one of arabisch, dari, deutsch"),
        ("Sprachen", "Türkich", "is not known: did you mean türkisch?"),
        ("Sprachen", "Arabisch (perfekt)", "is not known: write one of ein wenig, etwas, fließend"),
        ("Sprachen", "", "no language is given"),
        ("Name", "", "is missing"),
        ("Name", "x" * 81, "is longer than 80 characters"),
        ("Telefon", "keins", "write a phone number with its area code: 03941 123456"),
        ("Ort", "Atlantis", "is no place of Landkreis Harz: write one of the county's file"),
        ("Ort", "Halberstat", "is not sure: write one of Halberstadt"),
        ("Fahrzeug", "Rakete", "is not known: write one of auto, bahn, bus"),
        ("Reichweite", "weit", "write the kilometres as a number from 1 to 200"),
        ("Hilft bei", "Artzt", "is not known: did you mean arzt?"),
        ("Geschlecht", "x", "is not known: write one of frau, m, mann, männlich, w, weiblich"),
        ("Zeiten", "Mo mittags", "is not known: did you mean vormittags?"),
        ("Zeiten", "nie", "is not known"),
        ("Berufen am", "30.02.2027", "write the date like 31.12.2026"),
        ("Berufen bis", "bald", "write the date like 31.12.2026"),
    ],
)
def test_a_wrong_cell_is_named_and_nobody_is(
    tmp_path: Path, heading: str, cell: str, what: str
) -> None:
    row = {"Name": "Anna Beispiel", "Sprachen": "Deutsch", heading: cell}
    text = f"{';'.join(row)}\nBodo Test;Deutsch\n{';'.join(row.values())}\n"
    [fault] = faults(tmp_path, text)
    assert fault.startswith(f", row 3, {heading}: {what}"), fault
    assert "Anna" not in fault


def test_every_fault_at_once(tmp_path: Path) -> None:
    without_headings = faults(tmp_path, "Anna;Deutsch\nBodo;Deutsch\n")
    assert without_headings[2] == ": the first line needs the headings Name, Sprachen"
    for column, fault in enumerate(without_headings[:2], start=1):
        assert fault.startswith(f", column {column}: the heading is not known: write one of Belehr")
    assert faults(tmp_path, "Name;Sprachen\nAnna;Deutsch\nBodo;\nanna;Türkisch\n") == [
        ", row 3, Sprachen: no language is given",
        ", row 4, Name: the same stands in row 2: tell the two apart",
    ]
    twice = faults(tmp_path, "Name;Sprachen;Name\n")
    assert twice == [": the heading Name stands there twice"]
    assert faults(tmp_path, "Name;Sprachen\n\n") == [": no volunteer is listed"]
    assert faults(tmp_path, "") == [": no volunteer is listed"]
    later = "Name;Sprachen;Berufen am;Berufen bis\nAnna;Deutsch;1.1.2027;31.12.2026\n"
    assert faults(tmp_path, later) == [", row 2, Berufen bis: is before Berufen am"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportInvalid, match="No such file"):
        read(tmp_path / "nothing.csv", COUNTY)
