"""``python -m ingest`` with web addresses, in a process of its own, against a site on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.blog import LOGIN, Blog
from tests.ingest.commands import ROOT, SCRIPTED, Ended, command
from tests.web_server.server import WebServer

HEAVY = [
    "torch",
    "chromadb",
    "transformers",
    "sentence_transformers",
    "langchain_core",
    "trafilatura",
]


def ingest(data: Path, *arguments: object, module: str = "ingest", **env: str) -> Ended:
    return command(data, *arguments, module=module, ALLOW_PRIVATE_HOSTS="127.0.0.1", **env)


def test_a_blogs_life_on_the_command_line(site: WebServer, tmp_path: Path) -> None:
    blog = Blog(site)
    blog.write(1, "Public words")
    blog.write(2, "Words for members", status="private")
    logins = json.dumps({f"127.0.0.1:{site.port}": ":".join(LOGIN)})
    added = ingest(tmp_path, "add", site.url, SITE_LOGINS=logins)
    assert (added.code, added.err) == (0, "")
    assert (
        added.out == f"{site.url} (wordpress) is remembered; read it now with: python -m ingest\n"
    )
    report = ingest(tmp_path, "--json", module=SCRIPTED, SITE_LOGINS=logins)
    assert (report.code, report.json["added"]) == (0, 2)
    listed = ingest(tmp_path, "list", "--json").json
    assert {row["title"]: row["tier"] for row in listed} == {
        "Public words": "public",
        "Words for members": "subscribers",
    }
    assert LOGIN[1] not in report.out + report.err + added.out
    (source,) = ingest(tmp_path, "sources", "--json").json
    assert (source["name"], source["kind"], source["briefings"]) == (site.url, "wordpress", 2)
    assert source["last_success"]
    assert "2 briefings" in ingest(tmp_path, "sources").out
    assert ingest(tmp_path, "remove", site.url).code == 0
    assert ingest(tmp_path, "--dry-run", "--json").json["removed"] == 2
    assert ingest(tmp_path, "--json").json["removed"] == 2
    assert ingest(tmp_path, "sources", "--json").json == []


def test_a_run_with_nothing_new_imports_neither_a_model_nor_what_reads_pages(
    site: WebServer, tmp_path: Path
) -> None:
    blog = Blog(site)
    blog.write(1)
    assert ingest(tmp_path, site.url, module=SCRIPTED).code == 0
    script = (
        "import sys; from ingest.__main__ import main; code = main(sys.argv[1:]);"
        f"print(code, sorted(set({HEAVY}) & sys.modules.keys()), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, site.url, "--json"],
        env=os.environ | {"DATA_DIR": str(tmp_path), "ALLOW_PRIVATE_HOSTS": "127.0.0.1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert json.loads(ended.stdout)["unchanged"] == 1
    assert ended.stderr == "0 []\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "No source is named, and none is remembered"),
        (["add", "http://127.0.0.1:1/"], "Port 1 of 127.0.0.1"),
        (["add", "ftp://files.example/x"], "is not a web address; write https://"),
        (["add", "no/such/folder"], "does not exist"),
        (["remove", "https://blog.example"], "is not remembered"),
        (["http://169.254.169.254/latest"], "169.254.169.254"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, arguments: list[str], says: str
) -> None:
    ended = ingest(tmp_path, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_login_that_is_written_wrongly_is_named_but_not_shown(tmp_path: Path) -> None:
    ended = ingest(tmp_path, "sources", SITE_LOGINS='{"blog.example": "secretword"}')
    assert ended.code == 2
    assert "SITE_LOGINS" in ended.err
    assert "secretword" not in ended.err
