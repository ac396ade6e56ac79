"""A folder in which much is broken, through the command line and within little memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SENTENCE = "The government of Georgia announced a new budget on Monday."
MEMORY = 6 * 1024**3  # of addresses; torch's libraries alone take half of it


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def ingest(folder: Path, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.ingest.scripted", str(folder), "--json"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(data)},
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_each_hostile_page_is_one_line_and_the_others_are_published(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.md").write_text(f"# Secret\n\n{SENTENCE}")
    pages = {
        "good.md": f"# A new budget\n\n{SENTENCE}",
        "bidi.md": f"# A new\u202e budget\n\n{SENTENCE}\x1b[31m",
        "deep.html": f"<h1>T</h1>{'<div>' * 100_000}<p>{SENTENCE}",
        "quotes.md": f"# A budget\n\n{SENTENCE}\n\n{'>' * 5000} {SENTENCE}",
        "yaml.md": f"---\ntitle: {'[' * 100_000}\n---\n{SENTENCE}",
        "long.txt": f"A budget\n\n{f'{SENTENCE} ' * 40_000}",
        "binary.txt": "\x7fELF\x00\x01",
        "address.md": f"---\nurl: https://reuters.com@evil.example/\n---\n# A budget\n\n{SENTENCE}",
        "broken.jsonl": "{\n",
    }
    for name, content in pages.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "latin.txt").write_bytes("Le budget\n\nL'été à Genève.".encode("latin-1"))
    (folder / "huge.html").write_bytes(b"<p>" + b"x" * 11_000_000)
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe.md")
    run = ingest(folder, tmp_path / "data")
    assert run.returncode == 1, run.stderr
    report = json.loads(run.stdout)
    failed = {entry["source"].rpartition("/in/")[2]: entry["error"] for entry in report["failed"]}
    assert report["added"] == 2
    assert set(failed) == {
        *(set(pages) - {"good.md", "bidi.md", "broken.jsonl"}),
        *("broken.jsonl#line-1", "latin.txt", "huge.html", "link.md", "up", "pipe.md"),
    }
    assert all(len(error) < 250 and error.isprintable() for error in failed.values())
    assert "secret" not in run.stdout
    assert "Traceback" not in run.stderr


def test_a_thousand_identical_articles_are_a_thousand_briefings(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    rows = ({"id": n, "title": "A new budget", "text": SENTENCE} for n in range(1000))
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run = ingest(folder, tmp_path / "data")
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert (report["added"], report["failed"]) == (1000, [])
