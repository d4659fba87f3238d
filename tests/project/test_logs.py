"""Logs carry ids only: no secret, no words of a person, one line per record."""

import asyncio
import gc
import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import NoReturn

import pytest

from bot import logs

pytestmark = pytest.mark.logs_errors

TOKEN = "123456789:AAHk3fGq0Zx-1_yTr5uvWXcd8eLmNop4qrs"
WORDS = "Ich bin krank\nund habe Angst"


class OurFault(Exception):
    safe_to_log = True


@pytest.fixture(autouse=True)
def logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """configure() changes the whole process; afterwards everything is as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    levels = {name: logging.getLogger(name).level for name in (*logs.QUIET, "aiohttp.access")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    logs.configure("DEBUG", secrets=[TOKEN, "hunter#22"], stream=stream)
    return stream


def lines(stream: io.StringIO) -> list[str]:
    return stream.getvalue().splitlines()


def only_line(stream: io.StringIO) -> str:
    (line,) = lines(stream)
    assert "krank" not in line
    assert "Angst" not in line
    return line


def handle(template: str, *args: object) -> None:
    """Straight to our handler: pytest's own raises what can't be formatted."""
    record = logging.LogRecord("bot", logging.ERROR, "x.py", 1, template, args, None)
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, logs.LineFormatter):
            handler.handle(record)


def fail() -> NoReturn:
    raise ValueError(WORDS)


def test_our_records_are_written_whole(stream: io.StringIO) -> None:
    logging.getLogger("bot.delivery.work").info("update %d of chat %d done", 12, -34)
    line = only_line(stream)
    assert line.endswith("Z INFO bot.delivery.work update 12 of chat -34 done")


@pytest.mark.parametrize("name", ["bot", "handlers.turn", "simulator.api", "lotse"])
def test_our_loggers(name: str) -> None:
    assert logs.is_ours(name)


@pytest.mark.parametrize("name", ["root", "botocore", "telegram.bot", "py.warnings", ""])
def test_other_loggers(name: str) -> None:
    assert not logs.is_ours(name)


def test_configuring_again_replaces(stream: io.StringIO) -> None:
    second = io.StringIO()
    logs.configure("WARNING", stream=second)
    logging.getLogger("bot").info("unseen")
    logging.getLogger("bot").warning("seen")
    assert not lines(stream)
    assert len(lines(second)) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/sendMessage",
        f"https://api.telegram.org/file/bot{TOKEN}/photos/1.jpg",
        f"token {TOKEN}",
        "password hunter#22",
        "in an address: hunter%2322",
        "another token: 987654321:BBHk3fGq0Zx-1_yTr5uvWXcd8eLmNop4qrs",
        "quoted: bot987654321%3ABBHk3fGq0Zx-1_yTr5uvWXcd8eLmNop4qrs",
        "short one of a test server: http://127.0.0.1:8081/bot123:ABC/getMe",
        "postgresql://lotse:other@db/lotse",
    ],
)
def test_secrets_become_stars(stream: io.StringIO, text: str) -> None:
    logging.getLogger("bot").info("%s", text)
    logging.getLogger("bot").info(text)
    for line in lines(stream):
        assert "***" in line
        for secret in (TOKEN, "hunter", "BBHk3f", "123:ABC", "other"):
            assert secret not in line or secret in text.partition(":")[0]


def test_what_merely_looks_alike_stays(stream: io.StringIO) -> None:
    logging.getLogger("bot").info("listens on http://127.0.0.1:8443/hook at 14:30, request 12:34")
    assert "http://127.0.0.1:8443/hook at 14:30, request 12:34" in only_line(stream)


def test_a_record_is_one_line(stream: io.StringIO) -> None:
    logging.getLogger("bot").info("a\nb\r\x1b[2Jc\u2028d\u202ee %s", "f\ng")
    assert only_line(stream).endswith(r"a\nb\r\x1b[2Jc\u2028d\u202ee f\ng")


@pytest.mark.parametrize(
    "name",
    ["httpx", "httpcore.http11", "telegram.Bot", "telegram.ext.Application", "aiohttp.access",
     "apscheduler.scheduler", "aiosqlite", "psycopg.pool", "sqlalchemy.engine"],
)  # fmt: skip
def test_chatty_libraries_stay_quiet(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).debug("quiet")
    logging.getLogger(name).info("quiet")
    assert not lines(stream)
    logging.getLogger(name).warning("heard")
    assert "heard" in only_line(stream)


def test_a_library_may_be_quieter_still() -> None:
    stream = io.StringIO()
    logs.configure("ERROR", stream=stream)
    logging.getLogger("httpx").warning("quiet")
    assert not lines(stream)


def test_a_librarys_arguments_are_left_out(stream: io.StringIO) -> None:
    logging.getLogger("telegram.Bot").error("could not send %r to %d", WORDS, 5)
    line = only_line(stream)
    assert "ERROR telegram.Bot could not send %r to %d (test_logs:" in line
    logging.getLogger("telegram.Bot").error("%(what)s", {"what": WORDS})
    assert "krank" not in stream.getvalue()


def test_a_librarys_ready_made_text_is_left_out(stream: io.StringIO) -> None:
    logging.getLogger("somelib").error(f"cannot parse {WORDS}")  # noqa: G004 -- as libraries do
    line = only_line(stream)
    assert "cannot parse" not in line
    assert " ERROR somelib (test_logs:" in line


def test_a_librarys_object_is_left_out(stream: io.StringIO) -> None:
    logging.getLogger("somelib").error(ValueError(WORDS))
    assert " ERROR somelib (test_logs:" in only_line(stream)


def test_a_librarys_record_from_elsewhere_shows_its_place_only(stream: io.StringIO) -> None:
    record = logging.LogRecord("somelib", logging.ERROR, "/x/y.py", 7, WORDS, None, None, "work")
    logging.getLogger("somelib").handle(record)
    assert only_line(stream).endswith("ERROR somelib (y:7 work)")


def test_an_exception_shows_type_and_frames_only(stream: io.StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("bot").exception("update %d failed", 7)
    line = only_line(stream)
    assert "update 7 failed [ValueError at " in line
    assert "test_an_exception_shows_type_and_frames_only > " in line
    assert line.endswith(" fail]")


def test_our_own_exceptions_speak(stream: io.StringIO) -> None:
    logging.getLogger("bot").error("no", exc_info=OurFault("the disk is full"))
    line = only_line(stream)
    assert "OurFault: the disk is full" in line


def test_an_instance_cannot_declare_itself_safe(stream: io.StringIO) -> None:
    error = ValueError(WORDS)
    error.__dict__["safe_to_log"] = True
    logging.getLogger("bot").error("no", exc_info=error)
    assert "[ValueError]" in only_line(stream)


def test_causes_contexts_and_notes(stream: io.StringIO) -> None:
    try:
        try:
            try:
                fail()
            except ValueError as error:
                error.add_note(WORDS)
                raise KeyError(WORDS) from error
        except KeyError:
            raise OurFault("row 3")  # noqa: B904 -- an implicit context is the point
    except OurFault:
        logging.getLogger("handlers").exception("stopped")
    line = only_line(stream)
    parts = ("OurFault: row 3", "; while handling KeyError", "; caused by ValueError")
    positions = [line.index(part) for part in parts]
    assert positions == sorted(positions)


def test_a_suppressed_context_is_not_shown(stream: io.StringIO) -> None:
    try:
        try:
            fail()
        except ValueError:
            raise OurFault("row 3") from None
    except OurFault:
        logging.getLogger("bot").exception("stopped")
    assert "ValueError" not in only_line(stream)


def test_a_circle_of_causes_ends(stream: io.StringIO) -> None:
    first, second = ValueError(WORDS), KeyError(WORDS)
    first.__cause__, second.__cause__ = second, first
    logging.getLogger("bot").error("odd", exc_info=first)
    assert only_line(stream).endswith("odd [ValueError; caused by KeyError]")


def test_exception_groups(stream: io.StringIO) -> None:
    inner = ExceptionGroup(WORDS, [OSError(WORDS), OurFault("row 4")])
    members: list[Exception] = [ValueError(WORDS), inner, *(KeyError(WORDS) for _ in range(20))]
    logging.getLogger("bot").error("several", exc_info=ExceptionGroup(WORDS, members))
    line = only_line(stream)
    assert "[ExceptionGroup {ValueError | ExceptionGroup {OSError | " in line
    assert "OurFault: row 4}" in line
    assert line.endswith("| KeyError | and 12 more}]")


def test_an_endless_recursion_is_shortened(stream: io.StringIO) -> None:
    def deeper() -> None:
        deeper()

    try:
        deeper()
    except RecursionError:
        logging.getLogger("bot").exception("too deep")
    line = only_line(stream)
    assert " > ... > " in line
    assert line.count("deeper") < 40


def test_an_exception_as_an_argument(stream: io.StringIO) -> None:
    logging.getLogger("bot").warning("failed: %s", ValueError(WORDS))
    logging.getLogger("bot").warning("failed: %(error)s", {"error": KeyError(WORDS)})
    logging.getLogger("bot").warning(OSError(WORDS))
    assert [line.partition("WARNING bot ")[2] for line in lines(stream)] == [
        "failed: ValueError",
        "failed: KeyError",
        "OSError",
    ]


def test_arguments_that_do_not_fit(stream: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    handle("number %d", WORDS)
    assert only_line(stream).endswith("number %d (its arguments do not fit)")
    assert not capsys.readouterr().err


def test_an_argument_that_cannot_be_shown(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    class Odd:
        def __str__(self) -> str:
            raise RuntimeError(WORDS)

    handle("%s", Odd())
    assert only_line(stream) == "ERROR lotse.logs a record of bot could not be written"
    assert not capsys.readouterr().err


async def test_a_task_nobody_waited_for(stream: io.StringIO) -> None:
    async def work(words: str) -> None:
        raise ValueError(words)

    task = asyncio.create_task(work(WORDS))
    await asyncio.wait([task])
    del task
    gc.collect()
    line = only_line(stream)
    assert "ERROR asyncio Task exception was never retrieved (" in line
    assert "[ValueError at " in line


async def test_a_callback_with_words(stream: io.StringIO) -> None:
    def callback(words: str) -> None:
        raise ValueError(words)

    loop = asyncio.get_running_loop()
    loop.call_soon(callback, WORDS)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert "[ValueError at " in only_line(stream)


def test_warnings(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.showwarning = logs._show_warning
        warnings.simplefilter("always")
        warnings.warn(WORDS, UserWarning, stacklevel=1)
    assert "WARNING lotse.warnings UserWarning at tests/project/test_logs.py:" in only_line(stream)


def test_uncaught_exceptions(stream: io.StringIO) -> None:
    try:
        fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert "CRITICAL lotse uncaught exception [ValueError at " in only_line(stream)


def test_uncaught_exceptions_in_a_thread(stream: io.StringIO) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "CRITICAL lotse uncaught exception in a thread [ValueError at " in only_line(stream)


def test_exceptions_nobody_can_raise(stream: io.StringIO) -> None:
    class Odd:
        def __del__(self) -> None:
            fail()

    odd = Odd()
    del odd
    gc.collect()
    assert "ERROR lotse exception where none can be raised [ValueError at " in only_line(stream)
