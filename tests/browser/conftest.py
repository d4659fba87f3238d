"""A real browser in front of a real `lotse demo`. One demo and one browser serve a whole module;
each test has a profile of its own and invents its own people."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

PATIENCE_MS = 15_000
_LOTSE = "from bot.cli import main; main()"

Opener = Callable[..., Page]


@dataclass(frozen=True)
class Demo:
    """A running demo: its address, and where its log goes."""

    url: str
    log: Path


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo as a process; what it logs at ERROR fails the run."""
    folder = tmp_path_factory.mktemp("demo")
    log = folder / "log.txt"
    with log.open("w") as stream:
        process = subprocess.Popen(
            (sys.executable, "-c", _LOTSE, "demo", "--port", "0", "--no-open"),
            cwd=Path(__file__).parents[2],
            env=os.environ | {"TMPDIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=stream,
            encoding="utf-8",
        )
    try:
        assert process.stdout is not None
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", said)):
            line = process.stdout.readline()
            assert line, f"the demo did not start:\n{said}{log.read_text()}"
            said += line
        yield Demo(found[0], log)
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert " ERROR " not in log.read_text()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, not a browser that Playwright would download.

    It is closed with the last test of the module: while Playwright runs, its event loop does, and
    no test that is async could begin.
    """
    path = shutil.which("chromium")
    if path is None:
        pytest.fail(
            "The browser tests need Chromium: on Debian, apt-get install chromium", pytrace=False
        )
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(demo: Demo, browser: Browser) -> Iterator[Opener]:
    """Opens the page as somebody sees it for the first time: `opened(language="de", width=390)`.

    Afterwards nothing may stand in the browser's console, and nothing may have come from outside.
    """
    problems: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"console: {message.text}")

    def open_page(
        *, language: str = "en-GB", width: int = 1400, height: int = 900, dark: bool = False
    ) -> Page:
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", note)
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((demo.url, "blob:", "data:"))
                else problems.append(f"from outside: {request.url}")
            ),
        )
        page.goto(demo.url)
        page.wait_for_selector("body[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []
