"""Call me: the shortest way to a human."""

from bot.clock import MovableWall
from bot.storage import people
from bot.storage.tx import Tx
from bot.usecases import office as usecases
from tests.transcripts.town import moment, town


async def test_call_me(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        colleague = await harz.colleague("Herr Busch")
        await office.joins(colleague)
        sara = await harz.reader("Sara", "ar")
        await sara.picks("📞 Call me")  # before any agreement
        sara.has_read("ما الرقم الذي نتصل به؟")
        for wrong in ("later", "12", "call 03941 1234 please"):
            await sara.says(wrong)
            sara.reads("03941 123456", "ما الرقم الذي نتصل به؟")
        await sara.says("٠١٧١ ٢٣٤٥٦٧٨")
        sara.has_read("📞 سيتصل بك شخص من المكتب", "+491712345678", "03941 5970-4504")
        sara.reads("03941 5970-4504")  # and the question that was open goes on
        assert harz.label("✅ I agree", "ar") in sara.labels
        told = sara.message("+491712345678")
        assert await sara.picks("In the morning", told) == harz.label("Thank you!", "ar")
        assert await harz.lotse.db.read(_good_times) == ["morning"]

        call = office.reads("📞 Jemand bittet um einen Anruf. Sprache: العربية")
        assert "171" not in call
        assert "Sara" not in call
        assert await office.taps("Ich übernehme das") == "Ich habe es Ihnen privat geschrieben."
        office.reads("📞 Anruf auf العربية: Jemand aus der Koordination kümmert sich.")
        office.coordinator.reads("📞 Bitte rufen Sie an: +491712345678", "Sprache: العربية")
        sara.has_read("سيتصل بك قريبًا")
        office.never_read("171")
        colleague.never_read("171")

        await office.coordinator.taps("✔️ Angerufen")
        office.coordinator.reads("✔️ Erledigt. Die Telefonnummer ist gelöscht.")
        office.coordinator.never_read("171")
        office.reads("✔️ Anruf auf العربية: erledigt.")
        assert office.labels == []


async def test_two_take_it_at_once(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        colleague = await harz.colleague("Herr Busch")
        await office.joins(colleague)
        sara = await harz.reader("Sara", "en")
        await sara.says("/call")
        await sara.does(sara.phone.sends_contact())  # her own number
        sara.has_read("📞 A person from the office will call you: +49151")
        krause, busch = office.coordinator.phone.account, colleague.phone.account
        await harz.at_once(
            office.group.taps(krause, "Ich übernehme das"),
            office.group.taps(busch, "Ich übernehme das"),
        )
        has_it = [one for one in (office.coordinator, colleague) if "+49151" in "".join(one.screen)]
        assert len(has_it) == 1
        other = colleague if has_it[0] is office.coordinator else office.coordinator

        await office.taps("Übernehmen", other)  # whoever took it fell ill
        other.reads("📞 Bitte rufen Sie an: +49151")
        has_it[0].has_read("📞 Jemand anderes aus der Koordination hat diesen Anruf übernommen.")
        has_it[0].never_read("+49151")
        await other.taps("✔️ Angerufen")
        office.reads("✔️ Anruf auf English: erledigt.")
        assert sum("office has your number" in said for said in sara.screen) == 1


async def test_in_the_middle_of_a_request(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        await harz.office()
        sara = await harz.requester("Sara", "en")
        await harz.comes_to_the_day(sara)
        await sara.taps("📞 Call me")
        sara.has_read("Which number should we call?")
        await sara.says("/start")
        sara.has_read("Which number should we call?")
        await harz.restart()
        await sara.says("03941 123456")
        sara.has_read("📞 A person from the office will call you: +493941123456")
        sara.reads("On which day is the appointment?")

        await sara.taps("📞 Call me")
        await sara.taps("✖️ Cancel")
        sara.has_read("✖️ Cancelled. Let us go on here:", "On which day is the appointment?")
        await sara.says("18.01.2027")
        await sara.says("9")
        await sara.taps("No matter")
        await sara.taps("✅ Send")
        sara.reads("H-1001")


async def test_before_a_language(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        sara = harz.person("Sara", "ar")
        await sara.says("/call")
        sara.reads("يرجى اختيار اللغة.")
        await sara.chooses("ar")
        sara.has_read("ما الرقم الذي نتصل به؟")
        await sara.says("0171 2345678")
        office.reads("📞 Jemand bittet um einen Anruf. Sprache: العربية")
        await sara.says("/call")
        await sara.says("0171 9999999")  # she has remembered the right number
        assert sum("📞" in said for said in office.screen) == 1
        await office.taps("Ich übernehme das")
        office.coordinator.reads("+491719999999")


async def test_only_coordinators_take_calls(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "ar")
        await office.joins(anna)
        sara = await harz.reader("Sara", "en")
        await sara.says("/call")
        await sara.says("03941 123456")
        assert await office.taps("Ich übernehme das", anna) == "Das kann nur die Koordination."
        anna.never_read("3941123456")

        await office.taps("Ich übernehme das")
        await harz.lotse.db.transact(_dismiss, office.coordinator.id)
        await office.coordinator.taps("✔️ Angerufen")  # no coordinator any more
        office.coordinator.reads("Das kann nur die Koordination.")
        colleague = await harz.colleague("Herr Busch")
        await office.joins(colleague)
        await office.taps("Übernehmen", colleague)
        colleague.reads("+493941123456")
        office.coordinator.never_read("3941123456")


async def test_a_coordinator_without_a_private_chat(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        sara = await harz.reader("Sara", "en")
        await sara.says("/call")
        await sara.says("03941 123456")
        await office.coordinator.does(office.coordinator.phone.blocks_bot())
        assert "privat" in (await office.taps("Ich übernehme das") or "")
        office.reads("📞 Jemand bittet um einen Anruf.")  # still open for everybody
        await office.coordinator.starts()
        await office.taps("Ich übernehme das")
        office.coordinator.reads("+493941123456")


def _good_times(tx: Tx) -> list[str]:
    return [row["good_time"] for row in tx.all("SELECT good_time FROM calls ORDER BY id")]


def _dismiss(tx: Tx, chat_id: int) -> None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    tx.run("DELETE FROM roles WHERE person_id = :id", id=person.id)


async def test_nobody_makes_the_call(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        await harz.until(moment("2027-01-15 15:00"))  # Friday, an hour before the office closes
        sara = await harz.reader("Sara", "en")
        await sara.says("/call")
        await sara.says("03941 123456")
        await harz.lotse.db.transact(usecases.say_good_time, sara.id, "morning")
        await harz.until(moment("2027-01-18 09:30"))
        office.never_read("🔴")
        await harz.until(moment("2027-01-18 10:00"))  # two office hours later
        office.reads("🔴 Somebody still waits for a call. Language: English")
        await office.taps("I'll take it")
        await harz.until(moment("2027-01-19 10:00"))
        office.reads("🔴 A call was taken, but not made yet.")
        assert office.labels == ["Take it over"]
        krause.reads("📞 Please call: +493941123456", "A good time: in the morning")
        await harz.until(moment("2027-01-20 10:00"))
        assert sum("not made yet" in said for said in office.screen) == 2
        await krause.taps("✔️ Called")
        await harz.until(moment("2027-01-30 10:00"))
        assert sum("not made yet" in said for said in office.screen) == 1
