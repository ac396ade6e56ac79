"""Where pages come from: what every source gives.

Importing this package is cheap: those who read pages start with it.
"""

from ingest.sources.raw import (
    MAX_PAGE_BYTES,
    Failure,
    Found,
    Joined,
    PageKind,
    RawPage,
    Source,
    SourceError,
    Unchanged,
)

__all__ = [
    "MAX_PAGE_BYTES",
    "Failure",
    "Found",
    "Joined",
    "PageKind",
    "RawPage",
    "Source",
    "SourceError",
    "Unchanged",
]
