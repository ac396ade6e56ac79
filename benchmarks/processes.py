"""What a whole process costs: a run with nothing new, a first answer, and memory while asking."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import ingestion
from benchmarks.children import BenchmarkError, Run, python
from benchmarks.figures import Figure, percentile, within
from benchmarks.workshop import Workshop
from vectorstore.catalog.sqlite import FILE

ROUNDS = 5


def nothing_new(workshop: Workshop) -> Iterator[Figure]:
    """A second run over the same briefings."""
    folder, data_dir = workshop.quiet
    command = ("-m", "ingest", str(folder), "--json")
    before = _contents(data_dir)
    imports = python("-X", "importtime", *command, data_dir=data_dir)
    report = json.loads(imports.output)
    start = _median(lambda: python("-c", "pass"))
    again = _median(lambda: python(*command, data_dir=data_dir))
    yield Figure(
        section="noop",
        what=f"second run over {workshop.briefings:,} briefings",
        value=again,
        unit="s",
        against=start,
        baseline="python -c pass",
        promise=within(1, again, "s", beyond=start),
    )
    heavy = re.findall(r"\|\s+(torch|sentence_transformers|chromadb)$", imports.log, re.MULTILINE)
    changed = len(before.items() ^ _contents(data_dir).items())
    for what, count, unit in (
        ("passages embedded", report["embedded"], "passages"),
        ("briefings not recognised", workshop.briefings - report["unchanged"], "briefings"),
        ("files changed, but for the record, in which a run leaves a row", changed, "files"),
        ("imports of torch, sentence_transformers, chromadb", len(heavy), "imports"),
    ):
        promise = within(0, float(count), unit)
        yield Figure(section="noop", what=what, value=count, unit=unit, promise=promise)


def first_answer(workshop: Workshop) -> Iterator[Figure]:
    """From starting the process to its first answer."""
    question = workshop.questions[0]
    command = ("-m", "bot", "ask", question, "--json")
    sizes = ((workshop.small, workshop.passages), (workshop.large, 10 * workshop.passages))
    python("-c", "import torch, sentence_transformers")  # its files into the page cache
    imports = _median(lambda: python("-c", "import torch, sentence_transformers"), 3)
    for data_dir, passages in sizes:
        value = _median(lambda: python(*command, data_dir=data_dir, done=(0, 1)), 3)  # noqa: B023 - called at once
        yield Figure(
            section="cold",
            what=f"python -m bot ask, {passages:,} passages",
            value=value,
            unit="s",
            against=imports,
            baseline='python -c "import torch, sentence_transformers"',
        )


def memory(workshop: Workshop) -> Iterator[Figure]:
    """The most that ingesting and asking hold."""
    yield from ingestion.memory(workshop)
    asked = workshop.questions
    one = workshop.folder / "question.json"
    one.write_text(json.dumps(asked[:1]), "utf-8")
    bare = ingestion.bare_encoder(one, 1)
    sizes = ((workshop.small, workshop.passages), (workshop.large, 10 * workshop.passages))
    for data_dir, passages in sizes:
        ask = python(
            "-m", "bot", "ask", "--stdin", "--json", data_dir=data_dir, lines=asked, watch=True
        )
        if len(ask.output.splitlines()) != len(asked):
            raise BenchmarkError("some questions have no answer line")
        yield Figure(
            section="memory",
            what=f"python -m bot ask --stdin, {passages:,} passages",
            value=ask.peak,
            unit="MB",
            against=bare.peak,
            baseline="a script that loads the model and encodes one question",
        )


def _median(measured: Callable[[], Run], rounds: int = ROUNDS) -> float:
    return percentile([measured().seconds for _ in range(rounds)], 50)


def _contents(data_dir: Path) -> dict[str, str]:
    """A digest of every file but the record, and SQLite's scratch files, which come and go."""
    return {
        str(path.relative_to(data_dir)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data_dir.rglob("*"))
        if path.is_file() and not path.name.startswith(FILE)
    }
