"""Many people with phones for some weeks: everybody looks now and then, and taps by simple rules.

The dice are seeded by who taps what, so that the same things happen on every database.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.domain.people import Papers, Profile
from bot.i18n.bidi import without_controls
from bot.storage import volunteers
from bot.storage.tx import Tx
from bot.usecases import joining, profiles
from simulator import Group, Phone
from tests.appointed import PAPERS
from tests.transcripts.people import Office, Person
from tests.transcripts.town import Town

#: So often of a hundred.
_ACCEPTS, _DECLINES, _NONE_FITS, _COMING, _ANSWERS_AFTERWARDS = 50, 25, 20, 85, 75


@dataclass(frozen=True, slots=True)
class Line:
    """What the bot wrote into *chat*, or edited there; *acting*: whose deed it answers (their
    chat), None: nobody's, it was the clock."""

    at: int
    chat: int
    text: str
    data: tuple[str, ...]
    edited: bool
    acting: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """A volunteer of the week. ``answers`` is False for who never looks at offers."""

    name: str
    reads: str
    profile: Profile
    papers: Papers = PAPERS
    paused_until: str | None = None
    answers: bool = True


@dataclass
class Week:
    harz: Town
    office: Office
    lines: list[Line] = field(default_factory=list)
    helpers: dict[str, Helper] = field(default_factory=dict)
    requesters: dict[str, Person] = field(default_factory=dict)
    #: Who answers no reminders.
    ignores: set[str] = field(default_factory=set)
    #: (when, request) that the office asked somebody for by hand.
    by_hand: list[tuple[int, int]] = field(default_factory=list)
    _acting: int | None = None
    _asked: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _tapped: set[tuple[int, int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.harz.server.events.listen(self._hear)

    def _hear(self, event: dict[str, Any]) -> None:
        message = event.get("message") or {}
        if event["type"] not in ("message", "edited") or not message["from"]["is_bot"]:
            return
        rows = (message.get("reply_markup") or {}).get("inline_keyboard") or []
        buttons = [one for row in rows for one in row]
        said = [message.get("text") or message.get("caption") or "", *(b["text"] for b in buttons)]
        self.lines.append(
            Line(
                self.harz.wall.now(),
                event["chat_id"],
                without_controls("\n".join(said)),
                tuple(one.get("callback_data", "") for one in buttons),
                event["type"] == "edited",
                self._acting,
            )
        )

    # Who is there --------------------------------------------------------------------------

    async def volunteers_join(self, helpers: Sequence[Helper]) -> None:
        """All were appointed; they open their links and choose a language."""
        tokens = [joining.new_token() for _ in helpers]
        joined = list(zip(helpers, tokens, strict=True))
        await self.harz.lotse.db.transact(_prefill, self.harz, joined)
        for helper, token in joined:
            self.helpers[helper.name] = helper
            person = self.harz.person(helper.name)
            await person.starts(token)
            await person.chooses(helper.reads)

    async def arrives(self, name: str, language: str) -> Person:
        """Somebody who asks for help for the first time chooses a language before."""
        if name not in self.requesters:
            self.requesters[name] = await self.harz.reader(name, language)
        return self.requesters[name]

    # What they do --------------------------------------------------------------------------

    async def does(self, person: Person, *answers: str) -> None:
        """Taps what has one of these English labels, or writes it; 🎤: speaks."""
        self._acting = person.id
        for answer in answers:
            if answer == "🎤":
                await person.does(person.phone.sends_voice())
            elif answer in person.labels:
                await person.taps(answer)
            elif self._is_written(answer):
                await person.says(answer)
            else:
                await person.picks(answer)
        self._acting = None

    def _is_written(self, answer: str) -> bool:
        """A command, a number, a name, or a town."""
        is_town = self.harz.county.place(answer) is not None
        return is_town or answer[0] in "/0123456789" or answer.startswith("Frau ")

    async def taps(self, person: Person, pattern: str, *, of: Group | None = None) -> str:
        """Taps the newest button whose data matches, and that was not tapped before; its data, or
        nothing if there is none."""
        screen = of or person.phone
        found = next(self._buttons(screen, pattern), None)
        if found is None:
            return ""
        message, button = found
        self._tapped.add((screen.chat.id, message.message_id, button["callback_data"]))
        self._acting = person.id
        tap = screen.tap(person.phone.account, message, button, inaccessible=False)
        await self.harz.settle()
        await person.toast(tap)
        self._acting = None
        return str(button["callback_data"])

    def passes_over(self, person: Person, pattern: str) -> None:
        """The person has seen it and does not tap it, now or later."""
        for message, button in list(self._buttons(person.phone, pattern)):
            self._tapped.add((person.phone.chat.id, message.message_id, button["callback_data"]))

    def sees(self, person: Person, pattern: str, *, of: Group | None = None) -> str:
        """The data of the newest button that could be tapped; nothing if there is none."""
        found = next(self._buttons(of or person.phone, pattern), None)
        return "" if found is None else str(found[1]["callback_data"])

    def _dice(self, person: Person, data: str) -> int:
        """0 to 99 for what is asked under the button: by who, about which request, and for the
        how many-th time."""
        message, _ = next(self._buttons(person.phone, re.escape(data)))
        about = re.findall(r"H-\d+", str(message.content.get("text")))[0]
        asked = (person.phone.account.first_name, data.partition(":")[0], about)
        self._asked[asked] += 1
        return _dice(*asked, self._asked[asked])

    def _buttons(self, screen: Phone | Group, pattern: str) -> Iterator[tuple[Any, Any]]:
        for message in reversed(screen.visible()):
            for button in (one for row in message.inline_keyboard or [] for one in row):
                data = button.get("callback_data", "")
                mark = (screen.chat.id, message.message_id, data)
                if mark not in self._tapped and re.fullmatch(pattern, data):
                    yield message, button

    # How they answer -----------------------------------------------------------------------

    async def everybody_looks(self, *, office_hours: bool) -> None:
        for name in self.helpers:
            await self._volunteer_looks(name, self.harz.people[name])
        for person in self.requesters.values():
            await self._requester_looks(person)
        if office_hours:
            await self.office_looks()

    async def _volunteer_looks(self, name: str, person: Person) -> None:
        if person.phone.chat.blocked:
            return
        while (data := self.sees(person, r"offer:yes:\d+")) != "":
            dice = self._dice(person, data)
            if not self.helpers[name].answers or dice >= _ACCEPTS + _DECLINES:
                self.passes_over(person, data)
            elif dice < _ACCEPTS:
                await self.taps(person, data)
                await self._offers_times(person)
            else:
                await self.taps(person, data.replace("yes", "no"))
                self.passes_over(person, data)
        if await self.taps(person, r"times:offer:\d+"):
            await self._offers_times(person)
        await self._says_whether_coming(name, person)
        while data := self.sees(person, r"close:done:\d+"):
            if self._dice(person, data) < _ANSWERS_AFTERWARDS:
                await self.taps(person, data)
                await self.taps(person, r"close:min90:\d+")
                await self.taps(person, r"meet:yes:\d+")
            else:
                self.passes_over(person, data)
        while await self.taps(person, r"series:yes:\d+"):
            pass
        await self._volunteers_besides(name, person)

    async def _volunteers_besides(self, name: str, person: Person) -> None:
        """What the office asks of all of them: a meetup, and whether a month is complete."""
        if data := self.sees(person, r"meetup:yes:\d+"):
            come = self.helpers[name].answers and _dice(name, data) < _COMING
            await self.taps(person, data if come else data.replace("yes", "no"))
            self.passes_over(person, r"meetup:(yes|no|maybe):\d+")
        if self.helpers[name].answers:
            await self.taps(person, r"hours:complete:\d+")

    async def _says_whether_coming(self, name: str, person: Person) -> None:
        while data := self.sees(person, r"coming:yes:\d+"):
            if name not in self.ignores and self._dice(person, data) < _COMING:
                await self.taps(person, data)
            else:
                self.passes_over(person, data)

    async def _offers_times(self, person: Person) -> None:
        """Goes through the questions by tapping something: two times, at the first place."""
        for number in range(20):
            choices = [one for one in person_data(person) if re.fullmatch(r"f:\d+:\w+:[^!].*", one)]
            if not choices:
                return
            ask = choices[0].split(":")[2]
            at = 0
            if ask.startswith(("day", "time")):  # not the first: that is today
                at = 1 + _dice(person.phone.account.first_name, ask, number) % (len(choices) - 1)
            elif ask == "more2":
                at = 1
            await self.taps(person, re.escape(choices[at]))

    async def _requester_looks(self, person: Person) -> None:
        name = person.phone.account.first_name
        while data := self.sees(person, r"times:pick:\d+"):
            if self._dice(person, data) < _NONE_FITS:
                await self.taps(person, r"times:none:\d+")
                self.passes_over(person, r"times:pick:\d+")
            else:
                await self.taps(person, data)
        while await self.taps(person, r"relax:yes:\w+:\d+"):
            pass
        await self._says_whether_coming(name, person)
        while data := self.sees(person, r"went:well:\d+"):
            if self._dice(person, data) < _ANSWERS_AFTERWARDS:
                await self.taps(person, data)
                await self.taps(person, r"meet:any:\d+")
            self.passes_over(person, data)
        while await self.taps(person, r"series:yes:\d+"):
            pass

    # What does not happen by itself ----------------------------------------------------------

    # These come true if there is somebody; *in_hours*: whose task begins so soon.

    async def cancels(self, *names: str) -> bool:
        """The first of them who still can."""
        for person in (self.requesters[name] for name in names if name in self.requesters):
            await self.does(person, "/mine")
            if await self.taps(person, r"request:cancel:\d+"):
                return await self.taps(person, r"request:cancelled:\d+") != ""
        return False

    async def hands_back(self, *, in_hours: tuple[int, int]) -> bool:
        person, assignment_id = await self._who_has_a_task(in_hours)
        if person is None:
            return False
        assert await self.taps(person, rf"task:cant:{assignment_id}")
        assert await self.taps(person, rf"task:back:{assignment_id}")
        return True

    async def falls_silent(self, *, in_hours: tuple[int, int]) -> bool:
        """No reminder is answered any more."""
        person, _ = await self._who_has_a_task(in_hours)
        if person is not None:
            self.ignores.add(person.phone.account.first_name)
        return person is not None

    async def blocks(self, *, in_hours: tuple[int, int]) -> bool:
        person, _ = await self._who_has_a_task(in_hours)
        if person is not None:
            self._acting = person.id
            await person.does(person.phone.blocks_bot())
            self._acting = None
        return person is not None

    async def wants_someone_else(self) -> bool:
        """The first requester who has been found somebody."""
        found = (p for p in self.requesters.values() if self.sees(p, r"found:other:\d+"))
        person = next(found, None)
        if person is None:
            return False
        assert await self.taps(person, r"found:other:\d+")
        return await self.taps(person, r"found:else:\d+") != ""

    async def _who_has_a_task(self, in_hours: tuple[int, int]) -> tuple[Person | None, int]:
        now = self.harz.wall.now()
        least, most = (now + 3600 * hours for hours in in_hours)
        by_chat = {person.id: person for person in self.harz.people.values()}
        for row in await self.harz.lotse.db.read(_tasks_ahead):
            person = by_chat[int(row["chat_id"])]
            if least <= row["starts_at"] <= most and not person.phone.chat.blocked:
                return person, int(row["id"])
        return None, 0

    # The office ----------------------------------------------------------------------------

    async def office_looks(self) -> None:
        """Only what it was alerted to, from the newest on."""
        krause, group = self.office.coordinator, self.office.group
        while data := self.sees(krause, r"request:release:\d+", of=group):
            if "A professional may be needed" in self._text_of(data):
                await self.taps(krause, data.replace("release", "refer"), of=group)
                await self.taps(krause, r"refer:interpreting:\d+")
                self._skip(group, data)
            else:
                await self.taps(krause, data, of=group)
        while data := self.sees(krause, r"request:look:\d+", of=group):
            if "Please listen and complete it" in self._text_of(data):
                await self._completes(data)
            self._skip(group, data)
        while data := self.sees(krause, r"request:hand:\d+", of=group):
            await self.taps(krause, data, of=group)
            await self._finds_a_way(int(data.rpartition(":")[2]))
        while await self.taps(krause, r"(errand|call):take:\d+", of=group):
            await self._calls()
        while data := await self.taps(krause, r"task:who:\d+", of=group):
            if "blocked the bot" in self._text_of(data):
                await self.taps(krause, data.replace("who", "others"), of=group)
        while await self.taps(krause, r"times:others:\d+", of=group):
            pass

    async def _calls(self) -> None:
        """Says yes to everything for whoever is called, until nothing more is to be said."""
        krause, answers = self.office.coordinator, r"errand:(said|time|coming|yes|done)(:\d+)+"
        while await self.taps(krause, rf"{answers}|call:done:\d+|errand:enter:\d+"):
            await self._offers_times(krause)

    def _text_of(self, data: str) -> str:
        """What stands in the group above the button."""
        group = self.office.group
        return next(
            without_controls(str(message.content.get("text")))
            for message in reversed(group.visible())
            for row in message.inline_keyboard or []
            for button in row
            if button.get("callback_data") == data
        )

    def _skip(self, group: Group, data: str) -> None:
        for message, button in list(self._buttons(group, data)):
            self._tapped.add((group.chat.id, message.message_id, button["callback_data"]))

    async def _finds_a_way(self, request_id: int) -> None:
        """Somebody who fits is asked by hand; else a rule is relaxed, or professionals take it."""
        krause = self.office.coordinator
        shown = krause.screen[-1]
        fits = re.search(r"^1\. ", shown, re.MULTILINE)
        if fits and await self.taps(krause, rf"hand:\d+:{request_id}"):
            self.by_hand.append((self.harz.wall.now(), request_id))
            if await self.taps(krause, rf"hand:ask:\d+:{request_id}"):
                return
            if await self.taps(krause, rf"hand:yes:\d+:{request_id}"):
                return
        ways = ["phone", "refer", "nobody"]
        self._asked["office", "way", str(request_id)] += 1
        tried = self._asked["office", "way", str(request_id)]
        way = ways[_dice(request_id, tried) % len(ways)]
        group = self.office.group
        relaxes = way == "phone" and await self.taps(
            krause, rf"request:relax:{request_id}", of=group
        )
        if relaxes and await self.taps(krause, rf"relax:ask:phone:{request_id}"):
            return
        if way != "nobody" and await self.taps(krause, rf"request:refer:{request_id}", of=group):
            await self.taps(krause, rf"refer:interpreting:{request_id}")
        elif await self.taps(krause, rf"request:close:{request_id}", of=group):
            await self.taps(krause, rf"close:nobody:{request_id}")

    async def _completes(self, data: str) -> None:
        """Listens to the voice message and fills in what was said."""
        krause = self.office.coordinator
        await self.taps(krause, data, of=self.office.group)
        await self.taps(krause, r"request:voice:\d+")
        await self.taps(krause, data.replace("look", "complete"))
        for answer in ("what:doctor", "Halberstadt", "27.01.2027", "10", "how:along", "who:any"):
            if ":" in answer:
                await self.taps(krause, rf"f:\d+:{answer}")
            else:
                await self.does(krause, answer)
        await self.taps(krause, r"f:\d+:summary:yes")


def person_data(person: Person) -> list[str]:
    """The buttons under the newest message of the bot."""
    newest = [one for one in person.phone.visible() if one.sender.is_bot][-1]
    rows = newest.inline_keyboard or []
    return [str(one.get("callback_data", "")) for row in rows for one in row]


def _tasks_ahead(tx: Tx) -> list[Any]:
    return tx.all(
        "SELECT a.id, a.starts_at, p.chat_id FROM assignments a JOIN people p"
        " ON p.id = a.volunteer_id WHERE a.state = 'active' ORDER BY a.starts_at, a.id"
    )


def _dice(*what: object) -> int:
    """0 to 99, the same for the same."""
    return Random(":".join(map(str, what))).randrange(100)


def _prefill(tx: Tx, harz: Town, joined: Sequence[tuple[Helper, str]]) -> None:
    for helper, token in joined:
        person_id = joining.invite_volunteer(tx, token, helper.name)
        profiles.save(tx, harz.county, person_id, helper.profile)
        volunteers.promise(tx, person_id)
        volunteers.confirm(tx, person_id)
        volunteers.file_papers(tx, person_id, helper.papers)
        volunteers.set_active(tx, person_id, True)
        if helper.paused_until is not None:
            volunteers.pause(tx, person_id, helper.paused_until)
