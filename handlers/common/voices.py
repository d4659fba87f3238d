"""What is read aloud to who reads little: the notice, and a sample of each language."""

from dataclasses import replace

from bot.conversation.flow import Scene
from bot.counties.voices import name_of
from bot.i18n.languages import endonym
from bot.messages import B_, N_, Button, Message, Text, message, text
from handlers.turn import Turn

NOTICE, LANGUAGE = "notice", "language"
#: What a recording of a language says, and what stands below it.
THIS_LANGUAGE = N_("Do you understand this language? Then tap the button below.")
#: The last words of the recorded notice.
HOW_TO_AGREE = N_("If you agree, tap the button with the green tick.")
_COMPUTER = N_("This is a computer voice.")
_LISTEN = B_("🔊 Listen")
#: A sign that needs no reading.
_SAMPLES = Button(Text("{sign}", {"sign": "🔊"}), "voices:languages")


def listen_to_notice(scene: Scene) -> tuple[Button, ...]:
    """The button beside the notice, where there is a recording in the person's language."""
    there = name_of(NOTICE, scene.language) in scene.county.voices
    return (Button(text(_LISTEN), "voices:notice"),) if there else ()


def notice(turn: Turn) -> Message | None:
    """The notice, read out in the person's language; None if there is no recording of it."""
    name = name_of(NOTICE, turn.language)
    recording = turn.county.voices.get(name)
    if recording is None:
        return None
    said = text(_COMPUTER) if recording.computer else text(N_("🔊"))
    return replace(message(said), recording=name)


def samples_button(turn: Turn, offered: list[str]) -> list[list[Button]]:
    """A row with the button that plays a sample of each language, if there are any."""
    there = any(name_of(LANGUAGE, code) in turn.county.voices for code in offered)
    return [[_SAMPLES]] if there else []


def samples(turn: Turn, offered: list[str]) -> list[Message]:
    """A short recording for each language, with the button that chooses it; each in that language.

    A language without a recording has none here: its name stands on the list.
    """
    there = [code for code in offered if name_of(LANGUAGE, code) in turn.county.voices]
    return [_sample(turn, code) for code in there]


def _sample(turn: Turn, code: str) -> Message:
    name = name_of(LANGUAGE, code)
    lines = [THIS_LANGUAGE, *([_COMPUTER] if turn.county.voices[name].computer else [])]
    said = [
        Text("{line}", {"line": turn.wording.plain(text(line), code)}) for line in lines
    ]  # before a language is chosen everything would be said in English
    choose = Button(Text("{name}", {"name": endonym(code)}), f"lang:{code}")
    return replace(message(*said, buttons=[[choose]]), recording=name)
