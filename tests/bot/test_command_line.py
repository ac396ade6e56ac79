"""The readers' command line, as scripts, operators and a first-time user meet it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ingest.__main__ import main as ingest
from tests.bot.commands import Done, Run
from tests.bot.corpora import Desk, environment
from tests.bot.editing import Office, plainly
from tests.bot.kinds import KINDS

QUESTIONS = (
    "what did Russia say?",
    "Que dit la Turquie sur le corridor ?",
    "Сколько человек погибло при наводнении?",
    "What did Russia say in 2021?",
)


def test_every_citation_can_be_checked_by_anyone(run: Run) -> None:
    asked = run("ask", "--stdin", "--json", stdin="\n".join(QUESTIONS))
    assert (asked.code, asked.err) == (0, "")
    assert [answer["question"] for answer in asked.answers] == list(QUESTIONS)
    for answer in asked.answers:
        numbers = [citation["number"] for citation in answer["citations"]]
        assert numbers == list(range(1, len(numbers) + 1))
        assert [line["citation"] for line in answer["lines"]] == numbers
        cited = [*answer["citations"], *answer["nearest"]]
        assert cited
        for citation in cited:
            shown = run("show", citation["briefing"], "--json", program=ingest)
            text = json.loads(shown.out)["text"]
            assert text[citation["start"] : citation["end"]] == citation["quote"]
            assert citation["link"].startswith(citation["url"])


def test_the_answer_has_the_fields_of_the_contract(run: Run) -> None:
    done = run("ask", "what did Russia say on 12 June 2024?", "--json", "--today", "2024-06-13")
    assert (done.code, done.err) == (0, "")
    (answer,) = done.answers
    assert answer.keys() >= {
        "id", "question", "language", "found", "reason", "lines", "citations", "seconds",
    }  # fmt: skip
    assert answer["lines"][0].keys() >= {"text", "kind", "actor", "speaker", "day", "citation"}
    assert answer["citations"][0].keys() >= {
        "number", "briefing", "version", "title", "url", "link", "day", "language", "quote",
        "start", "end",
    }  # fmt: skip
    assert answer["reason"] is None
    assert answer["lines"][0]["day"] == "2024-06-12"


def test_the_digest_of_a_day_is_printed_for_those_who_may_read_it(run: Run) -> None:
    whole = run("digest", "--dry-run", "--date", "2024-04-24")
    assert (whole.code, whole.err) == (0, "")
    assert "Digest of 24 April 2024" in whole.out
    assert "Sources" in whole.out
    public = run("digest", "--dry-run", "--date", "2024-04-24", "--tier", "public")
    assert "Nothing new has been published" in public.out


@pytest.mark.parametrize(
    ("language", "heading", "quiet"),
    [
        ("fr", "La revue du 24 avril 2024", "Rien de nouveau n’a été publié."),
        ("ru", "Дайджест за 24 апреля 2024", "Ничего нового не опубликовано."),
    ],
)
def test_the_digest_is_printed_in_the_language_of_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, language: str, heading: str, quiet: str
) -> None:
    monkeypatch.setenv("LANG", f"{language}_{language.upper()}.UTF-8")
    public = run("digest", "--dry-run", "--date", "2024-04-24", "--tier", "public")
    assert (public.code, public.err) == (0, "")
    assert plainly(public.out).startswith(heading)
    assert quiet in plainly(public.out)


def test_a_digest_is_sent_only_by_a_bot_and_only_when_it_is_owed(run: Run) -> None:
    without_token = run("digest")
    assert (without_token.code, without_token.out) == (2, "")
    assert "TELEGRAM_BOT_TOKEN is not set" in without_token.err
    dated = run("digest", "--date", "2024-04-24")
    assert (dated.code, dated.out) == (2, "")
    assert dated.err == "--date goes with --dry-run; what is sent is what is owed now.\n"


def test_members_go_out_into_a_file_of_ones_own_and_come_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    wrong, right, out = (tmp_path / name for name in ("wrong.csv", "right.csv", "out.csv"))
    right.write_text("user;roles;name\n7;editor, staff;Nino\n")
    wrong.write_text("user;roles\n7;staff\nNino;king\n")
    refused = run("members", "import", str(wrong))
    assert (refused.code, refused.out) == (2, "")
    assert "Nothing was imported" in refused.err
    assert "line 3: Nino is not a Telegram user id" in refused.err
    assert run("members", "import", str(right)).out.startswith("Imported: 1 new, 0 changed")
    assert run("members", "export", str(out)).code == 0
    assert out.stat().st_mode & 0o777 == 0o600
    assert "7,Nino,editor staff," in out.read_text("utf-8-sig")
    again = run("members", "export", str(out))
    assert (again.code, again.err) == (2, f"{out}: File exists\n")
    assert run("members", "import", str(tmp_path / "none.csv")).code == 2


def test_many_questions_are_answered_in_order_each_under_its_id(run: Run) -> None:
    rows = [
        "what did Russia say?",
        '{"id": 7, "question": "Que dit Moscou ?"}',
        "",
        '{"id": {"a": [1]}, "question": "Что сказала Россия?"}',
        '{"id": "none"}',
        '{"id": 8, "question": null}',
        "[1, 2]",
        '{"xyzzy',
        '{"id": "half", "question": "\\ud800"}',
    ]
    given = "\ufeff" + "\r\n".join(rows) + "\n"
    done = run("ask", "--stdin", "--json", stdin=given.encode() + b"\xff\xfe\x00\n")
    assert (done.code, done.err) == (0, "")
    assert [(answer["id"], answer["found"]) for answer in done.answers] == [
        (None, True),
        (7, True),
        ({"a": [1]}, True),
        ("none", False),
        (8, False),
        (None, False),
        (None, False),
        ("half", False),
        (None, False),  # no text at all
    ]
    assert [answer["language"] for answer in done.answers[:3]] == ["en", "fr", "ru"]


def test_today_fixes_the_clock(run: Run) -> None:
    (answer,) = run(
        "ask", "What did Russia say yesterday?", "--json", "--today", "2024-06-13"
    ).answers
    assert {line["day"] for line in answer["lines"]} == {"2024-06-12"}


def test_the_tier_decides_what_is_read(run: Run) -> None:
    question = ("ask", "What did Russia say about the ceasefire?", "--json")
    public = run(*question)
    assert "karasor" not in public.out.lower()
    assert not public.answers[0]["found"]
    assert "karasor" in run(*question, "--tier", "subscribers").out.lower()


def test_an_answer_reads_well_in_a_pipe(run: Run) -> None:
    done = run("ask", "Que dit Moscou ?")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Russie\nNadejda Kroutoïarova, porte-parole du ministère russe")
    assert "«\u00a0n’observe que ce qu’elle est venue voir\u00a0»" in done.out
    assert "\x1b" not in done.out


def test_a_chat_answers_what_is_typed_until_the_end(run: Run) -> None:
    done = run("chat", stdin="what did Russia say?\n\nQue dit Moscou ?\n")
    assert (done.code, done.err) == (0, "")
    assert "“observes only what it came to see”" in done.out
    assert "n’observe que ce qu’elle est venue voir" in done.out


def test_a_first_look_without_a_terminal_answers_three_samples(run: Run) -> None:
    done = run("start")
    assert (done.code, done.err) == (0, "")
    assert done.out.count("\n> ") == 2
    assert done.out.startswith("> ")
    assert "Источники" in done.out


def test_nothing_published_is_said_plainly(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "none"))
    assert run("ask", "what did Russia say?") == Done(0, "There are no briefings yet.\n", "")
    (answer,) = run("ask", "what did Russia say?", "--json").answers
    assert (answer["found"], answer["reason"]) == (False, "no_coverage")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("LOG_LEVEL", "LOUD"), ("DATA_DIR", "/dev/null/data"), ("EMBEDDING_MODEL", "/no/such/model")],
)
def test_a_setting_that_cannot_work_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.setenv(setting, value)
    done = run("ask", "what did Russia say?", "--json")
    assert (done.code, done.out) == (2, "")
    assert setting in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "what?", "--stdin"],
        ["ask", "what?", "--today", "yesterday"],
        ["ask", "what?", "--tier", "nobody"],
        ["sing"],
    ],
)
def test_a_command_that_cannot_be_understood_says_how_to_write_it(
    run: Run, arguments: list[str]
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "usage: python -m bot" in done.err


def test_without_a_token_the_bot_says_what_it_needs(run: Run) -> None:
    done = run()
    assert (done.code, done.out) == (2, "")
    assert "TELEGRAM_BOT_TOKEN" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_process_of_its_own_prints_json_and_nothing_else(samples: Desk, tmp_path: Path) -> None:
    """The whole program, started as scripts start it, in a locale that has no Cyrillic letters."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--stdin", "--json"],
        input="Что сказала Россия?\n".encode(),
        capture_output=True,
        env=environment(samples.data_dir, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"),
        cwd=tmp_path,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    (line,) = done.stdout.decode().splitlines()
    assert json.loads(line)["question"] == "Что сказала Россия?"


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    pipe = f"{sys.executable} -m bot cases --json | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", pipe],
        capture_output=True,
        env=environment(tmp_path / "data"),
        cwd=tmp_path,
        timeout=300,
    )
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_every_kind_of_question_is_answered_in_every_language(run: Run) -> None:
    rows = [
        json.dumps({"id": nth, "question": question})
        for nth, (_, _, question, _) in enumerate(KINDS)
    ]
    answers = run("ask", "--stdin", "--json", stdin="\n".join(rows)).answers
    for answer, (kind, language, question, words) in zip(answers, KINDS, strict=True):
        assert (answer["kind"], answer["language"]) == (kind.value, language), question
        shown = "\n".join(line["text"] for line in answer["lines"])
        for each in words:
            assert each in shown, question


def test_several_questions_come_with_what_answers_each(run: Run) -> None:
    question = "What did Iran say about the corridor, and how many people died in the flood?"
    [answer] = run("ask", question, "--json").answers
    iran, flood = answer["parts"]
    numbers = [number for part in (iran, flood) for number in part["citations"]]
    assert numbers == [citation["number"] for citation in answer["citations"]]
    assert [iran["found"], flood["found"]] == [True, True]


def test_the_chat_keeps_its_subject(run: Run) -> None:
    typed = "What did Iran say about the corridor?\nand Turkey?\n"
    said = run("chat", stdin=typed).out
    assert "a red line" in said
    assert "the first train from Kars" in said


@pytest.mark.parametrize(
    ("question", "as_of"),
    list(zip(QUESTIONS, ("As of", "Situation au", "По состоянию на"), strict=False)),
)
def test_a_stale_answer_says_as_of_when_it_is(
    run: Run,
    samples: Desk,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    question: str,
    as_of: str,
) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(samples.data_dir, data_dir)
    monkeypatch.setenv("DATA_DIR", str(data_dir))
    last = Office(tmp_path, data_dir).ran(timedelta(days=2), unchanged=15)
    assert "UTC" not in run("ask", question).out
    monkeypatch.setenv("STALE_AFTER", "3d")
    assert run("ask", question, "--json").answers[0]["as_of"] is None
    monkeypatch.setenv("STALE_AFTER", "36h")
    paragraph = run("ask", question).out.rstrip().splitlines()[-1]
    assert paragraph.startswith(as_of)
    assert paragraph.endswith(f"{last:%H:%M} UTC.")
    assert run("ask", question, "--json").answers[0]["as_of"] == last.isoformat()
