"""Nobody is found, and an honest way out."""

from typing import Final

from bot.demo.tour_steps import (
    DESK,
    OFFICE,
    PERSON,
    Chooses,
    Picks,
    Says,
    SaysDay,
    Starts,
    Step,
    Taps,
    Tour,
)

NOBODY: Final = Tour(
    "nobody",
    {"de": "Niemand gefunden", "en": "Nobody found"},
    {
        "de": "Hêro liest Sorani. Im Landkreis spricht das niemand von den Ehrenamtlichen. Was"
        " dann?",
        "en": "Hêro reads Sorani. None of the county's volunteers speaks it. What then?",
    },
    "Hêro",
    "ckb",
    (
        Step(
            PERSON,
            Starts(),
            "Wie immer: zuerst die Sprache.",
            "As always: the language first.",
        ),
        Step(
            PERSON,
            Chooses(),
            "Sorani wird in arabischer Schrift von rechts nach links geschrieben.",
            "Sorani is written in Arabic letters, from right to left.",
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
            Says("Wernigerode"),
            "Wann?",
            "When?",
        ),
        Step(
            PERSON,
            SaysDay(4),
            "Um wie viel Uhr?",
            "At what time?",
        ),
        Step(
            PERSON,
            Says("10:00"),
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
            "Gesendet. Das Büro sieht sich die erste Anfrage an.",
            "Sent. The office looks at a first request.",
        ),
        Step(
            OFFICE,
            Taps("✅ Ask volunteers"),
            "Niemand passt. Der Bot verschweigt das nicht: Das Büro bekommt sofort eine"
            " Nachricht, und Hêro auch.",
            "Nobody fits. The bot does not hide that: the office gets a message at once, and so"
            " does Hêro.",
        ),
        Step(
            OFFICE,
            Taps("🏥 Refer"),
            "Das Büro kann von Hand jemanden fragen, eine Regel lockern oder an einen Dienst"
            " verweisen. Alles Weitere geschieht im eigenen Chat, nicht in der Gruppe.",
            "The office can ask somebody by hand, relax a rule, or refer to a service. The rest"
            " happens in one's own chat, not in the group.",
            front=DESK,
        ),
        Step(
            DESK,
            Picks("SiSA"),
            "Hêro erfährt, wer jetzt hilft und wie man dort anruft. Niemand wartet vergebens.",
            "Hêro reads who helps now and how to call them. Nobody waits in vain.",
            front=PERSON,
        ),
    ),
)
