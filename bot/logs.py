"""What goes to stderr: one line per record, ids only, never a person's words.

Our own loggers (`bot.…`, `handlers.…`, `simulator.…`, `lotse.…`) write their message; whoever
writes it gives ids, not texts. All others were written by people who don't know our rule, so:

* A library's record is reduced to its logger, level, place in the code, and its message *template*
  (never the arguments), and that only if the template is a constant of the code that logged it.
* An exception is shown as its type and its frames. Its message is left out, because drivers and
  parsers quote what they choked on, unless its class says `safe_to_log = True`.
* Loggers that write addresses, parameters and texts stay at WARNING even under LOG_LEVEL=DEBUG.
* Warnings, uncaught exceptions and those nobody could raise take the same way.
* Last, configured secrets and everything that looks like a bot token become `***`.
"""

import inspect
import logging
import re
import sys
import threading
import time
import warnings
from collections.abc import Iterable
from traceback import walk_tb
from types import FrameType, TracebackType
from typing import Final, TextIO, cast
from urllib.parse import quote

OURS: Final = ("bot", "handlers", "simulator", "lotse")

QUIET: Final = (
    "aiohttp",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "asyncio",
    "httpcore",
    "httpx",
    "psycopg",
    "sqlalchemy",
    "telegram",
)

# First lines that libraries put together at run time, but out of words that carry nothing.
_KNOWN_FIRST_LINES: Final = frozenset(
    {
        "Future exception was never retrieved",
        "Task exception was never retrieved",
        "Task was destroyed but it is pending!",
        "Unclosed client session",
        "Unclosed connection",
        "Unclosed response",
        "Unhandled exception in client_connected_cb",
        "unhandled exception during asyncio.run() shutdown",
    }
)

_MASK: Final = "***"
_TOKEN: Final = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_TOKEN_IN_PATH: Final = re.compile(r"(/bot)\d+(?::|%3A)[^/\s\"'?#]+", re.IGNORECASE)
_PASSWORD_IN_URL: Final = re.compile(r"(://[^/\s:@]*:)[^/\s@]+(?=@)")

# Replacing a text of three letters everywhere would make every line unreadable and hide nothing.
_SHORTEST_SECRET: Final = 4
_FRAMES: Final = 30
_MEMBERS: Final = 10


def configure(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Sends every log record of the process to `stream` (default: stderr), from `level` upwards.

    `secrets` never appear, also not in the form they have inside an address. May be called again:
    the new configuration replaces the old one.
    """
    handler = _LineHandler(stream or sys.stderr)
    handler.setFormatter(LineFormatter(secrets))
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _LineHandler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    # aiohttp sets up this one apart from its parent
    logging.getLogger("aiohttp.access").setLevel(max(logging.WARNING, root.level))
    warnings.showwarning = _show_warning
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _uncaught_in_thread


class _LineHandler(logging.StreamHandler[TextIO]):
    """A type of its own, so that `configure` finds what it added earlier."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        """Says that a line is lost; the default would print the arguments and the exception."""
        try:
            self.stream.write(f"ERROR lotse.logs a record of {record.name} could not be written\n")
        except (OSError, ValueError):
            return  # the stream itself is gone, nobody is left to tell


class LineFormatter(logging.Formatter):
    """One printable line: time (UTC), level, logger, message, exception."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        long_enough = {each for each in secrets if len(each) >= _SHORTEST_SECRET}
        forms = long_enough | {quote(each, safe="") for each in long_enough}
        # The longest first: one secret may contain another.
        ordered = sorted(forms, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def format(self, record: logging.LogRecord) -> str:
        seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        parts = [f"{seconds}.{int(record.msecs):03}Z", record.levelname, record.name]
        parts += [_own_message(record)] if is_ours(record.name) else _reduced(record)
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(f"[{describe(record.exc_info[1])}]")
        return self.redact(_printable(" ".join(parts)))

    def redact(self, text: str) -> str:
        if self._secrets is not None:
            text = self._secrets.sub(_MASK, text)
        text = _TOKEN_IN_PATH.sub(rf"\1{_MASK}", text)
        text = _PASSWORD_IN_URL.sub(rf"\1{_MASK}", text)
        return _TOKEN.sub(_MASK, text)


def is_ours(logger: str) -> bool:
    return logger.partition(".")[0] in OURS


def describe(error: BaseException, depth: int = 3) -> str:
    """An exception, its frames and what led to it, in one line and without its message.

    `depth` bounds how far groups within groups are followed.
    """
    parts = [_one(error, depth)]
    seen = {id(error)}
    while (step := _before(error)) is not None:
        link, error = step
        if id(error) in seen:
            break
        seen.add(id(error))
        parts.append(f"{link} {_one(error, depth)}")
    return "; ".join(parts)


def _before(error: BaseException) -> tuple[str, BaseException] | None:
    if error.__cause__ is not None:
        return "caused by", error.__cause__
    if error.__context__ is not None and not error.__suppress_context__:
        return "while handling", error.__context__
    return None


def _one(error: BaseException, depth: int) -> str:
    text = _named(error)
    frames = [_place(frame, line) for frame, line in walk_tb(error.__traceback__)]
    if len(frames) > _FRAMES:  # of an endless recursion the two ends tell enough
        frames = [*frames[: _FRAMES // 2], "...", *frames[-_FRAMES // 2 :]]
    if frames:
        text += f" at {' > '.join(frames)}"
    if isinstance(error, BaseExceptionGroup) and depth > 0:
        # isinstance can't tell the type checker what a group holds
        group = cast("BaseExceptionGroup[BaseException]", error).exceptions
        members = [describe(each, depth - 1) for each in group[:_MEMBERS]]
        if len(group) > _MEMBERS:
            members.append(f"and {len(group) - _MEMBERS} more")
        text += f" {{{' | '.join(members)}}}"
    return text


def _named(error: BaseException) -> str:
    kind = type(error)
    name = (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
    return f"{name}: {error}" if getattr(kind, "safe_to_log", False) is True else name


def _place(frame: FrameType, line: int) -> str:
    return f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"


def _own_message(record: logging.LogRecord) -> str:
    template = _shown(record.msg)
    if not record.args:
        return str(template)
    args: object = record.args
    if isinstance(args, tuple):
        args = tuple(_shown(each) for each in record.args)
    elif isinstance(record.args, dict):
        args = {name: _shown(each) for name, each in record.args.items()}
    try:
        return str(template) % args
    except (TypeError, ValueError, KeyError):
        return f"{template} (its arguments do not fit)"


def _shown(value: object) -> object:
    """`log.warning("…: %s", error)` would bring an exception's message in by the back door."""
    return _named(value) if isinstance(value, BaseException) else value


def _reduced(record: logging.LogRecord) -> list[str]:
    place = f"({record.module}:{record.lineno} {record.funcName})"
    if not isinstance(record.msg, str):
        return [place]
    if _is_constant(record):
        return [record.msg, place]
    first = record.msg.partition("\n")[0]
    return [first, place] if first in _KNOWN_FIRST_LINES else [place]


def _is_constant(record: logging.LogRecord) -> bool:
    """Whether the message stands like this in the code that logs it.

    An f-string does not, and is full of values. Formatting happens within the logging call, so the
    logging function is still on the stack; if it is not (a queue between them), the answer is no.
    """
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_code.co_filename == record.pathname and frame.f_lineno == record.lineno:
            return record.msg in frame.f_code.co_consts
        frame = frame.f_back
    return False


def _printable(text: str) -> str:
    """One line, nothing that moves a terminal's cursor or turns its direction."""
    if text.isprintable():
        return text
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """The place and kind of a warning; its text may quote values."""
    short = "/".join(filename.rsplit("/", 3)[-3:])
    logging.getLogger("lotse.warnings").warning("%s at %s:%d", category.__name__, short, lineno)


def _uncaught(
    kind: type[BaseException], error: BaseException, frames: TracebackType | None
) -> None:
    logging.getLogger("lotse").critical("uncaught exception", exc_info=(kind, error, frames))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        logging.getLogger("lotse").critical(
            "uncaught exception in a thread", exc_info=args.exc_value
        )


def _unraisable(args: "sys.UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        logging.getLogger("lotse").error(
            "exception where none can be raised", exc_info=args.exc_value
        )
