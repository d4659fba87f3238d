"""Pages are read back: the words are text, the fonts are inside, every script is covered."""

import io
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest

from bot.documents.paper import Sheet, Style
from bot.i18n.bidi import without_controls

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def _opened(sheet: Sheet) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(sheet.content()))


def _fonts(reader: pypdf.PdfReader) -> dict[str, bool]:
    """Every font of the file, and whether it is embedded."""
    found: dict[str, bool] = {}
    for page in reader.pages:
        fonts: Any = page["/Resources"]
        for font in fonts["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[inner["/BaseFont"]] = "/FontFile2" in inner["/FontDescriptor"].get_object()
    return found


@pytest.mark.parametrize(
    "words",
    [
        "Straße, Größe, Äpfel",
        "Alîkarî belaş e: êîûşç",
        "Yardım ücretsizdir: İığş",
        "Допомога безкоштовна: їєґі",
        "المساعدة مجانية",
        "کمک رایگان است: پچژگ",
        "یارمەتی بەخۆڕایە: ێ ۆ ڕ ڵ ڤ",
    ],
)
def test_every_script_is_text_in_an_embedded_font(words: str) -> None:
    sheet = Sheet("Probe", AT)
    sheet.paragraph(words, Style(rtl=words[0] > "\u0600"))
    reader = _opened(sheet)
    # Right-to-left words are stored as they are drawn, so the order of letters says nothing.
    read = without_controls(reader.pages[0].extract_text())
    assert {letter for letter in words if letter.isalpha()} <= set(read)
    assert _fonts(reader)
    assert all(_fonts(reader).values())


def test_what_runs_from_the_right_stands_at_the_right() -> None:
    """A number inside keeps its order, and the line ends at the right margin."""
    sheet = Sheet("Probe", AT)
    sheet.paragraph("اتصل بنا: \u206803941 5970-4504\u2069", Style(rtl=True))
    page = _opened(sheet).pages[0]
    lefts: list[float] = []
    page.extract_text(
        visitor_text=lambda words, _c, tm, _f, _s: words.strip() and lefts.append(tm[4])
    )
    assert "03941 5970-4504" in page.extract_text()
    assert min(lefts) > 300  # points; half of the page


def test_a_table_repeats_its_head_and_pages_are_counted() -> None:
    sheet = Sheet("Probe", AT, footer="Seite {page} von {pages}")
    sheet.table(["Datum", "Stunden"], [[f"Tag {n}", "1,5"] for n in range(90)], [3, 1], right=(1,))
    sheet.signatures(["Ort, Datum", "Unterschrift"])
    pages = [page.extract_text() for page in _opened(sheet).pages]
    assert len(pages) == 3
    assert all("Datum" in page and "Stunden" in page for page in pages[:2])
    assert [f"Seite {n} von 3" in page for n, page in enumerate(pages, 1)] == [True] * 3
    assert sum(page.count("Tag ") for page in pages) == 90


def test_the_same_facts_give_the_same_file() -> None:
    """And a sign that no font has is left out: it would be an empty box."""
    first, second = Sheet("Probe", AT), Sheet("Probe", AT)
    for sheet in (first, second):
        sheet.paragraph("🩺 Arzt")
    assert first.content() == second.content()
    assert _opened(first).pages[0].extract_text() == "Arzt"
