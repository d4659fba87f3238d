"""`make pictures`: the main screens in five languages as docs/pictures/*.png, and the handbooks'.

Plays a request by hand in each of them, in a demo of its own. Each picture stays below 120 kB.
`make pictures` draws all of them; with the word "handbook" only those of the handbooks.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser import handbook
from tests.browser.hands import add_person, hears, phone_of, start, switch, tap, write
from tests.browser.png import with_palette

_ROOT = Path(__file__).parents[2]
_FOLDER = _ROOT / "docs" / "pictures"
_LARGEST = 120_000  # bytes
_WAIT_MS = 20_000

Draw = Callable[[Page], None]


def requester(name: str, code: str, *steps: str) -> Draw:
    """The phone of somebody who taps each of these (a step that begins with ">" is written)."""

    def draw(page: Page) -> None:
        phone = add_person(page, 0, name, code)
        start(phone)
        for step in steps:
            before = phone.locator(".message").last.inner_text()
            if step.startswith(">"):
                write(phone, step.removeprefix(">"))
            else:
                tap(phone, step)
            expect(phone.locator(".message").last).not_to_have_text(before)
            expect(page.locator(".key[aria-busy]")).to_have_count(0)

    return draw


def three_phones(page: Page) -> None:
    """From an Arabic request over the office to the volunteer's phone."""
    requester("أمينة", "ar", *_ARABIC)(page)
    office = phone_of(page, "Koordination")
    hears(office, "H-1001")
    tap(office, "Ehrenamtliche fragen")
    anna = phone_of(page, "Anna")
    hears(anna, "H-1001")
    tap(anna, "Ja, ich kann")
    hears(phone_of(page, "أمينة"), "Anna")
    hears(anna, "Kalender")
    expect(office.locator(".message").last).to_contain_text("Hilfe gefunden")


def office(page: Page) -> None:
    """In German, with what the bot asks of Telegram beside the phones."""
    requester("Jonas Neu", "de", "Deutsch", "Einverstanden", "Arzt", "Nein, nichts davon")(page)
    page.get_by_role("button", name="Unter der Haube").click()
    switch(page, 1, "Frau Krause")


def tour(page: Page) -> None:
    """A step of the story."""
    bar = page.get_by_role("region", name="Führungen")
    bar.locator('[data-tour="story"]').click()
    for step in range(1, 4):
        bar.get_by_role("button", name="Nächster Schritt").click()
        expect(bar.locator(".tour-where")).to_contain_text(f"Schritt {step} von")


_ARABIC = (
    "العربية",
    "أوافق",
    "طبيب",
    "لا، لا شيء منها",
    "Halberstadt",
    "غدًا",
    ">14:30",
    "لا فرق",
    "إرسال",
)
_WIDE = (1240, 760)
_NARROW = (400, 760)
_QUIET = """() => {
  document.activeElement.blur();
  for (const each of document.querySelectorAll(".banner, .toast")) each.remove();
}"""
# A ground of one colour instead of a gradient halves a PNG.
_FLAT = """() => {
  const root = document.documentElement;
  root.style.setProperty("--wall-2", getComputedStyle(root).getPropertyValue("--wall"));
}"""
PICTURES: tuple[tuple[str, str, tuple[int, int], bool, Draw], ...] = (
    ("three-phones", "en-GB", _WIDE, False, three_phones),
    ("hood-de-dark", "de-DE", (1480, 760), True, office),
    ("ar", "en-GB", _NARROW, False, requester("ليلى", "ar", *_ARABIC[:-1])),
    ("ckb", "en-GB", _NARROW, False, requester("ئازاد", "ckb", "کوردی")),
    ("fa", "en-GB", _NARROW, True, requester("مریم", "fa", "فارسی")),
    ("uk", "en-GB", _NARROW, False, requester("Оксана", "uk", "Українська")),
    ("tour-de", "de-DE", _WIDE, False, tour),  # the last: a tour that has begun is on every page
)


def draw_all(browser: Browser, url: str) -> None:
    for name, language, size, dark, draw in PICTURES:
        with _opened(browser, url, language, size, dark=dark) as page:
            if draw is not tour:
                page.locator(".tour-close").click()
            draw(page)
            page.mouse.move(0, 0)
            page.evaluate(_QUIET)
            (_FOLDER / f"{name}.png").write_bytes(with_palette(page.screenshot()))


def draw_handbooks(browser: Browser, url: str) -> None:
    def save(name: str, phone: Locator) -> None:
        page.mouse.move(0, 0)
        page.evaluate(_QUIET)
        (_FOLDER / f"handbuch-{name}.png").write_bytes(with_palette(phone.screenshot()))

    with _opened(browser, url, "de-DE", _WIDE, dark=False) as page:
        page.locator(".tour-close").click()
        handbook.draw(page, save)


@contextmanager
def _opened(
    browser: Browser, url: str, language: str, size: tuple[int, int], *, dark: bool
) -> Iterator[Page]:
    context = browser.new_context(
        locale=language,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        page.set_default_timeout(_WAIT_MS)
        page.goto(url)
        page.wait_for_selector("body[data-ready]")
        page.evaluate(_FLAT)
        yield page
    finally:
        context.close()


@contextmanager
def _demo() -> Iterator[str]:
    """Its address."""
    serve = "from bot.cli import main; main()"
    process = subprocess.Popen(
        (sys.executable, "-c", serve, "demo", "--port", "0", "--no-open"),
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    try:
        assert process.stdout is not None
        yield next(
            found[0] for line in process.stdout if (found := re.search(r"http://\S+:\d+", line))
        )
    finally:
        process.terminate()
        process.communicate(timeout=30)


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("make pictures needs Chromium: on Debian, apt-get install chromium")
    expect.set_options(timeout=_WAIT_MS)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    draws = (draw_handbooks,) if "handbook" in sys.argv else (draw_all, draw_handbooks)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for draw in draws:
            with _demo() as url:
                draw(browser, url)
        browser.close()
    for path in sorted(_FOLDER.glob("*.png")):
        size = path.stat().st_size
        sys.stdout.write(f"{path.relative_to(_ROOT)}  {size // 1000} kB\n")
        if size > _LARGEST:
            sys.exit(f"{path.name} is larger than {_LARGEST // 1000} kB")


if __name__ == "__main__":
    main()
