"""What must hold after a week, whatever happened in it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.appointments import DAY, HOUR, is_quiet
from bot.domain.requests import HelpRequest, State, number_of
from bot.storage import requests
from bot.storage.tx import Tx
from bot.usecases.notices import EVERY_WEEK, NO_DATE
from tests.transcripts.people import Person
from tests.transcripts.town import BERLIN
from tests.transcripts.week import Line, Week

_FINAL = (State.DONE, State.CANCELLED, State.MISSED, State.REFERRED, State.CLOSED)
_URGENT = 2 * DAY
_SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "ckb": "ARABIC", "uk": "CYRILLIC"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database says; ``changed``: when a request last moved on, by its id."""

    requests: list[HelpRequest]
    changed: Mapping[int, int]
    chats: Mapping[int, int | None]
    assignments: list[Any]
    offers: list[Any]
    errands: list[Any]
    left: int


def _facts(tx: Tx) -> Facts:
    rows = tx.all("SELECT id, updated_at FROM help_requests ORDER BY id")
    return Facts(
        [requests.by_id(tx, int(row["id"])) for row in rows],
        {int(row["id"]): int(row["updated_at"]) for row in rows},
        {int(row["id"]): row["chat_id"] for row in tx.all("SELECT id, chat_id FROM people")},
        list(tx.all("SELECT * FROM assignments ORDER BY id")),
        list(tx.all("SELECT * FROM offers ORDER BY id")),
        list(tx.all("SELECT * FROM errands ORDER BY id")),
        int(tx.all("SELECT count(*) AS n FROM due WHERE parked = 1")[0]["n"])
        + int(tx.all("SELECT count(*) AS n FROM inbox WHERE state = 'parked'")[0]["n"]),
    )


async def all_is_well(week: Week) -> None:
    facts = await week.harz.lotse.db.read(_facts)
    wrong = [
        f"{check.__name__}: {said}"
        for check in (
            nobody_is_forgotten,
            nobody_is_double_booked,
            everybody_heard_the_outcome,
            both_were_reminded,
            one_offer_a_day,
            nothing_in_quiet_hours,
            neutral_on_the_lock_screen,
            in_their_own_language,
            nobody_is_named_in_the_group,
            only_what_needs_a_human,
            nothing_calls_in_vain,
        )
        for said in check(week, facts)
    ]
    assert wrong == [], "\n".join(wrong)


# --- the database ---------------------------------------------------------------------------------


def nobody_is_forgotten(week: Week, facts: Facts) -> Iterator[str]:
    now = week.harz.wall.now()
    filed = [one for one in facts.requests if not one.is_meeting]
    if len(filed) != 40 or facts.left:
        yield f"{len(filed)} requests, {facts.left} things are parked"
    for request in facts.requests:
        is_ahead = request.state is State.ASSIGNED and not request.begins_by(now)
        if request.state not in _FINAL and not is_ahead and not _waits_visibly(week, request):
            yield f"{request.number} is {request.state}"


def _waits_visibly(week: Week, request: HelpRequest) -> bool:
    """The office has an alert about it, with something to tap."""
    alerts = (seen for seen in week.office.messages if seen.text.startswith(("⚠️", "⏰", "👀")))
    waits = request.state in (State.WAITING, State.STUCK, State.AGREEING)
    return waits and any(request.number in seen.text and seen.buttons for seen in alerts)


def nobody_is_double_booked(week: Week, facts: Facts) -> Iterator[str]:
    kept = [one for one in facts.assignments if one["state"] in ("active", "done")]
    for one in kept:
        for other in kept:
            same = one["id"] < other["id"] and one["volunteer_id"] == other["volunteer_id"]
            if same and one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"]:
                yield f"assignments {one['id']} and {other['id']} overlap"
    for request in facts.requests:
        if request.is_meeting:  # of a series: nobody was asked for it
            continue
        winners = [
            offer["volunteer_id"]
            for offer in facts.offers
            if offer["request_id"] == request.id and offer["state"] == "accepted"
        ]
        holders = [one["volunteer_id"] for one in kept if one["request_id"] == request.id]
        expected = 1 if request.state in (State.DONE, State.ASSIGNED, State.AGREEING) else 0
        if len(winners) != expected or holders not in ([], winners):
            yield f"{request.number} ({request.state}): accepted by {winners}, held by {holders}"


# --- what people read -----------------------------------------------------------------------------


def _is_called(request: HelpRequest, facts: Facts) -> bool:
    return bool(request.details.phone) or facts.chats[request.person_id] is None


def everybody_heard_the_outcome(week: Week, facts: Facts) -> Iterator[str]:
    """A message with its number after its last change; who is called, by a call that was made."""
    for request in facts.requests:
        if request.is_meeting and request.state is State.ASSIGNED:
            continue  # both agreed on every week, nobody is told of each
        if _is_called(request, facts):
            if request.state is not State.DONE and not any(
                one["request_id"] == request.id and one["state"] == "done" for one in facts.errands
            ):
                yield f"{request.number} ({request.state}): nobody was called"
            continue
        chat = facts.chats[request.person_id]
        heard = [
            line
            for line in week.lines
            if line.chat == chat
            and request.number in line.text
            and line.at >= facts.changed[request.id]
            and (not line.edited or line.acting == chat)
        ]
        if not heard:
            yield f"{request.number} ({request.state}) was not heard of"


def both_were_reminded(week: Week, facts: Facts) -> Iterator[str]:
    by_id = {request.id: request for request in facts.requests}
    for one in facts.assignments:
        ahead = one["starts_at"] - one["made_at"]
        expected = 2 if ahead > 2 * DAY else 1 if ahead > 16 * HOUR else 0  # the evening before
        request = by_id[one["request_id"]]
        if one["state"] != "done":
            continue
        if not _is_called(request, facts):
            if _reminders(week, facts.chats[request.person_id], request, one) < expected:
                yield f"{request.number}: the requester was not reminded"
        elif expected == 2 and not any(
            errand["kind"] == "coming" and errand["subject"] == one["id"]
            for errand in facts.errands
        ):
            yield f"{request.number}: nobody was to call"
        if _reminders(week, facts.chats[one["volunteer_id"]], request, one) < expected:
            yield f"{request.number}: the volunteer was not reminded"


def _reminders(week: Week, chat: int | None, request: HelpRequest, one: Any) -> int:
    return sum(
        line.chat == chat
        and not line.edited
        and line.text.startswith("⏰")
        and request.number in line.text
        and one["made_at"] <= line.at < one["starts_at"]
        for line in week.lines
    )


@dataclass(frozen=True, slots=True)
class Push:
    """An offer that a volunteer was written to about."""

    name: str
    line: Line
    request_id: int
    urgent: bool


def _pushes(week: Week, facts: Facts) -> Iterator[Push]:
    starts = {request.id: request.starts_at for request in facts.requests}
    for name in week.helpers:
        person = week.harz.people[name]
        timeless = [week.harz.label(words, person.language) for words in (NO_DATE, EVERY_WEEK)]
        for line in week.lines:
            offered = any(data.startswith("offer:yes:") for data in line.data)
            if line.chat != person.id or line.edited or line.acting == person.id or not offered:
                continue
            request_id = int(re.findall(r"H-1(\d{3})", line.text)[0])
            at = None if any(words in line.text for words in timeless) else starts[request_id]
            yield Push(name, line, request_id, at is not None and at - line.at < _URGENT)


def one_offer_a_day(week: Week, facts: Facts) -> Iterator[str]:
    """What is not urgent comes only to who had none that day, unless the office chose them."""
    had: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for push in _pushes(week, facts):
        day = datetime.fromtimestamp(push.line.at, BERLIN).date().isoformat()
        chosen = (push.line.at, push.request_id) in week.by_hand
        if had[push.name, day] and not push.urgent and not chosen:
            yield f"{push.name}, {day}: {number_of(push.request_id)} after {had[push.name, day]}"
        had[push.name, day].append(push.request_id)


def nothing_in_quiet_hours(week: Week, facts: Facts) -> Iterator[str]:
    for push in _pushes(week, facts):
        hour = f"{datetime.fromtimestamp(push.line.at, BERLIN):%H:%M}"
        if not push.urgent and is_quiet(hour, week.helpers[push.name].profile.quiet):
            yield f"{push.name} at {hour}: {number_of(push.request_id)}"


def neutral_on_the_lock_screen(week: Week, facts: Facts) -> Iterator[str]:
    """Nobody tapped Show: no kind of help and no office is named by what comes unasked."""
    county = week.harz.county
    offices = [office.name for office in county.offices]
    for person in week.requesters.values():
        kinds = [kind.name for kind in county.categories.values()]
        told = [*kinds, *(week.harz.label(kind, person.language) for kind in kinds), *offices]
        for line in _unasked(week, person):
            yield from (f"{words!r} in {line.text!r}" for words in told if words in line.text)


def in_their_own_language(week: Week, facts: Facts) -> Iterator[str]:
    for person in week.requesters.values():
        script = _SCRIPTS.get(person.language)
        for line in _unasked(week, person):
            if script and not any(script in unicodedata.name(char, "") for char in line.text):
                yield f"{person.language}: {line.text!r}"


def _unasked(week: Week, person: Person) -> Iterator[Line]:
    """What came, or changed, without a deed of theirs."""
    return (line for line in week.lines if line.chat == person.id and line.acting != person.id)


# --- the office -----------------------------------------------------------------------------------


def nobody_is_named_in_the_group(week: Week, facts: Facts) -> Iterator[str]:
    people = [*week.requesters, "Haddad", *(word for name in week.helpers for word in name.split())]
    names = re.compile(rf"\b({'|'.join(people)})\b|777123|2345678")
    for line in _in_the_group(week):
        yield from (f"{found[0]} in {line.text!r}" for found in names.finditer(line.text))


def _in_the_group(week: Week) -> Iterator[Line]:
    return (line for line in week.lines if line.chat == week.office.group.chat.id)


#: What may be said to the group in a message of its own.
_ALERTS = {
    "card": r"H-\d+ · ",
    "digest": r"🌅 ",
    "office first": r"👀 H-\d+: please have a look first",
    "stuck": r"⚠️ H-\d+ needs you: no volunteer is left to ask",
    "promise": r"⏰ H-\d+: the person still waits for an answer",
    "no time": r"⚠️ H-\d+: (no time fits both|the person has not chosen)",
    "late": r"🔴 H-\d+(: the volunteer can't come| needs another volunteer), and it starts soon",
    "silent": r"⚠️ H-\d+: the (volunteer|person) has not answered the reminder",
    "call": r"📞 (Please call about H-\d+|Somebody asks to be called)",
    "record": r"📝 H-\d+: the volunteer has not said how it went",
    "unreachable": r"⚠️ H-\d+: the .* has blocked the bot",
}


def only_what_needs_a_human(week: Week, facts: Facts) -> Iterator[str]:
    """Each alert is of a known kind, and comes once for its reason."""
    starts = {request.id: request.starts_at for request in facts.requests}
    first_looks = {
        request.number for request in facts.requests if _office_first(week, request, facts)
    }
    for line in _in_the_group(week):
        kind = next((kind for kind, words in _ALERTS.items() if re.match(words, line.text)), "")
        if line.edited or line.text.startswith("✅ Requests will be shown"):
            continue
        number = next(iter(re.findall(r"H-\d+", line.text)), "")
        if kind == "":
            yield f"an alert nobody expects: {line.text!r}"
        elif kind == "office first" and number not in first_looks:
            yield f"{number} did not need a look first"
        elif kind == "record" and number not in _without_record(facts):
            yield f"{number} is on record"
        elif kind == "late" and (starts[int(number[3:])] or 0) - line.at > DAY:
            yield f"{number} is not late"


def _office_first(week: Week, request: HelpRequest, facts: Facts) -> bool:
    kind = week.harz.county.categories[request.category]
    earlier = (one for one in facts.requests if one.person_id == request.person_id)
    is_first = min(one.id for one in earlier) == request.id
    about = request.for_child or request.minor or request.topic or kind.for_children
    said = request.details.voice or request.details.phone
    return bool(is_first or about or said or kind.office_first)


def _without_record(facts: Facts) -> set[str]:
    numbers = {request.id: request.number for request in facts.requests}  # a series has one for all
    return {numbers[one["request_id"]] for one in facts.assignments if one["outcome"] is None}


def nothing_calls_in_vain(week: Week, facts: Facts) -> Iterator[str]:
    """What has ended has no alert with buttons any more, and nobody is to be called about it, but
    for how it went."""
    ended = {request.number for request in facts.requests if request.state in _FINAL}
    ended -= _without_record(facts)
    for seen in week.office.messages:
        if seen.buttons and ended.intersection(re.findall(r"H-\d+", seen.text)):
            yield f"still to be tapped: {seen.text!r}"
