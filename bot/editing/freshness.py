"""How old what readers are told may be; knows not how they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

from vectorstore.catalog import Catalog


class Freshness:
    """Compares the last success of ingestion with how long one may be missing.

    Without ``stale_after`` nothing is ever out of date. Moments are in ``zone``.
    """

    def __init__(self, catalog: Catalog, stale_after: timedelta | None, zone: tzinfo = UTC) -> None:
        self._catalog = catalog
        self._stale_after = stale_after
        self._zone = zone

    def succeeded_at(self) -> datetime | None:
        """When ingestion last succeeded, None before the first publication.

        Where no run is on record, that is when the current generation was published.
        """
        run = self._catalog.last_success()
        current = None if run else self._catalog.current()
        moment = run.ended_at if run else current and current.published_at
        return moment.astimezone(self._zone) if moment else None

    def stale_since(self) -> datetime | None:
        """The last success when it is too long ago, None while what we have is fresh."""
        if self._stale_after is None:
            return None
        succeeded = self.succeeded_at()
        late = succeeded and datetime.now(UTC) - succeeded > self._stale_after
        return succeeded if late else None
