"""/meetups: trainings, supervisions and exchanges of the volunteers."""

from datetime import datetime

from bot.conversation.flow import Answers, Ask, Flow
from bot.conversation.languages import OneLanguage
from bot.conversation.readers import FutureDay, Minutes, OneOf, TimeOfDay, Words, at
from bot.conversation.spots import Spot
from bot.conversation.towns import Town
from bot.domain.meetups import ALL, LANGUAGE, PLACE, UNTRAINED, Kind
from bot.i18n.languages import LANGUAGES
from bot.messages import B_, N_, Message, text
from bot.usecases import attendance, meetup_notices, meetups
from handlers.common.talk import Talk
from handlers.coordinator import views
from handlers.turn import Turn

_WHEN_AND_WHERE = (
    Ask("day", N_("On which day?"), FutureDay(), name=N_("Day")),
    Ask(
        "time",
        N_("At what time?"),
        TimeOfDay("day", first=9, last=20),
        name=N_("Time"),
    ),
    Ask("minutes", N_("How long will it take?"), Minutes(), name=N_("How long, in minutes")),
    Ask("place", N_("Where is it? Tap a place, or write it."), Spot(), name=N_("Place")),
)

FLOW = Flow(
    "meetup",
    asks=(
        Ask(
            "kind",
            N_("What is it?"),
            OneOf({kind.value: name for kind, name in meetup_notices.KINDS.items()}),
            name=N_("What"),
        ),
        Ask(
            "title",
            N_("What is it about? A few words in German."),
            Words(80, letters=True),
            name=N_("Title"),
        ),
        *_WHEN_AND_WHERE,
        Ask(
            "who",
            N_("Who is invited?"),
            OneOf(
                {
                    ALL: B_("All volunteers"),
                    LANGUAGE: B_("Who speaks a language"),
                    PLACE: B_("Who lives in a town"),
                    UNTRAINED: B_("Not yet trained"),
                }
            ),
            name=N_("Invited"),
        ),
        Ask(
            "language",
            N_("Which language?"),
            OneLanguage(tuple(LANGUAGES)),
            name=N_("Language"),
            when=lambda given: given.get("who") == LANGUAGE,
        ),
        Ask(
            "town",
            N_("Which town?"),
            Town("town"),
            name=N_("Town"),
            when=lambda given: given.get("who") == PLACE,
        ),
    ),
    summary=N_("Is this right? Then the invitations go out."),
    confirm=B_("✅ Invite"),
)

CHANGE = Flow(
    "change_meetup",
    asks=_WHEN_AND_WHERE,
    summary=N_("Is this right? All who were invited hear it."),
    confirm=B_("✅ Tell all of them"),
    facts=("meetup",),
)


def finish(turn: Turn, answers: Answers) -> Message:
    plan = meetups.Plan(
        kind=Kind(str(answers["kind"])),
        title=str(answers["title"]),
        place=str(answers["place"]),
        who=_who(answers),
        starts_at=at(str(answers["day"]), str(answers["time"]), turn.scene),
        minutes=int(str(answers["minutes"])),
    )
    return meetups.create(turn.tx, turn.county, turn.person, plan)


def finish_change(turn: Turn, answers: Answers) -> Message:
    return meetups.change(
        turn.tx,
        turn.county,
        turn.person,
        int(str(answers["meetup"])),
        starts_at=at(str(answers["day"]), str(answers["time"]), turn.scene),
        minutes=int(str(answers["minutes"])),
        place=str(answers["place"]),
    )


def _who(answers: Answers) -> str:
    match answers["who"]:
        case str() as who if who == LANGUAGE:
            return f"{LANGUAGE}:{answers['language']}"
        case str() as who if who == PLACE:
            return f"{PLACE}:{answers['town']}"
        case who:
            return str(who)


class Meetups:
    """Handlers that begin a conversation."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def new(self, turn: Turn) -> None:
        self._talk.begin(turn, FLOW.name, afresh=True)

    def change(self, turn: Turn) -> None:
        """All as it is stands on the summary, each line can be changed."""
        meetup = meetups.to_change(turn.tx, turn.person, turn.tapped_number)
        begins = datetime.fromtimestamp(meetup.starts_at, turn.county.zone)
        given = {
            "meetup": meetup.id,
            "day": begins.date().isoformat(),
            "time": begins.strftime("%H:%M"),
            "minutes": meetup.minutes,
            "place": meetup.place,
        }
        self._talk.begin(turn, CHANGE.name, given, afresh=True)


def overview(turn: Turn) -> None:
    """/meetups"""
    views.show(turn, meetups.overview(turn.tx, turn.person), views.LIST)


def look(turn: Turn) -> None:
    _show(turn, turn.tapped_number)


def call_off(turn: Turn) -> None:
    """First tap: are you sure?"""
    said = meetups.ask_to_call_off(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, said, _card(turn.tapped_number))


def surely_call_off(turn: Turn) -> None:
    meetups.call_off(turn.tx, turn.county, turn.person, turn.tapped_number)
    _show(turn, turn.tapped_number)


def who_was_there(turn: Turn) -> None:
    """``meetup:there:p0:7``: the page, the meetup."""
    _show_attendance(turn, turn.tapped_number)


def turn_around(turn: Turn) -> None:
    """``guest:was:p0:31``: the page, the guest."""
    _show_attendance(turn, attendance.turn_around(turn.tx, turn.person, turn.tapped_number))


def _show_attendance(turn: Turn, meetup_id: int) -> None:
    said = attendance.show(turn.tx, turn.person, meetup_id, _letter(turn, "p"))
    views.show(turn, said, _card(meetup_id))


def others(turn: Turn) -> None:
    """``meetup:others:p0:7``: the page, the meetup."""
    said = attendance.others(turn.tx, turn.person, turn.tapped_number, _letter(turn, "p"))
    views.show(turn, said, _card(turn.tapped_number))


def add(turn: Turn) -> None:
    """``meetup:plus:v31:7``: the volunteer, the meetup."""
    attendance.add(turn.tx, turn.person, turn.tapped_number, _letter(turn, "v"))
    said = attendance.show(turn.tx, turn.person, turn.tapped_number)
    views.show(turn, said, _card(turn.tapped_number))


def _letter(turn: Turn, letter: str) -> int:
    """The number behind *letter* in the button's data, before that of the record."""
    return int(turn.tapped.split(":")[2].removeprefix(letter))


def settle(turn: Turn) -> None:
    attendance.settle(turn.tx, turn.county, turn.person, turn.tapped_number)
    turn.toast = text(N_("✔️ Saved. It is on everybody's record."))
    _show(turn, turn.tapped_number)


def as_document(turn: Turn) -> None:
    """``meetup:pdf:7`` or ``meetup:xlsx:7``"""
    form = turn.tapped.split(":")[1]
    turn.say(attendance.listed(turn.tx, turn.person, turn.tapped_number, form))


def _show(turn: Turn, meetup_id: int) -> None:
    said = meetups.look(turn.tx, turn.person, meetup_id)
    views.show(turn, said, _card(meetup_id))


def _card(meetup_id: int) -> str:
    return f"meetup_desk:{meetup_id}"
