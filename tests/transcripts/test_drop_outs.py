"""A volunteer drops out: why, who looks after it, and a colleague who takes it over."""

from bot.clock import MovableWall
from bot.counties import loader
from bot.domain.history import Happened
from bot.domain.requests import State
from bot.storage import assignments, history, offers, people, requests
from bot.storage.tx import Tx
from bot.usecases import deciding
from tests.transcripts.people import Person
from tests.transcripts.test_calendar import entry_of, utc
from tests.transcripts.test_other_time import from_the_list, proposes
from tests.transcripts.test_own_reminders import marks
from tests.transcripts.town import HOUR, Town, moment, town


async def happened(harz: Town, request_id: int) -> list[str]:
    return [event.what for event in await harz.lotse.db.read(history.of, request_id)]


async def asks(volunteer: Person, name: str) -> None:
    """From the list of tasks to one colleague."""
    await volunteer.says("/tasks")
    await volunteer.picks("I can't come: {number}", number="H-1001")
    await volunteer.picks("👥 Ask a colleague")
    await volunteer.taps(next(one for one in volunteer.labels if name in one))


def helpers(tx: Tx, request_id: int) -> tuple[str, int, int]:
    """Who has the task; how many active assignments and accepted offers there are."""
    held = assignments.active_of_request(tx, request_id)
    name = "" if held is None else people.by_id(tx, held.volunteer_id).first_name
    rows = tx.all(
        "SELECT id FROM assignments WHERE request_id = :id AND state = 'active'", id=request_id
    )
    accepted = [one for one in offers.of_request(tx, request_id) if one.state == "accepted"]
    return name, len(rows), len(accepted)


async def test_why_and_who_looks_after_it(database_url: str, wall: MovableWall) -> None:
    """Two days before, others are asked; four hours before, a coordinator looks after it."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ar", "de")
        bilal = await harz.volunteer("Bilal", "ar")
        sara = await harz.requester("Sara", "ar")
        await harz.request(sara)
        await anna.picks("✅ Yes, I can")
        await anna.picks("I can't come")
        question = anna.last
        anna.reads(
            "H-1001", harz.label("Why? Only the office reads it. You need not say it.", "de")
        )
        await harz.at_once(
            anna.phone.taps(harz.label("🤒 I am ill", "de")),
            anna.phone.taps(harz.label("🚗 Too far", "de")),
        )
        assert (await happened(harz, 1)).count(Happened.HANDED_BACK) == 1  # once, for one reason
        sara.never_read("🤒")
        sara.reads("H-1001", "03941 5970-4504")  # by when they hear, and whom to call else
        office.never_read("🔴")
        assert question.buttons

        bilal.reads("H-1001")
        await bilal.picks("✅ Yes, I can")
        sara.reads("H-1001", "Bilal")
        await harz.until(moment("2027-01-18 08:30"))
        await bilal.picks("I can't come")
        await bilal.picks("🕓 No time")
        alert = office.reads("🔴", "H-1001", harz.label("🕓 No time", "de"))
        assert "Bilal" not in alert
        await harz.later(HOUR // 2)  # nobody has taken it
        office.reads("🔴", "H-1001")
        assert sum("🔴" in said for said in office.screen) == 1
        await office.coordinator.says("/open")
        office.coordinator.reads("🔴", "H-1001")
        colleague = await harz.colleague("Herr Busch")
        await office.joins(colleague)
        await office.taps(harz.label("I'll take it", "de"))
        office.coordinator.reads("🔴", "H-1001", "18.01.2027", harz.label("🕓 No time", "de"))
        await office.taps(harz.label("Take it over", "de"), colleague)
        colleague.reads("🔴", "H-1001")
        office.coordinator.reads("📞")  # passed on
        await harz.later(2 * HOUR)  # taken, and still nobody
        office.reads("🔴", "H-1001")
        await harz.lotse.db.transact(accept_by_hand, anna.id, colleague.id)
        await harz.settle()
        assert [said for said in office.screen if "🔴" in said] == []
        assert [said for said in colleague.screen if "🔴" in said] == []
        sara.reads("H-1001", "Anna")
        events = await happened(harz, 1)
        assert "because_no_time" in events


def accept_by_hand(tx: Tx, volunteer_chat: int, coordinator_chat: int) -> None:
    volunteer = people.by_chat(tx, volunteer_chat)
    assert volunteer is not None
    coordinator = people.by_chat(tx, coordinator_chat)
    deciding.accept_for(tx, loader.load(), coordinator, 1, volunteer.id)


async def test_ask_a_colleague(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "uk", "de")
        bilal = await harz.volunteer("Bilal", "uk", "de")
        clara = await harz.volunteer("Clara", "uk", "de")
        await harz.volunteer("Dora", "ar", "de")  # does not speak it: nobody asks her
        sara = await harz.requester("Sara", "uk")
        await harz.request(sara)
        await anna.picks("✅ Yes, I can")
        await sara.picks("✉️ Write to the helper")
        await sara.says("До зустрічі")
        to_anna = anna.message("До зустрічі")
        await asks(anna, "Bilal")
        await asks(anna, "Clara")
        anna.reads("H-1001", "Clara")
        anna.never_read("Dora")
        bilal.reads("Anna", "H-1001", "Halberstadt", "18.01.2027", "14:30")
        sara.has_read("H-1001", "Anna")
        assert await harz.lotse.db.read(helpers, 1) == ("Anna", 1, 1)
        await bilal.picks("Not this time")
        anna.reads("H-1001", "Bilal")
        # Both accept at once what only one is asked for now; and twice.
        yes = harz.label("✅ Yes, I can", "de")
        await harz.at_once(clara.phone.taps(yes), clara.phone.taps(yes))
        assert await harz.lotse.db.read(helpers, 1) == ("Clara", 1, 1)
        sara.reads("Anna", "H-1001", "Clara")
        clara.reads("H-1001", "14:30")
        anna.reads("H-1001", "Clara")
        await anna.says("/tasks")
        anna.reads(harz.label("You have no tasks at the moment.", "de"))
        office.never_read("🔴")
        # Her chat is closed, his calendar is hers, and the reminders come as she wishes.
        await anna.does(anna.phone.says("noch etwas", reply_to=to_anna))
        anna.reads(harz.label("This is no longer open.", "de"))
        sara.never_read("noch etwas")
        await clara.says("/tasks")
        await clara.taps(harz.label("✉️ Write: {number}", "de", number="H-1001"))
        await clara.says("Ich komme mit")
        sara.reads("Clara", "Ich komme mit")
        assert [entry_of(harz, file)[0] for file in anna.files] == ["PUBLISH", "CANCEL"]
        await clara.says("/reminders")
        await marks(harz, clara, "Evening before")
        await marks(harz, clara, "24 hours before", on=False)
        await from_the_list(clara, "/tasks", "H-1001")
        await proposes(clara, "18.01.2027", "16:00")
        await sara.picks("✅ Yes, new time")
        assert len(anna.files) == 2
        _, entry = entry_of(harz, clara.files[-1])
        assert (str(entry["uid"]), int(entry["sequence"])) == ("H-1001-2@lotse", 2)
        assert entry["dtstart"].dt == utc("2027-01-18 16:00")
        await harz.until(moment("2027-01-17 16:00"))
        sara.reads("⏰", "H-1001", "16:00")
        clara.never_read(harz.label("⏰ Reminder: {number}", "de", number="H-1001"))
        await harz.until(moment("2027-01-17 19:00"))
        clara.reads("⏰", "H-1001", "16:00")
        assert [said for said in anna.screen if "⏰" in said] == []
        # A no stays a no, and who has handed it over is not asked either.
        await clara.picks("I can't come")
        await clara.picks("👥 Ask a colleague")
        clara.reads("H-1001", harz.label("At the moment there is nobody else who could.", "de"))
        assert Happened.HANDED_OVER in await happened(harz, 1)


async def test_a_colleague_says_yes_while_the_asker_hands_back(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "ar", "de")
        sara = await harz.requester("Sara", "ar")
        await harz.request(sara)
        await anna.picks("✅ Yes, I can")
        emil = await harz.volunteer("Emil", "ar", "de")
        await asks(anna, "Emil")
        emil.reads("Anna", "H-1001")
        await harz.until(moment("2027-01-16 19:00"))  # nobody answers: a word to the asker
        anna.reads("H-1001", "Emil", harz.label("The task is still yours.", "de"))
        assert emil.labels == []
        bilal = await harz.volunteer("Bilal", "ar", "de")
        await asks(anna, "Bilal")
        question = bilal.last
        await anna.picks("I can't come", anna.message("H-1001", "14:30"))
        back = harz.label("🤒 I am ill", "de")
        await harz.at_once(
            anna.phone.taps(back),
            bilal.phone.taps(harz.label("✅ Yes, I can", "de"), message=question),
        )
        request = await harz.lotse.db.read(requests.by_id, 1)
        # Whoever was first: nobody is left alone, and nobody has it twice.
        if request.state is State.OPEN:
            await bilal.picks("✅ Yes, I can")
        assert await harz.lotse.db.read(helpers, 1) == ("Bilal", 1, 1)
        sara.has_read("H-1001", "Bilal")
