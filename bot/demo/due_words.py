"""What the clock does next, in plain words; a new kind of due row shows its own name until it has
some. These are the demo's words and no texts of the bot."""

from collections.abc import Mapping
from typing import Final

from bot.domain.appointments import REMINDERS

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
    "silence": (
        "the time to answer the reminder is over",
        "die Zeit, auf die Erinnerung zu antworten, ist um",
    ),
    "propose_reminder": (
        "the volunteer is reminded to offer times",
        "die ehrenamtliche Person wird erinnert, Zeiten zu nennen",
    ),
    "propose_over": (
        "the time to offer times is over",
        "die Zeit, Zeiten zu nennen, ist um",
    ),
    "choose_reminder": (
        "the person is reminded to choose a time",
        "die anfragende Person wird erinnert, eine Zeit zu wählen",
    ),
    "choose_over": (
        "the time to choose a time is over",
        "die Zeit, eine zu wählen, ist um",
    ),
    "closing": ("both are asked how it went", "beide werden gefragt, wie es war"),
    "offers_expire": (
        "the time to answer an offer is over",
        "die Zeit, auf eine Frage zu antworten, ist um",
    ),
    "offer_held": ("a volunteer's quiet hours are over", "die Ruhezeit von jemandem ist um"),
    "open_tasks": (
        "a volunteer hears of open tasks",
        "eine ehrenamtliche Person hört von offenen Aufgaben",
    ),
    "hear_by": (
        "the time is over by which the office answers",
        "die Zeit, in der das Büro antworten wollte, ist um",
    ),
    "call_waits": ("a call still waits", "ein Anruf wartet noch"),
    "closing_nudge": (
        "who has not said how it went is asked again",
        "wer noch nicht gesagt hat, wie es war, wird noch einmal gefragt",
    ),
    "case_waits": ("a protected case still waits", "ein Schutzfall wartet noch"),
    "move_over": (
        "the time to answer a proposal for another day is over",
        "die Zeit, auf einen anderen Tag zu antworten, ist um",
    ),
    "swap_over": (
        "the time is over in which a colleague may step in",
        "die Zeit, in der jemand einspringen kann, ist um",
    ),
    "swap_held": ("a colleague's quiet hours are over", "die Ruhezeit von jemandem ist um"),
    "late_waits": (
        "a task given back at the last moment still has nobody",
        "eine spät zurückgegebene Aufgabe hat noch niemanden",
    ),
    "case_decides": (
        "a coordinator had to decide about an appointment by now",
        "die Koordination musste bis jetzt über einen Termin entscheiden",
    ),
    "errand_waits": (
        "a call about a request still waits",
        "ein Anruf zu einer Anfrage wartet noch",
    ),
    "relay_over": ("the chat between the two ends", "der Chat zwischen den beiden endet"),
    "listen_waits": (
        "a voice message still waits for somebody to listen",
        "eine Sprachnachricht wartet noch, dass jemand sie hört",
    ),
    "undated": (
        "the office is asked whether a request without a date is still needed",
        "das Büro wird gefragt, ob eine Anfrage ohne Datum noch gilt",
    ),
    "series_ask": (
        "both are asked whether it goes on every week",
        "beide werden gefragt, ob es jede Woche weitergeht",
    ),
    "series_nudge": ("both are asked once more about every week", "beide werden erinnert"),
    "series_silent": (
        "nobody has said whether it goes on every week",
        "niemand hat gesagt, ob es jede Woche weitergeht",
    ),
    "series_change_over": (
        "the time to answer a change of the weekly help is over",
        "die Zeit, auf eine Änderung der wöchentlichen Hilfe zu antworten, ist um",
    ),
    "series_plan": ("the next weekly meetings are planned", "die nächsten Treffen werden geplant"),
    "series_clash": (
        "the time is over to say which of two meetings counts",
        "die Zeit zu sagen, welches von zwei Treffen gilt, ist um",
    ),
    "record_month": (
        "volunteers are asked whether their month is complete",
        "Ehrenamtliche werden gefragt, ob ihr Monat vollständig ist",
    ),
    "block_over": ("somebody is no longer blocked", "jemand ist nicht mehr gesperrt"),
    "record_nudge": (
        "who has not confirmed their month is asked again",
        "wer den Monat noch nicht bestätigt hat, wird noch einmal gefragt",
    ),
    "check_in": (
        "a volunteer is asked how they are after a hard task",
        "eine ehrenamtliche Person wird nach einer schweren Aufgabe gefragt, wie es ihr geht",
    ),
    "check_in_over": (
        "the time to answer how they are is over",
        "die Zeit zu sagen, wie es geht, ist um",
    ),
    "papers_end": (
        "a volunteer's papers are looked at",
        "nach den Unterlagen einer ehrenamtlichen Person wird gesehen",
    ),
    "digest": ("the office's morning digest", "die Morgenübersicht des Büros"),
    "meetup_tell": (
        "a volunteer's quiet hours are over: they hear of a meetup",
        "die Ruhezeit von jemandem ist um: es gibt Neues zu einem Treffen",
    ),
    "meetup_nudge": (
        "who has not answered an invitation is asked once more",
        "wer auf eine Einladung nicht geantwortet hat, wird noch einmal gefragt",
    ),
    **{f"meetup_{key.lower()}": words for key, words in _BEFORE.items()},
    "meetup_over": (
        "the office is asked who was at a meetup",
        "das Büro wird gefragt, wer bei einem Treffen war",
    ),
    "announce": (
        "the next batch of an announcement is sent",
        "der nächste Teil einer Mitteilung geht hinaus",
    ),
    "request_starts": (
        "the time that somebody asked help for has come",
        "die Zeit, für die jemand Hilfe wollte, ist da",
    ),
    "request_ends": ("the appointment is over", "der Termin ist vorbei"),
}


def in_words(kind: str) -> dict[str, str]:
    """{"en", "de"}"""
    own = kind.replace("_", " ")
    english, german = _WORDS.get(kind, (own, own))
    return {"en": english, "de": german}
