"""In groups: only what coordinators need, and nothing of anybody."""

from bot.clock import MovableWall
from tests.transcripts.people import Office
from tests.transcripts.town import town


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
        second.reads("H-1001", "✅ Es kommt jemand")
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
