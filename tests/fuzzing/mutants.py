"""Inputs for fuzzing: everyday pages with pieces cut out, doubled, swapped and put in."""

from __future__ import annotations

from hypothesis import strategies as st

MARKUP = (
    "< > </p> <p> <table> <td> <!-- --> <![CDATA[ ]]> &x202e; &#0; <?xml [ { \" ' \\ * _ ` @ //"
)
WORDS = "« » “ — сказал said déclaré title: null -1 1e999 999999999999999999999 http:// javascript:"
PIECES = st.sampled_from(
    [
        *(piece.encode() for piece in f"{MARKUP} {WORDS}".split()),
        *(b"&#x202e;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"---\n", b"# ", b"> ", b"- "),
        *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b", b"\xe2\x80\xae", b"\xd0", b"\n\n", b"\r"),
        *(b"\x1f\x8b", b" "),
    ]
)


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
