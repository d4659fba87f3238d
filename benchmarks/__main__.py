"""``python -m benchmarks [--quick] [SUBJECT …]``: measures and writes ``benchmarks/RESULTS.md``."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from benchmarks import footprint, matching, micro, places, reminders, sending, steps, turn
from benchmarks.facts import facts
from benchmarks.harness import ROOT, Bench, Row

SUBJECTS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "turn": turn.measure,
    "steps": steps.measure,
    "sending": sending.measure,
    "reminders": reminders.measure,
    "matching": matching.measure,
    "footprint": footprint.measure,
    "micro": micro.measure,
}
#: How much of its full work a subject does: what takes long for the sake of a side that is shown
#: for information only (PostgreSQL, fifty at once) is measured on less.
EFFORT: Mapping[str, float] = {"turn": 0.25, "steps": 0.12, "sending": 0.4}
ROUNDS = 3
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small and rough; writes nothing")
    parser.add_argument("--rounds", type=int, help="how often each side is measured (3; quick: 2)")
    parser.add_argument("--no-postgres", action="store_true", help="leave out PostgreSQL")
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT", help=f"only these: {', '.join(SUBJECTS)}"
    )
    asked = parser.parse_args()
    unknown = set(asked.subjects) - set(SUBJECTS)
    if unknown:
        parser.error(f"no such subject: {', '.join(sorted(unknown))}")
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(prefix="lotse-bench-", ignore_cleanup_errors=True)
            )
        )
        bench = Bench(
            rounds=asked.rounds or (2 if asked.quick else ROUNDS),
            effort=0.1 if asked.quick else 1.0,
            folder=folder,
            server=stack.enter_context(_server()),
            postgres=None if asked.no_postgres else stack.enter_context(places.postgres(folder)),
        )
        about = facts(folder, bench.postgres)
        rows = list(_measured(bench, asked.subjects or list(SUBJECTS)))
    if not asked.quick and not asked.subjects:
        RESULTS.write_text(page(about, rows, bench.rounds), encoding="utf-8")
        print(f"\nWritten: {RESULTS.relative_to(ROOT)}")


def _measured(bench: Bench, subjects: list[str]) -> Iterator[Row]:
    """Rows as they come, printed at once."""
    for name in subjects:
        print(f"\n{name}")
        for row in SUBJECTS[name](_scaled(bench, name)):
            print(
                f"  {row.what:<78} {row.figure:>20}  {row.goal:>6} {_verdict(row):<6} {row.detail}",
                flush=True,
            )
            if row.profile:
                print(row.profile, flush=True)
            yield row


def _scaled(bench: Bench, subject: str) -> Bench:
    """Quick is small enough already."""
    quick = bench.effort < 1.0
    return bench if quick else replace(bench, effort=EFFORT.get(subject, bench.effort))


def _verdict(row: Row) -> str:
    return "" if row.met is None else "met" if row.met else "MISSED"


def page(about: Mapping[str, str], rows: list[Row], rounds: int) -> str:
    """The results as Markdown."""
    lines = [
        "# What was measured",
        "",
        f"Made by `make bench`. Ratios: medians of {rounds} interleaved rounds, with their range;",
        "absolute figures are this machine's and may be off by half.",
        "",
        *(f"- {name}: {value}" for name, value in about.items()),
        "",
        "| | figure | goal | | |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {row.what} | {row.figure} | {row.goal} | {_verdict(row)} | {row.detail} |"
            for row in rows
        ),
    ]
    for row in rows:
        if row.profile:
            lines += [
                "",
                f"## Missed: {row.what}",
                "",
                "Share of the bot's CPU time, by function:",
                "",
                row.profile,
            ]
    return "\n".join(lines) + "\n"


@contextmanager
def _server() -> Generator[str]:
    command = [sys.executable, "-m", "benchmarks.server"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
