"""What the office reads of a meetup: the card that counts along, the lists, the attendance, and the
calls to who has no chat.

The group sees no names; in private they stand there.
"""

from collections.abc import Sequence

from bot.domain.meetups import LANGUAGE, PLACE, UNTRAINED, Answer, Guest, Meetup, State, Tally
from bot.messages import B_, N_, P_, Button, Language, Message, Text, count, message, text
from bot.usecases.meetup_notices import about

_ICONS = {Answer.YES: "👍", Answer.MAYBE: "🤔", Answer.NO: "👎", None: "⏳"}
_NO_WORDS = ""
_BLANK = Text(_NO_WORDS)


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
    may_export: bool,
) -> Message:
    """All about it, with names: in private only. *guests*: with their names. *may_export*: who
    looks gets the list as a document, too."""
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
    if meetup.state is State.SETTLED and may_export:
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
            [Button(text(B_("✖️ Yes, cancel it")), f"meetup:surely:{meetup.id}")],
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
