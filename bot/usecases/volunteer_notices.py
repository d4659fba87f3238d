"""What volunteers and coordinators hear on the way from a link to the first task.

In the group nobody is named; a name, a phone number and a profile open in private.
"""

from collections.abc import Mapping
from datetime import date

from bot.conversation.gathering import spoken_languages, times_said
from bot.counties.kinds import GROUP_NAMES
from bot.domain.county import County, Group
from bot.domain.people import Gender, Holiday, Papers, Profile, Travel, Volunteer
from bot.messages import (
    B_,
    N_,
    P_,
    Button,
    Day,
    Hour,
    Listing,
    Message,
    Param,
    Term,
    Text,
    count,
    message,
    text,
)

LANGUAGES = N_("Languages")
HELPS_WITH = N_("Kinds of help")
LIVES_IN = N_("Home town")
COMES_BY = N_("Transport")
GOES = N_("Distance")
TIMES = N_("Times")
GENDER = N_("Woman or man")
QUIET = N_("Quiet hours")
PHONE = N_("Phone")
CAP = N_("Tasks a week")
ONLY_PLACES = N_("Places")

TRAVEL_NAMES: Mapping[Travel, str] = {
    Travel.CAR: B_("🚗 Car"),
    Travel.BUS: B_("🚌 Bus or train"),
}
GENDER_NAMES: Mapping[Gender, str] = {Gender.WOMAN: B_("👩 Woman"), Gender.MAN: B_("👨 Man")}

TOO_MUCH = Button(text(B_("😮‍💨 Too much for me")), "care:too_much")
_BACK_AGAIN = Button(text(B_("▶️ I'm back")), "pause:over")
MY_TASKS = Button(text(B_("🗓 My tasks")), "menu:tasks")
PROFILE_BUTTON = Button(text(B_("👤 My profile")), "profile:show")


def card(person_id: int) -> str:
    """The alert about a volunteer, in the coordinators' group."""
    return f"volunteer:{person_id}"


def profile_card(person_id: int) -> str:
    """The profile, in private with a coordinator."""
    return f"profile:{person_id}"


# --- a profile, line by line ----------------------------------------------------------------------


def profile_lines(profile: Profile, phone: str) -> list[Text]:
    first, last = profile.quiet
    said: dict[str, Param] = {
        LANGUAGES: spoken_languages(profile.languages),
        HELPS_WITH: _skills(profile),
        LIVES_IN: profile.place,
        COMES_BY: Term(TRAVEL_NAMES[profile.travel]),
        GOES: text(B_("Up to {km} km"), km=profile.reach_km),
        ONLY_PLACES: Listing(tuple(sorted(profile.only_places))) if profile.only_places else "",
        TIMES: times_said(profile.times),
        CAP: ""
        if profile.weekly_cap is None
        else text(B_("Up to {count} a week"), count=profile.weekly_cap),
        GENDER: "" if profile.gender is None else Term(GENDER_NAMES[profile.gender]),
        QUIET: ""
        if first == last
        else text(N_("{first} – {last}"), first=Hour(first), last=Hour(last)),
        PHONE: phone,
    }
    return [
        text(N_("{what}: {answer}"), what=Term(name), answer=answer)
        for name, answer in said.items()
        if answer != ""
    ]


def _skills(profile: Profile) -> Param:
    offered = [group for group in Group if group.value in profile.skills]
    return Listing(tuple(Term(GROUP_NAMES[group]) for group in offered))


def papers_lines(papers: Papers) -> list[Text]:
    dates = {
        N_("Appointed from"): papers.appointed_on,
        N_("Appointed until"): papers.appointed_until,
        N_("Instructed on duties"): papers.instructed_on,
        N_("Certificate of conduct seen"): papers.certificate_on,
    }
    return [
        text(N_("{what}: {answer}"), what=Term(name), answer=Day(iso))
        for name, iso in dates.items()
        if iso is not None
    ]


# --- to the volunteer -----------------------------------------------------------------------------


def profile_saved(*, active: bool) -> Message:
    if active:
        return message(text(N_("✅ Your profile is saved.")))
    return message(
        text(N_("✅ Thank you! Your profile is saved.")),
        text(N_("A coordinator looks at it now. You will hear from us here.")),
    )


def own_profile(volunteer: Volunteer, phone: str, today: date) -> Message:
    """All we know of them, for themselves."""
    back_on = volunteer.back_on(today)
    away = [] if back_on is None else [pause_line(back_on)]
    pause = Button(text(B_("⏸ Pause")), "pause:ask")
    return message(
        text(N_("<b>Your profile</b>")),
        *profile_lines(volunteer.profile, phone),
        *papers_lines(volunteer.papers),
        *away,
        *holiday_lines(volunteer, today),
        buttons=[
            [Button(text(B_("✏️ Change")), "profile:change")],
            [_BACK_AGAIN, pause] if away else [pause],
            [Button(text(B_("⏰ Reminders")), "menu:reminders")],
            [TOO_MUCH],
        ],
    )


def holiday_lines(volunteer: Volunteer, today: date) -> list[Text]:
    """Holidays that are not over."""
    return [
        text(N_("🏖 {first} – {last}"), first=Day(one.first), last=Day(one.last))
        for one in volunteer.holidays
        if one.last >= today.isoformat()
    ]


def approved() -> Message:
    return message(
        text(N_("🎉 You are a volunteer now. Thank you!")),
        text(N_("We will write to you here when somebody needs you.")),
        buttons=[[PROFILE_BUTTON]],
    )


def not_now(county: County) -> Message:
    return message(
        text(N_("Thank you for your offer to help. We can't begin with you at the moment.")),
        text(
            N_("Please call the office, we will explain it to you: {phone}"),
            phone=county.office_phone,
        ),
    )


def paused(until: str) -> Message:
    """*until*: the first day (ISO) they are there again."""
    return message(
        pause_line(until),
        text(N_("Your tasks stay as they are.")),
        buttons=[[_BACK_AGAIN]],
    )


_WEEKS = {7: B_("1 week"), 14: B_("2 weeks"), 28: B_("4 weeks")}


def breaks(volunteer: Volunteer, today: date) -> Message:
    """A break now, or holidays later; what was said already can be taken back."""
    back_on = volunteer.back_on(today)
    first = (
        [text(N_("A break: we do not ask you for a while. For how long?"))]
        if back_on is None
        else [pause_line(back_on), text(N_("Your tasks stay as they are."))]
    )
    weeks = [Button(text(label), f"pause:days:{days}") for days, label in _WEEKS.items()]
    until_a_date = Button(text(B_("📅 Until a date")), "pause:date")
    ahead = [one for one in volunteer.holidays if one.last >= today.isoformat()]
    return message(
        *first,
        *([text(N_("Your holidays:"))] if ahead else []),
        *holiday_lines(volunteer, today),
        buttons=[
            *([[_BACK_AGAIN]] if back_on else [weeks, [until_a_date]]),
            [Button(text(B_("🏖 Holidays later")), "pause:later")],
            *[
                [Button(text(B_("🗑 {day}"), day=Day(one.first)), f"pause:drop:{one.id}")]
                for one in ahead
            ],
        ],
    )


def holiday_noted(holiday: Holiday, tasks: int) -> Message:
    """*tasks*: how many they have promised for these days."""
    return message(
        text(N_("🏖 {first} – {last}"), first=Day(holiday.first), last=Day(holiday.last)),
        text(N_("✅ Noted. We ask you nothing for these days.")),
        *(
            [
                count(
                    P_(
                        "You have {n} task in these days. It stays as it is. If you can't come,"
                        " please give it back: “🗓 My tasks”.",
                        "You have {n} tasks in these days. They stay as they are. If you can't"
                        " come, please give them back: “🗓 My tasks”.",
                    ),
                    tasks,
                )
            ]
            if tasks
            else []
        ),
        buttons=[[MY_TASKS], [Button(text(B_("⏸ Pause")), "pause:ask")]],
    )


def pause_line(until: str) -> Text:
    return text(N_("⏸ You have a break. We will ask you again from {day}."), day=Day(until))


def resumed() -> Message:
    return message(text(N_("▶️ Welcome back! We will ask you again.")))


# --- to the coordinators --------------------------------------------------------------------------


def ready(person_id: int) -> Message:
    return message(
        text(N_("🙋 A volunteer is ready. Please look at the profile and approve it.")),
        buttons=[[_look(person_id, text(B_("👀 Have a look")))]],
    )


def candidate(
    name: str, volunteer: Volunteer, phone: str, today: date, *, trusted: bool
) -> Message:
    """In private: everything, and what can be done. *trusted*: may hear what is only spoken."""
    person_id = volunteer.person_id
    dates = Button(text(B_("📅 Enter the dates")), f"volunteer:papers:{person_id}")
    later = Button(text(B_("Not now")), f"volunteer:later:{person_id}")
    return message(
        text(N_("👤 <b>{name}</b>"), name=name),
        *profile_lines(volunteer.profile, phone),
        *papers_lines(volunteer.papers),
        *(
            [text(N_("🎧 May listen to voice messages and fill in the request."))]
            if trusted
            else []
        ),
        *holiday_lines(volunteer, today),
        buttons=[
            [dates],
            [_trust(person_id, trusted) if volunteer.active else later],
            [Button(text(B_("📋 Checklist")), f"volunteer:steps:{person_id}")],
        ],
    )


def has_not_come(name: str, volunteer: Volunteer, phone: str, *, can_be_called: bool) -> Message:
    """Invited, and not here so far: perhaps they have no Telegram at all."""
    call = Button(text(B_("📞 The office calls")), f"volunteer:phone:{volunteer.person_id}")
    return message(
        text(N_("👤 <b>{name}</b>"), name=name),
        *profile_lines(volunteer.profile, phone),
        text(N_("Their link was not opened so far.")),
        text(
            N_(
                "No Telegram? Then the office calls them about each task. Please tap only if they"
                " have signed the promise of confidentiality."
            )
            if can_be_called
            else N_(
                "No Telegram? To call them instead, the office needs their phone number, languages"
                " and what they help with. Please import them with your list."
            )
        ),
        buttons=[[call]] if can_be_called else [],
    )


def _trust(person_id: int, trusted: bool) -> Button:
    if trusted:
        return Button(text(B_("🎧 Stop listening")), f"volunteer:doubt:{person_id}")
    return Button(text(B_("🎧 Allow listening")), f"volunteer:trust:{person_id}")


def approved_for_office() -> Message:
    """Takes the place of :func:`ready`."""
    return message(text(N_("✅ A new volunteer is approved.")))


def not_now_for_office(person_id: int) -> Message:
    """Takes the place of :func:`ready`; the way back stays."""
    return message(
        text(N_("A volunteer is not approved for now.")),
        buttons=[[_look(person_id, text(B_("👀 Look again")))]],
    )


def _look(person_id: int, label: Text) -> Button:
    return Button(label, f"volunteer:look:{person_id}")
