"""What is read aloud: the notice before the agreement, and a sample of each language."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.clock import MovableWall
from bot.domain.county import Recording
from bot.i18n.bidi import without_controls
from bot.i18n.languages import endonym
from tests.transcripts.town import town

LISTEN, COMPUTER = "🔊 Listen", "This is a computer voice."
AGREE = "✅ I agree"


@pytest.mark.parametrize("language", ["ar", "uk"])
async def test_the_notice_and_the_languages(
    database_url: str, wall: MovableWall, language: str
) -> None:
    async with town(database_url, wall) as harz:
        sara = harz.person("Sara", "en")
        await sara.says("/start")
        assert sara.labels[-1] == "🔊"
        await sara.taps("🔊")
        played = [seen for seen in sara.messages if seen.kind == "voice"]
        assert len(played) == 8  # all but Sorani
        assert all(len(seen.buttons) == 1 for seen in played)
        assert sara.labels[-1] == "🔊"  # the list stands at the bottom again
        chosen = next(
            seen for seen in played if without_controls(seen.buttons[0][0]) == endonym(language)
        )
        assert harz.label(COMPUTER, language) in without_controls(chosen.text)
        await sara.taps(endonym(language), chosen)
        sara.language = language
        sara.reads("Lotse")

        assert sara.labels[0] == harz.label(AGREE, language)
        await sara.picks(LISTEN)
        heard = [seen for seen in sara.messages if seen.kind == "voice"][-1]
        assert harz.label(COMPUTER, language) in without_controls(heard.text)
        stored = harz.server.world.files.by_id(heard.content["voice"]["file_id"])
        assert stored.data == harz.county.voices[f"notice.{language}"].path.read_bytes()
        assert sara.messages[-1].message_id > heard.message_id
        await sara.picks(AGREE)
        sara.reads(harz.label("What do you need? Tap, or send a voice message 🎤", language))


async def test_own_recordings_and_none(
    database_url: str, wall: MovableWall, tmp_path: Path
) -> None:
    own = tmp_path / "notice.de.ogg"
    own.write_bytes(b"OggS said by a person")
    async with town(database_url, wall) as harz:
        await harz.stop()
        voices = {"notice.de": Recording(own), "notice.tr": Recording(tmp_path / "gone.ogg")}
        harz.county = replace(harz.county, voices=voices)
        await harz.start()
        rezan = await harz.reader("Rezan", "ckb")
        assert harz.label(LISTEN, "ckb") not in rezan.labels
        karl = await harz.reader("Karl", "de")
        await karl.picks(LISTEN)
        heard = next(seen for seen in karl.messages if seen.kind == "voice")
        assert harz.label(COMPUTER, "de") not in without_controls(heard.text)
        ayse = await harz.reader("Ayşe", "tr")
        await ayse.picks(LISTEN)  # the file is gone: words instead
        ayse.has_read(harz.label("The voice message can no longer be opened.", "tr"))
        await ayse.says("/language")
        assert "🔊" not in ayse.labels  # nothing to play
