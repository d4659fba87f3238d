"""The optional translator: a server that speaks LibreTranslate's ``/translate``.

What two people write each other goes there only if the operator has named one. It may be slow or
gone: then the words arrive as they were written, and it is left alone for a while.
"""

import json
import logging
from collections.abc import Mapping
from typing import Final

import aiohttp

from bot.clock import Monotonic

_log = logging.getLogger(__name__)

#: A message waits no longer than that for its translation (seconds).
TIMEOUT: Final = 4.0
#: After a failure nobody asks for so long (seconds).
REST: Final = 60.0
#: So many at once; whoever comes then goes without.
_AT_ONCE: Final = 4
#: A longer answer is none.
_ANSWER_BYTES: Final = 64 * 1024
_LONGEST: Final = 4000  # characters of a translation

#: The server's names of languages that differ from ours.
_NAMES: Final[Mapping[str, str]] = {"prs": "fa", "kmr": "ku"}


class Translator:
    """Asks the server at *url* (its root, or the path of its ``/translate``), with *key* if given.

    *timeout*: seconds.
    """

    def __init__(
        self, url: str, key: str, monotonic: Monotonic, *, timeout: float = TIMEOUT
    ) -> None:
        root = url.rstrip("/")
        self._url = root if root.endswith("/translate") else f"{root}/translate"
        self._key = key
        self._monotonic = monotonic
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._session: aiohttp.ClientSession | None = None
        self._resting_until = 0.0
        self._asking = 0

    async def translate(self, words: str, source: str, target: str) -> str | None:
        """*words* in the language *target*; None if there is no translation. Never raises."""
        source, target = _NAMES.get(source, source), _NAMES.get(target, target)
        busy = self._asking >= _AT_ONCE or self._monotonic.now() < self._resting_until
        if busy or source == target or not words.strip():
            return None
        self._asking += 1
        try:
            translated = await self._ask(words, source, target)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as fault:
            _log.warning("no translation: %s", type(fault).__name__)
            self._resting_until = self._monotonic.now() + REST
            return None
        finally:
            self._asking -= 1
        return translated if translated and translated.strip() != words.strip() else None

    async def close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _ask(self, words: str, source: str, target: str) -> str | None:
        """None if the server refuses these words or languages; raises if it is not well."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        wanted = {"q": words, "source": source or "auto", "target": target, "format": "text"}
        if self._key:
            wanted["api_key"] = self._key
        async with self._session.post(self._url, json=wanted, allow_redirects=False) as answer:
            if answer.status != 200:
                _log.warning("no translation: the server answers %s", answer.status)
                if answer.status in (400, 404):  # a language it does not have
                    return None
                raise ValueError
            body = b""
            async for piece in answer.content.iter_chunked(4096):
                body += piece
                if len(body) > _ANSWER_BYTES:
                    raise ValueError
        return _translated(body)


def _translated(body: bytes) -> str | None:
    match json.loads(body):
        case {"translatedText": str(words)}:
            return words[:_LONGEST]
        case _:
            return None
