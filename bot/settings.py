"""The bot's settings, on top of the store's; opens no connection."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from bot.roles import Policy
from vectorstore.settings import StoreSettings

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
UserIds = Annotated[frozenset[int], NoDecode]


class BotSettings(StoreSettings):
    """How to reach Telegram and a chat model, who edits, and when the briefings are out of date.

    Without a token only the terminal commands work; without ``llm_model`` answers are the words of
    the briefings alone; without ``stale_after`` they never count as out of date; without
    ``hook_port`` the bot takes no hints from the CMS. ``timezone`` is an IANA name.
    """

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    admin_ids: UserIds = frozenset()
    editor_ids: UserIds = frozenset()
    staff_ids: UserIds = frozenset()
    access: Policy = Policy.PUBLIC
    questions_per_day: int = Field(default=200, ge=1)
    keep_questions_days: int = Field(default=90, ge=0)
    timezone: str = "UTC"
    subscriber_digest: bool = False
    quiet_digest: bool = True
    stale_after: timedelta | None = None
    llm_model: str = ""
    llm_base_url: str = ""
    llm_api_key: SecretStr | None = None
    hook_port: int | None = Field(default=None, ge=1, le=65535)

    @field_validator("admin_ids", "editor_ids", "staff_ids", mode="before")
    @classmethod
    def _user_ids(cls, listed: object) -> object:
        if not isinstance(listed, str):
            return listed
        ids = [each.strip() for each in listed.split(",") if each.strip()]
        if not all(re.fullmatch(r"[1-9]\d{0,15}", each) for each in ids):
            raise ValueError(
                "list Telegram user ids, which are numbers, with commas between them: 123456,789"
            )
        return frozenset(map(int, ids))

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError("write a time zone as Europe/Paris")
        return zone

    @field_validator("stale_after", mode="before")
    @classmethod
    def _duration(cls, written: object) -> object:
        if not isinstance(written, str):
            return written
        match = re.fullmatch(r"\s*([1-9]\d{0,4})\s*([mhd])\s*", written.lower())
        if not match:
            raise ValueError("write a number with m, h or d behind it: 90m, 36h or 3d")
        return timedelta(**{_UNITS[match[2]]: int(match[1])})
