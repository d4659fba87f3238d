"""From a request in Arabic to the thanks."""

from typing import Final

from bot.demo.tour_steps import (
    CLOCK,
    HELPER,
    OFFICE,
    PERSON,
    Chooses,
    Picks,
    Presses,
    Says,
    SaysDay,
    Starts,
    Step,
    Taps,
    Tour,
    Until,
)

STORY: Final = Tour(
    "story",
    {"de": "Die Geschichte: von der Frage bis zum Dank", "en": "The story: from asking to thanks"},
    {
        "de": "Amina ist neu im Landkreis. Sie muss zum Arzt und spricht noch kein Deutsch. Sie"
        " findet den Bot, zum Beispiel über einen Aushang.",
        "en": "Amina is new in the county. She has to see a doctor and does not speak German"
        " yet. She finds the bot, for example on a poster.",
    },
    "Amina",
    "ar",
    (
        Step(
            PERSON,
            Starts(),
            "Der Bot fragt zuerst nach der Sprache, in allen Sprachen. Die Sprache von Aminas"
            " Telefon steht oben.",
            "First the bot asks for the language, in all of them. The one of Amina's phone"
            " comes first.",
        ),
        Step(
            PERSON,
            Chooses(),
            "Ab jetzt liest Amina alles auf Arabisch: was der Bot tut, dass es nichts kostet,"
            " und wen sie anrufen kann. Erst wenn sie einverstanden ist, wird etwas gespeichert.",
            "From now on Amina reads everything in Arabic: what the bot does, that it is free, and"
            " whom she can call. Nothing is kept before she agrees.",
        ),
        Step(
            PERSON,
            Taps("✅ I agree"),
            "Acht Bilder: Was brauchen Sie? Eine Sprachnachricht geht auch.",
            "Eight pictures: what do you need? A voice message will do, too.",
        ),
        Step(
            PERSON,
            Taps("🩺 Doctor"),
            "Bei manchen Dingen muss ein Profi helfen, zum Beispiel bei einer Operation. Darum"
            " fragt der Bot nach. Was es ist, merkt er sich nicht.",
            "Some things need a professional, an operation for example. So the bot asks. Which"
            " one it is, is not kept.",
        ),
        Step(
            PERSON,
            Taps("No, none of these"),
            "Wo ist der Termin? Amina kann tippen, den Standort senden oder schreiben.",
            "Where is the appointment? Amina can tap, send her location, or write.",
        ),
        Step(
            PERSON,
            Says("هالبرشتات"),
            "Sie schreibt den Ort, wie sie ihn hört, in ihrer Schrift. Der Bot rät und fragt"
            " zurück.",
            "She writes the town as she hears it, in her own script. The bot guesses, and asks"
            " back.",
        ),
        Step(
            PERSON,
            Picks("Halberstadt"),
            "Welcher Tag? Tippen oder schreiben, beides geht.",
            "Which day? To tap or to write, both will do.",
        ),
        Step(
            PERSON,
            SaysDay(3),
            "Und um wie viel Uhr?",
            "And at what time?",
        ),
        Step(
            PERSON,
            Says("١٤:٣٠"),
            "Arabische Ziffern versteht der Bot. Er zeigt die Zeit so, wie sie auf deutschen"
            " Briefen steht. Nun: Soll eine Frau oder ein Mann kommen?",
            "The bot reads Arabic digits, and shows the time as German letters do. Now: shall a"
            " woman or a man come?",
        ),
        Step(
            PERSON,
            Taps("No matter"),
            "Vor dem Senden sieht Amina alles noch einmal und kann jede Zeile ändern.",
            "Before she sends it, Amina sees all of it and can change each line.",
        ),
        Step(
            PERSON,
            Taps("✅ Send"),
            "Gesendet. Amina hat jetzt eine Nummer und weiß, bis wann sie etwas hört. Die erste"
            " Anfrage eines Menschen sieht sich das Büro zuerst an.",
            "Sent. Amina has a number now, and knows by when she will hear more. The office"
            " looks at everybody's first request first.",
        ),
        Step(
            OFFICE,
            Taps("✅ Ask volunteers"),
            "Im Büro genügt eine Taste. Die Karte der Anfrage zeigt immer, wie es steht, und nennt"
            " keinen Namen. Jetzt werden die passenden Ehrenamtlichen gefragt.",
            "In the office one tap is enough. The card of the request always shows how it"
            " stands, and names nobody. Now those volunteers who fit are asked.",
        ),
        Step(
            HELPER,
            Taps("✅ Yes, I can"),
            "Die Ehrenamtlichen haben Ort, Zeit, Fahrzeit und Sprache gelesen, nicht aber, um"
            " wen es geht. Wer zuerst zusagt, kommt; die anderen erfahren, dass jemand gefunden"
            " ist. Die Datei trägt den Termin in den Kalender ein.",
            "The volunteers have read place, time, way and language, but not whom it is about. The"
            " first who says yes comes; the others learn that somebody was found. The file puts"
            " the appointment into the calendar.",
        ),
        Step(
            CLOCK,
            Until(PERSON, "✅ Yes"),
            "Amina weiß längst, wer mitkommt: Vorname und Sprachen. Am Tag vorher werden beide"
            " erinnert. Auf dem Sperrbildschirm steht nichts vom Arzt.",
            "Amina has long read who will come: first name and languages. The day before, both are"
            " reminded. The lock screen says nothing of a doctor.",
            front=PERSON,
        ),
        Step(
            PERSON,
            Taps("✅ Yes"),
            "Amina kommt. Wer nicht antwortet, wird vom Büro angerufen.",
            "Amina will be there. Who does not answer is called by the office.",
        ),
        Step(
            HELPER,
            Taps("✅ Yes"),
            "Auch die andere Seite ist dabei.",
            "The other side will be there, too.",
        ),
        Step(
            PERSON,
            Taps("✉️ Write to the helper"),
            "Die beiden können sich jetzt über den Bot schreiben, ohne ihre Nummern zu kennen.",
            "The two can write to each other through the bot now, without knowing their numbers.",
        ),
        Step(
            PERSON,
            Taps("💬 Ready phrases"),
            "Amina schreibt selbst, oder sie wählt einen fertigen Satz in ihrer Sprache.",
            "Amina writes herself, or takes a ready phrase in her language.",
        ),
        Step(
            PERSON,
            Taps("Where do we meet?"),
            "Der fertige Satz kommt bei der anderen Seite in deren Sprache an.",
            "The ready phrase reaches the other side in the language that is read there.",
            front=HELPER,
        ),
        Step(
            CLOCK,
            Until(HELPER, "✅ Yes"),
            "Zwei Stunden vorher kam noch eine Erinnerung, dann war der Termin. Danach eine"
            " Frage: Hat er stattgefunden?",
            "Two hours before there was one more reminder, then the appointment. Afterwards a"
            " question: did it take place?",
            front=HELPER,
        ),
        Step(
            HELPER,
            Taps("✅ Yes"),
            "Und wie lange hat es gedauert? Mehr Papierkram ist es nicht.",
            "And how long did it take? That is all the paperwork there is.",
        ),
        Step(
            HELPER,
            Taps("{minutes} min.", {"minutes": 120}),
            "Danke! Im Büro steht die Anfrage nun als erledigt. Die beiden können noch sagen, ob"
            " sie einander wieder treffen möchten.",
            "Thank you! The office sees that the request is done. The two may still say whether"
            " they would like to meet again.",
        ),
        Step(
            PERSON,
            Presses("went:well:"),
            "Amina sagt mit einem Gesicht, wie es war: Sie hat Hilfe bekommen. 30 Tage später"
            " werden ihre Angaben gelöscht.",
            "With a face Amina says how it was: she got help. 30 days later what she told is"
            " deleted.",
        ),
    ),
)
