"""The whole routing table: what arrives, and the function that answers it. The first match wins."""

from typing import Any, TypeAlias

from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

from handlers.common import call_me, membership, menu
from handlers.common.private import in_own_language, in_private
from handlers.common.start import CALL_ME, Start
from handlers.common.talk import Script, Talk
from handlers.coordinator import office
from handlers.requester import ask_for_help, my_requests
from handlers.turn import Handler, Turns
from handlers.volunteer import offers

#: Every conversation there is.
SCRIPTS = (
    Script(ask_for_help.FLOW, ask_for_help.finish),
    Script(call_me.FLOW, call_me.finish),
)

Route: TypeAlias = BaseHandler[Any, Any, Any]

_PRIVATE = filters.ChatType.PRIVATE
_GROUP = filters.ChatType.GROUPS
_NEW = filters.UpdateType.MESSAGE
_EDITED = filters.UpdateType.EDITED_MESSAGE

#: The number at the end of a button's data: short enough for a column, whatever a client makes up.
_ID = r"\d{1,18}"


def routes(turns: Turns) -> list[Route]:
    """The routing table, bound to the transactions of *turns*."""
    talk = Talk(SCRIPTS, call_me=CALL_ME)
    words = {menu.MY_REQUESTS.msgid: my_requests.mine, menu.MY_TASKS.msgid: offers.tasks}
    first = Start(talk, words)

    def command(name: str, handler: Handler, where: filters.BaseFilter = _PRIVATE) -> Route:
        return CommandHandler(name, turns(handler), filters=where & _NEW)

    def button(pattern: str, handler: Handler) -> Route:
        return CallbackQueryHandler(turns(handler), pattern=f"^{pattern}$")

    def sent(where: filters.BaseFilter, handler: Handler) -> Route:
        return MessageHandler(where, turns(handler))

    own = in_own_language
    return [
        command("start", first.start),
        command("call", first.call_me),
        command("help", own(first.help)),
        command("language", own(first.language)),
        command("cancel", own(first.cancel)),
        command("back", own(first.back)),
        command("mine", own(my_requests.mine)),
        command("tasks", own(offers.tasks)),
        command("here", own(office.here_in_private)),
        command("here", office.here, _GROUP),
        button(r"lang:\w+", in_private(first.choose_language)),
        button("menu:call", in_private(first.call_me)),
        button(r"f:\d+:.+", own(first.tap)),
        button(r"join:i-[\w-]+", own(first.join)),
        button("menu:go_on", own(first.go_on)),
        button("menu:ask", own(first.ask_for_help)),
        button("menu:help", own(first.help)),
        button("menu:language", own(first.language)),
        button("menu:mine", own(my_requests.mine)),
        button("menu:tasks", own(offers.tasks)),
        button(f"request:show:{_ID}", own(my_requests.show)),
        button(f"request:cancel:{_ID}", own(my_requests.cancel)),
        button(f"request:cancelled:{_ID}", own(my_requests.cancelled)),
        button(f"offer:yes:{_ID}", in_private(offers.accept)),
        button(f"offer:no:{_ID}", in_private(offers.decline)),
        button(f"task:cant:{_ID}", own(offers.cannot_come)),
        button(f"task:back:{_ID}", own(offers.hand_back)),
        # A coordinator's, in the group; in private as long as there is none.
        button(f"request:again:{_ID}", office.ask_again),
        button(f"task:who:{_ID}", office.who_comes),
        button(f"task:others:{_ID}", office.ask_others),
        button(f"call:take:{_ID}", office.take_call),
        button(f"call:over:{_ID}", office.take_call_over),
        button(f"call:done:{_ID}", office.call_done),
        button(".*", first.old_button),
        sent(filters.StatusUpdate.MIGRATE & _NEW, membership.migrated),
        sent(_PRIVATE & _NEW & ~filters.StatusUpdate.ALL, first.anything),
        sent(_PRIVATE & _EDITED & filters.TEXT, first.edited),
        ChatMemberHandler(turns(membership.changed), ChatMemberHandler.MY_CHAT_MEMBER),
    ]
