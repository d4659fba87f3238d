"""What people type, against what stands on the button."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.normalise import ascii_digits, normalise


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("✅ Yes, please!", "yes please"),
        ("⬅️ Zurück", "zuruck"),
        ("Straße", "STRASSE"),
        ("📞 Call me", "call  me"),
        ("İptal et", "iptal et"),
        ("İptal et", "IPTAL ET"),
        ("Hayır", "hayir"),
        ("HAYIR", "hayır"),
        ("Alîkarî", "alikari"),
        ("Piştrastkirin", "pistrastkirin"),
        ("طبيب", "طبیب"),
        ("مساعدة", "مساعده"),
        ("إلغاء", "الغاء"),
        ("تأكيد", "تاكيد"),
        ("متطوّع", "متطوع"),
        ("دندان‌پزشک", "دندانپزشك"),
        ("ناوەندی کار", "ناوه‌ندی كار"),
        ("گەڕانەوە", "گەرانەوە"),
        ("خـــانه", "خانه"),
        ("ім’я", "ім'я"),
        ("ім’я", "імʼя"),
        ("Допомога", "допомога"),
        ("10:30", "۱۰:۳۰"),
        ("10:30", "١٠:٣٠"),
        ("1️⃣", "1"),
        ("\u200f\u2068Ali\u2069", "ali"),
    ],
)
def test_a_typed_label_is_recognised(label: str, typed: str) -> None:
    assert normalise(label) == normalise(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Yes", "No"), ("👍", "👎"), ("نعم", "لا"), ("10:30", "10:31"), ("так", "ні")],
)
def test_different_labels_stay_different(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


def test_an_emoji_alone_is_itself() -> None:
    assert normalise(" ❤️ ") == normalise("❤") == "❤"


def test_all_digits_become_ascii() -> None:
    assert ascii_digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ 0123456789") == " ".join(["0123456789"] * 3)
    assert ascii_digits("½ x²") == "½ x²"


@given(st.text())
def test_once_is_enough(typed: str) -> None:
    assert normalise(normalise(typed)) == normalise(typed)
