"""Everything the coordinators' office hears: facts in, :class:`bot.messages.Message` out.

Cards carry number, category and state, and never a person. A name or a phone number opens in
private only, for the coordinator who asks for it.
"""

from bot.domain.county import County
from bot.domain.requests import HelpRequest
from bot.messages import B_, N_, Button, Language, Message, Moment, message, text
from bot.usecases.notices import category, state_of


def request_card(request: HelpRequest, county: County) -> Message:
    return message(
        text(N_("<b>{number}</b> · {what}"), number=request.number, what=category(request, county)),
        text(
            N_("{time} · {language}"),
            time=Moment(request.starts_at),
            language=Language(request.language),
        ),
        text(N_("{state}"), state=state_of(request)),
    )


def stuck_alert(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b> needs you: no volunteer is left to ask."), number=request.number
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=Moment(request.starts_at)),
        text(N_("Language: {language}"), language=Language(request.language)),
        buttons=[[Button(text(B_("🔁 Ask all again")), f"request:again:{request.id}")]],
    )


def late_alert(request: HelpRequest, county: County) -> Message:
    """A volunteer dropped out when hardly any time is left."""
    return message(
        text(
            N_("🔴 <b>{number}</b>: the volunteer can't come, and it starts soon."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=Moment(request.starts_at)),
        text(N_("Language: {language}"), language=Language(request.language)),
        text(N_("Others are being asked now.")),
    )


def volunteer_unreachable(request: HelpRequest, county: County, assignment_id: int) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b>: the volunteer has blocked the bot. Please call them."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=Moment(request.starts_at)),
        buttons=[
            [
                Button(text(B_("👤 Who is it?")), f"task:who:{assignment_id}"),
                Button(text(B_("🔁 Ask others")), f"task:others:{assignment_id}"),
            ]
        ],
    )


def volunteer_reachable(request: HelpRequest) -> Message:
    """Takes the place of :func:`volunteer_unreachable`."""
    return message(
        text(N_("✅ {number}: the volunteer can be reached again."), number=request.number)
    )


def requester_unreachable(request: HelpRequest, county: County) -> Message:
    return message(
        text(
            N_("⚠️ <b>{number}</b>: the person who asked has blocked the bot and hears nothing."),
            number=request.number,
        ),
        text(N_("{what}, {time}"), what=category(request, county), time=Moment(request.starts_at)),
    )


def requester_reachable(request: HelpRequest) -> Message:
    """Takes the place of :func:`requester_unreachable`."""
    return message(
        text(N_("✅ {number}: the person who asked can be reached again."), number=request.number)
    )


def who_comes(request: HelpRequest, name: str) -> Message:
    """In private, for a coordinator who asked."""
    return message(text(N_("👤 {number}: {name}"), number=request.number, name=name))


def group_lost() -> Message:
    return message(
        text(
            N_(
                "⚠️ I can no longer write to your group. Until you write /here in a group, I tell"
                " each coordinator here what needs you."
            )
        ),
    )


def shown_elsewhere() -> Message:
    return message(text(N_("Requests are shown in another group from now on.")))


# --- calls --------------------------------------------------------------------------------------


def call_wanted(call_id: int, language: str) -> Message:
    return message(
        text(
            N_("📞 Somebody asks to be called. Language: {language}"), language=Language(language)
        ),
        buttons=[[Button(text(B_("I'll take it")), f"call:take:{call_id}")]],
    )


def call_taken(call_id: int, language: str) -> Message:
    """The way to take it over stays: whoever has it may fall ill."""
    return message(
        text(N_("📞 Call in {language}: a coordinator has taken it."), language=Language(language)),
        buttons=[[Button(text(B_("Take it over")), f"call:over:{call_id}")]],
    )


def call_details(call_id: int, phone: str, language: str) -> Message:
    return message(
        text(N_("📞 Please call: {phone}"), phone=phone),
        text(N_("Language: {language}"), language=Language(language)),
        buttons=[[Button(text(B_("✔️ Called")), f"call:done:{call_id}")]],
    )


def call_passed_on() -> Message:
    """Takes the place of the number at the coordinator who had it."""
    return message(text(N_("📞 Another coordinator has taken this call over.")))


def call_over(language: str) -> Message:
    return message(
        text(N_("✔️ Call in {language}: done."), language=Language(language)),
    )


def call_finished() -> Message:
    return message(text(N_("✔️ Done. The phone number is deleted.")))
