"""Where pages come from: what every source gives, and how a person's word for one is opened.

Importing this package is cheap: a run in which nothing changed needs only what is here.
"""

from ingest.sources.leaving import Leaving
from ingest.sources.opening import open_source
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
    "Leaving",
    "PageKind",
    "RawPage",
    "Source",
    "SourceError",
    "Unchanged",
    "open_source",
]
