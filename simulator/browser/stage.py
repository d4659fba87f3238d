"""What the page needs and only the embedder can do: the bot's clock, its outbox, tours."""

from typing import Any, Protocol

from simulator.json_types import JsonObject
from simulator.records import Account


class Stage(Protocol):
    """Given by whoever runs the bot. Texts are {"en": …, "de": …}.

    `zone` is an IANA time zone, `kept` whether everything outlives the process.
    """

    zone: str
    kept: bool

    def person(self, account: Account) -> JsonObject:
        """{"role": requester | volunteer | coordinator | new, "about": texts}."""
        ...

    def front(self) -> list[int]:
        """The chats to be shown first."""
        ...

    async def clock(self) -> JsonObject:
        """{"now", "ticking", "walking", "to", "next": {"at", "kind", "what"} or None}."""
        ...

    async def move_clock(self, order: JsonObject) -> None:
        """{"go": now | hour | tomorrow | next | stop} or {"to": epoch seconds}; returns at once.

        Raises NotPossible while the clock walks, ValueError for what has passed.
        """
        ...

    async def outbox(self) -> int:
        """Messages the bot has still to send."""
        ...

    async def restart(self) -> None:
        """Cuts the bot off in mid-work and starts it again."""
        ...

    def tours(self) -> list[JsonObject]: ...

    def tour(self) -> JsonObject | None:
        """Where the guided tour is."""
        ...

    async def guide(self, order: str, given: JsonObject) -> None:
        """start (given: {"id"}) | next | play | pause | stop. Raises NotPossible, KeyError."""
        ...

    def transcript(self, record: list[JsonObject], chat_id: int | None) -> str:
        """A test in the bot's own style that does what `record` says, in one chat or in all."""
        ...

    def store(self) -> Any:
        """What the stage wants to find again after a restart (JSON)."""
        ...
