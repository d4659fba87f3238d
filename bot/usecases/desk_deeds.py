"""What a coordinator can do with a request they look at: the buttons, those used most first."""

from dataclasses import dataclass

from bot.domain.requests import MOVES, UNDER_WAY, HelpRequest, Move, State
from bot.messages import B_, N_, Button, Message, message, text
from bot.usecases import blocking_notices, listening_notices
from bot.usecases import office_notices as group
from bot.usecases.desk_menus import back_button

#: So many stand below a request; the others behind "More".
_FIRST = 4
#: What changes nothing.
_ONLY_SHOWN = frozenset({"voice", "photo"})


@dataclass(frozen=True, slots=True)
class Standing:
    """``taken``: a volunteer has said yes. ``no_chat``: the bot can't write to the person.
    ``blocked``: they can ask for nothing for now. ``may_act``: who looks may change anything."""

    assignment_id: int | None = None
    taken: bool = False
    no_chat: bool = False
    blocked: bool = False
    may_act: bool = True


def below(request: HelpRequest, stands: Standing) -> list[list[Button]]:
    """Two rows, and the way to the rest."""
    buttons = _deeds(request, stands)
    more = Button(text(B_("⋯ More")), f"request:more:{request.id}")
    return [*_in_twos(buttons[:_FIRST]), *([[more]] if buttons[_FIRST:] else [])]


def more(request: HelpRequest, stands: Standing) -> Message:
    """The rest, in the place of the request."""
    buttons = _deeds(request, stands)
    return message(
        text(N_("⋯ {number}: what else can be done"), number=request.number),
        buttons=[*_in_twos(buttons[_FIRST:]), [back_button(request)]],
    )


def _deeds(request: HelpRequest, stands: Standing) -> list[Button]:
    incomplete = group.is_incomplete(request)
    ahead = request.state in UNDER_WAY
    can = {
        "release": request.state is State.WAITING and not incomplete,
        "complete": request.state is State.WAITING and incomplete,
        "hear": group.can_be_heard(request),
        "hand": request.state in (State.WAITING, State.OPEN, State.STUCK) and not incomplete,
        "relax": request.state in (State.OPEN, State.STUCK),
        "again": (request.state, Move.ASK_AGAIN) in MOVES,
        "refer": (request.state, Move.REFER) in MOVES,
        "reopen": (request.state, Move.REOPEN) in MOVES and request.series_id is None,
        "write": ahead,
        "tell": stands.taken,
        "free": stands.taken,
        "close": (request.state, Move.CLOSE) in MOVES,
        "drop": (request.state, Move.CANCEL) in MOVES,
        "others": stands.assignment_id is not None and request.state is State.ASSIGNED,
        "voice": bool(request.details.voice),
        "photo": bool(request.details.photo),
        "note": True,
        "merge": ahead and request.series_id is None,
        "pass": ahead,
        "block": not stands.no_chat and not stands.blocked,
        "unblock": stands.blocked,
    }
    labels = {
        "release": group.release_button(request),
        "complete": Button(text(B_("✍️ Complete it")), f"request:complete:{request.id}"),
        "hear": listening_notices.ask_button(request),
        "hand": group.by_hand_button(request),
        "relax": group.relax_button(request),
        "again": group.again_button(request),
        "refer": group.refer_button(request),
        "reopen": Button(text(B_("🔄 Open it again")), f"request:reopen:{request.id}"),
        "write": group.write_button(request),
        "tell": Button(text(B_("💬 To the volunteer")), f"request:tell:{request.id}"),
        "free": Button(text(B_("↩️ Free the volunteer")), f"request:free:{request.id}"),
        "close": group.close_button(request),
        "drop": Button(text(B_("✖️ Call it off")), f"request:drop:{request.id}"),
        "others": Button(text(B_("🔁 Ask others")), f"task:others:{stands.assignment_id}"),
        "voice": Button(text(B_("🎤 Listen")), f"request:voice:{request.id}"),
        "photo": Button(text(B_("📷 Show photo")), f"request:voice:{request.id}"),
        "note": Button(text(B_("📝 Note")), f"request:note:{request.id}"),
        "merge": Button(text(B_("🔗 Asked twice")), f"request:twice:{request.id}"),
        "pass": group.hand_over_button("request", request.id),
        "block": Button(text(B_("🚫 Block the person")), f"person:block:{request.person_id}"),
        "unblock": blocking_notices.unblock_button(request.person_id),
    }
    return [
        labels[key]
        for key, possible in can.items()
        if possible and (stands.may_act or key in _ONLY_SHOWN)
    ]


def _in_twos(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
