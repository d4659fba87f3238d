"""On which day a volunteer went through what comes before the first task: dates only."""

from collections.abc import Mapping

from bot.storage.tx import Tx


def days(tx: Tx, person_id: int) -> Mapping[str, str]:
    """``{step: day}`` (ISO), only what is done."""
    rows = tx.all("SELECT step, day FROM onboarding WHERE person_id = :id", id=person_id)
    return {str(row["step"]): str(row["day"]) for row in rows}


def note(tx: Tx, person_id: int, step: str, day: str) -> None:
    tx.run(
        "INSERT INTO onboarding (person_id, step, day) VALUES (:id, :step, :day)"
        " ON CONFLICT (person_id, step) DO UPDATE SET day = excluded.day",
        id=person_id,
        step=step,
        day=day,
    )


def clear(tx: Tx, person_id: int, step: str) -> None:
    tx.run("DELETE FROM onboarding WHERE person_id = :id AND step = :step", id=person_id, step=step)
