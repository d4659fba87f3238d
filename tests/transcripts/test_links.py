"""Links: who gets a role by them, and who does not."""

from bot.clock import MovableWall
from tests.transcripts.town import DAY, HOUR, town


async def test_a_link_works_once(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        token = await harz.invite("Anna", "en")
        anna = harz.person("Annchen")  # her name in Telegram
        mallory = await harz.reader("Mallory", "en")
        await anna.starts(token)
        await anna.chooses("de")
        anna.has_read("Willkommen, Anna! Sie gehören jetzt zu den Ehrenamtlichen.")
        await anna.starts(token)  # once more is no harm
        anna.has_read("Willkommen, Anna!")
        anna.never_read("benutzt")

        await mallory.starts(token)
        mallory.has_read("This link was already used. Please ask the office for a new one.")
        mallory.reads("Is that all right?")
        await mallory.starts("i-AAAAAAAAAAAAAAAAAAAAAA")
        mallory.has_read("This link is not valid.")
        await mallory.starts("something-else")
        mallory.reads("Is that all right?")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        mallory.never_read("Can you help?")
        anna.reads("🙋 Können Sie helfen?")


async def test_a_link_that_is_too_old(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        token = await harz.invite("Anna", "en")
        claim = await harz.claim_link()
        await harz.later(HOUR)
        krause = harz.person("Frau Krause")
        await krause.starts(claim)
        krause.has_read("This link is too old. Please ask the office for a new one.")
        krause.reads("Bitte wählen Sie Ihre Sprache.")  # nothing has been chosen so far
        await harz.later(14 * DAY)
        anna = harz.person("Anna")
        await anna.starts(token)
        anna.has_read("This link is too old.")


async def test_two_people_open_one_link(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        claim = await harz.claim_link()
        krause, mallory = await harz.reader("Krause", "de"), await harz.reader("Mallory", "de")
        await harz.at_once(krause.phone.starts(claim), mallory.phone.starts(claim))
        said = ["".join(person.screen) for person in (krause, mallory)]
        assert sum("Sie gehören jetzt zur Koordination." in each for each in said) == 1
        assert sum("Dieser Link wurde schon benutzt." in each for each in said) == 1

        token = await harz.invite("Anna", "en")
        anna, clara = harz.person("Anna"), harz.person("Clara")
        await harz.at_once(anna.phone.starts(token), clara.phone.starts(token))
        for person in (anna, clara):
            await person.chooses("de")
        said = ["".join(person.screen) for person in (anna, clara)]
        assert sum("Willkommen, Anna!" in each for each in said) == 1
        assert sum("This link was already used." in each for each in said) == 1


async def test_a_requester_becomes_a_volunteer(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        await harz.office()
        omar = await harz.requester("Omar", "en")
        await harz.request(omar, "25.01.2027")
        await omar.says("/start")
        await omar.taps("🙋 Ask for help")
        await omar.starts(await harz.invite("Omar Haddad", "ar", "de"))
        omar.has_read("Welcome, Omar Haddad! You are registered as a volunteer.")
        omar.reads("What do you need?")  # the question that was open stays open
        await omar.says("/cancel")
        omar.reads("Open requests: 1")
        assert "🗓 My tasks" in omar.labels
        sara = await harz.requester("Sara", "ar")
        await harz.request(sara)
        omar.reads("🙋 Can you help? H-1002")
        await omar.taps("✅ Yes, I can")
        sara.reads("✅ H-1002: وجدنا من يرافقك: Omar.")


async def test_somebody_is_invited_twice(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        await anna.taps("✅ Ja, ich kann")
        await anna.starts(await harz.invite("Anna Vogt", "uk"))  # the list was imported anew
        anna.has_read("Willkommen, Anna Vogt!")
        await anna.says("/tasks")
        anna.reads("H-1001")
        await harz.request(sara, "20.01.2027")  # what the office wrote last counts
        anna.never_read("H-1002")
        await sara.says("/mine")
        sara.reads("With: Anna")


async def test_a_coordinator_tries_a_link_out(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        krause = await harz.coordinator()
        token = await harz.invite("Anna", "en")
        await krause.starts(token)
        krause.reads("Dieser Link ist für Anna und funktioniert nur einmal. Sind Sie das?")
        await krause.taps("🏠 Menü")
        anna = harz.person("Anna")
        await anna.starts(token)
        await anna.chooses("de")
        anna.has_read("Willkommen, Anna!")

        own = await harz.invite("Frau Krause", "de")
        await krause.starts(own)
        await krause.taps("Ja, das bin ich")
        krause.has_read("Willkommen, Frau Krause! Sie gehören jetzt zu den Ehrenamtlichen.")
        assert "🗓 Meine Einsätze" in krause.labels
