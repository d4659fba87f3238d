"""/team: who works in the office, and what a lead changes about it."""

from datetime import datetime

from bot.domain.people import Role
from bot.messages import B_, N_, Button, Day, Listing, Term, Text, message, text
from bot.usecases import team
from bot.usecases.team import Member
from bot.usecases.team_notices import ROLES
from handlers.coordinator import views
from handlers.turn import Turn

_CARD = "team"
_ALSO_THE_GROUP = text(N_("Please remove them from the group in Telegram, too."))
_BACK = Button(text(B_("↩️ The team")), "person:team")


def show(turn: Turn) -> None:
    """/team"""
    found = team.everybody(turn.tx, turn.person)
    lines = [_line(turn, member) for member in found]
    buttons = [
        [Button(text(N_("{name}"), name=_name(member)), f"person:look:{member.person.id}")]
        for member in found
    ]
    views.show(turn, message(text(N_("<b>The team</b>")), *lines, buttons=buttons), _CARD)


def look(turn: Turn) -> None:
    """One of them, and what can be changed."""
    _show(turn, team.look(turn.tx, turn.person, turn.tapped_number))


def make_lead(turn: Turn) -> None:
    _show(turn, team.make_lead(turn.tx, turn.person, turn.tapped_number))


def take_lead_back(turn: Turn) -> None:
    member = team.take_lead_back(turn.tx, turn.person, turn.tapped_number)
    if member is not None:
        _show(turn, member)


def end(turn: Turn) -> None:
    """First tap: are you sure?"""
    role, person_id = _role_and_id(turn)
    member = team.look(turn.tx, turn.person, person_id)
    said = message(
        text(N_("End this for {name}: {role}?"), name=_name(member), role=Term(ROLES[role])),
        text(N_("They hear it at once. What they had taken is open again for the others.")),
        buttons=[
            [Button(text(B_("Yes, end it")), f"person:ended:{role}:{person_id}")],
            [Button(text(B_("No, keep it")), f"person:look:{person_id}")],
        ],
    )
    views.show(turn, said, _CARD)


def ended(turn: Turn) -> None:
    """Second tap."""
    role, person_id = _role_and_id(turn)
    person = team.end(turn.tx, turn.county, turn.person, person_id, role)
    said = text(N_("✔️ {name}: {role} has ended."), name=person.name or "?", role=Term(ROLES[role]))
    is_own = turn.person is not None and turn.person.id == person_id
    if not is_own:
        also = [_ALSO_THE_GROUP] if role is Role.COORDINATOR else []
        views.show(turn, message(said, *also, buttons=[[_BACK]]), _CARD)
    turn.forget_person()


def _show(turn: Turn, member: Member) -> None:
    person = member.person
    rows = [
        [Button(text(_END[role]), f"person:end:{role}:{person.id}")]
        for role in (Role.COORDINATOR, Role.READER, Role.REFERRER)
        if person.has(role)
    ]
    if person.has(Role.LEAD):
        rows.insert(0, [Button(text(B_("No longer lead")), f"person:unlead:{person.id}")])
    elif person.has(Role.COORDINATOR):
        rows.insert(0, [Button(text(B_("⭐ Let them lead")), f"person:lead:{person.id}")])
    views.show(turn, message(*_told(turn, member), buttons=[*rows, [_BACK]]), _CARD)


_END = {
    Role.COORDINATOR: B_("End as coordinator"),
    Role.READER: B_("End as reader"),
    Role.REFERRER: B_("End as referrer"),
}


def _line(turn: Turn, member: Member) -> Text:
    held = [role for role in team.OFFICE if role in member.since]
    if Role.LEAD in held:
        held.remove(Role.COORDINATOR)  # goes without saying
    roles = Listing(tuple(Term(ROLES[role]) for role in held))
    return text(N_("{name}: {roles}"), name=_name(member), roles=roles)


def _told(turn: Turn, member: Member) -> list[Text]:
    works = [text(N_("Works at: {name}"), name=member.organisation)] if member.organisation else []
    return [
        text(N_("<b>{name}</b>"), name=_name(member)),
        *works,
        *(
            text(
                N_("{role}, since {day}"),
                role=Term(ROLES[role]),
                day=Day(datetime.fromtimestamp(at, turn.county.zone).date().isoformat()),
            )
            for role, at in member.since.items()
        ),
    ]


def _name(member: Member) -> str:
    return member.person.name or "?"


def _role_and_id(turn: Turn) -> tuple[Role, int]:
    return Role(turn.tapped.split(":")[2]), turn.tapped_number
