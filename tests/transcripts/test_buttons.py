"""Old buttons, other people's buttons, buttons tapped twice, and buttons nobody ever made."""

from bot.clock import MovableWall
from simulator import Seen
from simulator.records import Message
from tests.transcripts.people import Person
from tests.transcripts.town import town


def raw(person: Person, seen: Seen) -> Message:
    return person.phone.find(seen)


async def sends_data(person: Person, data: str, message: Seen) -> str | None:
    """What only a client of one's own can send."""
    found = raw(person, message)
    button = {"text": "forged", "callback_data": data}
    tap = person.phone.tap(person.phone.account, found, button, inaccessible=False)
    await person.town.settle()
    return await person.toast(tap)


async def test_a_button_of_an_earlier_question(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await harz.comes_to_the_day(sara)
        days = sara.last
        await sara.says("18.01.2027")
        sara.reads("At what time?")
        await sara.taps("Tuesday, 19.01.2027", days)
        sara.reads("That button is from an earlier question.", "At what time?")
        await sara.says("9")
        await sara.taps("No matter")
        sara.reads("Day: Monday, 18.01.2027")


async def test_a_button_of_an_earlier_conversation(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await harz.comes_to_the_day(sara)
        days = sara.last
        await sara.says("18.01.2027")
        await sara.says("9")
        await sara.taps("No matter")
        await sara.taps("✅ Send")
        sent = sara.last
        assert await sara.taps("Tuesday, 19.01.2027", days) == "This is no longer open."
        assert sara.last == sent  # no answer in the chat: the last one stands there already

        await sara.says("/start")
        await sara.taps("🙋 Ask for help")
        sara.reads("What do you need?")  # she has agreed before
        await sara.taps("Tuesday, 19.01.2027", days)
        sara.reads("That button is from an earlier question.", "What do you need?")
        await sara.says("/cancel")
        assert await sara.taps("Tuesday, 19.01.2027", days) == "This is no longer open."
        sara.reads("This is no longer open.", "What would you like to do?")


async def test_tapping_twice(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        phone, other = sara.phone, sara.phone  # two phones, one account
        await harz.at_once(phone.taps("🩺 Doctor"), other.taps("🩺 Doctor"))
        sara.reads("Is it about one of these")
        await sara.taps("No, none of these")
        await harz.at_once(phone.taps("Halberstadt"), other.taps("Halberstadt"))
        sara.reads("On which day is the appointment?")
        said = len(sara.screen)
        await sara.says("18.01.2027")
        await sara.says("9")
        await sara.taps("No matter")
        await harz.at_once(phone.taps("✅ Send"), other.taps("✅ Send"))
        sara.reads("✅ Sent. Your request has the number H-1001.")
        assert len(sara.screen) == said + 2
        await harz.at_once(anna.phone.taps("✅ Ja, ich kann"), anna.phone.taps("✅ Ja, ich kann"))
        anna.reads("💚 Danke! Sie übernehmen H-1001.")
        assert sum("H-1001" in said for said in anna.screen) == 1

        await sara.taps("📋 My requests")
        await harz.at_once(phone.taps("✖️ Cancel H-1001"), other.taps("✖️ Cancel H-1001"))
        await harz.at_once(phone.taps("✖️ Yes, cancel it"), other.taps("✖️ Yes, cancel it"))
        sara.reads("✖️ H-1001 is cancelled.", "You have no open requests.")
        assert sum("You have no open requests." in said for said in sara.screen) == 1
        sara.never_read("no longer open")
        assert sum("anfragende Person" in said for said in anna.screen) == 1


async def test_yes_and_no_at_once(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await harz.at_once(anna.phone.taps("Diesmal nicht"), anna.phone.taps("✅ Ja, ich kann"))
        anna.has_read("💚 Danke! Sie übernehmen H-1001.")  # a yes corrects a no
        sara.has_read("Anna will come with you.")

        await harz.request(sara, "16.01.2027")  # urgent: pushed though she had one today
        await harz.at_once(anna.phone.taps("✅ Ja, ich kann"), anna.phone.taps("Diesmal nicht"))
        anna.reads("💚 Danke! Sie übernehmen H-1002.")  # a no takes another way
        sara.has_read("H-1002", "Anna will come with you.")


async def test_both_sides_press_at_once(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await sara.taps("📋 My requests")
        await sara.taps("✖️ Cancel H-1001")
        await harz.at_once(sara.phone.taps("✖️ Yes, cancel it"), anna.phone.taps("✅ Ja, ich kann"))
        sara.has_read("✖️ H-1001 is cancelled.", "You have no open requests.")
        sara.never_read("will come with you")
        office.reads("H-1001", "✖️ Abgesagt")
        await harz.later(5 * 24 * 3600)
        assert not [said for said in anna.screen + sara.screen if "⏰" in said]
        assert all(seen.buttons == () for seen in anna.messages if "H-1001" in seen.text)


async def test_other_peoples_buttons(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en")
        bilal = await harz.volunteer("Bilal", "uk")
        sara = await harz.requester("Sara", "en")
        mallory = await harz.reader("Mallory", "en")
        await harz.request(sara)
        for person in (mallory, bilal):
            for data in (
                "offer:yes:1",
                "offer:no:1",
                "request:show:1",
                "request:cancel:1",
                "request:cancelled:1",
            ):
                await sends_data(person, data, person.last)
                said = person.screen[-1]
                assert said in {
                    "This button is not for you.",
                    "Dieser Knopf ist nicht für Sie.",
                }
        for data in (
            "request:again:1",
            "task:who:1",
            "task:others:1",
            "call:take:1",
            "call:done:1",
        ):
            await sends_data(mallory, data, mallory.last)
            mallory.reads("Only the coordinators can do this.")
        mallory.never_read("H-1001")
        await anna.taps("✅ Ja, ich kann")
        sara.reads("✅ H-1001: Anna will come with you.")
        for data in ("task:cant:1", "task:back:1"):
            await sends_data(bilal, data, bilal.last)
            bilal.reads("Dieser Knopf ist nicht für Sie.")
            await sends_data(anna, data.replace("1", "7"), anna.last)
            anna.reads("Das ist nicht mehr offen.")


async def test_made_up_buttons(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        mallory = await harz.requester("Mallory", "en")
        for data in (
            "f:99999999999999999999999999:what:doctor",
            "f:1:what:" + "x" * 50,
            "f:2:agree:!nothing",
            "f:1:what:penthouse",
            "request:show:" + "9" * 40,
            "request:cancelled:9223372036854775808",
            "offer:yes:-1",
            "lang:xx",
            "menu:everything",
            "join:i-nothing",
            "\u202e",
        ):
            await sends_data(mallory, data, mallory.last)
            await mallory.says("/start")
            mallory.reads("What do you need?")


async def test_a_message_too_old_for_telegram(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        await harz.comes_to_the_day(sara)
        await sara.does(sara.phone.taps("Monday, 18.01.2027", inaccessible=True))
        sara.reads("At what time?")
        await sara.does(sara.phone.deletes(sara.last))  # the answer can't be edited in its place
        await sara.says("9")
        sara.reads("Who should come with you?")


async def test_a_deleted_screen_comes_again(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        card = office.message("H-1001 · Begleitung")
        office.group.world.delete([office.group.find(card)])
        await sara.taps("📋 My requests")
        await sara.taps("✖️ Cancel H-1001")
        await sara.taps("✖️ Yes, cancel it")
        office.has_read("H-1001 · Begleitung zum Arzt", "✖️ Abgesagt")
