"""Reading texts out of code."""

from pathlib import Path

import pytest

from bot.i18n.extract import Source, SourceFault, extract, in_module

IMPORT = "from bot.messages import B_, N_, P_, Button, Term, Text, count, text\n"


def one(code: str, imports: str = IMPORT) -> Source:
    (source,) = in_module(imports + code, "handlers/x.py")
    return source


@pytest.mark.parametrize(
    ("code", "msgid", "many", "button"),
    [
        ('N_("Yes")', "Yes", None, False),
        ('B_("Yes")', "Yes", None, True),
        ('P_("{n} day", "{n} days")', "{n} day", "{n} days", False),
        ('text("Hello {name}", name=x)', "Hello {name}", None, False),
        ('Text("Hello")', "Hello", None, False),
        ('Text(msgid="Hello", params={})', "Hello", None, False),
        ('Text("{n} day", {}, many="{n} days", n=3)', "{n} day", "{n} days", False),
        ('Term("doctor")', "doctor", None, False),
        ('count(("{n} day", "{n} days"), 3)', "{n} day", "{n} days", False),
        ('Button(text("Yes"), "a:1")', "Yes", None, True),
        ('Button(text(N_("Yes")), "a:1")', "Yes", None, True),
        ('Button(label=text("Yes"), data="a:1")', "Yes", None, True),
        ('N_("one "\n   "two")', "one two", None, False),
        ('x = {"a": [N_("Yes")]}', "Yes", None, False),
        ('def f(a=N_("Yes")): pass', "Yes", None, False),
    ],
)
def test_a_literal_is_found(code: str, msgid: str, many: str | None, button: bool) -> None:
    source = one(code)
    assert (source.msgid, source.many, source.button) == (msgid, many, button)
    assert source.files == ["handlers/x.py"]


@pytest.mark.parametrize(
    ("imports", "code"),
    [
        ("from bot import messages\n", 'messages.text("Yes")'),
        ("import bot.messages\n", 'bot.messages.text("Yes")'),
        ("import bot.messages as m\n", 'm.N_("Yes")'),
        ("from bot.messages import N_ as _\n", '_("Yes")'),
    ],
)
def test_however_it_was_imported(imports: str, code: str) -> None:
    assert one(code, imports).msgid == "Yes"


def test_names_of_others_are_left_alone() -> None:
    assert in_module('from sqlalchemy import text\ntext("SELECT 1")', "bot/x.py") == []
    assert in_module(IMPORT + "text(QUESTION)\ncount(FORMS, 3)\nTerm(labels[x])", "bot/x.py") == []


@pytest.mark.parametrize(
    "code",
    [
        'N_(f"Hello {name}")',
        'text(f"Hello {name}")',
        'text("Hello " + name)',
        "N_(name)",
        'P_("one", many)',
        "B_(labels[x])",
    ],
)
def test_what_can_not_be_read_out_is_a_fault_with_its_line(code: str) -> None:
    with pytest.raises(SourceFault, match=r"^handlers/x\.py:2: "):
        one(code)


def test_comments_for_translators_go_along() -> None:
    source = one(
        "# Translators: {place} is a town,\n# never a home.\n"
        "ASK = (\n    N_('Where is {place}?')\n)\n"
    )
    assert source.remarks == ["Translators: {place} is a town,", "never a home."]
    assert one("# Translators: polite\nx = f(\n    text('Yes'))").remarks == ["Translators: polite"]
    assert one("# A comment for us.\nx = N_('Yes')").remarks == []
    assert one("# Translators: another text\n\nx = N_('Yes')").remarks == []


def test_texts_come_in_the_order_of_files_and_lines_and_each_once(tmp_path: Path) -> None:
    for name, code in {
        "handlers/b.py": 'x = [N_("three"), B_("one")]\n',
        "bot/deep/a.py": 'x = N_("two")\ny = N_("one")\n',
        "bot/none.py": "x = 1\n",
        "elsewhere/c.py": 'x = N_("never")\n',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(IMPORT + code, encoding="utf-8")
    found = extract(tmp_path)
    assert list(found) == ["two", "one", "three"]
    assert found["one"].files == ["bot/deep/a.py", "handlers/b.py"]
    assert found["one"].button


def test_one_text_with_and_without_a_plural_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    code = IMPORT + 'N_("{n} day")\nP_("{n} day", "{n} days")\n'
    (tmp_path / "bot" / "x.py").write_text(code, encoding="utf-8")
    with pytest.raises(SourceFault, match="plural"):
        extract(tmp_path)
