"""A whole digest as its reader sees it in Telegram, in three languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answering.written.retelling import Cited
from bot.digest.composing import Composer
from bot.domain import Line, LineKind
from bot.editing import EditorsDesk, open_desk
from bot.i18n import voice
from bot.listening import Listener
from bot.records.digests import Subscription
from bot.records.questions import Asked
from bot.roles import GivenRoles
from bot.telegram.parts import Parts
from tests.bot.editing import plainly
from tests.bot.house import TODAY, House
from tests.bot.scripted import ScriptedNewsroom, line, without_editors
from tests.bot.serving import daily_once, said, serving
from tests.telegram_server.people import User
from tests.telegram_server.server import TelegramServer
from tests.vectorstore.store import briefing
from vectorstore.catalog import Catalog, Run
from vectorstore.corpus import Corpus
from vectorstore.domain import Briefing

NOW = datetime.now(UTC)
OWED = NOW - timedelta(hours=1)
STAFF = {"en": 1, "fr": 2, "ru": 3}
EDITORS = {"en": 11, "fr": 12, "ru": 13}
EARLIER = TODAY - timedelta(days=3)

RAIN = {
    "en": ("Rain over Ardesh", "It rained over the town of Ardesh for three days in a row."),
    "fr": ("La pluie sur Ardech", "Il a plu trois jours de suite sur la ville d’Ardech."),
    "ru": ("Дожди в Ардеше", "Три дня подряд над городом Ардеш шли проливные дожди."),
}
DAM = {
    "en": (
        "The dam above Ardesh holds",
        "The dam above the town of Ardesh has withstood three days of heavy rain. "
        "“The dam will hold,” said Maria Ostrova, spokesperson for the Georgian MFA.",
    ),
    "fr": (
        "Le barrage d’Ardech tient bon",
        "Le barrage au-dessus de la ville d’Ardech a résisté à trois jours de fortes pluies. "
        "« Le barrage tiendra », a déclaré Maria Ostrova, porte-parole du MAE géorgien.",
    ),
    "ru": (
        "Плотина над Ардешем выстояла",
        "Плотина над городом Ардеш выдержала три дня проливных дождей. "
        "«Плотина выстоит», — заявила Мария Острова, официальный представитель МИД Грузии.",
    ),
}
DOSSIER = {"en": "The flood of Ardesh", "fr": "La crue d’Ardech", "ru": "Паводок в Ардеше"}


def editions(story: str, told: dict[str, tuple[str, str]], **more: object) -> Iterator[Briefing]:
    """A story in each language, published as one."""
    for language, (title, text) in told.items():
        made = briefing(f"{story}-{language}", text, title=title, language=language)
        dossiers = (DOSSIER[language],)
        yield replace(made, story=story, dossiers=dossiers, **more)  # type: ignore[arg-type] # as given


# What an editor reads; the staff are told neither what found nothing nor what failed.
PAGES = {
    "en": """Digest of {today}

The flood of Ardesh

The dam above Ardesh holds

The dam above the town of Ardesh has withstood three days of heavy rain. “The dam will hold,” \
said Maria Ostrova, spokesperson for the Georgian MFA. [1] — {published}

Georgia
Maria Ostrova, spokesperson for the Georgian MFA
“The dam will hold” [2] — {published}

Sources
[1] [2] The dam above Ardesh holds — {published}

Still developing
• Rain over Ardesh — {earlier}

Asked by several readers
• Will the dam hold?

Asked, and not found in the briefings
• Who pays for the dam?

Ingestion
• https://blog.example/a: blog.example cannot be reached.""",
    "fr": """La revue du {today}

La crue d’Ardech

Le barrage d’Ardech tient bon

Le barrage au-dessus de la ville d’Ardech a résisté à trois jours de fortes pluies. « Le barrage \
tiendra », a déclaré Maria Ostrova, porte-parole du MAE géorgien. [1] — {published}

Géorgie
Maria Ostrova, porte-parole du MAE géorgien
« Le barrage tiendra » [2] — {published}

Sources
[1] [2] Le barrage d’Ardech tient bon — {published}

À suivre
• La pluie sur Ardech — {earlier}

Questions posées par plusieurs lecteurs
• Will the dam hold?

Questions restées sans réponse dans les synthèses
• Who pays for the dam?

Mise à jour des synthèses
• https://blog.example/a: blog.example est injoignable.""",
    "ru": """Дайджест за {today}

Паводок в Ардеше

Плотина над Ардешем выстояла

Плотина над городом Ардеш выдержала три дня проливных дождей. «Плотина выстоит», — заявила Мария \
Острова, официальный представитель МИД Грузии. [1] — {published}

Грузия
Мария Острова, официальный представитель МИД Грузии
«Плотина выстоит» [2] — {published}

Источники
[1] [2] Плотина над Ардешем выстояла — {published}

Следим за развитием событий
• Дожди в Ардеше — {earlier}

Вопросы, которые задали несколько читателей
• Will the dam hold?

Вопросы, на которые в обзорах нет ответа
• Who pays for the dam?

Обновление обзоров
• https://blog.example/a: blog.example недоступен.""",
}


@pytest.fixture
def house(telegram: TelegramServer, tmp_path: Path) -> Iterator[House]:
    """A newsroom with editors and other staff, whose digests are owed now."""
    given = GivenRoles(
        editors=frozenset(EDITORS.values()), staff=frozenset([*EDITORS.values(), *STAFF.values()])
    )
    with closing(Corpus(tmp_path)) as corpus, open_desk(tmp_path, corpus, (), None) as desk:
        house = House(tmp_path, desk, given)
        for readers in (STAFF, EDITORS):
            for language, user in readers.items():
                wants_digest(house.parts, telegram.user(user), language)
        yield house
        house.corpus.close()


def wants_digest(parts: Parts, user: User, language: str, *, quiet: bool | None = None) -> None:
    """Somebody of the staff whose digest is owed since an hour ago."""
    parts.records.members.meet(user.id, "Ada", language, NOW)
    at = f"{OWED:%H:%M}"
    wish = Subscription(user=user.id, on=True, at=at, zone="UTC", days="1234567", quiet=quiet)
    parts.records.digests.save(wish)


def of_yesterday(parts: Parts) -> None:
    """All had their digest the day before; what is published from now on is new to them."""
    key = (OWED - timedelta(days=1)).date().isoformat()
    for user in (*STAFF.values(), *EDITORS.values()):
        parts.records.deliveries.plan("digest", key, user, [""], datetime.now(UTC))


def asked(parts: Parts, user: int, text: str, reason: str | None = None) -> None:
    said = Asked(
        user=user, chat=user, asked_at=datetime.now(UTC), language="en", text=text, reason=reason
    )
    parts.records.answered.record(said)


def failed(house: House, place: str, error: str) -> None:
    now = datetime.now(UTC)
    run = Run(
        began_at=now, ended_at=now, trigger="timer", sources=(), before=1, generation=1,
        failed=((place, error),),
    )  # fmt: skip
    with closing(Catalog.open(house.folder)) as catalog:
        catalog.record(run)


async def test_a_digest_tells_the_news_what_develops_and_what_the_desk_must_know(
    telegram: TelegramServer, house: House
) -> None:
    """Each story once, in the reader's language, each line with its source."""
    house.publish_all(*editions("rain", RAIN, day=EARLIER))
    of_yesterday(house.parts)
    house.publish_all(*editions("dam", DAM, day=TODAY))
    asked(house.parts, 91, "Will the dam hold?")
    asked(house.parts, 92, "will the dam hold")
    asked(house.parts, 93, "Who pays for the dam?", "no_coverage")
    failed(house, "https://blog.example/a", "blog.example cannot be reached.")
    await daily_once(telegram, house.parts)
    for language, page in PAGES.items():
        words = voice(language)
        days = {"today": OWED.date(), "published": TODAY, "earlier": EARLIER}
        whole = page.format(**{name: words.day(day) for name, day in days.items()})
        (message,) = telegram.user(EDITORS[language]).chat.bot_messages
        assert plainly(message.text) == plainly(whole)
        cited = [link for text, link in message.links if text.startswith("[")]
        assert cited
        beginning = f"https://news.example/dam-{language}#:~:text="
        assert all(link.startswith(beginning) for link in cited)
        (message,) = telegram.user(STAFF[language]).chat.bot_messages
        head, asked_by_several, _ = plainly(whole).partition("\n• Will the dam hold?")
        assert plainly(message.text) == head + asked_by_several


IN_BRIEF = {
    "en": ("In brief", "Maria Ostrova said: “The dam will hold”.", ""),
    "fr": ("En bref", "Maria Ostrova a dit : « Le barrage tiendra ».", "Le barrage a cédé."),
    "ru": ("Коротко", "Мария Острова заявила: «Плотина выстоит».", "Плотина разрушена."),
}


class Model:
    """Writes what is true of the news; where it fails, what is false, or nothing in time."""

    def __init__(self, *, fails: bool) -> None:
        self._fails = fails

    def write(
        self, question: str, language: str, cited: Sequence[Cited], listener: Listener[list[Line]]
    ) -> list[Line] | None:
        _, true, false = IN_BRIEF[language]
        (number,) = [line.citation for line, _ in cited if line.kind is LineKind.QUOTE]
        told = false if self._fails else true
        return [line(told, LineKind.GENERATED, number)] if told else None


@pytest.mark.parametrize("fails", [False, True])
async def test_a_chat_model_puts_a_few_words_on_top_and_costs_nobody_the_digest(
    telegram: TelegramServer, house: House, fails: bool
) -> None:
    """What it says wrongly is dropped, and where it fails, the digest is as without it."""
    composer = Composer(house.corpus, house.actors, house.newsroom.speakers, Model(fails=fails))
    house.publish_all(*editions("dam", DAM, day=TODAY))
    await daily_once(telegram, replace(house.parts, composer=composer))
    for language, (heading, true, false) in IN_BRIEF.items():
        (message,) = telegram.user(STAFF[language]).chat.bot_messages
        first, second = plainly(message.text).split("\n\n")[1:3]
        without = [DOSSIER[language], DAM[language][0]]
        assert [first, second] == (without if fails else [heading, f"{true} [1]"])
        assert DAM[language][0] in message.text
        assert not (false and false in message.text)


QUIET = {
    "en": "Digest of {}\n\nNothing new has been published.",
    "fr": "La revue du {}\n\nRien de nouveau n’a été publié.",
    "ru": "Дайджест за {}\n\nНичего нового не опубликовано.",
}


async def test_a_quiet_day_is_one_line_or_nothing(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    given = GivenRoles(staff=frozenset([*EDITORS.values(), *STAFF.values()]))
    parts = without_editors(newsroom, idle_desk, tmp_path, given)
    for language in QUIET:
        wants_digest(parts, telegram.user(STAFF[language]), language, quiet=True)
        wants_digest(parts, telegram.user(EDITORS[language]), language, quiet=False)
    await daily_once(telegram, parts)
    for language, told in QUIET.items():
        (message,) = telegram.user(STAFF[language]).chat.bot_messages
        assert message.text == told.format(voice(language).day(OWED.date()))
        assert not telegram.user(EDITORS[language]).chat.bot_messages


BLOCKED = {"en": "has blocked the bot", "fr": "a bloqué le bot", "ru": "заблокировал(а) бота"}


async def test_who_blocked_the_bot_gets_nothing_until_they_write_again(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    reader, admins = telegram.user(STAFF["en"]), dict(zip(BLOCKED, (1000, 1001, 1002), strict=True))
    given = GivenRoles(admins=frozenset(admins.values()), staff=frozenset({reader.id}))
    parts = without_editors(newsroom, idle_desk, tmp_path, given)
    wants_digest(parts, reader, "en")
    await reader.block()
    await daily_once(telegram, parts)
    async with serving(telegram, parts):
        for language, gone in BLOCKED.items():
            row = f"{reader.id} · Ada · staff · {gone}"
            assert row in await said(telegram, admins[language], "/members", language)
        await reader.unblock()
        await reader.send("who?")
        await reader.chat.wait_for_message()
        for language, gone in BLOCKED.items():
            assert gone not in await said(telegram, admins[language], "/members", language)
