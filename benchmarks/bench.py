"""Measures the product against named baselines: ``python -m benchmarks.bench [SECTION...]``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import answering, broadcast, ingestion, load, processes, publishing, tutorial
from benchmarks.children import BenchmarkError
from benchmarks.figures import Figure
from benchmarks.workshop import Workshop, prepared_in

SECTIONS: dict[str, Callable[[Workshop], Iterator[Figure]]] = {
    "noop": processes.nothing_new,
    "ingest": ingestion.speed,
    "answer": answering.speed,
    "publish": publishing.speed,
    "cold": processes.first_answer,
    "memory": processes.memory,
    "load": load.speed,
    "broadcast": broadcast.speed,
    "tutorial": tutorial.speed,
}
KEPT, MISSED, COULD_NOT_RUN = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Measure the sections asked for; 1 when a promise is not kept."""
    parser = _parser()
    options = parser.parse_args(arguments)
    unknown = set(options.sections) - SECTIONS.keys()
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    console = Console(stderr=True)
    figures: list[Figure] = []
    skipped = 0
    began_with = os.getloadavg()[0]
    with prepared_in(options.keep) as folder:
        workshop = Workshop(folder, passages=options.passages, briefings=options.briefings)
        for name in options.sections or SECTIONS:
            console.print(f"{name} …", highlight=False)
            try:
                for figure in SECTIONS[name](workshop):
                    console.print("  ", *_cells(figure)[1:], highlight=False)
                    figures.append(figure)
            except BenchmarkError as error:
                console.print(f"{name} is skipped: {error}", highlight=False)
                skipped += 1
    _say(figures, _machine(began_with), as_json=options.json)
    if skipped and not figures:
        return COULD_NOT_RUN
    return MISSED if any(f.promise and not f.promise.kept for f in figures) else KEPT


def _say(figures: Sequence[Figure], machine: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        rows = [figure.as_json() for figure in figures]
        print(json.dumps({"machine": machine, "figures": rows}, ensure_ascii=False, indent=1))
        return
    table = Table(caption=", ".join(f"{key} {value}" for key, value in machine.items()))
    for heading in ("section", "what", "measured", "baseline", "ratio", "promise"):
        table.add_column(heading, justify="right" if heading in {"measured", "ratio"} else "left")
    for figure in figures:
        table.add_row(*_cells(figure))
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _cells(figure: Figure) -> tuple[str, ...]:
    against, promise = "", ""
    if figure.against is not None:
        against = f"{figure.baseline}: {_number(figure.against)} {figure.unit}".rstrip()
    if figure.promise:
        promise = f"{figure.promise.words} {'kept' if figure.promise.kept else 'MISSED'}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
    measured = f"{_number(figure.value)} {figure.unit}".rstrip()
    return figure.section, figure.what, measured, against, ratio, promise


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def _machine(load: float) -> dict[str, object]:
    """What the figures were measured on."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.+)", info.read_text()) if info.exists() else []
    return {
        "processor": names[0] if names else platform.machine(),
        "cores": os.cpu_count(),
        "load at the start": round(load, 2),
        "python": platform.python_version(),
        **{name: version(name) for name in ("torch", "sentence-transformers", "chromadb")},
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m benchmarks.bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="prepare the corpora there and leave them"
    )
    parser.add_argument("--passages", type=int, default=1000, help="of the smaller corpus")
    parser.add_argument(
        "--briefings", type=int, default=1000, help="of a second run; the blog has half"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
