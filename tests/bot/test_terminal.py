"""Pages in a terminal and in a pipe, and the chat in one."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from bot.domain import LineKind
from bot.rendering import Page, answer_page
from bot.terminal import chat, show
from tests.bot.scripted import actor_name, citation, found, line

ZAKHAROVA = {"actor": "RU", "speaker": "Maria Zakharova", "role": "spokesperson"}


def in_terminal(page: Page, *, terminal: bool, width: int = 80) -> str:
    out = io.StringIO()
    show(Console(file=out, force_terminal=terminal, width=width, color_system="standard"), page)
    return out.getvalue()


def test_a_pipe_gets_plain_unwrapped_text_with_each_address_once() -> None:
    answer = found(line("long words " * 30, **ZAKHAROVA))
    text = in_terminal(answer_page(answer, actor_name), terminal=False, width=40)
    assert "\x1b" not in text
    assert "long words " * 30 in text
    assert text.count("https://") == 1
    assert text.endswith(
        "[1] Briefing 1 — 19–20 September 2023\n    https://news.example/1#:~:text=word1\n"
    )


def test_a_terminal_gets_bold_names_and_links_to_click() -> None:
    text = in_terminal(answer_page(found(line("a", **ZAKHAROVA)), actor_name), terminal=True)
    assert "\x1b[1mMaria Zakharova\x1b[0m" in text
    assert re.search(r"\x1b\]8;[^;]*;https://news.example/1#:~:text=word1\x1b\\", text)
    assert "\n    https://" not in text


@pytest.mark.parametrize("terminal", [True, False])
def test_a_page_cannot_command_the_terminal(terminal: bool) -> None:
    attack = "\x1b]0;owned\x07\x9b2J\rgone"
    page = answer_page(
        found(line(attack, speaker=attack), citations=[citation(1, title=attack)]), actor_name
    )
    text = in_terminal(page, terminal=terminal)
    assert "owned" in text
    assert not set("\x07\x9b\r") & set(text)
    assert "\x1b]0" not in text


def test_the_terminal_chat_answers_until_the_input_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("What?\n\n  And then? \n"))
    out = io.StringIO()
    asked: list[str] = []

    def reply(question: str) -> Page:
        asked.append(question)
        return answer_page(found(line(f"answer {len(asked)}", LineKind.PASSAGE)), actor_name)

    chat(Console(file=out, width=200), reply, "fr")
    assert asked == ["What?", "And then?"]
    assert out.getvalue().index("answer 1") < out.getvalue().index("answer 2")
    assert out.getvalue().startswith("Écrivez votre question")
