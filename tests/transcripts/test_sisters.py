"""Languages that lie close together, and two that only seem to."""

from bot.clock import MovableWall
from tests.transcripts.town import town


async def test_dari_is_asked_of_persian_and_kurmanji_not_of_sorani(
    database_url: str, wall: MovableWall
) -> None:
    async with town(database_url, wall) as harz:
        reza = await harz.volunteer("Reza", "fa", "prs", reads="fa")
        shirin = await harz.volunteer("Shirin", "ckb", reads="ckb")
        dilan = await harz.volunteer("Dilan", "kmr", reads="kmr")

        zahra = await harz.requester("Zahra", "prs")
        await harz.request(zahra)
        zahra.reads("H-1001")
        reza.reads("H-1001", "دری")
        # He speaks both, and is asked once.
        assert sum("H-1001" in said for said in reza.screen) == 1

        azad = await harz.requester("Azad", "kmr")
        await harz.request(azad)
        dilan.reads("H-1002", "Kurdî (Kurmancî)")
        shirin.never_read("H-1002")
        shirin.never_read("H-1001")
