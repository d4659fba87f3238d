from collections.abc import AsyncIterator

import pytest_asyncio

from tests.crash.kennel import Kennel, kennel


@pytest_asyncio.fixture(loop_scope="function")
async def bots() -> AsyncIterator[Kennel]:
    """Processes that can be killed."""
    async with kennel() as made:
        yield made
