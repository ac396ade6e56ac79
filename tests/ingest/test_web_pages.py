"""What pages on the web tell of themselves: language, characters, day, and their translations."""

from __future__ import annotations

import pytest

from tests.ingest.desk import counts
from tests.ingest.magazine import Magazine
from tests.ingest.web_desk import WebDesk


def test_the_address_tells_the_language_of_a_page_that_does_not(
    magazine: Magazine, desk: WebDesk
) -> None:
    desk.ingest(magazine.write("/fr/a", "Minsk", "Vienne, Paris, Rome.", lang=""))
    assert desk.titled("Minsk")["language"] == "fr"


def test_a_page_is_read_in_the_characters_that_its_server_names(
    magazine: Magazine, desk: WebDesk
) -> None:
    words = "Министры обеих стран встретились в Вене и договорились открыть дорогу."
    html = f"<html lang=ru><title>Встреча</title><body><h1>Встреча</h1><p>{words}</p></body></html>"
    magazine.site.page("/a", html.encode("koi8-r"), content_type="text/html; charset=koi8-r")
    desk.ingest(magazine.site.at("/a"))
    assert desk.titled("Встреча")["text"] == words


@pytest.mark.parametrize(
    ("own", "day"), [("2024-05-02T00:30:00+02:00", "2024-05-02"), ("", "2024-05-01")]
)
def test_the_day_is_that_of_the_publications_own_time(
    magazine: Magazine, desk: WebDesk, own: str, day: str
) -> None:
    head = '<meta property="article:published_time" content="2024-05-01T22:30:00+00:00">'
    linked = f'{{"@type": "NewsArticle", "datePublished": "{own}"}}'
    head += f'<script type="application/ld+json">{linked}</script>' if own else ""
    desk.ingest(magazine.write("/a", head=head))
    assert desk.titled("A day")["day"] == day


def test_an_edition_that_comes_later_joins_the_story_of_the_first(
    magazine: Magazine, desk: WebDesk
) -> None:
    en, fr = magazine.site.at("/news"), magazine.site.at("/fr/news")
    links = f'<link rel="alternate" hreflang="en" href="{en}">'
    links += f'<link rel="alternate" hreflang="fr" href="{fr}">'
    magazine.write("/news", "A day")
    feed = magazine.feed("/news")
    desk.ingest(feed)
    magazine.write("/news", "A day", head=links)
    magazine.write("/fr/news", "Une journée", "Les ministres ont parlé.", head=links, lang="fr")
    magazine.feed("/fr/news", "/news")
    desk.ingest(feed)
    assert desk.titled("A day")["story"] == desk.titled("Une journée")["story"]


def test_pages_that_are_linked_later_share_a_story_at_the_next_run(
    magazine: Magazine, desk: WebDesk
) -> None:
    paths = ("/2024/a", "/fr/2024/a")
    for path, lang in zip(paths, ("en", "fr"), strict=True):
        magazine.write(path, f"A day {lang}", lang=lang)
    feed = magazine.feed(*paths)
    desk.ingest(feed)
    hreflang = "".join(
        f"<link rel='alternate' hreflang='{lang}' href='{magazine.site.at(path)}'>"
        for path, lang in zip(paths, ("en", "fr"), strict=True)
    )
    magazine.write("/fr/2024/a", "A day fr", lang="fr", head=hreflang)
    assert counts(desk.ingest(feed)) == (0, 0, 2, 0, 0)
    assert desk.titled("A day en")["story"] == desk.titled("A day fr")["story"]


def test_a_site_that_names_one_page_as_the_translation_of_all_comes_to_rest(
    magazine: Magazine, desk: WebDesk
) -> None:
    wrong = f"<link rel='alternate' hreflang='fr' href='{magazine.site.at('/2024/m')}'>"
    feed = magazine.feed("/2024/a", "/2024/m", "/2024/z")
    changes = []
    for _ in range(4):
        for name in ("a", "m", "z"):
            own = f"<link rel='alternate' hreflang='en' href='{magazine.site.at(f'/2024/{name}')}'>"
            magazine.write(f"/2024/{name}", name, head=wrong + own)
        desk.ingest(feed)
        changes.append(len(desk.changes))
    assert changes[-1] == changes[-2]
