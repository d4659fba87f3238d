"""What people can ask for, what is asked of them, and what is kept of it."""

from dataclasses import replace

from bot.clock import MovableWall
from bot.domain.people import Gender
from bot.domain.requests import Details, HelpRequest, How, State, Wanted
from bot.storage import people, requests
from bot.storage.tx import Tx
from tests.transcripts.people import Person
from tests.transcripts.town import Town, moment, town


async def stored(harz: Town, number: int) -> HelpRequest:
    return await harz.lotse.db.read(requests.by_id, number)


async def asks(person: Person, *labels: str) -> None:
    """Asks for something else; the labels are tapped if they are there, else written."""
    await person.says("/start")
    await person.picks("🙋 Ask for help")
    for label in labels:
        if label in person.labels:
            await person.taps(label)
        else:
            await person.says(label)


async def test_every_kind_of_help(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        assert len(sara.labels) == 13  # eight pictures, a voice message, four ways out
        await harz.request(sara, "18.01.2027", "9")
        assert await stored(harz, 1) == HelpRequest(
            id=1,
            person_id=1,
            state=State.STUCK,
            category="doctor",
            language="en",
            starts_at=moment("2027-01-18 09:00"),
            minutes=120,
            place="Halberstadt",
            hear_by=(await stored(harz, 1)).hear_by,
            revision=(await stored(harz, 1)).revision,
            details=Details(name="Sara"),
        )

        await asks(sara, "✉️ Letter or form", "17.01.2027", "Thale")
        sara.reads("What exactly: Understand a letter", "🔴 Date in the letter: Sunday, 17.01.2027")
        sara.reads("How: Either is fine", "Day: 📅 No date yet")
        await sara.taps("✅ Send")
        letter = await stored(harz, 2)
        assert (letter.category, letter.how, letter.answer_by) == (
            "letter",
            How.EITHER,
            "2027-01-17",
        )
        assert letter.starts_at is None

        await asks(sara, "🏫 School and child", "6 to 10", "Thale", "🔁 Every week")
        sara.reads("Age of the child: 6 to 10", "Day: 🔁 Every week")
        assert not any("Time" in label for label in sara.labels)
        await sara.taps("✅ Send")
        sara.reads("The office looks at it first.")  # a child is concerned
        school = await stored(harz, 3)
        assert (school.weekly, school.for_child, school.details.age) == (True, True, "6-10")

        await asks(sara, "🏛️ Office", "Jobcenter", "Thale", "20.01.2027", "10")
        sara.reads("Office: KoBa Jobcenter Landkreis Harz", "How long, in minutes: 90")
        await sara.taps("✅ Send")
        assert (await stored(harz, 4)).details.office == "jobcenter"

        await asks(sara, "📚 German and homework", "Practise German")
        await sara.picks("⬅️ Back")  # something else of this picture
        await sara.taps("Homework help")
        sara.reads("How old is the child?")
        await sara.says("/cancel")


async def test_what_only_professionals_may_do(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await sara.taps("🩺 Doctor")
        sara.reads("an operation", "anaesthesia", "mental health", "We do not keep which one")
        await sara.taps("Yes, one of these")
        for words in ("Halberstadt", "18.01.2027", "9", "no matter"):
            await sara.says(words)
        sara.reads("Is this right?")
        for word in ("operation", "mental"):
            assert word not in sara.screen[-1]
        await sara.taps("✅ Send")
        sara.reads("A professional must help with this", "112", "0800 1110111")
        assert (await stored(harz, 1)).topic
        anna.never_read("H-1001")
        office.has_read("H-1001")

        await asks(sara, "✉️ Letter or form")
        sara.reads("a court")
        await sara.taps("⚖️ One of these topics")
        await sara.says("Thale")
        await sara.taps("✅ Send")
        sara.reads("A professional must help with this")

        # Other topics are asked about when it turns out to be something else.
        await asks(sara, "🩺 Doctor", "No, none of these", "Thale", "18.01.2027", "15", "A man")
        await sara.taps("✏️ Change")
        await sara.taps("✏️ Help")
        await sara.taps("🏛️ Office")
        await sara.taps("Immigration office")
        sara.reads("the police", "a court")
        await sara.taps("No, none of these")
        sara.reads("Is this right?", "What exactly: Immigration office", "Who should come: A man")
        await sara.taps("✅ Send")
        request = await stored(harz, 3)
        assert (request.category, request.topic, request.gender) == (
            "immigration_office",
            False,
            Gender.MAN,
        )


async def test_a_voice_message_says_it_all(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        sara = await harz.requester("Sara", "en")
        await sara.taps("🎤 Say it")
        sara.reads("Please send a voice message")
        for written in ("👍🏽", "???", "\u200f\u202e"):
            await sara.says(written)
            sara.reads("write a few words or send a voice message")
        await sara.does(sara.phone.sends_voice())
        sara.reads("Is this right?", "Help: Voice message", "Your name: Sara")
        await sara.taps("✅ Send")
        sara.reads("H-1001", "The office looks at it first.", "You will hear from us by")
        office.has_read("👀 H-1001")
        request = await stored(harz, 1)
        assert request.state is State.WAITING
        assert (request.category, request.starts_at, request.place) == ("other", None, "")
        assert request.details.voice
        await sara.taps("📋 My requests")
        sara.reads("H-1001", "The office is looking at it", "You will hear from us by")


async def test_every_line_of_the_summary(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        await harz.office()
        sara = await harz.requester("Sara", "en")
        await harz.comes_to_the_day(sara)
        for words in ("18.01.2027", "9", "a woman"):
            await sara.says(words)
        assert len(sara.labels) == 6  # send, change, and the ways out
        for line, answer in (
            ("✏️ Your name", "Umm Ali"),
            ("✏️ For whom", "For my child"),
            ("✏️ How", "📱 By phone"),
            ("✏️ How long, in minutes", "30 minutes"),
            ("✏️ Language of the helper", "کوردی (سۆرانی)"),
            ("✏️ A few words", "Second floor, ring twice"),
            ("✏️ Call me instead", "0151 1234567"),
            ("✏️ Who should come", "No matter"),
        ):
            await sara.taps("✏️ Change")
            await sara.taps(line)
            if answer in sara.labels:
                await sara.taps(answer)
            else:
                await sara.says(answer)
        await sara.taps("✏️ Change")
        await sara.taps("✏️ Other languages")
        for label in ("▫️ العربية", "▫️ Deutsch", "✅ Deutsch", "▫️ Türkçe", "✔️ Done"):
            await sara.taps(label)
        sara.reads("Umm Ali", "For my child", "By phone", "کوردی", "+491511234567", "العربية")
        assert "Place" not in sara.screen[-1]  # on the phone it does not matter where
        await sara.taps("✅ Send")
        sara.reads("The office looks at it first.")
        assert "🌐 My other languages" not in sara.labels
        wanted = await stored(harz, 1)
        assert replace(wanted, state=State.WAITING, hear_by=None, revision=1) == HelpRequest(
            id=1,
            person_id=wanted.person_id,
            state=State.WAITING,
            category="doctor",
            language="ckb",
            starts_at=moment("2027-01-18 09:00"),
            minutes=30,
            also=("ar", "tr"),
            how=How.PHONE,
            for_child=True,
            details=Details(
                name="Umm Ali",
                whom="child",
                words="Second floor, ring twice",
                phone="+491511234567",
            ),
        )


async def test_which_other_languages_is_asked_once_ever(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall) as harz:
        bilal = await harz.volunteer("Bilal", "ar")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        sara.reads("not found a volunteer yet", "Do you understand other languages too?")
        sent = sara.last
        await sara.taps("🌐 My other languages")
        await sara.taps("▫️ العربية")
        await sara.taps("✔️ Done")
        sara.reads("Thank you!")
        assert await harz.lotse.db.read(_also, sara.id) == ("ar",)
        assert (await stored(harz, 1)).also == ("ar",)
        await sara.taps("🌐 My other languages", sent)
        sara.reads("This is no longer open.")
        await harz.request(sara, "19.01.2027")
        assert "🌐 My other languages" not in sara.labels
        assert (await stored(harz, 2)).also == ("ar",)
        assert bilal.screen


async def test_a_request_is_changed(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        anna = await harz.volunteer("Anna", "en")
        sara = await harz.requester("Sara", "en")
        await harz.request(sara)
        anna.reads("🙋 Können Sie helfen? H-1001", "14:30")
        await sara.taps("📋 My requests")
        sara.reads("Volunteers are being asked", "You will hear from us by")
        await sara.taps("✏️ Change H-1001")
        sara.reads("Is this right?", "Day: Monday, 18.01.2027", "Time: 14:30", "Halberstadt")
        await sara.taps("✏️ Change")
        await sara.taps("✏️ Day")
        await sara.says("20.01.2027")
        await sara.taps("✅ Send")
        sara.reads("H-1001")
        anna.reads("🙋 Können Sie helfen? H-1001", "Mittwoch, 20.01.2027, 14:30")
        assert (await stored(harz, 1)).starts_at == moment("2027-01-20 14:30")

        # Now a child is concerned, so a coordinator looks at it first.
        await sara.says("/mine")
        await sara.taps("✏️ Change H-1001")
        await sara.taps("✏️ Change")
        await sara.taps("✏️ For whom")
        await sara.taps("For my child")
        await sara.taps("✅ Send")
        sara.reads("The office looks at it first.")
        assert (await stored(harz, 1)).state is State.WAITING
        office.has_read("👀 H-1001")
        assert "✅ Ja, ich kann" not in anna.labels
        await harz.until(moment("2027-01-18 15:00"))
        assert (await stored(harz, 1)).state is State.WAITING  # the old time means nothing now

        await harz.request(sara, "21.01.2027")
        await sara.taps("📋 My requests")
        old = sara.last
        await anna.taps("✅ Ja, ich kann")
        await sara.taps("✏️ Change H-1002", old)
        sara.reads("It is too late for this.")
        await sara.says("/mine")
        sara.reads("H-1002", "With: Anna")
        assert "✏️ Change H-1002" not in sara.labels


async def test_what_was_written_comes_back_as_it_was(database_url: str, wall: MovableWall) -> None:
    """To change nothing changes nothing."""
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "en")
        for labels in (
            ("✉️ Letter or form", "20.01.2027", "Thale"),
            ("🏫 School and child", "Under 6", "Thale", "🔁 Every week"),
            ("🏠 Flat and bank", "Bank, insurance, post", "Thale", "📅 No date yet"),
            ("🩺 Doctor", "Yes, one of these", "Thale", "18.01.2027", "9", "A woman"),
        ):
            if "🙋 Ask for help" in sara.labels or "📋 My requests" in sara.labels:
                await asks(sara, *labels)
            else:
                for label in labels:
                    await (sara.taps(label) if label in sara.labels else sara.says(label))
            await sara.taps("✅ Send")
        for number in range(1, 5):
            before = _asked(await stored(harz, number))
            await sara.says("/mine")
            await sara.taps(f"✏️ Change H-{1000 + number}")
            sara.reads("Is this right?")
            await sara.taps("✅ Send")
            assert _asked(await stored(harz, number)) == before


def _asked(request: HelpRequest) -> Wanted:
    return replace(request, state=State.WAITING, hear_by=None, revision=1)


def _also(tx: Tx, chat_id: int) -> tuple[str, ...] | None:
    person = people.by_chat(tx, chat_id)
    assert person is not None
    return person.also
