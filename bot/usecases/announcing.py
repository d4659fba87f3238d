"""Announcements: written once in each language, looked at before they go out, paced, stoppable.

Who never agreed, or wants no more, is never written to; nobody in their quiet hours. Each person is
one row, handed to the outbox in the same commit that says so: nobody gets it twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.announcements import (
    FIRST,
    Announcement,
    Audience,
    Instead,
    Recipient,
    State,
    To,
    by_language,
)
from bot.domain.county import County
from bot.domain.dispatch import quiet_until
from bot.domain.errors import Code, Refused
from bot.domain.people import Person
from bot.domain.rights import Right, may
from bot.messages import Message
from bot.storage import announcements as store
from bot.storage import due, outbox, people
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import announcing_notices
from bot.usecases.permitting import require_in_private
from bot.usecases.telling import retell

#: The due row of one that is being sent: its next batch, and a look at what has arrived.
ANNOUNCE = "announce"
#: So many are handed to the outbox at once, and so long after the batch before (seconds): that is
#: less than half of what may be sent, and what is handed over can hardly be stopped.
BATCH = 50
PAUSE = 5
#: Whether the last ones have arrived is looked at after so long.
_LOOK = 20
#: What could not be sent for so long has lost its point.
_WORTH_SENDING = 24 * 3600
_MOST_LISTED = 10


# --- writing --------------------------------------------------------------------------------------


def create(tx: Tx, author: Person | None, audience: Audience, words: str) -> Announcement:
    """A draft with its first text. Raises :class:`Refused`."""
    author = require_in_private(tx, author, Right.ACT)
    return store.add(tx, audience, {FIRST: words}, author.id)


def write(tx: Tx, author: Person | None, announcement_id: int, language: str, words: str) -> None:
    """The text in one language, or another one. Raises :class:`Refused`."""
    draft = require_draft(tx, author, announcement_id)
    instead = {code: one for code, one in draft.instead.items() if code != language}
    store.write(tx, draft.id, {**draft.texts, language: words}, instead)


def decide(
    tx: Tx, author: Person | None, announcement_id: int, language: str, instead: Instead
) -> None:
    """There is no text in this language: what its readers get. Raises :class:`Refused`."""
    draft = require_draft(tx, author, announcement_id)
    if language == FIRST:
        raise Refused(Code.NOT_POSSIBLE)
    texts = {code: words for code, words in draft.texts.items() if code != language}
    store.write(tx, draft.id, texts, {**draft.instead, language: instead})


def discard(tx: Tx, author: Person | None, announcement_id: int) -> None:
    """Raises :class:`Refused`."""
    store.discard(tx, require_draft(tx, author, announcement_id).id)


def require_draft(tx: Tx, author: Person | None, announcement_id: int) -> Announcement:
    """Raises :class:`Refused`."""
    require_in_private(tx, author, Right.ACT)
    found = store.hold(tx, announcement_id)
    if found is None or found.state is not State.DRAFT:
        raise Refused(Code.GONE)
    return found


# --- looking --------------------------------------------------------------------------------------


def overview(tx: Tx, author: Person | None) -> Message:
    """/announce. Raises :class:`Refused`."""
    require_in_private(tx, author, Right.ACT)
    return announcing_notices.overview(store.latest(tx, _MOST_LISTED))


def look(tx: Tx, county: County, author: Person | None, announcement_id: int) -> Message:
    """A draft with what is missing, or how the sending goes. Raises :class:`Refused`."""
    require_in_private(tx, author, Right.ACT)
    found = store.find(tx, announcement_id)
    if found is None:
        raise Refused(Code.GONE)
    if found.state is not State.DRAFT:
        return _progress(tx, found, can_stop=may(author, Right.TEXTS))
    return _draft(tx, county, found)


def _draft(tx: Tx, county: County, found: Announcement) -> Message:
    counted = counts(tx, county, found.audience)
    return announcing_notices.draft(found, counted, _unreached(tx, county, found.audience))


def choose(
    tx: Tx, county: County, author: Person | None, announcement_id: int, language: str
) -> Message:
    """What readers of this language shall get? Raises :class:`Refused`."""
    draft = require_draft(tx, author, announcement_id)
    n = counts(tx, county, draft.audience).get(language, 0)
    return announcing_notices.choose(draft, language, n)


@dataclass(frozen=True, slots=True)
class Preview:
    """``shown``: language, how many read it, and what they get. ``question``: what comes below."""

    shown: list[tuple[str, int, Message]]
    question: Message


def preview(tx: Tx, county: County, author: Person | None, announcement_id: int) -> Preview:
    """As it will be read in every language. Raises :class:`Refused`."""
    draft = require_draft(tx, author, announcement_id)
    counted = counts(tx, county, draft.audience)
    shown = [
        (language, n, announcing_notices.announcement(draft.id, words, county))
        for language, n in counted.items()
        if (words := draft.text_for(language)) is not None
    ]
    can_send = may(author, Right.TEXTS)
    return Preview(shown, announcing_notices.question(draft, counted, can_send=can_send))


def counts(tx: Tx, county: County, audience: Audience) -> dict[str, int]:
    return by_language(recipients(tx, county, audience))


def recipients(tx: Tx, county: County, audience: Audience) -> list[Recipient]:
    """Everybody who is meant now, and may be written to."""
    return _meant(tx, county, audience, store.candidates(tx))


def _unreached(tx: Tx, county: County, audience: Audience) -> int:
    return len(_meant(tx, county, audience, store.unreached(tx)))


def _meant(
    tx: Tx, county: County, audience: Audience, candidates: Sequence[store.Candidate]
) -> list[Recipient]:
    there = {one.name for one in county.places if audience.place in (one.name, one.part_of)}
    asked_in = store.places_of_requests(tx) if audience.place else {}
    return [
        one.recipient
        for one in candidates
        if _is_meant(one, audience, there, asked_in.get(one.recipient.person_id, set()))
    ]


def _is_meant(
    one: store.Candidate, audience: Audience, there: set[str], asked_in: set[str]
) -> bool:
    if audience.language and one.recipient.language != audience.language:
        return False
    as_volunteer = one.volunteers and audience.to is not To.REQUESTERS
    as_requester = one.requests and audience.to is not To.VOLUNTEERS
    if not audience.place:
        return as_volunteer or as_requester
    lives = as_volunteer and one.place in there
    return lives or (as_requester and not asked_in.isdisjoint(there))


# --- sending --------------------------------------------------------------------------------------


def send(
    tx: Tx, county: County, lead: Person | None, announcement_id: int, revision: int
) -> Message:
    """It goes out as it was looked at: *revision* is that of the preview. A second tap changes
    nothing. What there is to see instead comes back. Raises :class:`Refused`."""
    lead = require_in_private(tx, lead, Right.TEXTS)
    found = store.hold(tx, announcement_id)
    if found is None or (found.state is State.DRAFT and found.revision != revision):
        raise Refused(Code.GONE)
    if found.state is not State.DRAFT:
        return _progress(tx, found)
    meant = recipients(tx, county, found.audience)
    if not meant or not all(found.is_decided(language) for language in by_language(meant)):
        return _draft(tx, county, found)
    store.begin(
        tx,
        found.id,
        lead.id,
        {one.person_id: one.language for one in meant if found.text_for(one.language) is not None},
    )
    due.put(tx, ANNOUNCE, found.id, tx.now)
    return _progress(tx, replace(found, state=State.SENDING))


def stop(tx: Tx, lead: Person | None, announcement_id: int) -> Message:
    """What was not sent so far is taken back. Raises :class:`Refused`."""
    require_in_private(tx, lead, Right.TEXTS)
    found = store.hold(tx, announcement_id)
    if found is None:
        raise Refused(Code.GONE)
    if found.state is not State.SENDING:
        return _progress(tx, found)
    store.set_state(tx, found.id, State.STOPPED)
    store.drop_waiting(tx, found.id)
    due.put(tx, ANNOUNCE, found.id, tx.now + PAUSE)
    return _progress(tx, replace(found, state=State.STOPPED))


def go_on(tx: Tx, county: County, announcement_id: int) -> None:
    """The clock: what became of the batch before, and the next one."""
    found = store.hold(tx, announcement_id)
    if found is None or found.state not in (State.SENDING, State.STOPPED):
        return
    store.note_what_arrived(tx, found.id, card_of(found.id))
    if found.state is State.SENDING:
        for person_id, language in store.next_batch(tx, found.id, BATCH):
            _hand_over(tx, county, found, person_id, language)
    at = _next(tx, found.id)
    if at is not None:
        due.put(tx, ANNOUNCE, found.id, at)
    elif found.state is State.SENDING:
        store.set_state(tx, found.id, State.SENT)
        found = replace(found, state=State.SENT)
    if found.sent_by is not None:
        retell(tx, people.by_id(tx, found.sent_by), _progress(tx, found), office_card(found.id))


def _hand_over(tx: Tx, county: County, found: Announcement, person_id: int, language: str) -> None:
    """To the outbox, unless they can't be reached, want no more, or have their quiet hours."""
    recipient, words = store.writable(tx, person_id), found.text_for(language)
    if recipient is None or words is None:
        blocked = recipient is None and store.wants_news(tx, person_id)
        store.mark(tx, found.id, person_id, "blocked" if blocked else "dropped")
        return
    at = quiet_until(tx.now, recipient.quiet, county.zone)
    if at > tx.now:
        store.wait(tx, found.id, person_id, at)
        return
    store.mark(tx, found.id, person_id, "handed")
    outbox.append(
        tx,
        Draft(
            recipient.chat_id,
            announcing_notices.announcement(found.id, words, county),
            Lane.ANNOUNCEMENT,
            card_of(found.id),
            Mode.FRESH,
            guard=f"announcement:{found.id}:{person_id}",
            valid_until=tx.now + _WORTH_SENDING,
        ),
    )


def _next(tx: Tx, announcement_id: int) -> int | None:
    """When there is something to do for it; None: it is through."""
    at = store.next_at(tx, announcement_id)
    moments = [] if at is None else [max(at, tx.now + PAUSE)]
    if store.on_their_way(tx, announcement_id):
        moments.append(tx.now + _LOOK)
    return min(moments, default=None)


def _progress(tx: Tx, found: Announcement, *, can_stop: bool = True) -> Message:
    """*can_stop*: whoever has sent it can."""
    return announcing_notices.progress(found, store.progress(tx, found.id), can_stop=can_stop)


def card_of(announcement_id: int) -> str:
    """The message in each chat."""
    return f"announced:{announcement_id}"


def office_card(announcement_id: int) -> str:
    """What who writes and sends it sees."""
    return f"announce:{announcement_id}"


# --- who wants no more ----------------------------------------------------------------------------


def want(
    tx: Tx, county: County, person: Person | None, announcement_id: int, *, news: bool
) -> None:
    """From now on no news, or news again; below the announcement it says so. Raises
    :class:`Refused`."""
    person = choose_news(tx, person, news=news)
    found = store.find(tx, announcement_id)
    language = store.language_for(tx, announcement_id, person.id)
    words = None if found is None or language is None else found.text_for(language)
    if words is not None:
        said = announcing_notices.announcement(announcement_id, words, county, wanted=news)
        retell(tx, person, said, card_of(announcement_id))


def choose_news(tx: Tx, person: Person | None, *, news: bool) -> Person:
    """Raises :class:`Refused`."""
    if person is None:
        raise Refused(Code.GONE)
    store.want_news(tx, person.id, news)
    return person


def wants_news(tx: Tx, person: Person) -> bool:
    return store.wants_news(tx, person.id)
