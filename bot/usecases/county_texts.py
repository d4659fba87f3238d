"""The county's texts, changed by a lead in the chat: they hold at once and in every process."""

from bot.counties.overlay import ChangeInvalid, Changes, may_change, overlaid, still_fitting
from bot.domain.county import County
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.rights import Right
from bot.messages import Json
from bot.storage import county_texts
from bot.storage.tx import Tx
from bot.usecases.permitting import require_in_private


class Counties:
    """The county of the file as it holds now. Whoever opens transactions keeps one of these.

    Remembered for each revision: a transaction reads one row, and all the rest only after a
    change.
    """

    def __init__(self, of_file: County) -> None:
        self._of_file = of_file
        self._known: tuple[str, County] = ("", of_file)

    def at(self, tx: Tx) -> County:
        revision = county_texts.revision(tx)
        known, county = self._known
        if revision != known:
            made = county_texts.changes(tx)  # perhaps newer than the revision just read
            county = still_fitting(self._of_file, made)
            self._known = (county_texts.revision_of(made), county)
        return county


def change(tx: Tx, county: County, actor: Person | None, path: str, value: Json) -> County:
    """*value* holds at *path* from now on; gives the county as it then is.

    Raises :class:`Refused`: who may not, and what the file could not say either.
    """
    require_in_private(tx, actor, Right.TEXTS)
    if not may_change(county, path):
        raise Refused(Code.NOT_POSSIBLE)
    try:
        then = overlaid(county, {path: value})
    except ChangeInvalid:
        raise Refused(Code.NOT_POSSIBLE) from None
    county_texts.put(tx, path, value)
    return then


def undo(tx: Tx, actor: Person | None, path: str) -> None:
    """What the file says holds again. Raises :class:`Refused` if it did."""
    require_in_private(tx, actor, Right.TEXTS)
    if not county_texts.drop(tx, path):
        raise Refused(Code.GONE)


def changed(tx: Tx) -> Changes:
    """What differs from the file."""
    return county_texts.changes(tx)
