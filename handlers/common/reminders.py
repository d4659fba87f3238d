"""/reminders: when each person is reminded, when not, and whether with a sound."""

from collections.abc import Mapping

from bot.domain.appointments import Reminder, Wishes
from bot.messages import B_, N_, Button, Hour, Text, message, text
from bot.usecases import announcing, wishes
from bot.usecases.announcing_notices import NEWS_OFF, NEWS_ON
from handlers.common import menu
from handlers.turn import Turn

#: What stands on the buttons; the volunteers' profile offers the same quiet hours.
_WHEN: Mapping[Reminder, str] = {
    Reminder.EVENING: B_("Evening before"),
    Reminder.DAY_BEFORE: B_("24 hours before"),
    Reminder.MORNING: B_("Morning of the day"),
    Reminder.HOURS_BEFORE: B_("2 hours before"),
    Reminder.HOUR_BEFORE: B_("1 hour before"),
}
_QUIET: Mapping[str, tuple[str, str]] = {
    "20-8": ("20:00", "08:00"),
    "21-8": ("21:00", "08:00"),
    "21-7": ("21:00", "07:00"),
    "22-6": ("22:00", "06:00"),
    "none": ("00:00", "00:00"),
}


def show(turn: Turn) -> None:
    person = turn.person
    if person is None:
        menu.show(turn, text(N_("You have no appointments here so far.")))
        return
    known = wishes.of(turn.tx, person)
    menu.show_aside(
        turn,
        message(
            text(N_("⏰ <b>Your reminders</b>")),
            text(N_("When do you want to be reminded of appointments? Tap all that fit.")),
            text(N_("🌙 At night we are quiet. When is your night?")),
            text(N_("The sound can be off: then messages come silently.")),
            buttons=[
                *_reminders(known.wishes),
                *_nights(known.wishes),
                [_sound(known.silent)],
                [_news(wanted=announcing.wants_news(turn.tx, person))],
            ],
        ),
    )


def choose(turn: Turn) -> None:
    """``remind:on:evening`` or ``remind:off:evening``."""
    _, state, key = turn.tapped.split(":")
    wishes.choose(turn.tx, turn.county, turn.person, Reminder(key), state == "on")
    show(turn)


def be_quiet(turn: Turn) -> None:
    """``quiet:21-8``."""
    key = turn.tapped.split(":")[1]
    if key in _QUIET:
        wishes.be_quiet(turn.tx, turn.county, turn.person, _QUIET[key])
    show(turn)


def sound(turn: Turn) -> None:
    """``sound:on`` or ``sound:off``."""
    wishes.be_silent(turn.tx, turn.person, turn.tapped == "sound:off")
    show(turn)


def _reminders(now: Wishes) -> list[list[Button]]:
    """Each stands there as it is, and a tap turns it around."""
    return [
        [
            Button(
                _marked(text(label), is_on=reminder in now.when),
                f"remind:{'off' if reminder in now.when else 'on'}:{reminder.value}",
            )
        ]
        for reminder, label in _WHEN.items()
    ]


def _nights(now: Wishes) -> list[list[Button]]:
    buttons = [
        Button(_marked(_night(hours), is_on=hours == now.quiet), f"quiet:{key}")
        for key, hours in _QUIET.items()
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _night(hours: tuple[str, str]) -> Text:
    if hours[0] == hours[1]:
        return text(B_("🔔 At any time"))
    return text(B_("🌙 {first} – {last}"), first=Hour(hours[0]), last=Hour(hours[1]))


def _sound(silent: bool) -> Button:
    if silent:
        return Button(text(B_("🔊 Turn the sound on")), "sound:on")
    return Button(text(B_("🔕 Turn the sound off")), "sound:off")


def _news(*, wanted: bool) -> Button:
    """What the office says to many at once; it stands there as it is."""
    if wanted:
        return Button(text(NEWS_ON), "news:off")
    return Button(text(NEWS_OFF), "news:on")


def _marked(label: Text, *, is_on: bool) -> Text:
    return text(B_("✅ {choice}"), choice=label) if is_on else text(B_("⬜ {choice}"), choice=label)


#: So that a route's pattern can name them.
KEYS = "|".join(one.value for one in Reminder)
