"""The editors' settings, on top of the store's; opens no connection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from ingest.web.addresses import Allowed
from vectorstore.settings import StoreSettings


class IngestSettings(StoreSettings):
    """What may be asked for pages: the public web, and of private hosts those named here.

    ``site_logins`` are by host, each ``name:application password``.
    """

    allow_private_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    site_logins: Mapping[str, SecretStr] = Field(default_factory=dict)

    def logins(self) -> dict[str, tuple[str, str]]:
        """Name and password, by host."""
        parted = {h: s.get_secret_value().partition(":") for h, s in self.site_logins.items()}
        return {host.lower(): (name, password) for host, (name, _, password) in parted.items()}

    @field_validator("allow_private_hosts", mode="before")
    @classmethod
    def _entries(cls, value: object) -> object:
        return tuple(value.split(",")) if isinstance(value, str) else value

    @field_validator("allow_private_hosts")
    @classmethod
    def _understood(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        Allowed.read(entries)
        return entries

    @field_validator("site_logins")
    @classmethod
    def _parted(cls, logins: Mapping[str, SecretStr]) -> Mapping[str, SecretStr]:
        if not all(login.get_secret_value().partition(":")[2] for login in logins.values()):
            raise ValueError('write {"blog.example": "name:application password"}')
        return logins
