"""Social workers file for clients: who hears what, and that they see nothing else."""

from bot.clock import MovableWall
from bot.domain.people import Role
from bot.messages import N_, Param, Text
from tests.transcripts.people import Office, Person
from tests.transcripts.town import Town, moment, town

MONDAY = moment("2027-01-18 14:30")


async def test_files_and_the_client_comes(database_url: str, wall: MovableWall) -> None:
    """Referrer in German, client in Ukrainian with a chat of her own, volunteer in Ukrainian."""
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna Vogt", "uk", "de", reads="uk")
        sommer = await referrer(harz, "Frau Sommer")

        await files(sommer, "Olena Koval", day="18.01.2027")
        await sommer.picks("📱 They have Telegram")
        await sommer.picks("⏭ Skip")
        await sommer.picks("✅ File it")
        sommer.has_read("H-1001", "Olena Koval")
        token = link_in(harz, sommer)
        anna.reads("H-1001")

        await anna.picks("✅ Yes, I can")  # until she comes, the messages go to the referrer
        sommer.has_read(harz.said(Text("👤 For {name}:", {"name": "Olena Koval"}), "de"), "H-1001")
        sommer.has_read("Anna")
        sommer.never_read("Vogt")

        await sommer.starts(token)  # only trying it out
        sommer.has_read(says(harz, N_("This link is for somebody else. Please send it on."), "de"))
        olena = harz.person("Olena", "uk")
        await olena.starts(token)
        olena.language = "uk"
        olena.has_read("H-1001")
        opened = N_("✔️ {number}: {name} has opened the link. From now on we write to them.")
        sommer.has_read(says(harz, opened, "de", number="H-1001", name="Olena Koval"))
        await olena.says("/mine")
        olena.reads("H-1001", "Anna")
        stranger = harz.person("Stranger", "uk")
        await stranger.starts(token)
        stranger.never_read("H-1001")

        heard = len(sommer.screen)
        await harz.until(MONDAY - 24 * 3600 + 60)
        olena.has_read("H-1001", "14:30")
        assert len(sommer.screen) == heard, "the client hears it herself now"
        await sommer.says("/mine")
        sommer.reads(
            says(harz, N_("👤 Filed by you for {name}"), "de", name="Olena Koval"), "H-1001", "Anna"
        )
        await sees_nothing_else(harz, sommer, office)
        await sommer.says("/mine")
        await sommer.picks("✖️ Cancel {number}", number="H-1001")
        await sommer.picks("✖️ Yes, cancel it")
        anna.has_read("H-1001")
        await olena.says("/mine")
        olena.never_read("Sommer")


async def test_is_the_contact_until_the_role_ends(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        office = await harz.office()
        krause = office.coordinator
        anna = await harz.volunteer("Anna Vogt", "uk", "de", reads="de")
        sommer = await referrer(harz, "Frau Sommer")

        await files(sommer, "Olena Koval", day=None)
        await sommer.picks("I am the contact")
        await sommer.says("0171 2345678")
        await sommer.picks("✅ File it")
        await anna.picks("✅ Yes, I can")
        await offers_times(anna)
        sommer.has_read("H-1001", "Olena Koval", "Anna")
        await sommer.taps(time_in(sommer))
        anna.has_read("H-1001")
        await sommer.says("/mine")
        await sommer.picks("✉️ Write: {number}", number="H-1001")
        await sommer.says("Frau Koval wartet vor der Tür.")
        anna.has_read("Frau Koval wartet vor der Tür.")

        await krause.says("/request H-1001")
        krause.reads("Filed by Frau Sommer, Beratungsstelle Halberstadt", "+491712345678")

        await files(sommer, "Petro Bondar", day="20.01.2027")
        await sommer.picks("📞 Please call them")
        await sommer.says("0171 7654321")
        await sommer.picks("✅ File it")
        await sommer.says("/mine")
        await sommer.picks("✏️ Change {number}", number="H-1002")
        await sommer.picks("✏️ Change")
        await sommer.taps(f"✏️ {harz.label('Day', 'de')}")
        await sommer.says("21.01.2027")
        await sommer.picks("✅ Send")
        await sommer.says("/mine")
        sommer.reads("H-1002", "21.01.2027")
        await anna.takes("H-1002")
        office.has_read("📞 Please call about H-1002.")
        sommer.never_read("H-1002: Anna")

        await krause.says("/team")
        await krause.taps("Frau Sommer")
        krause.reads("Works at: Beratungsstelle Halberstadt")
        await krause.taps("End as referrer")
        await krause.taps("Yes, end it")
        krause.reads("✔️ Frau Sommer: Files for clients has ended.")
        sommer.has_read(harz.county.office_phone)
        office.reads("📞 Please call about H-1001.")
        menu = harz.server.world.profile.commands.get(("chat", sommer.id, 0, ""), [])
        assert "file" not in [one["command"] for one in menu]
        await sommer.says("/mine")
        sommer.reads(says(harz, N_("You have no open requests."), "de"))
        heard = len(sommer.screen)
        await harz.until(moment("2027-01-20 08:00"))  # the reminder is a call, too
        assert len(sommer.screen) == heard


# --- parts ----------------------------------------------------------------------------------------


def says(harz: Town, words: str, language: str, **values: Param) -> str:
    return harz.said(Text(words, values), language)


async def referrer(harz: Town, name: str) -> Person:
    """Invited, and through the two questions that are asked once."""
    person = await harz.member(name, Role.REFERRER)
    await person.says("Beratungsstelle Halberstadt")
    await person.picks("✅ I agree")
    menu = harz.server.world.profile.commands[("chat", person.id, 0, "")]
    assert "file" in [one["command"] for one in menu]
    return person


async def files(person: Person, client: str, *, day: str | None) -> None:
    """All but the contact: company to a doctor."""
    await person.says("/file")
    await person.says(client)
    await person.taps("Українська")
    await person.picks("Company to a doctor")
    await person.says("Halberstadt")
    if day is None:
        await person.picks("No date yet")
    else:
        await person.says(day)
        await person.says("14:30")
    await person.picks("Comes along")
    await person.picks("Anybody")
    await person.picks("⏭ Skip")


def link_in(harz: Town, person: Person) -> str:
    """The payload of the newest link, which stands under its QR code."""
    said = person.has_read("?start=c-")
    return said.partition("?start=")[2].split()[0]


async def offers_times(volunteer: Person) -> None:
    await volunteer.says("20.01.2027")
    await volunteer.says("09:00")
    await volunteer.picks("✔️ That is all")
    await volunteer.says("Stadtbibliothek")


def time_in(person: Person) -> str:
    return next(label for label in person.labels if "09:00" in label)


async def sees_nothing_else(harz: Town, sommer: Person, office: Office) -> None:
    """Other people's requests, volunteers, lists: all refused, and on record."""
    other = await harz.requester("Sara", "ar")
    await harz.request(other, day="19.01.2027")
    refusal = says(
        harz, N_("Your role does not allow this. Please ask who leads the office."), "de"
    )
    for command in ("/open", "/request H-1002", "/who H-1001", "/volunteers", "/team", "/audit"):
        await sommer.says(command)
        sommer.reads(refusal)
    await sommer.says("/mine")
    assert "H-1002" not in sommer.screen[-1]
    await office.coordinator.says("/audit")
    office.coordinator.reads("Frau Sommer", "/request")
