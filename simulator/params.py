"""The parameters of one request, whatever way they travelled (query, form, multipart, JSON body).

Structures arrive as JSON inside a string when sent as a form, natively in a JSON body.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from aiohttp import web

from simulator.errors import malformed
from simulator.json_types import JsonObject

STRUCTURES = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "link_preview_options",
    "menu_button",
    "message_ids",
    "reaction",
    "reply_markup",
    "reply_parameters",
    "scope",
}


@dataclass(frozen=True)
class Upload:
    """A file inside a multipart request."""

    file_name: str
    mime_type: str
    data: bytes

    def wire(self) -> JsonObject:
        """How the journal shows it."""
        return {"file_name": self.file_name, "mime_type": self.mime_type, "size": len(self.data)}


@dataclass(frozen=True)
class Params:
    """Typed access; a missing parameter is empty, as on the real server."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict[str, Upload])

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.uploads

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float | None:
        try:
            return float(self.values[name])
        except (KeyError, TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        value = self.values.get(name)
        return value is True or str(value).lower() in ("true", "1", "yes")

    def document(self, name: str) -> Any:
        """The structure called `name`, or None if it is not there."""
        value = self.values.get(name)
        if isinstance(value, str):
            if not value:
                return None
            try:
                return json.loads(value)
            except ValueError:
                raise malformed(f"can't parse {name.replace('_', ' ')} JSON object") from None
        return value

    def list_of_objects(self, name: str) -> list[JsonObject] | None:
        value = self.document(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(
            isinstance(item, dict) for item in cast(list[Any], value)
        ):
            raise malformed(f"can't parse {name.replace('_', ' ')}: expected an Array of objects")
        return cast(list[JsonObject], value)

    def object(self, name: str) -> JsonObject | None:
        value = self.document(name)
        if value is not None and not isinstance(value, dict):
            raise malformed(f"object expected as {name.replace('_', ' ')}")
        return cast("JsonObject | None", value)

    def decoded(self) -> JsonObject:
        """All parameters, structures decoded, uploads described: for journal and oracle."""
        shown: JsonObject = dict(self.values)
        for name in STRUCTURES & shown.keys():
            if isinstance(shown[name], str):
                try:
                    shown[name] = json.loads(shown[name])
                except ValueError:
                    continue
        shown.update({name: upload.wire() for name, upload in self.uploads.items()})
        return shown


async def read_params(request: web.Request) -> Params:
    """Collects the parameters of `request`. Raises ApiError for a body that can't be read."""
    values: JsonObject = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = json.loads(await request.text())
        except ValueError:
            raise malformed("can't parse request body JSON object") from None
        if not isinstance(body, dict):
            raise malformed("can't parse request body JSON object")
        values.update(cast(JsonObject, body))
    elif request.method == "POST":
        for name, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                data = part.file.read()
                uploads[name] = Upload(part.filename, part.content_type, data)
            elif isinstance(part, str):
                values[name] = part
            else:
                values[name] = bytes(part).decode()
    return Params(values, uploads)
