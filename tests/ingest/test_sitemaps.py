"""Sitemaps as sources, asked over HTTP."""

from __future__ import annotations

import gzip

from tests.ingest.desk import counts
from tests.ingest.magazine import Magazine
from tests.ingest.web_desk import WebDesk

# Sitemaps


def test_a_sitemap_lists_all_pages_and_what_it_drops_is_gone(
    magazine: Magazine, desk: WebDesk
) -> None:
    for path in ("/a", "/b", "/c"):
        magazine.write(path, f"Title {path}")
    magazine.write("/about-lists", "Lists", head='<meta property="og:type" content="website">')
    magazine.site.page("/", "<html></html>")
    elsewhere = "https://other.example/x"
    sitemap = magazine.sitemap("/", "/a", "/b", "/c", "/about-lists", "/tag/rail/", elsewhere)
    assert counts(desk.ingest(sitemap)) == (3, 0, 0, 0, 0)
    magazine.sitemap("/a", "/b")
    assert counts(desk.ingest(sitemap)) == (0, 0, 2, 1, 0)
    magazine.sitemap()
    report = desk.ingest(sitemap)
    assert (report.removed, len(report.failed)) == (0, 1), "an empty sitemap is a mistake"


def test_an_index_leads_to_packed_sitemaps(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a", "First")
    magazine.write("/b", "Second")
    one = magazine.sitemap("/a", path="/post-sitemap.xml")
    magazine.sitemap("/category/x", path="/category-sitemap.xml")
    body = f"<urlset><url><loc>{magazine.site.at('/b')}</loc></url></urlset>".encode()
    magazine.site.page("/2.xml.gz", gzip.compress(body), content_type="application/gzip")
    files = [one, magazine.site.at("/2.xml.gz"), magazine.site.at("/category-sitemap.xml")]
    listed = "".join(f"<sitemap><loc>{file}</loc></sitemap>" for file in files)
    magazine.site.page("/index.xml", f"<sitemapindex>{listed}</sitemapindex>")
    index = magazine.site.at("/index.xml")
    assert desk.ingest(index).added == 2
    assert magazine.site.count("/category-sitemap.xml") == 0
    magazine.site.remove("/2.xml.gz")
    report = desk.ingest(index)
    assert (report.removed, len(report.failed)) == (0, 1), "half a sitemap removes nothing"


def test_pages_whose_date_in_the_sitemap_stays_are_not_asked_for(
    magazine: Magazine, desk: WebDesk
) -> None:
    magazine.write("/a", "First")
    sitemap = magazine.sitemap("/a", lastmod="2024-05-01T10:00:00+00:00")
    desk.ingest(sitemap)
    assert magazine.site.count("/a") == 1
    assert counts(desk.ingest(sitemap)) == (0, 0, 1, 0, 0)
    assert magazine.site.count("/a") == 1
    magazine.write("/a", "First, corrected")
    magazine.sitemap("/a", lastmod="2024-05-01T11:00:00+00:00")
    assert counts(desk.ingest(sitemap)) == (0, 1, 0, 0, 0)


def test_translations_that_a_sitemap_names_share_a_story(magazine: Magazine, desk: WebDesk) -> None:
    en = magazine.write("/en/a", "A day")
    fr = magazine.write("/fr/a", "Une journée", "Les ministres ont parlé à Vienne.", lang="fr")
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>'
        for lang, url in (("en", en), ("fr", fr))
    )
    urls = "".join(f"<url><loc>{url}</loc>{links}</url>" for url in (en, fr))
    spaces = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    spaces += "xmlns:xhtml='http://www.w3.org/1999/xhtml'"
    magazine.site.page("/sitemap.xml", f"<urlset {spaces}>{urls}</urlset>")
    desk.ingest(magazine.site.at("/sitemap.xml"))
    assert desk.titled("A day")["story"] == desk.titled("Une journée")["story"]


def test_pages_in_other_languages_are_left_out(magazine: Magazine, desk: WebDesk) -> None:
    magazine.write("/a", "First")
    magazine.write("/de/a", "Ein Tag", lang="de-AT")
    for source in (magazine.feed("/a", "/de/a"), magazine.sitemap("/a", "/de/a")):
        assert desk.ingest(source).failed == ()
        assert list(desk.titles().values()) == ["First"]
    (failure,) = desk.ingest(magazine.site.at("/de/a")).failed
    assert "its language is de" in failure.error


# Sources beside each other


def test_an_index_of_too_many_sitemaps_is_refused_and_removes_nothing(
    magazine: Magazine, desk: WebDesk
) -> None:
    magazine.write("/2024/a")
    magazine.sitemap("/2024/a", path="/map-0.xml")

    def index(count: int) -> None:
        files = "".join(
            f"<sitemap><loc>{magazine.site.at(f'/map-{n}.xml')}</loc></sitemap>"
            for n in reversed(range(count))
        )
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = f"<sitemapindex xmlns='{space}'>{files}</sitemapindex>"
        magazine.site.page("/sitemap.xml", body, content_type="application/xml")

    index(1)
    address = magazine.site.at("/sitemap.xml")
    assert desk.ingest(address).added == 1
    index(600)
    report = desk.ingest(address)
    assert (report.removed, len(report.failed)) == (0, 1)
    assert "more than 500 other sitemaps" in report.failed[0].error
