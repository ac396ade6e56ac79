"""A saved web page, in the layouts that sites have."""

from __future__ import annotations

import html
from collections.abc import Callable

from ingest.extraction import Draft, extract
from ingest.sources import PageKind, RawPage

BODY = [
    "On 19 September at 1:22 p.m., the ministry informed the press of “a short operation”.",
    "It said no more.",
    "The road, the railway and the bridge were closed to “all traffic”; the border as well.",
    "It is not known for how long (a week, according to the other side).",
]


def read(content: str | bytes, key: str = "a.html") -> Draft:
    raw = content.encode() if isinstance(content, str) else content
    return extract(
        RawPage(
            source="/in", key=key, location=f"file:///in/{key}", kind=PageKind.HTML, content=raw
        )
    )


def paragraphs(texts: list[str], tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{html.escape(text, quote=False)}</{tag}>" for text in texts)


def page(article: str, head: str = "", lang: str = ' lang="en"') -> str:
    return (
        f'<!DOCTYPE html><html{lang}><head><meta charset="utf-8">'
        f"<title>The road | Briefings</title>{head}</head><body><header><a href='/'>Briefings</a>"
        "<nav><ul><li><a href='/b'>Blog</a></li><li><a href='/c'>Contact us</a></li></ul></nav>"
        "</header>"
        f"{article}"
        "<aside><h3>Related</h3><p><a href='/o'>Another story about the sea and the ships.</a></p>"
        "</aside><footer><p>© 2019 Briefings. Subscribe to our newsletter to read more!</p>"
        "<p><a href='/x'>Read more</a></p></footer></body></html>"
    )


AROUND = (
    "<ul><li><a hreflang='ru' href='/ru'>Русский</a></li><li>Français</li><li>English</li></ul>"
    "<p class='crumb'><a href='/b'>Blog</a></p>"
)
LISTED = (
    "<p>The files we follow: <a href='/1'>Energy, trade and transport</a>, "
    "<a href='/2'>Human Rights</a>.</p>"
    "<p><b>Consider subscribing for free access to the full content!</b></p>"
)
NEIGHBOURS = (
    "<div><a href='/p'><span>Previous Article</span><span>The north – 16/09/23</span></a>"
    "<a href='/n'><p>Next Article</p><p>The south – 22/09/23</p></a></div>"
)
MAP = (
    "<figure><img src='m.png'><figcaption>A map of the road.</figcaption></figure>"
    "<p><em>This map was created by A. Mapper</em></p>"
)
LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "article": lambda p: (
        f"<main><article>{AROUND}<h1>The road</h1>{LISTED}{paragraphs(p[:2])}{MAP}"
        f"{paragraphs(p[2:])}{NEIGHBOURS}</article></main>"
    ),
    "divs": lambda p: (
        f"<div>{AROUND}<div><h1>The road</h1></div><div>{LISTED}</div><div class='body'>"
        f"{paragraphs(p)}{MAP}</div>{NEIGHBOURS}</div>"
    ),
    "builder": lambda p: (
        f"<div class='widget'><h1>The road</h1></div><div class='widget'>{LISTED}</div>"
        + "".join(f"<div class='widget'><div>{paragraphs([text])}</div></div>" for text in p)
    ),
    "breaks": lambda p: (
        f"<div><h1>The road</h1><p>{'<br><br>'.join(map(html.escape, p))}</p></div>"
    ),
    "loose": lambda p: f"<div><h1>The road</h1><div>{paragraphs(p, 'div')}</div></div>",
    "bare": lambda p: f"<h1>The road</h1>{paragraphs(p)}",
}
