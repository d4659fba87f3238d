"""How an office writes in its list of volunteers: each word, and what it stands for."""

from collections.abc import Mapping
from typing import Final

from bot.domain.county import Group
from bot.domain.people import Gender, Level, Mark, Part, Travel

#: Two names for one column are the same heading.
HEADINGS: Final[Mapping[str, str]] = {
    "name": "Name",
    "vor- und nachname": "Name",
    "sprachen": "Sprachen",
    "sprache": "Sprachen",
    "telefon": "Telefon",
    "telefonnummer": "Telefon",
    "handy": "Telefon",
    "ort": "Ort",
    "wohnort": "Ort",
    "fahrzeug": "Fahrzeug",
    "mobilität": "Fahrzeug",
    "fahrzeug/mobilität": "Fahrzeug",
    "reichweite": "Reichweite",
    "reichweite (km)": "Reichweite",
    "reichweite in km": "Reichweite",
    "hilft bei": "Hilft bei",
    "geschlecht": "Geschlecht",
    "zeiten": "Zeiten",
    "berufen am": "Berufen am",
    "berufen bis": "Berufen bis",
    "belehrung am": "Belehrung am",
    "führungszeugnis am": "Führungszeugnis am",
    "führungszeugnis gesehen am": "Führungszeugnis am",
}

#: "Kurdisch" and "Farsi" can be two languages: the volunteer is asked which.
LANGUAGES: Final[Mapping[str, str]] = {
    "deutsch": "de",
    "englisch": "en",
    "arabisch": "ar",
    "farsi": "fas",
    "persisch": "fas",
    "dari": "prs",
    "kurdisch": "kur",
    "kurmandschi": "kmr",
    "kurmanci": "kmr",
    "kurmanji": "kmr",
    "sorani": "ckb",
    "türkisch": "tr",
    "ukrainisch": "uk",
    "russisch": "ru",
    "paschtu": "ps",
    "paschto": "ps",
    "somali": "so",
    "tigrinya": "ti",
    "tigrinisch": "ti",
    "französisch": "fr",
}

LEVELS: Final[Mapping[str, Level]] = {
    "gut": Level.WELL,
    "sehr gut": Level.WELL,
    "fließend": Level.WELL,
    "muttersprache": Level.WELL,
    "etwas": Level.SOME,
    "wenig": Level.SOME,
    "ein wenig": Level.SOME,
    "grundkenntnisse": Level.SOME,
}

TRAVEL: Final[Mapping[str, Travel]] = {
    "auto": Travel.CAR,
    "pkw": Travel.CAR,
    "bus": Travel.BUS,
    "bahn": Travel.BUS,
    "bus/bahn": Travel.BUS,
    "zug": Travel.BUS,
    "öpnv": Travel.BUS,
    "fahrrad": Travel.BUS,
    "zu fuß": Travel.BUS,
}

GENDERS: Final[Mapping[str, Gender]] = {
    "w": Gender.WOMAN,
    "weiblich": Gender.WOMAN,
    "frau": Gender.WOMAN,
    "m": Gender.MAN,
    "männlich": Gender.MAN,
    "mann": Gender.MAN,
}

SKILLS: Final[Mapping[str, Group]] = {
    "arzt": Group.DOCTOR,
    "arztbesuch": Group.DOCTOR,
    "arztbesuche": Group.DOCTOR,
    "krankenhaus": Group.DOCTOR,
    "behörde": Group.OFFICE,
    "behörden": Group.OFFICE,
    "amt": Group.OFFICE,
    "ämter": Group.OFFICE,
    "brief": Group.LETTER,
    "briefe": Group.LETTER,
    "formular": Group.LETTER,
    "formulare": Group.LETTER,
    "anträge": Group.LETTER,
    "schule": Group.SCHOOL,
    "kita": Group.SCHOOL,
    "kinder": Group.SCHOOL,
    "deutsch": Group.GERMAN,
    "hausaufgaben": Group.GERMAN,
    "nachhilfe": Group.GERMAN,
    "wohnung": Group.HOME,
    "bank": Group.HOME,
    "arbeit": Group.WORK,
    "beruf": Group.WORK,
    "ausbildung": Group.WORK,
    "kurse": Group.WORK,
    "freizeit": Group.PEOPLE,
    "verein": Group.PEOPLE,
    "begegnung": Group.PEOPLE,
}

WEEKDAYS: Final[Mapping[str, tuple[int, ...]]] = {
    "mo": (0,),
    "montag": (0,),
    "di": (1,),
    "dienstag": (1,),
    "mi": (2,),
    "mittwoch": (2,),
    "do": (3,),
    "donnerstag": (3,),
    "fr": (4,),
    "freitag": (4,),
    "sa": (5,),
    "samstag": (5,),
    "so": (6,),
    "sonntag": (6,),
    "wochenende": (5, 6),
    "werktags": (0, 1, 2, 3, 4),
    "täglich": (0, 1, 2, 3, 4, 5, 6),
}

PARTS: Final[Mapping[str, tuple[Part, ...]]] = {
    "": tuple(Part),
    "vormittag": (Part.MORNING,),
    "vormittags": (Part.MORNING,),
    "nachmittag": (Part.AFTERNOON,),
    "nachmittags": (Part.AFTERNOON,),
    "abend": (Part.EVENING,),
    "abends": (Part.EVENING,),
    "ganztags": tuple(Part),
}

#: What may stand before a time; without a word it is a good one.
MARKS: Final[Mapping[str, Mark]] = {"nie": Mark.NEVER, "nicht": Mark.NEVER, "gut": Mark.GOOD}
