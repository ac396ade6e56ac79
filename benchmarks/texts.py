"""The texts that benchmarks are run on: public news sets when they are there, else our samples.

The sets lie beside the repository (``../shared/eval``); they are read, never copied.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import frontmatter

from benchmarks.children import ROOT, BenchmarkError

SETS = ROOT.parent / "shared" / "eval"
NEWS = ("ntrex_news", "wikinews_en", "wikinews_fr")
EVALUATED = ("ntrex_news", "wikinews_fr", "wikinews_en", "xquad_r_en_ru", "clapnq_dev")
SAMPLES = ROOT / "ingest" / "samples"
# Unless all are wanted: questions of one kind in one language, and texts of one language beyond
# those that the questions are about.
SAMPLED_QUESTIONS, SAMPLED_TEXTS = 60, 100
# Asked of the samples when the sets are absent.
SAMPLE_QUESTIONS = (
    "What did Turkey say about the rail corridor?",
    "How many people died in the floods?",
    "Who won the election?",
    "Que dit la Turquie sur le corridor ferroviaire ?",
    "Combien de personnes sont mortes dans les inondations ?",
    "Qu'est-ce qui a causé la panne d'électricité ?",
    "Что заявила Россия о переговорах?",
    "Сколько человек погибло при наводнении?",
    "Почему отключилось электричество?",
)

Row = dict[str, Any]


def rows(name: str, file: str) -> list[Row]:
    """The rows of a set's ``corpus`` or ``questions``; raises BenchmarkError when it is absent."""
    path = SETS / name / f"{file}.jsonl"
    if not path.is_file():
        raise BenchmarkError(f"the set {name} is not there ({path})")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def questions(name: str) -> list[Row]:
    """The questions of a set that its titles do not give away.

    A headline asked as a question finds itself: passages are found by their title too. Each of
    a row's ``relevant`` names its language.
    """
    languages = {row["id"]: row["lang"] for row in rows(name, "corpus")}
    return [
        row
        | {
            "question": row.get("question_bare", row["question"]),
            "relevant": [of | {"lang": languages[of["id"]]} for of in row["relevant"]],
        }
        for row in rows(name, "questions")
        if "headline" not in row.get("kind", "")
    ]


def some(of: Sequence[Row], limit: int) -> list[Row]:
    """At most ``limit`` rows, the same ones in every run, in no order that means anything."""
    return sorted(of, key=lambda row: hashlib.sha256(row["id"].encode()).digest())[:limit]


def sampled_questions(name: str) -> list[Row]:
    """Of each kind and language some; those written by hand and those without an answer, all."""
    groups: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in questions(name):
        groups[str(row.get("kind")), row["lang"], row["answerable"]].append(row)
    return [
        row
        for (kind, _, answerable), group in sorted(groups.items())
        for row in (some(group, SAMPLED_QUESTIONS) if answerable and kind != "hand" else group)
    ]


def sampled_texts(name: str, asked: Sequence[Row], also: Collection[str]) -> list[Row]:
    """The texts that the questions are about, those with the ids ``also``, and some others."""
    about = {each["id"] for row in asked for each in row["relevant"]} | set(also)
    about |= {row["distractor"] for row in asked if "distractor" in row}
    corpus = rows(name, "corpus")
    kept = [row for row in corpus if row["id"] in about]
    for language in sorted({row["lang"] for row in corpus}):
        others = [r for r in corpus if r["lang"] == language and r["id"] not in about]
        kept += some(others, SAMPLED_TEXTS)
    return kept


def articles() -> list[Row]:
    """News in three languages, the sets mixed, so that any beginning of the list is a mixture."""
    if not SETS.is_dir():
        return [_sample(path) for path in sorted(SAMPLES.glob("*.md"))]
    sets = [rows(name, "corpus") for name in NEWS]
    sets[0].sort(key=lambda row: (row["group"], row["lang"]))
    return [row for row in chain(*zip_longest(*sets)) if row]


def news_questions(of: Collection[str]) -> list[str]:
    """A hundred questions on the articles with these ids: what happened, and what somebody said.

    Those that no article answers are among them.
    """
    if not SETS.is_dir():
        return list(SAMPLE_QUESTIONS)
    asked = [
        row
        for name in NEWS
        for row in questions(name)
        if row.get("kind") != "sentence"
        and (not row["answerable"] or any(each["id"] in of for each in row["relevant"]))
    ]
    return [row["question"] for row in some(asked, 100)]


def write(path: Path, of: Sequence[Row]) -> Path:
    """The rows as a ``.jsonl`` source."""
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in of), "utf-8")
    return path


def repeated(of: Sequence[Row]) -> Iterator[Row]:
    """The rows, and then without end the same ones with other titles and other figures."""
    yield from of
    copy = 1
    while True:
        for row in of:
            yield row | {
                "id": f"{row['id']}-{copy}",
                "title": copied_title(row["title"], copy),
                "text": turned(row["text"], copy),
            }
        copy += 1


def copied_title(title: str, copy: int) -> str:
    """The title of a copy."""
    return f"{title} · {copy}"


def turned(text: str, by: int) -> str:
    """The text with each of its figures moved on by so many, its length unchanged."""
    figures = "0123456789"
    by %= 10
    return text.translate(str.maketrans(figures, figures[by:] + figures[:by]))


def _sample(path: Path) -> Row:
    page = frontmatter.loads(path.read_text("utf-8"))
    return {
        "id": path.stem,
        "title": str(page.get("title", path.stem)),
        "lang": path.suffixes[-2][1:] if len(path.suffixes) > 1 else "en",
        "text": page.content,
    }
