"""A volunteer cancels on the day itself."""

from typing import Final

from bot.demo.tour_steps import (
    CLOCK,
    HELPER,
    OFFICE,
    PERSON,
    SECOND,
    Chooses,
    Passes,
    Says,
    SaysDay,
    Starts,
    Step,
    Taps,
    Tour,
    Until,
)

LATE: Final = Tour(
    "late",
    {"de": "Eine Absage in letzter Minute", "en": "A volunteer cancels late"},
    {
        "de": "Oksana hat einen Termin. Am Morgen wird die Person krank, die sie begleiten wollte.",
        "en": "Oksana has an appointment. That morning the person who was to come with her"
        " falls ill.",
    },
    "Oksana",
    "uk",
    (
        Step(
            PERSON,
            Starts(),
            "Oksana öffnet den Bot.",
            "Oksana opens the bot.",
        ),
        Step(
            PERSON,
            Chooses(),
            "Sie liest Ukrainisch.",
            "She reads Ukrainian.",
        ),
        Step(
            PERSON,
            Taps("✅ I agree"),
            "Was wird gebraucht?",
            "What is needed?",
        ),
        Step(
            PERSON,
            Taps("🩺 Doctor"),
            "Geht es um etwas, bei dem ein Profi helfen muss?",
            "Is it about something that needs a professional?",
        ),
        Step(
            PERSON,
            Taps("No, none of these"),
            "Wo?",
            "Where?",
        ),
        Step(
            PERSON,
            Says("Halberstadt"),
            "Wann?",
            "When?",
        ),
        Step(
            PERSON,
            SaysDay(2),
            "Um wie viel Uhr?",
            "At what time?",
        ),
        Step(
            PERSON,
            Says("15:00"),
            "Wer soll kommen?",
            "Who shall come?",
        ),
        Step(
            PERSON,
            Taps("No matter"),
            "Alles noch einmal zum Prüfen.",
            "All of it once more, to be checked.",
        ),
        Step(
            PERSON,
            Taps("✅ Send"),
            "Gesendet.",
            "Sent.",
        ),
        Step(
            OFFICE,
            Taps("✅ Ask volunteers"),
            "Das Büro gibt die erste Anfrage frei.",
            "The office lets the first request go.",
        ),
        Step(
            HELPER,
            Taps("✅ Yes, I can"),
            "Jemand sagt zu.",
            "Somebody says yes.",
        ),
        Step(
            CLOCK,
            Until(HELPER, "I can't come"),
            "Am Tag vorher kommt die Erinnerung.",
            "The day before the reminder comes.",
            front=HELPER,
        ),
        Step(
            CLOCK,
            Passes(18),
            "Die Nacht ist vorbei. Heute ist der Termin, und noch hat die Person nicht"
            " geantwortet.",
            "The night is over. The appointment is today, and there is no answer yet.",
            front=HELPER,
        ),
        Step(
            HELPER,
            Taps("I can't come"),
            "Krank geworden. Der Bot fragt einmal nach, damit niemand aus Versehen absagt. Den"
            " Grund liest nur das Büro.",
            "Ill. The bot asks once, so that nobody cancels by accident. Only the office reads"
            " the reason.",
        ),
        Step(
            HELPER,
            Taps("🤒 I am ill"),
            "Es ist spät, darum erfährt es das Büro sofort. Gleichzeitig werden die anderen"
            " gefragt, und Oksana liest, dass weitergesucht wird.",
            "It is late, so the office hears of it at once. At the same time the others are"
            " asked, and Oksana reads that the search goes on.",
            front=OFFICE,
        ),
        Step(
            SECOND,
            Taps("✅ Yes, I can"),
            "Jemand anderes springt ein.",
            "Somebody else steps in.",
        ),
        Step(
            CLOCK,
            Until(SECOND, "✅ Yes"),
            "Oksana weiß, wer jetzt kommt, und der Termin fand statt. Danach die Frage, wie es"
            " war.",
            "Oksana knows who comes now, and the appointment took place. Then the question how"
            " it was.",
            front=SECOND,
        ),
        Step(
            SECOND,
            Taps("✅ Yes"),
            "Geschafft, trotz der Absage.",
            "Done, although somebody cancelled.",
        ),
    ),
)
