"""What is kept of people, in either database: answers, votes, what was cited, what is followed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from bot import records
from bot.answering.composing import nothing
from bot.domain import Further, Kind, Question, Reason
from bot.records.cited import Quoted
from bot.records.database import open_records
from bot.records.deliveries import State
from bot.records.digests import Subscription
from bot.records.exchanges import Exchange, Vote
from bot.records.follows import Followed
from bot.records.notes import Note
from bot.records.questions import Asked
from bot.roles import Role
from tests.databases import url_of
from vectorstore.catalog.database import CatalogError
from vectorstore.domain import Tier

READER, OTHER = 5_000_000_000, 2
# A moment that is another day in UTC.
NOW = datetime(2024, 5, 16, 1, 30, tzinfo=timezone(timedelta(hours=3)))
ASKED = Question(text="Что?", search="Что?", language="ru", kind=Kind.STATEMENT, actors=("RU",))


@pytest.fixture
def kept(home: Path) -> Iterator[records.Records]:
    with records.opened(home, 90, url_of(home)) as opened:
        yield opened


def exchange(key: str, user: int = READER, at: datetime = NOW) -> Exchange:
    return Exchange(
        key=key, user=user, chat=user, asked_at=at, tier=Tier.SUBSCRIBERS, text="Что?",
        answer=nothing(ASKED, Reason.NO_COVERAGE), further=Further(more=ASKED),
    )  # fmt: skip


def quoted(version: str = "v1", user: int = READER, at: datetime = NOW) -> Quoted:
    return Quoted(
        user=user, chat=user, asked_at=at, language="ru", briefing="b", version=version,
        quote="«Мы ждём»",
    )  # fmt: skip


def asked(user: int = READER, at: datetime = NOW) -> Asked:
    return Asked(user=user, chat=user, asked_at=at, language="ru", text="Что?", reason=None)


def test_an_exchange_comes_back_as_it_was_with_the_last_vote(kept: records.Records) -> None:
    first = exchange("aaaaaaaaaaaa")
    kept.answered.record(asked(), (), first)
    assert kept.exchanges.of(first.key) == first
    voted = kept.exchanges.vote(first, Vote.WRONG_SPEAKER)
    kept.exchanges.set_case(voted, is_case=True)
    assert [each.vote for each in kept.exchanges.cases()] == [Vote.WRONG_SPEAKER]
    assert [each.key for each in kept.exchanges.since(NOW, 5)] == [first.key]
    assert kept.exchanges.since(NOW + timedelta(seconds=1), 5) == []


def test_what_was_cited_is_found_by_its_version_until_it_is_settled(kept: records.Records) -> None:
    other = replace(quoted("v1"), quote="«Мы уходим»")
    kept.answered.record(asked(), [quoted("v1"), quoted("v2", OTHER), other])
    assert kept.cited.versions() == {"v1", "v2"}
    kept.cited.settle([quoted("v1")], 7)
    assert kept.cited.of_versions({"v1", "v2"}) == [quoted("v2", OTHER), other]
    kept.cited.settle([other], 8)
    assert kept.cited.versions() == {"v2"}
    kept.cited.owe(READER, 7)
    assert kept.cited.of_versions({"v1"}) == [quoted("v1")]


def test_what_is_followed_twice_is_followed_once(kept: records.Records) -> None:
    follows = kept.follows
    assert follows.add(READER, Followed.PERSON, "Мария", "Europe/Moscow", "ru", NOW)
    follows.mute(READER, "22:00-07:00", "Asia/Tbilisi")
    assert not follows.add(READER, Followed.PERSON, "Мария", "UTC", "ru", NOW + timedelta(days=1))
    follower = follows.follower(READER)
    assert follower is not None
    assert (follower.told_until, follower.mute, follower.zone) == (
        NOW, "22:00-07:00", "Asia/Tbilisi",
    )  # fmt: skip
    assert [each.name for each in follows.of(READER)] == ["Мария"]
    assert [each.user for each in follows.behind(NOW + timedelta(seconds=1))] == [READER]
    assert follows.behind(NOW) == []


def test_all_of_it_is_shown_to_its_owner_and_erased_for_good(kept: records.Records) -> None:
    for user in (READER, OTHER):
        made = exchange(f"aaaaaaaaaa{user % 100:02}", user)
        kept.answered.record(asked(user), [quoted(user=user)], made)
        kept.follows.add(user, Followed.ACTOR, "RU", "UTC", "ru", NOW)
        kept.deliveries.plan("following", "1 public", user, ["news"], NOW)
        kept.notes.put(Note.CHOSEN, user, "ru")
    shown = kept.traces.of(READER)
    assert shown["following"] == ["actor: RU"]
    assert shown["noted"] == {"chosen language": "ru"}
    assert [len(shown[each]) for each in ("answers", "cited", "questions", "sent")] == [1] * 4  # type: ignore[arg-type] # lists, all of them
    kept.traces.erase(READER, NOW)
    empty = kept.traces.of(READER)
    assert [empty[each] for each in ("answers", "cited", "questions", "sent")] == [[]] * 4
    assert empty["noted"] == {}
    assert kept.notes.get(Note.CHOSEN, OTHER) == "ru"
    assert [each.chat for each in kept.deliveries.pending()] == [OTHER]
    assert len(kept.traces.of(OTHER)["answers"]) == 1  # type: ignore[arg-type] # a list


def test_an_erasure_that_breaks_off_has_erased_nothing_and_is_whole_the_next_time(
    kept: records.Records,
) -> None:
    made = exchange("aaaaaaaaaaaa")
    kept.answered.record(asked(), [quoted()], made)
    kept.follows.add(READER, Followed.ACTOR, "RU", "UTC", "ru", NOW)
    kept.deliveries.plan("following", "1 public", READER, ["news"], NOW)
    kept.notes.put(Note.CHOSEN, READER, "ru")
    kept.members.grant(READER, Role.ADMIN, NOW, "Нина")
    kept.digests.save(Subscription(user=READER, on=True, at="07:30", zone="UTC", days="1"))
    kept.members.invite(Role.STAFF, uses=1, expires_at=NOW, made_by=READER, now=NOW)
    before, breaks = kept.traces.of(READER), 0
    assert all(before.values())
    while True:
        with broken_off(after=breaks):
            try:
                kept.traces.erase(READER, NOW)
                break
            except CatalogError:
                breaks += 1
        assert kept.traces.of(READER) == before
        assert kept.notes.get(Note.CHOSEN, READER) == "ru"
    assert breaks >= 8, "a statement for each table, and more"
    assert not any(kept.traces.of(READER).values())
    assert kept.notes.get(Note.CHOSEN, READER) is None


@contextmanager
def broken_off(after: int) -> Iterator[None]:
    """Every connection refuses what comes after so many statements."""
    heard: list[object] = []

    def hear(*_: object) -> None:
        heard.append(None)
        if len(heard) > after:
            raise OperationalError("", {}, Exception("the disk is gone"))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def test_a_note_is_replaced_and_struck_out(kept: records.Records) -> None:
    for value in ("fr", "ru", None):
        kept.notes.put(Note.CHOSEN, READER, value)
        assert kept.notes.get(Note.CHOSEN, READER) == value
    kept.notes.put(Note.CHOSEN, -100_123, None)


def test_what_was_noted_in_files_is_taken_over_once(home: Path) -> None:
    chosen, told = home / "languages.json", home / "editors.json"
    chosen.write_text('{"7": "fr", "-100123": "ru", "strange": "x"}')
    told.write_text('{"language of 7": "ru", "told 7": "2024-05-16T08:00:00+00:00"}')
    with records.opened(home, 90, url_of(home)) as kept:
        assert kept.notes.get(Note.CHOSEN, -100_123) == "ru"
        assert kept.notes.of(7) == {
            "chosen language": "fr",
            "editor's language": "ru",
            "told of staleness": "2024-05-16T08:00:00+00:00",
        }
        kept.notes.put(Note.CHOSEN, 7, None)
    assert not chosen.exists()
    assert not told.exists()
    chosen.write_text("{")
    with records.opened(home, 90, url_of(home)) as kept:
        assert kept.notes.get(Note.CHOSEN, 7) is None


def test_it_expires(kept: records.Records) -> None:
    old = NOW - timedelta(days=91)
    cited = [quoted(at=NOW - timedelta(days=31)), quoted("v2")]
    kept.answered.record(asked(at=old), cited, exchange("aaaaaaaaaaaa", at=old))
    kept.deliveries.plan("digest", "2024-04-01", READER, ["old"], NOW - timedelta(days=31))
    kept.deliveries.plan("digest", "2024-05-16", READER, ["new"], NOW)
    kept.traces.expire(NOW)
    assert kept.exchanges.by(READER) == kept.questions.of(READER) == []
    assert kept.questions.count(READER, old.date()) == 0, "it is nobody's now"
    assert kept.cited.versions() == {"v2"}
    assert kept.deliveries.keys("digest", NOW - timedelta(days=365))[READER] == {"2024-05-16"}


def test_what_will_not_be_sent_says_nothing_any_more(kept: records.Records) -> None:
    kept.deliveries.plan("following", "1 subscribers", READER, ["a secret", "another"], NOW)
    first, _ = kept.deliveries.pending()
    kept.deliveries.begin(first.number, NOW)
    kept.deliveries.lose(first.number, "Telegram did not confirm it", NOW)
    kept.deliveries.settle(NOW + timedelta(hours=7), timedelta(hours=6))
    left = kept.deliveries.of(READER)
    assert [(each.state, each.content) for each in left] == [
        (State.UNKNOWN, ""),
        (State.FAILED, ""),
    ]


def test_no_table_is_read_whole_for_a_message(tmp_path: Path) -> None:
    engine = open_records(tmp_path)
    asked_each_time = (
        "SELECT count(*) FROM questions WHERE user = 1 AND asked_on = '2024-05-16'",
        "SELECT * FROM exchanges WHERE key = 'a'",
        "SELECT * FROM follows WHERE user = 1",
        "SELECT * FROM deliveries WHERE state = 'pending'",
        "SELECT key FROM deliveries WHERE kind = 'digest' AND chat = 1",
        "DELETE FROM cited WHERE asked_at < '2024-05-16'",
        "DELETE FROM cited WHERE chat = 1 AND briefing = 'b'",
        "SELECT * FROM cited WHERE version IN ('a', 'b')",
        "UPDATE questions SET text = '' WHERE user IS NOT NULL AND asked_at < '2024-05-16'",
    )
    with engine.connect() as connection:
        for query in asked_each_time:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {query}")).all()
            assert not [row for row in plan if row.detail.startswith("SCAN")], (query, plan)
    engine.dispose()
