"""The readers' command line, ``python -m bot``; puts the parts together, nothing else."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if __name__ == "__main__":  # Ctrl-C while all this is imported has nothing to say
    _usual = signal.signal(signal.SIGINT, signal.SIG_DFL)

from rich.console import Console

from bot import records
from bot.access import Access
from bot.answering import Newsroom
from bot.cases import case
from bot.conversing import Conversation
from bot.digest.composing import Composer
from bot.digest.page import digest_page
from bot.documents import asked, document
from bot.domain import Answer
from bot.editing import EditorsDesk, open_desk
from bot.hooks import taking_hints
from bot.i18n import spoken, voice
from bot.options import parser
from bot.rendering import Page, answer_page, plain
from bot.roles import GivenRoles
from bot.settings import BotSettings
from bot.terminal import chat, export_members, import_members, show
from bot.writing import ModelWriter, open_model
from vectorstore.actors import Actors
from vectorstore.batching import QueriesTogether
from vectorstore.corpus import Corpus
from vectorstore.domain import StoreError, Tier
from vectorstore.embeddings import open_embeddings
from vectorstore.logs import open_logs, redacted
from vectorstore.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from bot.telegram.parts import Parts

DONE, COULD_NOT_RUN = 0, 2
# Without a terminal a first look asks these of the sample briefings.
SAMPLE_QUESTIONS = (
    "what did Russia say?",
    "Que dit la Turquie sur le corridor ferroviaire ?",
    "Сколько человек погибло при наводнении?",
)
# What an editor's wish to ingest starts; it reads the settings that this process reads.
INGEST = (sys.executable, "-m", "ingest")
_EVERYTHING = frozenset(Tier)
_PUBLIC = frozenset({Tier.PUBLIC})


@dataclass(frozen=True, slots=True)
class _Desk:
    """The parts that every command needs."""

    settings: BotSettings
    newsroom: Newsroom
    actors: Actors
    corpus: Corpus
    editors: EditorsDesk
    composer: Composer


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    options = parser().parse_args(arguments)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal has every letter
    try:
        settings = read_settings(BotSettings)
        open_logs(settings)
        with _desk(settings) as desk:
            code = _RUNS[options.command](options, desk)
        sys.stdout.flush()
        return code
    except (SettingsError, StoreError) as error:
        print(redacted(str(error)), file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:  # whoever read our output has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return COULD_NOT_RUN


@contextmanager
def _desk(settings: BotSettings) -> Iterator[_Desk]:
    corpus = Corpus(settings.data_dir, settings.database)
    try:
        actors = Actors.load()
        encoder = QueriesTogether(open_embeddings(settings))
        writer = ModelWriter(open_model(settings), actors.name) if settings.llm_model else None
        newsroom = Newsroom(corpus, encoder, actors, writer)
        composer = Composer(corpus, actors, newsroom.speakers, writer)
        stale_after, zone = settings.stale_after, ZoneInfo(settings.timezone)
        with open_desk(
            settings.data_dir, corpus, INGEST, stale_after, zone, settings.database
        ) as editors:
            yield _Desk(settings, newsroom, actors, corpus, editors, composer)
    finally:
        corpus.close()


def _serve(_options: argparse.Namespace, desk: _Desk) -> int:
    from bot.telegram.app import run  # the terminal commands do without Telegram

    settings = desk.settings
    if settings.telegram_bot_token:  # without one, run only says so
        desk.newsroom.warm_up()
        desk.corpus.watch()
    with _records(settings) as kept, taking_hints(settings.hook_port):
        return run(_parts(desk, kept), settings)


def _records(settings: BotSettings) -> AbstractContextManager[records.Records]:
    return records.opened(settings.data_dir, settings.keep_questions_days, settings.database)


def _parts(desk: _Desk, kept: records.Records) -> Parts:
    from bot.telegram.languages import Languages
    from bot.telegram.parts import Parts, Rules
    from bot.telegram.within import Within

    settings = desk.settings
    return Parts(
        newsroom=desk.newsroom,
        actor_name=desk.actors.name,
        desk=desk.editors,
        roles=Access(kept.members, _roles(settings), settings.access),
        records=kept,
        languages=Languages(kept.notes),
        within=Within(kept.notes),
        composer=desk.composer,
        corpus=desk.corpus,
        speakers=desk.newsroom.speakers,
        rules=Rules(
            questions_per_day=settings.questions_per_day,
            zone=settings.timezone,
            subscriber_digest=settings.subscriber_digest,
            quiet_digest=settings.quiet_digest,
        ),
    )


def _roles(settings: BotSettings) -> GivenRoles:
    return GivenRoles(
        admins=settings.admin_ids, editors=settings.editor_ids, staff=settings.staff_ids
    )


def _chat(options: argparse.Namespace, desk: _Desk) -> int:
    language = _own_language()
    console = Console()
    with Console(stderr=True).status("Loading the model…"):
        desk.newsroom.warm_up()
    desk.corpus.watch()
    conversation = Conversation(
        desk.newsroom,
        desk.actors.name,
        lambda answer: _page(answer, desk),
        desk.editors.freshness.stale_since,
        tiers=_tiers(options),
        language=language,
        today=lambda: options.today or date.today(),
    )
    chat(console, conversation.reply, language)
    return DONE


def _ask(options: argparse.Namespace, desk: _Desk) -> int:
    if options.stdin:
        return _ask_many(options, desk)
    answer = _answer(desk, options.question, options)
    if options.json:
        _print_json(answer, None, desk)
    else:
        show(Console(), _page(answer, desk))
    return DONE


def _ask_many(options: argparse.Namespace, desk: _Desk) -> int:
    for line in sys.stdin.buffer:  # rows are UTF-8, whatever the terminal speaks
        text = line.decode(errors="replace").strip("\ufeff \t\r\n")
        if not text:
            continue
        id, question = asked(text)
        answer = _answer(desk, question, options)
        if options.json:
            _print_json(answer, id, desk)
        else:
            _show_exchange(answer, desk)
    return DONE


def _digest(options: argparse.Namespace, desk: _Desk) -> int:
    """Send what is owed; or only print the digest of a day, or what is new since a day ago."""
    if not options.dry_run:
        return _send_digests(options, desk)
    tiers = _tiers(options)
    language, now = _own_language(), datetime.now(UTC)
    if options.date:
        news = desk.composer.of_day(options.date, tiers=tiers, language=language)
    else:
        yesterday = now - timedelta(days=1)
        news = desk.composer.between(yesterday, now, tiers=tiers, language=language)
    show(Console(), digest_page(news, options.date or now.date(), language, desk.actors.name))
    return DONE


def _cases(options: argparse.Namespace, desk: _Desk) -> int:
    """Print what editors made cases of the golden set, one a line."""
    with _records(desk.settings) as kept:
        rows = [case(exchange) for exchange in kept.exchanges.cases()]
    for shown in [rows] if options.json else rows:
        print(json.dumps(shown, ensure_ascii=False))
    return DONE


def _send_digests(options: argparse.Namespace, desk: _Desk) -> int:
    from bot.telegram.app import send_digests  # the terminal commands do without Telegram

    if options.date:
        print("--date goes with --dry-run; what is sent is what is owed now.", file=sys.stderr)
        return COULD_NOT_RUN
    with _records(desk.settings) as kept:
        return send_digests(_parts(desk, kept), desk.settings)


def _members(options: argparse.Namespace, desk: _Desk) -> int:
    try:
        with _records(desk.settings) as kept:
            if options.what == "import":
                taken = import_members(kept.members, options.file, voice(_own_language()))
                return DONE if taken else COULD_NOT_RUN
            export_members(kept.members, options.file)
    except OSError as error:
        print(f"{options.file}: {error.strerror}", file=sys.stderr)
        return COULD_NOT_RUN
    return DONE


def _start(options: argparse.Namespace, desk: _Desk) -> int:
    if desk.settings.telegram_bot_token:
        return _serve(options, desk)
    if sys.stdin.isatty():
        return _chat(options, desk)
    for question in SAMPLE_QUESTIONS:
        _show_exchange(_answer(desk, question, options), desk)
    return DONE


def _show_exchange(answer: Answer, desk: _Desk) -> None:
    console = Console()
    console.print(f"> {answer.question}\n", highlight=False, markup=False, soft_wrap=True)
    show(console, _page(answer, desk))
    console.print()


def _page(answer: Answer, desk: _Desk) -> Page:
    if not desk.newsroom.latest(tiers=_EVERYTHING, limit=1):
        return plain(voice(answer.language).say("There are no briefings yet."))
    return answer_page(answer, desk.actors.name, desk.editors.freshness.stale_since())


def _answer(desk: _Desk, question: str, options: argparse.Namespace) -> Answer:
    return desk.newsroom.answer(
        question,
        tiers=_tiers(options),
        language=_own_language(),
        today=options.today or date.today(),
    )


def _tiers(options: argparse.Namespace) -> frozenset[Tier]:
    return _EVERYTHING if options.tier is Tier.SUBSCRIBERS else _PUBLIC


def _print_json(answer: Answer, id: Any, desk: _Desk) -> None:
    since = desk.editors.freshness.stale_since()
    made = document(answer, id) | {"as_of": since.isoformat() if since else None}
    text = json.dumps(made, ensure_ascii=False)
    sys.stdout.buffer.write(text.encode(errors="backslashreplace") + b"\n")
    sys.stdout.flush()


def _own_language() -> str:
    return spoken(os.environ.get("LC_ALL") or os.environ.get("LANG"))


_RUNS: dict[str | None, Callable[[argparse.Namespace, _Desk], int]] = {
    None: _serve,
    "ask": _ask,
    "chat": _chat,
    "digest": _digest,
    "cases": _cases,
    "members": _members,
    "start": _start,
}


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _usual)
    sys.exit(main(sys.argv[1:]))
