"""Under the hood: requests of the bot and updates to it, shortened; the token is in neither."""

from collections.abc import Sequence
from typing import Any, Final, cast

from simulator.journal import Entry
from simulator.json_types import JsonObject

_LONGEST_TEXT: Final = 120
_MOST_ITEMS: Final = 12
_DEEPEST: Final = 7


def shortened(value: Any, depth: int = 0) -> Any:
    """The same structure, long texts and lists cut."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_TEXT else f"{value[: _LONGEST_TEXT - 1]}…"
    if not isinstance(value, (list, tuple, dict)):
        return value
    if depth >= _DEEPEST:
        return "…"
    if isinstance(value, dict):
        fields = cast(JsonObject, value)
        return {name: shortened(each, depth + 1) for name, each in fields.items()}
    items = list(cast(Sequence[Any], value))
    some = [shortened(each, depth + 1) for each in items[:_MOST_ITEMS]]
    return [*some, "…"] if len(items) > _MOST_ITEMS else some


def request(entry: Entry) -> JsonObject:
    """One request and its answer; `status` None: the connection was dropped."""
    answer = entry.answer
    chat = entry.params.get("chat_id")
    return {
        "seq": entry.seq,
        "time": int(entry.time),
        "method": entry.method,
        "chat_id": _number(chat),
        "params": shortened(entry.params),
        "status": None if answer is None else answer.get("error_code", 200),
        "error": None
        if answer is None
        else answer.get("description")
        if not answer["ok"]
        else None,
        "result": None if answer is None or not answer["ok"] else _result(answer["result"]),
    }


def _number(given: object) -> int | None:
    try:
        return int(str(given))
    except ValueError:
        return None


def _result(result: Any) -> str:
    if isinstance(result, dict) and "message_id" in result:
        return f"message {cast(JsonObject, result)['message_id']}"
    return str(shortened(str(cast(object, result))))


def update(one: JsonObject, time: int) -> JsonObject:
    kind = next(name for name in one if name != "update_id")
    payload: JsonObject = one[kind]
    about: JsonObject = payload.get("message") or payload
    said = payload.get("data") or about.get("text") or about.get("caption") or ""
    return {
        "id": one["update_id"],
        "kind": kind,
        "time": time,
        "chat_id": about.get("chat", {}).get("id"),
        "short": shortened(str(said)),
        "json": shortened(one),
    }
