"""Inputs for fuzzing: everyday pages with pieces cut out, doubled, swapped and put in."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = st.sampled_from(
    [
        *(b"<", b">", b"</p>", b"<p>", b"<table>", b"<td>", b"<!--", b"-->", b"<![CDATA[", b"]]>"),
        *(b"&#x202e;", b"&amp;", b"&#0;", b"<?xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;"),
        *(b"---\n", b"title: ", b"[", b"{", b'"', b"'", b"\\", b"*", b"_", b"`", b"# ", b"> ", b"- "),
        *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b", b"\xe2\x80\xae", b"\xd0", b"\n\n", b"\r"),
        *("« ", "» ", "“", "”", "— ", "сказал ", "said ", "a déclaré "),
        *(b"http://", b"javascript:", b"@", b"//", b"\x1f\x8b", b"null", b"-1", b"1e999", b"9" * 30),
    ]
).map(lambda piece: piece.encode() if isinstance(piece, str) else piece)  # fmt: skip


@st.composite
def mutants(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """One of ``seeds``, or nothing, changed in up to eight places."""
    content = draw(st.sampled_from((b"", *seeds)))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(content)))
        to = min(len(content), at + draw(st.integers(0, 200)))
        times = draw(st.sampled_from((0, 1, 1, 2, 50)))
        piece = draw(PIECES | st.binary(max_size=8) | st.just(content[at:to]))
        keeps = draw(st.booleans())
        content = content[:at] + piece * times + content[at if keeps else to :]
    return content[:20_000]
