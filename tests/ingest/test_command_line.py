"""``python -m ingest`` as editors and programs meet it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.desk import WORDS, Desk
from vectorstore.publication import writing

ROOT = Path(__file__).parents[2]
REPORT = {
    "added", "updated", "unchanged", "removed", "failed",
    "passages", "embedded", "generation", "seconds",
}  # fmt: skip

SCRIPTED = "tests.ingest.scripted"


class Ended:
    """How a command ended, and what it printed."""

    def __init__(self, process: subprocess.CompletedProcess[str]) -> None:
        self.code, self.out, self.err = process.returncode, process.stdout, process.stderr

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        assert self.out.count("\n") == 1, self.out + self.err
        return json.loads(self.out)


def command(data: Path, *arguments: object, module: str = "ingest", **env: str) -> Ended:
    """Run the command line in a process of its own; ``SCRIPTED`` where there is what to embed."""
    return Ended(
        subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            env=os.environ | {"DATA_DIR": str(data)} | env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder of briefings, ingested by the command line; not to be changed."""
    home = tmp_path_factory.mktemp("base")
    desk = Desk(home / "news", home / "data")
    desk.write("en.md", date="2024-05-01")
    desk.write("secret.md", title="For some", access="subscribers")
    (desk.folder / "rows.jsonl").write_text(
        json.dumps({"id": "row", "title": "Une journée", "text": "Les ministres ont parlé."})
    )
    ended = command(desk.data, desk.folder, "--json", module=SCRIPTED)
    assert (ended.code, ended.err) == (0, "")
    assert ended.json.keys() == REPORT
    assert ended.json["added"] == 3
    return desk


@pytest.fixture
def desk(base: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The base with data of the test's own; the folder is put right afterwards."""
    whole = shutil.copytree(base.folder, tmp_path / "whole")
    yield Desk(base.folder, shutil.copytree(base.data, tmp_path / "data"))
    shutil.rmtree(base.folder)
    whole.rename(base.folder)


# Reading what is published


def test_list_gives_what_the_contract_says(base: Desk) -> None:
    listed = command(base.data, "list", "--json").json
    assert [each["id"] for each in listed] == ["en", "row", "secret"]
    assert listed[0] == {
        "id": "en",
        "title": "A day",
        "url": (base.folder / "en.md").as_uri(),
        "day": "2024-05-01",
        "language": "en",
        "tier": "public",
        "source": str(base.folder),
    }
    assert listed[2]["tier"] == "subscribers"
    assert len(command(base.data, "list").out.splitlines()) == 3


def test_show_gives_spans_of_its_own_text(base: Desk) -> None:
    shown = command(base.data, "show", "en", "--json").json
    assert shown["text"] == WORDS
    spans = [shown["text"][span["start"] : span["end"]] for span in shown["passages"]]
    assert "".join("".join(spans).split()) == "".join(WORDS.split())
    for statement in shown["statements"]:
        assert shown["text"][statement["start"] : statement["end"]].strip()
    assert WORDS in command(base.data, "show", "en").out


def test_what_is_not_published_cannot_be_shown(base: Desk) -> None:
    ended = command(base.data, "show", "nothing", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "No briefing 'nothing' is published; see: python -m ingest list\n"


def test_before_the_first_run_the_list_is_empty_and_says_what_to_do(tmp_path: Path) -> None:
    assert command(tmp_path / "a", "list", "--json").json == []
    assert "python -m ingest FOLDER" in command(tmp_path / "b", "list").out


def test_a_reader_that_stops_reading_is_no_error(base: Desk) -> None:
    pipe = f"{sys.executable} -m ingest list | true; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(
        ["bash", "-c", pipe],
        env=os.environ | {"DATA_DIR": str(base.data), "PYTHONUNBUFFERED": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


# Nothing is created by looking


@pytest.mark.parametrize("arguments", [["list"], ["show", "x"], ["runs"], ["--dry-run", "FOLDER"]])
def test_an_empty_data_folder_stays_empty(base: Desk, tmp_path: Path, arguments: list[str]) -> None:
    given = [base.folder if each == "FOLDER" else each for each in arguments]
    ended = command(tmp_path / "data", *given, "--json")
    assert ended.code == (2 if arguments[0] == "show" else 0), ended.err
    assert not (tmp_path / "data").exists()
    if "FOLDER" in arguments:
        assert {each["change"] for each in ended.json["plan"]} == {"added"}
        assert ended.json["generation"] is None


def test_a_dry_run_is_no_run_and_waits_for_none(base: Desk) -> None:
    with writing(base.data):
        before = {path: path.stat().st_mtime_ns for path in sorted(base.data.rglob("*"))}
        ended = command(base.data, base.folder, "--dry-run", "--json")
        assert ended.json.keys() == REPORT | {"plan"}
        after = {path: path.stat().st_mtime_ns for path in sorted(base.data.rglob("*"))}
    assert {p for p in before | after if before.get(p) != after.get(p)} <= {
        base.data / f"catalog.sqlite3{end}" for end in ("-wal", "-shm")
    }


# The history


def test_every_run_is_in_the_history_those_that_failed_with_their_sentence(desk: Desk) -> None:
    desk.write("new.md", title="News")
    (desk.folder / "empty.md").touch()
    assert command(desk.data, desk.folder, "--trigger", "timer", module=SCRIPTED).code == 1
    assert command(desk.data, "no-such-folder").code == 2
    assert command(desk.data, "rollback", "1", "--trigger", "telegram").code == 0
    assert command(desk.data, "rollback", "7").code == 2
    told = command(desk.data, "runs", "--json").json
    assert [(run["command"], run["trigger"]) for run in told] == [
        ("rollback", "command"),
        ("rollback", "telegram"),
        ("ingest", "command"),
        ("ingest", "timer"),
        ("ingest", "command"),
    ]
    assert told[0]["error"] == "Generation 7 is not kept; there are 1, 2."
    assert (told[1]["before"], told[1]["generation"], told[1]["error"]) == (2, 1, "")
    assert told[2]["error"].startswith("'no-such-folder' does not exist")
    assert (told[3]["added"], told[3]["unchanged"]) == (1, 3)
    assert [Path(each["source"]).name for each in told[3]["failed"]] == ["empty.md"]
    assert told[3]["sources"] == [str(desk.folder)]
    lines = command(desk.data, "runs").out
    assert "1 added, 3 unchanged, 1 → 2 (timer)" in lines
    assert "    'no-such-folder' does not exist" in lines


def test_help_says_what_becomes_of_an_undone_change_and_hides_the_trigger(tmp_path: Path) -> None:
    said = " ".join(command(tmp_path, "rollback", "--help").out.split())
    assert "stays undone" in said
    assert "--again" in said
    assert "--trigger" not in said


# Nothing new


def test_a_run_with_nothing_new_writes_nothing_and_imports_no_model(base: Desk) -> None:
    before = {path: path.stat().st_mtime_ns for path in (base.data / "index").rglob("*")}
    script = (
        "import sys; from ingest.__main__ import main; code = main(sys.argv[1:]);"
        "heavy = {'torch', 'chromadb', 'transformers', 'sentence_transformers', 'langchain_core'};"
        "print(code, sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, str(base.folder), "--json"],
        env=os.environ | {"DATA_DIR": str(base.data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    report = json.loads(ended.stdout)
    assert (report["unchanged"], report["embedded"], report["generation"]) == (3, 0, 1)
    assert ended.stderr == "0 []\n"
    assert {path: path.stat().st_mtime_ns for path in (base.data / "index").rglob("*")} == before


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


def test_a_second_run_is_refused_at_once_while_readers_are_not(base: Desk) -> None:
    with writing(base.data):
        for arguments in ([base.folder], ["rollback"], ["rebuild"], ["verify"]):
            ended = command(base.data, *arguments, "--json")
            assert (ended.code, ended.out) == (2, "")
            assert ended.err.startswith("Another ingestion is running")
        assert command(base.data, "list", "--json").code == 0


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
    out, err = run.communicate(timeout=30)
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
