"""A requester and their volunteer write to each other through the bot."""

from contextlib import suppress
from typing import Any

import pytest
from aiohttp import web

from bot.clock import MovableWall
from bot.messages import Param, Text
from bot.storage.errors import SealBroken
from bot.storage.tx import Tx
from bot.usecases.relay_screens import PHRASES
from simulator import Fault, Seen
from tests.transcripts.people import Person
from tests.transcripts.town import DAY, Town, moment, town
from tests.translator import translating

HOSTILE = "<b>Hallo</b> & <a href='tg://user?id=1'>x</a> @anna \u202eevil\u202c\x07 t.me/x"
SEEN = "<b>Hallo</b> & <a href='tg://user?id=1'>x</a> @anna evil t.me/x"
YOU_WRITE = "✉️ You are writing to <b>{name}</b> about {number}."
HEADER = "✉️ <b>{name}</b> ({number}):"
SENT = "✅ Sent to {name} ({number})."


def words(harz: Town, reader: Person, msgid: str, **params: Param) -> str:
    """What a text is for this reader, without marks and markup."""
    return harz.lotse.wording.label(Text(msgid, params), reader.language)


async def two(harz: Town, asks: str, helps: str, *also: str) -> tuple[Person, Person]:
    """Sara asks in her language. Anna, who speaks it too (and *also* others), says yes in hers."""
    anna = await harz.volunteer("Anna Vogt", asks, *also, reads=helps)
    sara = await harz.requester("Sara", asks)
    await harz.request(sara)
    await anna.picks("✅ Yes, I can")
    return sara, anna


def reply(person: Person, *said: str) -> Seen:
    """The newest message of the other side with these words, to be replied to."""
    return person.message(*said)


@pytest.mark.parametrize(("asks", "helps"), [("ar", "de"), ("ckb", "tr")])
async def test_the_two_write_and_speak(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    async with town(database_url, wall) as harz:
        sara, anna = await two(harz, asks, helps)
        from_sara = words(harz, anna, HEADER, name="Sara", number="H-1001")
        from_anna = words(harz, sara, HEADER, name="Anna", number="H-1001")
        await sara.picks("✉️ Write to the helper")
        sara.reads(
            words(harz, sara, YOU_WRITE, name="Anna", number="H-1001"),
            words(harz, sara, "Please never send money, passwords or bank data."),
            words(harz, sara, "We do not keep what you write."),
            "03941 5970-4504",
        )
        heard = len(anna.screen)
        await sara.says(HOSTILE)
        anna.reads(from_sara, SEEN)
        assert len(anna.screen) == heard + 1
        assert anna.last.protected
        # Bold is our header. A name or address that people write out is found by the app itself.
        assert {one["type"] for one in anna.last.entities} <= {"bold", "mention", "url"}
        assert anna.last.content["link_preview_options"] == {"is_disabled": True}
        sara.reads(words(harz, sara, SENT, name="Anna", number="H-1001"))

        # An answer as a Telegram reply, without having opened anything; then by the button.
        said = await anna.phone.sends_voice(reply_to=reply(anna, SEEN))
        await harz.settle()
        sara.reads(from_anna)
        assert (sara.last.kind, sara.last.protected) == ("voice", True)
        assert sara.last.content["voice"] == said.content["voice"]
        await anna.picks("✉️ Answer")
        await anna.does(anna.phone.sends_photo(caption="Eingang <i>B</i>"))
        assert (sara.last.kind, sara.last.protected) == ("photo", True)
        sara.reads(from_anna, "Eingang <i>B</i>")
        await anna.does(anna.phone.sends_document(b"%PDF", caption="x" * 900))
        assert sara.messages[-2].kind == "document"  # too long to stand below: it follows
        sara.reads(from_anna, "x" * 900)
        await anna.does(anna.phone.sends_location(51.8959, 11.0467))
        assert sara.messages[-1].content["location"] == {"latitude": 51.8959, "longitude": 11.0467}
        assert sara.messages[-1].protected
        assert "Anna" in sara.screen[-2]

        # A ready phrase: in both languages.
        await anna.picks("💬 Ready phrases")
        await anna.picks("▶️")
        await anna.picks(PHRASES["letter"])
        sara.reads(
            from_anna, words(harz, sara, PHRASES["letter"]), words(harz, anna, PHRASES["letter"])
        )
        # Longer than one message: two, each with who writes, and nothing is lost.
        heard = len(anna.screen)
        await sara.says("سلا " * 1250)
        new = anna.screen[heard:]
        assert len(new) > 1
        assert all(each.startswith(from_sara) for each in new)
        assert sum(each.count("سلا") for each in new) == 1250

        # The phone number, only after a yes, and only if they want.
        await sara.picks("📱 Share my number")
        sara.reads("Anna")
        await sara.picks("✅ Yes, share it")
        await sara.says("03941 123456")
        anna.reads(from_sara, "+493941123456")
        await sara.picks("⬅️ Back")
        await sara.says("Danke")
        anna.reads(from_sara, "Danke")
        # What was sent by mistake goes away on both sides, all parts of it.
        heard, own = len(anna.screen), len(sara.messages)
        await sara.says("falsch " * 580)
        assert len(anna.screen) == heard + 2
        await sara.picks("🗑 Delete it")
        assert len(anna.screen) == heard
        assert len(sara.messages) == own + 1  # the screen that says so
        sara.reads("🗑", "Anna")
        await sara.picks("💬 Ready phrases")
        await sara.picks(PHRASES["hello"])
        assert len(anna.screen) == heard + 1
        await sara.picks("🗑 Delete it")
        assert len(anna.screen) == heard
        await sara.says("noch da")
        await harz.later(2 * DAY)
        await sara.picks("🗑 Delete it")
        anna.has_read("noch da")

        for entry in harz.server.journal.entries:
            told = str(entry.params)
            assert not (entry.params.get("chat_id") == anna.id and str(sara.id) in told) or (
                entry.method == "copyMessage"  # names it to Telegram, not to Anna
            )
        left = await harz.lotse.db.read(everything)
        for secret in (
            SEEN,
            "Eingang",
            "x" * 90,
            "سلا ",
            "falsch",
            "noch da",
            "493941123456",
            "Danke",
            "51.89",
        ):
            assert secret not in left


def everything(tx: Tx) -> str:
    """All that the database still knows, opened where it is sealed."""
    tables = (
        *("outbox", "inbox", "cards", "conversations", "due", "history", "errands", "calls"),
        *("relays", "relay_sides", "relay_writers", "help_requests", "people", "assignments"),
    )
    purposes = ("outbox.content", "inbox.raw", "conversations.session", "people.phone")
    found: list[str] = []
    for table in tables:
        rows: list[Any] = tx.all(f"SELECT * FROM {table}")
        found += [_opened(tx, value, purposes) for row in rows for value in dict(row).values()]
    return "\n".join(found)


def _opened(tx: Tx, value: Any, purposes: tuple[str, ...]) -> str:
    if not isinstance(value, bytes | memoryview):
        return str(value)
    for purpose in purposes:
        with suppress(SealBroken):
            return str(tx.unseal(purpose, bytes(value)))
    return ""


REFUSED: dict[str, dict[str, object]] = {
    "poll": {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0,
                      "is_closed": False, "is_anonymous": True, "type": "regular",
                      "allows_multiple_answers": False, "allows_revoting": False,
                      "members_only": False}},
    "video": {"video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1,
                        "duration": 1}},
    "audio": {"audio": {"file_id": "a", "file_unique_id": "a", "duration": 1}},
    "video note": {"video_note": {"file_id": "n", "file_unique_id": "n", "length": 1,
                                  "duration": 1}},
    "animation": {
        "animation": {"file_id": "g", "file_unique_id": "g", "width": 1, "height": 1,
                      "duration": 1},
        "document": {"file_id": "g", "file_unique_id": "g"},
    },
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "game": {"game": {"title": "g", "description": "g", "photo": []}},
}  # fmt: skip


@pytest.mark.parametrize(("asks", "helps"), [("ar", "tr")])
async def test_nothing_else_passes(
    database_url: str, wall: MovableWall, asks: str, helps: str
) -> None:
    async with town(database_url, wall) as harz:
        sara, anna = await two(harz, asks, helps)
        no = (
            "I can't pass this on. You can send text, voice messages, photos, documents or a"
            " location."
        )
        await anna.picks("✉️ Write a message")
        before = len(sara.messages)
        for content in REFUSED.values():
            told = len(anna.screen)
            await anna.does(anna.phone.sends(dict(content)))
            assert anna.screen[told:] == [words(harz, anna, no)]
        await anna.does(anna.phone.sends_sticker())
        await anna.says("\u202e\u200f \x07")  # nothing is left of it
        anna.reads(words(harz, anna, no))
        await anna.does(anna.phone.sends_contact())
        anna.reads("📱")
        await anna.does(anna.phone.forwards("Kaufen Sie jetzt!", sara.phone.account))
        assert len(sara.messages) == before
        # An album passes, picture by picture; what was changed does not.
        await anna.does(anna.phone.sends_album(caption="zwei"))
        assert [each.kind for each in sara.messages[before:]] == ["photo", "photo"]
        mine = [seen for seen in anna.messages if not seen.from_bot][-1]
        await anna.does(anna.phone.edits(mine, "drei"))
        anna.reads(words(harz, anna, "The change was not passed on. The other person sees your"
                         " first message. Please write it again."))  # fmt: skip
        assert len(sara.messages) == before + 2

        # Too many in a minute.
        await harz.later(60)
        for number in range(21):
            await anna.says(f"Nachricht {number}")
        anna.reads(words(harz, anna, "You have sent many messages. Please wait a minute, then"
                         " write again."))  # fmt: skip
        sara.reads("Nachricht 19")
        await harz.later(60)
        await anna.says("Nachricht 22")
        sara.reads("Nachricht 22")

        # The menu ends it: what comes then is for us. So is every command.
        await anna.says("/unbekannt")
        await anna.picks("🏠 Menu")
        await anna.does(anna.phone.sends_sticker())
        sara.reads("Nachricht 22")


async def test_several_tasks(database_url: str, wall: MovableWall) -> None:
    """Replies go to the right one. Without one, the bot asks."""
    async with town(database_url, wall) as harz:
        sara, anna = await two(harz, "ar", "de", "ckb")
        omar = await harz.requester("Omar", "ckb")
        await harz.request(omar, "19.01.2027")
        await anna.takes("H-1002")
        await sara.picks("✉️ Write to the helper")
        await sara.says("من سارة")
        await omar.picks("✉️ Write to the helper")
        await omar.says("له ئۆمەر")
        await anna.does(anna.phone.says("an Sara", reply_to=reply(anna, "من سارة")))
        await anna.does(anna.phone.says("an Omar", reply_to=reply(anna, "له ئۆمەر")))
        sara.reads("Anna (H-1001)", "an Sara")
        omar.reads("Anna (H-1002)", "an Omar")
        own = [seen for seen in anna.messages if not seen.from_bot and seen.text == "an Sara"][-1]
        await anna.does(anna.phone.says("noch etwas", reply_to=own))
        sara.reads("noch etwas")

        # An open question keeps what is no reply, and comes again after one.
        await anna.says("/call")
        question = anna.screen[-2]
        await anna.does(anna.phone.says("ja, Omar", reply_to=reply(anna, "له ئۆمەر")))
        omar.reads("ja, Omar")
        anna.reads(question)
        await anna.says("keine Nummer")
        omar.reads("ja, Omar")
        await anna.says("/cancel")

        # No reply, nothing open: for whom?
        await anna.says("Ich komme um zwei.")
        anna.reads("Who is this message for?" if anna.language == "en" else
                   words(harz, anna, "Who is this message for?"))  # fmt: skip
        assert anna.last.answers == [s for s in anna.messages if not s.from_bot][-1].message_id
        assert {"Sara (H-1001)", "Omar (H-1002)"} <= set(anna.labels)
        await anna.taps("Sara (H-1001)")
        sara.reads("Ich komme um zwei.")
        omar.never_read("Ich komme um zwei.")
        await anna.says("Bis bald")  # now she is writing to Sara
        sara.reads("Bis bald")

        # Both at once; nothing is lost, nothing crosses.
        await harz.at_once(
            sara.phone.says("gleichzeitig"), anna.phone.says("zugleich"), omar.phone.says("auch")
        )
        sara.has_read("Anna (H-1001)", "zugleich")
        anna.has_read("Sara (H-1001)", "gleichzeitig")
        anna.has_read("Omar (H-1002)", "auch")
        omar.never_read("zugleich", "gleichzeitig")


@pytest.mark.parametrize(("asks", "helps"), [("ckb", "tr")])
async def test_an_end(database_url: str, wall: MovableWall, asks: str, helps: str) -> None:
    async with town(database_url, wall) as harz:
        sara, anna = await two(harz, asks, helps)
        await sara.picks("✉️ Write to the helper")
        await sara.says("eins")
        await anna.does(anna.phone.says("zwei", reply_to=reply(anna, "eins")))
        # Without sound, and with it again.
        await anna.picks("✉️ Answer")
        await anna.picks("🔕 Without sound")
        await sara.says("leise")
        calls = harz.server.journal.calls("sendMessage")
        assert [one for one in calls if "leise" in str(one.params)][-1].params[
            "disable_notification"
        ]
        await anna.picks("🔔 With sound")
        await sara.says("laut")
        assert "disable_notification" not in str(
            [one for one in calls[-1:] if "laut" in str(one.params)]
        )
        # Anna ends it: Sara hears it and can't write; Anna can open it again.
        await anna.picks("✖️ End this chat")
        anna.reads("Sara", "H-1001")
        sara.reads("✖️", "Anna", "H-1001", "03941 5970-4504")
        ended = words(harz, sara, "The other person has ended this chat. You can call the office:"
                      " {phone}", phone="03941 5970-4504")  # fmt: skip
        await sara.does(sara.phone.says("noch da?", reply_to=reply(sara, "zwei")))
        sara.reads(ended)
        await sara.says("/mine")
        await sara.taps(words(harz, sara, "✉️ Write: {number}", number="H-1001"))
        sara.reads(ended)
        anna.never_read("noch da?")
        await anna.picks("↩️ Open again")
        sara.reads("✉️", "Anna", "H-1001")
        await sara.picks("✉️ Answer")
        await sara.says("wieder da")
        anna.reads("wieder da")

        # A day after the appointment it closes by itself; until then they can thank each other.
        await harz.until(moment("2027-01-19 16:00"))
        await sara.does(sara.phone.says("danke", reply_to=reply(sara, "zwei")))
        anna.has_read("danke")
        await harz.until(moment("2027-01-19 17:00"))
        for each in (sara, anna):
            each.has_read(words(harz, each, "✉️ The chat about {number} is closed now. Thank you!",
                                number="H-1001"))  # fmt: skip
        await sara.does(sara.phone.says("zu spät", reply_to=reply(sara, "zwei")))
        over = words(harz, sara, "This is no longer open.")
        sara.reads(over)
        await sara.picks("✉️ Answer")
        sara.reads(over)
        anna.never_read("zu spät")
        # Two days later nothing is known of it.
        await harz.until(moment("2027-01-22 10:00"))
        await harz.lotse.ticks.tick()
        assert await harz.lotse.db.read(_traces) == 0


def _traces(tx: Tx) -> int:
    rows = tx.all("SELECT id FROM relays")
    cards = [row for row in tx.all("SELECT card FROM cards") if row["card"].startswith("relay:")]
    return len(rows) + len(cards)


async def test_what_does_not_arrive(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        sara, anna = await two(harz, "ar", "de")
        await anna.picks("✉️ Write a message")
        await anna.says("Guten Tag")
        # What was to be copied is gone before it goes out.
        gone_before = "Bad Request: message to copy not found"
        harz.server.faults.add(Fault("400", "copyMessage", description=gone_before))
        photo = await anna.phone.sends_photo()
        await harz.settle()
        failed = words(harz, anna, "⚠️ This message did not reach {name} ({number}). Please send it"
                       " again, or write it.", name="Sara", number="H-1001")  # fmt: skip
        anna.has_read(failed)
        assert anna.message(failed).answers == photo.message_id
        # Sara blocks the bot: Anna hears it, and again when she goes on writing.
        gone = words(harz, anna, "⚠️ {name} ({number}) can't be reached here at the moment.",
                     name="Sara", number="H-1001")  # fmt: skip
        await sara.does(sara.phone.blocks_bot())
        anna.reads(gone)
        office.has_read("H-1001", "blockiert")
        told = len(anna.screen)
        await anna.says("Sind Sie da?")
        assert gone in anna.screen[-1]
        assert len(anna.screen) == told + 1
        await sara.starts()
        sara.never_read("Sind Sie da?")
        # Nobody tells us that an account is deleted: we learn it from the message.
        await anna.says("/tasks")
        await anna.taps(words(harz, anna, "✉️ Write: {number}", number="H-1001"))
        await sara.phone.deletes_account()
        await anna.says("Hallo?")
        anna.has_read(gone)

        # Another one's task is no longer theirs to write about.
        bilal = await harz.volunteer("Bilal", "ar", reads="de")
        omar = await harz.requester("Omar", "ar")
        await harz.request(omar, "19.01.2027")
        await bilal.picks("✅ Yes, I can")
        await omar.picks("✉️ Write to the helper")
        await omar.says("سؤال")
        await bilal.taps("Ich kann nicht kommen", message=bilal.message("H-1002", "Danke"))
        await bilal.taps("Ich kann nicht kommen")
        for each in (omar, bilal):
            each.has_read(words(harz, each, "✉️ The chat about {number} is closed.",
                                number="H-1002"))  # fmt: skip
        await bilal.does(bilal.phone.says("sorry", reply_to=reply(bilal, "سؤال")))
        omar.never_read("sorry")


async def test_a_person_without_telegram(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "ar", reads="de")
        sara = await harz.requester("Sara", "ar")
        await harz.request(sara)
        await harz.lotse.db.transact(_lives_without_telegram, harz.county, sara.id)
        await anna.picks("✅ Yes, I can")
        await anna.picks("✉️ Write a message")
        anna.reads("H-1001", "03941 5970-4504")
        told = len(anna.screen)
        await anna.says("Hallo")
        assert "Hallo" not in anna.screen[-1]
        assert len(anna.screen) == told + 1


def _lives_without_telegram(tx: Tx, _: object, chat_id: int) -> None:
    tx.run("UPDATE people SET chat_id = NULL WHERE chat_id = :chat_id", chat_id=chat_id)


async def test_two_without_a_language(database_url: str, wall: MovableWall) -> None:
    """A machine translates below what was written. When it is broken, the words go alone."""
    broken = False

    async def answer(request: web.Request) -> web.Response:
        asked = await request.json()
        if broken:
            return web.Response(status=500)
        both = f"{asked['source']}-{asked['target']}"
        return web.json_response({"translatedText": f"{both} <i>{len(asked['q'])}</i>"})

    async with (
        translating(answer) as url,
        town(database_url, wall, translate_url=url) as harz,
    ):
        anna = await harz.volunteer("Anna", "de", reads="tr")
        sara = await harz.requester("Sara", "ckb")
        await harz.files(sara, category="leisure", starts_at=moment("2027-01-18 14:30"))
        await anna.picks("✅ Yes, I can")
        await sara.picks("✉️ Write to the helper")
        await sara.says("له کوێ؟")
        anna.reads("له کوێ؟", "🤖", "ckb-tr <i>7</i>")
        await anna.picks("✉️ Answer")
        await anna.does(anna.phone.sends_photo(caption="kapı"))
        assert sara.messages[-2].kind == "photo"
        sara.reads("kapı", "tr-ckb <i>4</i>")
        await anna.says("kelime " * 580)  # its translation has room, too
        assert sum(said.count("kelime") for said in sara.screen) == 580
        broken = True
        await anna.says("tamam")
        sara.reads("tamam")
        assert "🤖" not in sara.screen[-1]
