"""Sharing the own number with a button instead of typing it."""

import pytest

from bot.clock import MovableWall
from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.readers import PhoneNumber
from bot.messages import Message, Text, message
from handlers import routes
from handlers.common.start import CALL_ME
from handlers.common.talk import Script
from handlers.turn import Turn
from simulator import NotPossible
from tests.transcripts.town import town

SHARE = "Share my number"
FLOW = Flow(
    CALL_ME,
    (Ask("phone", "Which number should we call?", PhoneNumber(), asks_contact=SHARE),),
)


def finish(turn: Turn, answers: Answers) -> Message:
    return message(Text("Thank you: {phone}", {"phone": str(answers["phone"])}))


@pytest.fixture(autouse=True)
def asked_with_a_button(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shortest conversation with the button, in the place of the one that asks for calls."""
    others = [script for script in routes.SCRIPTS if script.flow.name != CALL_ME]
    monkeypatch.setattr(routes, "SCRIPTS", (*others, Script(FLOW, finish)))


async def test_the_button_comes_and_goes(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.reader("Sara", "en")
        await sara.picks("📞 Call me")
        question = sara.message("Which number should we call?")
        assert [key for row in sara.phone.keyboard for key in row] == [SHARE]
        assert "✖️ Cancel" in [label for row in question.buttons for label in row]

        said = len(sara.screen)
        await sara.says("not a number")  # asked again; the button is still there
        assert len(sara.screen) == said + 1
        assert sara.phone.keyboard == ((SHARE,),)

        await sara.picks("✖️ Cancel")  # another screen: the button goes
        assert sara.phone.keyboard == ()
        await sara.says("/call")
        await sara.says("/mine")  # a look at something else, and back
        assert sara.phone.keyboard == ()
        await sara.picks("▶️ Go on")
        assert sara.phone.keyboard == ((SHARE,),)

        await sara.does(sara.phone.taps(SHARE))
        assert sara.phone.keyboard == ()
        sara.has_read("Thank you:")
        with pytest.raises(NotPossible):
            await sara.phone.taps(SHARE)


async def test_who_types_is_rid_of_the_button_too(database_url: str, wall: MovableWall) -> None:
    async with town(database_url, wall) as harz:
        sara = await harz.reader("Sara", "en")
        await sara.says("/call")
        assert sara.phone.keyboard == ((SHARE,),)
        await harz.restart()
        said = len(sara.screen)
        await sara.says("0151 23456789")
        assert sara.phone.keyboard == ()
        sara.has_read("Thank you:")
        assert "✔️" not in sara.screen[said:], "the words that conclude it take the button along"
