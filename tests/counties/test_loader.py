"""County files: the bundled ones are valid, and every fault of a broken one is named at once."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import cli
from bot.counties import kinds, loader
from bot.counties.loader import BUNDLED, CountyInvalid, load
from bot.domain.county import Entitled, Group, Hours, LifeArea, Topic
from bot.domain.holidays import LANDS
from bot.domain.places import Kind

EXAMPLE = BUNDLED.with_name("example.toml")
VALID = """\
name = "Kreis"
zone = "Europe/Berlin"
land = "ST"

[office]
name = "Amt"
phone = "03941 123456"
language = "de"

[categories.doctor]
group = "doctor"
minutes = 120
life_area = "orientation"

[offices.court]
name = "Amtsgericht"
place = "Stadt"

[places]
"Stadt" = { kind = "town", postcodes = ["06493"], lat = 51.5, lon = 11.0 }
"Dorf" = { kind = "district", part_of = "Stadt", postcodes = ["06493"], lat = 51.6, lon = 11.1 }
"""


def written(folder: Path, source: str) -> Path:
    path = folder / "county.toml"
    path.write_text(source, encoding="utf-8")
    return path


def faults(folder: Path, source: str) -> list[str]:
    """What is said about *source*, each as ``line: fault``."""
    path = written(folder, source)
    with pytest.raises(CountyInvalid) as caught:
        load(path)
    said = str(caught.value).splitlines()
    assert all(one.startswith(f"{path}, line ") for one in said)
    return [one.removeprefix(f"{path}, line ") for one in said]


# --- the bundled files ----------------------------------------------------------------------------


def test_the_harz() -> None:
    county = load()
    assert county.name == "Landkreis Harz"
    assert county.land in LANDS
    assert county.office_phone == "03941 5970-4504"
    assert (county.office_language, county.office_name) == ("de", county.office.name)
    assert len(county.places) == 120
    by_kind = [sum(place.kind is kind for place in county.places) for kind in Kind]
    assert by_kind == [13, 7, 1, 99]
    assert sum(place.approximate for place in county.places) == 11
    assert county.allowance.cents == 13_000
    assert county.allowance.entitled is Entitled.APPOINTED
    assert county.report.letterhead[0] == county.name
    assert {number.phone for number in county.emergency} == {
        *("112", "110", "116117", "116016", "116111", "0800 1110111", "0361 730730")
    }


def test_every_place_of_the_harz_lies_in_a_municipality_of_it() -> None:
    county = load()
    for place in county.places:
        around = county.place(place.part_of)
        assert (around is None) == (place.part_of == "")
        assert (place.kind is Kind.DISTRICT) <= (around is not None)
        assert around is None or around.kind is not Kind.DISTRICT


def test_the_harz_offers_every_kind_of_help_behind_eight_pictures() -> None:
    county = load()
    assert list(county.categories) == list(kinds.CATEGORY_NAMES)
    assert next(iter(county.categories)) == "doctor"
    assert [group.key for group in county.groups] == list(Group)
    assert [c for group in county.groups for c in group.categories] != []
    assert sum(len(group.categories) for group in county.groups) == len(county.categories)
    for key, category in county.categories.items():
        assert (category.key, category.name) == (key, kinds.CATEGORY_NAMES[key])


def test_what_the_harz_has_to_confirm() -> None:
    county = load()
    assert county.office.hours == ()
    assert "office" in county.to_verify
    assert "services.interpreting" in county.to_verify
    assert "report" in county.to_verify


def test_the_example() -> None:
    county = load(EXAMPLE)
    assert [one.name for one in county.funding_periods] == ["Zuwendung 2027"]
    assert county.office.hours[:3] == (
        Hours(0, "09:00", "12:00"),
        Hours(1, "09:00", "12:00"),
        Hours(1, "13:00", "18:00"),
    )
    assert county.categories["letter"].skill == ""
    assert county.categories["doctor"].skill == "doctor"
    assert county.categories["doctor"].gate == (
        Topic.OPERATION,
        Topic.ANAESTHESIA,
        Topic.MENTAL_HEALTH,
    )
    assert [one.key for one in county.services_for(Topic.OPERATION)] == ["interpreting"]
    assert county.services_for(Topic.COURT) == ()
    assert county.meeting_places[0].place == "Beispielstadt"


def test_what_stands_in_the_tables_of_names_is_complete() -> None:
    assert set(kinds.GROUP_NAMES) == set(Group)
    assert set(kinds.LIFE_AREA_NAMES) == set(LifeArea)


def test_the_example_names_every_kind_of_help_and_every_key() -> None:
    """Who fills it in reads no code."""
    text = EXAMPLE.read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", text))
    for known in (kinds.CATEGORY_NAMES, kinds.EMERGENCY_NAMES, Group, LifeArea, Kind):
        assert set(map(str, known)) <= words


# --- what a county decides ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "about", "office_first"),
    [
        ("doctor", {}, False),
        ("doctor", {"first_request": True}, True),
        ("doctor", {"for_child": True}, True),
        ("doctor", {"minor_alone": True}, True),
        ("homework", {}, True),
        ("other", {}, True),
    ],
)
def test_when_a_coordinator_looks_first(
    category: str, about: dict[str, bool], office_first: bool
) -> None:
    facts = {"first_request": False, "for_child": False, "minor_alone": False} | about
    assert load(EXAMPLE).needs_office_first(category, **facts) is office_first


def test_a_county_may_trust_first_requests(tmp_path: Path) -> None:
    source = VALID.replace('language = "de"', 'language = "de"\nfirst_request_by_office = false')
    county = load(written(tmp_path, source))
    facts = {"first_request": True, "minor_alone": False}
    assert not county.needs_office_first("doctor", **facts, for_child=False)
    assert county.needs_office_first("doctor", **facts, for_child=True)


def test_a_county_may_say_what_is_late(tmp_path: Path) -> None:
    source = VALID.replace('language = "de"', 'language = "de"\nlate_hours = 48')
    assert load(written(tmp_path, source)).late_hours == 48
    assert load(written(tmp_path, VALID)).late_hours == 24


# --- faults ---------------------------------------------------------------------------------------


def test_a_short_file_is_enough(tmp_path: Path) -> None:
    county = load(written(tmp_path, VALID))
    assert [place.name for place in county.places] == ["Stadt", "Dorf"]
    assert [group.key for group in county.groups] == [Group.DOCTOR]
    assert county.to_verify == ()


def test_files_of_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "county.toml"
    path.write_bytes(b"\xef\xbb\xbf" + VALID.replace("\n", "\r\n").encode())
    assert load(path).name == "Kreis"
    path.write_bytes(VALID.replace("Kreis", "").replace("\n", "\r\n").encode())
    with pytest.raises(CountyInvalid, match=r"line 1: name: write some text"):
        load(path)


@pytest.mark.parametrize(
    ("right", "wrong", "where", "what"),
    [
        ('name = "Kreis"', "", "1: name", "is missing: add it"),
        ('"Kreis"', '""', "1: name", "write some text, on one line"),
        ('"Kreis"', "7", "1: name", "write it in quotes"),
        (
            "Europe/Berlin",
            "Europe/Berln",
            "2: zone",
            "no such time zone: write one like Europe/Berlin",
        ),
        ('"ST"', '"XX"', "3: land", "write one of ST"),
        ('"03941 123456"', '"112"', "7: office.phone", "with its area code: 03941 123456"),
        ('"de"', '"xx"', "8: office.language", "'ckb', 'tr' or 'uk'"),
        (
            '"de"',
            '"de"\nhours = ["Mon 09:00-12:00", "Mo 9-12"]',
            "9: office.hours.1",
            'write hours like "Mon-Thu 09:00-12:00"',
        ),
        (
            '"de"',
            '"de"\nhours = ["Mon 09:00-25:00"]',
            "9: office.hours.0",
            'write hours like "Mon-Thu 09:00-12:00"',
        ),
        (
            '"de"',
            '"de"\nhours = ["Fri-Mon 09:00-12:00"]',
            "9: office.hours.0",
            "the end comes before the beginning: turn the two around",
        ),
        (
            '"de"',
            '"de"\nhours = ["Mon 12:00-09:00"]',
            "9: office.hours.0",
            "the end comes before the beginning: turn the two around",
        ),
        (
            '"de"',
            '"de"\nhours = ["Day 09:00-12:00"]',
            "9: office.hours.0",
            "write weekdays as Mon, Tue, Wed, Thu, Fri, Sat, Sun",
        ),
        ('"de"', '"de"\nhours = "Mon 09:00-12:00"', "9: office.hours", 'write a list: ["…", "…"]'),
        ('"de"', '"de"\nverify = "perhaps"', "9: office.verify", "write true or false"),
        ("categories.doctor", "categories.docter", "10: categories.docter", "did you mean doctor?"),
        ('"doctor"', '"doktor"', "11: categories.doctor.group", "did you mean doctor?"),
        ("120", "5", "12: categories.doctor.minutes", "write a number from 15 on"),
        ("120", "5000", "12: categories.doctor.minutes", "write a number up to 600"),
        ("120", '"long"', "12: categories.doctor.minutes", "write a whole number"),
        (
            '"orientation"',
            '"live"',
            "13: categories.doctor.life_area",
            "orientation, education, work, community",
        ),
        (
            '"orientation"',
            '"orientation"\nskill = "germ"',
            "14: categories.doctor.skill",
            "did you mean german?",
        ),
        (
            '"orientation"',
            '"orientation"\ngate = ["court", "operatoin"]',
            "14: categories.doctor.gate.1",
            "did you mean operation?",
        ),
        ('place = "Stadt"', 'place = "Stad"', "17: offices.court.place", "did you mean Stadt?"),
        (
            'place = "Stadt"',
            'categories = ["doctor", "leter"]',
            "17: offices.court.categories.1",
            "write one of doctor",
        ),
        (
            '"06493"], lat = 51.5',
            '"6493"], lat = 51.5',
            "20: places.Stadt.postcodes.0",
            'write five digits in quotes, like "06493"',
        ),
        (
            '"06493"], lat = 51.5',
            "6493], lat = 51.5",
            "20: places.Stadt.postcodes.0",
            "write it in quotes",
        ),
        (
            '"06493"], lat = 51.5',
            "], lat = 51.5",
            "20: places.Stadt",
            "needs at least one postcode",
        ),
        ("lat = 51.5", "lat = nan", "20: places.Stadt.lat", "lat lies from 47.2 to 55.1"),
        ("lat = 51.5, ", "", "20: places.Stadt.lat", "is missing: add it"),
        ('part_of = "Stadt"', 'part_of = "Stdt"', "21: places.Dorf.part_of", "did you mean Stadt?"),
        (
            'part_of = "Stadt", ',
            "",
            "21: places.Dorf",
            "a district needs part_of, the place it belongs to",
        ),
        (
            'part_of = "Stadt"',
            'part_of = "Dorf"',
            "21: places.Dorf.part_of",
            "Dorf would be a part of itself",
        ),
        ('"Dorf"', '"STADT"', "21: places.STADT", "tell the two apart, like Neudorf (Huy)"),
        ('"Dorf"', '"Stadt"', "21: not valid TOML", "remove one, or tell the two apart"),
        ('"Dorf"', '" Dorf"', "21: places. Dorf", "write a name, without blanks around it"),
        ("lon = 11.1 }", "lon = 11.1", "21: not valid TOML", "Unclosed inline table"),
        (
            "[offices.court]",
            '[emergency]\npolise = { phone = "112" }\n[offices.court]',
            "16: emergency.polise",
            "did you mean police?",
        ),
        (
            "[offices.court]",
            '[emergency]\npolice = { phone = "1" }\n[offices.court]',
            "16: emergency.police.phone",
            "write a phone number like 112 or 0800 1110111",
        ),
        (
            "[offices.court]",
            "[allowance]\ncents = 1.5\n[offices.court]",
            "16: allowance.cents",
            "write a whole number",
        ),
        (
            "[offices.court]",
            '[allowance]\nentitled = "appointet"\n[offices.court]',
            "16: allowance.entitled",
            "did you mean appointed?",
        ),
        (
            "[offices.court]",
            '[report]\nsignatures = ["A", "B", "C", "D"]\n[offices.court]',
            "16: report.signatures",
            "write at most 3 of them",
        ),
        (
            "[offices.court]",
            "[funding_periods]\nA = { first = 2027-12-31, last = 2027-01-01 }\n[offices.court]",
            "16: funding_periods.A",
            "the end comes before the beginning: turn the two around",
        ),
        (
            "[offices.court]",
            '[meeting_places]\n"Markt" = {}\n[offices.court]',
            "16: meeting_places.Markt.place",
            "is missing: add it",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, right: str, wrong: str, where: str, what: str
) -> None:
    """*right* of the valid file replaced by *wrong*; *what* is how the fault ends."""
    assert right in VALID
    (said,) = faults(tmp_path, VALID.replace(right, wrong, 1))
    assert said.startswith(f"{where}: ")
    assert said.endswith(what)


def test_a_key_with_a_slip_is_missing_and_unknown(tmp_path: Path) -> None:
    assert faults(tmp_path, VALID.replace("phone = ", "phon = ")) == [
        "5: office.phone: is missing: add it",
        "7: office.phon: phon is not known: did you mean phone?",
    ]


def test_latitude_and_longitude_mixed_up(tmp_path: Path) -> None:
    source = VALID.replace("lat = 51.5, lon = 11.0", "lat = 11.0, lon = 51.5")
    assert faults(tmp_path, source) == [
        "20: places.Stadt.lat: not in Germany: lat lies from 47.2 to 55.1",
        "20: places.Stadt.lon: not in Germany: lon lies from 5.8 to 15.1",
    ]


def test_what_mentions_a_missing_table_is_named_too(tmp_path: Path) -> None:
    assert faults(tmp_path, VALID.replace("[places]", "[plazes]")) == [
        "17: offices.court.place: Stadt is not known: correct the spelling, or add it",
        "19: plazes: plazes is not known: did you mean places?",
    ]


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    source = VALID.replace('"ST"', '"XX"').replace("120", "5").replace("06493", "1")
    assert [one.partition(":")[0] for one in faults(tmp_path, source)] == ["3", "12", "20", "21"]


def test_no_kind_of_help_is_too_few(tmp_path: Path) -> None:
    source = re.sub(r"\[categories(.|\n)*?\n\n", "[categories]\n", VALID)
    assert faults(tmp_path, source) == [
        "10: categories: offer at least one kind of help, like doctor"
    ]


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    assert faults(tmp_path, "") == [
        f"1: {key}: is missing: add it" for key in ("name", "zone", "land", "office", "categories")
    ]


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(CountyInvalid, match="No such file or directory"):
        load(tmp_path / "none.toml")
    with pytest.raises(CountyInvalid, match="Is a directory"):
        load(tmp_path)
    path = tmp_path / "latin.toml"
    path.write_bytes('name = "Köthen"'.encode("cp1252"))
    with pytest.raises(CountyInvalid, match="Save the file as UTF-8"):
        load(path)


LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()
VALUES = st.sampled_from(
    ["1", '""', '"x"', "[]", "[[1]]", "{}", "{ a = 1 }", "true", "nan", "1e400"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.integers(0, len(LINES) - 1), value=VALUES, end=st.integers(0, 3))
def test_whatever_is_broken_gives_a_fault_or_a_county(
    tmp_path: Path, line: int, value: str, end: int
) -> None:
    key, equals, _ = LINES[line].partition(" = ")
    changed = [f"{key} = {value}"] if equals else []
    path = written(tmp_path, "\n".join([*LINES[:line], *changed, *LINES[line + 1 + end :]]))
    try:
        load(path)
    except CountyInvalid as fault:
        for one in str(fault).splitlines():
            assert re.match(rf"{re.escape(str(path))}, line \d+: .", one)


# --- the command ----------------------------------------------------------------------------------


def ran(monkeypatch: pytest.MonkeyPatch, path: Path) -> int:
    monkeypatch.setattr("sys.argv", ["lotse", "county", "check", str(path)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_checking_a_valid_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(monkeypatch, EXAMPLE) == 0
    said = capsys.readouterr()
    assert said.out == (
        f"{EXAMPLE} is valid: 2 places, 4 kinds of help, 1 office, 1 service,"
        " 2 emergency numbers.\n"
        "Marked to be verified: office, offices.jobcenter\n"
    )
    assert said.err == ""


@pytest.mark.parametrize(
    ("skips", "last", "warned"),
    [("true", "2020-01-31", True), ("true", "2999-01-31", False), ("false", "2020-01-31", False)],
)
def test_the_school_holidays_must_not_run_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    skips: str,
    last: str,
    warned: bool,
) -> None:
    holidays = f'[school_holidays]\n"Winter" = {{ first = 2020-01-01, last = {last} }}\n'
    skipping = f"minutes = 120\nskips_school_holidays = {skips}"
    path = written(tmp_path, VALID.replace("minutes = 120", skipping) + holidays)
    assert ran(monkeypatch, path) == 0
    assert ("school holidays end soon" in capsys.readouterr().out) is warned


def test_school_holidays_end_after_their_beginning(tmp_path: Path) -> None:
    holidays = '[school_holidays]\n"Winter" = { first = 2027-02-06, last = 2027-02-01 }\n'
    (said,) = faults(tmp_path, VALID + holidays)
    assert "school_holidays.Winter: the end comes before the beginning" in said
    quoted = '[school_holidays]\n"Winter" = { first = "soon", last = 2027-02-01 }\n'
    (said,) = faults(tmp_path, VALID + quoted)
    assert "school_holidays.Winter.first: write a day without quotes" in said


def test_checking_a_broken_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, VALID.replace("120", "5"))
    assert ran(monkeypatch, path) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"{path}, line 12: categories.doctor.minutes: write a number from 15 on\n"


def test_the_attribution_stays_with_the_data() -> None:
    text = loader.BUNDLED.read_text(encoding="utf-8")
    for owed in ("Destatis", "GV100AD", "GeoNames", "CC BY 4.0", "OpenStreetMap", "ODbL"):
        assert owed in text
    assert tomllib.loads(text)["places"]


# --- what is read aloud, and photos ---------------------------------------------------------------


def test_without_recordings_of_its_own_a_computer_reads(tmp_path: Path) -> None:
    county = load(written(tmp_path, VALID))
    assert county.photos is False
    assert {recording.computer for recording in county.voices.values()} == {True}
    assert "notice.ar" in county.voices
    silent = load(written(tmp_path, f"{VALID}\n[voices]\ncomputer = false\n"))
    assert silent.voices == {}


def test_own_recordings_come_first(tmp_path: Path) -> None:
    own = tmp_path / "voices"
    own.mkdir()
    (own / "notice.ckb.ogg").write_bytes(b"OggS OpusHead")
    (own / "notice.ar.ogg").write_bytes(b"OggS OpusHead")
    county = load(written(tmp_path, f'{VALID}\n[voices]\nfolder = "voices"\n'))
    assert county.voices["notice.ckb"].path == own / "notice.ckb.ogg"
    assert county.voices["notice.ar"].computer is False
    assert county.voices["notice.tr"].computer is True


def test_recordings_that_can_not_be_played(tmp_path: Path) -> None:
    line = VALID.count("\n") + 3
    source = f'{VALID}\n[voices]\nfolder = "voices"\n'
    (told,) = faults(tmp_path, source)
    assert told.startswith(f"{line}: voices.folder: no such folder:")
    own = tmp_path / "voices"
    own.mkdir()
    assert "is empty: put notice.ar.ogg there" in faults(tmp_path, source)[0]
    (own / "notice.ar.ogg").write_bytes(b"RIFF")
    (own / "notice.xx.ogg").write_bytes(b"OggS OpusHead")
    (own / "language.de.ogg").write_bytes(b"OggS OpusHead" + bytes(1_000_000))
    assert [
        one.partition("voices.folder: ")[2].split(" ")[0] for one in faults(tmp_path, source)
    ] == [
        "language.de.ogg",
        "notice.ar.ogg",
        "notice.xx.ogg:",
    ]
