"""How somebody becomes a volunteer: a link, their profile, a coordinator's yes, the first offer."""

import re
from pathlib import Path

from bot.clock import MovableWall
from bot.counties import loader, volunteers
from bot.usecases import joining
from tests.transcripts.people import Office, Person
from tests.transcripts.town import DAY, Town, town

AGREE, DONE, RIGHT = "✅ I agree", "✅ Done", "✅ Yes, that is right"
LOOK, DATES, APPROVE = "👀 Have a look", "📅 Enter the dates", "✅ Approve"
READY = "🙋 A volunteer is ready. Please look at the profile and approve it."
WELCOME = "🎉 You are a volunteer now. Thank you!"

LIST = (
    "Name;Sprachen;Ort;Mobilität;Reichweite;Hilft bei;Geschlecht;Telefon;Zeiten;"
    "Berufen am;Berufen bis;Belehrung am;Führungszeugnis am\n"
    "Rojîn Ağır;Kurdisch, Deutsch (etwas);Thale;Auto;40;;w;03941 99;nie So;"
    "01.01.2027;31.12.2027;02.01.2027;01.12.2026\n"
    "نادر Karimi;Farsi (gut);;;;Arzt, Behörden;;;;;;;\n"
)


async def imported(harz: Town, folder: Path) -> list[str]:
    """The links' payloads, as `lotse import` makes them."""
    path = folder / "volunteers.csv"
    path.write_text(LIST, encoding="utf-8")
    county = loader.load()
    rows = [(joining.new_token(), one) for one in volunteers.read(path, county)]
    await harz.lotse.db.transact(joining.invite_listed, county, rows)
    return [token for token, _ in rows]


def said(person: Person, english: str) -> str:
    return person.town.label(english, person.language)


async def presses(office: Office, english: str) -> str | None:
    return await office.taps(office.town.label(english, "de"))


async def test_from_the_list_to_the_first_offer(
    database_url: str, wall: MovableWall, tmp_path: Path
) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        krause = office.coordinator
        token, farsi = await imported(harz, tmp_path)

        rojin = harz.person("رۆژین", "kmr")  # what she is called in Telegram
        await rojin.starts(token)
        await rojin.chooses("kmr")
        assert "Rojîn Ağır" in rojin.screen[-2]
        await rojin.picks(AGREE)
        rojin.reads(
            said(rojin, "Which Kurdish do you speak?\nTap once: ✅ well. Tap twice: 🤏 a little.")
        )
        await rojin.taps("Kurdî (Kurmancî)")
        await rojin.says(said(rojin, DONE))  # written instead of tapped
        summary = rojin.reads("Kurdî (Kurmancî)", "Thale", "40", "+4939419", "🚫 8–12")
        assert "سۆرانی" not in summary
        await rojin.picks("✏️ Change")
        await rojin.says(said(rojin, "Home town"))
        await rojin.says("Kwedlinburg")
        await rojin.taps("Quedlinburg")
        rojin.reads("Quedlinburg")
        office.never_read("🙋")
        await rojin.picks(RIGHT)
        rojin.reads(said(rojin, "A coordinator looks at it now. You will hear from us here."))
        await rojin.says("/start")
        rojin.reads(said(rojin, "The office looks at your profile. You will hear from us here."))

        office.reads(harz.label(READY, "de"))
        office.never_read("Rojîn", "+4939419")
        await krause.says("/open")
        krause.reads("Rojîn Ağır")  # waits for approval
        assert harz.label(LOOK, "de") in krause.labels
        sara = await harz.requester("Sara", "kmr")
        await harz.request(sara)  # nobody is approved so far
        rojin.never_read("H-1001")
        message = office.message(harz.label(READY, "de"))
        await office.taps(harz.label(LOOK, "de"), message=message)
        krause.reads("Rojîn Ağır", "Quedlinburg", "+4939419", "02.01.2027")
        await krause.picks(DATES)
        krause.reads("01.01.2027", "31.12.2027", "01.12.2026")  # from the list: one tap is enough
        await krause.picks(APPROVE)
        krause.has_read("Rojîn Ağır ist freigeschaltet")
        rojin.has_read(said(rojin, WELCOME))
        office.has_read(harz.label("✅ A new volunteer is approved.", "de"))
        await harz.request(sara, "19.01.2027")
        rojin.reads("H-1002")

        nader = harz.person("Nader", "de")  # whose list said "Farsi", and no papers
        await nader.starts(farsi)
        await nader.chooses("tr")
        await nader.picks(AGREE)
        nader.reads(
            said(nader, "Do you speak Farsi or Dari?\nTap once: ✅ well. Tap twice: 🤏 a little.")
        )
        for tap in ("فارسی", "دری", "✅ دری"):
            await nader.taps(tap)
        await nader.picks(DONE)
        nader.reads("دری (biraz)")
        await nader.picks(RIGHT)
        await presses(office, LOOK)
        krause.reads("نادر Karimi", "فارسی", "دری")
        await krause.picks(DATES)
        await krause.taps(krause.labels[0])  # appointed from today
        await krause.says("1.1.2020")  # until: before it began
        krause.reads(said(krause, "Until which day are they appointed? Please write the date."))
        await krause.picks("⏭ Skip")
        await krause.says("1.1.2099")  # instructed: still to come
        await krause.says("02.01.2027")
        await krause.picks("⏭ Skip")  # no certificate
        await krause.picks(APPROVE)
        nader.has_read(said(nader, WELCOME))


async def test_a_link_made_in_chat_and_every_question(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        krause = office.coordinator
        mallory = await harz.reader("Mallory", "en")
        await mallory.says("/invite")
        mallory.has_read("Only the coordinators can do this.")
        await krause.says("/invite")
        await krause.picks("🙋 A volunteer")
        await krause.says("Олена Шевченко")
        link = re.search(r"https://t\.me/\w+\?start=(i-[\w-]+)", krause.screen[-1])
        assert link, krause.screen[-1]

        olena = harz.person("Olena", "uk")
        await olena.starts(link[1])
        await olena.chooses("en")
        olena.has_read("Welcome, Олена Шевченко!")
        await olena.says("/cancel")
        olena.reads("Your profile is not finished yet.")
        await olena.picks("👤 My profile")
        await olena.says("hello")
        await olena.says("i agree")
        olena.reads("Which languages do you speak?")
        await olena.does(olena.phone.sends_sticker())
        olena.reads("Please choose at least one.")
        await olena.says("Українська")
        await olena.taps("Русский")
        await olena.taps("✅ Русский")
        await olena.says("/language")
        await olena.chooses("de")
        assert {"✅ Українська", "🤏 Русский"} <= set(olena.labels)  # nothing is lost
        await olena.says("/language")
        await olena.chooses("en")
        await olena.picks(DONE)
        await olena.taps("🩺 Doctor")
        await olena.taps("🏫 School and child")
        await olena.picks(DONE)
        await olena.says("Atlantis")
        olena.reads("I don't know this place")
        await olena.does(olena.phone.sends_location(51.75, 11.05))
        await olena.taps("🚌 Bus or train")
        await olena.says("28 km")
        for tap in ("▫️ Mon 17–22", "▫️ Sun 8–12", "👍 Sun 8–12"):
            await olena.taps(tap)
        await olena.picks(DONE)
        await olena.taps("No answer")
        await olena.taps("🌙 21:00 – 07:00")
        await olena.picks("⏭ Skip")
        olena.reads(
            "Українська and Русский (a little)",
            "Thale",
            "Up to 28 km",
            "Mon 👍 17–22",
            "Sun 🚫 8–12",
        )
        await olena.picks(RIGHT)
        old = office.message(harz.label(READY, "de"))
        await office.taps(harz.label(LOOK, "de"), message=old)
        await krause.picks("Not now")
        olena.has_read("We can't begin with you at the moment.")
        await olena.says("/start")
        olena.reads("The office can't begin with you at the moment.")
        await presses(office, "👀 Look again")
        await krause.picks(DATES)
        for answer in ("1.1.2027", "31.12.2027", "2.1.2027", "1.12.2026"):
            await krause.says(answer)
        await krause.picks(APPROVE)
        olena.has_read(WELCOME)
        sara = await harz.requester("Sara", "uk")
        await harz.request(sara)
        olena.reads("🙋 Can you help?")

        # A colleague, invited the same way; the link works once.
        await krause.says("/invite")
        await krause.picks("🗂 A coordinator")
        await krause.says("Herr Öztürk")
        link = re.search(r"start=(i-[\w-]+)", krause.screen[-1])
        assert link
        colleague = harz.person("Ö")
        await colleague.starts(link[1])
        await colleague.chooses("de")
        colleague.has_read("Herr Öztürk")
        await mallory.starts(link[1])
        mallory.has_read("This link was already used.")


async def test_a_break_and_a_change(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en", "tr", reads="en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        anna.reads("🙋 Can you help?")
        await anna.says("/pause")
        await anna.taps("1 week")
        anna.has_read("You have a break. We will ask you again from")
        anna.has_read("H-1001: others have been asked now.")
        office.has_read("H-1001")
        await harz.request(sara, "19.01.2027")
        anna.never_read("H-1002")
        await anna.says("/start")
        anna.reads("⏸ You have a break.")
        await anna.picks("👤 My profile")
        anna.reads("Your profile", "⏸ You have a break.")
        await anna.picks("▶️ I'm back")
        anna.reads("Welcome back!")
        await anna.says("/pause")
        await anna.taps("📅 Until a date")
        await anna.says("30.02.2027")
        await anna.says("31.01.2027")
        anna.reads("31.01.2027")
        await harz.later(30 * DAY)

        await anna.says("/profile")
        anna.reads("Your profile", "English and Türkçe", "31.12.2027")
        await anna.picks("✏️ Change")
        anna.reads("Is this right?")
        await anna.picks("✏️ Change")
        await anna.taps("✏️ Languages")
        await anna.taps("✅ English")
        await anna.taps("🤏 English")
        await anna.picks(DONE)
        await anna.picks(RIGHT)
        anna.reads("✅ Your profile is saved.")  # and no new approval is needed
        office.never_read(harz.label(READY, "de"))
        await harz.request(sara, "20.03.2027")
        anna.never_read("H-1003")
        mallory = await harz.reader("Mallory", "en")
        for command in ("/profile", "/pause"):
            await mallory.says(command)
            mallory.has_read("This is for volunteers.")


async def test_somebody_wants_to_help(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        krause = office.coordinator
        emine = await harz.reader("Emine", "tr")
        await emine.says("/cancel")
        await emine.picks("🤝 I want to help")
        emine.reads("130 €", "03941 5970-4504")
        await emine.picks("✍️ Leave my name")
        await emine.picks(AGREE)
        await emine.says("Emine Yılmaz")
        await emine.says("0171 2345678")
        await emine.taps("Türkçe")
        await emine.taps("Kurdî · کوردی")
        await emine.picks(DONE)
        await emine.says("Wernigerode")
        await emine.picks("⏭ Skip")
        await emine.picks("✅ Send")
        office.reads(harz.label("🙋 Somebody wants to help as a volunteer.", "de"))
        office.never_read("Emine", "+49171")
        await presses(office, "I'll take it")
        krause.reads("Emine Yılmaz", "+491712345678", "Türkçe", "Kurdî · کوردی", "Wernigerode")
        await krause.picks("✔️ Talked")
        emine.has_read(said(emine, "🤝 Thank you for the talk! We are glad that you want to help."))
        await krause.picks("Not now")
        await krause.picks("Yes, not now")
        krause.never_read("Emine Yılmaz")
        emine.has_read(said(emine, "This does not mean never. We have deleted what you wrote."))
        await emine.says("/start")
        emine.reads(said(emine, "What would you like to do?"))


async def test_a_link_in_the_middle_of_a_question(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        omar = await harz.requester("Omar", "en")
        question = omar.screen[-1]
        token = joining.new_token()
        await harz.lotse.db.transact(joining.invite_volunteer, token, "عمر حداد", ("ar", "de"))
        await omar.starts(token)
        omar.has_read("Welcome, عمر حداد!")
        omar.reads("Before you begin")
        await omar.picks(AGREE)
        omar.reads("What would you like to help with?")  # the office knew the languages
        await omar.starts(token)  # once more is no harm
        omar.reads("What would you like to help with?")
        await omar.says("/cancel")
        omar.reads(question)  # what was interrupted goes on
        await omar.says("/cancel")
        omar.reads("Your profile is not finished yet.")
        mallory = await harz.reader("Mallory", "en")
        await mallory.starts(token)
        mallory.has_read("This link was already used.")
        mallory.never_read("عمر")
