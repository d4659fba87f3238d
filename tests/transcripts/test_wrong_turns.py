"""The rest of what people do that no question expects; see also ``test_answers.py``."""

from bot.clock import MovableWall
from bot.storage import requests
from tests.transcripts.people import Office
from tests.transcripts.test_buttons import sends_data
from tests.transcripts.town import town


async def test_places_as_people_give_them(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        stranger = harz.person("Stranger").phone.account
        await sara.taps("🩺 Doctor")
        await sara.taps("No, none of these")
        for written in (
            "Berlin",
            "99999",
            "I live with my sister",
            "👍🏽",
            "\u202e\u2066\u200f",
            "\x07\x00 \x1b[31m",
            "H" * 5000,
        ):
            await sara.says(written)
            sara.reads("I don't know this place", "03941 5970-4504", "In which town or village?")
        for deed in (
            sara.phone.sends_location(52.52, 13.405),  # Berlin
            sara.phone.sends_voice(),
            sara.phone.sends_sticker(),
            sara.phone.sends_contact(),
            sara.phone.sends_album(caption="Halberstadt"),
            sara.phone.sends_photo(caption="Halberstadt"),
        ):
            await sara.does(deed)
            sara.reads("In which town or village?")
        for written, place in (
            ("38820", "Halberstadt"),  # one postcode, several places
            ("Вернигероде", "Wernigerode"),
            ("كفيدلينبورغ", "Quedlinburg"),
            ("Wernigrode", "Wernigerode"),
        ):
            await sara.says(written)
            await sara.taps(place)
            sara.reads("On which day is the appointment?")
            await sara.says("/back")
        await sara.does(sara.phone.forwards("Thale", stranger))  # her own words or not: a place
        sara.reads("On which day is the appointment?")
        await sara.says("/back")
        await sara.does(sara.phone.sends_location(51.79, 11.145))
        for words in ("18.01.2027", "9", "No matter"):
            await sara.says(words)
        sara.reads("Place: Quedlinburg")
        await sara.says("Place")
        await sara.says("Thale ")
        sara.reads("Place: Thale")


async def test_what_is_typed_at_the_other_questions(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "fa")
        await sara.picks("✉️ Letter or form")
        for written in ("30.02.2027", "soon", "14:30", "1.1.1999", "👍", "ا" * 5000):
            await sara.says(written)
            sara.reads("15.01.2027")
        await sara.says("۱۴۰۵/۱۲/۲۱")
        await sara.says("Thale")
        sara.reads("12.03.2027")
        assert "🔴" not in sara.screen[-1]
        await sara.picks("✏️ Change")
        await sara.says("/language")  # in the middle of it
        await sara.chooses("en")
        sara.reads("Is this right?")
        await sara.says("date in the letter")
        await sara.says("14.01.2027")  # it was yesterday: all the more urgent
        sara.reads("🔴 Date in the letter: Thursday, 14.01.2027")
        await sara.says("your name")
        for written in ("\u202e\u2066\u200f", "x" * 61, "x" * 5000):
            await sara.says(written)
            sara.reads("What shall we call you?")
        await sara.says("\u202eUmm\u2066  Ali\x07 <b>")
        sara.reads("Your name: Umm Ali <b>")
        await sara.says("a few words")
        await sara.says("x" * 5000)
        sara.reads("This text is too long.")
        await sara.does(sara.phone.sends_voice())
        sara.reads("A few words: Voice message")
        await sara.says("call me instead")
        await sara.does(sara.phone.sends_contact("+4915112345678"))
        sara.reads("Please share your own number")
        await sara.says("later")
        sara.reads("Please write the whole number")
        await sara.says("Skip")
        await sara.says("/start")  # again, and in the middle
        sara.reads("Is this right?", "Umm Ali")
        await sara.taps("✅ Send")
        sara.reads("H-1001")


async def test_two_phones_and_a_group(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        one, other = sara.phone, sara.phone  # one account
        await harz.at_once(one.taps("🩺 Doctor"), other.taps("🏛️ Office"))
        assert "Is it about one of these" in sara.screen[-1] or "What exactly?" in sara.screen[-1]
        await sara.says("/cancel")
        await sara.says("/start")
        await sara.taps("✅ I agree")
        await harz.comes_to_the_day(sara)
        for words in ("18.01.2027", "9", "No matter"):
            await sara.says(words)
        await harz.at_once(one.taps("✅ Send"), other.taps("✏️ Change"))
        if "H-1001" not in sara.screen[-1]:
            await sara.taps("⬅️ Back")
            await sara.taps("✅ Send")
        await harz.at_once(one.taps("📋 My requests"), other.taps("🌐 My other languages"))
        assert len(await harz.lotse.db.read(requests.unassigned)) == 1

        # What belongs to a private chat does nothing in a group.
        group = Office(harz, harz.server.group("Family"), sara)
        await group.group.add_bot(by=sara.phone.account)
        await harz.settle()
        said = len(group.screen)
        for written in ("/start q-ar-thale", "/start", "Doctor", "/mine", "I need help"):
            await group.says(written)
        assert len(group.screen) == said


async def test_old_buttons_after_a_request(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await harz.comes_to_the_day(sara)
        for words in ("18.01.2027", "9", "No matter"):
            await sara.says(words)
        summary = sara.last
        await sara.taps("✏️ Change")
        await sara.taps("✏️ Time")
        await sara.taps("11:00")
        await sara.says("/help")
        await sara.says("/language")
        await sara.chooses("en")
        assert summary.message_id <= sara.last.message_id
        await sara.taps("✅ Send")
        await sara.says("/mine")
        await sara.taps("✖️ Cancel H-1001")
        await sara.taps("✖️ Yes, cancel it")
        await sends_data(sara, "request:change:1", sara.last)
        sara.reads("It is too late for this.")
        mallory = await harz.requester("Mallory", "en")
        for data, said in (
            ("request:change:1", "This button is not for you."),
            ("request:change:99", "This is no longer open."),
            ("menu:also", "This is no longer open."),
            ("call:when:now", "This is no longer open."),
            ("call:when:midnight", "What do you need?"),
        ):
            await sends_data(mallory, data, mallory.last)
            mallory.reads(said)
        await sends_data(mallory, "menu:again", mallory.last)  # there is nothing to repeat
        mallory.reads("Is that all right?")

        await sara.says("/start")
        await sara.taps("🔁 The same again")
        sara.reads("Is it about one of these")
        await sara.says("/start")
        sara.reads("Is it about one of these")
        await sara.says("/cancel")
        sara.reads("Nothing was sent.")
