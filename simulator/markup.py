"""`reply_markup`: what the server accepts and keeps of it."""

from dataclasses import dataclass
from typing import Any, cast

from telegram.constants import (
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    ReplyLimit,
)

from simulator.errors import malformed
from simulator.json_types import JsonObject
from simulator.params import Params

_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")


@dataclass(frozen=True)
class Markup:
    """Either buttons under the message or an instruction about the reply keyboard."""

    inline_keyboard: list[list[JsonObject]] | None = None
    reply_keyboard: JsonObject | None = None


def read_markup(params: Params, *, inline_only: bool = False) -> Markup:
    """The markup of a request. Raises ApiError for what the real server refuses."""
    given = params.object("reply_markup")
    if not given:
        return Markup()
    kinds = [kind for kind in _KINDS if kind in given]
    if len(kinds) != 1:
        raise malformed("object expected as reply markup")
    if kinds == ["inline_keyboard"]:
        rows = [row for row in _rows(given["inline_keyboard"], "inline keyboard") if row]
        for button in (button for row in rows for button in row):
            _check_inline_button(button)
        return Markup(inline_keyboard=rows or None)
    if inline_only:
        raise malformed("inline keyboard expected")
    if kinds == ["keyboard"]:
        rows = _rows(given["keyboard"], "keyboard")
        placeholder = given.get("input_field_placeholder", "")
        if len(placeholder) > ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER:
            raise malformed("input field placeholder is too long")
        # A plain string is a button too.
        keyboard = [
            [{"text": key} if isinstance(key, str) else key for key in row] for row in rows if row
        ]
        for key in (key for row in keyboard for key in row):
            if not key.get("text"):
                raise malformed("can't parse keyboard button: Can't find field \"text\"")
        return Markup(reply_keyboard={**given, "keyboard": keyboard})
    if given[kinds[0]] is not True:
        raise malformed("object expected as reply markup")
    return Markup(reply_keyboard=given)


def _rows(given: object, what: str) -> list[list[Any]]:
    rows = cast(list[Any], given)
    if not isinstance(given, list) or not all(isinstance(row, list) for row in rows):
        raise malformed(f"can't parse {what} markup: expected an Array of Arrays")
    if any(len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW for row in rows):
        raise malformed("reply markup is too long")
    if sum(len(row) for row in rows) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise malformed("reply markup is too long")
    return rows


def _check_inline_button(button: object) -> None:
    start = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise malformed(f"{start}Object expected")
    fields = cast(JsonObject, button)
    if not isinstance(fields.get("text"), str) or not fields["text"].strip():
        raise malformed(f'{start}Can\'t find field "text"')
    actions = _ACTIONS & fields.keys()
    if not actions:
        raise malformed(f"{start}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise malformed(f"{start}Exactly one action is expected")
    if "callback_data" in fields:
        data = fields["callback_data"]
        longest = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= longest:
            raise malformed("BUTTON_DATA_INVALID")
    if "url" in fields:
        url = str(fields["url"])
        if not url.startswith(("http://", "https://", "tg://")):
            raise malformed("BUTTON_URL_INVALID")
    if "copy_text" in fields:
        text = str(cast(JsonObject, fields["copy_text"]).get("text", ""))
        if not 1 <= len(text) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT:
            raise malformed("BUTTON_COPY_TEXT_INVALID")
