"""The real server's error answers: code, text and the parameters that go with them."""

from dataclasses import dataclass

from simulator.json_types import JsonObject


@dataclass
class ApiError(Exception):
    """One refused request.

    `malformed` marks what a correct client never sends (too long, bad markup, unknown parameter);
    in strict mode these count as violations. Everything else can happen to a correct client.
    """

    code: int
    description: str
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None
    malformed: bool = False

    def __str__(self) -> str:
        return self.description

    def wire(self) -> JsonObject:
        answer: JsonObject = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        parameters = {
            "retry_after": self.retry_after,
            "migrate_to_chat_id": self.migrate_to_chat_id,
        }
        present = {name: value for name, value in parameters.items() if value is not None}
        return {**answer, "parameters": present} if present else answer


def bad_request(text: str) -> ApiError:
    """400 for a state of the world: a message that is gone, a missing right."""
    return ApiError(400, f"Bad Request: {text}")


def malformed(text: str) -> ApiError:
    """400 for a request that is wrong whatever the state of the world."""
    return ApiError(400, f"Bad Request: {text}", malformed=True)


def forbidden(text: str) -> ApiError:
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    return ApiError(409, f"Conflict: {text}")


def too_many_requests(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def upgraded(new_chat_id: int) -> ApiError:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return ApiError(400, text, migrate_to_chat_id=new_chat_id)


def not_found() -> ApiError:
    return ApiError(404, "Not Found")


def unauthorized() -> ApiError:
    return ApiError(401, "Unauthorized")


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET_DURING_POLL = "terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)
