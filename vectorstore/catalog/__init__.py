"""The record: every version's full text, its passages, statements and vectors, in SQL."""

from vectorstore.catalog.catalog import Appearance, Catalog, CatalogError, Generation, Page, Run
from vectorstore.catalog.sources import Fetch, Held, Remembered, SourceBook

__all__ = [
    "Appearance",
    "Catalog",
    "CatalogError",
    "Fetch",
    "Generation",
    "Held",
    "Page",
    "Remembered",
    "Run",
    "SourceBook",
]
