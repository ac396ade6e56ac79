"""The editors' command line, ``python -m ingest``; puts the parts together, nothing else."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ingest import listing
from ingest.job import Publish, Reader, run
from ingest.progress import Bars, Lines
from ingest.settings import IngestSettings
from ingest.sources import SourceError, open_source
from ingest.upkeep import UpkeepError, interval
from vectorstore.catalog import Catalog
from vectorstore.domain import StoreError
from vectorstore.folders import sweep
from vectorstore.model import Model, open_model
from vectorstore.publication import Change, Progress, Published, PublishError, writing
from vectorstore.settings import SettingsError, read_settings

DONE, DONE_WITH_FAILURES, COULD_NOT_RUN = 0, 1, 2
_COMMANDS = {
    "list": "list what is published",
    "show": "show one briefing with its passages and statements",
    "rollback": "make the generation before the current one current again",
    "rebuild": "write the index anew from the catalog",
    "verify": "check the current index",
    "serve": "refresh the sources when the CMS says that something was published",
}
_HOST, _PORT = "127.0.0.1", 8087


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    options = _parse(arguments)
    try:
        settings = read_settings(IngestSettings)
        logging.basicConfig(level=settings.log_level, format="%(levelname)s %(message)s")
        code = _command(options, settings)
        sys.stdout.flush()
        return code
    except (SettingsError, SourceError, StoreError, UpkeepError) as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:  # whoever read our output has read enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("Stopped; nothing was published.", file=sys.stderr)
        return COULD_NOT_RUN


def _command(options: argparse.Namespace, settings: IngestSettings) -> int:
    if options.command == "serve" or (options.command == "ingest" and _stays(options)):
        return _stay(options, settings)
    catalog = Catalog.open(settings.data_dir)
    try:
        if options.command == "list":
            rows = listing.listed(catalog)
            return _say(options, rows, listing.list_lines(rows))
        if options.command == "show":
            return _show(options, catalog)
        with writing(settings.data_dir):
            if options.command == "ingest":
                return _ingest(options, settings, catalog)
            return _mend(options, settings, catalog)
    finally:
        catalog.close()


def _ingest(options: argparse.Namespace, settings: IngestSettings, catalog: Catalog) -> int:
    if options.if_empty and catalog.current():
        return DONE
    sources = [open_source(argument) for argument in options.sources]
    if not options.dry_run:
        sweep(settings.data_dir, [generation.number for generation in catalog.kept()])
    model = open_model(settings)
    with Lines() if options.progress else Bars() as progress:
        report = run(
            sources,
            catalog,
            _open_reader(catalog),
            _publish(settings, catalog, model),
            progress,
            model=model.identity,
            dry_run=options.dry_run,
        )
    _say(options, report.as_json(), report.lines(planned=options.dry_run))
    return DONE_WITH_FAILURES if report.failed else DONE


def _stays(options: argparse.Namespace) -> bool:
    return bool(options.watch or options.every)


def _stay(options: argparse.Namespace, settings: IngestSettings) -> int:
    from ingest.upkeep import life, runs  # a single run does without them

    flags = [f"--{flag}" for flag in ("json", "progress") if vars(options).get(flag)]
    program = [*runs.this_program(), *flags]
    if options.command == "serve":
        secret = settings.hook_secret.get_secret_value() if settings.hook_secret else ""
        life.serve(
            program,
            settings.data_dir,
            secret,
            host=options.host,
            port=options.port,
            every=options.every,
            with_parent=options.with_parent,
        )
    else:
        life.repeat(program, options.sources, watching=options.watch, every=options.every)
    return DONE


def _open_reader(catalog: Catalog) -> Callable[[], Reader]:
    def open_reader() -> Reader:
        from ingest.reading import PageReader  # its libraries cost what a no-op must not pay

        return PageReader(catalog.dossiers())

    return open_reader


def _publish(settings: IngestSettings, catalog: Catalog, model: Model) -> Publish:
    def publish(change: Change, progress: Progress | None = None) -> Published:
        from vectorstore.embeddings import SentenceEmbeddings  # so do LangChain and Chroma
        from vectorstore.publisher import Publisher

        publisher = Publisher(settings.data_dir, catalog)
        return publisher.publish(change, SentenceEmbeddings(model), progress)

    return publish


def _mend(options: argparse.Namespace, settings: IngestSettings, catalog: Catalog) -> int:
    from vectorstore.embeddings import open_embeddings
    from vectorstore.publisher import Publisher

    publisher = Publisher(settings.data_dir, catalog)
    if options.command == "rollback":
        number: int | None = publisher.rollback().number
        said = f"Generation {number} is current again."
    elif options.command == "verify":
        number = publisher.verify().number
        said = f"Generation {number} is whole."
    else:
        with Bars() as bars:
            number = publisher.rebuild(open_embeddings(settings), bars.embedding).generation
        said = f"Generation {number} was written from the catalog and is current."
    return _say(options, {"generation": number}, [said])


def _show(options: argparse.Namespace, catalog: Catalog) -> int:
    row = listing.shown(catalog, options.id)
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
    if arguments and arguments[0] in _COMMANDS:
        command, about = arguments[0], _COMMANDS[arguments[0]]
        parser = argparse.ArgumentParser(f"python -m ingest {command}", description=about)
        if command == "show":
            parser.add_argument("id", metavar="ID", help="a briefing's id, as list prints it")
        if command == "serve":
            _add_serving(parser)
    else:
        command = "ingest"
        parser = argparse.ArgumentParser(
            "python -m ingest",
            description="Publish what changed in the sources.",
            epilog="Other commands: " + "; ".join(f"{c}: {what}" for c, what in _COMMANDS.items()),
        )
        parser.add_argument(
            "sources", metavar="SOURCE", nargs="*", help="a folder or a .txt .md .html .jsonl file"
        )
        _add_staying(parser)
        parser.add_argument("--trigger", default="command", help=argparse.SUPPRESS)
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--progress", action="store_true", help="one JSON object a step on standard error"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when something is published"
        )
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    options = parser.parse_args(
        arguments[command != "ingest" :], argparse.Namespace(command=command)
    )
    if command == "ingest" and not options.sources and not _stays(options):
        parser.error("name a SOURCE")
    if command == "ingest" and _stays(options) and (options.dry_run or options.if_empty):
        parser.error(
            "--watch and --every publish, again and again: leave --dry-run, --if-empty out"
        )
    return options


def _add_staying(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--watch", action="store_true", help="stay, and run again when a folder or file changes"
    )
    _add_every(parser)


def _add_serving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=_HOST, help=f"address to listen at ({_HOST})")
    parser.add_argument("--port", type=int, default=_PORT, help=f"port to listen at ({_PORT})")
    parser.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    _add_every(parser)


def _add_every(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--every", type=interval, metavar="15m", help="stay, and run as often: 90s, 15m, 2h, 1d"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
