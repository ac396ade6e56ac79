"""A newsroom whose answer leads on in every way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.roles import GivenRoles
from bot.telegram.parts import Parts
from tests.bot.pressing import ADMIN, WAYS
from tests.bot.scripted import ScriptedNewsroom, found, line, without_editors


@pytest.fixture
def newsroom() -> ScriptedNewsroom:
    answers = {"who?": found(line("words"), line("more words", number=2))}
    return ScriptedNewsroom(answers=answers, ways={"who?": WAYS})


@pytest.fixture
def parts(newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path) -> Parts:
    given = GivenRoles(admins=frozenset({ADMIN}))
    return without_editors(newsroom, idle_desk, tmp_path, given)
