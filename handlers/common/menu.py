"""The screens that stand outside a conversation: languages, the menu, and what this is."""

from bot.domain.people import Role
from bot.i18n.languages import endonym, guess
from bot.messages import B_, N_, Button, Message, Rows, Text, message, text
from bot.storage import assignments, conversations, requests
from handlers.turn import Turn

ASK_FOR_HELP = text(B_("🙋 Ask for help"))
MY_REQUESTS = text(B_("📋 My requests"))
CALL_ME = text(B_("📞 Call me"))
MY_TASKS = text(B_("🗓 My tasks"))
LANGUAGE = text(B_("🌐 Language"))
HELP = text(B_("❓ Help"))
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
            *_under_way(turn),
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
        ),
    )


def ask_language(turn: Turn) -> None:
    """Languages by their own names, asked in each of them: a screen that everybody can read."""
    offered = _languages(turn)
    said = dict.fromkeys(turn.wording.plain(Text(_CHOOSE), language) for language in offered)
    asked = [Text("{line}", {"line": line}) for line in said]  # Persian and Dari say the same
    names = [Button(Text("{name}", {"name": endonym(code)}), f"lang:{code}") for code in offered]
    rows = [names[at : at + 2] for at in range(0, len(names), 2)]
    screen = message(text(N_("🌐")), *asked, buttons=rows)
    turn.show(screen if turn.chosen_language is None else _with_way_on(turn, screen))


def show_aside(turn: Turn, said: Message) -> None:
    """A look at something else, with the way back to the open question, or to the menu."""
    turn.show(_with_way_on(turn, said))


def _with_way_on(turn: Turn, said: Message) -> Message:
    is_open = conversations.load(turn.tx, turn.chat_id) is not None
    way_on = Button(_GO_ON if is_open else MENU, "menu:go_on")
    return message(*said.lines, buttons=[*said.buttons, [way_on]])


def _languages(turn: Turn) -> list[str]:
    """What is offered; what their app speaks comes first, as a guess."""
    user = turn.update.effective_user
    likely = None if user is None else guess(user.language_code)
    return sorted(turn.wording.catalogues.offered, key=lambda code: code != likely)


def _under_way(turn: Turn) -> list[Text]:
    person = turn.person
    if person is None:
        return []
    counts = (
        (N_("Open requests: {count}"), len(requests.of_person(turn.tx, person.id))),
        (N_("Tasks: {count}"), len(assignments.active_of_volunteer(turn.tx, person.id))),
    )
    return [text(words, count=count) for words, count in counts if count]


def _actions(turn: Turn) -> Rows:
    rows = [
        (Button(ASK_FOR_HELP, "menu:ask"),),
        (Button(MY_REQUESTS, "menu:mine"), Button(CALL_ME, "menu:call")),
    ]
    if turn.person is not None and turn.person.has(Role.VOLUNTEER):
        rows.append((Button(MY_TASKS, "menu:tasks"),))
    return (*rows, (Button(LANGUAGE, "menu:language"), Button(HELP, "menu:help")))
