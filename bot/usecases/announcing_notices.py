"""The words around announcements: what everybody reads above and below one, and what who writes it
sees."""

from collections.abc import Mapping, Sequence

from bot.domain.announcements import FIRST, Announcement, Audience, Instead, Progress, State, To
from bot.domain.county import County
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Language,
    Listing,
    Message,
    Param,
    Term,
    Text,
    count,
    message,
    text,
)

# --- what people read -----------------------------------------------------------------------------


def announcement(
    announcement_id: int, words: str, county: County, *, wanted: bool = True
) -> Message:
    """*words* stand there as they were written. *wanted*: the reader wants more of these."""
    end = [] if wanted else [text(NO_MORE)]
    other = (
        Button(text(B_("🔕 No more of these")), f"news:off:{announcement_id}")
        if wanted
        else Button(text(B_("🔔 Turn them on again")), f"news:on:{announcement_id}")
    )
    return message(
        text(N_("📢 <b>News</b> from: {office}"), office=county.office_name),
        Text("{line}", {"line": words}),
        *end,
        buttons=[[other]],
    )


NO_MORE = N_("🔕 You get no more news. You can change that at any time: /reminders")
AGAIN = N_("🔔 You get news again.")
#: Below /reminders.
NEWS_ON = B_("✅ News of the office")
NEWS_OFF = B_("⬜ News of the office")


# --- what who writes it sees ----------------------------------------------------------------------

TO: Mapping[To, str] = {
    To.REQUESTERS: N_("people who ask for help"),
    To.VOLUNTEERS: N_("volunteers"),
    To.ALL: N_("people who ask for help, and volunteers"),
}
_STATES: Mapping[State, str] = {
    State.DRAFT: N_("draft"),
    State.SENDING: N_("is being sent"),
    State.STOPPED: N_("stopped"),
    State.SENT: N_("sent"),
}
_LABEL = 30


def overview(found: Sequence[Announcement]) -> Message:
    """/announce"""
    return message(
        text(N_("📢 <b>Announcements</b>")),
        *([] if found else [text(N_("There is none so far."))]),
        text(N_("The texts are kept for 30 days.")),
        buttons=[
            *[
                [
                    Button(
                        text(
                            B_("{state}: {words}"),
                            state=Term(_STATES[one.state]),
                            words=_beginning(one),
                        ),
                        f"announce:look:{one.id}",
                    )
                ]
                for one in found
            ],
            [Button(text(B_("➕ New announcement")), "announce:new")],
        ],
    )


def draft(one: Announcement, counted: Mapping[str, int], unreached: int) -> Message:
    """Each language that will receive it, and what its readers get. *unreached*: how many are meant
    and have no chat with us."""
    others = [
        Button(
            text(
                B_("✏️ {language}") if one.is_decided(language) else B_("❗ {language}"),
                language=Language(language),
            ),
            f"announce:language:{language}:{one.id}",
        )
        for language in counted
        if language != FIRST
    ]
    return message(
        text(N_("📢 <b>Draft of an announcement</b>")),
        _audience(one.audience),
        *([] if counted else [text(N_("❗ Nobody would receive this."))]),
        *[_language(one, language, n) for language, n in counted.items()],
        *_missing(one, counted),
        *([_unreached(unreached)] if unreached else []),
        text(N_("Nothing has been sent yet.")),
        text(N_("Who does not want news, and who never agreed, is not counted.")),
        buttons=[
            [Button(text(B_("✏️ German text")), f"announce:text:{FIRST}:{one.id}")],
            *[others[at : at + 2] for at in range(0, len(others), 2)],
            [Button(text(B_("👁 Preview")), f"announce:preview:{one.id}")],
            [
                Button(text(B_("🗑 Discard")), f"announce:discard:{one.id}"),
                Button(text(B_("⬅️ Back")), "announce:list"),
            ],
        ],
    )


def choose(one: Announcement, language: str, n: int) -> Message:
    name = Language(language)
    return message(
        count(
            P_(
                "{language}: {n} person would receive it. What shall they read?",
                "{language}: {n} people would receive it. What shall they read?",
            ),
            n,
            language=name,
        ),
        buttons=[
            [Button(text(B_("✏️ Paste a translation")), f"announce:text:{language}:{one.id}")],
            [Button(text(B_("✉️ Send in German")), f"announce:german:{language}:{one.id}")],
            [Button(text(B_("🚫 Leave them out")), f"announce:nothing:{language}:{one.id}")],
            [Button(text(B_("⬅️ Back")), f"announce:look:{one.id}")],
        ],
    )


def preview(language: str, n: int, shown: str, button: str) -> Message:
    """As readers of *language* will see it: *shown* and below it *button*."""
    return message(
        count(
            P_("👁 {language}, {n} person reads:", "👁 {language}, {n} people read:"),
            n,
            language=Language(language),
        ),
        Text("{line}", {"line": shown}),
        Text("{line}", {"line": f"[ {button} ]"}),
    )


def question(one: Announcement, counted: Mapping[str, int], *, can_send: bool) -> Message:
    """Below the preview: shall it go out?"""
    back = Button(text(B_("⬅️ Back")), f"announce:look:{one.id}")
    meant = sum(n for language, n in counted.items() if one.text_for(language) is not None)
    missing = _missing(one, counted)
    if missing or not meant:
        nobody = [] if meant else [text(N_("❗ Nobody would receive this."))]
        return message(*missing, *nobody, buttons=[[back]])
    left_out = sum(counted.values()) - meant
    lines = [count(P_("This goes to {n} person.", "This goes to {n} people."), meant)]
    if left_out:
        lines.append(count(P_("{n} person is left out.", "{n} people are left out."), left_out))
    lines += [
        text(N_("{language}: {n}"), language=Language(language), n=n)
        for language, n in counted.items()
        if one.text_for(language) is not None
    ]
    if not can_send:
        lines.append(text(N_("A lead coordinator can send it: /announce")))
        return message(*lines, buttons=[[back]])
    lines.append(text(N_("Nobody is disturbed at night. You can stop it.")))
    send = Button(text(B_("✅ Send it")), f"announce:send:r{one.revision}:{one.id}")
    return message(*lines, buttons=[[send], [back]])


def progress(one: Announcement, now: Progress, *, can_stop: bool) -> Message:
    """The one card while it is sent, and afterwards. *can_stop*: who reads it may stop it."""
    head = {
        State.DRAFT: N_("📢 <b>Draft of an announcement</b>"),
        State.SENDING: N_("📢 <b>The announcement is being sent</b>"),
        State.STOPPED: N_("⏹ <b>The announcement was stopped</b>"),
        State.SENT: N_("✔️ <b>The announcement was sent</b>"),
    }[one.state]
    stop = Button(text(B_("⏹ Stop")), f"announce:stop:{one.id}")
    return message(
        text(head),
        Text("{line}", {"line": _beginning(one)}),
        text(N_("Delivered: {n}"), n=now.delivered),
        text(N_("Not reached (bot blocked): {n}"), n=now.blocked),
        *([text(N_("Still to be sent: {n}"), n=now.waiting)] if now.waiting else []),
        *([text(N_("Not sent: {n}"), n=now.dropped)] if now.dropped else []),
        buttons=[
            *([[stop]] if one.state is State.SENDING and can_stop else []),
            [Button(text(B_("⬅️ Back")), "announce:list")],
        ],
    )


def discarded() -> Message:
    return message(text(N_("🗑 The draft is deleted.")))


def _audience(audience: Audience) -> Text:
    who: list[Param] = [Term(TO[audience.to])]
    if audience.language:
        who.append(Language(audience.language))
    if audience.place:
        who.append(audience.place)
    return text(N_("To: {who}"), who=Listing(tuple(who)))


def _language(one: Announcement, language: str, n: int) -> Text:
    if language in one.texts:
        state = N_("{language}, {n}: ✅ has a text")
    elif one.instead.get(language) is Instead.GERMAN:
        state = N_("{language}, {n}: ✉️ in German")
    elif one.instead.get(language) is Instead.NOTHING:
        state = N_("{language}, {n}: 🚫 left out")
    else:
        state = N_("{language}, {n}: ❗ no text yet")
    return text(state, language=Language(language), n=n)


def _unreached(n: int) -> Text:
    return count(
        P_(
            "{n} person has no Telegram and is not reached.",
            "{n} people have no Telegram and are not reached.",
        ),
        n,
    )


def _missing(one: Announcement, counted: Mapping[str, int]) -> list[Text]:
    missing = [Language(language) for language in counted if not one.is_decided(language)]
    if not missing:
        return []
    return [
        text(
            N_("❗ A text is missing: {languages}. Please add it, or choose something else."),
            languages=Listing(tuple(missing)),
        )
    ]


def _beginning(one: Announcement) -> str:
    """The first words of it, to know it again."""
    words = " ".join(one.texts.get(FIRST, "–").split())
    return words if len(words) <= _LABEL else f"{words[:_LABEL].rstrip()}…"
