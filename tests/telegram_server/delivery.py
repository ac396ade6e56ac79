"""The methods by which the bot takes its updates; the queue itself is in updates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.telegram_server.chats import Json
from tests.telegram_server.transcript import Call
from tests.telegram_server.updates import Update
from tests.telegram_server.world import World


async def get_updates(world: World, call: Call) -> list[Update]:
    params = call.params
    world.updates.allow(params.get("allowed_updates"))
    return await world.updates.poll(
        offset=int(params.get("offset") or 0),
        limit=int(params.get("limit") or 100),
        timeout=float(params.get("timeout") or 0),
    )


def set_webhook(world: World, call: Call) -> bool:
    params = call.params
    world.updates.allow(params.get("allowed_updates"))
    if params.get("drop_pending_updates"):
        world.updates.drop_pending()
    if not params.get("url"):
        world.updates.delete_webhook()
        return True
    connections = int(params.get("max_connections") or 40)
    world.updates.set_webhook(params["url"], params.get("secret_token"), connections)
    return True


def delete_webhook(world: World, call: Call) -> bool:
    if call.params.get("drop_pending_updates"):
        world.updates.drop_pending()
    world.updates.delete_webhook()
    return True


def get_webhook_info(world: World, _call: Call) -> Json:
    return world.updates.webhook_info()


METHODS: dict[str, Callable[[World, Call], Any]] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
