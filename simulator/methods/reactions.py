"""setMessageReaction."""

from telegram.constants import ReactionEmoji

from simulator.access import message_in, writable_chat
from simulator.context import Call
from simulator.errors import malformed


def set_message_reaction(call: Call) -> bool:
    """Bots may set one ordinary emoji; an empty list takes it away."""
    chat = writable_chat(call.world, call.params)
    message = message_in(chat, call.params, "react")
    reactions = call.params.list_of_objects("reaction") or []
    if len(reactions) > 1:
        raise malformed("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction.get("type") != "emoji" or reaction.get("emoji") not in set(ReactionEmoji):
            raise malformed("REACTION_INVALID")
    message.reactions[call.world.bot.id] = reactions
    call.world.edited(message)
    return True
