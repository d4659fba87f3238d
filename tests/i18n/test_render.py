"""Messages as Telegram gets them."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.render import MessageTooLongError, Renderer
from bot.i18n import bidi
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import LANGUAGES
from bot.i18n.wording import shortened
from bot.messages import (
    Button,
    Day,
    Hour,
    Language,
    Listing,
    Message,
    Moment,
    Param,
    Term,
    Text,
    count,
    from_json,
    message,
    text,
    to_json,
)
from tests.i18n.shown import (
    BERLIN,
    MONDAY,
    assert_directions,
    catalogues,
    labels,
    parsed,
    utf16,
)

OFFER = "<b>{what}</b> in {place} & around"
HELPERS = ("{n} helper", "{n} helpers")
TEXTS = {
    "de": {
        OFFER: "<b>{what}</b> in {place} & Umgebung",
        "Yes": "Ja",
        "doctor": "Arzt",
        HELPERS: ("{n} Person hilft", "{n} Personen helfen"),
        "{name} says: {words}": "{name} sagt: {words}",
        "Share my number": "Meine Nummer senden",
    },
    "ar": {
        OFFER: "<b>{what}</b> في {place} & حولها",
        "Yes": "نعم",
        "doctor": "طبيب",
        HELPERS: ("لا أحد", "{n} شخص", "شخصان", "{n} أشخاص", "{n} شخصًا", "{n} شخص هنا"),
        "{name} says: {words}": "{name} كتب:\n{words}",
        "Share my number": "إرسال رقمي",
    },
}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    return Renderer(catalogues(tmp_path_factory.mktemp("locales"), TEXTS), BERLIN)


def german(renderer: Renderer, said: Text) -> str:
    return renderer.render(message(said), "de").text


def test_tags_stay_and_values_are_escaped_and_isolated(renderer: Renderer) -> None:
    said = message(text(OFFER, what=Term("doctor"), place="A&B <b>"))
    german = renderer.render(said, "de")
    assert german.text == (
        "\u200e<b>\u2068Arzt\u2069</b> in \u2068A&amp;B &lt;b&gt;\u2069 &amp; Umgebung"
    )
    assert german.plain == "\u200e\u2068Arzt\u2069 in \u2068A&B <b>\u2069 & Umgebung"
    assert german.reply_markup is None
    assert renderer.render(said, "ar").text == (
        "\u200f<b>\u2068طبيب\u2069</b> في \u2068A&amp;B &lt;b&gt;\u2069 &amp; حولها"
    )


def test_lines_stand_below_each_other_and_the_empty_text_is_an_empty_line(
    renderer: Renderer,
) -> None:
    said = message(text("Yes"), text(""), text("Yes"))
    assert renderer.render(said, "de").text == "Ja\n\nJa"
    assert renderer.render(said, "ar").text == "نعم\n\nنعم"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Ali", "\u2068Ali\u2069"),
        (7, "\u20687\u2069"),
        (Term("doctor"), "\u2068Arzt\u2069"),
        (Moment(MONDAY), "\u2068Montag, 09.03.2026, 14:05\u2069"),
        (Day("2026-11-24"), "\u2068Dienstag, 24.11.2026\u2069"),
        (Hour("14:30"), "\u206814:30\u2069"),
        (Language("ckb"), "\u2068کوردی (سۆرانی)\u2069"),
        (
            Listing((Language("ar"), "x", Term("doctor"))),
            "\u2068العربية\u2069, \u2068x\u2069 und \u2068Arzt\u2069",
        ),
        (Listing(()), ""),
        ("a\nb", "\u2068a\u2069\n\u200e\u2068b\u2069"),
    ],
)
def test_every_kind_of_value(renderer: Renderer, value: Param, shown: str) -> None:
    assert german(renderer, text("Is it {x}?", x=value)) == f"Is it {shown}?"


def test_counts(renderer: Renderer) -> None:
    for n, arabic in {
        0: "لا أحد",
        1: "\u200f\u20681\u2069 شخص",
        2: "شخصان",
        3: "\u200f\u20683\u2069 أشخاص",
        11: "\u200f\u206811\u2069 شخصًا",
        100: "\u200f\u2068100\u2069 شخص هنا",
    }.items():
        assert renderer.render(message(count(HELPERS, n)), "ar").text == arabic
    assert german(renderer, count(HELPERS, 1)) == "\u200e\u20681\u2069 Person hilft"
    assert german(renderer, count(HELPERS, 0)) == "\u200e\u20680\u2069 Personen helfen"


def test_a_text_that_fell_back_runs_in_its_own_direction(renderer: Renderer) -> None:
    said = message(text("{name} says: {words}", name="علی", words="سلام"), text("Only {x}", x=1))
    assert renderer.render(said, "fa").text == (
        "\u200e\u2068علی\u2069 says: \u2068سلام\u2069\nOnly \u20681\u2069"
    )
    assert renderer.render(said, "ar").text == (
        "\u200f\u2068علی\u2069 كتب:\n\u200f\u2068سلام\u2069\nOnly \u20681\u2069"
    )


def test_buttons(renderer: Renderer) -> None:
    rows = [
        [Button(text("Yes"), "a:1"), Button(text("To {x}", x="A <b>"), url="https://example.org/")],
        [Button(count(HELPERS, 3), "b")],
    ]
    rendered = renderer.render(message(text("Yes"), buttons=rows), "de")
    assert rendered.reply_markup == {
        "inline_keyboard": [
            [
                {"text": "Ja", "callback_data": "a:1"},
                {"text": "To \u2068A <b>\u2069", "url": "https://example.org/"},
            ],
            [{"text": "\u200e\u20683\u2069 Personen helfen", "callback_data": "b"}],
        ]
    }
    assert json.loads(json.dumps(rendered.reply_markup)) == rendered.reply_markup


def test_the_contact_button(renderer: Renderer) -> None:
    said = Message((text("Yes"),), asks_contact=text("Share my number"))
    assert renderer.render(said, "ar").reply_markup == {
        "keyboard": [[{"text": "إرسال رقمي", "request_contact": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }
    answered = Message((text("Yes"),), hides_keyboard=True)
    assert renderer.render(answered, "ar").reply_markup == {"remove_keyboard": True}


def test_a_long_value_on_a_button_is_cut_inside_its_isolation(renderer: Renderer) -> None:
    button = Button(text("Go to {x}", x="Straße\n" * 20), "a")
    (label,) = labels(renderer.render(message(text("Yes"), buttons=[[button]]), "de"))
    assert utf16(label) <= 64
    assert "\n" not in label
    assert label.startswith("Go to \u2068Straße\u2069 \u200e\u2068")
    assert label.endswith("…\u2069")


def test_a_label_of_ours_that_is_too_long_is_cut_all_the_same(renderer: Renderer) -> None:
    button = Button(text("Go " * 40), "a")
    (label,) = labels(renderer.render(message(text("Yes"), buttons=[[button]]), "de"))
    assert utf16(label) <= 64
    assert label.endswith("Go…")


def test_labels_for_comparing_are_bare(renderer: Renderer) -> None:
    assert renderer.label(text("To {x}", x="<Ali>"), "ar") == "To <Ali>"
    assert renderer.label(text(OFFER, what="x", place="y"), "de") == "x in y & Umgebung"
    assert renderer.wording.plain(text("To {x}", x="<Ali>"), "ar") == "To \u2068<Ali>\u2069"


def test_a_value_that_is_missing_is_an_error(renderer: Renderer) -> None:
    with pytest.raises(KeyError, match="place"):
        german(renderer, text(OFFER, what="x"))


def test_own_words_are_shortened_and_short_ones_stay_whole(renderer: Renderer) -> None:
    said = message(text("{name} says: {words}", name="Ali", words="😀" * 3000), text("Yes"))
    rendered = renderer.render(said, "ar")
    assert 4090 <= utf16(rendered.plain) <= 4096
    assert rendered.plain.startswith("\u200f\u2068Ali\u2069 كتب:\n\u200f\u2068😀")
    assert rendered.plain.endswith("😀…\u2069\nنعم")
    assert parsed(rendered.text) == rendered.plain


def test_a_message_of_exactly_the_limit_is_left_alone(renderer: Renderer) -> None:
    whole, cut = [
        renderer.render(message(text("Is {x}", x="a" * length)), "de").plain
        for length in (4091, 4092)
    ]
    assert utf16(whole) == utf16(cut) == 4096
    assert ("…" in whole, "…" in cut) == (False, True)


def test_escapes_do_not_count(renderer: Renderer) -> None:
    rendered = renderer.render(message(text("Is {x}", x="&" * 4090)), "de")
    assert len(rendered.text) > 4096 * 4
    assert "…" not in rendered.plain


def test_our_own_text_is_never_cut(renderer: Renderer) -> None:
    with pytest.raises(MessageTooLongError):
        renderer.render(message(text("word " * 900 + "{x}", x="Ali")), "de")


@pytest.mark.parametrize(
    ("words", "longest", "kept"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("😀😀", 3, "😀…"),
        ("a😀b", 3, "a…"),
        ("👩\u200d⚕️ x", 4, "👩…"),
        ("ab cd", 4, "ab…"),
        ("abc", 1, "…"),
    ],
)
def test_shortening_leaves_no_half_characters(words: str, longest: int, kept: str) -> None:
    assert shortened(words, longest) == kept


def test_rendering_the_same_twice_gives_the_same(renderer: Renderer) -> None:
    said = message(text(OFFER, what=Term("doctor"), place="x"), buttons=[[Button(text("Yes"))]])
    assert renderer.render(said, "ar") == renderer.render(said, "ar")


# --- whatever people write ---------------------------------------------------------------------

own_words = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(f"{bidi.CONTROLS}<>&\"'{{}}\r\n\t\0\u2028\ud800\ufeff😀علیAb1 "),
    ),
    max_size=60,
)
long_words = st.builds(lambda words, times: words * times, own_words, st.integers(1, 200))
values = st.recursive(
    st.one_of(
        own_words,
        long_words,
        st.integers(),
        st.sampled_from([Term("doctor"), Moment(MONDAY), Day("2026-11-24"), Hour("14:30")]),
        st.sampled_from(sorted(LANGUAGES)).map(Language),
    ),
    lambda inner: st.lists(inner, max_size=4).map(lambda items: Listing(tuple(items))),
    max_leaves=4,
)


@given(said=st.tuples(values, values, values, values), language=st.sampled_from(list(TEXTS)))
def test_whatever_people_write(
    renderer: Renderer, said: tuple[Param, Param, Param, Param], language: str
) -> None:
    what, place, name, words = said
    quote = text("{name} says: {words}", name=name, words=words)
    offer = text(OFFER, what=what, place=place)
    rendered = renderer.render(
        message(offer, text(""), quote, text("Yes"), buttons=[[Button(quote, "a:1")]]), language
    )
    rendered.text.encode("utf-8")
    assert parsed(rendered.text) == rendered.plain
    assert rendered.text.count("<b>") == rendered.text.count("</b>") == 1
    assert_directions(rendered.plain, rtl=language == "ar")
    assert utf16(rendered.plain) <= 4096
    assert rendered.plain.endswith({"de": "\nJa", "ar": "\nنعم"}[language])
    (label,) = labels(rendered)
    assert utf16(label) <= 64
    assert_directions(label, rtl=language == "ar")


@given(
    said=st.builds(
        Message,
        lines=st.lists(st.builds(lambda value: text("{x}", x=value), values)).map(tuple),
        buttons=st.sampled_from([(), ((Button(text("Yes"), "a:1"),),)]),
        asks_contact=st.sampled_from([None, text("Share my number")]),
        qr=st.sampled_from(["", "https://t.me/lotse_bot?start=i-1"]),
        voice=st.sampled_from(["", "AwACAgIAAxkBAAI"]),
        menu=st.sampled_from([(), ("everybody", "volunteer")]),
        hides_keyboard=st.booleans(),
    )
)
def test_a_message_comes_back_from_json_as_it_was(said: Message) -> None:
    assert from_json(json.loads(json.dumps(to_json(said)))) == said


@given(words=own_words, language=st.sampled_from(sorted(LANGUAGES)))
def test_values_never_leave_their_isolation(renderer: Renderer, words: str, language: str) -> None:
    def around(value: str) -> str:
        said = message(text("{name} says: {words}", name=value, words=value))
        plain = renderer.render(said, language).plain
        return re.sub("\u2068[^\u2069]*\u2069|[\u200e\u200f\n]", "", plain)

    assert around(words) == around("")


def test_the_renderer_of_the_project_speaks_every_language_of_the_table(tmp_path: Path) -> None:
    renderer = Renderer(Catalogues.load(tmp_path, lambda *_: None), BERLIN)
    said = message(text("On {when} with {name}", when=Moment(MONDAY), name="علی"))
    shown = {code: renderer.render(said, code).plain for code in LANGUAGES}
    assert all("09.03.2026" in each and "14:05" in each for each in shown.values())
    assert len(set(shown.values())) == len(LANGUAGES) - 1  # Persian and Dari name weekdays alike
