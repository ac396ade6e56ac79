"""The bot's settings, on top of the store's; opens no connection."""

from __future__ import annotations

from pydantic import SecretStr

from vectorstore.settings import StoreSettings


class BotSettings(StoreSettings):
    """How to reach Telegram. Without a token only the terminal commands work."""

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
