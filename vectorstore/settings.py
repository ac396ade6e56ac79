"""Settings that every room shares, read from the environment and one ``.env``; opens nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from platformdirs import user_cache_path
from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is missing or cannot be read; the message names every one at fault."""


class StoreSettings(BaseSettings):
    """Where the data lives and which model embeds it. A process variable beats ``.env``.

    Without ``database_url`` the catalog is SQLite's, in ``data_dir``, where the index always is.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    data_dir: Path = Path("data")
    database_url: SecretStr | None = None
    log_level: str = "WARNING"
    embedding_model: str = ""
    model_cache: Path = user_cache_path("briefing-bot")

    @property
    def database(self) -> str:
        """The PostgreSQL database's URL, with its password; "" for SQLite."""
        return self.database_url.get_secret_value() if self.database_url else ""

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
            raise ValueError("use DEBUG, INFO, WARNING, ERROR or CRITICAL")
        return level.upper()


S = TypeVar("S", bound=StoreSettings)


def read_settings(kind: type[S]) -> S:
    """The settings of one front door; raises `SettingsError` naming every variable at fault."""
    try:
        return kind()
    except ValidationError as error:
        faults = (
            f"{'_'.join(map(str, fault['loc'])).upper()}: "
            f"{fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors(include_input=False)  # a value may be a secret
        )
        raise SettingsError(f"Check .env and the environment. {'; '.join(faults)}") from None
