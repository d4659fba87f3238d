"""The process of one side: ``python -m benchmarks.side MODULE:NAME GIVEN PROFILED``.

A line on stdin is a job, a line on stdout its figures; the end of stdin ends it.
"""

import asyncio
import importlib
import json
import sys
from typing import Any

from benchmarks.profiling import Profiling


async def main(name: str, given: dict[str, Any], *, profiled: bool) -> None:
    module, _, function = name.partition(":")
    make = getattr(importlib.import_module(module), function)
    profiling = Profiling() if profiled else None
    async with make(**given) as run:
        _say({})
        while line := await asyncio.to_thread(sys.stdin.readline):
            job = json.loads(line)
            if profiling is None:
                _say(await run(**job))
            else:
                with profiling:
                    await run(**job)
                _say({"profile": profiling.table()})


def _say(answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], json.loads(sys.argv[2]), profiled=sys.argv[3] == "1"))
