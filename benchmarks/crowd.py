"""Invented volunteers of a county, with homes, languages, times, tasks and old offers."""

from random import Random

from bot.domain.appointments import DAY, HOUR
from bot.domain.county import County, Group
from bot.domain.people import Gender, Level, Mark, Papers, Part, Profile, Travel
from bot.domain.places import Kind, Place, cell_of
from bot.storage import volunteers
from bot.storage.rows import new_id
from bot.storage.tx import Tx

#: How many of a hundred speak it.
LANGUAGES = {"de": 95, "ar": 14, "uk": 14, "fa": 8, "prs": 4, "kmr": 6, "ckb": 4, "tr": 7, "en": 40}
_OLD_REQUESTS = 40


def populate(tx: Tx, county: County, count: int, chosen: Random) -> None:
    """Adds so many volunteers. Nearly all are appointed; most say where they live."""
    asker = new_id(tx, "INSERT INTO people (created_at) VALUES (0) RETURNING id")
    old = [_request(tx, asker, tx.now - 20 * DAY, "") for _ in range(_OLD_REQUESTS)]
    homes = [place for place in county.places if place.kind is not Kind.ASSOCIATION]
    for _ in range(count):
        person_id = _person(tx, reachable=chosen.random() < 0.97)
        home = chosen.choice(homes) if chosen.random() < 0.99 else None
        volunteers.make(tx, person_id)
        cell = None if home is None else cell_of(home.lat, home.lon)
        volunteers.save(tx, person_id, _profile(home, chosen), cell)
        appointed = "2020-01-01" if chosen.random() < 0.97 else None
        seen = "2020-01-01" if chosen.random() < 0.9 else None
        volunteers.file_papers(tx, person_id, Papers(appointed, None, seen, seen))
        if chosen.random() < 0.05:
            volunteers.pause(tx, person_id, "2100-01-01")
        if chosen.random() < 0.95:
            volunteers.set_active(tx, person_id, True)
        _past(tx, asker, person_id, old, county, chosen)


def _person(tx: Tx, *, reachable: bool) -> int:
    chat_id = new_id(
        tx,
        "INSERT INTO people (created_at) VALUES (0) RETURNING id",
    )
    tx.run(
        "INSERT INTO chats (chat_id, kind, reachable, seen_at) VALUES (:id, 'private', :r, 0)",
        id=chat_id,
        r=int(reachable),
    )
    tx.run("UPDATE people SET chat_id = id WHERE id = :id", id=chat_id)
    return chat_id


def _profile(home: Place | None, chosen: Random) -> Profile:
    return Profile(
        languages={
            language: chosen.choice((Level.WELL, Level.WELL, Level.SOME))
            for language, percent in LANGUAGES.items()
            if chosen.random() * 100 < percent
        },
        skills=frozenset(group.value for group in chosen.sample(list(Group), 4)),
        place="" if home is None else home.name,
        travel=chosen.choice((Travel.CAR, Travel.CAR, Travel.BUS)),
        reach_km=chosen.choice((15, 30, 60)),
        times={
            (weekday, part): chosen.choice(list(Mark))
            for weekday in chosen.sample(range(7), 2)
            for part in (Part.MORNING, Part.AFTERNOON)
        },
        gender=chosen.choice((*Gender, None)),
        weekly_cap=chosen.choice((None, None, 1, 3)),
    )


def _past(
    tx: Tx, asker: int, person_id: int, old: list[int], county: County, chosen: Random
) -> None:
    for request_id in chosen.sample(old, chosen.choice((0, 0, 1, 3))):
        tx.run(
            "INSERT INTO offers (request_id, volunteer_id, state, made_at, expires_at, pushed_at)"
            " VALUES (:request_id, :id, :state, :at, :at, :at)",
            request_id=request_id,
            id=person_id,
            state=chosen.choice(("declined", "closed")),
            at=tx.now - chosen.randrange(1, 20) * DAY,
        )
    for _ in range(chosen.choice((0, 0, 0, 1, 2))):
        starts_at = tx.now + chosen.randrange(-25, 25) * DAY + chosen.randrange(9) * HOUR
        request_id = _request(tx, asker, starts_at, chosen.choice(county.places).name)
        tx.run(
            "INSERT INTO assignments (request_id, volunteer_id, starts_at, ends_at, state, made_at)"
            " VALUES (:request_id, :id, :starts_at, :ends_at, :state, 0)",
            request_id=request_id,
            id=person_id,
            starts_at=starts_at,
            ends_at=starts_at + 2 * HOUR,
            state="done" if starts_at < tx.now else "active",
        )


def _request(tx: Tx, asker: int, starts_at: int, place: str) -> int:
    return new_id(
        tx,
        "INSERT INTO help_requests (person_id, category, language, place, state, starts_at,"
        " minutes, created_at, updated_at) VALUES (:asker, 'doctor', 'ar', :place, 'done', :at,"
        " 120, 0, 0) RETURNING id",
        asker=asker,
        place=place,
        at=starts_at,
    )
