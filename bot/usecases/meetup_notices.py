"""The words around a meetup: the invitation, its reminders, and what the office sees of it."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.meetups import (
    Answer,
    Kind,
    Meetup,
)
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Event,
    Message,
    Moment,
    Term,
    Text,
    count,
    message,
    text,
)

KINDS: Mapping[Kind, str] = {
    Kind.TRAINING: B_("🎓 Training"),
    Kind.SUPERVISION: B_("💬 Supervision"),
    Kind.EXCHANGE: B_("☕ Exchange"),
}
_ANSWERS: Mapping[Answer, str] = {
    Answer.YES: B_("👍 Yes"),
    Answer.MAYBE: B_("🤔 Maybe"),
    Answer.NO: B_("👎 No"),
}
_SAID: Mapping[Answer, str] = {
    Answer.YES: N_("✅ You come. Thank you!"),
    Answer.MAYBE: N_("🤔 You come perhaps. Please tell us as soon as you know."),
    Answer.NO: N_("You do not come. Thank you for telling us."),
}
_CHANGE = N_("You can change your answer until it begins.")


# --- what guests read -----------------------------------------------------------------------------


def invitation(meetup: Meetup) -> Message:
    return _asks(meetup, text(N_("📨 The office invites you.")))


def something_new(meetup: Meetup, answer: Answer | None) -> Message:
    """They had an earlier invitation. At another time they are asked again."""
    said = stands(meetup, answer)
    new = text(N_("🔁 There is something new about this meetup. Please look:"))
    return replace(said, lines=(new, *said.lines))


def nudge(meetup: Meetup) -> Message:
    return _asks(meetup, text(N_("📨 We have not heard from you yet. It begins in a few days.")))


def reminder(meetup: Meetup, answer: Answer | None) -> Message:
    said = stands(meetup, answer)
    return replace(said, lines=(text(N_("⏰ Reminder of a meetup")), *said.lines))


def stands(meetup: Meetup, answer: Answer | None) -> Message:
    """As it is for a guest, whatever message they look at; the answer can be changed."""
    if answer is None:
        return _asks(meetup, text(N_("Do you come?")))
    return message(
        *about(meetup),
        text(_SAID[answer]),
        text(_CHANGE),
        buttons=[_answers(meetup, besides=answer)],
    )


def has_begun(meetup: Meetup) -> Message:
    return message(*about(meetup), text(N_("It has already begun.")))


def called_off(meetup: Meetup) -> Message:
    return message(*about(meetup), text(N_("✖️ It does not take place. We are sorry.")))


def about(meetup: Meetup) -> tuple[Text, ...]:
    """What, when and where."""
    return (
        text(N_("{kind}: <b>{title}</b>"), kind=Term(KINDS[meetup.kind]), title=meetup.title),
        text(N_("🗓 {time}"), time=Moment(meetup.starts_at)),
        count(P_("⏱ {n} minute", "⏱ {n} minutes"), meetup.minutes),
        text(N_("📍 {place}"), place=meetup.place),
    )


def line(meetup: Meetup, answer: Answer | None) -> tuple[list[Text], Button]:
    """One entry of a volunteer's tasks, and the button that opens it."""
    said = {
        Answer.YES: N_("You come."),
        Answer.MAYBE: N_("You come perhaps."),
        Answer.NO: N_("You do not come."),
        None: N_("Please answer."),
    }[answer]
    return (
        [*about(meetup), text(said)],
        Button(text(B_("👥 {title}"), title=meetup.title), f"meetup:show:{meetup.id}"),
    )


def _asks(meetup: Meetup, above: Text) -> Message:
    return message(above, *about(meetup), buttons=[_answers(meetup)])


def _answers(meetup: Meetup, besides: Answer | None = None) -> list[Button]:
    return [
        Button(text(label), f"meetup:{answer.value}:{meetup.id}")
        for answer, label in _ANSWERS.items()
        if answer is not besides
    ]


# --- the calendar file ----------------------------------------------------------------------------


def event(meetup: Meetup, *, uid: str, sequence: int, now: int, cancelled: bool = False) -> Event:
    """*uid*: of this person's entry. The title says the kind only: calendars are looked at."""
    return Event(
        uid=uid,
        sequence=sequence,
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        changed_at=now,
        title=text(KINDS[meetup.kind]),
        place=meetup.place,
        cancelled=cancelled,
    )


def file_words(*, cancelled: bool) -> Text:
    if cancelled:
        return text(
            N_(
                "🗓 Please delete this meetup in your calendar. On many phones it is enough to open"
                " this file."
            )
        )
    return text(N_("🗓 Open this file to put the meetup in your calendar."))
