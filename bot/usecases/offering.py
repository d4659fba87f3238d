"""Asking volunteers in waves; the office hears if nobody is left."""

from bot.domain import dispatch as rules
from bot.domain.appointments import slots
from bot.domain.county import County
from bot.domain.matching import who_fits
from bot.domain.people import Person
from bot.domain.requests import HelpRequest, Move, State
from bot.messages import Message
from bot.storage import due, offers, outbox, people, requests
from bot.storage.offers import Offer
from bot.storage.outbox import Draft, Lane, Mode
from bot.storage.tx import Tx
from bot.usecases import notices, office_notices
from bot.usecases.assigning import OFFERS_EXPIRE, offer_card
from bot.usecases.telling import alert_card, alert_office, retell, show_card, tell


def ask(tx: Tx, county: County, request: HelpRequest, most: int | None = rules.WAVE) -> HelpRequest:
    """Offer an open request to the next volunteers who fit (*most*: so many; None: all of them).

    With nobody left it gets stuck, and the office hears it. The requester is the caller's business.
    """
    held = slots(request.starts_at, request.ends_at)
    candidates = people.candidates(tx, request.id, request.language, held.start, held.stop)
    wave = list(who_fits(request, candidates))[:most]
    expires_at = hear_by(tx, request)
    if not wave or expires_at <= tx.now:
        return _run_out(tx, county, request)
    for volunteer_id in wave:
        _offer(tx, county, request, people.by_id(tx, volunteer_id), expires_at)
    due.put(tx, OFFERS_EXPIRE, request.id, expires_at)
    return request


def ask_more(tx: Tx, county: County, request: HelpRequest) -> None:
    """The next wave. The requester was promised to hear how it goes on, and does."""
    request = ask(tx, county, request)
    if request.state is State.OPEN:
        said = notices.still_asking(request, hear_by(tx, request))
    else:
        said = notices.nobody_yet(request, county)
    tell_requester(tx, request, said)


def ask_more_if_unanswered(tx: Tx, county: County, request: HelpRequest) -> None:
    if request.state is State.OPEN and not offers.open_for(tx, request.id):
        ask_more(tx, county, request)


def hear_by(tx: Tx, request: HelpRequest) -> int:
    """Until when an offer made now is open, and the requester hears more (UTC epoch seconds)."""
    return rules.offer_expiry(tx.now, request.starts_at)


def lapse(tx: Tx, request: HelpRequest, offer: Offer) -> None:
    """Nobody waits for this answer any more; a late yes is welcome until somebody else said it."""
    offers.settle(tx, offer.id, "closed")
    volunteer = people.by_id(tx, offer.volunteer_id)
    retell(tx, volunteer, notices.offer_lapsed(request, offer.id), offer_card(request))


def close_offers(tx: Tx, request: HelpRequest, said: Message) -> None:
    """No answer counts any more; *said* takes the place of every offer, the lapsed ones too."""
    for offer in offers.unanswered(tx, request.id):
        offers.settle(tx, offer.id, "closed")
        retell(tx, people.by_id(tx, offer.volunteer_id), said, offer_card(request))


def tell_requester(tx: Tx, request: HelpRequest, said: Message) -> None:
    tell(tx, people.by_id(tx, request.person_id), said)


def _offer(
    tx: Tx, county: County, request: HelpRequest, volunteer: Person, expires_at: int
) -> None:
    offer = offers.add(tx, request_id=request.id, volunteer_id=volunteer.id, expires_at=expires_at)
    if volunteer.chat_id is not None:
        outbox.append(
            tx,
            Draft(
                volunteer.chat_id,
                notices.offer(request, county, offer.id, expires_at),
                Lane.OFFER,
                offer_card(request),
                Mode.FRESH,
                guard=f"offer:{offer.id}",
                valid_until=expires_at,
            ),
        )


def _run_out(tx: Tx, county: County, request: HelpRequest) -> HelpRequest:
    stuck = requests.make(tx, request, Move.RUN_OUT)
    due.cancel(tx, request.id, [OFFERS_EXPIRE])
    show_card(tx, county, stuck)
    alert_office(tx, office_notices.stuck_alert(stuck, county), alert_card(stuck))
    return stuck
