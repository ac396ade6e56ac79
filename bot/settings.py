"""The bot's settings, on top of the store's; opens no connection."""

from __future__ import annotations

from pydantic import Field, SecretStr

from vectorstore.settings import StoreSettings


class BotSettings(StoreSettings):
    """How to reach Telegram and a chat model.

    Without a token only the terminal commands work; without ``llm_model`` answers are the words of
    the briefings alone; without ``hook_port`` the bot takes no hints from the CMS.
    """

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    llm_model: str = ""
    llm_base_url: str = ""
    llm_api_key: SecretStr | None = None
    hook_port: int | None = Field(default=None, ge=1, le=65535)
