"""The one table of commands: what each does, and who finds it in the menu beside the text field.

A command that is in no menu works all the same, and permission is no matter of this table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.replies import CONTROL_LABELS, Control
from bot.messages import N_
from handlers.common import menu


class Audience(StrEnum):
    """Whose menu has a command. The names of roles are those of `bot.domain.people.Role`."""

    EVERYBODY = "everybody"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    LEAD = "lead"
    READER = "reader"
    REFERRER = "referrer"
    GROUP = "group"
    """The coordinators' group."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Command:
    """``name`` without the slash; ``says`` is its line in the menu, an English source text.

    ``audience``: whose menu has it, one or several of them.
    """

    name: str
    audience: Audience | frozenset[Audience]
    says: str

    @property
    def audiences(self) -> frozenset[Audience]:
        one = self.audience
        return frozenset({one}) if isinstance(one, Audience) else one


#: Who sees what coordinators see.
_LOOKS = frozenset({Audience.COORDINATOR, Audience.READER})


COMMANDS = (
    Command("start", Audience.EVERYBODY, menu.MENU.msgid),
    Command("mine", Audience.EVERYBODY, menu.MY_REQUESTS.msgid),
    Command("call", Audience.EVERYBODY, menu.CALL_ME.msgid),
    Command("reminders", Audience.EVERYBODY, menu.REMINDERS.msgid),
    Command("language", Audience.EVERYBODY, menu.LANGUAGE.msgid),
    Command("help", Audience.EVERYBODY, menu.HELP.msgid),
    Command("cancel", Audience.EVERYBODY, CONTROL_LABELS[Control.CANCEL]),
    Command("back", Audience.NOBODY, CONTROL_LABELS[Control.BACK]),
    Command("tasks", Audience.VOLUNTEER, menu.MY_TASKS.msgid),
    Command("profile", Audience.VOLUNTEER, N_("👤 My profile")),
    Command("pause", Audience.VOLUNTEER, N_("⏸ Take a break")),
    Command("hours", Audience.VOLUNTEER, menu.MY_HOURS.msgid),
    Command("calendar", Audience.VOLUNTEER, N_("🗓 My calendar")),
    Command("open", _LOOKS, N_("Open requests, oldest first")),
    Command("today", _LOOKS, N_("Appointments of today")),
    Command("week", _LOOKS, N_("Appointments of the next 7 days")),
    Command("calls", _LOOKS, N_("Who waits for a call")),
    Command("request", _LOOKS, N_("All about one request")),
    Command("who", _LOOKS, N_("Who could help with a request")),
    Command("volunteers", _LOOKS, N_("All volunteers")),
    Command("blocked", _LOOKS, N_("Who is blocked")),
    Command("new", Audience.COORDINATOR, N_("Request for a person without Telegram")),
    Command("records", _LOOKS, N_("Records of a month")),
    Command("stats", _LOOKS, N_("The numbers, in pictures")),
    Command("applications", _LOOKS, N_("People who want to help")),
    Command("care", _LOOKS, N_("Care for the volunteers")),
    Command("renew", Audience.COORDINATOR, N_("Renew the appointments of volunteers")),
    Command("invite", Audience.COORDINATOR, N_("Invite somebody")),
    Command("report", Audience.LEAD, N_("Records, allowance and totals")),
    Command("county", Audience.LEAD, N_("Change what the county says")),
    Command("poster", Audience.COORDINATOR, N_("Posters and leaflets to print")),
    Command("meetups", _LOOKS, N_("Meetups of the volunteers")),
    Command("announce", Audience.COORDINATOR, N_("Say something to many people")),
    Command("team", Audience.LEAD, N_("Who works in the office")),
    Command("audit", Audience.LEAD, N_("Who saw or changed what")),
    Command("file", Audience.REFERRER, N_("Ask for help for a client")),
    Command("here", Audience.GROUP, N_("Show requests in this group")),
)


def commands_for(audiences: Iterable[str]) -> list[Command]:
    """The menu of those who belong to *audiences*, in the order of the table."""
    return [command for command in COMMANDS if not command.audiences.isdisjoint(audiences)]
