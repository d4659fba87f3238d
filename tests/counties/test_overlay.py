"""What an office changes is judged as the file is, and can be written down as the file has it."""

import tomllib
from pathlib import Path

import pytest

from bot.counties import loader
from bot.counties.export import as_toml
from bot.counties.overlay import (
    ChangeInvalid,
    Changes,
    may_change,
    overlaid,
    still_fitting,
    value_at,
)
from bot.domain.county import Group, Hours
from bot.messages import Json

HARZ = loader.load()


def test_everything_else_stays_as_it_was() -> None:
    changes: Changes = {
        "office.phone": "03941 77 88",
        "office.hours": ["Mo-Di 09:00-12:00"],
        "greeting.uk": "Ми раді",
        "emergency.poison.phone": None,
        "categories.doctor.bring": ["id"],
    }
    county = overlaid(HARZ, changes)
    assert county.office.phone == "03941 77 88"
    assert county.office.hours == (Hours(0, "09:00", "12:00"), Hours(1, "09:00", "12:00"))
    assert county.greeting == {"uk": "Ми раді"}
    assert len(county.emergency) == len(HARZ.emergency) - 1
    assert county.categories["doctor"].bring == HARZ.categories["doctor"].bring[:1]
    assert county.places == HARZ.places
    assert county.voices == HARZ.voices
    assert HARZ.office.phone != county.office.phone
    back = {path: value_at(HARZ, path) for path in changes}
    assert overlaid(county, back) == HARZ


def test_a_kind_of_help_that_is_switched_off_is_known_but_not_offered() -> None:
    county = overlaid(HARZ, {"categories.flat.offered": False, "categories.bank.offered": False})
    assert "flat" in county.categories
    assert not county.offers("flat")
    assert Group.HOME not in {group.key for group in county.groups}
    with pytest.raises(ChangeInvalid, match="at least one"):
        overlaid(HARZ, {f"categories.{key}.offered": False for key in HARZ.categories})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("office.phone", "call us"),
        ("office.phone", None),
        ("office.hours", ["Mo-Do 12:00-09:00"]),
        ("office.name", ""),
        ("offices.jobcenter.name", None),
        ("emergency.police.phone", "now"),
        ("emergency.pizza.phone", "110"),
        ("categories.doctor.bring", ["cake"]),
        ("greeting.xx", "hello"),
        ("greeting.de", "x" * 300),
    ],
)
def test_what_the_file_could_not_say_is_refused(path: str, value: Json) -> None:
    with pytest.raises(ChangeInvalid):
        overlaid(HARZ, {path: value})


def test_a_change_that_a_newer_file_does_not_allow_costs_no_other() -> None:
    county = still_fitting(HARZ, {"offices.gone.phone": "03941 1234", "office.phone": "03941 77"})
    assert county.office.phone == "03941 77"
    assert county.offices == HARZ.offices


def test_only_some_things_can_be_changed() -> None:
    assert may_change(HARZ, "offices.jobcenter.phone")
    for path in ("zone", "office.photos", "places.Huy.lat", "offices.gone.phone", "office.x.phone"):
        assert not may_change(HARZ, path)


def test_what_was_changed_can_go_into_the_file(tmp_path: Path) -> None:
    changes: Changes = {
        "office.phone": "03941 77 88",
        "greeting.ar": 'أهلًا "بكم"',
        "categories.leisure.offered": False,
    }
    county = overlaid(HARZ, changes)
    said = tomllib.loads(as_toml(county, changes))
    assert said["office"] == county.document["office"]
    assert said["greeting"] == {"ar": 'أهلًا "بكم"'}
    assert said["categories"]["leisure"]["offered"] is False
