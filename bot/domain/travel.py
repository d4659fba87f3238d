"""How long it takes to get from one place of the county to another: an estimate in minutes."""

from typing import Final

from bot.domain.people import Travel

#: Within one place, whoever walks, drives or cycles.
WITHIN_A_PLACE: Final = 10
#: Less road than this is no journey of its own (places are known by their centres only).
_ONE_PLACE_KM: Final = 1.0

#: By car: to the car and from it, and about 46 km/h on country roads.
_CAR: Final = (10, 1.3)
#: By bus: to the stop, waiting, and from the stop; then the way. Bus 265, the flagship line of the
#: county, rides 76 minutes for the 21 km from Wernigerode to Allrode and comes hourly; 30 + 3 x 21
#: = 93 leaves 17 minutes for walking and waiting.
_BUS: Final = (30, 3.0)


def minutes(road_km: float, by: Travel) -> int:
    """From door to door."""
    if road_km < _ONE_PLACE_KM:
        return WITHIN_A_PLACE
    around, per_km = _CAR if by is Travel.CAR else _BUS
    return round(around + per_km * road_km)
