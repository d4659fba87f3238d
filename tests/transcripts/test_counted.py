"""How many taps and words it takes from /start until a request is sent.

Every tap, every message and the start itself count as one action.
"""

from bot.clock import MovableWall
from tests.transcripts.people import Person
from tests.transcripts.town import moment, town


class Counted:
    """A person whose actions are counted."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.actions = 0

    async def starts(self, payload: str | None = None) -> None:
        self.actions += 1
        await self.person.starts(payload)

    async def chooses(self, language: str) -> None:
        self.actions += 1
        await self.person.chooses(language)

    async def picks(self, *labels: str) -> None:
        for label in labels:
            self.actions += 1
            await self.person.picks(label)

    async def says(self, *words: str) -> None:
        for each in words:
            self.actions += 1
            await self.person.says(each)

    async def speaks(self) -> None:
        self.actions += 1
        await self.person.does(self.person.phone.sends_voice())

    def sent(self, number: str, *, within: int) -> None:
        self.person.reads(number)
        assert self.actions <= within, f"{self.actions} actions"
        self.actions = 0


async def test_the_first_time_and_the_next(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = Counted(harz.person("Sara", "ar"))
        await sara.starts()
        await sara.chooses("ar")
        await sara.picks("✅ I agree")
        await sara.speaks()
        await sara.picks("✅ Send")
        sara.sent("H-1001", within=5)

        omid = Counted(harz.person("Omid", "fa"))
        await omid.starts()
        await omid.chooses("fa")
        await omid.picks("✅ I agree", "✉️ Letter or form")
        await omid.says("۲۰.۰۱.۲۰۲۷")
        await omid.says("Halberstadt")
        omid.person.reads("🔴")  # in five days
        await omid.picks("✅ Send")
        omid.sent("H-1002", within=7)


async def test_an_appointment(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        rojin = Counted(harz.person("Rojin", "ckb"))
        await rojin.starts()
        await rojin.chooses("ckb")
        await rojin.picks("✅ I agree", "🏛️ Office", "Jobcenter")
        await rojin.says("Wernigerode", "18.01.2027", "9")
        await rojin.picks("✅ Send")
        rojin.sent("H-1001", within=9)

        olena = Counted(harz.person("Olena", "uk"))
        await olena.starts()
        await olena.chooses("uk")
        await olena.picks("✅ I agree", "🩺 Doctor", "No, none of these")
        await olena.says("Quedlinburg", "завтра", "10:30")
        await olena.picks("A woman", "✅ Send")
        olena.sent("H-1002", within=10)

        await harz.until(moment("2027-01-20 09:00"))
        await olena.starts()
        await olena.picks("🔁 The same again", "No, none of these")
        await olena.says("25.01.2027", "10:30")
        olena.person.reads("Quedlinburg")
        await olena.picks("✅ Send")
        olena.sent("H-1003", within=6)

        await rojin.starts()  # another thing than the last time: the place is the first button
        await rojin.picks("🙋 Ask for help", "✉️ Letter or form", "No date in it")
        assert rojin.person.labels[0] == "Wernigerode"
        await rojin.says("Wernigerode")  # as good as a tap
        await rojin.picks("✅ Send")
        rojin.sent("H-1004", within=6)


async def test_a_code_on_paper(database_url: str, wall: MovableWall) -> None:
    """The language and the town are in the link."""
    async with town(database_url, wall) as harz:
        sara = Counted(harz.person("Sara", "de"))
        sara.person.language = "ar"
        await sara.starts("q-ar-gross-quenstedt")
        await sara.picks("✅ I agree", "🩺 Doctor", "No, none of these")
        await sara.says("18.01.2027", "14:30")
        await sara.picks("No matter")
        sara.person.reads("Groß Quenstedt")
        await sara.picks("✅ Send")
        sara.sent("H-1001", within=8)
        await sara.starts("q-uk-halberstadt")  # she reads Arabic already, and goes on in it
        assert harz.label("🩺 Doctor", "ar") in sara.person.labels

        emily = harz.person("Emily", "en")
        for payload in ("q-", "q-xx", "q-xx-nowhere", "q-en-nowhere", "q-en-"):
            await emily.starts(payload)
        emily.language = "en"
        await emily.picks("✅ I agree")
        emily.reads("What do you need?")
