"""What the command line takes; knows not what is done with it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from vectorstore.domain import Tier

_ASKING = """\
examples:
  python -m bot ask "What did Russia say about the corridor?"
  python -m bot ask --stdin --json --tier subscribers < questions.txt > answers.jsonl"""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line; ``command`` is None where the Telegram bot is wanted."""
    whole = argparse.ArgumentParser(
        "python -m bot", description="Answer questions from the published briefings."
    )
    commands = whole.add_subparsers(
        metavar="COMMAND", title="without one, the Telegram bot runs", dest="command"
    )
    asking = argparse.ArgumentParser(add_help=False)
    _take_tier(
        asking,
        Tier.PUBLIC,
        "answer from what everybody may read (public, unless you say otherwise), or from what "
        "subscribers may read, which is all of it",
    )
    _take_day(
        asking,
        "--today",
        "take this day for today where a question says yesterday or last week; without it, today "
        "is today",
    )
    ask = commands.add_parser(
        "ask",
        parents=[asking],
        help="answer one question, or one a line",
        description="Answer from the published briefings, with the words of whoever spoke.",
        epilog=_ASKING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = ask.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "question",
        nargs="?",
        metavar="QUESTION",
        help="the question in English, French or Russian, between quotation marks",
    )
    what.add_argument(
        "--stdin",
        action="store_true",
        help='read one question a line from standard input, as text or as {"id": "1", "question": '
        '"..."}, and answer in their order; the model is loaded once for all of them',
    )
    ask.add_argument(
        "--json",
        action="store_true",
        help="print each answer as one line of JSON, with its citations, for another program",
    )
    digest = commands.add_parser(
        "digest",
        help="send the digests that are owed now, once, as the running bot does by itself",
    )
    _take_tier(
        digest,
        Tier.SUBSCRIBERS,
        "with --dry-run: make it of what these readers may read (subscribers, unless you say "
        "otherwise)",
    )
    _take_day(digest, "--date", "with --dry-run: make that of this day")
    digest.add_argument("--dry-run", action="store_true", help="print the digest, send nothing")
    cases = commands.add_parser(
        "cases", help="print the questions that editors made cases, for benchmarks.evaluate --cases"
    )
    cases.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    members = commands.add_parser("members", help="all members as a CSV file, out or in")
    members.add_argument("what", choices=["export", "import"])
    members.add_argument("file", metavar="FILE", type=Path)
    commands.add_parser("chat", parents=[asking], help="the same answers in a terminal")
    commands.add_parser(
        "start", parents=[asking], help="Telegram if there is a token, else a chat or a first look"
    )
    return whole


def _take_tier(command: argparse.ArgumentParser, default: Tier, what: str) -> None:
    command.add_argument("--tier", type=Tier, default=default, choices=list(Tier), help=what)


def _take_day(command: argparse.ArgumentParser, name: str, what: str) -> None:
    command.add_argument(name, type=_day, metavar="YYYY-MM-DD", help=what)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write it as 2024-05-16") from None
