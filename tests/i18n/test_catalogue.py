"""The command that keeps catalogues and code together, run on a small project."""

from pathlib import Path

import polib
import pytest

from bot.i18n.catalogue import main
from bot.i18n.catalogues import catalogue_path
from bot.i18n.plurals import plural_forms

CODE = """\
from bot.messages import B_, N_, P_

# Translators: {name} is a first name
HELLO = N_("Hello {name}")
YES = B_("Yes")
DAYS = P_("{n} day", "{n} days")
PAIR = N_("{a}: {b}")
"""
GERMAN = {
    'msgid "Hello {name}"\nmsgstr ""': 'msgid "Hello {name}"\nmsgstr "Guten Tag, {name}"',
    'msgid "Yes"\nmsgstr ""': 'msgid "Yes"\nmsgstr "Ja"',
    'msgstr[0] ""\nmsgstr[1] ""': 'msgstr[0] "{n} Tag"\nmsgstr[1] "{n} Tage"',
}


class Project:
    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "bot").mkdir()
        (root / "locales").mkdir()
        self.write(CODE)

    def write(self, code: str) -> None:
        (self.root / "bot" / "texts.py").write_text(code, encoding="utf-8")

    def run(self, *arguments: str) -> int:
        return main(arguments, self.root)

    def path(self, code: str) -> Path:
        return catalogue_path(self.root / "locales", code)

    def read(self, code: str) -> str:
        return self.path(code).read_text(encoding="utf-8")

    def replace(self, code: str, *changes: tuple[str, str]) -> None:
        text = self.read(code)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        self.path(code).write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture
def german(project: Project) -> Project:
    """The project with a complete German catalogue."""
    assert project.run("update", "de") == 0
    project.replace("de", *GERMAN.items())
    return project


def test_a_new_language_begins_with_its_plural_rule_and_its_hints(project: Project) -> None:
    assert project.run("update", "ar") == 0
    assert project.read("ar") == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: lotse\\n"\n'
        '"Language: ar\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {plural_forms("ar")}\\n"\n'
        "\n"
        "#. Translators: {name} is a first name\n"
        "#: bot/texts.py\n"
        "#, python-brace-format\n"
        'msgid "Hello {name}"\n'
        'msgstr ""\n'
        "\n"
        "#. Button: at most 24 characters\n"
        "#: bot/texts.py\n"
        'msgid "Yes"\n'
        'msgstr ""\n'
        "\n"
        "#: bot/texts.py\n"
        "#, python-brace-format\n"
        'msgid "{n} day"\n'
        'msgid_plural "{n} days"\n'
        + "".join(f'msgstr[{number}] ""\n' for number in range(6))
        + "\n"
        "#: bot/texts.py\n"
        "#, python-brace-format\n"
        'msgid "{a}: {b}"\n'
        'msgstr "{a}: {b}"\n'
    )


def test_another_program_reads_the_same_catalogue(german: Project) -> None:
    catalogue = polib.pofile(str(german.path("de")))
    assert catalogue.percent_translated() == 100
    assert [entry.msgid for entry in catalogue] == ["Hello {name}", "Yes", "{n} day", "{a}: {b}"]
    assert catalogue[2].msgstr_plural == {0: "{n} Tag", 1: "{n} Tage"}
    assert catalogue.metadata["Plural-Forms"] == plural_forms("de")


def test_updating_again_changes_nothing(
    german: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    before = german.read("de")
    capsys.readouterr()
    assert german.run("update") == 0
    assert german.read("de") == before
    assert german.run("check") == 0
    assert capsys.readouterr().out == ""


def test_an_update_keeps_translations_and_remarks_and_drops_what_is_gone(german: Project) -> None:
    german.replace("de", ("#. Translators: {name}", "# checked by M.\n#. Translators: {name}"))
    german.write(CODE.replace('YES = B_("Yes")\n', 'NO = N_("No")\n'))
    assert german.run("update") == 0
    text = german.read("de")
    assert '"Yes"' not in text
    assert "#~" not in text
    assert 'msgid "No"\nmsgstr ""' in text
    assert 'msgstr "Guten Tag, {name}"' in text
    assert "# checked by M.\n" in text


def test_awkward_texts_survive(project: Project) -> None:
    project.write(
        "from bot.messages import N_\n"
        'A = N_("quote \\" and \\\\ backslash\\nsecond line\\n\\nfourth")\n'
    )
    assert project.run("update", "de") == 0
    assert project.run("update") == 0
    (entry,) = polib.pofile(str(project.path("de")))
    assert entry.msgid == 'quote " and \\ backslash\nsecond line\n\nfourth'


def test_a_stale_catalogue_is_found(german: Project, capsys: pytest.CaptureFixture[str]) -> None:
    german.write(CODE + 'NEW = N_("One more")\n')
    capsys.readouterr()
    assert german.run("check") == 1
    assert capsys.readouterr().out.splitlines() == [
        "locales/de/LC_MESSAGES/messages.po: stale, run: make messages",
        "locales/de/LC_MESSAGES/messages.po: 'One more': untranslated",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "Ja"', 'msgstr ""', "'Yes': untranslated"),
        ('msgstr "Ja"', 'msgstr "Ja, sehr gern, das mache ich, danke"', "on a button"),
        ("Guten Tag, {name}", "Guten Tag, {nme}", "'Hello {name}': unknown {nme}"),
        ("Guten Tag, {name}", "<b>Guten Tag, {name}</b>", "other <b> tags"),
        ("Guten Tag, {name}", "Guten Tag, {name} ", "white space"),
        ("Guten Tag, {name}", "Hallo du, {name}", "informal address: du"),
        ('msgstr[1] "{n} Tage"', 'msgstr[1] ""', "'{n} day': lacks plural form 1"),
        ('msgstr[1] "{n} Tage"', 'msgstr[1] "Tage"', "'{n} day': lacks {n}"),
        ('msgstr[1] "{n} Tage"', 'msgstr[1] "{n} Tage"\nmsgstr[2] "{n} Tage"', "messages.po: "),
        ('#: bot/texts.py\nmsgid "Yes"', '#, fuzzy\nmsgid "Yes"', "'Yes': marked fuzzy"),
        (plural_forms("de"), "nplurals=2; plural=(n > 1);", "the Plural-Forms header has to mean"),
        (plural_forms("de"), "nplurals=1; plural=0;", "messages.po"),
        ('msgid "Yes"', "msgid Yes", "messages.po"),
    ],
)
def test_a_faulty_catalogue_is_found(
    german: Project, capsys: pytest.CaptureFixture[str], old: str, new: str, fault: str
) -> None:
    german.replace("de", (old, new))
    capsys.readouterr()
    assert german.run("check") == 1
    assert fault in capsys.readouterr().out


def test_another_order_of_plurals_is_never_rewritten(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Babel's own Arabic order: its translations would silently change their numbers."""
    project.run("update", "ar")
    babel = (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
        " n%100>=0 && n%100<=2 ? 4 : 5);"
    )
    project.replace("ar", (plural_forms("ar"), babel))
    before = project.read("ar")
    assert project.run("update") == 1
    assert project.read("ar") == before
    assert "ar: the Plural-Forms header has to mean: nplurals=6" in capsys.readouterr().out


def test_the_same_rule_in_other_words_is_rewritten(german: Project) -> None:
    german.replace("de", (plural_forms("de"), "nplurals=2; plural=(n != 1);"))
    assert german.run("update") == 0
    assert plural_forms("de") in german.read("de")
    assert german.run("check") == 0


def test_dari_needs_only_what_differs_from_persian(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write('from bot.messages import N_\nx = [N_("Hospital"), N_("Yes")]\n')
    project.run("update", "fa", "prs")
    project.replace(
        "fa",
        ('msgid "Hospital"\nmsgstr ""', 'msgid "Hospital"\nmsgstr "بیمارستان"'),
        ('msgid "Yes"\nmsgstr ""', 'msgid "Yes"\nmsgstr "بله"'),
    )
    capsys.readouterr()
    assert project.run("check") == 1
    assert capsys.readouterr().out == (
        "locales/prs/LC_MESSAGES/messages.po: 'Hospital': needs a text of its own: Dari: شفاخانه\n"
    )
    project.replace("prs", ('"Hospital"\nmsgstr ""', '"Hospital"\nmsgstr "شفاخانه"'))
    assert project.run("check") == 0


def test_a_fault_in_the_english_text_names_its_file(
    german: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    german.write(CODE + 'NEW = N_("Hello {0}")\n')
    german.run("update")
    capsys.readouterr()
    assert german.run("check") == 1
    assert "bot/texts.py: 'Hello {0}': not a plain named placeholder" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["update", "check"])
def test_a_text_that_can_not_be_read_out_ends_both_commands(
    project: Project, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    project.write(CODE + 'NEW = N_(f"Hello {name}")\n')
    assert project.run(command) == 1
    assert capsys.readouterr().out.startswith("bot/texts.py:8: ")


def test_only_languages_of_the_table_can_begin(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.run("update", "xx", "en") == 1
    assert "en, xx" in capsys.readouterr().out
