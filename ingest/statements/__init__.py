"""Who said what in a text: finds quotations and reported speech and who the text says owns them.

Precision first: where the text does not plainly name the speaker, there is no statement.
"""

from ingest.statements.extract import Account, author_of, extract

__all__ = ["Account", "author_of", "extract"]
