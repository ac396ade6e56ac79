"""What ties a speaker to the cue that makes it speak; knows no grammar."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.statements.speakers import Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A speaker and the cue that makes it speak.

    ``cue_at`` and ``cue_end`` are token positions; ``start`` and ``end`` hold speaker and cue;
    ``negated`` cues deny that it was said; ``joint`` ones have two speakers, with a link for each;
    ``onward`` ones go on with whoever spoke in the sentence before; ``absolute`` ones are a clause
    of their own ("…, with Turkey saying …").
    """

    speaker: Speaker
    cue_at: int
    cue_end: int
    start: int
    end: int
    negated: bool = False
    inverted: bool = False
    joint: bool = False
    onward: bool = False
    absolute: bool = False
