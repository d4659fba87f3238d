"""What people write, and what each kind of question makes of it."""

import json
import time
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import readers, written
from bot.conversation.flow import (
    Location,
    More,
    Other,
    Photo,
    Reader,
    Reply,
    Retry,
    SharedContact,
    Typed,
    Voice,
)
from bot.conversation.readers import FutureDay, OneOf, PhoneNumber, TimeOfDay, Words
from bot.messages import Day, Hour, Json, Term
from tests.conversation.chat import BERLIN, moment, scene

TODAY = date(2026, 11, 24)
TOMORROW = {"day": "2026-11-25"}
READERS: list[Reader] = [
    OneOf({"a": "A", "b": "B"}),
    FutureDay(),
    TimeOfDay("day"),
    PhoneNumber(),
    Words(100),
    Words(100, voice=True),
]


def read(reader: Reader, reply: Reply | str, **given: Json) -> Json:
    reply = Typed(reply) if isinstance(reply, str) else reply
    answer = reader.read(reply, scene(), given)
    assert not isinstance(answer, More)
    return answer


def why(reader: Reader, reply: Reply | str, **given: Json) -> str:
    with pytest.raises(Retry) as caught:
        read(reader, reply, **given)
    caught.value.why.msgid.format(**caught.value.why.params)  # names its parameters rightly
    return caught.value.why.msgid


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("24.11.2026", "2026-11-24"),
        ("25.11.2026", "2026-11-25"),
        ("25.11.26", "2026-11-25"),
        ("25.11.", "2026-11-25"),
        ("25.11", "2026-11-25"),
        ("1.12.", "2026-12-01"),
        ("01/12/2026", "2026-12-01"),
        ("1-12-26", "2026-12-01"),
        ("1 12 2026", "2026-12-01"),
        ("1. 12. 2026", "2026-12-01"),
        ("am 1.12.", "2026-12-01"),
        (" 25.11.2026\n", "2026-11-25"),
        ("2026-11-25", "2026-11-25"),
        ("2026/11/25", "2026-11-25"),
        ("2026.11.25", "2026-11-25"),
        ("23.11.", "2027-11-23"),
        ("1.1.", "2027-01-01"),
        ("٢٥.١١.٢٠٢٦", "2026-11-25"),
        ("٢٥/١١/٢٠٢٦", "2026-11-25"),
        ("۲۵٫۱۱٫۲۰۲۶", "2026-11-25"),
        ("２５.１１.２０２６", "2026-11-25"),
        ("\u2068٢٥\u2069.\u200f١١.\u200e٢٠٢٦\u202c", "2026-11-25"),
        ("2\u20615.11.\x002026\u200c", "2026-11-25"),
        ("۱۴۰۵/۱۲/۲۱", "2027-03-12"),
        ("1405/12/21", "2027-03-12"),
        ("۲۱.۱۲.۱۴۰۵", "2027-03-12"),
        ("1405-9-3", "2026-11-24"),
        ("today", "2026-11-24"),
        ("Tomorrow", "2026-11-25"),
        ("day after tomorrow", "2026-11-26"),
    ],
)
def test_days_that_are_understood(typed: str, day: str) -> None:
    assert read(FutureDay(), typed) == day


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "24",
        "24.",
        "30.02.",
        "30.02.2027",
        "29.02.2027",
        "31.04.2027",
        "0.12.2026",
        "1.13.2026",
        "11/25/2026",
        "24.11.026",
        "24.11.12026",
        "2026-11-24-1",
        "00.00.0000",
        "24.11.0000",
        "-24.-11.2026",
        "24.11.2026 or 25.11.2026",
        "I have 2 children and 3 dogs",
        "not 25.11.",
        "25.11. at 14:30",
        "14:30",
        "next week",
        "²⁵.¹¹.²⁰²⁶",
        "½.11.2026",
        "Ⅹ.Ⅺ.2026",
        "🗓",
        "👨‍👩‍👧",
        "\u202e\u2066\u200f",
        "\x00",
        "\ud800",
        "1405/13/01",
        "1405/12/30",
        "۱۴۰۵/۱۲/۳۲",
    ],
)
def test_what_is_no_day(typed: str) -> None:
    assert why(FutureDay(), typed) == readers.NOT_A_DAY


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("23.11.2026", readers.DAY_IS_PAST),
        ("24.11.2025", readers.DAY_IS_PAST),
        ("24.11.25", readers.DAY_IS_PAST),
        ("1.1.0001", readers.DAY_IS_PAST),
        ("1405/9/2", readers.DAY_IS_PAST),
        ("۱۳۹۹/۰۱/۰۱", readers.DAY_IS_PAST),
        ("2.12.2027", readers.DAY_TOO_FAR),
        ("31.12.9999", readers.DAY_TOO_FAR),
        ("9999-12-31", readers.DAY_TOO_FAR),
        ("1448/06/14", readers.DAY_TOO_FAR),
        ("1499/01/01", readers.DAY_TOO_FAR),
    ],
)
def test_days_out_of_reach(typed: str, reason: str) -> None:
    assert why(FutureDay(), typed) == reason


def test_a_day_without_a_year_is_the_next_one_also_in_a_leap_year() -> None:
    assert written.day("29.02.", date(2027, 3, 1)) == date(2028, 2, 29)
    assert written.day("29.02.", date(2026, 3, 1)) is None
    assert written.day("31.12.", date(2026, 12, 31)) == date(2026, 12, 31)
    assert written.day("30.12.", date(2026, 12, 31)) == date(2027, 12, 30)
    assert written.day("1.1.", date(9999, 12, 31)) is None


def test_today_is_the_day_of_the_county() -> None:
    late = scene(moment("2026-11-24T23:30"))
    assert FutureDay().choices(late, {})[0].key == "2026-11-24"
    assert FutureDay().choices(scene(late.now + 1800), {})[0].key == "2026-11-25"
    assert FutureDay().choices(scene(late.now, ZoneInfo("Asia/Tehran")), {})[0].key == "2026-11-25"


def test_days_offered() -> None:
    choices = FutureDay(offered=3).choices(scene(), {})
    assert [(choice.label.msgid, choice.key) for choice in choices] == [
        ("Today, {day}", "2026-11-24"),
        ("Tomorrow, {day}", "2026-11-25"),
        ("{day}", "2026-11-26"),
    ]
    assert FutureDay().show("2026-11-24", scene()) == Day("2026-11-24")


@given(st.dates(TODAY, TODAY + timedelta(days=365)), st.sampled_from("./- "))
def test_every_day_of_the_year_ahead_reads_as_itself(day: date, sign: str) -> None:
    assert read(FutureDay(), day.strftime(f"%d{sign}%m{sign}%Y")) == day.isoformat()
    assert read(FutureDay(), day.isoformat()) == day.isoformat()


# --- times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14:30", "14:30"),
        ("14.30", "14:30"),
        ("14,30", "14:30"),
        ("14 30", "14:30"),
        ("14h30", "14:30"),
        ("14 h 30", "14:30"),
        ("1430", "14:30"),
        ("0930", "09:30"),
        ("14", "14:00"),
        ("9", "09:00"),
        ("09", "09:00"),
        ("9:05", "09:05"),
        ("14 Uhr", "14:00"),
        ("14UHR", "14:00"),
        ("um 14 Uhr", "14:00"),
        ("14 Uhr 30", "14:30"),
        ("14:30 Uhr", "14:30"),
        ("14h", "14:00"),
        ("at 9 o'clock", "09:00"),
        ("9 o’clock", "09:00"),
        ("06:00", "06:00"),
        ("22:00", "22:00"),
        ("١٤:٣٠", "14:30"),
        ("۱۴:۳۰", "14:30"),
        ("١٤٫٣٠", "14:30"),
        ("１４:３０", "14:30"),
        ("\u206814:30\u2069", "14:30"),
        ("\u200f١٤\u200f:\u200e٣٠\n", "14:30"),
    ],
)
def test_times_that_are_understood(typed: str, hour: str) -> None:
    assert read(TimeOfDay("day"), typed, **TOMORROW) == hour


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "9 pm",
        "9pm",
        "9 am",
        "9 in the evening",
        "half past nine",
        "after 14:30",
        "14:30 or 15:00",
        "14-15",
        "14:3",
        "14:300",
        "14:60",
        "24:00",
        "25",
        "930",
        "14300",
        "2460",
        "-9",
        "−9",
        "14:30:00",
        "¹⁴:³⁰",
        "①④",
        "🕑",
        "\u202e",
        "\x00",
        "Uhr",
        "24.11.2026",
    ],
)
def test_what_is_no_time(typed: str) -> None:
    assert why(TimeOfDay("day"), typed, **TOMORROW) == readers.NOT_A_TIME


@pytest.mark.parametrize("typed", ["3", "03:00", "0", "00:00", "5:59", "22:01", "23:59"])
def test_times_nobody_means(typed: str) -> None:
    assert why(TimeOfDay("day"), typed, **TOMORROW) == readers.TIME_NOT_IN_DAY


def test_times_of_today_must_be_ahead() -> None:
    today: dict[str, Json] = {"day": "2026-11-24"}  # it is 09:30
    assert read(TimeOfDay("day"), "9:31", **today) == "09:31"
    assert why(TimeOfDay("day"), "9:30", **today) == readers.TIME_IS_PAST
    keys = [choice.key for choice in TimeOfDay("day").choices(scene(), today)]
    assert keys == ["1000", "1100", "1200", "1300", "1400", "1500", "1600", "1700"]
    assert why(TimeOfDay("day"), "14:30", day="junk") == readers.TIME_IS_PAST
    assert why(TimeOfDay("day"), "14:30") == readers.TIME_IS_PAST


def test_a_time_shown() -> None:
    assert TimeOfDay("day").show("14:30", scene()) == Hour("14:30")


@given(st.times())
def test_every_time_reads_as_itself(at: object) -> None:
    hour = f"{at:%H:%M}"
    anytime = TimeOfDay("day", earliest="00:00", latest="23:59")
    assert read(anytime, hour, **TOMORROW) == hour
    assert read(anytime, hour.replace(":", ""), **TOMORROW) == hour


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        pytest.param("2026-11-24", "14:30", "2026-11-24T13:30", id="winter"),
        pytest.param("2026-07-01", "14:30", "2026-07-01T12:30", id="summer"),
        pytest.param("2027-03-28", "01:59", "2027-03-28T00:59", id="before the gap"),
        pytest.param("2027-03-28", "02:30", "2027-03-28T01:30", id="in the gap: 03:30 is meant"),
        pytest.param("2027-03-28", "03:00", "2027-03-28T01:00", id="after the gap"),
        pytest.param("2026-10-25", "02:30", "2026-10-25T00:30", id="the first of two"),
        pytest.param("2026-10-25", "03:00", "2026-10-25T02:00", id="after the second"),
        pytest.param("9999-12-31", "23:59", "9999-12-31T22:59", id="the last day there is"),
        pytest.param("0001-01-01", "12:00", "0001-01-01T11:06:32", id="the first day there is"),
    ],
)
def test_the_moment_of_a_day_and_a_time(day: str, hour: str, utc: str) -> None:
    assert readers.at(day, hour, scene()) == moment(utc, ZoneInfo("UTC"))


def test_the_doubled_hour_is_past_when_its_first_is() -> None:
    anytime = TimeOfDay("day", earliest="00:00")
    first = readers.at("2026-10-25", "02:30", scene())
    day: dict[str, Json] = {"day": "2026-10-25"}
    assert anytime.holds("02:30", scene(first - 1), day)
    assert not anytime.holds("02:30", scene(first), day)
    assert datetime.fromtimestamp(first + 3600, BERLIN).hour == 2, "there is a second 02:30"


# --- phone numbers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("03941 123456", "+493941123456"),
        ("03941/12 34-56", "+493941123456"),
        ("(03941) 123456", "+493941123456"),
        ("03941 – 123456", "+493941123456"),
        ("0151 23456789", "+4915123456789"),
        ("+49 151 23456789", "+4915123456789"),
        ("+49 (0)151 23456789", "+4915123456789"),
        ("0049 (0) 151 23456789", "+4915123456789"),
        ("0049 151 23456789", "+4915123456789"),
        ("+380 67 123 45 67", "+380671234567"),
        ("00380671234567", "+380671234567"),
        ("٠١٥١ ٢٣٤٥٦٧٨٩", "+4915123456789"),
        ("۰۱۵۱۲۳۴۵۶۷۸۹", "+4915123456789"),
        ("+49151２３４５６７８９", "+4915123456789"),
        ("\u202a+49 151 23456789\u202c", "+4915123456789"),
        ("\u206601512\u00a03456789\u2069", "+4915123456789"),
    ],
)
def test_phone_numbers(typed: str, phone: str) -> None:
    assert read(PhoneNumber(), typed) == phone


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "112",
        "0",
        "00",
        "000000000",
        "0000491511234567",
        "+0151 1234567",
        "+",
        "++491511234567",
        "+49+1511234567",
        "0151",
        "15123456789",
        "1" * 16,
        "+1234567890123456",
        "0151 1234567 or 0151 7654321 thank you",
        "call 0151 1234567",
        "-491511234567",
        "⁰¹⁵¹¹²³⁴⁵⁶⁷",
        "📞",
        "\x00\u202e",
    ],
)
def test_what_is_no_phone_number(typed: str) -> None:
    assert why(PhoneNumber(), typed) == readers.NOT_A_PHONE


@pytest.mark.parametrize("phone", ["4915123456789", "+4915123456789", "+49 151 23456789"])
def test_a_shared_number_comes_with_or_without_a_plus(phone: str) -> None:
    assert read(PhoneNumber(), SharedContact(phone, own=True)) == "+4915123456789"


def test_shared_numbers_that_are_not_taken() -> None:
    other = SharedContact("4915123456789", own=False)
    assert why(PhoneNumber(), other) == readers.NOT_YOUR_PHONE
    assert why(PhoneNumber(), SharedContact("", own=True)) == readers.NOT_A_PHONE
    assert PhoneNumber().show("+493941123456", scene()) == "+493941123456"


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("after five", "after five"),
        ("  after\n\n five\t ", "after five"),
        ("بعد از ساعت ۵ می‌آیم", "بعد از ساعت ۵ می‌آیم"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("7", "7"),
        ("\u202eevil\u202c \u2066x\u2069\x07", "evil x"),
        ("a\x00b\ud800c", "abc"),
        ("<b>bold</b>", "<b>bold</b>"),
    ],
)
def test_words(typed: str, kept: str) -> None:
    assert read(Words(100), typed) == kept
    assert Words(100).show(kept, scene()) == kept
    kept.encode()  # can be stored


@pytest.mark.parametrize("typed", ["", " \n", "\u202e", "\x00\x01", "\u200c\u200d", "\ud800"])
def test_no_words(typed: str) -> None:
    assert why(Words(100), typed) == readers.NO_WORDS
    assert why(Words(100, voice=True), typed) == readers.NO_WORDS_OR_VOICE


def test_words_have_a_limit() -> None:
    assert read(Words(5), "12345 ") == "12345"
    assert why(Words(5), "123456") == readers.TOO_LONG
    assert why(Words(500), "x" * 5000) == readers.TOO_LONG


def test_a_voice_message_only_where_it_is_taken() -> None:
    answer: Json = {"voice": "file", "seconds": 12}
    assert read(Words(100, voice=True), Voice("file", 12)) == answer
    assert Words(100, voice=True).holds(answer, scene(), {})
    assert Words(100, voice=True).show(answer, scene()) == Term(readers.VOICE_MESSAGE)
    assert not Words(100).holds(answer, scene(), {})
    assert why(Words(100), Voice("file", 12)) == readers.NO_WORDS


# --- all of them ---------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
WRITTEN = st.text(st.characters(), max_size=80) | st.text(
    "0123٤۵６²½.:/-+ ()hT\u202e\u200c", max_size=20
)
REPLIES = (
    st.builds(Typed, WRITTEN)
    | st.builds(Voice, st.text(max_size=9), st.integers(0, 900))
    | st.builds(Location, st.floats(-90, 90), st.floats(-180, 180))
    | st.builds(SharedContact, WRITTEN, st.booleans())
    | st.just(Other())
    | st.builds(Photo, st.text(min_size=1, max_size=9), st.text(max_size=9))
)


@given(
    st.sampled_from(READERS), REPLIES, st.dictionaries(st.just("day"), JSON | st.dates().map(str))
)
def test_what_is_read_is_json_that_holds_and_can_be_shown(
    reader: Reader, reply: Reply, given: dict[str, Json]
) -> None:
    try:
        answer = reader.read(reply, scene(), given)
    except Retry:
        return
    assert answer is not None
    assert not isinstance(answer, More)
    assert json.loads(json.dumps(answer)) == answer
    assert reader.holds(answer, scene(), given)
    reader.show(answer, scene())


@given(st.sampled_from(READERS), JSON, st.dictionaries(st.just("day"), JSON))
def test_whatever_is_stored_holds_or_not(
    reader: Reader, answer: Json, given: dict[str, Json]
) -> None:
    if reader.holds(answer, scene(), given):
        reader.show(answer, scene())


@given(st.sampled_from(READERS), st.dictionaries(st.just("day"), JSON | st.dates().map(str)))
def test_every_choice_can_be_picked_and_holds(reader: Reader, given: dict[str, Json]) -> None:
    for choice in reader.choices(scene(), given):
        answer = reader.pick(choice.key, scene(), given)
        assert not isinstance(answer, More)
        assert reader.holds(answer, scene(), given)


@pytest.mark.parametrize("reader", READERS, ids=repr)
@pytest.mark.parametrize(
    "unit", ["1", "9", "١", "0 ", "1.", "1:", "+", "(0)", "\u202e", "\u200c", "a ", "👨‍👩‍👧", "\n"]
)
def test_a_very_long_text_is_refused_at_once(reader: Reader, unit: str) -> None:
    text = unit * 5000
    began = time.perf_counter()
    why(reader, text, **TOMORROW)
    assert time.perf_counter() - began < 1
