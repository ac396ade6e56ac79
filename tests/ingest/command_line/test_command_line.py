"""``python -m ingest`` as editors and programs meet it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ingest.commands import ROOT, SCRIPTED, command
from tests.ingest.desk import WORDS, Desk
from vectorstore.publication import writing

# Nothing new


def test_a_run_with_nothing_new_writes_nothing_and_imports_no_model(desk: Desk) -> None:
    before = {path: path.stat().st_mtime_ns for path in (desk.data / "index").rglob("*")}
    script = (
        "import sys; from ingest.__main__ import main; code = main(sys.argv[1:]);"
        "heavy = {'torch', 'chromadb', 'transformers', 'sentence_transformers', 'langchain_core'};"
        "print(code, sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(desk.folder), "--json"],
        env=os.environ | {"DATA_DIR": str(desk.data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    report = json.loads(ended.stdout)
    assert (report["unchanged"], report["embedded"], report["generation"]) == (3, 0, 1)
    assert ended.stderr == "0 []\n"
    assert {path: path.stat().st_mtime_ns for path in (desk.data / "index").rglob("*")} == before


def test_a_run_with_nothing_new_sweeps_what_a_killed_one_left(desk: Desk) -> None:
    (desk.data / "index" / "000077" / "chroma").mkdir(parents=True)
    assert command(desk.data, desk.folder, "--dry-run").code == 0
    assert (desk.data / "index" / "000077").exists()
    assert command(desk.data, desk.folder).code == 0
    assert [path.name for path in (desk.data / "index").iterdir()] == ["000001"]


# Only what changed


def test_only_the_changed_passages_of_a_briefing_are_embedded_again(desk: Desk) -> None:
    lines = [
        f"The ministers met for the {n}th time in Vienna and spoke at length." for n in range(60)
    ]
    desk.write("long.md", "\n\n".join(lines), title="Long")
    first = command(desk.data, desk.folder, "--json", module=SCRIPTED).json
    assert first["embedded"] == first["passages"] > 4
    lines[-1] = lines[-1].replace("Vienna", "Paris")
    desk.write("long.md", "\n\n".join(lines), title="Long")
    second = command(desk.data, desk.folder, "--json", module=SCRIPTED).json
    assert (second["updated"], second["embedded"]) == (1, 1)
    assert second["passages"] == first["passages"]


# Failures


def test_bad_pages_end_with_1_and_are_named(desk: Desk) -> None:
    (desk.folder / "empty.md").touch()
    (desk.folder / "gone.txt").symlink_to("nowhere")
    with (desk.folder / "rows.jsonl").open("a") as rows:
        rows.write('\n{"id": "cut", "ti')
    ended = command(desk.data, desk.folder, "--json", "--dry-run")
    assert (ended.code, ended.err) == (1, "")
    failed = {Path(each["source"]).name: each["error"] for each in ended.json["failed"]}
    assert failed.keys() == {"empty.md", "gone.txt", "rows.jsonl#line-2"}
    said = command(desk.data, desk.folder, "--dry-run")
    assert said.code == 1
    assert said.out.count("failed: ") == 3
    assert said.out.startswith("Dry run, nothing was changed.")


def test_many_bad_pages_are_told_by_reason_with_the_first_of_each(tmp_path: Path) -> None:
    for number in range(21):
        (tmp_path / f"empty-{number:02}.md").touch()
    (tmp_path / "lost.md").symlink_to("nowhere")
    said = command(tmp_path / "data", tmp_path, "--dry-run")
    failed = [line for line in said.out.splitlines() if "failed: " in line]
    assert failed == [
        f"failed: {tmp_path}/empty-00.md: is empty (and 20 more)",
        f"failed: {tmp_path}/lost.md: cannot be read: it is a link that leads nowhere",
    ]
    assert said.out.endswith("Each one by itself: run this again with --json.\n")


@pytest.mark.parametrize(
    "arguments",
    [["no-such-folder"], ["no-such-folder", "--json"], ["/dev/null"], ["ftp://x.example"], [""]],
)
def test_a_source_that_is_not_there_is_one_sentence(tmp_path: Path, arguments: list[str]) -> None:
    ended = command(tmp_path, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", ["rollback", "verify", "rebuild"])
def test_with_nothing_published_there_is_nothing_to_mend(tmp_path: Path, name: str) -> None:
    ended = command(tmp_path, name, "--json")
    assert (ended.code, ended.out) == (2, "")
    assert len(ended.err.splitlines()) == 1


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    ended = command(tmp_path, "list", LOG_LEVEL="LOUD")
    assert ended.code == 2
    assert "LOG_LEVEL" in ended.err


def test_a_second_run_is_refused_at_once_while_readers_are_not(desk: Desk) -> None:
    with writing(desk.data):
        for arguments in ([desk.folder], ["rollback"], ["rebuild"], ["verify"]):
            ended = command(desk.data, *arguments, "--json")
            assert (ended.code, ended.out) == (2, "")
            assert ended.err.startswith("Another ingestion is running")
        assert command(desk.data, "list", "--json").code == 0


def test_a_full_disk_is_one_sentence_and_loses_nothing(desk: Desk) -> None:
    for number in range(30):
        desk.write(f"more-{number}.md", f"{WORDS} {number} " * 20)
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (240_000, 240_000))\n"
    script = (
        f"{limited}import runpy; runpy.run_module('tests.ingest.scripted', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(desk.folder)],
        env=os.environ | {"DATA_DIR": str(desk.data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(command(desk.data, "list", "--json").json) == 3
    assert command(desk.data, desk.folder, "--json", module=SCRIPTED).json["added"] == 30


@pytest.mark.parametrize("program", [["ingest", "list"], ["bot", "chat"]])
def test_ctrl_c_while_it_starts_ends_it_without_a_word(program: list[str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", *program],
        env=os.environ | {"DATA_DIR": str(tmp_path)},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        while "sqlalchemy" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert "Traceback" not in process.stderr.read()
    assert process.returncode == -signal.SIGINT


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_so_and_publishes_nothing(
    desk: Desk, number: signal.Signals
) -> None:
    for page in range(1000):
        desk.write(f"more-{page}.md", f"{WORDS} {page}")
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.ingest.scripted", str(desk.folder), "--json"],
        env=os.environ | {"DATA_DIR": str(desk.data)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (desk.data / "index" / "000002").exists():
        assert run.poll() is None
        time.sleep(0.01)
    os.killpg(run.pid, number)  # as a terminal does: to the children as well
    out, err = run.communicate(timeout=120)
    assert (run.returncode, out) == (2, "")
    assert err == "Stopped; nothing was published.\n"
    assert len(command(desk.data, "list", "--json").json) == 3
    last = command(desk.data, "runs", "--json").json[0]
    assert (last["error"], last["generation"]) == ("Stopped; nothing was published.", 1)


# Mending


def test_the_life_of_an_index_on_the_command_line(desk: Desk) -> None:
    desk.write("new.md", title="News")
    said = command(desk.data, desk.folder, "--json", module=SCRIPTED).json
    assert (said["added"], said["unchanged"], said["generation"]) == (1, 3, 2)
    assert command(desk.data, "verify").out == "Generation 2 is whole.\n"
    assert command(desk.data, "rollback", "--json").json == {"generation": 1}
    refused = command(desk.data, "rollback", "--json")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "There is no earlier generation to go back to.\n"
    undone = command(desk.data, desk.folder, "--json")
    assert (undone.code, undone.json["added"], undone.json["undone"]) == (0, 0, 1)
    assert undone.json["generation"] == 1
    again = command(desk.data, desk.folder, "--json", "--again", module=SCRIPTED).json
    assert (again["added"], again["embedded"], again["generation"]) == (1, 0, 3)
    shutil.rmtree(desk.data / "index")
    damaged = command(desk.data, "verify", "--json")
    assert (damaged.code, damaged.out) == (2, "")
    assert damaged.err.startswith("The index of generation 3 cannot be used")
    assert damaged.err.endswith("python -m ingest rebuild\n")
    assert command(desk.data, "rebuild", "--json").json == {"generation": 4}


def test_a_rollback_may_be_for_one_generation_alone(desk: Desk) -> None:
    desk.write("new.md", title="News")
    command(desk.data, desk.folder, "--json", module=SCRIPTED)
    late = command(desk.data, "rollback", "--if-current", 1)
    assert (late.code, late.out) == (2, "")
    assert late.err == "Nothing was undone: generation 1 is not current any more, 2 is.\n"
    assert command(desk.data, "rollback", "--if-current", 2, "--json").json == {"generation": 1}


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["runs"],
        ["sources"],
        ["show", "nothing"],
        ["verify"],
        ["rollback"],
        ["rebuild"],
        ["remove", "nothing"],
        ["add", "nothing"],
        ["{folder}", "--dry-run"],
        ["--dry-run"],
        [],
        ["nothing"],
    ],
)
def test_what_publishes_nothing_creates_nothing(
    base: Desk, tmp_path: Path, arguments: list[str]
) -> None:
    ended = command(tmp_path / "data", *(a.format(folder=base.folder) for a in arguments))
    assert (ended.out + ended.err).count("\n") >= 1
    assert "Traceback" not in ended.err
    assert not (tmp_path / "data").exists()


# With the real model


def test_the_real_command_line_ingests_its_samples(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    samples = sorted((ROOT / "ingest" / "samples").glob("2024-04-06*"))
    assert len(samples) == 3
    for sample in samples:
        shutil.copy(sample, folder)
    data = tmp_path / "data"
    first = command(data, folder, "--json")
    assert (first.code, first.err) == (0, "")
    assert first.json["added"] == 3
    assert first.json["embedded"] == first.json["passages"] > 3
    again = command(data, folder)
    assert again.out.startswith("0 added, 0 updated, 3 unchanged, 0 removed, 0 failed in ")
