"""Either side proposes another time: a yes moves everything at once, and anything else nothing."""

from dataclasses import replace

import pytest

from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.history import Happened
from bot.domain.people import Mark, Part
from bot.domain.requests import Wanted
from bot.storage import assignments, due, history, moves, people, volunteers
from bot.storage.tx import Tx
from bot.usecases import desk, dispatch
from tests.transcripts.people import Office, Person
from tests.transcripts.town import DAY, HOUR, Town, moment, town

MONDAY = "18.01.2027"


async def arranged(harz: Town, language: str, hour: str = "14:30") -> tuple[Person, Person]:
    """Anna, who reads German, and Sara have an appointment on Monday."""
    anna = await harz.volunteer("Anna", language, "de")
    sara = await harz.requester("Sara", language)
    await harz.request(sara, MONDAY, hour)
    await anna.picks("✅ Yes, I can")
    return anna, sara


async def proposes(person: Person, day: str, hour: str) -> None:
    """The two questions, answered by writing."""
    await person.says(day)
    await person.says(hour)


async def from_the_list(person: Person, command: str, number: str) -> None:
    await person.says(command)
    await person.taps(next(one for one in person.labels if "🗓" in one and number in one))


def starts_at(tx: Tx, assignment_id: int) -> int:
    return assignments.by_id(tx, assignment_id).starts_at


def reminders_planned(tx: Tx, until: int) -> dict[str, int]:
    return {row.kind: row.due_at for row in due.upcoming(tx, 100, until)}


async def happened(harz: Town, request_id: int) -> list[str]:
    return [event.what for event in await harz.lotse.db.read(history.of, request_id)]


@pytest.mark.parametrize("language", ["ar", "uk"])
async def test_another_time_is_agreed(database_url: str, wall: MovableWall, language: str) -> None:
    async with town(database_url, wall) as harz:
        krause = await harz.coordinator()
        office = Office(harz, harz.server.group("Koordination", topics=True), krause)
        await office.group.add_bot(by=krause.phone.account)
        await office.says("/here")
        anna, sara = await arranged(harz, language)
        await harz.until(moment("2027-01-17 14:30"))
        await sara.picks("✅ Yes")
        reminder = sara.message("H-1001", "18.01.2027", "14:30")
        await anna.picks("🗓 Other time")  # at the reminder
        await anna.says("16.01.2027")
        anna.reads(harz.label("This day is in the past. Please choose a day from today on.", "de"))
        await proposes(anna, MONDAY, "16:00")
        anna.has_read("H-1001", "18.01.2027", "16:00", "18.01.2027", "14:30")
        question = sara.last
        said = sara.reads("H-1001", "Anna", "18.01.2027", "14:30", "18.01.2027", "16:00")
        assert harz.label("Company to a doctor", language) not in said  # a lock screen
        assert await harz.lotse.db.read(starts_at, 1) == moment("2027-01-18 14:30")

        await sara.picks("✅ Yes, new time")
        sara.reads("H-1001", "18.01.2027", "16:00")
        anna.reads("H-1001", "18.01.2027", "16:00")
        sara.never_read("14:30")  # nothing that could mislead
        assert reminder.message_id in {seen.message_id for seen in sara.messages}
        office.has_read("H-1001", "18.01.2027", "16:00")
        office.never_read("14:30")
        held = await harz.lotse.db.read(assignments.by_id, 1)
        assert (held.starts_at, held.revision) == (moment("2027-01-18 16:00"), 2)
        assert (held.requester_says, held.volunteer_says) == (None, None)
        planned = await harz.lotse.db.read(reminders_planned, moment("2027-01-19 00:00"))
        assert planned["request_ends"] == held.ends_at
        assert planned["hours_before_requester"] == moment("2027-01-18 14:00")
        assert "move_over" not in planned

        # Old buttons do no harm; taps that come twice neither.
        await sara.says("/mine")
        assert question.message_id not in {
            seen.message_id for seen in sara.messages if seen.buttons
        }
        # Both press at once: the second one is an answer to the first.
        await from_the_list(anna, "/tasks", "H-1001")
        await from_the_list(sara, "/mine", "H-1001")
        await anna.says("19.01.2027")
        await sara.says("20.01.2027")
        await harz.at_once(anna.phone.says("10:00"), sara.phone.says("11:00"))
        asked = await harz.lotse.db.read(moves.open_for, 1)
        assert asked is not None
        assert asked.round == 2
        mine, other = (anna, sara) if asked.side.value == "requester" else (sara, anna)
        assert harz.label("🗓 Propose another", mine.language) not in mine.labels
        await harz.at_once(
            mine.phone.taps(harz.label("✅ Yes, new time", mine.language)),
            mine.phone.taps(harz.label("✅ Yes, new time", mine.language)),
        )
        new = await harz.lotse.db.read(starts_at, 1)
        assert new == asked.starts_at
        other.has_read("H-1001", "11:00" if other is sara else "10:00")
        assert (await happened(harz, 1)).count(Happened.RESCHEDULED) == 2

        # Too late: less than two hours are left, and then it has begun.
        await harz.until(new - HOUR)
        await from_the_list(sara, "/mine", "H-1001")
        sara.reads("03941 5970-4504")
        await harz.until(new + 60)
        await anna.picks("🗓 Other time", anna.message(harz.label("Will you be there?", "de")))
        anna.reads("Der Termin hat schon begonnen.")
        await harz.later(DAY)
        assert await harz.lotse.db.read(starts_at, 1) == new


def never_on_tuesday_morning(tx: Tx, chat_id: int) -> None:
    person = people.by_chat(tx, chat_id)
    volunteer = None if person is None else volunteers.find(tx, person.id)
    assert volunteer is not None
    never = {(1, Part.MORNING): Mark.NEVER}
    volunteers.save(tx, volunteer.person_id, replace(volunteer.profile, times=never), cell=None)


async def test_conflicts_and_noes(database_url: str, wall: MovableWall) -> None:
    """Other tasks, times marked as never, counter-proposals, silence, cancelling."""
    async with town(database_url, wall) as harz:
        anna, sara = await arranged(harz, "uk")
        emily = await harz.requester("Emily", "uk")
        await harz.request(emily, "19.01.2027", "14:00")
        await anna.takes("H-1002")
        await harz.lotse.db.transact(never_on_tuesday_morning, anna.id)

        # A task of the volunteer's: the requester hears at once that it is not possible, no more.
        await from_the_list(sara, "/mine", "H-1001")
        before = len(anna.messages)
        await proposes(sara, "19.01.2027", "15:00")
        assert "H-1002" not in sara.reads("H-1001")
        assert sara.labels[0] == harz.label("🗓 Choose another time", "uk")
        assert len(anna.messages) == before
        await from_the_list(anna, "/tasks", "H-1001")
        await proposes(anna, "19.01.2027", "15:00")
        anna.reads("H-1001", harz.label("Nothing was sent. Is another time possible?", "de"))
        # A time marked as never: the volunteer reads it and may want to all the same.
        await anna.picks("🗓 Choose another time")
        await proposes(anna, "19.01.2027", "10:00")
        warning = "⚠️ In your profile this time is marked as “never”."
        anna.reads("H-1001", harz.label(warning, "de"))
        sara.never_read("10:00")
        await anna.picks("✅ Yes, ask")
        sara.reads("H-1001", "19.01.2027", "10:00")
        # She proposes another, which he declines: that was the last word.
        first = sara.last
        await sara.picks("🗓 Propose another")
        await proposes(sara, "20.01.2027", "09:00")
        anna.reads("H-1001", "20.01.2027", "09:00")
        assert harz.label("🗓 Propose another", "de") not in anna.labels
        answered = [one for one in sara.messages if one.message_id == first.message_id]
        assert [one.buttons for one in answered] == [()]
        await anna.picks("No, keep the old time")
        sara.reads("H-1001", "18.01.2027", "14:30")
        anna.has_read("H-1001", "18.01.2027", "14:30")
        assert await harz.lotse.db.read(starts_at, 1) == moment("2027-01-18 14:30")

        # Nobody answers: a word to both, and the old time stays.
        await sara.picks("🗓 Other time")
        await proposes(sara, "21.01.2027", "09:00")
        question = anna.last
        await harz.until(moment("2027-01-16 18:59"))
        anna.reads("21.01.2027", "09:00")
        await harz.until(moment("2027-01-16 19:00"))
        anna.reads("H-1001", "18.01.2027", "14:30")
        sara.reads("H-1001", "18.01.2027", "14:30")
        answered = [one for one in anna.messages if one.message_id == question.message_id]
        assert [one.buttons for one in answered] == [()]
        # Cancelled while a proposal is open: its buttons are gone, nothing expires.
        await from_the_list(anna, "/tasks", "H-1001")
        await proposes(anna, "22.01.2027", "12:00")
        asked = sara.last
        await from_the_list(anna, "/tasks", "H-1001")  # she thinks of another one still
        await anna.says("23.01.2027")
        await harz.lotse.db.transact(cancel_as, sara.id, 1)
        await harz.settle()
        answered = [one for one in sara.messages if one.message_id == asked.message_id]
        assert [one.buttons for one in answered] == [()]
        await anna.says("12:00")
        anna.has_read(harz.label("This is no longer open.", "de"))
        await harz.later(3 * DAY)
        sara.never_read("22.01.2027", "23.01.2027")
        events = await happened(harz, 1)
        assert events.count(Happened.MOVE_EXPIRED) == 1
        assert events.count(Happened.MOVE_DECLINED) == 1
        assert Happened.RESCHEDULED not in events


def cancel_as(tx: Tx, chat_id: int, request_id: int) -> None:
    dispatch.cancel(tx, loader.load(), people.by_chat(tx, chat_id), request_id)


def file_for_oma(tx: Tx, coordinator_chat: int) -> None:
    wanted = Wanted(
        category="doctor",
        language="uk",
        starts_at=moment("2027-03-28 10:00"),
        minutes=60,
        place="Halberstadt",
    )
    coordinator = people.by_chat(tx, coordinator_chat)
    desk.file_for(tx, loader.load(), coordinator, wanted, name="Oma", phone="+4939411234")


async def test_on_the_phone_in_the_night_the_clocks_change(
    database_url: str, wall: MovableWall
) -> None:
    """Who has no Telegram hears of it on the phone; Sunday, 28 March 2027, has 23 hours."""
    async with town(database_url, wall) as harz:
        await harz.until(moment("2027-03-26 09:00"))
        office = await harz.office()
        anna = await harz.volunteer("Anna", "uk", "de")
        await harz.lotse.db.transact(file_for_oma, office.coordinator.id)
        await harz.settle()
        await anna.picks("✅ Yes, I can")
        for choice, hour in (("No", "11:00"), ("Yes", "12:30")):
            await from_the_list(anna, "/tasks", "H-1001")
            await proposes(anna, "28.03.2027", hour)
            await office.taps(harz.label("I'll take it", "de"))
            office.coordinator.reads("28.03.2027", "10:00", hour, "+4939411234")
            await office.coordinator.picks(f"Says {choice.lower()}")
            anna.reads("H-1001", "10:00" if choice == "No" else hour)
        held = await harz.lotse.db.read(assignments.by_id, 1)
        assert (held.starts_at, held.ends_at) == (
            moment("2027-03-28 12:30"),
            moment("2027-03-28 13:30"),
        )
        planned = await harz.lotse.db.read(reminders_planned, moment("2027-03-30 00:00"))
        assert planned["day_before_volunteer"] == moment("2027-03-27 11:30")  # 24 hours
        assert planned["hours_before_volunteer"] == moment("2027-03-28 10:30")
        # One that nobody hears of in time is over, on the call list too.
        await from_the_list(anna, "/tasks", "H-1001")
        await proposes(anna, "29.03.2027", "12:00")
        await office.taps(harz.label("I'll take it", "de"))
        on_call = office.coordinator.last
        await harz.until(moment("2027-03-28 09:00"))
        anna.has_read("H-1001", "28.03.2027", "12:30")
        edited = [
            one for one in office.coordinator.messages if one.message_id == on_call.message_id
        ]
        assert [one.buttons for one in edited] == [()]
        assert await harz.lotse.db.read(starts_at, 1) == moment("2027-03-28 12:30")
