"""The bot's settings, on top of the store's; opens no connection."""

from __future__ import annotations

from pydantic import SecretStr

from vectorstore.settings import StoreSettings


class BotSettings(StoreSettings):
    """How to reach Telegram and a chat model.

    Without a token only the terminal commands work; without ``llm_model`` answers are the words of
    the briefings alone.
    """

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    llm_model: str = ""
    llm_base_url: str = ""
    llm_api_key: SecretStr | None = None
