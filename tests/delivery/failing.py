"""A database that fails when the test says so."""

from collections.abc import Callable
from typing import Any

from bot.storage.errors import StorageUnavailable


def failing(
    real: Callable[..., Any], name: str, *, times: int, after: bool = False
) -> Callable[..., Any]:
    """`transact`, but the work called *name* ends in StorageUnavailable: before, or after it was
    committed and nobody hears of it."""
    left = times

    async def transact(work: Any, *args: Any, **kw: Any) -> Any:
        nonlocal left
        if getattr(work, "__name__", "") != name or not left:
            return await real(work, *args, **kw)
        left -= 1
        if after:
            await real(work, *args, **kw)
        raise StorageUnavailable("for the test")

    return transact
