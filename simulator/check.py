"""The oracle of strict mode: aiogram's models of every Bot API method, an independent reading.

aiogram costs four seconds to import, so it is imported only when an `Oracle` is made.
"""

import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from simulator.json_types import JsonObject
from simulator.params import Params

_MARKUPS = {
    "inline_keyboard": "InlineKeyboardMarkup",
    "keyboard": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "force_reply": "ForceReply",
}


@dataclass(frozen=True)
class Violation:
    """A request no correct client sends, and why."""

    method: str
    params: JsonObject
    problem: str


class Oracle:
    """Checks requests. aiogram's models accept unknown fields, so those are looked for apart."""

    def __init__(self) -> None:
        self._methods: Any = importlib.import_module("aiogram.methods")
        self._types: Any = importlib.import_module("aiogram.types")
        self._invalid: Any = importlib.import_module("pydantic").ValidationError

    def problems(self, method: str, params: Params) -> list[str]:
        """What is wrong with a request's names and types; lengths are checked by the methods."""
        model: Any = getattr(self._methods, method[:1].upper() + method[1:], None)
        if model is None:
            return [f"unknown method {method}"]
        given = params.decoded()
        for name, upload in params.uploads.items():
            if name in model.model_fields:
                given[name] = self._types.BufferedInputFile(upload.data, upload.file_name)
            elif f"attach://{name}" in params.values.values():
                del given[name]
        try:
            if (markup := given.get("reply_markup")) is not None:
                given["reply_markup"] = self._markup(markup)
            request = model.model_validate(given)
        except self._invalid as error:
            return [_sentence(detail) for detail in error.errors()]
        except ValueError as error:
            return [str(error)]
        return [f"unknown parameter {path}" for path in strays(request, "")]

    def _markup(self, given: object) -> Any:
        """The markup in the class its key names; as a union it would be read as any of them."""
        keys: set[str] = set()
        if isinstance(given, dict):
            keys = _MARKUPS.keys() & cast(JsonObject, given).keys()
        if len(keys) != 1:
            raise ValueError("reply_markup: exactly one kind of markup expected")
        return getattr(self._types, _MARKUPS[keys.pop()]).model_validate(given)


def _sentence(detail: Any) -> str:
    where = ".".join(str(step) for step in detail["loc"])
    return f"{where}: {detail['msg']}"


def strays(node: Any, path: str) -> Iterator[str]:
    """The paths of fields no model knows."""
    if isinstance(node, list | tuple):
        for index, item in enumerate(cast("list[Any]", node)):
            yield from strays(item, f"{path}[{index}]")
    elif hasattr(node, "model_extra"):
        prefix = f"{path}." if path else ""
        yield from (f"{prefix}{name}" for name in cast(JsonObject, node.model_extra or {}))
        for name, value in cast("Iterable[tuple[str, Any]]", node):
            yield from strays(value, f"{prefix}{name}")
