"""Papers of volunteers that end: the volunteer hears it once, four weeks before."""

from datetime import date, datetime, time

from bot.domain.care import VOLUNTEER_KNOWS, ends, needed
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.people import Volunteer
from bot.storage import care, due, people, volunteers
from bot.storage.tx import Tx
from bot.usecases import care_notices
from bot.usecases.assigning import wishes_of
from bot.usecases.telling import tell

#: The due row; its subject is the volunteer.
PAPERS_END = "papers_end"
_AT = time(10)


def filed(tx: Tx, person_id: int) -> None:
    """The dates have changed: the clock looks at them anew."""
    due.put(tx, PAPERS_END, person_id, tx.now)


def look_at(tx: Tx, county: County, person_id: int) -> None:
    """The clock: tells what ends soon, and plans the next look."""
    volunteer = volunteers.find(tx, person_id)
    if volunteer is None or not volunteer.active:
        return
    awake = quiet_until(tx.now, wishes_of(tx, person_id).quiet, county.zone)
    if awake > tx.now:
        due.put(tx, PAPERS_END, person_id, awake)
        return
    today = datetime.fromtimestamp(tx.now, county.zone).date()
    _tell(tx, county, volunteer, today)
    ahead = [day for day in ends(volunteer.papers).values() if day - VOLUNTEER_KNOWS > today]
    if ahead:
        on = min(ahead) - VOLUNTEER_KNOWS
        due.put(tx, PAPERS_END, person_id, int(datetime.combine(on, _AT, county.zone).timestamp()))


def _tell(tx: Tx, county: County, volunteer: Volunteer, today: date) -> None:
    soon = {
        paper: day
        for paper, day in ends(volunteer.papers).items()
        if day - VOLUNTEER_KNOWS <= today <= day
        and care.told_first(tx, volunteer.person_id, paper, day.isoformat())
    }
    if soon:
        tell(tx, people.by_id(tx, volunteer.person_id), care_notices.papers_end(soon, county))


def how_many(tx: Tx, today: date) -> int:
    """Active volunteers with papers that end or are missing."""
    return sum(bool(one.active and needed(one.papers, today)) for one in volunteers.everybody(tx))
