"""A flow played in a terminal."""

from collections.abc import Sequence

import pytest

from bot.conversation.flow import Flow, Outcome
from bot.conversation.play import Played, play
from bot.messages import Message
from tests.conversation.chat import CALL, HELP, NOW, moment, plain, scene


def render(message: Message) -> tuple[str, Sequence[Sequence[str]]]:
    text = "\n".join(plain(line) for line in message.lines)
    return text, [[plain(button.label) for button in row] for row in message.buttons]


def played(flow: Flow, *lines: str, now: Sequence[int] = ()) -> tuple[Played, str]:
    typed = iter(lines)
    clock = iter(now)
    written: list[str] = []

    def read_line(prompt: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    result = play(
        flow,
        render=render,
        read_line=read_line,
        write=written.append,
        scene=lambda: scene(next(clock, NOW)),
    )
    return result, "\n".join(written)


def test_to_the_end() -> None:
    result, shown = played(HELP, "2", "3", "tomorrow", "7", "/skip", "1")
    assert result.outcome is Outcome.FINISHED
    assert result.answers == {
        "what": "bed",
        "people": "3",
        "day": "2026-11-25",
        "time": "14:00",
        "note": None,
    }
    assert result.transcript[:5] == (
        ("bot", "What do you need?"),
        ("person", "[🛏 A bed]"),
        ("bot", "For how many?"),
        ("person", "[Three]"),
        ("bot", "On which day?"),
    )
    assert "1 [🩺 A doctor]\n2 [🛏 A bed]\n3 [✖️ Cancel]" in shown
    assert shown.endswith('"time": "14:00",\n  "note": null\n}')


def test_a_number_can_also_be_typed() -> None:
    result, _ = played(HELP, "1", "tomorrow", "'14", "/voice", "1")
    assert result.answers["time"] == "14:00"
    assert result.answers["note"] == {"voice": "voice", "seconds": 5}
    result, _ = played(HELP, "1", "tomorrow", "99", "/cancel")
    assert "Please write the time like this: 14:30" in result.transcript[-2][1]


@pytest.mark.parametrize("line", ["/place", "/sticker", "/nonsense", "", "0", "１", "9999999999"])
def test_what_a_question_does_not_take(line: str) -> None:
    result, _ = played(HELP, line)
    assert result.transcript[2][1].startswith("I did not understand that.")


def test_a_shared_number_and_voice() -> None:
    result, _ = played(CALL, "/contact 4915112345678", "/voice")
    assert result.answers["phone"] == "+4915112345678"
    assert result.outcome is Outcome.FINISHED


@pytest.mark.parametrize("line", ["/language", "/callme", "/help", "call me"])
def test_what_leads_out_of_the_flow_comes_back(line: str) -> None:
    result, shown = played(HELP, "1", line, "/back")
    asked = [text for who, text in result.transcript if who == "bot"]
    assert asked == ["What do you need?", "On which day?", "On which day?", "What do you need?"]
    assert "Outside this flow" in shown


@pytest.mark.parametrize("lines", [[], ["/cancel"], ["1", "3", "✖️ Cancel"]])
def test_the_end_of_input_is_a_cancel(lines: list[str]) -> None:
    result, shown = played(HELP, *lines)
    assert result.outcome is Outcome.CANCELLED
    assert result.answers == {}
    assert shown.endswith("cancelled\n{}")


def test_time_goes_on() -> None:
    later = moment("2026-11-30T08:00")
    result, _ = played(HELP, "1", "/sticker", now=[NOW, NOW, later])
    assert result.outcome is Outcome.CANCELLED
    assert len(result.transcript) == 6
