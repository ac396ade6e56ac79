"""The rooms keep to themselves, settings are documented, files stay readable."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import BotSettings
from ingest.settings import IngestSettings

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for room in ("bot", "ingest", "vectorstore") for path in (ROOT / room).rglob("*.py")
)


def test_the_rooms_import_only_what_the_design_allows() -> None:
    """In a process of its own: the linter turns the loggers of the one it runs in off."""
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_setting_is_in_the_example_and_nothing_else() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    given = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]
    fields = {*BotSettings.model_fields, *IngestSettings.model_fields}
    assert sorted(given) == sorted(name.upper() for name in fields)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_and_stays_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert re.match(r'"""[^"\n]', text), "the first line says what the module does"
    assert text.count("\n") <= 360, "a file this long has more than one story to tell"
