"""What the small parts of a turn cost alone, for information."""

import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from statistics import median

from benchmarks.dialogue import dialogue, scene
from benchmarks.harness import Bench, Entry, Figures, Row, Run, contest, shown
from benchmarks.places import KEY, county
from bot.conversation.flow import Tap, advance
from bot.delivery.render import Renderer
from bot.i18n.catalogues import Catalogues
from bot.messages import from_json, to_json
from bot.storage.cipher import Cipher
from handlers.requester.ask_for_help import FLOW

_NAMES = {
    "step_us": "A step of the conversation alone",
    "render_us": "Rendering a question with its buttons (Arabic)",
    "to_json_us": "– to its stored JSON",
    "from_json_us": "– and back",
    "seal_us": "Sealing it",
    "unseal_us": "– and opening it",
}


@asynccontextmanager
async def parts() -> AsyncGenerator[Run]:
    session, (first, second) = dialogue()
    tap = Tap.parse(first.data)
    assert tap is not None
    here = scene()
    renderer = Renderer(Catalogues.load(), county().zone)
    cipher = Cipher((KEY,))
    document = to_json(second.shown)
    sealed = cipher.seal("bench", document)
    works: dict[str, Callable[[], object]] = {
        "step_us": lambda: advance(FLOW, session, tap, here),
        "render_us": lambda: renderer.render(second.shown, "ar"),
        "to_json_us": lambda: to_json(second.shown),
        "from_json_us": lambda: from_json(document),
        "seal_us": lambda: cipher.seal("bench", document),
        "unseal_us": lambda: cipher.unseal("bench", sealed),
    }

    async def run(times: int) -> Figures:
        return {key: _timed(work, times) for key, work in works.items()}

    yield run


def _timed(work: Callable[[], object], times: int) -> float:
    """µs, the median."""
    took: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return 1e6 * median(took)


def measure(bench: Bench) -> Iterator[Row]:
    (figures,) = contest([Entry(parts, {})], bench.rounds, times=bench.times(2000, 10))
    for key, name in _NAMES.items():
        yield Row(name, shown(key, figures))
