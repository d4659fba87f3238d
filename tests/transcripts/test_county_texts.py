"""A lead changes what the county says, in the chat; papers to print are made there too."""

import io

import pypdf

from bot.clock import MovableWall
from bot.domain.county import County
from bot.i18n.bidi import without_controls
from bot.usecases.county_texts import Counties
from simulator import Seen
from tests.transcripts.people import Person
from tests.transcripts.town import Town, town

OLD, NEW = "03941 5970-4504", "03941 77 88"
CALL = "You would rather talk to a person? Call the office: {phone}"
BELONGS_TO_LEAD = "Only the coordinators can do this."


async def opens(krause: Person, *labels: str) -> None:
    await krause.says("/county")
    for label in labels:
        await krause.picks(label)


async def test_a_phone_number_reaches_everybody(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        krause = (await harz.office()).coordinator
        sara = await harz.requester("Sara", "ar")
        await sara.says("/help")
        sara.reads(OLD)

        await opens(krause, "📞 Our office")
        krause.reads("Phone: 03941 5970-4504", "Opening hours: not given")
        await krause.taps("Phone")
        krause.reads("Now: 03941 5970-4504", "with its area code")
        await krause.says("call us")
        krause.reads("Please write the whole number")
        await krause.says(NEW)
        krause.reads("This is how people will read it.", f"Call the office: {NEW}")
        await sara.says("/help")
        sara.reads(OLD)  # nobody has saved it yet
        await krause.picks("✅ Save")
        krause.reads("Saved. It holds from now on")
        await sara.says("/help")
        sara.reads(harz.label(CALL, "ar", phone=NEW))
        await harz.restart()
        await sara.says("/help")
        sara.reads(NEW)

        await opens(krause, "📞 Our office")
        krause.reads(f"✏️ Phone: {NEW}")
        await krause.taps("Opening hours")
        await krause.says("Mo-Do 12:00-9:00")
        krause.reads("Please write the hours like this")
        await krause.says("Mo-Di 9:00-12:00; Do 13:00-18:00")
        krause.reads("Tuesday: 09:00–12:00", "Thursday: 13:00–18:00")
        await krause.picks("✅ Save")
        assert len((await holding(harz)).office.hours) == 3

        # The paper that is made now says the new number.
        await krause.says("/poster Halberstadt")
        krause.reads("The code opens a request for Halberstadt")
        await krause.picks("🖼 Poster")
        await krause.taps("العربية")
        assert NEW in printed(harz, krause.files[-1])

        await opens(krause, "📞 Our office")
        await krause.taps("↩️ Phone")
        krause.reads("as in the county's file again")
        await sara.says("/help")
        sara.reads(OLD)


async def test_a_kind_of_help_is_switched_off_while_it_is_chosen(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        krause = (await harz.office()).coordinator
        mary = await harz.requester("Mary", "en")
        await mary.picks("🏠 Flat and bank")
        yuri = await harz.requester("Yuri", "uk")
        await yuri.picks("🏠 Flat and bank")
        await yuri.picks("Flat or landlord")
        await yuri.says("Halberstadt")
        await yuri.picks("📅 No date yet")
        yuri.reads(harz.label("Is this right?", "uk"))

        await opens(krause, "🧩 Kinds of help")
        await krause.picks("✅ {what}", what="Flat or landlord")
        krause.reads("Nobody can ask for “Flat or landlord” any more")
        await krause.picks("✅ Save")
        assert harz.label("🚫 {what}", "en", what="Flat or landlord") in krause.labels

        await mary.picks("Flat or landlord")
        mary.reads("This choice is no longer possible.", "What exactly?")
        assert "Flat or landlord" not in mary.labels
        await yuri.picks("✅ Send")
        yuri.reads(harz.label("What exactly?", "uk"))  # never the other one in its place
        yuri.never_read("H-1001")
        await yuri.picks("Bank, insurance, post")
        await yuri.picks("✅ Send")
        yuri.reads("H-1001")

        # Switched on again, both are there.
        await opens(krause, "🧩 Kinds of help")
        await krause.picks("🚫 {what}", what="Flat or landlord")
        await krause.picks("✅ Save")
        await mary.says("/start")
        assert "Flat or landlord" in mary.labels


async def test_the_greeting_what_to_bring_and_who_may_not(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall, office_reads="en") as harz:
        krause = (await harz.office()).coordinator
        olha = await harz.reader("Olha", "uk")
        anna = await harz.volunteer("Anna", "en", reads="en")
        await anna.says("/county")
        anna.reads(BELONGS_TO_LEAD)

        await opens(krause, "👋 Greeting")
        await krause.taps("Українська")
        await krause.says("Ми раді,   що ви тут.\nЛандкрайс Гарц")
        krause.reads("Ми раді, що ви тут. Ландкрайс Гарц")
        await krause.picks("✅ Save")
        await olha.says("/start")
        olha.reads("Ми раді, що ви тут. Ландкрайс Гарц")  # already on the first question
        await olha.picks("✅ I agree")
        await anna.says("/start")
        anna.never_read("Ми раді")

        await opens(krause, "🎒 What to bring")
        await krause.taps("Bank, insurance, post")
        for thing in ("pen and paper", "bank card"):
            await krause.taps(thing)
        await krause.picks("✅ Done")
        krause.reads("🎒 Please bring: bank card and pen and paper")
        await krause.picks("✅ Save")
        assert len((await holding(harz)).categories["bank"].bring) == 2

        await opens(krause, "🏛️ Other offices")
        await krause.taps("KoBa Jobcenter Landkreis Harz")
        await krause.taps("Phone")
        await krause.says("03941 111 222")
        await krause.picks("✅ Save")
        await opens(krause, "🚨 Emergency numbers")
        await krause.taps("Help in case of poisoning")
        await krause.picks("🗑 Take it out")
        await krause.picks("✅ Save")
        county = await holding(harz)
        assert "03941 111 222" in {one.phone for one in county.offices}
        assert "poison" not in {one.key for one in county.emergency}


async def holding(harz: Town) -> County:
    """The county as it holds now."""
    return await harz.lotse.db.read(Counties(harz.county).at)


def printed(harz: Town, file: Seen) -> str:
    """What stands on the paper; blanks within a number are ones that no line breaks at."""
    assert file.content["document"]["file_name"] == "Aushang-ar-Halberstadt.pdf"
    stored = harz.server.world.files.by_id(file.content["document"]["file_id"])
    (page,) = pypdf.PdfReader(io.BytesIO(stored.data)).pages
    return without_controls(page.extract_text()).replace("\u00a0", " ")
