"""Invented volunteers of a county, with homes, languages, times, tasks and old offers."""

from random import Random

from bot.domain.appointments import DAY, HOUR
from bot.domain.county import County, Group
from bot.domain.places import Kind, cell_of
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
        x, y = (None, None) if home is None else cell_of(home.lat, home.lon)
        tx.run(
            "INSERT INTO volunteers (person_id, active, appointed_on, instructed_on,"
            " certificate_on, paused_until, place, cell_x, cell_y, travel, reach_km, gender,"
            " weekly_cap) VALUES (:id, :active, :appointed, :appointed, :appointed, :paused,"
            " :place, :x, :y, :travel, :reach, :gender, :cap)",
            id=person_id,
            active=int(chosen.random() < 0.95),
            appointed="2020-01-01" if chosen.random() < 0.97 else None,
            paused="2100-01-01" if chosen.random() < 0.05 else None,
            place="" if home is None else home.name,
            x=x,
            y=y,
            travel=chosen.choice(("car", "car", "bus")),
            reach=chosen.choice((15, 30, 60)),
            gender=chosen.choice(("woman", "man", None)),
            cap=chosen.choice((None, None, 1, 3)),
        )
        _profile(tx, person_id, x, y, chosen)
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


def _profile(tx: Tx, person_id: int, x: int | None, y: int | None, chosen: Random) -> None:
    for language, percent in LANGUAGES.items():
        if chosen.random() * 100 < percent:
            tx.run(
                "INSERT INTO volunteer_languages (person_id, language, level, cell_x, cell_y)"
                " VALUES (:id, :language, :level, :x, :y)",
                id=person_id,
                x=x,
                y=y,
                language=language,
                level=chosen.choice(("well", "well", "some")),
            )
    for group in chosen.sample(list(Group), 4):
        tx.run(
            "INSERT INTO volunteer_skills (person_id, skill) VALUES (:id, :skill)",
            id=person_id,
            skill=group.value,
        )
    for weekday in chosen.sample(range(7), 2):
        for part in ("morning", "afternoon"):
            tx.run(
                "INSERT INTO volunteer_times (person_id, weekday, part, mark)"
                " VALUES (:id, :weekday, :part, :mark)",
                id=person_id,
                weekday=weekday,
                part=part,
                mark=chosen.choice(("good", "never")),
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
