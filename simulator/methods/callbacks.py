"""answerCallbackQuery."""

from telegram.constants import CallbackQueryLimit

from simulator.callbacks import CallbackAnswer
from simulator.context import Call
from simulator.errors import malformed


def answer_callback_query(call: Call) -> bool:
    """Within 15 seconds of the tap; a second answer is accepted and has no effect."""
    text = call.params.text("text")
    if len(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise malformed("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(
        text=text or None,
        alert=call.params.flag("show_alert"),
        url=call.params.text("url") or None,
    )
    tap = call.world.callbacks.answer(call.params.text("callback_query_id"), answer)
    call.world.events.publish(
        "answer",
        chat_id=tap.message.chat.id,
        user_id=tap.account.id,
        tap=tap.id,
        text=answer.text,
        alert=answer.alert,
        url=answer.url,
    )
    return True
