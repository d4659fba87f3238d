"""The screens that stand outside a conversation: languages, the menu, and what this is."""

from datetime import datetime

from bot.domain.people import Role
from bot.domain.rights import Right, may
from bot.i18n.languages import endonym, guess, guess_by_script
from bot.messages import B_, N_, Button, Day, Message, Rows, Text, message, text
from bot.storage import assignments, conversations, requests, volunteers
from bot.usecases import notices
from handlers.common import voices
from handlers.common.kept import CASE_KEPT_DAYS, KEPT_DAYS
from handlers.turn import Turn

ASK_FOR_HELP = text(B_("🙋 Ask for help"))
MY_REQUESTS = text(B_("📋 My requests"))
CALL_ME = text(B_("📞 Call me"))
SAME_AGAIN = text(B_("🔁 The same again"))
WANT_TO_HELP = text(B_("🤝 I want to help"))
MY_TASKS = text(B_("🗓 My tasks"))
MY_PROFILE = text(B_("👤 My profile"))
MY_HOURS = text(B_("🧾 My hours"))
PAUSE = text(B_("⏸ Pause"))
WHAT_WAITS = text(B_("🗂 What waits"))
FILE_FOR = text(B_("➕ For somebody"))
TEAM = text(B_("👥 The team"))
AUDIT = text(B_("🔏 Audit trail"))
FOR_CLIENT = text(B_("➕ For a client"))
LANGUAGE = text(B_("🌐 Language"))
HELP = text(B_("❓ Help"))
REMINDERS = text(B_("⏰ Reminders"))
MENU = text(B_("🏠 Menu"))
_GO_ON = text(B_("▶️ Go on"))

_CHOOSE = N_("Please choose your language.")

_NO_WORDS = ""
BLANK_LINE = Text(_NO_WORDS)


def show(turn: Turn, *above: Text) -> None:
    """What this person can do here, and how many things of theirs are under way."""
    turn.show(
        message(
            *above,
            *notices.greeting(turn.county, turn.language),
            *_under_way(turn),
            *_standing(turn),
            text(N_("What would you like to do?")),
            buttons=_actions(turn),
        )
    )


def explain(turn: Turn) -> None:
    show_aside(
        turn,
        message(
            text(N_("<b>Lotse</b> finds volunteers who help you, in your language. It is free.")),
            text(
                N_(
                    "Tap a button, or write your answer. You can go back, cancel or change the"
                    " language at any time."
                )
            ),
            text(
                N_("You would rather talk to a person? Call the office: {phone}"),
                phone=turn.county.office_phone,
            ),
            text(N_("In an emergency call 112.")),
            *_volunteers_can(turn),
        ),
    )


def _volunteers_can(turn: Turn) -> list[Text]:
    """What the menu has for volunteers."""
    if turn.person is None or not turn.person.has(Role.VOLUNTEER):
        return []
    return [
        text(N_("<b>As a volunteer you can:</b>")),
        text(N_("/tasks: see your tasks, look for open tasks, give a task back.")),
        text(N_("/profile: change languages, places, times and how many tasks a week you do.")),
        text(N_("/pause: take a break now, or tell us your holidays.")),
        text(N_("/calendar: see your tasks in your own calendar.")),
        text(N_("/reminders: choose when we remind you and when we are quiet.")),
        text(N_("Is it too much? Tap “😮‍💨 Too much for me” below your profile. We call you.")),
    ]


def privacy(turn: Turn) -> None:
    """The longer page behind the agreement."""
    office = {"office": turn.county.office_name, "phone": turn.county.office_phone}
    show_aside(
        turn,
        message(
            text(N_("Responsible: {office}, {phone}"), **office),
            text(
                N_(
                    "<b>What we keep:</b> your name, your language, your answers, and the number of"
                    " this chat."
                )
            ),
            text(
                N_(
                    "<b>How long:</b> we delete a request {days} days after it is over, and a phone"
                    " number after the call."
                ),
                days=KEPT_DAYS,
            ),
            text(
                N_(
                    "<b>Kept longer:</b> a case that the coordinators look into, until {days} days"
                    " after its end; and a missed appointment, for {months} months."
                ),
                days=CASE_KEPT_DAYS,
                months=turn.county.no_show_months,
            ),
            text(
                N_(
                    "<b>Who sees it:</b> the office, and the volunteer who helps you. Other"
                    " volunteers only see the kind of help, the place, the time and the language."
                )
            ),
            text(
                N_(
                    "<b>Voice messages:</b> the office can ask a volunteer whom it trusts to listen"
                    " to yours and to write down what you need."
                )
            ),
            text(
                N_(
                    "<b>Telegram:</b> this chat goes through Telegram's servers, which are not in"
                    " Germany. Please write nothing about illnesses, and send no papers."
                )
            ),
            text(
                N_("<b>You can change your mind:</b> call {phone}, and we delete everything."),
                **office,
            ),
            *notices.office_hours(turn.county),
        ),
    )


def ask_language(turn: Turn) -> None:
    """Languages by their own names, asked in each of them: a screen that everybody can read."""
    offered = _languages(turn)
    said = dict.fromkeys(turn.wording.plain(Text(_CHOOSE), language) for language in offered)
    asked = [Text("{line}", {"line": line}) for line in said]  # Persian and Dari say the same
    names = [Button(Text("{name}", {"name": endonym(code)}), f"lang:{code}") for code in offered]
    rows = [names[at : at + 2] for at in range(0, len(names), 2)]
    rows += voices.samples_button(turn, offered)
    screen = message(text(N_("🌐")), *asked, buttons=rows)
    turn.show(screen if turn.chosen_language is None else _with_way_on(turn, screen))


def play_languages(turn: Turn) -> None:
    """A sample of each language that is recorded; the list stands below them again."""
    if turn.on_screen:  # an old list further up only comes once more
        for sample in voices.samples(turn, _languages(turn)):
            turn.say(sample)
        turn.on_screen = False
    ask_language(turn)


def show_aside(turn: Turn, said: Message) -> None:
    """A look at something else, with the way back to the open question, or to the menu."""
    turn.show(_with_way_on(turn, said))


def _with_way_on(turn: Turn, said: Message) -> Message:
    is_open = conversations.load(turn.tx, turn.chat_id) is not None
    way_on = Button(_GO_ON if is_open else MENU, "menu:go_on")
    return message(*said.lines, buttons=[*said.buttons, [way_on]])


def _languages(turn: Turn) -> list[str]:
    """What is offered; what they write or what their app speaks comes first, as a guess."""
    user = turn.update.effective_user
    spoken = None if user is None else guess(user.language_code)
    likely = [*guess_by_script(turn.written), *([spoken] if spoken else [])]
    offered = turn.wording.catalogues.offered
    return [
        *(code for code in dict.fromkeys(likely) if code in offered),
        *(code for code in offered if code not in likely),
    ]


def _under_way(turn: Turn) -> list[Text]:
    person = turn.person
    if person is None:
        return []
    asked = [one for one in requests.of_person(turn.tx, person.id) if not one.is_meeting]
    counts = (
        (N_("Open requests: {count}"), len(asked)),
        (N_("Tasks: {count}"), len(assignments.active_of_volunteer(turn.tx, person.id))),
    )
    return [text(words, count=count) for words, count in counts if count]


def _standing(turn: Turn) -> list[Text]:
    """How far a new volunteer has come; and that somebody has a break."""
    person = turn.person
    volunteer = None if person is None else volunteers.find(turn.tx, person.id)
    if volunteer is None:
        return []
    joining = volunteers.joining(turn.tx, volunteer.person_id)
    if joining is not None and not joining.confirmed:
        return [text(N_("Your profile is not finished yet. Please tap “👤 My profile”."))]
    if joining is not None and joining.declined and not volunteer.active:
        return [text(N_("The office can't begin with you at the moment."))]
    if not volunteer.active:
        return [text(N_("The office looks at your profile. You will hear from us here."))]
    today = datetime.fromtimestamp(turn.tx.now, turn.county.zone).date()
    back_on = volunteer.back_on(today)
    if back_on is not None:
        return [
            text(
                N_("⏸ You have a break. We will ask you again from {day}."),
                day=Day(back_on),
            )
        ]
    return []


def _actions(turn: Turn) -> Rows:
    person = turn.person
    rows: list[tuple[Button, ...]] = [(Button(ASK_FOR_HELP, "menu:ask"),)]
    if person is not None and requests.any_of_person(turn.tx, person.id):
        rows.append((Button(SAME_AGAIN, "menu:again"),))
    rows.append((Button(MY_REQUESTS, "menu:mine"), Button(CALL_ME, "menu:call")))
    if person is not None and person.has(Role.VOLUNTEER):
        rows.append((Button(MY_TASKS, "menu:tasks"),))
        rows.append((Button(MY_PROFILE, "profile:show"), Button(PAUSE, "pause:ask")))
    else:
        rows.append((Button(WANT_TO_HELP, "menu:apply"),))
    if person is not None and person.has(Role.COORDINATOR):
        rows.append((Button(WHAT_WAITS, "desk:open"), Button(FILE_FOR, "desk:new")))
    elif may(person, Right.LOOK):
        rows.append((Button(WHAT_WAITS, "desk:open"),))
    if may(person, Right.PEOPLE):
        rows.append((Button(TEAM, "person:team"), Button(AUDIT, "audit:show")))
    if may(person, Right.REFER):
        rows.append((Button(FOR_CLIENT, "file:new"),))
    if person is not None:
        rows.append((Button(REMINDERS, "menu:reminders"),))
    return (*rows, (Button(LANGUAGE, "menu:language"), Button(HELP, "menu:help")))
