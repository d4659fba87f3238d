"""Help every week over a long time: each meeting once, whatever comes in between."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.clock import MovableWall
from bot.domain import series as rules
from bot.domain.appointments import Said
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, State, Wanted
from bot.domain.series import Series, SeriesState
from bot.messages import from_json
from bot.storage import assignments, errands, outbox, people, proposals, requests, volunteers
from bot.storage import series as store
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.usecases import (
    agreeing,
    clockwork,
    closing,
    desk,
    dispatch,
    filing,
    offering,
    series,
    series_meetings,
    series_trial,
)
from bot.usecases import errands as calling
from tests.appointed import PAPERS
from tests.transcripts.town import DAY, moment
from tests.usecases.office import Desk

WANTED = Wanted(category="practise_german", language="en", starts_at=None, minutes=60, weekly=True)


async def a_trial(desk: Desk, requester: Person, volunteer: Person) -> int:
    """On Monday, 18.01.2027, at 15:00; both have been asked. The series' id."""
    request = await desk.run(filing.file_request, desk.county, requester, WANTED)

    def agree(tx: Tx) -> None:
        offer_id = offering.offer_on_request(tx, desk.county, volunteer, request.id)
        dispatch.accept(tx, desk.county, volunteer, offer_id)
        at = moment("2027-01-18 15:00")
        agreeing.propose(tx, desk.county, volunteer, request.id, [at], "Library")
        (one,) = proposals.open_for(tx, request.id)
        by = people.coordinators(tx)[0] if requester.chat_id is None else requester
        agreeing.choose(tx, desk.county, one.id, by=by)

    await desk.run(agree)
    await desk.until(moment("2027-01-18 18:30"))
    return request.id


async def every_week(desk: Desk, requester: Person, volunteer: Person) -> int:
    series_id = await a_trial(desk, requester, volunteer)
    for person in (requester, volunteer):
        await desk.run(series_trial.answer, desk.county, person, series_id, yes=True)
    return series_id


async def stand(desk: Desk, series_id: int) -> list[HelpRequest]:
    return await desk.run(series_meetings.ahead, series_id)


async def begins(desk: Desk, series_id: int) -> list[str]:
    return [local(desk, one.starts_at or 0) for one in await stand(desk, series_id)]


def local(desk: Desk, at: int) -> str:
    return f"{datetime.fromtimestamp(at, desk.county.zone):%Y-%m-%d %H:%M}"


async def now(desk: Desk, series_id: int) -> Series:
    return await desk.run(store.by_id, series_id)


async def said(desk: Desk, database: Database, person_or_chat: Person | int) -> list[str]:
    """The first lines of all that was said to somebody, oldest first."""
    chat = person_or_chat if isinstance(person_or_chat, int) else person_or_chat.chat_id
    rows = await desk.rows(
        "SELECT content FROM outbox WHERE chat_id = :chat AND content IS NOT NULL ORDER BY id",
        chat=chat,
    )

    def read(tx: Tx) -> list[str]:
        found = [from_json(tx.unseal(outbox.PURPOSE, row["content"])) for row in rows]
        return [one.lines[0].msgid for one in found if one.lines]

    return await database.read(read)


async def refused(desk: Desk, work: Any, *args: Any, **kw: Any) -> Code:
    with pytest.raises(Refused) as caught:
        await desk.run(work, *args, **kw)
    return caught.value.code


async def test_more_than_a_year(database: Database, wall: MovableWall) -> None:
    """Holidays, both clock changes, New Year, a bot that sleeps for five weeks, and old meetings
    that are forgotten: each Monday once, at three."""
    desk = Desk(database, wall)
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    papers = replace(PAPERS, appointed_until="2029-12-31")
    await desk.run(volunteers.file_papers, anna.id, papers)
    series_id = await every_week(desk, sara, anna)
    seen: list[str] = []
    day = date(2027, 1, 19)
    asleep = (date(2027, 5, 25), date(2027, 6, 29))
    while day < date(2028, 4, 5):
        if asleep[0] <= day <= asleep[1]:
            wall.move_to(moment(f"{day} 12:00"))
        if not asleep[0] <= day < asleep[1]:
            await desk.until(moment(f"{day} 12:00"))
            await desk.run(clockwork.tidy_up, desk.county)
            await desk.run(series_meetings.plan, desk.county, series_id)  # once more: no harm
            seen += [one for one in await begins(desk, series_id) if one not in seen]
        day += timedelta(days=7)
    mondays = [
        day
        for day in (date(2027, 1, 25) + timedelta(days=7 * week) for week in range(66))
        if rules.why_not(await now(desk, series_id), desk.county, day) is None
        and not date(2027, 6, 1) < day < asleep[1]
    ]
    assert seen == [f"{day} 15:00" for day in mondays if day < date(2028, 4, 12)]
    assert "2027-12-27 15:00" in seen
    assert "2028-01-03 15:00" in seen
    assert await desk.rows("SELECT id FROM due WHERE parked = 1") == []
    # The trial and all that were held, though the oldest are forgotten.
    held = [one for one in seen if moment(one) < wall.now()]
    assert len(await desk.rows("SELECT id FROM help_requests")) < 12
    assert await desk.run(lambda tx: store.times_met(tx, store.by_id(tx, series_id))) == 1 + len(
        held
    )


async def test_two_tasks_at_once(database: Database, wall: MovableWall) -> None:
    """A doctor's appointment was there first: the volunteer is asked, then the office hears it."""
    desk = Desk(database, wall)
    await desk.open_office()
    sara, omar = await desk.person("Sara"), await desk.person("Omar")
    anna = await desk.volunteer("Anna", "en")
    series_id = await every_week(desk, sara, anna)
    assert await begins(desk, series_id) == ["2027-01-25 15:00"]

    async def other_task(at: str) -> bool:
        wanted = replace(WANTED, category="doctor", starts_at=moment(at), weekly=False)
        request = await desk.run(filing.file_request, desk.county, omar, wanted)
        asked = await desk.rows("SELECT id FROM offers WHERE request_id = :id", id=request.id)
        for offer in asked:
            await desk.run(dispatch.accept, desk.county, anna, int(offer["id"]))
        return bool(asked)

    assert await other_task("2027-02-08 14:30")
    assert await other_task("2027-02-15 14:30")
    assert not await other_task("2027-01-25 15:30")  # a meeting counts like any other task
    await desk.until(moment("2027-01-25 18:30"))
    assert (await now(desk, series_id)).clash_on == date(2027, 2, 8)
    assert (await said(desk, database, anna))[-1].startswith("⚠️ {number}: you have another task")
    # The doctor's is called off: the meeting takes place after all.
    task = next(
        one
        for one in await desk.run(assignments.active_of_volunteer, anna.id)
        if local(desk, one.starts_at) == "2027-02-08 14:30"
    )
    await desk.run(dispatch.cancel, desk.county, omar, task.request_id)
    await desk.until(moment("2027-01-29 12:00"))
    assert await begins(desk, series_id) == ["2027-02-08 15:00"]
    # The other one stays: the requester hears it, and the office.
    await desk.until(moment("2027-02-05 12:00"))
    assert await begins(desk, series_id) == ["2027-02-08 15:00"]
    assert "{number}: no meeting on {day}." in await said(desk, database, sara)
    assert any("the volunteer has another task" in one for one in await said(desk, database, -100))
    # Who says themselves that there is none then, spares the office.
    assert await other_task("2027-03-01 16:00")
    assert await other_task("2027-03-01 15:30") is False
    await desk.until(moment("2027-02-15 18:30"))
    assert await begins(desk, series_id) == ["2027-02-22 15:00", "2027-03-01 15:00"]
    assert await other_task("2027-03-08 14:30")
    await desk.until(moment("2027-02-22 18:30"))
    before = await said(desk, database, -100)
    settle = (series_meetings.settle_clash, desk.county, series_id)
    assert await desk.run(*settle, by_volunteer=True) is not None
    assert await desk.run(*settle, by_volunteer=True) is None  # tapped twice
    await desk.until(moment("2027-02-26 12:00"))
    assert await begins(desk, series_id) == ["2027-03-01 15:00"]
    new = (await said(desk, database, -100))[len(before) :]
    assert not any("the volunteer has another task" in one for one in new)


async def test_another_time_needs_both(database: Database, wall: MovableWall) -> None:
    desk = Desk(database, wall)
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    series_id = await every_week(desk, sara, anna)
    bela = await desk.volunteer("Bela", "en")
    first = date(2027, 1, 28)
    propose = (series.propose_time, desk.county)
    assert await refused(desk, *propose, bela, series_id, first, "17:00") is Code.NOT_YOURS
    past = date(2027, 1, 14)
    assert await refused(desk, *propose, anna, series_id, past, "17:00") is Code.TOO_LATE

    await desk.run(*propose, anna, series_id, first, "17:00")
    agree = (series.agree_time, desk.county)
    assert await refused(desk, *agree, anna, series_id, yes=True) is Code.GONE  # her own
    await desk.until(wall.now() + 3 * DAY)
    assert (await now(desk, series_id)).change is None  # nobody answered
    for person in (sara, anna):
        assert "🗓 {number}: the time stays as it is." in await said(desk, database, person)
    assert await refused(desk, *agree, sara, series_id, yes=True) is Code.GONE

    await desk.run(*propose, sara, series_id, first, "17:00")
    await desk.run(*agree, anna, series_id, yes=True)
    assert await refused(desk, *agree, anna, series_id, yes=True) is Code.GONE  # tapped twice
    assert await begins(desk, series_id) == ["2027-01-28 17:00"]
    await desk.until(moment("2027-02-05 12:00"))
    assert await begins(desk, series_id) == ["2027-02-11 17:00", "2027-02-18 17:00"]


async def test_a_pause_leaves_the_rest_alone(database: Database, wall: MovableWall) -> None:
    """What stands behind it stays, what was left out stays out, and a shorter pause is shorter."""
    desk = Desk(database, wall)
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    series_id = await every_week(desk, sara, anna)
    await desk.until(moment("2027-02-09 12:00"))
    assert await begins(desk, series_id) == ["2027-02-15 15:00", "2027-02-22 15:00"]
    (first, second) = await stand(desk, series_id)
    await desk.run(series.leave_out, desk.county, sara, first.id)
    pause = (series.pause, desk.county)
    assert await refused(desk, *pause, sara, series_id, date(2027, 2, 9)) is Code.NOT_POSSIBLE
    assert await refused(desk, *pause, sara, series_id, date(2028, 2, 9)) is Code.NOT_POSSIBLE
    await desk.run(*pause, sara, series_id, date(2027, 2, 16))
    assert [one.id for one in await stand(desk, series_id)] == [second.id]
    await desk.run(*pause, anna, series_id, date(2027, 4, 20))
    assert await stand(desk, series_id) == []
    await desk.run(*pause, sara, series_id, date(2027, 2, 11))
    assert await begins(desk, series_id) == ["2027-02-22 15:00"]
    await desk.run(series.resume, desk.county, anna, series_id)
    assert await begins(desk, series_id) == ["2027-02-22 15:00"]  # the 15th was left out
    assert await refused(desk, series.resume, desk.county, anna, series_id) is Code.GONE
    assert (await now(desk, series_id)).clash_on is None


async def test_without_telegram(database: Database, wall: MovableWall) -> None:
    """All that is asked in chat is asked on the phone."""
    desk_ = Desk(database, wall)
    krause = await desk_.open_office()
    anna = await desk_.volunteer("Anna", "en")
    request = await desk_.run(
        desk.file_for, desk_.county, krause, WANTED, name="Maryam", phone="+493941123456"
    )
    maryam = await desk_.run(people.by_id, request.person_id)
    await desk_.run(dispatch.cancel, desk_.county, krause, request.id)
    series_id = await a_trial(desk_, maryam, anna)
    await desk_.run(series_trial.answer, desk_.county, anna, series_id, yes=True)

    async def called(kind: str, answer: str) -> None:
        found = [one for one in await desk_.run(errands.unfinished) if one.kind == kind]
        await desk_.run(calling.take, desk_.county, krause, found[-1].id)
        await desk_.run(calling.answer, desk_.county, krause, found[-1].id, answer)

    await called("series_on", "yes")
    assert await begins(desk_, series_id) == ["2027-01-25 15:00"]
    await desk_.run(series.propose_time, desk_.county, anna, series_id, date(2027, 1, 26), "10:00")
    await called("series_time", "yes")
    assert await begins(desk_, series_id) == ["2027-01-26 10:00"]
    await desk_.until(moment("2027-01-25 10:30"))
    await called("coming", "cant")
    assert await begins(desk_, series_id) == []
    await desk_.until(moment("2027-01-26 19:00"))
    assert await begins(desk_, series_id) == ["2027-02-09 10:00"]
    # Nobody is called about what has lost its point: it has expired, or all of it has ended.
    for day in (16, 23):
        proposed = date(2027, 2, day), "11:00"
        await desk_.run(series.propose_time, desk_.county, anna, series_id, *proposed)
        assert "series_time" in [one.kind for one in await desk_.run(errands.unfinished)]
        if day == 16:
            await desk_.until(desk_.wall.now() + 4 * DAY)
        else:
            await desk_.run(series.end, desk_.county, krause, series_id)
        assert "series_time" not in [one.kind for one in await desk_.run(errands.unfinished)]
    assert (await now(desk_, series_id)).state is SeriesState.ENDED
    await called("tell", "said")


async def test_when_somebody_is_not_there(database: Database, wall: MovableWall) -> None:
    """A break, missing papers, something wrong: no meeting is made, and it is said."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    series_id = await every_week(desk, sara, anna)
    await desk.until(moment("2027-01-26 12:00"))
    await desk.run(volunteers.pause, anna.id, "2027-02-20")
    await desk.until(moment("2027-02-02 12:00"))
    assert await begins(desk, series_id) == ["2027-02-08 15:00"]  # promised before the break
    await desk.until(moment("2027-02-09 12:00"))
    assert await begins(desk, series_id) == ["2027-02-22 15:00"]
    assert "🏖 {number}: no meeting on {day}." in await said(desk, database, sara)

    expired = replace(PAPERS, appointed_until="2027-02-28")
    await desk.run(volunteers.file_papers, anna.id, expired)
    await desk.until(moment("2027-02-16 12:00"))
    assert await begins(desk, series_id) == ["2027-02-22 15:00"]
    assert any("papers" in one for one in await said(desk, database, -100))
    await desk.run(volunteers.file_papers, anna.id, PAPERS)

    await desk.until(moment("2027-02-22 16:30"))
    (last,) = await desk.rows(
        "SELECT id FROM assignments WHERE starts_at = :at", at=moment("2027-02-22 15:00")
    )
    await desk.until(moment("2027-02-23 12:00"))
    assert await begins(desk, series_id) == ["2027-03-08 15:00"]
    await desk.run(closing.judge, desk.county, sara, int(last["id"]), said=Said.BADLY)
    assert await begins(desk, series_id) == []
    resume = (series.resume, desk.county)
    assert await refused(desk, *resume, anna, series_id) is Code.NOT_ALLOWED
    await desk.until(moment("2027-03-20 12:00"))
    assert await begins(desk, series_id) == []
    await desk.run(*resume, krause, series_id)
    assert await begins(desk, series_id) == ["2027-04-05 15:00"][:0]  # the Easter holidays first
    await desk.until(moment("2027-03-23 12:00"))
    assert await begins(desk, series_id) == ["2027-04-05 15:00"]


async def test_both_at_once(database: Database, wall: MovableWall) -> None:
    """Two yeses in the same moment begin it once; a yes and a stop leave it in one piece."""
    desk = Desk(database, wall)
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    series_id = await a_trial(desk, sara, anna)
    answer = (series_trial.answer, desk.county)
    results = await desk.together(
        *(desk.run(*answer, person, series_id, yes=True) for person in (sara, anna, sara, anna))
    )
    assert results == [None] * 4
    assert await begins(desk, series_id) == ["2027-01-25 15:00"]
    (meeting,) = await stand(desk, series_id)
    leave_out = (series.leave_out, desk.county)
    results = await desk.together(
        desk.run(*leave_out, sara, meeting.id),
        desk.run(*leave_out, anna, meeting.id),
        desk.run(series.end, desk.county, sara, series_id),
        desk.run(series.someone_else, desk.county, anna, series_id),
    )
    faults = [one for one in results if isinstance(one, BaseException)]
    assert all(isinstance(one, Refused) for one in faults)
    assert await begins(desk, series_id) == []
    state = (await now(desk, series_id)).state
    searching = await desk.run(requests.of_series, series_id)
    assert (state, len(searching)) in {(SeriesState.ENDED, 0), (SeriesState.SEARCHING, 1)}


async def test_something_was_wrong_with_the_trial(database: Database, wall: MovableWall) -> None:
    """She is asked about somebody else, the volunteer about nothing."""
    desk = Desk(database, wall)
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    series_id = await a_trial(desk, sara, anna)
    trial = await desk.run(assignments.last_of_request, series_id)
    assert trial is not None
    await desk.run(closing.judge, desk.county, sara, trial.id, said=Said.BADLY)
    assert "{number}: shall we look for another volunteer for you?" in await said(
        desk, database, sara
    )
    answer = (series_trial.answer, desk.county)
    assert await refused(desk, *answer, anna, series_id, yes=True) is Code.GONE
    bela = await desk.volunteer("Bela", "en")
    await desk.run(series_trial.another, desk.county, sara, series_id, wanted=True)
    (search,) = await desk.run(requests.of_series, series_id)
    asked = await desk.rows(
        "SELECT volunteer_id FROM offers WHERE request_id = :id AND state = 'open'", id=search.id
    )
    assert [row["volunteer_id"] for row in asked] == [bela.id]


async def test_what_is_over_stays_over(database: Database, wall: MovableWall) -> None:
    """Old buttons, and an office that gives the search up."""
    desk = Desk(database, wall)
    krause = await desk.open_office()
    sara, anna = await desk.person("Sara"), await desk.volunteer("Anna", "en")
    series_id = await every_week(desk, sara, anna)
    (meeting,) = await stand(desk, series_id)
    await desk.run(series.someone_else, desk.county, anna, series_id)
    assert await refused(desk, series.someone_else, desk.county, anna, series_id) is Code.NOT_YOURS
    assert await refused(desk, series.leave_out, desk.county, sara, meeting.id) is Code.GONE
    assert await refused(desk, series.end, desk.county, sara, series_id) is Code.GONE
    (search,) = await desk.run(requests.of_series, series_id)
    assert (search.state, search.number) == (State.STUCK, "H-1001")
    await desk.run(dispatch.cancel, desk.county, krause, search.id)
    assert (await now(desk, series_id)).state is SeriesState.ENDED
    await desk.until(wall.now() + 40 * DAY)
    await desk.run(clockwork.tidy_up, desk.county)
    assert await desk.rows("SELECT id FROM help_requests") == []
    assert await desk.rows("SELECT request_id FROM series") == []
    assert await desk.upcoming() == [] or {one.kind for one in await desk.upcoming()} == {"digest"}
