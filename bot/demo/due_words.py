"""What the clock does next, in plain words; a new kind of due row shows its own name until it has
some. These are the demo's words and no texts of the bot."""

from collections.abc import Mapping
from typing import Final

from bot.domain.appointments import REMINDERS, SILENCE
from bot.usecases import assigning, digesting, dispatch, offering, office, promising

#: By the name of the reminder.
_BEFORE: Final[Mapping[str, tuple[str, str]]] = {
    "EVENING": ("the reminder the evening before", "die Erinnerung am Abend vorher"),
    "DAY_BEFORE": ("the reminder a day before", "die Erinnerung am Tag vorher"),
    "MORNING": ("the reminder in the morning", "die Erinnerung am Morgen"),
    "HOURS_BEFORE": ("the reminder two hours before", "die Erinnerung zwei Stunden vorher"),
    "HOUR_BEFORE": ("the reminder an hour before", "die Erinnerung eine Stunde vorher"),
}
_REMINDER: Final = ("a reminder", "eine Erinnerung")
_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    **{kind: _BEFORE.get(reminder.name, _REMINDER) for kind, (reminder, _) in REMINDERS.items()},
    SILENCE: (
        "the time to answer the reminder is over",
        "die Zeit, auf die Erinnerung zu antworten, ist um",
    ),
    assigning.PROPOSE_REMINDER: (
        "the volunteer is reminded to offer times",
        "die ehrenamtliche Person wird erinnert, Zeiten zu nennen",
    ),
    assigning.PROPOSE_OVER: (
        "the time to offer times is over",
        "die Zeit, Zeiten zu nennen, ist um",
    ),
    assigning.CHOOSE_REMINDER: (
        "the person is reminded to choose a time",
        "die anfragende Person wird erinnert, eine Zeit zu wählen",
    ),
    assigning.CHOOSE_OVER: (
        "the time to choose a time is over",
        "die Zeit, eine zu wählen, ist um",
    ),
    assigning.CLOSING: ("both are asked how it went", "beide werden gefragt, wie es war"),
    dispatch.OFFERS_EXPIRE: (
        "the time to answer an offer is over",
        "die Zeit, auf eine Frage zu antworten, ist um",
    ),
    offering.OFFER_HELD: ("a volunteer's quiet hours are over", "die Ruhezeit von jemandem ist um"),
    offering.OPEN_TASKS: (
        "a volunteer hears of open tasks",
        "eine ehrenamtliche Person hört von offenen Aufgaben",
    ),
    promising.HEAR_BY: (
        "the time is over by which the office answers",
        "die Zeit, in der das Büro antworten wollte, ist um",
    ),
    office.CALL_WAITS: ("a call still waits", "ein Anruf wartet noch"),
    digesting.DIGEST: ("the office's morning digest", "die Morgenübersicht des Büros"),
    dispatch.REQUEST_STARTS: (
        "the time that somebody asked help for has come",
        "die Zeit, für die jemand Hilfe wollte, ist da",
    ),
    dispatch.REQUEST_ENDS: ("the appointment is over", "der Termin ist vorbei"),
}


def in_words(kind: str) -> dict[str, str]:
    """{"en", "de"}"""
    own = kind.replace("_", " ")
    english, german = _WORDS.get(kind, (own, own))
    return {"en": english, "de": german}
