"""The editors' settings, on top of the store's; opens no connection."""

from __future__ import annotations

from typing import Annotated

from pydantic import SecretStr, field_validator
from pydantic_settings import NoDecode

from ingest.web.addresses import Allowed
from vectorstore.settings import StoreSettings


class IngestSettings(StoreSettings):
    """What may be asked for pages, and what the CMS signs its hints with.

    Pages come from the public web, and of private hosts from those named here.
    """

    allow_private_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    hook_secret: SecretStr | None = None

    @field_validator("allow_private_hosts", mode="before")
    @classmethod
    def _entries(cls, value: object) -> object:
        return tuple(value.split(",")) if isinstance(value, str) else value

    @field_validator("allow_private_hosts")
    @classmethod
    def _understood(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        Allowed.read(entries)
        return entries
