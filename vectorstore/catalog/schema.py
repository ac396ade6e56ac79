"""The catalog's tables, as SQLAlchemy sees them; the migrations beside it create them.

``versions`` are never changed and never deleted: what an answer cited can always be read again.
``contents`` says which version of which briefing each kept generation holds, and which page of
which source it was read from. ``published`` has one row: the number of the current generation.
``sources`` are those that a run without arguments refreshes, ``fetched`` what each of their web
addresses gave when it was last read. ``runs`` is the history; dates are kept in UTC. ``undone`` are
pages as a generation had them that was rolled back.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from vectorstore.catalog.portable import Moment

HEAD = "0007"  # the newest migration; a test holds it to the migrations' own word

metadata = MetaData()

versions = Table(
    "versions",
    metadata,
    Column("version", String(24), primary_key=True),
    Column("briefing", String, nullable=False),
    Column("source", String, nullable=False),
    Column("story", String, nullable=False),
    Column("url", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("day", Date),
    Column("covers_first", Date),
    Column("covers_last", Date),
    Column("dossiers", Text, nullable=False),  # a JSON array
    Column("tier", String, nullable=False),
    Column("actor", String),
    Column("preview", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("authors", Text, nullable=False, server_default="[]"),  # a JSON array
    Column("pictures", Text, nullable=False, server_default="[]"),  # of [caption, credit]
    Column("published_at", Moment),  # first; NULL from before it was kept
)

passages = Table(
    "passages",
    metadata,
    Column("version", ForeignKey("versions.version"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("content", String(64), nullable=False),  # names the text that was embedded
)

statements = Table(
    "statements",
    metadata,
    Column("version", ForeignKey("versions.version"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("actor", String),
    Column("speaker", String, nullable=False),
    Column("role", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("cue", Text, nullable=False),
    Column("via", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("attribution_start", Integer, nullable=False),
    Column("attribution_end", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("version", ForeignKey("versions.version"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("role", Text, nullable=False),
    Column("actor", String),
    Column("private", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

vectors = Table(
    "vectors",
    metadata,
    Column("content", String(64), primary_key=True),
    Column("model", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
    # Those of its sentences, one after the other, float16; NULL from before they were kept.
    Column("sentences", LargeBinary),
)

generations = Table(
    "generations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("parent", Integer),
    Column("model", String, nullable=False),
    Column("published_at", Moment, nullable=False),
)

published = Table(
    "published",
    metadata,
    Column("only", Integer, primary_key=True),
    Column("generation", ForeignKey("generations.number"), nullable=False),
)

contents = Table(
    "contents",
    metadata,
    Column("generation", ForeignKey("generations.number"), primary_key=True),
    Column("briefing", String, primary_key=True),
    Column("version", ForeignKey("versions.version"), nullable=False),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("fingerprint", String, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("name", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("address", String, nullable=False),  # what is read: a folder, an API's root, a feed
    Column("lists", Text, nullable=False, server_default="[]"),  # of an API, the routes to read
    Column("added_at", Moment, nullable=False),
    Column("succeeded_at", Moment),
    Column("leaving", Boolean, nullable=False),  # its briefings go at the next run, and then it
)

fetched = Table(
    "fetched",
    metadata,
    Column("source", String, primary_key=True),
    Column("url", String, primary_key=True),
    Column("listing", String, nullable=False),  # the feed or sitemap in which it stood
    Column("etag", String, nullable=False),
    Column("last_modified", String, nullable=False),
    Column("hint", String, nullable=False),  # what its list said of its last change
    Column("fingerprint", String(64), nullable=False),  # of the page that it gave
    Column("aside", Boolean, nullable=False),  # what it gave is no briefing
    Column("fetched_at", Moment, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment, nullable=False),
    Column("command", String, nullable=False),
    Column("trigger", String, nullable=False),
    Column("sources", Text, nullable=False),  # a JSON array of names
    Column("before", Integer),  # the generation that was current when it began
    Column("generation", Integer),  # and when it ended
    Column("added", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("failed", Text, nullable=False),  # a JSON array of [place, error]
    Column("error", Text, nullable=False),  # why nothing could be done, "" when it was
)

undone = Table(
    "undone",
    metadata,
    Column("briefing", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("key", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("version", String(24), nullable=False),  # "" where its removal was undone
)
