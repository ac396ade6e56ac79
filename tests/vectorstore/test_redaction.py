"""What is taken out of log records goes as a whole, whatever else is taken out."""

from __future__ import annotations

from vectorstore.logs import _Redaction


def test_what_holds_an_earlier_text_is_hidden_whole() -> None:
    redacted = _Redaction()
    redacted.keep_private("What did Russia say?")
    redacted.keep_private("What did Russia say? I ask for my brother, who is ill")
    said = redacted("failed at: What did Russia say? I ask for my brother, who is ill.")
    assert "brother" not in said
    assert said == "failed at: <redacted>."
