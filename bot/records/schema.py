"""The bot's own tables, as SQLAlchemy sees them; the migrations beside it create them.

Moments are in UTC. ``inbox`` holds each update of Telegram from before it is acknowledged until it
is dealt with. ``deliveries`` is the ledger of what is pushed: ``state`` goes ``pending``,
``sending``, then ``sent``, ``failed`` or ``unknown``. What could not be made is ``unmade``, a row
for each attempt, whose ``part`` is below zero.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from vectorstore.catalog.portable import Moment

HEAD = "0010"  # the newest migration; a test holds it to the migrations' own word

metadata = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts only INTEGER keys itself

members = Table(
    "members",
    metadata,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),  # as Telegram shows it; never decides anything
    Column("roles", String, nullable=False),  # a JSON array
    Column("language", String(2)),  # in which they were last answered, NULL before they wrote
    Column("active", Boolean, nullable=False),  # false once they have blocked the bot
    Column("joined_at", Moment, nullable=False),
)

invites = Table(
    "invites",
    metadata,
    Column("token", String(64), primary_key=True),  # SHA-256 of the token, in hex
    Column("role", String, nullable=False),
    Column("uses", Integer, nullable=False),  # left
    Column("expires_at", Moment, nullable=False),
    Column("made_by", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("update", BigInteger, nullable=False, unique=True),
    Column("content", Text, nullable=False),  # the update's JSON, "" once it is dealt with
    Column("state", String, nullable=False),  # received, replying, done
    Column("attempts", Integer, nullable=False),
    Column("received_at", Moment, nullable=False, index=True),
)

questions = Table(
    "questions",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("user", BigInteger),  # NULL once it is only counted
    Column("chat", BigInteger),
    Column("asked_on", Date, nullable=False),  # in UTC
    Column("asked_at", Moment, nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("text", Text, nullable=False),  # "" once it is only counted
    Column("reason", String),  # why nothing was found, NULL when something was
    Index("ix_questions_user_asked_on", "user", "asked_on"),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("key", String(16), nullable=False, unique=True),  # in the buttons under the answer
    Column("user", BigInteger, nullable=False, index=True),
    Column("chat", BigInteger, nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("tier", String, nullable=False),  # the most that the asker might read
    Column("text", Text, nullable=False),
    Column("answer", Text, nullable=False),  # JSON
    Column("further", Text, nullable=False),  # JSON
    Column("continues", Boolean, nullable=False),  # asked by a button under another
    Column("vote", String, nullable=False),  # "", liked, disliked or why not
    Column("is_case", Boolean, nullable=False),  # of the golden set
)

digests = Table(
    "digests",
    metadata,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    Column("on", Boolean, nullable=False),
    Column("at", String(5), nullable=False),  # 07:30, in ``zone``
    Column("zone", String, nullable=False),
    Column("days", String(7), nullable=False),  # 1 is Monday: 12345
    Column("quiet", Boolean),  # whether a quiet day has a digest; NULL: as the newsroom does it
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("kind", String, nullable=False),  # digest, following, correction
    Column("key", String, nullable=False),  # a local date, or a generation and a tier
    Column("chat", BigInteger, nullable=False, index=True),
    Column("part", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("messages", String, nullable=False),  # a JSON array of message ids
    Column("error", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("kind", "key", "chat", "part"),
)

followers = Table(
    "followers",
    metadata,
    Column("user", BigInteger, primary_key=True, autoincrement=False),
    # What had appeared by then they have been told of, or were not following yet.
    Column("told_until", Moment, nullable=False),
    Column("mute", String(11), nullable=False),  # 22:00-07:00 in ``zone``, "" for never
    Column("zone", String, nullable=False),
    Column("active", Boolean, nullable=False),  # false once they have blocked the bot
    Column("language", String(2)),  # in which they last spoke of it, NULL if that was not noted
)

follows = Table(
    "follows",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("user", BigInteger, nullable=False),
    Column("kind", String, nullable=False),  # actor, person, dossier
    Column("name", String, nullable=False),  # an actor's code, or a name
    UniqueConstraint("user", "kind", "name"),
)

cited = Table(
    "cited",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("user", BigInteger, nullable=False, index=True),
    Column("chat", BigInteger, nullable=False),
    Column("asked_at", Moment, nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("briefing", String, nullable=False),
    Column("version", String(24), nullable=False, index=True),
    Column("quote", Text, nullable=False),
    # Who was shown to say it, NULL where nobody was; before these were kept, too.
    Column("speaker", String),
    Column("actor", String),
    Column("told_in", Integer),  # the generation that its asker was told of, NULL until then
    Index("ix_cited_chat_briefing", "chat", "briefing"),
)

notes = Table(
    "notes",
    metadata,
    Column("kind", String, primary_key=True),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("value", String, nullable=False),
)
