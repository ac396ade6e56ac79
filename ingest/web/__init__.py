"""Pages from the web: asked for politely, within limits, and never from inside our own network.

Importing this package is cheap; `ingest.web.fetcher.Fetcher` costs the HTTP library, which a run
over folders does not need.
"""

from ingest.web.fetched import Fetched, FetchError, GoneError, PermanentError, Query, TransientError

__all__ = ["FetchError", "Fetched", "GoneError", "PermanentError", "Query", "TransientError"]
