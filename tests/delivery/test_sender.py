"""The sender against a messenger that refuses, hangs, drops and goes away."""

import asyncio
import logging
from typing import Any

import pytest
from telegram.error import InvalidToken

from bot.clock import MovableWall
from bot.messages import Message, Text
from bot.storage import chats, outbox, sending
from bot.storage.outbox import Draft, Lane, Mode
from tests.databases import START
from tests.delivery.failing import failing
from tests.delivery.station import Station, Unpaced, station
from tests.storage.outgoing import always, claim, draft, faults, states

HOUR = 3600


def texts_sent(place: Station) -> list[str]:
    """In the order in which they went out, accepted or not."""
    return [str(call.params["text"]) for call in place.server.journal.calls("sendMessage")]


def refusals(place: Station) -> int:
    """How often the messenger said that we are too fast."""
    answers = [entry.answer for entry in place.server.journal.entries]
    return sum(1 for answer in answers if answer and answer.get("error_code") == 429)


# --- pace and order --------------------------------------------------------------------------


async def test_a_chat_hears_everything_in_order(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        words = [str(number) for number in range(12)]
        await place.say("Sara", *words)
        await place.settle()
        assert await place.heard("Sara") == words
        assert refusals(place) == 0


async def test_a_group_hears_twenty_messages_a_minute(sqlite_url: str, wall: MovableWall) -> None:
    async with station(sqlite_url, wall) as place:
        group = place.server.group("Office")
        await group.add_bot(by=(await place.phone("Sara")).account)
        await place.db.transact(chats.keep, group.chat_id)
        await place.append(*(draft(group.chat_id, str(number)) for number in range(45)))
        await place.settle()
        assert [seen.text for seen in group.messages if seen.from_bot] == [
            str(number) for number in range(45)
        ]
        assert refusals(place) == 0


async def test_the_urgent_overtake_the_others(sqlite_url: str, wall: MovableWall) -> None:
    """Sixty announcements take their time; who writes now is answered now."""
    async with station(sqlite_url, wall) as place:
        people = [f"P{number}" for number in range(63)]
        for name in people:
            await place.phone(name)
        for name in people[:60]:
            await place.say(name, "news", lane=Lane.ANNOUNCEMENT)
        await place.say(people[60], "offer", lane=Lane.OFFER)
        await place.say(people[61], "reminder", lane=Lane.REMINDER)
        await place.say(people[62], "answer")
        await place.settle()
        sent = texts_sent(place)
        assert sorted(sent) == sorted(["news"] * 60 + ["offer", "reminder", "answer"])
        places = [sent.index(word) for word in ("answer", "reminder", "offer")]
        assert places == sorted(places)
        assert places[-1] < 45, "only what was claimed ahead goes before"
        assert refusals(place) == 0


async def test_five_hundred_at_once_arrive_once_each(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall, pacer=Unpaced()) as place:
        chat_ids = [(await place.phone(f"P{number}")).account.id for number in range(100)]
        await asyncio.gather(
            *(
                place.append(draft(chat_id, str(number), lane=Lane.REMINDER))
                for number in range(5)
                for chat_id in chat_ids
            )
        )
        await place.settle()
        assert len(texts_sent(place)) == 500
        for number in range(100):
            assert sorted(await place.heard(f"P{number}")) == ["0", "1", "2", "3", "4"]


async def test_no_message_waits_for_the_next_one(database_url: str, wall: MovableWall) -> None:
    """Whatever is appended while the sender looks elsewhere wakes it: no time passes here."""
    async with station(database_url, wall, pacer=Unpaced()) as place:
        for round_ in range(40):
            for name in ("Anna", "Sara"):
                lane = Lane.LIVE if round_ % 3 else Lane.REMINDER
                await place.say(name, f"{round_}", lane=lane)
        await place.until(place._quiet)
        assert len(texts_sent(place)) == 80


# --- refused ---------------------------------------------------------------------------------


async def test_told_to_wait_it_waits_and_the_others_do_not(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        sara = (await place.phone("Sara")).account.id
        fault = place.server.fail("429", chat=sara, retry_after=30)
        await place.say("Sara", "a", "b")
        await fault.hit.wait()
        await place.say("Anna", "c")

        async def anna_has_heard() -> bool:
            return await place.heard("Anna") == ["c"]

        await place.until(anna_has_heard)
        assert await place.heard("Sara") == []
        await place.settle()
        assert wall.now() >= START + 30
        assert await place.heard("Sara") == ["a", "b"]
        assert fault.hits == 1


async def test_a_pause_outlives_the_process(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        sara = await place.phone("Sara")
        fault = place.server.fail("429", chat=sara.account.id, retry_after=30)
        await place.say("Sara", "a")
        await fault.hit.wait()

        async def noted() -> bool:
            return await place.db.read(chats.paused) == [(sara.account.id, 30)]

        await place.until(noted)
        await place.stop()
        await place.db.close()
        async with station(database_url, wall, server=place.server) as again:
            assert texts_sent(again) == ["a"]
            await again.settle()
            assert wall.now() >= START + 30
            assert texts_sent(again) == ["a", "a"]
            assert fault.hits == 1


@pytest.mark.logs_errors
async def test_a_message_that_cannot_be_made_stops_nobody(
    sqlite_url: str, wall: MovableWall, caplog: pytest.LogCaptureFixture
) -> None:
    async with station(sqlite_url, wall) as place:
        sara = (await place.phone("Sara")).account.id
        await place.append(Draft(sara, Message((Text("Hello {name}"),))))
        await place.say("Sara", "next")
        await place.settle()
        assert await place.heard("Sara") == ["next"]
        assert await place.db.read(faults) == ["not-rendered", None]
        assert "could not be rendered" in caplog.text


@pytest.mark.logs_errors
async def test_what_the_messenger_never_takes_stops_nobody(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        await place.say("Sara", " ", "good")
        await place.settle()
        assert await place.db.read(faults) == ["empty", None]
        assert await place.heard("Sara") == ["good"]
        place.server.violations.clear()


async def test_whoever_blocks_the_bot_is_left_in_peace(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        sara = await place.phone("Sara")
        await sara.blocks_bot()
        await place.say("Sara", "a", "b")
        await place.settle()
        assert len(texts_sent(place)) == 1
        assert set(await place.db.read(faults)) == {"unreachable"}
        await sara.unblocks_bot()
        await place.db.transact(chats.seen, sara.account.id)
        await place.say("Sara", "welcome back")
        await place.settle()
        assert await place.heard("Sara") == ["welcome back"]


async def test_what_waits_for_a_group_that_moved_arrives(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        group = place.server.group("Office")
        await group.add_bot(by=(await place.phone("Sara")).account)
        await place.db.transact(chats.keep, group.chat_id)
        old = group.chat_id
        await place.append(draft(old, "0", card="c"))
        await place.settle()
        await place.stop()
        await place.append(draft(old, "1", card="c"), draft(old, "2"), draft(old, "3"))
        await group.migrate()
        place.start()
        await place.settle()
        assert [seen.text for seen in group.messages if seen.from_bot] == ["1", "2", "3"]
        assert group.chat_id != old


async def test_a_revoked_token_ends_it_and_loses_nothing(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        fault = place.server.fail("unauthorized", method="sendMessage", times=None)
        await place.say("Sara", "a", "b")
        assert place.running is not None
        async with asyncio.timeout(10):
            with pytest.raises(InvalidToken):
                await place.running
        place.running = None
        assert fault.hits == 1
        assert await place.db.read(states) == ["ready", "queued"]


# --- cards -----------------------------------------------------------------------------------


async def test_a_card_that_has_not_changed_is_as_good_as_sent(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        for _ in range(2):
            await place.say("Sara", "same", card="c")
            await place.settle()
        assert await place.heard("Sara") == ["same"]
        assert await place.db.read(states) == ["sent", "sent"]


async def test_a_card_whose_message_was_deleted_is_sent_anew(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        sara = await place.phone("Sara")
        await place.say("Sara", "one", card="c")
        await place.settle()
        await sara.deletes(sara.last)
        await place.say("Sara", "two", card="c")
        await place.settle()
        assert await place.heard("Sara") == ["two"]
        await place.say("Sara", "three", card="c")
        await place.settle()
        assert await place.heard("Sara") == ["three"], "edited again"


async def test_a_remark_on_a_deleted_message_is_dropped(sqlite_url: str, wall: MovableWall) -> None:
    async with station(sqlite_url, wall) as place:
        sara = await place.phone("Sara")
        await place.say("Sara", "an offer", card="c")
        await place.settle()
        await sara.deletes(sara.last)
        await place.say("Sara", "it is taken", card="c", mode=Mode.EDIT)
        await place.settle()
        assert await place.heard("Sara") == []
        assert await place.db.read(faults) == [None, "gone"]


# --- outages ---------------------------------------------------------------------------------


async def test_after_an_hour_without_the_messenger_everything_arrives_that_still_matters(
    sqlite_url: str, wall: MovableWall, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with station(sqlite_url, wall) as place:
        await place.say("Sara", "0")
        await place.settle()
        place.server.down = True
        for name in ("Sara", "Anna", "Omid"):
            await place.say(name, "1", "2", "3")
        await place.say("Anna", "stale", lane=Lane.REMINDER, valid_until=START + HOUR // 2)
        await place.say("Anna", "4")

        async def an_hour_later() -> bool:
            return wall.now() >= START + HOUR

        await place.until(an_hour_later, passing=True)
        assert await place.heard("Sara") == ["0"]
        tries = len([record for record in caplog.records if "pauses" in record.getMessage()])
        assert 60 <= tries <= 120, "a minute apart in the end"
        place.server.down = False
        await place.settle()
        assert await place.heard("Sara") == ["0", "1", "2", "3"]
        assert await place.heard("Anna") == ["1", "2", "3", "4"]
        assert await place.heard("Omid") == ["1", "2", "3"]
        dropped = [
            record.getMessage() for record in caplog.records if "dropped" in record.getMessage()
        ]
        assert len(dropped) == 1
        assert dropped[0].endswith("too late")


async def test_an_answer_that_never_came_back_is_sent_twice_at_most(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        place.server.fail("executed_then_dropped", method="sendMessage")
        await place.say("Sara", "a", "b")
        await place.settle()
        assert await place.heard("Sara") == ["a", "a", "b"]


@pytest.mark.parametrize(
    "kind", ["500", "reset_before", pytest.param("502", marks=pytest.mark.logs_errors)]
)
async def test_what_the_messenger_drops_is_sent_again(
    sqlite_url: str, wall: MovableWall, kind: Any
) -> None:
    async with station(sqlite_url, wall) as place:
        place.server.fail(kind, method="sendMessage", times=3)
        await place.say("Sara", "a", "b")
        await place.say("Anna", "c")
        await place.settle()
        assert await place.heard("Sara") == ["a", "b"]
        assert await place.heard("Anna") == ["c"]


@pytest.mark.logs_errors
async def test_a_message_that_never_gets_through_is_given_up_when_others_do(
    sqlite_url: str, wall: MovableWall
) -> None:
    async with station(sqlite_url, wall) as place:
        sara = await place.phone("Sara")
        fault = place.server.fail("500", chat=sara.account.id, times=None)
        await place.say("Sara", "poison")
        for number in range(30):
            await place.say("Anna", str(number))

            async def anna_has_heard() -> bool:
                return len(await place.heard("Anna")) == number + 1  # noqa: B023 - awaited in the same round

            await place.until(anna_has_heard, passing=True)
        place.server.faults.clear()
        await place.settle()
        assert await place.db.read(lambda tx: faults(tx)[0]) == "never got through"
        assert 10 <= fault.hits <= 30
        assert len(await place.heard("Anna")) == 30


# --- the database goes away, the lead is lost ------------------------------------------------


async def test_what_was_sent_is_written_down_however_long_it_takes(
    database_url: str, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with station(database_url, wall) as place:
        lame = failing(place.db.transact, "settle_sent", times=6, after=False)
        monkeypatch.setattr(place.db, "transact", lame)
        await place.say("Sara", "a", "b")
        await place.settle()
        assert texts_sent(place) == ["a", "b"]


async def test_a_claim_nobody_heard_of_is_taken_back(
    database_url: str, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection breaks during COMMIT: the rows are ours, and we don't know it."""
    async with station(database_url, wall) as place:
        lame = failing(place.db.transact, "claim", times=1, after=True)
        monkeypatch.setattr(place.db, "transact", lame)
        await place.say("Sara", "a", lane=Lane.REMINDER)

        async def claimed() -> bool:
            return await place.db.read(states) == ["sending"] and place.sender.idle

        await place.until(claimed)
        await place.sender.recover()
        assert await place.db.read(states) == ["sending"], "it may be just on its way to us"
        await place.sender.recover()
        await place.settle()
        assert texts_sent(place) == ["a"]


async def test_what_is_on_its_way_is_not_taken_back(database_url: str, wall: MovableWall) -> None:
    async with station(database_url, wall) as place:
        release = asyncio.Event()
        fault = place.server.fail("delay", method="sendMessage", release=release)
        await place.say("Sara", "a")
        await fault.hit.wait()
        for _ in range(3):
            await place.sender.recover()
        release.set()
        await place.settle()
        assert texts_sent(place) == ["a"]


async def test_an_answer_of_a_process_that_no_longer_leads_is_given_back(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        await place.phone("Sara")
        await place.stop()
        place.db.sender_ready = True  # as the commit saw it; the lead was lost in between
        await place.say("Sara", "a")

        async def is_ready() -> bool:
            return await place.db.read(states) == ["ready"]

        await place.until(is_ready)
        place.start()
        await place.settle()
        assert await place.heard("Sara") == ["a"]


async def test_who_stops_settles_what_is_in_flight_and_gives_the_rest_back(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        await place.say("Sara", "0", "1", "2")
        await place.until(lambda: _heard(place, "Sara", 3))
        release = asyncio.Event()
        fault = place.server.fail("delay", method="sendMessage", release=release)
        await place.say("Anna", "in flight", "queued")
        await fault.hit.wait()
        await place.say("Sara", "paced")  # waits in memory for its second
        stopping = asyncio.ensure_future(place.stop())

        async def given_back() -> bool:
            return (await place.db.read(states))[3:] == ["sending", "queued", "ready"]

        await place.until(given_back)
        release.set()
        await stopping
        assert (await place.db.read(states))[3:] == ["sent", "ready", "ready"]
        place.start()
        await place.settle()
        assert await place.heard("Anna") == ["in flight", "queued"]
        assert await place.heard("Sara") == ["0", "1", "2", "paced"]


async def _heard(place: Station, name: str, count: int) -> bool:
    return len(await place.heard(name)) == count


async def test_a_new_sender_takes_over_what_the_old_one_had_claimed(
    database_url: str, wall: MovableWall
) -> None:
    async with station(database_url, wall) as place:
        await place.phone("Sara")
        await place.stop()
        await place.say("Sara", "a", "b")
        await claim(place.db)
        assert await place.db.read(states) == ["sending", "queued"]
        place.start()
        await place.settle()
        assert await place.heard("Sara") == ["a", "b"]


async def test_claims_are_not_polled_when_there_is_nothing(
    sqlite_url: str, wall: MovableWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loop neither spins nor looks in vain."""
    async with station(sqlite_url, wall) as place:
        claims: list[Any] = []
        real = place.db.transact

        async def counting(work: Any, *args: Any, **kw: Any) -> Any:
            if work is sending.claim:
                claims.append(args)
            return await real(work, *args, **kw)

        monkeypatch.setattr(place.db, "transact", counting)
        await place.say("Sara", *(str(number) for number in range(10)))
        await place.settle()
        assert len(claims) <= 24, "about two per message that waits in the database"
        before = len(claims)
        for _ in range(50):
            await place.db.read(outbox.unsent)
            place.monotonic.advance(60)
        assert len(claims) == before
        assert (await place.db.transact(sending.claim, 1, always)).claimed == []
