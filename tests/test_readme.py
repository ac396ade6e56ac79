"""The README is run as a newcomer would, and its map of the code is held to the code."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROOMS = ("bot", "ingest", "vectorstore")


def blocks() -> list[str]:
    return re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def exchanges(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the output that the README shows for it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def first_sentence(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return re.split(r"[;.](?:\s|$)", docstring.splitlines()[0])[0]


def tree() -> str:
    """The rooms' modules and folders, each with the first words of its docstring."""
    lines = []
    for room in ROOMS:
        lines.append((f"{room}/", first_sentence(ROOT / room / "__init__.py")))
        for path in sorted((ROOT / room).iterdir()):
            init = path / "__init__.py"
            if path.suffix == ".py" and path.name != "__init__.py":
                lines.append((f"  {path.name}", first_sentence(path)))
            elif init.exists():
                lines.append((f"  {path.name}/", first_sentence(init)))
    return "\n".join(f"{name:<22}{says}" for name, says in lines)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A newcomer's environment: no token, no data yet, nothing typed."""
    names = ("TELEGRAM_BOT_TOKEN", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {"DATA_DIR": str(tmp_path_factory.mktemp("newcomer")), "LANG": "en_US.UTF-8"}


def test_what_the_readme_shows_is_what_happens(newcomer: dict[str, str]) -> None:
    """In the order of the page; the test command itself is only checked to exist."""
    assert any("make run" in block for block in blocks())
    for command, expected in (pair for block in blocks() for pair in exchanges(block)):
        shown = command.replace("make test", "make --dry-run test")
        run = subprocess.run(
            ["bash", "-c", shown],
            cwd=ROOT,
            env=newcomer,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert run.returncode == 0, (command, run.stderr)
        if expected.strip():
            assert run.stdout.strip() == expected.strip(), command


def test_the_map_of_the_code_is_the_code() -> None:
    assert tree() in README, f"the README's map should be:\n{tree()}"
