"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

import re
from typing import cast

from telegram.constants import PollingLimit, WebhookLimit

from simulator.context import Call, Described
from simulator.errors import WEBHOOK_ACTIVE, WEBHOOK_SET_DURING_POLL, conflict, malformed
from simulator.json_types import JsonObject
from simulator.webhook import Webhook

_LONGEST_POLL_SECONDS = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


async def get_updates(call: Call) -> list[JsonObject]:
    if call.delivery.active:
        raise conflict(WEBHOOK_ACTIVE)
    call.updates.allow(_allowed(call))
    limit = call.params.integer("limit", PollingLimit.MAX_LIMIT)
    timeout = call.params.integer("timeout")
    return await call.updates.poll(
        call.params.integer("offset"),
        min(max(limit, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT),
        min(max(timeout, 0), _LONGEST_POLL_SECONDS),
    )


async def set_webhook(call: Call) -> Described:
    """An empty url deletes the webhook. Unlike the real server plain http is accepted."""
    url, secret = call.params.text("url"), call.params.text("secret_token")
    if not url:
        return await delete_webhook(call)
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise malformed("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > WebhookLimit.MAX_SECRET_TOKEN_LENGTH or not _SECRET.fullmatch(secret):
        raise malformed("secret token contains unallowed characters")
    call.updates.allow(_allowed(call))
    if call.params.flag("drop_pending_updates"):
        call.updates.clear()
    call.updates.end_poll(conflict(WEBHOOK_SET_DURING_POLL))
    connections = call.params.integer("max_connections", 40)
    already = (call.delivery.webhook.url, call.delivery.webhook.secret_token) == (url, secret)
    await call.delivery.set(Webhook(url, secret, connections))
    said = "Webhook is already set" if already else "Webhook was set"
    return Described(True, said)


async def delete_webhook(call: Call) -> Described:
    if call.params.flag("drop_pending_updates"):
        call.updates.clear()
    was_active = call.delivery.active
    await call.delivery.set(Webhook())
    said = "Webhook was deleted" if was_active else "Webhook is already deleted"
    return Described(True, said)


def get_webhook_info(call: Call) -> JsonObject:
    webhook = call.delivery.webhook
    info: JsonObject = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(call.updates),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
        info["ip_address"] = "127.0.0.1"
    if webhook.last_error_date is not None:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    if call.updates.allowed is not None:
        info["allowed_updates"] = sorted(call.updates.allowed)
    return info


def _allowed(call: Call) -> list[str] | None:
    value = call.params.document("allowed_updates")
    if value is not None and not isinstance(value, list):
        raise malformed("can't parse allowed_updates: expected an Array of String")
    return cast("list[str] | None", value)
