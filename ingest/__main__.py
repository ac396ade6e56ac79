"""The editors' command line, ``python -m ingest``; puts the parts together, nothing else."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing, nullcontext
from typing import Any

if __name__ == "__main__":  # Ctrl-C while all this is imported has nothing to say
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from ingest import listing, registry
from ingest.progress import Bars, Lines
from ingest.running import Ingestion, Order, stopped
from ingest.settings import IngestSettings
from ingest.sources import Source, SourceError
from ingest.upkeep import UpkeepError
from ingest.upkeep.options import add_serving, add_staying, stays
from vectorstore.catalog import Catalog
from vectorstore.domain import StoreError
from vectorstore.logs import open_logs, redacted
from vectorstore.publication import PublishError
from vectorstore.settings import SettingsError, StoreSettings, read_settings

DONE, DONE_WITH_FAILURES, COULD_NOT_RUN = 0, 1, 2
_COMMANDS = {
    "add": "remember a source, so that a run that names none reads it",
    "remove": "forget a source; what was read from it goes at the next run",
    "sources": "list the sources that are remembered",
    "list": "list what is published",
    "show": "show one briefing with its passages and statements",
    "runs": "list the last runs and what each did",
    "rollback": "make the generation before the current one current again, or generation N",
    "rebuild": "write the index anew from the catalog",
    "verify": "check the current index",
    "serve": "run when the CMS says over HTTP that something was published",
}
_OTHERS = (
    "\nIt has other content as well: {}. Where that is briefings, have it read, too: "
    "python -m ingest add {} {}"
)
_EXAMPLES = """\
examples:
  python -m ingest ingest/samples
  python -m ingest https://blog.example --every 15m"""
_MORE = {
    "rollback": "What it undoes stays undone: the next run leaves a page alone until it changes "
    "once more, and a briefing that came back stays; `python -m ingest SOURCE --again` publishes "
    "it after all. A rollback to a later generation goes forward again.",
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    options = _parse(arguments)
    if threading.current_thread() is threading.main_thread():
        # Both end with a last word, also where whoever started us has Ctrl-C ignored.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
    try:
        settings = read_settings(IngestSettings)
        open_logs(settings)
        code = _command(options, settings)
        sys.stdout.flush()
        return code
    except (SettingsError, SourceError, StoreError, UpkeepError) as error:
        print(redacted(str(error)), file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:  # whoever read our output has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print(stopped(), file=sys.stderr)
        return COULD_NOT_RUN


def _command(options: argparse.Namespace, settings: IngestSettings) -> int:
    if stays(options):
        return _stay(options, settings)
    if options.command in {"list", "show", "runs", "sources"}:
        return _tell(options, Catalog.existing(settings.data_dir, settings.database))
    if options.command in {"add", "remove"}:
        return _register(options, settings)
    if options.command == "ingest":
        return _ingest(options, settings)
    if not _is_published(settings):
        raise PublishError(
            "Nothing is published yet; ingest a source first: python -m ingest FOLDER"
        )
    return _mend(options, Ingestion(settings))


def _stay(options: argparse.Namespace, settings: IngestSettings) -> int:
    """Have each run made by a process like this one."""
    from ingest.upkeep import life, runs  # asyncio: what a single run must not pay

    flags = ("json", "progress", "allow_removals")
    given = [f"--{flag.replace('_', '-')}" for flag in flags if vars(options).get(flag)]
    program = [*runs.this_program(), *given]
    if options.command == "serve":
        secret = settings.hook_secret.get_secret_value() if settings.hook_secret else ""
        life.serve(
            program,
            settings.data_dir,
            settings.database,
            secret,
            host=options.host,
            port=options.port,
            every=options.every,
            with_parent=options.with_parent,
        )
    else:
        life.repeat(program, options.sources, watching=options.watch, every=options.every)
    return DONE


def _ingest(options: argparse.Namespace, settings: IngestSettings) -> int:
    if options.if_empty and _is_published(settings):
        return DONE
    ingestion = Ingestion(settings)
    opened = ExitStack()

    def open_sources(catalog: Catalog) -> Sequence[Source]:
        opened.close()  # what the run before opened
        opening = opened.enter_context(registry.opener(settings, catalog))
        return opening.sources(options.sources)

    order = Order(
        open_sources=open_sources,
        trigger=options.trigger,
        allow_removals=options.allow_removals,
        again=options.again,
    )
    with opened, Lines() if options.progress else Bars() as progress:
        report = (ingestion.plan if options.dry_run else ingestion.run)(order, progress)
    _say(options, report.as_json(), report.lines())
    return DONE_WITH_FAILURES if report.failed else DONE


def _register(options: argparse.Namespace, settings: IngestSettings) -> int:
    if options.command == "add":
        row, others = registry.add(options.source, settings, options.type)
        said = f"{row.name} ({row.kind}) is remembered; read it now with: python -m ingest"
        if others:
            said += _OTHERS.format(
                ", ".join(f"{name} ({count})" for name, count in others.items()),
                options.source,
                " ".join(f"--type {name}" for name in (*(options.type or ["post"]), *others)),
            )
    else:
        row = registry.remove(options.source, settings, keep=options.keep)
        ends = "its briefings stay" if options.keep else "its briefings go at the next run"
        said = f"{row.name} is forgotten; {ends}."
    return _say(options, {"name": row.name, "kind": row.kind, "address": row.address}, [said])


def _is_published(settings: StoreSettings) -> bool:
    catalog = Catalog.existing(settings.data_dir, settings.database)
    if catalog is None:
        return False
    with closing(catalog):
        return catalog.current() is not None


def _mend(options: argparse.Namespace, ingestion: Ingestion) -> int:
    number: int | None
    if options.command == "rollback":
        number = ingestion.roll_back(
            options.generation, if_current=options.if_current, trigger=options.trigger
        )
        said = f"Generation {number} is current again."
    elif options.command == "verify":
        number = ingestion.verify()
        said = f"Generation {number} is whole."
    else:
        with Bars() as bars:
            number = ingestion.rebuild(bars)
        said = f"Generation {number} was written from the catalog and is current."
    return _say(options, {"generation": number}, [said])


def _tell(options: argparse.Namespace, catalog: Catalog | None) -> int:
    """What the catalog knows; where there is none, none is made."""
    if options.command == "show":
        return _show(options, catalog)
    with closing(catalog) if catalog else nullcontext():
        if options.command == "sources":
            sources = registry.listed(catalog) if catalog else []
            return _say(options, sources, registry.lines(sources))
        if options.command == "runs":
            runs = listing.runs(catalog) if catalog else []
            return _say(options, runs, listing.run_lines(runs))
        rows = listing.listed(catalog) if catalog else []
        return _say(options, rows, listing.list_lines(rows))


def _show(options: argparse.Namespace, catalog: Catalog | None) -> int:
    with closing(catalog) if catalog else nullcontext():
        row = listing.shown(catalog, options.id) if catalog else None
    if row is None:
        raise PublishError(f"No briefing {options.id!r} is published; see: python -m ingest list")
    return _say(options, row, listing.show_lines(row))


def _say(options: argparse.Namespace, document: Any, lines: Iterable[str]) -> int:
    if options.json:
        print(json.dumps(document, ensure_ascii=False))
    else:
        for line in lines:
            print(line)
    return DONE


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    named = bool(arguments) and arguments[0] in _COMMANDS
    command = arguments[0] if named else "ingest"
    parser = _parser_of(command) if named else _parser()
    parser.add_argument(
        "--json",
        action="store_true",
        help="print the result as one JSON document on standard output, for another program",
    )
    parser.add_argument("--trigger", default="command", help=argparse.SUPPRESS)  # for the history
    options = parser.parse_args(arguments[named:], argparse.Namespace(command=command))
    if not named and stays(options) and (options.dry_run or options.if_empty or options.again):
        parser.error("--watch and --every go without --dry-run, --if-empty and --again")
    return options


def _parser_of(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        f"python -m ingest {command}", description=_COMMANDS[command], epilog=_MORE.get(command)
    )
    if command in {"add", "remove"}:
        parser.add_argument(
            "source", metavar="SOURCE", help="a folder, or the address of a site, feed or page"
        )
    if command == "add":
        parser.add_argument(
            "--type",
            action="append",
            default=[],
            metavar="NAME",
            help="of a WordPress site read this type of content in place of post, the usual one; "
            "may be given several times",
        )
    if command == "remove":
        parser.add_argument("--keep", action="store_true", help="leave its briefings published")
    if command == "show":
        parser.add_argument("id", metavar="ID", help="a briefing's id, as list prints it")
    if command == "serve":
        add_serving(parser)
    if command == "rollback":
        parser.add_argument(
            "generation",
            metavar="N",
            nargs="?",
            type=int,
            help="its number, as runs prints it; by default the one that this was made from",
        )
        parser.add_argument(
            "--if-current",
            metavar="M",
            type=int,
            help="only if M is the current one, and nobody has published since",
        )
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m ingest",
        description="Read the sources, and publish what is new or has changed in them.",
        epilog="\n".join(
            [_EXAMPLES, "\nother commands, each with a --help of its own:"]
            + [f"  {name:<10}{what}" for name, what in _COMMANDS.items()]
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="what to read: a folder, a .txt .md .html .jsonl file, or the address of a WordPress "
        "site, a feed, a sitemap or an article; without any, all that `add` has remembered",
    )
    add_staying(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, and change nothing"
    )
    parser.add_argument(
        "--allow-removals",
        action="store_true",
        help="withdraw the briefings that are no longer in a source even if they are more than a "
        "fifth of it; without this such a source is left as it is, for it may only be broken",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="publish what a rollback has undone, though its page has not changed since",
    )
    parser.add_argument(
        "--progress",
        action="store_true",
        help="write each step to standard error as one line of JSON, for another program",
    )
    parser.add_argument(
        "--if-empty",
        action="store_true",
        help="do nothing where anything has been published before, as on a first start",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
