"""A county's file as far as it can be read, with every fault that was found on the way.

Each row is judged on its own and the whole is judged even so, because whoever corrects a file wants
to hear of all faults at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from pydantic import ValidationError

from bot.counties import shape
from bot.counties.kinds import CATEGORY_NAMES, EMERGENCY_NAMES
from bot.counties.lines import Path
from bot.counties.shape import Shape, unknown
from bot.domain.places import Kind, same_spelling

_LONGEST_NAME: Final = 80
_S = TypeVar("_S", bound=Shape)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at these keys, and what to do about it."""

    keys: Path
    what: str


class Draft:
    """The tables of *document*; complete only if there are no ``faults``."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.faults: list[Fault] = []
        self.document = self._document = document
        self.file = self._read(shape.FileShape, document, ())
        self.office = self._table(shape.OfficeShape, "office")
        self.greeting = self._table(shape.GreetingShape, "greeting")
        self.allowance = self._table(shape.AllowanceShape, "allowance")
        self.voices = self._table(shape.VoicesShape, "voices")
        self.report = self._table(shape.ReportShape, "report")
        self.categories = self._rows(shape.CategoryShape, "categories")
        self.places = self._rows(shape.PlaceShape, "places")
        self.offices = self._rows(shape.PublicOfficeShape, "offices")
        self.services = self._rows(shape.ServiceShape, "services")
        self.emergency = self._rows(shape.EmergencyShape, "emergency")
        self.meeting_places = self._rows(shape.MeetingPlaceShape, "meeting_places")
        self.school_holidays = self._rows(shape.SchoolHolidaysShape, "school_holidays")
        self.funding_periods = self._rows(shape.FundingPeriodShape, "funding_periods")
        self.faults += [*self._kinds(), *self._names(), *self._areas(), *self._mentions()]
        self.faults += self._spans()

    def _rows(self, kind: type[_S], table: str) -> dict[str, _S]:
        rows = {key: self._read(kind, row, (table, key)) for key, row in self._raw(table).items()}
        return {key: row for key, row in rows.items() if row is not None}

    def _table(self, kind: type[_S], table: str) -> _S | None:
        present = isinstance(self._document.get(table), dict)
        return self._read(kind, self._raw(table), (table,)) if present else None

    def _read(self, kind: type[_S], raw: object, keys: Path) -> _S | None:
        try:
            return kind.model_validate(raw)
        except ValidationError as wrong:
            self.faults += [
                Fault((*keys, *error["loc"]), shape.wording(error, kind))
                for error in wrong.errors()
            ]
            return None

    def _raw(self, table: str) -> Mapping[str, Any]:
        """The table as it stands in the file; what is no table has been named as a fault."""
        found = self._document.get(table)
        return cast(Mapping[str, Any], found) if isinstance(found, dict) else {}

    # --- what one row can't know ------------------------------------------------------------------

    def _kinds(self) -> Iterator[Fault]:
        for table, known in (("categories", CATEGORY_NAMES), ("emergency", EMERGENCY_NAMES)):
            for key in self._raw(table):
                if key not in known:
                    yield Fault((table, key), unknown(key, known))
        is_offered = any(row.offered for row in self.categories.values())
        if self._document.get("categories") == {} or (self.categories and not is_offered):
            yield Fault(("categories",), "offer at least one kind of help, like doctor")

    def _names(self) -> Iterator[Fault]:
        spelt: dict[str, str] = {}
        for name in self._raw("places"):
            if not same_spelling(name) or name != name.strip() or len(name) > _LONGEST_NAME:
                yield Fault(("places", name), "write a name, without blanks around it")
                continue
            first = spelt.setdefault(same_spelling(name), name)
            if first != name:
                yield Fault(
                    ("places", name),
                    f"reads like {first}: remove one, or tell the two apart, like Neudorf (Huy)",
                )

    def _spans(self) -> Iterator[Fault]:
        spans = (
            ("school_holidays", self.school_holidays),
            ("funding_periods", self.funding_periods),
        )
        for table, rows in spans:
            for name, row in rows.items():
                if row.first > row.last:
                    keys = (table, name)
                    yield Fault(keys, "the end comes before the beginning: turn the two around")

    def _areas(self) -> Iterator[Fault]:
        for name in self._raw("places"):
            at, part_of = ("places", name), self._cell("places", name, "part_of")
            if part_of and part_of not in self._raw("places"):
                yield Fault((*at, "part_of"), unknown(part_of, self._raw("places")))
            elif part_of and self._is_part_of_itself(name):
                yield Fault((*at, "part_of"), f"{name} would be a part of itself")
        for name, place in self.places.items():
            if place.kind is Kind.DISTRICT and not place.part_of:
                yield Fault(("places", name), "a district needs part_of, the place it belongs to")
            if place.kind is not Kind.ASSOCIATION and not place.postcodes:
                yield Fault(("places", name), "needs at least one postcode")

    def _is_part_of_itself(self, name: str) -> bool:
        seen: list[str] = []
        around = self._cell("places", name, "part_of")
        while around and around not in seen:
            seen.append(around)
            around = self._cell("places", around, "part_of")
        return name in seen

    def _mentions(self) -> Iterator[Fault]:
        places, categories = self._raw("places"), self._raw("categories")
        for table in ("offices", "meeting_places"):
            for key in self._raw(table):
                place = self._cell(table, key, "place")
                if place and place not in places:
                    yield Fault((table, key, "place"), unknown(place, places))
        for key, row in self.offices.items():
            for number, category in enumerate(row.categories):
                if category not in categories:
                    keys = ("offices", key, "categories", number)
                    yield Fault(keys, unknown(category, categories))

    def _cell(self, table: str, key: str, column: str) -> str:
        """The text that stands in the file, also in a row that has faults; else empty."""
        row = self._raw(table).get(key)
        text = cast(Mapping[str, Any], row).get(column) if isinstance(row, dict) else None
        return text if isinstance(text, str) else ""
