"""Who is a member with which roles, and what of them is kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.records.answered import Answered
from bot.records.database import open_records
from bot.records.inbox import Inbox, Stage
from bot.records.members import Members
from bot.records.notes import Notes
from bot.records.questions import Asked, Questions
from bot.records.schema import invites
from bot.records.traces import Traces
from bot.roles import Role
from tests.databases import url_of

NOW = datetime(2024, 5, 16, 7, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def engine(home: Path) -> Iterator[Engine]:
    engine = open_records(home, url_of(home))
    yield engine
    engine.dispose()


def test_roles_are_given_and_taken_one_by_one(engine: Engine) -> None:
    members = Members(engine)
    assert members.of(7) is None
    members.grant(7, Role.EDITOR, NOW, "Nino")
    members.grant(7, Role.STAFF, NOW)
    member = members.of(7)
    assert member is not None
    assert (member.name, member.roles) == ("Nino", {Role.EDITOR, Role.STAFF})
    assert members.revoke(7, Role.EDITOR)
    assert not members.revoke(7, Role.EDITOR)
    assert [(m.user, m.roles) for m in members.all()] == [(7, {Role.STAFF})]


def test_who_writes_is_met_and_who_blocks_the_bot_has_left(engine: Engine) -> None:
    members = Members(engine)
    members.meet(7, "Nino", "ru", NOW)
    members.part(7)
    member = members.of(7)
    assert member is not None
    assert (member.name, member.language, member.active) == ("Nino", "ru", False)
    members.meet(7, "Nino", "ru", NOW)
    member = members.of(7)
    assert member is not None
    assert member.active


def test_of_a_hundred_who_redeem_an_invitation_for_one_one_succeeds(home: Path) -> None:
    engines = [open_records(home, url_of(home)) for _ in range(4)]
    token = Members(engines[0]).invite(Role.ADMIN, uses=1, expires_at=NOW + DAY, made_by=0, now=NOW)
    with ThreadPoolExecutor(20) as threads:
        roles = list(
            threads.map(lambda n: Members(engines[n % 4]).redeem(token, n, NOW), range(100))
        )
    admins = [m for m in Members(engines[0]).all() if Role.ADMIN in m.roles]
    for engine in engines:
        engine.dispose()
    assert roles.count(Role.ADMIN) == 1
    assert [member.user for member in admins] == [roles.index(Role.ADMIN)]


def test_roles_given_at_once_are_all_there(home: Path) -> None:
    engines = [open_records(home, url_of(home)) for _ in range(4)]
    given = [role for role in Role for _ in range(5)]
    with ThreadPoolExecutor(len(given)) as threads:
        places = range(len(given))
        list(threads.map(lambda n: Members(engines[n % 4]).grant(7, given[n], NOW), places))
    member = Members(engines[0]).of(7)
    for engine in engines:
        engine.dispose()
    assert member is not None
    assert member.roles == set(Role)


def test_an_invitation_ends(engine: Engine) -> None:
    members = Members(engine)
    token = members.invite(Role.SUBSCRIBER, uses=2, expires_at=NOW + DAY, made_by=1, now=NOW)
    assert members.redeem("x" * len(token), 7, NOW) is None
    assert members.redeem(token, 7, NOW + DAY) is None
    assert members.redeem(token, 7, NOW) is Role.SUBSCRIBER
    assert members.redeem(token, 7, NOW) is Role.SUBSCRIBER, "again, and nothing is used up"
    assert members.redeem(token, 8, NOW) is Role.SUBSCRIBER
    assert members.redeem(token, 9, NOW) is None


def test_a_token_is_not_in_the_database(engine: Engine) -> None:
    token = Members(engine).invite(Role.ADMIN, uses=1, expires_at=NOW + DAY, made_by=0, now=NOW)
    assert len(token) <= 64
    with engine.connect() as connection:
        rows = connection.execute(select(invites)).all()
    assert len(rows) == 1
    assert token not in repr(rows)


def test_an_update_is_kept_once_and_until_it_is_dealt_with(engine: Engine) -> None:
    inbox = Inbox(engine)
    assert inbox.receive(11, "a", NOW)
    assert inbox.receive(12, "b", NOW)
    assert not inbox.receive(11, "a", NOW)
    inbox.begin(11)
    inbox.begin(11)
    inbox.replying(12)
    assert [(letter.update, letter.stage, letter.attempts) for letter in inbox.left()] == [
        (11, Stage.RECEIVED, 2),
        (12, Stage.REPLYING, 0),
    ]
    inbox.done(11)
    inbox.replying(11)  # late, as by an apology for what went on beside
    inbox.done(12)
    assert inbox.left() == []
    assert not inbox.receive(12, "b", NOW), "it has been dealt with"
    inbox.prune(NOW + DAY)
    assert inbox.receive(12, "b", NOW), "ids may start again"


def test_invitations_of_whom_we_have_forgotten_are_nobodys_and_still_good(engine: Engine) -> None:
    members = Members(engine)
    token = members.invite(Role.STAFF, uses=1, expires_at=NOW + DAY, made_by=7, now=NOW)
    Traces(engine, 90, Notes(engine)).erase(7, NOW)
    with engine.connect() as connection:
        assert connection.execute(select(invites.c.made_by)).scalars().all() == [0]
    assert members.redeem(token, 8, NOW) is Role.STAFF


def asked(user: int, at: datetime, text: str = "who?", reason: str | None = None) -> Asked:
    return Asked(user=user, chat=user, asked_at=at, language="en", text=text, reason=reason)


def test_questions_are_counted_by_day_and_erased_by_person(engine: Engine) -> None:
    questions = Questions(engine)
    for one in (asked(7, NOW), asked(7, NOW - DAY), asked(8, NOW, reason="no_coverage")):
        Answered(engine).record(one)
    assert questions.count(7, NOW.date()) == 1
    assert questions.since(NOW) == [asked(7, NOW), asked(8, NOW, reason="no_coverage")]
    assert questions.of(7) == [asked(7, NOW), asked(7, NOW - DAY)]
    Traces(engine, 90, Notes(engine)).erase(7, NOW)
    assert questions.of(7) == []
    assert [each.user for each in questions.since(NOW - DAY)] == [8]
    questions.expire(NOW + DAY, (NOW + DAY).date())
    assert questions.since(NOW - DAY) == []
