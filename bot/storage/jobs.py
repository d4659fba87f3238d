"""Jobs that run once per period, whichever worker comes first.

A digest a day, a clean-up an hour.
"""

from bot.storage.tx import Tx


def first_in(tx: Tx, job: str, period: str) -> bool:
    """True for the one caller who is to run *job* in *period*."""
    return bool(
        tx.run(
            "INSERT INTO jobs (job, period, ran_at) VALUES (:job, :period, :now)"
            " ON CONFLICT (job, period) DO NOTHING",
            job=job,
            period=period,
            now=tx.now,
        )
    )


def prune(tx: Tx, before: int) -> int:
    return tx.run("DELETE FROM jobs WHERE ran_at < :before", before=before)
