"""Pages of plain text and Markdown as drafts: what is the article, and what was around it."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extraction import Draft, ExtractionError, extract
from ingest.sources import PageKind, RawPage
from ingest.sources.opening import open_source
from vectorstore.domain import Days, Tier

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def page(content: str | bytes, key: str = "a.txt", kind: PageKind = PageKind.TEXT) -> RawPage:
    raw = content.encode() if isinstance(content, str) else content
    return RawPage(source="/in", key=key, location=f"file:///in/{key}", kind=kind, content=raw)


def text(content: str | bytes) -> Draft:
    return extract(page(content))


def markdown(content: str) -> Draft:
    return extract(page(content, "a.md", PageKind.MARKDOWN))


def days(first: str, last: str | None = None) -> Days:
    return Days(first=date.fromisoformat(first), last=date.fromisoformat(last or first))


COPIED = {
    "en": (
        "РусскийFrançaisEnglish\n\u2003\u2003\nBlog\n\n"
        "The road to the sea – 19-20/09/23\n\n"
        "The files we follow: Energy, trade and transport, Human Rights, Policies Iran, Turkey.\n\n"
        "Consider subscribing for free access to the full content!\n\n"
        "On 19 September the ministry spoke.\n\nThis map was created by A. Mapper\n\n"
        "The road was closed (see below).\n\n"
        "Previous Article\n\nThe north – Update on 16/09/23\n\n"
        "Next Article\n\nThe south – Update on 22/09/23"
    ),
    "fr": (
        "English | Français | Русский\nAccueil > Blog\n\n"
        "La route de la mer – 19-20/09/23\n\n"
        "Les dossiers que nous suivons : Énergie, commerce et transports, Droits de l’homme, "
        "Politiques Iran, Turquie.\n\n"
        "Pensez à vous abonner gratuitement pour accéder à l’intégralité du contenu !\n\n"
        "Le 19 septembre, le ministère a parlé.\n\nCette carte a été réalisée par A. Mapper\n\n"
        "La route a été fermée (voir plus bas).\n\n"
        "Article précédent\n\nLe nord – Mise à jour du 16/09/23\n\n"
        "Article suivant\n\nLe sud – Mise à jour du 22/09/23"
    ),
    "ru": (
        "FrançaisРусский\nБлог\n\n"
        "Дорога к морю – 19-20.09.23\n\n"
        "Досье, за которыми мы следим: Энергетика, торговля и транспорт, Права человека, "
        "Политика Ирана, Турции.\n\n"
        "Подпишитесь, чтобы получить бесплатный доступ к полному содержанию!\n\n"
        "19 сентября министерство выступило.\n\nКарта создана А. Картографом\n\n"
        "Дорогу закрыли (см. ниже).\n\n"
        "Предыдущая статья\n\nСевер – обновлено 16 сентября 2023 г.\n\n"
        "Следующая статья\n\nЮг – Обновлено 22.09.23"
    ),
}


@pytest.mark.parametrize(
    ("language", "title", "dossiers", "body"),
    [
        (
            "en",
            "The road to the sea – 19-20/09/23",
            ("Energy, trade and transport", "Human Rights", "Policies Iran, Turkey"),
            "On 19 September the ministry spoke.\n\nThe road was closed (see below).",
        ),
        (
            "fr",
            "La route de la mer – 19-20/09/23",
            ("Énergie, commerce et transports", "Droits de l’homme", "Politiques Iran, Turquie"),
            "Le 19 septembre, le ministère a parlé.\n\nLa route a été fermée (voir plus bas).",
        ),
        (
            "ru",
            "Дорога к морю – 19-20.09.23",
            ("Энергетика, торговля и транспорт", "Права человека", "Политика Ирана, Турции"),
            "19 сентября министерство выступило.\n\nДорогу закрыли (см. ниже).",
        ),
    ],
)
def test_a_page_copied_from_a_browser_is_read_as_data_and_body(
    language: str, title: str, dossiers: tuple[str, ...], body: str
) -> None:
    assert text(COPIED[language]) == Draft(
        id_hint="a",
        story="a",
        url="file:///in/a.txt",
        title=title,
        language=language,
        day=date(2023, 9, 20),
        covers=days("2023-09-19", "2023-09-20"),
        dossiers=dossiers,
        tier=Tier.PUBLIC,
        actor=None,
        preview=False,
        text=body,
    )


@pytest.mark.parametrize("language", COPIED)
def test_a_copied_page_reads_the_same_without_its_blank_lines(language: str) -> None:
    assert text(COPIED[language].replace("\n\n", "\n")).dossiers == text(COPIED[language]).dossiers
    packed = text(COPIED[language].replace("\n\n", "\n")).text
    assert packed.split() == text(COPIED[language]).text.split()


def test_words_of_the_furniture_within_the_body_stay() -> None:
    body = (
        "Next article of the treaty: the map was created by nobody.\n\n"
        "News\n\nEnglish\n\nSubscribers read the full text of it.\n\n"
        "The files they follow are on the map: Iran, Iraq.\n\n"
        "Maps by the ministry show the new border.\n\n"
        "Register of treaties: it was read in full by the deputies."
    )
    assert text(f"A title\n\nIt began.\n\n{body}").text == f"It began.\n\n{body}"


def test_a_title_with_a_full_stop_is_one_where_the_page_shows_that_it_is() -> None:
    assert text("English\n\nIt is over.\n\nBody of it.").title == "It is over."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("It began in Baku. It went on.\n\nThen it ended.", "has no title"),
        ("x" * 201 + "\n\nThen it ended.", "has no title"),
        ("A title alone", "has no text"),
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        (b"\x89PNG\x00\x00\x01\xff", "is not text"),
        ("A title\n\nBody.".encode("utf-16-le"), "is not text"),
        ("Un été\n\nÀ la mer.".encode("latin-1"), "is not UTF-8 text; save it as UTF-8"),
        ("---\ntitle: A title\n---\n" + "y" * 0, "has no text"),
        (f"---\ntitle: {'t' * 501}\n---\nBody.", "title is longer than 500 characters"),
    ],
)
def test_what_is_no_briefing_is_refused_with_a_sentence(content: str | bytes, says: str) -> None:
    with pytest.raises(ExtractionError, match=says):
        text(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_of_common_editors_are_read(encoding: str) -> None:
    draft = text("Дорога к морю\r\n\r\n«Её закрыли».\r\n".encode(encoding))
    assert (draft.title, draft.text) == ("Дорога к морю", "«Её закрыли».")


def test_spaces_that_do_not_break_and_accents_stay_as_they_are() -> None:
    body = "Il dit «\u202foui\u00a0» à l’e\u0301te\u0301 👩\u200d🚒."
    assert text(f"Un titre\n\n{body}").text == body


def test_signs_that_print_nothing_are_removed_and_spaces_collapse() -> None:
    draft = text("A \u200btitle\x07\n\nOne\ufeff  two\t\tthree\xad\u200e.\u2028Four.")
    assert draft.title == "A title"
    assert draft.text == "One two three. Four."


def test_a_text_wrapped_by_an_editor_gets_its_paragraphs_back() -> None:
    draft = text(
        "The operation of the autumn and what the neighbours in the region\n"
        "made of it – 19-20/09/23\n\n"
        "On 19 September the ministry informed the press about the launch\n"
        "of it. The city was not touched, the ministry of the neighbouring\n"
        "Republic said.\n"
        "A second paragraph begins here and is wrapped in the same way, so\n"
        "that it ends.\n"
    )
    assert draft.title.endswith("region made of it – 19-20/09/23")
    assert draft.text == (
        "On 19 September the ministry informed the press about the launch of it. The city was not"
        " touched, the ministry of the neighbouring Republic said.\n\n"
        "A second paragraph begins here and is wrapped in the same way, so that it ends."
    )


@pytest.mark.parametrize(
    ("ending", "preview", "body"),
    [
        ("The ministry spoke…", True, "The ministry spoke…"),
        ("The ministry spoke. […]", True, "The ministry spoke. […]"),
        ("The ministry spoke... Read more", True, "The ministry spoke..."),
        ("The ministry spoke.\n\nRead more »", True, "The ministry spoke."),
        ("Le ministère a parlé.\n\nLire la suite", True, "Le ministère a parlé."),
        ("Министерство выступило.\n\nЧитать далее", True, "Министерство выступило."),
        ("The ministry spoke.", False, "The ministry spoke."),
        ("Дороги, мосты и так далее", False, "Дороги, мосты и так далее"),
    ],
)
def test_a_text_that_breaks_off_where_readers_are_asked_to_subscribe_is_a_preview(
    ending: str, preview: bool, body: str
) -> None:
    invitation = "Consider subscribing for free access to the full content!"
    draft = text(f"A title – 16/09/23\n\n{invitation}\n\n{ending}")
    assert (draft.preview, draft.text) == (preview, body)
    assert not text(f"A title – 16/09/23\n\n{ending}").preview


def test_markdown_is_stored_as_a_reader_sees_it() -> None:
    draft = markdown(
        "# A *road* to the sea – 16/09/23\n\n"
        "Some **bold** words, [a link](https://x.example/a_b) &amp; `code`,\nsnake_case, 2 * 3.\n\n"
        "> He said:\n> “We go.”\n\n- one *item*\n- two\n\n## A heading\n\n"
        "| Side | Dead |\n|---|---|\n| North | 2 |\n\n"
        "<p>Raw <b>mark</b>up.</p>\n\n<!-- a remark -->\n\n***\n\nThe end<br>of it. ![map](m.png)\n"
    )
    assert draft.title == "A road to the sea – 16/09/23"
    assert draft.text.split("\n\n") == [
        "Some bold words, a link & code, snake_case, 2 * 3.",
        "He said: “We go.”",
        "one item",
        "two",
        "A heading",
        "Side | Dead",
        "North | 2",
        "Raw markup.",
        "The end of it.",
    ]


def test_a_copied_page_in_markdown_gives_up_its_furniture_too() -> None:
    draft = markdown("Blog\n\n# A title\n\nThe files we follow: [Iran](/i), Iraq.\n\nIt began.")
    assert (draft.title, draft.dossiers, draft.text) == ("A title", ("Iran", "Iraq"), "It began.")


def test_a_title_given_apart_is_not_repeated_in_the_body() -> None:
    assert markdown("---\ntitle: A title\n---\n# A title\n\nIt began.").text == "It began."
    other = markdown("---\ntitle: A title\n---\n# Another\n\nIt began.")
    assert other.text == "Another\n\nIt began."


WORD = st.text(string.ascii_letters + "éàçœЁёжяйґ’e\u0301-", min_size=1, max_size=12)
MARK = st.sampled_from(["« oui »", "“no”", '"', "—", "\u00a0", "😀", "2023", "[…]", "«", "т. е."])
PARAGRAPH = st.lists(WORD | MARK, min_size=1, max_size=30).map(
    lambda words: f"The {' '.join(words)} end."
)


@settings(deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=6), st.sampled_from(["\n\n", "\r\n\r\n", "\n \n"]))
def test_the_paragraphs_of_a_text_come_out_whole_and_in_order(
    paragraphs: list[str], gap: str
) -> None:
    draft = text(f"---\nlang: fr\ntitle: A title\n---\n{gap.join(paragraphs)}")
    assert draft.text.split("\n\n") == paragraphs


@settings(deadline=None)
@given(st.text(max_size=300) | st.lists(PARAGRAPH, max_size=5).map("\n".join))
def test_a_body_read_again_stays_as_it_is(content: str) -> None:
    def body(words: str) -> str:
        return text(f"---\nlang: fr\ntitle: ''\nid: x\n---\nEnglish\n\nT.\n\n{words}").text

    try:
        once = body(content)
    except ExtractionError:
        return
    assert body(once) == once


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([PageKind.TEXT, PageKind.MARKDOWN, PageKind.ROW]))
def test_any_bytes_give_a_draft_or_a_sentence(content: bytes, kind: PageKind) -> None:
    try:
        draft = extract(page(content, kind=kind))
    except ExtractionError:
        return
    assert draft == extract(page(content, kind=kind))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the newsroom's real page is not beside the repo")
def test_the_newsrooms_real_page_is_read_as_its_readers_see_it() -> None:
    (raw,) = open_source(str(SEEDS)).pages()
    assert isinstance(raw, RawPage)
    draft = extract(raw)
    assert draft.title == "Azerbaijan’s military operation in Karabakh – 19-20/09/23"
    assert draft.covers == days("2023-09-19", "2023-09-20")
    assert draft.day == date(2023, 9, 20)
    assert draft.language == "en"
    assert not draft.preview
    assert len(draft.dossiers) == 7
    assert "South Caucasian energy, trade and transport issues" in draft.dossiers
    assert draft.dossiers[-1] == "Various foreign policies Armenia, Azerbaijan, Georgia"
    assert draft.text.startswith("On 19 September")
    assert draft.text.endswith("(compared to 3154 according to the Russian contingent).")
    assert draft.text.count("\n\n") == 7
    for around in ("This map was created", "Français", "Previous Article", "North Caucasus:"):
        assert around not in draft.text
