"""How fast passages are ingested, against the bare encoder on the same texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.blog import serving
from benchmarks.children import Run, python
from benchmarks.figures import Figure, at_least
from benchmarks.workshop import Workshop, embedded_texts, ingest, published


def speed(workshop: Workshop) -> Iterator[Figure]:
    """Passages a second of a blog with a loaded model, and the whole command on a file."""
    full, texts = _rate(workshop, statements=True)
    first = json.loads(python("-m", "benchmarks.bare_encoder", str(texts)).output)
    without, _ = _rate(workshop, statements=False)
    last = json.loads(bare_encoder(texts, first["batch"]).output)
    # The bare encoder between and after, so that a machine that slows down slows both.
    bare = (first["rate"] + last["rate"]) / 2
    baseline = f"encode(), batches of {first['batch']}"
    for what, rate, promised in (
        ("a blog with statements", full, 0.65),
        ("a blog without statements", without, 0.90),
    ):
        yield Figure(
            section="ingest",
            what=f"{what}, {workshop.briefings // 2:,} briefings",
            value=rate,
            unit="passages/s",
            against=bare,
            baseline=baseline,
            promise=at_least(promised, rate, bare),
        )
    whole_bare = bare_encoder(texts_file(workshop), first["batch"])
    with TemporaryDirectory(dir=workshop.folder) as folder:
        command = python("-m", "ingest", str(workshop.news), "--json", data_dir=Path(folder))
    yield Figure(
        section="ingest",
        what="the whole command, start to end",
        value=command.seconds,
        unit="s",
        against=whole_bare.seconds,
        baseline="a script that loads the model and encodes",
    )


def memory(workshop: Workshop) -> Iterator[Figure]:
    """The most that the command holds, against a script that only encodes."""
    bare = bare_encoder(texts_file(workshop), 16)
    with TemporaryDirectory(dir=workshop.folder) as folder:
        command = python(
            "-m", "ingest", str(workshop.news), "--json", data_dir=Path(folder), watch=True
        )
    yield Figure(
        section="memory",
        what=f"python -m ingest, {workshop.passages:,} passages",
        value=command.peak,
        unit="MB",
        against=bare.peak,
        baseline="a script that loads the model and encodes",
    )


def texts_file(workshop: Workshop) -> Path:
    """The texts that ingestion embeds, for the bare encoder."""
    path = workshop.folder / "texts.json"
    path.write_text(json.dumps(embedded_texts(published(workshop.small))), "utf-8")
    return path


def bare_encoder(texts: Path, batch: int) -> Run:
    """One run of the script that loads the model and encodes, watched."""
    return python("-m", "benchmarks.bare_encoder", str(texts), str(batch), watch=True)


def _rate(workshop: Workshop, *, statements: bool) -> tuple[float, Path]:
    """Passages a second of ingesting the blog, and a file with the texts that were embedded."""
    encoder = workshop.encoder
    path = workshop.folder / "posts-texts.json"
    with TemporaryDirectory(dir=workshop.folder) as folder, serving(workshop.posts) as blog:
        report = ingest(blog, Path(folder), encoder, statements=statements)
        path.write_text(json.dumps(embedded_texts(published(Path(folder)))), "utf-8")
    return report.embedded / report.seconds, path
