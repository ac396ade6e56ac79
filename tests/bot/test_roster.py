"""Members as a CSV file: out and in again, safe in spreadsheets, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import voice
from bot.records.database import open_records
from bot.records.members import Member, Members, Taken
from bot.roles import Role
from bot.roster import MOST_BYTES, MOST_MEMBERS, Wrong, faults_page, read, written
from bot.telegram.html import messages
from tests.databases import url_of

NOW = datetime(2024, 5, 16, 7, 30, tzinfo=UTC)


@pytest.fixture
def members(home: Path) -> Iterator[Members]:
    engine = open_records(home, url_of(home))
    yield Members(engine)
    engine.dispose()


def member(user: int, name: str, *roles: Role) -> Member:
    return Member(user=user, name=name, roles=frozenset(roles), joined_at=NOW)


def faults(content: str | bytes) -> list[tuple[Wrong, int]]:
    raw = content.encode() if isinstance(content, str) else content
    return [(each.what, each.line) for each in read(raw, NOW).faults]


names = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]) | st.sampled_from(" '=+-@＝"))
some = st.builds(
    lambda user, name, roles: member(user, " ".join(name.split()), *roles),
    st.integers(1, 10**16 - 1),
    names,
    st.sets(st.sampled_from(list(Role)), min_size=1),
)


@given(st.lists(some, min_size=1, max_size=5, unique_by=lambda each: each.user))
def test_what_goes_out_comes_in_and_no_cell_is_a_formula(made: list[Member]) -> None:
    content = written(made)
    found = read(content, NOW)
    assert found.faults == ()
    assert list(found.members) == made
    for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
        assert not any(cell.lstrip()[:1] in {"=", "+", "-", "@", "＝"} for cell in row if cell)


def test_who_has_no_role_is_not_in_the_file() -> None:
    assert written([member(7, "Nino")]).decode("utf-8-sig").splitlines() == [
        "user,name,roles,language,joined"
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_files_of_any_spreadsheet_are_read(separator: str) -> None:
    rows = ["Roles,User,Notes", "Editor staff,7,x", "", "subscriber,8,"]
    found = read("\r\n".join(rows).replace(",", separator).encode("utf-8-sig"), NOW)
    assert found.faults == ()
    assert found.members == (
        member(7, "", Role.EDITOR, Role.STAFF),
        member(8, "", Role.SUBSCRIBER),
    )


def test_each_fault_is_told_by_its_line_and_keeps_all_from_being_taken() -> None:
    text = "user,roles\n7,editor\nx7,editor\n8,king\n9,\n7,staff\n-1,staff\n0,staff"
    assert faults(text) == [
        (Wrong.USER, 3), (Wrong.ROLE, 4), (Wrong.ROLE, 5),
        (Wrong.TWICE, 6), (Wrong.USER, 7), (Wrong.USER, 8),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", Wrong.HEADING),
        (b"\xff\xfeu\x00", Wrong.UNREADABLE),
        (b"PK\x03\x04\x9c", Wrong.UNREADABLE),
        (b'user,roles\n7,"editor', Wrong.UNREADABLE),
        (b"id,role\n7,editor", Wrong.HEADING),
        (b"user,roles\n", Wrong.EMPTY),
        (b"x" * (MOST_BYTES + 1), Wrong.TOO_LARGE),
        (b"user,roles\n" + b"7,staff\n" * (MOST_MEMBERS + 1), Wrong.TOO_LARGE),
    ],
)
def test_what_is_no_list_of_members_is_refused(content: bytes, wrong: Wrong) -> None:
    assert faults(content) == [(wrong, 0)]


@given(st.binary(max_size=200) | st.text().map(lambda text: f"user,roles\n{text}".encode()))
def test_no_file_breaks_the_reading(content: bytes) -> None:
    found = read(content, NOW)
    assert found.faults or found.members


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Nothing was imported.", "• line 2: x is not a Telegram", "and 3 more lines"]),
        ("fr", ["Rien n’a été importé.", "• ligne 2\u00a0: x n’est pas", "et 3 autres lignes"]),
        ("ru", ["Ничего не загружено.", "• строка 2: x — не идентификатор", "и ещё 3 строки"]),
    ],
)
def test_faults_are_told_in_the_admins_language(language: str, said: list[str]) -> None:
    found = read(b"user,roles\n" + b"x,staff\n" * 13, NOW)
    text = "\n".join(messages(faults_page(found.faults, voice(language))))
    assert all(each in text for each in said), text


def test_roles_are_given_and_none_is_taken(members: Members) -> None:
    members.grant(7, Role.ADMIN, NOW, "Nino")
    members.grant(8, Role.STAFF, NOW, "Ana")
    wanted = [
        member(7, "N.", Role.EDITOR),
        member(8, "", Role.STAFF),
        member(9, "Zaza", Role.STAFF),
    ]
    assert members.grant_all(wanted, NOW) == Taken(new=1, changed=1, same=1)
    assert [(m.user, m.name, m.roles) for m in members.all()] == [
        (7, "Nino", {Role.ADMIN, Role.EDITOR}),
        (8, "Ana", {Role.STAFF}),
        (9, "Zaza", {Role.STAFF}),
    ]
