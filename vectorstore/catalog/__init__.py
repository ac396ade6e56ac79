"""The record: every version's full text, its passages, statements and vectors, in SQL."""

from vectorstore.catalog.catalog import Catalog, CatalogError, Generation, Page, Run

__all__ = ["Catalog", "CatalogError", "Generation", "Page", "Run"]
