"""Folders and files as sources: what is read, what is reported and what may be concluded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from ingest.sources import MAX_PAGE_BYTES, Failure, PageKind, RawPage, SourceError
from ingest.sources.opening import open_source
from tests.ingest.sourced import read, rows


def test_a_folder_gives_every_briefing_below_it_in_the_order_of_their_keys(tmp_path: Path) -> None:
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    for name in ("z.txt", "a.md", "sub/b.HTML", "sub/deep/c.htm", "not-a-page.pdf", "script.py"):
        (tmp_path / name).write_text("text")
    source = open_source(str(tmp_path))
    assert source.name == str(tmp_path.resolve())
    keys = [page.key for page in source.pages()]
    assert keys == ["a.md", "sub/b.HTML", "sub/deep/c.htm", "z.txt"]
    assert source.complete


def test_a_page_carries_its_bytes_kind_and_file_address(tmp_path: Path) -> None:
    (tmp_path / "a b.md").write_bytes(b"# T\r\n\xff")
    pages, _ = read(open_source(str(tmp_path)))
    page = pages["a b.md"]
    assert page.content == b"# T\r\n\xff"
    assert page.kind is PageKind.MARKDOWN
    assert page.location == (tmp_path / "a b.md").resolve().as_uri()
    assert "a%20b.md" in page.location


def test_a_file_is_named_within_its_folder_as_a_run_over_the_folder_names_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text("text")
    by_file, _ = read(open_source(str(tmp_path / "a.txt")))
    by_folder, _ = read(open_source(str(tmp_path)))
    assert by_file == by_folder


def test_hidden_files_and_readmes_are_no_briefings_unless_named(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".hidden.md", ".git/x.md", "README.md", "readme.txt", "Readme-fr.md"):
        (tmp_path / name).write_text("text")
    assert read(open_source(str(tmp_path))) == ({}, {})
    assert list(read(open_source(str(tmp_path / "README.md")))[0]) == ["README.md"]


def test_a_hidden_folder_can_be_named(tmp_path: Path) -> None:
    folder = tmp_path / ".notes"
    folder.mkdir()
    (folder / "a.md").write_text("text")
    assert list(read(open_source(str(folder)))[0]) == ["a.md"]


@pytest.mark.parametrize(
    ("argument", "says"),
    [
        (
            "no/such/place",
            "does not exist; give a folder, a .txt, .md, .html or .jsonl file, or a web address",
        ),
        ("", "does not exist"),
        ("a\0b", "does not exist"),
        ("ftp://briefings.example/feed", "does not exist"),
    ],
)
def test_what_cannot_be_a_source_is_refused_with_a_sentence(argument: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        open_source(argument)


def test_an_unknown_kind_of_file_is_refused_when_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("text")
    with pytest.raises(SourceError, match=r"is not a \.txt, \.md, \.html or \.jsonl file"):
        open_source(str(tmp_path / "a.pdf"))


def test_links_within_the_folder_give_each_file_once(tmp_path: Path) -> None:
    (tmp_path / ".store").mkdir()
    for name in ("a.md", ".store/b.md"):
        (tmp_path / name).write_text(name)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "latest.md").symlink_to(tmp_path / "a.md")
    (tmp_path / "b.md").symlink_to(tmp_path / ".store" / "b.md")
    pages, failures = read(open_source(str(tmp_path)))
    assert {key: page.content for key, page in pages.items()} == {
        "a.md": b"a.md",
        "b.md": b".store/b.md",
    }
    assert not failures


def test_links_out_of_the_folder_are_refused_by_name_and_nothing_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("not for readers")
    (folder / "a.md").write_text("text")
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    (folder / "linked.md").symlink_to(tmp_path / "secret.md")
    (folder / "twice.md").symlink_to(folder / "linked.md")
    (folder / "dots.md").symlink_to("../in/../secret.md")
    (folder / "picture.png").symlink_to(tmp_path / "secret.md")
    source = open_source(str(folder))
    pages, failures = read(source)
    assert list(pages) == ["a.md"]
    assert set(failures) == {"up", "linked.md", "twice.md", "dots.md"}
    assert failures["linked.md"].startswith("is a link to a file outside of the folder")
    assert failures["up"].startswith("is a link to a folder outside")
    assert not source.scope("linked.md")
    assert not source.scope("up/known.md")


def test_a_link_into_a_folder_that_is_closed_to_us_costs_no_other_file(tmp_path: Path) -> None:
    folder, closed = tmp_path / "in", tmp_path / "closed"
    folder.mkdir()
    closed.mkdir()
    (closed / "b.md").write_text("text")
    (folder / "a.md").write_text("text")
    (folder / "b.md").symlink_to(closed / "b.md")
    closed.chmod(0)
    try:
        if os.access(closed, os.X_OK):
            pytest.skip("the superuser may enter every folder")
        pages, failures = read(open_source(str(folder)))
        with pytest.raises(SourceError, match="check who may enter its folder"):
            open_source(str(closed / "b.md"))
    finally:
        closed.chmod(0o700)
    assert list(pages) == ["a.md"]
    assert failures == {"b.md": "cannot be read: Permission denied"}


def test_what_a_name_may_do_to_a_terminal_is_not_repeated(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "red\x1b[31m.md").write_text("text")
    (folder / "lost\n.md").symlink_to("nowhere")
    (folder / "up\u202e").symlink_to(tmp_path, target_is_directory=True)
    _, failures = read(open_source(str(folder)))
    assert set(failures) == {r"'red\x1b[31m.md'", r"'lost\n.md'", r"'up\u202e'"}


def test_a_named_link_is_the_file_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "a.md").write_text("text")
    (tmp_path / "in" / "link.md").symlink_to(tmp_path / "a.md")
    assert list(read(open_source(str(tmp_path / "in" / "link.md")))[0]) == ["a.md"]


def test_a_link_that_is_turned_while_it_is_followed_leads_nowhere(tmp_path: Path) -> None:
    """Somebody swaps a link to and fro; whatever is read was in the folder."""
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.md").write_text("secret")
    (folder / ".inside.md").write_text("open")
    stop = Event()

    def turn() -> None:
        while not stop.is_set():
            for target in (tmp_path / "secret.md", folder / ".inside.md"):
                (tmp_path / "new").symlink_to(target)
                (tmp_path / "new").rename(folder / "a.md")

    (folder / "a.md").symlink_to(folder / ".inside.md")
    turning = Thread(target=turn)
    turning.start()
    try:
        seen = [page for _ in range(300) for page in open_source(str(folder)).pages()]
    finally:
        stop.set()
        turning.join()
    contents = {page.content for page in seen if isinstance(page, RawPage)}
    assert contents == {b"open"}


def test_a_file_that_changes_while_it_is_read_is_left_to_the_next_run(tmp_path: Path) -> None:
    file = rows(tmp_path / "c.jsonl", *({"id": number} for number in range(50_000)))
    (tmp_path / "d.txt").write_text("text")
    source = open_source(str(tmp_path))
    pages = iter(source.pages())
    next(pages)
    with file.open("a") as more:
        more.write("{}")
    *_, failure, last = pages
    assert isinstance(failure, Failure)
    assert (failure.key, failure.error) == (
        "c.jsonl",
        "changed while it was read; the next run reads it",
    )
    assert isinstance(last, RawPage)
    assert last.key == "d.txt"
    assert not source.scope("c.jsonl#known")
    assert source.scope("known.txt")


def test_folders_as_deep_as_the_system_allows_are_read(tmp_path: Path) -> None:
    folder = str(tmp_path)
    for _ in range(1200):  # deeper than Python calls itself
        folder = f"{folder}/d"
        os.mkdir(folder)  # noqa: PTH102 - pathlib is slow at this depth
    Path(folder, "a.md").write_text("text")
    found = list(open_source(str(tmp_path)).pages())
    subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # nor does Python remove it
    assert [isinstance(page, RawPage) and page.content for page in found] == [b"text"]


def test_an_unreadable_file_fails_alone_and_nothing_may_be_removed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    (tmp_path / "dead.md").symlink_to(tmp_path / "gone.md")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    source = open_source(str(tmp_path))
    pages, failures = read(source)
    assert list(pages) == ["a.md"]
    lost = "cannot be read: it is a link that leads nowhere"
    assert failures == {"dead.md": lost, "loop.md": lost}
    assert not source.complete
    assert not source.scope("dead.md")
    assert source.scope("removed.md")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    _, failures = read(open_source(str(tmp_path)))
    assert failures == {"pipe.txt": "cannot be read: it is not an ordinary file"}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every folder")
def test_an_unreadable_folder_hides_what_is_known_of_it(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (tmp_path / "a.md").write_text("text")
    closed.chmod(0)
    source = open_source(str(tmp_path))
    pages, failures = read(source)
    closed.chmod(0o700)
    assert list(pages) == ["a.md"]
    assert failures == {"closed": "cannot be read: Permission denied"}
    assert not source.complete
    assert not source.scope("closed/known.md")
    assert source.scope("closed-too.md")


def test_a_file_whose_name_is_not_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("text")
    except OSError:
        pytest.skip("this file system takes no such name")
    pages, failures = read(open_source(str(tmp_path)))
    assert list(pages) == ["a.md"]
    (key, error), *more = failures.items()
    assert key.isascii()
    assert "rename it" in error
    assert not more


def test_a_page_over_the_limit_fails_and_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * MAX_PAGE_BYTES)
    (tmp_path / "b.txt").write_bytes(b"x" * (MAX_PAGE_BYTES + 1))
    source = open_source(str(tmp_path))
    pages, failures = read(source)
    assert list(pages) == ["a.txt"]
    assert failures == {"b.txt": "is larger than 10 MB; a briefing is one article"}
    assert source.complete


def test_the_fingerprint_tells_content_and_kind_apart() -> None:
    def page(kind: PageKind, content: bytes) -> RawPage:
        return RawPage(source="s", key="k", location="l", kind=kind, content=content)

    prints = {
        page(kind, content).fingerprint
        for kind in (PageKind.TEXT, PageKind.MARKDOWN)
        for content in (b"a", b"b")
    }
    assert len(prints) == 4
    assert page(PageKind.TEXT, b"a").fingerprint in prints


def test_reading_again_forgets_the_failures_of_before(tmp_path: Path) -> None:
    file = rows(tmp_path / "c.jsonl", "{")
    source = open_source(str(tmp_path))
    read(source)
    assert not source.scope("c.jsonl#a")
    rows(file, {"id": "a"})
    assert list(read(source)[0]) == ["c.jsonl#a"]
    assert source.scope("c.jsonl#a")


def test_a_source_is_not_complete_before_its_pages_are_exhausted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("text")
    source = open_source(str(tmp_path))
    next(iter(source.pages()))
    assert not source.complete


def test_reading_sources_imports_no_heavy_library() -> None:
    code = "import sys, ingest.sources; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"trafilatura", "lingua", "dateparser", "lxml", "pydantic", "torch", "babel"}
    assert "ingest.sources" in run.stdout.split()
    assert not heavy.intersection(run.stdout.split())
