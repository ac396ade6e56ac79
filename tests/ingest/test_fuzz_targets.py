"""A slice of ``make fuzz``: each target stands some dozens of broken inputs, and does its work."""

from __future__ import annotations

import pytest

from tests.fuzzing.__main__ import holds
from tests.fuzzing.targets import TARGETS, seeds, timed


@pytest.mark.parametrize("name", TARGETS)
def test_each_parser_stands_broken_input(name: str) -> None:
    assert holds(name, 40)


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_is_begun_with_what_its_parser_reads_every_day(name: str) -> None:
    assert seeds(name)
    for seed in seeds(name):
        timed(TARGETS[name], seed)
