"""The newsroom's web sources and what is published of them, by a publisher without an index."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from ingest import registry
from ingest.job import plan, run
from ingest.reading import PageReader
from ingest.report import Report
from ingest.settings import IngestSettings
from tests.ingest.desk import Desk as FolderDesk
from tests.ingest.desk import Press, Silent
from vectorstore.catalog import Catalog


class WebDesk(FolderDesk):
    """A desk whose sources are web addresses; without any, those that are remembered."""

    def __init__(self, data: Path, **logins: str) -> None:
        super().__init__(data / "news", data)
        self.logins = logins

    @property
    def settings(self) -> IngestSettings:
        return IngestSettings(
            data_dir=self.data, allow_private_hosts=("127.0.0.1",), site_logins=self.logins
        )

    def add(self, address: str, *types: str) -> str:
        """Have a source remembered; gives its name."""
        return registry.add(address, self.settings, types)[0].name

    def remove(self, address: str, *, keep: bool = False) -> None:
        registry.remove(address, self.settings, keep=keep)

    def sources(self) -> list[dict[str, Any]]:
        with closing(Catalog.open(self.data)) as catalog:
            return registry.listed(catalog)

    def ingest(self, *addresses: str, **wishes: bool) -> Report:
        """Ingest what is named, or all that is remembered."""
        with (
            closing(Catalog.open(self.data)) as catalog,
            registry.opener(self.settings, catalog) as opening,
        ):
            return run(
                opening.sources(addresses),
                catalog,
                lambda: PageReader(catalog.dossiers()),
                lambda: Press(self, catalog, "m"),
                Silent(),
                model="m",
                **wishes,
            )

    def planned(self, *addresses: str) -> Report:
        """What ingesting would do."""
        with (
            closing(Catalog.open(self.data)) as catalog,
            registry.opener(self.settings, catalog) as opening,
        ):
            return plan(
                opening.sources(addresses),
                catalog,
                lambda: PageReader(catalog.dossiers()),
                Silent(),
            )

    def titles(self) -> dict[str, str]:
        """The titles of what is published, by id."""
        return {id: row["title"] for id, row in self.published().items()}

    def titled(self, title: str) -> dict[str, Any]:
        """The one briefing of a title."""
        (found,) = [row for row in self.published().values() if row["title"] == title]
        return found
