"""Names for JSON as it travels: objects whose shape the Bot API documents, not this package."""

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
