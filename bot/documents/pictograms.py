"""Small pictures for who reads little, drawn of circles, boxes and lines: no font is needed."""

from fpdf import FPDF

_DARK = (25, 70, 120)
_LIGHT = (225, 235, 245)


def phone(pdf: FPDF, left: float, top: float, side: float) -> None:
    """A phone whose screen shows a code to scan."""
    u = _begin(pdf, left, top, side)
    pdf.rect(left + 7 * u, top + 3 * u, 10 * u, 18 * u, "FD", True, 1.5 * u)
    pdf.set_fill_color(*_DARK)
    for x, y in ((9, 6), (13, 6), (9, 10), (13, 10), (11, 8.5), (11, 13)):
        pdf.rect(left + x * u, top + y * u, 2 * u, 2 * u, "F")
    pdf.ellipse(left + 11.2 * u, top + 18 * u, 1.6 * u, 1.6 * u, "F")


def speech(pdf: FPDF, left: float, top: float, side: float) -> None:
    """A speech bubble with three lines."""
    u = _begin(pdf, left, top, side)
    pdf.polygon(
        [(left + 7 * u, top + 15 * u), (left + 6 * u, top + 21 * u), (left + 13 * u, top + 15 * u)],
        style="FD",
    )
    pdf.rect(left + 3 * u, top + 4 * u, 18 * u, 12 * u, "FD", True, 2 * u)
    for row, width in ((7.5, 12), (10, 12), (12.5, 7)):
        pdf.line(left + 6 * u, top + row * u, left + (6 + width) * u, top + row * u)


def search(pdf: FPDF, left: float, top: float, side: float) -> None:
    """A person under a magnifying glass."""
    u = _begin(pdf, left, top, side)
    pdf.ellipse(left + 3 * u, top + 3 * u, 14 * u, 14 * u, "D")
    _person(pdf, left + 10 * u, top + 5.5 * u, 0.75 * u)
    pdf.set_line_width(1.6 * u)
    pdf.line(left + 15.5 * u, top + 15.5 * u, left + 20.5 * u, top + 20.5 * u)


def calendar(pdf: FPDF, left: float, top: float, side: float) -> None:
    """A page of a calendar with one day marked."""
    u = _begin(pdf, left, top, side)
    pdf.rect(left + 4 * u, top + 5 * u, 16 * u, 15 * u, "FD", True, 1.2 * u)
    pdf.set_fill_color(*_DARK)
    pdf.rect(left + 4 * u, top + 5 * u, 16 * u, 4 * u, "F")
    for x in (8, 16):
        pdf.line(left + x * u, top + 3 * u, left + x * u, top + 6 * u)
    for x, y in ((7, 11), (11, 11), (15, 11), (7, 15), (15, 15)):
        pdf.rect(left + x * u, top + y * u, 2 * u, 2 * u, "D")
    pdf.rect(left + 10.5 * u, top + 14.5 * u, 3 * u, 3 * u, "F")


def two(pdf: FPDF, left: float, top: float, side: float) -> None:
    """Two people side by side."""
    u = _begin(pdf, left, top, side)
    _person(pdf, left + 7.5 * u, top + 4 * u, 1.1 * u)
    _person(pdf, left + 16.5 * u, top + 4 * u, 1.1 * u)


def _begin(pdf: FPDF, left: float, top: float, side: float) -> float:
    """A light ground to draw on; gives the length of one of its 24 parts."""
    pdf.set_draw_color(*_DARK)
    pdf.set_fill_color(*_LIGHT)
    pdf.rect(left, top, side, side, "F", True, side / 8)
    pdf.set_fill_color(255, 255, 255)
    u = side / 24
    pdf.set_line_width(0.6 * u)
    return u


def _person(pdf: FPDF, middle: float, top: float, u: float) -> None:
    """Head and shoulders, 12 *u* high."""
    pdf.set_fill_color(*_DARK)
    pdf.ellipse(middle - 2.5 * u, top, 5 * u, 5 * u, "F")
    pdf.rect(middle - 4 * u, top + 5.8 * u, 8 * u, 6.5 * u, "F", True, 3 * u)
