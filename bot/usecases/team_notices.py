"""What the people of the office read about their own roles."""

from collections.abc import Mapping

from bot.domain.county import County
from bot.domain.people import Role
from bot.messages import N_, Message, message, text

ROLES: Mapping[Role, str] = {
    Role.LEAD: N_("Lead coordinator"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.READER: N_("Reads only"),
    Role.REFERRER: N_("Files for clients"),
    Role.VOLUNTEER: N_("Volunteer"),
}

_ENDED: Mapping[Role, str] = {
    Role.LEAD: N_("You coordinate as before, and you no longer lead."),
    Role.COORDINATOR: N_("You are no longer a coordinator here. Thank you for your work."),
    Role.READER: N_("You no longer see the requests here. Thank you for your work."),
    Role.REFERRER: N_(
        "You can no longer ask for help for clients here. What you have filed goes on, and the"
        " office looks after it. Thank you for your work."
    ),
}


def leads_now() -> Message:
    return message(
        text(
            N_("You lead the office here from now on. Write {command} to see the team."),
            command="/team",
        )
    )


def leads_no_longer() -> Message:
    return message(text(_ENDED[Role.LEAD]))


def ended(role: Role, county: County) -> Message:
    return message(
        text(_ENDED[role]),
        text(N_("Questions? Call the office: {phone}"), phone=county.office_phone),
    )


def left(name: str) -> Message:
    """To the group: what they had taken follows."""
    return message(
        text(N_("{name} is no longer a coordinator. What they had taken is open again."), name=name)
    )
