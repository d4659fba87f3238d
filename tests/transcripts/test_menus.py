"""The commands beside the text field: what a role adds, in the language that is read."""

from bot.clock import MovableWall
from tests.transcripts.town import Town, town


def menu_of(harz: Town, chat_id: int) -> dict[str, str]:
    """Command and its line, as set for one chat."""
    commands = harz.server.world.profile.commands.get(("chat", chat_id, 0, ""), [])
    return {one["command"]: one["description"] for one in commands}


async def test_a_role_has_its_own_menu(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.requester("Sara", "ar")
        assert menu_of(harz, sara.id) == {}, "what everybody has is enough"

        hana = harz.person("Hana", "de")  # her app is German
        await hana.says("/start")
        await hana.chooses("ckb")
        assert menu_of(harz, hana.id)["call"] == harz.label("📞 Call me", "ckb")
        assert "tasks" not in menu_of(harz, hana.id)

        anna = await harz.volunteer("Anna", "de", reads="uk")
        menu = menu_of(harz, anna.id)
        assert {"start", "mine", "cancel", "tasks", "profile", "pause"} <= menu.keys()
        assert menu.keys().isdisjoint({"open", "invite", "here"})
        assert menu["call"] == harz.label("📞 Call me", "uk")
        said = len(anna.screen)
        await anna.says("/language")
        await anna.chooses("ckb")  # no app speaks it, and the menu does all the same
        assert menu_of(harz, anna.id)["call"] == harz.label("📞 Call me", "ckb")
        assert len(anna.screen) == said + 1, "the menu itself is no message"

        await anna.starts(await harz.claim_link())
        assert {"tasks", "open", "who", "invite"} <= menu_of(harz, anna.id).keys()
