"""Reads a county's file (TOML) into :class:`bot.domain.county.County`."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.counties import voices
from bot.counties.draft import Draft, Fault
from bot.counties.kinds import BRING_NAMES, CATEGORY_NAMES, EMERGENCY_NAMES, GROUP_NAMES
from bot.counties.lines import line_of, lines_of
from bot.counties.shape import CategoryShape
from bot.domain.county import (
    Allowance,
    Category,
    County,
    EmergencyNumber,
    FundingPeriod,
    GroupOfHelp,
    Hours,
    MeetingPlace,
    Office,
    PublicOffice,
    Recording,
    ReportPage,
    SchoolHolidays,
    Service,
)
from bot.domain.places import Place

BUNDLED: Final = Path(__file__).parent / "harz.toml"

_SYNTAX_FAULT: Final = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")


class CountyInvalid(Exception):
    """The county's file can't be used; one line per fault, each with what to do."""

    safe_to_log = True


def load(path: Path = BUNDLED) -> County:
    """The county described in *path*. Raises :class:`CountyInvalid` with every fault of it."""
    source = _source(path)
    draft = Draft(_document(path, source))
    faults = [*draft.faults, *_voice_faults(path, draft)]
    if faults:
        raise CountyInvalid("\n".join(_said(path, source, faults)))
    return replace(built(draft), voices=_voices(path, draft))


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        why = fault.strerror or "can not be read"
        raise CountyInvalid(f"{path}: {why}. Name a county's file.") from None
    except UnicodeDecodeError:
        raise CountyInvalid(f"{path}: not UTF-8. Save the file as UTF-8 text.") from None


def _document(path: Path, source: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as fault:
        found = _SYNTAX_FAULT.fullmatch(str(fault))
        what, line = found.groups() if found else (str(fault), None)
        if what == "Cannot overwrite a value":
            what = "this key or name stands here twice: remove one, or tell the two apart"
        line = line or str(source.count("\n") + 1)
        raise CountyInvalid(f"{path}, line {line}: not valid TOML: {what}") from None


def _said(path: Path, source: str, faults: Iterable[Fault]) -> Iterable[str]:
    """One line per fault, from the top of the file to its end."""
    lines = lines_of(source)
    for fault in sorted(faults, key=lambda fault: line_of(lines, fault.keys)):
        where = ".".join(str(key) for key in fault.keys)
        said = " ".join(f"{where}: {fault.what}".split())
        yield f"{path}, line {line_of(lines, fault.keys)}: {said}"


def _voice_faults(path: Path, draft: Draft) -> Iterator[Fault]:
    if draft.voices is not None and draft.voices.folder is not None:
        for what in voices.faults(path.parent / draft.voices.folder):
            yield Fault(("voices", "folder"), what)


def _voices(path: Path, draft: Draft) -> Mapping[str, Recording]:
    """The county's own recordings; where it has none, those by a computer's voice."""
    wanted = draft.voices
    computer = wanted is None or wanted.computer
    bundled = voices.found(voices.BUNDLED, computer=True) if computer else {}
    folder = None if wanted is None else wanted.folder
    return {**bundled, **(voices.found(path.parent / folder) if folder else {})}


def built(draft: Draft) -> County:
    """The county of a draft without faults; its recordings are another matter."""
    file, office = draft.file, draft.office
    assert file is not None
    assert office is not None
    categories = {
        key: _category(key, draft.categories[key])
        for key in CATEGORY_NAMES
        if key in draft.categories
    }
    return County(
        name=file.name,
        zone=ZoneInfo(file.zone),
        land=file.land,
        office=Office(office.name, office.phone, office.language, _hours(office.hours)),
        categories=categories,
        groups=_groups(categories.values()),
        places=_places(draft),
        offices=_offices(draft),
        services=_services(draft),
        emergency=tuple(
            EmergencyNumber(key, EMERGENCY_NAMES[key], row.phone)
            for key, row in draft.emergency.items()
        ),
        meeting_places=tuple(
            MeetingPlace(name, row.place, row.address or "")
            for name, row in draft.meeting_places.items()
        ),
        allowance=_allowance(draft),
        first_request_by_office=office.first_request_by_office,
        photos=office.photos,
        relay_hours=office.relay_hours,
        late_hours=office.late_hours,
        school_holidays=tuple(
            SchoolHolidays(row.first, row.last)
            for row in sorted(draft.school_holidays.values(), key=lambda row: row.first)
        ),
        no_shows=office.no_shows,
        no_show_months=office.no_show_months,
        report=_report(draft),
        funding_periods=tuple(
            FundingPeriod(name, row.first, row.last)
            for name, row in sorted(draft.funding_periods.items(), key=lambda one: one[1].first)
        ),
        inactive_months=office.inactive_months,
        to_verify=tuple(_to_verify(draft)),
        greeting=draft.greeting.model_dump(exclude_none=True) if draft.greeting else {},
        document=draft.document,
    )


def _category(key: str, row: CategoryShape) -> Category:
    return Category(
        key=key,
        name=CATEGORY_NAMES[key],
        minutes=row.minutes,
        group=row.group,
        skill=row.group if row.skill is None else row.skill,
        life_area=row.life_area,
        needs_language=row.needs_language,
        gate=tuple(row.gate),
        office_first=row.office_first,
        for_children=row.for_children,
        by_phone=row.by_phone,
        skips_school_holidays=row.skips_school_holidays,
        bring=tuple(BRING_NAMES[one] for one in row.bring),
        offered=row.offered,
        heavy=row.heavy,
    )


def _groups(categories: Iterable[Category]) -> tuple[GroupOfHelp, ...]:
    offered = [one for one in categories if one.offered]
    groups = (
        GroupOfHelp(key, name, tuple(one for one in offered if one.group is key))
        for key, name in GROUP_NAMES.items()
    )
    return tuple(group for group in groups if group.categories)


def _places(draft: Draft) -> tuple[Place, ...]:
    return tuple(
        Place(
            name=name,
            kind=row.kind,
            postcodes=tuple(row.postcodes),
            lat=row.lat,
            lon=row.lon,
            part_of=row.part_of,
            approximate=row.approximate,
        )
        for name, row in draft.places.items()
    )


def _offices(draft: Draft) -> tuple[PublicOffice, ...]:
    return tuple(
        PublicOffice(
            key=key,
            name=row.name,
            address=row.address or "",
            place=row.place,
            phone=row.phone or "",
            hours=_hours(row.hours),
            categories=tuple(row.categories),
            verify=row.verify,
        )
        for key, row in draft.offices.items()
    )


def _services(draft: Draft) -> tuple[Service, ...]:
    return tuple(
        Service(
            key=key,
            name=row.name,
            phone=row.phone or "",
            hours=_hours(row.hours),
            topics=tuple(row.topics),
            notice_days=row.notice_days,
            verify=row.verify,
        )
        for key, row in draft.services.items()
    )


def _allowance(draft: Draft) -> Allowance:
    row = draft.allowance
    return Allowance(0) if row is None else Allowance(row.cents, row.rule, row.entitled)


def _report(draft: Draft) -> ReportPage:
    row = draft.report
    if row is None:
        return ReportPage()
    return ReportPage(tuple(row.letterhead), row.funding, row.confirms, tuple(row.signatures))


def _hours(written: Iterable[tuple[Hours, ...]]) -> tuple[Hours, ...]:
    days = [day for days in written for day in days]
    return tuple(sorted(days, key=lambda day: (day.weekday, day.opens)))


def _to_verify(draft: Draft) -> Iterable[str]:
    if draft.office is not None and draft.office.verify:
        yield "office"
    if draft.report is not None and draft.report.verify:
        yield "report"
    for table, rows in (("offices", draft.offices), ("services", draft.services)):
        yield from (f"{table}.{key}" for key, row in rows.items() if row.verify)
