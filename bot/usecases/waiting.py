"""Everything that waits for the office, shown again: to a new group, or where there is none."""

from bot.domain.county import County
from bot.storage.tx import Tx
from bot.usecases import applying, approving, office, protecting


def show_all(tx: Tx, county: County) -> None:
    """Requests, calls, volunteers to be approved and people who want to help."""
    office.show_all_that_waits(tx, county)
    approving.show_waiting(tx)
    protecting.show_waiting(tx)
    applying.show_waiting(tx)
