"""The one table of commands: what each does, and who finds it in the menu beside the text field.

A command that is in no menu works all the same, and permission is no matter of this table.
"""

from collections.abc import Collection
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
    """``name`` without the slash; ``says`` is its line in the menu, an English source text."""

    name: str
    audience: Audience
    says: str


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
    Command("open", Audience.COORDINATOR, N_("Open requests, oldest first")),
    Command("today", Audience.COORDINATOR, N_("Appointments of today")),
    Command("week", Audience.COORDINATOR, N_("Appointments of the next 7 days")),
    Command("calls", Audience.COORDINATOR, N_("Who waits for a call")),
    Command("request", Audience.COORDINATOR, N_("All about one request")),
    Command("who", Audience.COORDINATOR, N_("Who could help with a request")),
    Command("volunteers", Audience.COORDINATOR, N_("All volunteers")),
    Command("blocked", Audience.COORDINATOR, N_("Who is blocked")),
    Command("new", Audience.COORDINATOR, N_("Request for a person without Telegram")),
    Command("records", Audience.COORDINATOR, N_("Records of a month")),
    Command("stats", Audience.COORDINATOR, N_("The numbers, in pictures")),
    Command("applications", Audience.COORDINATOR, N_("People who want to help")),
    Command("care", Audience.COORDINATOR, N_("Care for the volunteers")),
    Command("renew", Audience.COORDINATOR, N_("Renew the appointments of volunteers")),
    Command("invite", Audience.COORDINATOR, N_("Invite somebody")),
    Command("report", Audience.LEAD, N_("Records, allowance and totals")),
    Command("county", Audience.LEAD, N_("Change what the county says")),
    Command("poster", Audience.COORDINATOR, N_("Posters and leaflets to print")),
    Command("meetups", Audience.COORDINATOR, N_("Meetups of the volunteers")),
    Command("announce", Audience.COORDINATOR, N_("Say something to many people")),
    Command("here", Audience.GROUP, N_("Show requests in this group")),
)


def commands_for(audiences: Collection[str]) -> list[Command]:
    """The menu of those who belong to *audiences*, in the order of the table."""
    return [command for command in COMMANDS if command.audience in audiences]
