"""The one place that starts tasks: it keeps a reference to each and logs what went wrong in it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)


class Background:
    """Work beside everything else; cancelled on the way out."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def run(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Start *work*. An exception in it is logged, never lost; after `close` it does not run."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        if self._closed:
            task.cancel()
        return task

    @property
    def busy(self) -> int:
        """How many tasks have not ended."""
        return len(self._tasks)

    async def close(self) -> None:
        """Cancel what still runs and wait for it; again without effect."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a task ended with an error: %s", task.get_name(), exc_info=error)
