"""What a translation has to keep."""

import pytest

from bot.i18n.extract import Source
from bot.i18n.plurals import plural_forms
from bot.i18n.rules import label_length, source_faults, translation_faults


def faults(english: str, form: str, code: str = "de", *, button: bool = False) -> list[str]:
    source = Source(english, None, button)
    return list(translation_faults(source, [form], code, plural_forms(code)))


@pytest.mark.parametrize(
    ("english", "form", "code"),
    [
        ("Hello {name}", "Guten Tag, {name}", "de"),
        ("<b>{a}</b> and <b>{b}</b>", "<b>{b}</b> و<b>{a}</b>", "ar"),
        ("{a}: {b}", "{a}: {b}", "ar"),
        ("Are you ready?", "Sind Sie bereit? Ihr Termin ist morgen.", "de"),
        ("I want a helper", "می\u200cخواهم", "fa"),
        ("Status", "Status", "de"),
        ("one\ntwo", "eins\nzwei", "de"),
    ],
)
def test_a_good_translation_has_no_fault(english: str, form: str, code: str) -> None:
    assert faults(english, form, code) == []


@pytest.mark.parametrize(
    ("english", "form", "code", "fault"),
    [
        ("Hello {name}", "Guten Tag", "de", "lacks {name}"),
        ("Hello {name}", "Guten Tag, {nme}", "de", "lacks {name}"),
        ("Hello {name}", "Guten Tag, {name} {nme}", "de", "unknown {nme}"),
        ("Hello {name}", "Guten Tag, {name", "de", "expected '}'"),
        ("Hello {name}", "Guten Tag, {0}", "de", "not a plain named placeholder"),
        ("<b>Yes</b>", "Ja", "de", "other <b> tags"),
        ("<b>Yes</b>", "<b>Ja", "de", "not closed"),
        ("<b>Yes</b>", "</b>Ja<b>", "de", "do not take turns"),
        ("Yes", "<i>Ja</i>", "de", "<i> is not allowed"),
        ("Yes", "Ja &amp; Nein", "de", "&amp; is not allowed"),
        ("Yes", "Ja ", "de", "white space"),
        ("Yes", "Ja\nNein", "de", "number of lines"),
        ("Yes", "\u200fنعم", "ar", "direction character U+200F"),
        ("Yes", "Ja\tNein", "de", "control character U+0009"),
        ("At 9", "الساعة ٩", "ar", "digit ٩"),
        ("At 9", "ساعت ۹", "fa", "digit ۹"),
        ("Are you there?", "Bist du da?", "de", "informal address: du"),
        ("Your helper", "Deine Hilfe", "de", "informal address: Deine"),
        ("You too", "Sen de", "tr", "informal address: Sen"),
        ("With you", "Разом: ти", "uk", "informal address: ти"),
        ("Cancel", "Qutbûn", "kmr", "Betalkirin"),
        ("Cancel", "قطع", "fa", "لغو"),
        ("Hospital", "بیمارستان", "prs", "شفاخانه"),
        ("This", "اين", "fa", "Persian letters"),
        ("Now", "Сейчас ы", "uk", "Russian"),
        ("Please wait for a moment", "Please wait for a moment", "de", "still the English text"),
        ("Wait", "Wait", "ar", "no word of it is in Arabic letters"),
        ("Wait", "Wait", "uk", "no word of it is in Cyrillic letters"),
    ],
)
def test_a_fault_is_found(english: str, form: str, code: str, fault: str) -> None:
    found = faults(english, form, code)
    assert any(fault in each for each in found), found


def test_forms_for_one_number_may_say_it_as_a_word() -> None:
    source = Source("{n} offer for {name}", "{n} offers for {name}")
    header = plural_forms("ar")
    few = "{n} عروض {name}"
    forms = ["لا عروض {name}", "عرض {name}", "عرضان {name}", few, few, few]
    assert list(translation_faults(source, forms, "ar", header)) == []
    forms[3] = "عروض {name}"
    assert list(translation_faults(source, forms, "ar", header)) == ["lacks {n}"]
    forms[3], forms[1] = few, "عرض"
    assert list(translation_faults(source, forms, "ar", header)) == ["lacks {name}"]
    ukrainian = ["помічник {name}", "{n} {name} та", "{n} {name} та", ""]
    assert "lacks {n}" in list(
        translation_faults(source, ukrainian, "uk", plural_forms("uk"))
    )  # 1, 21, 31 ...


def test_labels_are_measured_as_they_are_seen() -> None:
    assert label_length("✅ <b>نَعَم</b> {name}") == 6
    assert faults("Yes", "J" * 30, button=True) == []
    assert faults("Yes", "J" * 31, button=True) == ["31 characters on a button, at most 30"]
    assert faults("Yes", "J" * 31) == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (Source("Hello {0}"), "not a plain named placeholder"),
        (Source("Hello {a.b}"), "not a plain named placeholder"),
        (Source("Hello <i>you</i>"), "<i> is not allowed"),
        (Source("Hello <b>you"), "not closed"),
        (Source(" Hello"), "white space"),
        (Source("Please choose a day from the calendar", None, True), "on a button"),
        (Source("{n} day for {name}", "{n} days"), "lacks {name}"),
        (Source("{n} day", "days"), "lacks {n}"),
    ],
)
def test_the_english_text_has_rules_too(source: Source, fault: str) -> None:
    assert any(fault in each for each in source_faults(source))


def test_a_good_english_text_has_no_fault() -> None:
    assert list(source_faults(Source("One day for <b>{name}</b>", "{n} days for {name}"))) == []
