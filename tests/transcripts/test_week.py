"""A whole week: 40 requests, 21 volunteers, one office; two weeks later nobody is forgotten."""

from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bot.clock import MovableWall
from bot.domain.people import Gender, Level, Mark, Part, Profile, Travel
from bot.domain.requests import Details, How
from tests.appointed import EVERY_SKILL, PAPERS
from tests.transcripts import week_checks
from tests.transcripts.town import HOUR, Town, moment, town
from tests.transcripts.week import Helper, Week

MONDAY = moment("2027-01-18 00:00")
DAY = 24 * HOUR  # no clock changes in these weeks
NO_CERTIFICATE = replace(PAPERS, certificate_on=None)
WOMAN, MAN = Gender.WOMAN, Gender.MAN
CAR, BUS = Travel.CAR, Travel.BUS
NEVER_IN_THE_MORNING = {(weekday, Part.MORNING): Mark.NEVER for weekday in range(7)}
GOOD_IN_THE_AFTERNOON = {(weekday, Part.AFTERNOON): Mark.GOOD for weekday in range(5)}
#: When people look at their phones (hours of the day).
LOOKS = (8.5, 9.0, 10.0, 12.5, 14.5, 17.5, 20.5)
RARELY = (9.0, 17.5)
OFFICE = (9, 16)


def helper(
    name: str, speaks: str, home: str, travel: Travel, gender: Gender | None, **more: Any
) -> Helper:
    """*speaks*: codes by space, with a ``?`` where it is only some; the first is what they read."""
    levels = {
        code.rstrip("?"): Level.SOME if "?" in code else Level.WELL for code in speaks.split()
    }
    about = {
        key: more.pop(key) for key in ("times", "quiet", "weekly_cap", "skills") if key in more
    }
    profile = Profile(
        languages=levels,
        skills=EVERY_SKILL,
        place=home,
        travel=travel,
        reach_km=30 if travel is CAR else 15,
        gender=gender,
    )
    return Helper(name=name, reads=next(iter(levels)), profile=replace(profile, **about), **more)


HELPERS = (
    helper("Annegret Thiele", "de en", "Halberstadt", CAR, WOMAN),
    helper("Bilal Hamdan", "ar de", "Halberstadt", BUS, MAN),
    helper("Cemile Aydin", "tr de", "Wernigerode", CAR, WOMAN),
    helper("Dilovan Saleh", "kmr ar de?", "Halberstadt", CAR, MAN, quiet=("19:00", "09:30")),
    helper("Elke Brandis", "de en?", "Quedlinburg", CAR, WOMAN, times=GOOD_IN_THE_AFTERNOON),
    helper("Farhad Karimi", "fa prs de", "Halberstadt", BUS, MAN),
    helper("Gudrun Petzold", "de", "Thale", CAR, WOMAN, times=NEVER_IN_THE_MORNING),
    helper("Hevin Demir", "kmr tr", "Wernigerode", BUS, WOMAN),
    helper("Iryna Bondar", "uk de", "Quedlinburg", CAR, WOMAN),
    helper("Jamila Rahimi", "fa de", "Blankenburg (Harz)", CAR, WOMAN),
    helper("Kasper Lindner", "de en", "Wernigerode", CAR, MAN, quiet=("22:00", "07:00")),
    helper("Layla Nasser", "ar en", "Quedlinburg", CAR, WOMAN),
    helper("Mykola Shevchuk", "uk de?", "Halberstadt", BUS, MAN),
    helper("Nergis Kaya", "tr kmr", "Halberstadt", CAR, WOMAN, weekly_cap=1),
    helper("Oksana Melnyk", "uk en", "Wernigerode", CAR, WOMAN),
    helper("Peshawa Aziz", "ckb ar", "Halberstadt", CAR, MAN, paused_until="2027-01-22"),
    helper("Quirin Ahlborn", "de", "Osterwieck", CAR, MAN, papers=NO_CERTIFICATE),
    helper("Rojda Bozan", "kmr de", "Thale", CAR, WOMAN),
    helper("Shirin Moradi", "fa en", "Wernigerode", BUS, WOMAN, answers=False),
    helper("Tilo Wenzel", "en de", "Harzgerode", CAR, MAN, skills=frozenset({"office", "letter"})),
    helper("Umut Yildiz", "tr de", "Halberstadt", CAR, MAN),
)  # fmt: skip

REQUESTERS: dict[str, str] = dict((
    *(("Sanaa", "ar"), ("Mahmoud", "ar"), ("Rimal", "ar"), ("Ghada", "ar"), ("Rasha", "ar")),
    *(("Parvaneh", "fa"), ("Behrouz", "fa"), ("Nasrin", "fa"), ("Golnaz", "fa")),
    *(("Shilan", "ckb"), ("Karwan", "ckb"), ("Hawar", "ckb")),
    *(("Halyna", "uk"), ("Svitlana", "uk"), ("Taras", "uk"), ("Bohdan", "uk"), ("Oleksii", "uk")),
    *(("Emine", "tr"), ("Serkan", "tr"), ("Sevgi", "tr"), ("Yusuf", "tr")),
    *(("Zozan", "kmr"), ("Azad", "kmr"), ("Berfin", "kmr"), ("Welat", "kmr")),
    *(("Chidi", "en"), ("Amara", "en"), ("Kofi", "en"), ("Femi", "en")),
    *(("Jolanta", "de"), ("Marek", "de"), ("Agnieszka", "de")),
))  # fmt: skip


@dataclass(frozen=True)
class Asks:
    """*name* files a request on the *day* at the *look*; ``starts``: in so many days, at an hour
    (None: no date yet)."""

    day: int
    look: float
    name: str
    category: str
    place: str
    starts: tuple[int, str] | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def starts_at(self) -> int | None:
        if self.starts is None:
            return None
        hours, minutes = map(int, self.starts[1].split(":"))
        return MONDAY + (self.day + self.starts[0]) * DAY + hours * HOUR + 60 * minutes


FILED = (
    Asks(0, 8.5, "Sanaa", "doctor", "Halberstadt", (3, "10:00"), {"gender": WOMAN}),
    Asks(0, 8.5, "Mahmoud", "jobcenter", "Halberstadt", (4, "09:00")),
    Asks(0, 8.5, "Parvaneh", "immigration_office", "Halberstadt", (1, "11:00")),
    Asks(0, 10.0, "Halyna", "school", "Quedlinburg", (7, "15:00"), {"for_child": True}),
    Asks(0, 12.5, "Emine", "flat", "Wernigerode"),
    Asks(0, 14.5, "Zozan", "bank", "Blankenburg (Harz)", (4, "14:00")),
    Asks(0, 17.5, "Shilan", "doctor", "Halberstadt", (2, "10:00")),  # the one who speaks it pauses
    Asks(0, 20.5, "Chidi", "leisure", "Wernigerode", None, {"weekly": True}),
    Asks(1, 8.5, "Svitlana", "doctor", "Quedlinburg", (3, "08:00")),
    Asks(1, 10.0, "Taras", "work", "Halberstadt"),
    Asks(1, 10.0, "Behrouz", "social_office", "Halberstadt", (6, "09:30")),
    Asks(1, 12.5, "Azad", "doctor", "Thale", (2, "09:00")),
    Asks(1, 14.5, "Serkan", "letter", "Halberstadt", None, {"how": How.EITHER}),
    Asks(1, 17.5, "Karwan", "letter", "Halberstadt", None, {"how": How.PHONE}),
    Asks(1, 20.5, "Amara", "course", "Wernigerode"),
    Asks(2, 8.5, "Jolanta", "form", "Osterwieck", None, {"how": How.EITHER}),
    Asks(2, 10.0, "Ghada", "youth_office", "Halberstadt", (6, "10:00")),
    Asks(2, 10.0, "Rimal", "homework", "Quedlinburg", None, {"weekly": True, "for_child": True}),
    Asks(2, 12.5, "Nasrin", "practise_german", "", None, {"weekly": True, "how": How.PHONE}),
    Asks(2, 14.5, "Bohdan", "doctor", "Benneckenstein", (1, "16:00")),  # too far for everybody
    Asks(2, 17.5, "Sevgi", "other", "Wernigerode"),
    Asks(2, 20.5, "Marek", "doctor", "Halberstadt", (3, "09:00")),
    Asks(3, 8.5, "Kofi", "form", "Wernigerode", None, {"details": Details(phone="+493941777123")}),
    Asks(3, 10.0, "Sanaa", "doctor", "Halberstadt", (5, "10:00")),
    Asks(3, 12.5, "Halyna", "letter", "Quedlinburg", None, {"how": How.EITHER}),
    Asks(3, 14.5, "Berfin", "doctor", "Halberstadt", (6, "12:00"), {"minor": True}),
    Asks(4, 8.5, "Mahmoud", "bank", "Halberstadt", (4, "15:00")),
    Asks(4, 10.0, "Parvaneh", "doctor", "Halberstadt", (4, "10:00"), {"gender": WOMAN}),
    Asks(
        4, 12.5, "Emine", "jobcenter", "Halberstadt", None, {"details": Details(office="jobcenter")}
    ),
)

SEND = "✅ Send"
DOCTOR = ("🩺 Doctor", "No, none of these", "Halberstadt")
WEEKLY, NO_DATE = "🔁 Every week", "📅 No date yet"
IN_CHAT = {
    (0, 10.0): ("Rasha", *DOCTOR, "25.01.2027", "11", "A woman", SEND),
    (0, 14.5): ("Golnaz", "✉️ Letter or form", "21.01.2027", "Halberstadt", SEND),
    (1, 8.5): ("Oleksii", "🏫 School and child", "6 to 10", "Quedlinburg", WEEKLY, SEND),
    (1, 12.5): ("Yusuf", DOCTOR[0], "Yes, one of these", "Thale", "28.01.2027", "9", "A man", SEND),
    (1, 17.5): ("Welat", "🏛️ Office", "Jobcenter", "Halberstadt", "22.01.2027", "10", SEND),
    (2, 8.5): ("Femi", "📚 German and homework", "Practise German", "Wernigerode", WEEKLY, SEND),
    (2, 12.5): ("Hawar", "🎤 Say it", "🎤", SEND),
    (3, 8.5): ("Agnieszka", "🏠 Flat and bank", "Bank, insurance, post", "Thale", NO_DATE, SEND),
    (3, 17.5): ("Oleksii", *DOCTOR, "27.01.2027", "14", "No matter", SEND),
    (4, 8.5): ("Rasha", *DOCTOR, "23.01.2027", "9", "No matter", SEND),
}
FOR_MRS_HADDAD = (
    *("Frau Haddad", "0171 2345678", "العربية", "Flat or landlord", "Halberstadt"),
    *("26.01.2027", "14:00", "Comes along", "Anybody", "⏭ Skip", "✅ File it"),
)


async def test_a_whole_week(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, twice=False, office_first=True, office_reads="en") as harz:
        week = Week(harz, await harz.office())
        await week.volunteers_join(HELPERS)
        # From Wednesday on, one after the other, as soon as there is somebody.
        deeds = [
            partial(week.cancels, "Amara", "Chidi", "Femi"),
            partial(week.hands_back, in_hours=(24, 14 * 24)),
            partial(week.falls_silent, in_hours=(25, 14 * 24)),
            week.wants_someone_else,
            partial(week.hands_back, in_hours=(2, 23)),
            partial(week.cancels, "Mahmoud", "Behrouz", "Welat"),
            partial(week.blocks, in_hours=(24, 14 * 24)),
            partial(week.cancels, "Zozan", "Berfin", "Ghada"),
        ]
        for day in range(19):
            for look in LOOKS if day < 12 else RARELY:
                await harz.until(MONDAY + day * DAY + round(look * HOUR))
                await _requests_come(harz, week, day, look)
                await _something_happens(harz, week, day, look)
                if day >= 2 and look > 9 and deeds and await deeds[0]():
                    deeds.pop(0)
                office = day % 7 < 5 and OFFICE[0] <= look < OFFICE[1]
                await week.everybody_looks(office_hours=office)
        assert deeds == []
        await week_checks.all_is_well(week)


async def _requests_come(harz: Town, week: Week, day: int, look: float) -> None:
    for asks in FILED:
        if (asks.day, asks.look) == (day, look):
            person = await week.arrives(asks.name, REQUESTERS[asks.name])
            wanted = {"starts_at": asks.starts_at, "minutes": 60, "place": asks.place, **asks.more}
            await harz.files(person, category=asks.category, **wanted)
    if (day, look) in IN_CHAT:
        name, *answers = IN_CHAT[day, look]
        returns = name in week.requesters
        person = await week.arrives(name, REQUESTERS[name])
        before = ("/start", "🙋 Ask for help") if returns else ("✅ I agree",)
        await week.does(person, *before, *answers)
        assert "H-1" in person.screen[-1], person.screen[-1]


async def _something_happens(harz: Town, week: Week, day: int, look: float) -> None:
    """What the rules of the week do not bring about."""
    krause = week.office.coordinator
    match day, look:
        case 1, 10.0:
            await week.does(krause, "/new", *FOR_MRS_HADDAD)
            assert "Filed for Frau Haddad" in krause.screen[-1]
        case 2, 12.5:
            await harz.restart()
        case _:
            pass
