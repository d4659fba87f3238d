"""Who is blocked: what they hear, kindly and without a reason, and what coordinators see."""

from collections.abc import Sequence

from bot.domain.county import County
from bot.domain.people import Person, Role
from bot.messages import B_, N_, Button, Day, Listing, Message, message, text
from bot.storage.blocks import Block
from bot.usecases.desk_notices import LONGEST_LIST, and_more, blocked_line
from bot.usecases.notices import CALL_ME

# --- to the person --------------------------------------------------------------------------------


def blocked(person: Person, county: County, until: str) -> Message:
    """*until*: the first day (ISO) it is over."""
    return message(
        text(N_("We are sorry. For now you can't ask for help here."))
        if not person.has(Role.VOLUNTEER)
        else text(N_("We are sorry. For now we do not ask you to help.")),
        text(N_("It is possible again from {day}."), day=Day(until)),
        text(N_("Appointments that you have stay as they are.")),
        text(
            N_("Would you like to talk about it? You can also call: {phone}"),
            phone=county.office_phone,
        ),
        buttons=[[CALL_ME]],
    )


def free_again(person: Person) -> Message:
    if person.has(Role.VOLUNTEER):
        return message(text(N_("👍 We can ask you to help again.")))
    return message(text(N_("👍 You can ask for help here again.")))


# --- to coordinators, in private ------------------------------------------------------------------


def now_blocked(block: Block, name: str, ahead: Sequence[str]) -> Message:
    """*ahead*: the numbers of what they asked for or promised, and that goes on."""
    return message(
        text(N_("✔️ {name} is blocked. They have heard it, without the reason."), name=name),
        blocked_line(block),
        *([text(N_("This goes on: {numbers}"), numbers=Listing(tuple(ahead)))] if ahead else []),
        buttons=[[unblock_button(block.person_id)], [LIST]],
    )


def no_longer(name: str) -> Message:
    return message(text(N_("✔️ {name} is not blocked any more."), name=name), buttons=[[LIST]])


def everybody(blocked: Sequence[tuple[Block, str]]) -> Message:
    """*blocked*, each with how a coordinator knows them."""
    if not blocked:
        return message(text(N_("✔️ Nobody is blocked.")))
    shown = blocked[:LONGEST_LIST]
    return message(
        text(N_("🚫 Who is blocked, the next to be free first:")),
        *(
            line
            for block, name in shown
            for line in (text(N_("<b>{name}</b>"), name=name), blocked_line(block))
        ),
        *and_more(len(blocked) - len(shown)),
        buttons=[
            [Button(text(N_("✅ Unblock: {name}"), name=name), f"person:free:{block.person_id}")]
            for block, name in shown
        ],
    )


def unblock_button(person_id: int) -> Button:
    return Button(text(B_("✅ Unblock")), f"person:free:{person_id}")


LIST = Button(text(B_("🚫 Who is blocked")), "desk:blocked")
