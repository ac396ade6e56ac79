"""What ``--help`` of the two front doors tells somebody who has read nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from bot.__main__ import main as bot
from ingest.__main__ import main as ingest


@pytest.mark.parametrize(
    ("program", "arguments"),
    [(bot, ["ask", "--help"]), (ingest, ["--help"])],
    ids=["bot ask", "ingest"],
)
def test_help_explains_each_option_in_words_and_gives_two_examples(
    program: Callable[[Sequence[str]], int],
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as ended:
        program(arguments)
    assert ended.value.code == 0
    said = capsys.readouterr().out
    named = set(re.findall(r"--[a-z-]+", said.split("\n\n")[0]))
    explained = re.findall(r"^  (?:-h, )?(--[a-z-]+)(.*?)(?=^  -|^\S|\Z)", said, re.M | re.S)
    assert named <= {option for option, _ in explained}
    assert [option for option, words in explained if len(words.split()) < 6] == []
    examples = said.split("examples:\n")[1].splitlines()[:2]
    assert all(each.startswith("  python -m ") for each in examples)
