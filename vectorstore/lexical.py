"""Word search over stemmed text in SQLite FTS5, one table a shard; knows no meaning.

Text and question go the same way: lower case, words, the Snowball stemmer of their language. Names
are kept by their sound as well, so that a question in another script finds them.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import Stemmer

from vectorstore.names import skeleton, skeletons

FILE = "lexical.sqlite3"
_ALGORITHMS = {"en": "english", "fr": "french", "ru": "russian"}
_WORD = re.compile(r"\w+")
_NAME_OR_FIGURE = re.compile(r"[^\W\d_]{3,}|\d+")
# The Russian stemmer leaves «паводок» and «паводка», «китаец» and «китайца» apart. Of 61 pairs of
# stems that this joins in a thousand passages of news 57 are one word.
_FLEETING = re.compile(r"(?<=\w\w[бвгджзклмнпрстфхцчшщ])(?:о(?=к\b)|е(?=[кц]\b))")
_FLEETING_SOFT = re.compile(r"(?<=[аеиоуэюя])е(?=ц\b)")
_ACCENT = re.compile(r"[\u0300-\u036f]+")
# Words that only hold a question together. General stop lists also drop "fire", "mira" (peace) or
# "percent", which news is about, so these are grammar and question words alone.
_GRAMMAR = {
    "en": "a an the and or but if of at by for with about to from in on as into than then is are "
    "was were be been being am do does did doing has have had having will would can could shall "
    "should may might must it its he him his she her hers they them their this that these those "
    "there here what which who whom whose when where why how i you we us me my your our not no so "
    "any some such s t d ll ve re m please tell happen happens happened happening many much after "
    "before during since",
    "fr": "le la les l un une des de du d et ou mais si à a au aux en dans par pour sur avec sans "
    "ce cet cette ces c se s son sa ses leur leurs il elle ils elles on nous vous je tu me te moi "
    "lui y est sont était étaient être été ont avait avaient avoir eu sera seront que qu qui quoi "
    "dont où quand comment pourquoi combien quel quelle quels quelles ne n pas plus t j m là lors "
    "dit passe passé arrivé après avant pendant depuis lors",
    "ru": "и а но или что чтобы как в во на с со к ко у о об обо от до из за по при для не ни же "
    "ли бы то это этот эта эти этого этой тот та те он она оно они его ее их ему ей им них нему "
    "ней кто кого кому чем чего чему какой какая какое какие каков какова каково "
    "каковы где когда куда откуда почему зачем сколько был была было были быть есть будет "
    "будут мы вы я ты нас вас нам вам мне мой свой свои своей своего так там тут уже еще ли "
    "произошло случилось после перед",
}
# Stems that stand in more than this share of the passages, and in more than so many, are looked for
# only where no other is found: at 10,000 passages a search takes 1.9 ms instead of 6.5, and no
# Recall@5 or MRR changed.
COMMON, FEW = 0.1, 100
# A word of the title says more about a passage than a word of its text.
_RANK = 'bm25("{table}", 0.0, 2.0, 1.0)'
_NAMES_RANK = 'bm25("{table}")'


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that shares words with the question; BM25 ``score``, higher is better."""

    id: str
    score: float


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case, in order."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower().replace("ё", "е"))


def stems(text: str, language: str) -> list[str]:
    """The stemmed words of ``text``, in order, with repetitions.

    Last come the stems of words typed without their accents, where they differ: the French stemmer
    cuts "securite" elsewhere than "sécurité", and one accented word in six.
    """
    found = words(text)
    accented = [] if language == "ru" else [word for word in found if not word.isascii()]
    typed = _stemmed([_bare(word) for word in accented], language)
    pairs = zip(typed, _stemmed(accented, language), strict=True)
    return _stemmed(found, language) + [bare for bare, stem in pairs if bare != stem]


def terms(text: str, language: str) -> list[str]:
    """The stems of ``text`` that carry meaning, each once, in order."""
    telling = [word for word in words(text) if word not in _grammar(language)]
    return list(dict.fromkeys(_stemmed(telling, language)))


def names(text: str, language: str) -> list[str]:
    """What of ``text`` another language may print too, each once: names by their sound, figures.

    Names are the words with a capital that are not grammar.
    """
    return list(dict.fromkeys(skeleton(word) or word for word in _names(text, language)))


def sounds(text: str, language: str) -> list[str]:
    """The `names` of ``text``, and how they sound where what looks like a case is none.

    With both Recall@5 on 323 sentences of news was .889 from Russian to French and .904 from French
    to Russian, instead of .882 and .901; between Russian and English .873 and .916 stayed.
    """
    found = (sound or word for word in _names(text, language) for sound in skeletons(word))
    return list(dict.fromkeys(found))


def _names(text: str, language: str) -> list[str]:
    found = (word for word in _NAME_OR_FIGURE.findall(text) if not word[0].islower())
    return [word for word in found if word.lower() not in _grammar(language)]


class LexicalFile:
    """The word index of one index folder."""

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        """Open the file under ``folder``, creating it when ``writable``.

        Raises `sqlite3.DatabaseError` for a file of an older version, which kept no names.
        """
        address = _address(folder, "rwc" if writable else "ro")
        self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        rows = self._db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%fts5%'")
        tables = {name for (name,) in rows}
        self._shards = {name.removesuffix("/names") for name in tables}
        if not tables.issuperset(f"{shard}/names" for shard in self._shards):
            self._db.close()
            raise sqlite3.DatabaseError("an older version of this program made it")

    def insert(self, shard: str, language: str, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Add ``(id, version, title, text)`` rows in ``language``."""
        if shard not in self._shards:
            self._create(shard)
        for id, version, title, text in rows:
            row = (id, " ".join(stems(title, language)), " ".join(stems(text, language)))
            at = self._db.execute(f'INSERT INTO "{shard}" VALUES (?, ?, ?)', row).lastrowid
            heard = " ".join(sounds(f"{title}\n{text}", language))
            self._db.execute(
                f'INSERT INTO "{shard}/names" (rowid, id, names) VALUES (?, ?, ?)', (at, id, heard)
            )
            self._db.execute(f'INSERT INTO "{shard}/ids" VALUES (?, ?, ?)', (id, version, at))

    def delete(self, shard: str, versions: Sequence[str]) -> list[str]:
        """Forget the passages of ``versions``; returns their ids."""
        which = f'"{shard}/ids" WHERE version IN (SELECT value FROM json_each(?))'
        chosen = (json.dumps(list(versions)),)
        ids = [id for (id,) in self._db.execute(f"SELECT id FROM {which}", chosen)]
        for table in (shard, f"{shard}/names"):
            rows = f"rowid IN (SELECT row FROM {which})"
            self._db.execute(f'DELETE FROM "{table}" WHERE {rows}', chosen)
        self._db.execute(f"DELETE FROM {which}", chosen)
        return ids

    def shards(self) -> tuple[str, ...]:
        """Names of the shards that exist."""
        return tuple(sorted(self._shards))

    def ids(self, shard: str, versions: Sequence[str] | None = None) -> list[str]:
        """The ids of a shard, of some ``versions`` or of all, in no order."""
        if shard not in self._shards:
            return []
        sql = f'SELECT id FROM "{shard}/ids"'
        if versions is None:
            return [id for (id,) in self._db.execute(sql)]
        sql += " WHERE version IN (SELECT value FROM json_each(?))"
        return [id for (id,) in self._db.execute(sql, (json.dumps(list(versions)),))]

    def matching(
        self, shard: str, stemmed: Sequence[str], limit: int, among: Sequence[str] | None = None
    ) -> list[Match]:
        """Up to ``limit`` passages that hold one of the stems, best first.

        ``among`` restricts the search to these ids.
        """
        if shard not in self._shards or not stemmed:
            return []
        held, total = self.holding(shard, stemmed)
        most = max(FEW, COMMON * total)
        telling = [stem for stem in stemmed if 0 < held[stem] <= most]
        return self._search(shard, _RANK, telling or stemmed, limit, among)

    def naming(
        self, shard: str, heard: Sequence[str], limit: int, among: Sequence[str] | None = None
    ) -> list[Match]:
        """Up to ``limit`` passages that print one of some `sounds`, best first."""
        if shard not in self._shards or not heard:
            return []
        return self._search(f"{shard}/names", _NAMES_RANK, heard, limit, among)

    def _search(
        self,
        table: str,
        rank: str,
        wanted: Sequence[str],
        limit: int,
        among: Sequence[str] | None,
    ) -> list[Match]:
        score = rank.format(table=table)
        sql = f'SELECT id, -{score} FROM "{table}" WHERE "{table}" MATCH ?'
        arguments: list[object] = [" OR ".join(f'"{word}"' for word in wanted)]
        if among is not None:
            sql += " AND id IN (SELECT value FROM json_each(?))"
            arguments.append(json.dumps(list(among)))
        found = self._db.execute(f"{sql} ORDER BY 2 DESC, id LIMIT ?", [*arguments, limit])
        return [Match(id, score) for id, score in found]

    def holding(self, shard: str, stemmed: Sequence[str]) -> tuple[dict[str, int], int]:
        """In how many passages of a shard each stem stands, and how many passages there are."""
        if shard not in self._shards:
            return {}, 0
        table = f'temp."{shard}/words"'
        self._db.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5vocab(main, '{shard}', row)"
        )
        sql = f"SELECT term, doc FROM {table} WHERE term IN (SELECT value FROM json_each(?))"
        counts = dict(self._db.execute(sql, (json.dumps(list(stemmed)),)))
        (total,) = self._db.execute(f'SELECT count(*) FROM "{shard}/ids"').fetchone()
        return {stem: counts.get(stem, 0) for stem in stemmed}, total

    def close(self) -> None:
        """Write what was added and let go of the file."""
        self._db.commit()
        self._db.close()

    def _create(self, shard: str) -> None:
        columns = "id UNINDEXED, title, text, detail=column"
        self._db.execute(f'CREATE VIRTUAL TABLE "{shard}" USING fts5({columns})')
        columns = "id UNINDEXED, names, detail=column"
        self._db.execute(f'CREATE VIRTUAL TABLE "{shard}/names" USING fts5({columns})')
        self._db.execute(f'CREATE TABLE "{shard}/ids" (id TEXT PRIMARY KEY, version TEXT, row)')
        self._db.execute(f'CREATE INDEX "{shard}/versions" ON "{shard}/ids" (version)')
        self._shards.add(shard)


def copy_lexical_file(source: Path, target: Path) -> None:
    """Copy the word index of one folder into another."""
    with (
        closing(sqlite3.connect(_address(source, "ro"), uri=True)) as old,
        closing(sqlite3.connect(target / FILE)) as new,
    ):
        old.backup(new)


def _address(folder: Path, mode: str) -> str:
    return f"{(folder / FILE).absolute().as_uri()}?mode={mode}"


def _stemmed(found: list[str], language: str) -> list[str]:
    """Stems without accents, and without the vowel that comes and goes («паводок», «паводка»)."""
    stemmed = " ".join(_stemmer(language).stemWords(found))
    if language == "ru":
        stemmed = _FLEETING_SOFT.sub("й", _FLEETING.sub("", stemmed))
    return _bare(stemmed).split()


def _bare(text: str) -> str:
    return _ACCENT.sub("", unicodedata.normalize("NFD", text))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS[language])


@cache
def _grammar(language: str) -> frozenset[str]:
    listed = words(_GRAMMAR[language])
    return frozenset([*listed, *map(_bare, listed)])
