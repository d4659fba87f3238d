"""The words around a meetup: the invitation, its reminders, and what the office sees of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.meetups import (
    LANGUAGE,
    PLACE,
    UNTRAINED,
    Answer,
    Guest,
    Kind,
    Meetup,
    State,
    Tally,
)
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Event,
    Language,
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
_NO_WORDS = ""
_BLANK = Text(_NO_WORDS)
_CHANGE = N_("You can change your answer until it begins.")
_ICONS: Mapping[Answer | None, str] = {
    Answer.YES: "👍",
    Answer.MAYBE: "🤔",
    Answer.NO: "👎",
    None: "⏳",
}


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


# --- what the office sees -------------------------------------------------------------------------


def card(meetup: Meetup, tally: Tally) -> Message:
    """The one card that counts along."""
    if meetup.state is State.OFF:
        return called_off_for_office(meetup)
    return message(
        *about(meetup),
        *counter(tally),
        buttons=[[Button(text(B_("👁 Show")), f"meetup:look:{meetup.id}")]],
    )


def counter(tally: Tally) -> list[Text]:
    return [
        text(
            N_("👍 {yes} yes · 🤔 {maybe} maybe · 👎 {no} no · ⏳ {silent} without answer"),
            yes=tally.yes,
            maybe=tally.maybe,
            no=tally.no,
            silent=tally.silent,
        )
    ]


def called_off_for_office(meetup: Meetup) -> Message:
    return message(*about(meetup), text(N_("✖️ Called off. All who were invited hear it.")))


def is_over(meetup: Meetup) -> Message:
    """Afterwards: who was there?"""
    return message(
        text(N_("👥 This meetup is over. Who was there?")),
        *about(meetup),
        buttons=[[Button(text(B_("✍️ Attendance")), f"meetup:there:p0:{meetup.id}")]],
    )


def attendance_known(meetup: Meetup, n: int) -> Message:
    return message(
        *about(meetup),
        count(P_("✔️ {n} person was there.", "✔️ {n} people were there."), n),
        buttons=[[Button(text(B_("👁 Show")), f"meetup:look:{meetup.id}")]],
    )


def overview(upcoming: Sequence[tuple[Meetup, Tally]], past: Sequence[Meetup]) -> Message:
    """/meetups"""
    lines: list[Text] = [text(N_("👥 <b>Meetups</b>"))]
    for meetup, tally in upcoming:
        lines += [_BLANK, *about(meetup), *counter(tally)]
    if not upcoming:
        lines.append(text(N_("Nothing is planned.")))
    return message(
        *lines,
        buttons=[
            *[[_look_at(meetup)] for meetup, _ in upcoming],
            *[[_look_at(meetup)] for meetup in past],
            [Button(text(B_("➕ New meetup")), "meetup:new")],
        ],
    )


def _look_at(meetup: Meetup) -> Button:
    signs = {State.PLANNED: "👥", State.OFF: "✖️", State.SETTLED: "✔️"}
    label = text(B_("{sign} {title}"), sign=signs[meetup.state], title=meetup.title)
    return Button(label, f"meetup:look:{meetup.id}")


def look(
    meetup: Meetup,
    tally: Tally,
    guests: Sequence[tuple[Guest, str]],
    *,
    ahead: bool,
    begun: bool,
) -> Message:
    """All about it, with names: in private only. *guests*: with their names."""
    state = {
        State.PLANNED: [],
        State.OFF: [text(N_("✖️ It was called off."))],
        State.SETTLED: [text(N_("✔️ Attendance is on file."))],
    }[meetup.state]
    rows: list[list[Button]] = []
    if ahead:
        rows.append(
            [
                Button(text(B_("✏️ Change")), f"meetup:change:{meetup.id}"),
                Button(text(B_("✖️ Call off")), f"meetup:off:{meetup.id}"),
            ]
        )
    if begun:
        rows.append([Button(text(B_("✍️ Attendance")), f"meetup:there:p0:{meetup.id}")])
    if meetup.state is State.SETTLED:
        rows.append(
            [
                Button(text(B_("📄 List (PDF)")), f"meetup:pdf:{meetup.id}"),
                Button(text(B_("📊 List (Excel)")), f"meetup:xlsx:{meetup.id}"),
            ]
        )
    rows.append([Button(text(B_("⬅️ Meetups")), "meetup:list")])
    return message(
        *about(meetup),
        text(N_("Invited: {who}"), who=_who(meetup.who)),
        *counter(tally),
        *state,
        *[_guest(meetup, guest, name) for guest, name in guests[:_LONGEST]],
        *([text(N_("… and {n} more"), n=len(guests) - _LONGEST)] if len(guests) > _LONGEST else []),
        buttons=rows,
    )


_LONGEST = 60


def _guest(meetup: Meetup, guest: Guest, name: str) -> Text:
    if meetup.state is State.SETTLED:
        return text("{sign} {name}", sign="✅" if guest.attended else "▫️", name=name)
    return text("{sign} {name}", sign=_ICONS[guest.answer], name=name)


def _who(who: str) -> Text:
    rule, _, of = who.partition(":")
    if rule == UNTRAINED:
        return text(N_("who was at no training yet"))
    if rule == LANGUAGE:
        return text(N_("who speaks {language}"), language=Language(of))
    if rule == PLACE:
        return text(N_("who lives in {place}"), place=of)
    return text(N_("all volunteers"))


def sure_to_call_off(meetup: Meetup) -> Message:
    return message(
        *about(meetup),
        text(N_("Call it off? All who were invited hear it.")),
        buttons=[
            [Button(text(B_("✖️ Yes, call it off")), f"meetup:surely:{meetup.id}")],
            [Button(text(B_("⬅️ Back")), f"meetup:look:{meetup.id}")],
        ],
    )


#: So many names stand on one page of the attendance.
PAGE = 8


def attendance(meetup: Meetup, guests: Sequence[tuple[Guest, str]], page: int) -> Message:
    """A tap turns one around; nothing counts before it is saved."""
    shown = guests[page * PAGE : (page + 1) * PAGE]
    there = sum(bool(guest.attended) for guest, _ in guests)
    return message(
        *about(meetup),
        text(N_("Who was there? Tap the names, then save.")),
        text(N_("Ticked: {there} of {all}"), there=there, all=len(guests)),
        buttons=[
            *[
                [
                    Button(
                        text(B_("✅ {name}") if guest.attended else B_("⬜ {name}"), name=name),
                        f"guest:was:p{page}:{guest.id}",
                    )
                ]
                for guest, name in shown
            ],
            *_pages("there", meetup, page, len(guests)),
            [Button(text(B_("➕ Somebody else")), f"meetup:others:p0:{meetup.id}")],
            [Button(text(B_("💾 Save")), f"meetup:settle:{meetup.id}")],
            [Button(text(B_("⬅️ Back")), f"meetup:look:{meetup.id}")],
        ],
    )


def others(meetup: Meetup, found: Sequence[tuple[int, str]], page: int) -> Message:
    """Who else was there, without an invitation? *found*: ids and names of volunteers."""
    shown = found[page * PAGE : (page + 1) * PAGE]
    return message(
        *about(meetup),
        text(N_("Who else was there?")),
        buttons=[
            *[
                [Button(text(B_("➕ {name}"), name=name), f"meetup:plus:v{person_id}:{meetup.id}")]
                for person_id, name in shown
            ],
            *_pages("others", meetup, page, len(found)),
            [Button(text(B_("⬅️ Back")), f"meetup:there:p0:{meetup.id}")],
        ],
    )


def _pages(deed: str, meetup: Meetup, page: int, n: int) -> list[list[Button]]:
    """The row that leads to the pages before and after, if there are any."""
    ways = [("⬅️", page - 1)] if page else []
    ways += [("➡️", page + 1)] if (page + 1) * PAGE < n else []
    buttons = [
        Button(text("{sign}", sign=sign), f"meetup:{deed}:p{to}:{meetup.id}") for sign, to in ways
    ]
    return [buttons] if buttons else []


def invited(meetup: Meetup, n: int) -> Message:
    """To who has just made it."""
    return message(
        *about(meetup),
        count(
            P_("✔️ {n} person is invited.", "✔️ {n} people are invited."),
            n,
        ),
        text(N_("All meetups: /meetups")),
    )


def changed(meetup: Meetup) -> Message:
    return message(*about(meetup), text(N_("✔️ Changed. All who were invited hear it.")))


def listed(meetup: Meetup) -> Text:
    """Below the list as a document."""
    return text(N_("Who was there: {title}"), title=meetup.title)


# --- the call list --------------------------------------------------------------------------------


def call_wanted(errand_id: int, language: str) -> Message:
    return _call(N_("📞 Please call a volunteer about a meetup."), "take", errand_id, language)


def call_waits(errand_id: int, language: str) -> Message:
    return _call(
        N_("🔴 A volunteer still waits for a call about a meetup."), "take", errand_id, language
    )


def call_not_made(errand_id: int, language: str) -> Message:
    return _call(
        N_("🔴 A call about a meetup was taken, but not made yet."), "over", errand_id, language
    )


def call_taken(errand_id: int, language: str) -> Message:
    return _call(
        N_("📞 Call about a meetup: a coordinator has taken it."), "over", errand_id, language
    )


def call_over() -> Message:
    return message(text(N_("✔️ Call about a meetup: done.")))


def call_label() -> Text:
    return text(B_("📞 Call: meetup"))


def call_details(
    errand_id: int, said: Message, *, name: str, phone: str, language: str, asks: bool
) -> Message:
    """Whom to call and what to say. *asks*: the answer is noted."""
    answers = [
        Button(text(B_("Says yes")), f"errand:yes:{errand_id}"),
        Button(text(B_("Says no")), f"errand:no:{errand_id}"),
    ]
    done = [Button(text(B_("✔️ Said")), f"errand:said:{errand_id}")]
    return message(
        text(N_("📞 Please call: {phone}"), phone=phone or "–"),
        text(N_("Name: {words}"), words=name),
        text(N_("Language: {language}"), language=Language(language)),
        text(N_("Please say:")),
        *said.lines,
        buttons=[answers if asks else done],
    )


def _call(words: str, deed: str, errand_id: int, language: str) -> Message:
    label = text(B_("I'll take it")) if deed == "take" else text(B_("Take it over"))
    return message(
        text(words),
        text(N_("Language: {language}"), language=Language(language)),
        buttons=[[Button(label, f"errand:{deed}:{errand_id}")]],
    )
