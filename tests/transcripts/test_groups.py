"""In groups: only what coordinators need, and nothing of anybody."""

from bot.clock import MovableWall
from bot.storage import chats, threads
from tests.transcripts.people import Office
from tests.transcripts.town import town

ANONYMOUS = (
    'I can\'t see who you are. Please turn off "Remain anonymous" in the administrator rights of'
    " this group, then write it again."
)


async def test_who_may_bind_a_group(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        anna = await harz.volunteer("Anna", "de")
        foreign = Office(harz, harz.server.group("Nachbarn"), anna)
        await foreign.group.add_bot(by=anna.phone.account)
        await harz.settle()
        foreign.reads("In der Gruppe der Koordination zeige ich Hilfeanfragen.")
        await foreign.says("/here")
        foreign.reads("Das kann nur die Koordination.")
        jonas = await harz.requester("Jonas", "de")
        await harz.request(jonas)
        foreign.never_read("H-1001")

        office = await harz.office()
        office.has_read("✅ Anfragen erscheinen in dieser Gruppe.")
        second = Office(harz, harz.server.group("Umzug", supergroup=True), office.coordinator)
        await second.group.add_bot(by=office.coordinator.phone.account)
        await second.says("/here@lotse_bot")
        second.reads("H-1001")
        office.reads("Anfragen erscheinen ab jetzt in einer anderen Gruppe.")
        await anna.taps("✅ Ja, ich kann")
        second.reads("H-1001", "✅ Hilfe gefunden")
        await office.coordinator.says("/here")
        office.coordinator.reads("Bitte schreiben Sie /here in der Gruppe der Koordination.")
        await anna.says("/here")
        anna.reads("Im Notfall rufen Sie 112 an.")


async def test_the_bot_keeps_quiet(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        said = len(office.screen)
        for written in (
            "/start",
            "/help@lotse_bot",
            "/mine",
            "/call",
            "/language",
            "/cancel",
            "Guten Morgen!",
            "@lotse_bot My requests",
            "/here@another_bot",
        ):
            await office.says(written)
        assert len(office.screen) == said
        office.coordinator.never_read("Welche Nummer")


async def test_private_buttons_do_nothing_in_a_group(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        office = await harz.office()
        said = len(office.screen)
        card = office.group.find(office.last)
        account = office.coordinator.phone.account
        for data in ("menu:call", "menu:ask", "lang:ar", "f:1:agree:yes", "request:show:1", "x"):
            button = {"text": "forged", "callback_data": data}
            tap = office.group.tap(account, card, button, inaccessible=False)
            await harz.settle()
            assert await office.coordinator.toast(tap) == "Das ist nicht mehr offen."
        assert len(office.screen) == said


async def test_an_anonymous_administrator_is_told_what_to_do(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall) as harz:
        krause = await harz.coordinator()
        office = Office(harz, harz.server.group("Koordination"), krause)
        await office.group.add_bot(by=krause.phone.account, admin=True)
        await office.group.says_anonymously("/here")
        await harz.settle()
        office.reads(harz.label(ANONYMOUS, "de"))
        assert await harz.lotse.db.read(chats.office_group) is None
        await office.says("/here")
        assert await harz.lotse.db.read(chats.office_group) == office.group.chat_id


async def test_each_request_has_its_topic_where_the_group_has_topics(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall) as harz:
        krause = await harz.coordinator()
        office = Office(harz, harz.server.group("Koordination", topics=True), krause)
        await office.group.add_bot(by=krause.phone.account, admin=True)
        await office.says("/here")
        place = await harz.lotse.db.read(threads.place_of, office.group.chat_id, "H-1001")
        assert place == threads.Place(has_topics=True, topic_id=None)
        # The group is turned into one without topics, and bound once more.
        office.group.chat.is_forum = False
        await office.says("/here")
        place = await harz.lotse.db.read(threads.place_of, office.group.chat_id, "H-1001")
        assert not place.has_topics
