"""Which passages of an index share one vector, for each vector is kept once; knows no library.

In a graph of neighbours a thousand equal vectors have links to each other alone: whoever comes
there never leaves, and what else the index holds is not found (of 300 vectors beside 300 equal
ones 4 were lost, beside 1,000 a quarter, beside 5,000 all). Newsrooms repeat whole paragraphs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from vectorstore.publication import Vectors

COPIES, FIRSTS = "copies.json", "firsts.json"
_Kept = dict[str, dict[str, str]]  # by shard


class Copies:
    """The passages of one folder that have the vector of another, the first (mutable).

    A folder without the files, of an earlier version, has none.
    """

    def __init__(self, folder: Path, *, writable: bool = False) -> None:
        """Read what is known of ``folder``; raises `OSError` and `ValueError`."""
        self._folder = folder
        self._copies = _read(folder / COPIES)
        self._firsts: _Kept = _read(folder / FIRSTS) if writable else {}  # by the vector's name
        self._of: dict[str, dict[str, list[str]]] = {}
        for shard, copies in self._copies.items():
            for id_, first in sorted(copies.items()):
                self._of.setdefault(shard, {}).setdefault(first, []).append(id_)

    def save(self) -> None:
        """Write what is known."""
        for name, kept in ((COPIES, self._copies), (FIRSTS, self._firsts)):
            (self._folder / name).write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")

    def ids(self, shard: str) -> Collection[str]:
        """The passages that are copies."""
        return self._copies.get(shard, {}).keys()

    def known(self, shard: str, ids: Iterable[str]) -> list[str]:
        """Those of some passages that were taken in already."""
        here = {*self._firsts.get(shard, {}).values(), *self.ids(shard)}
        return [id_ for id_ in ids if id_ in here]

    def first(self, shard: str, id_: str) -> str:
        """The passage under which the vector of this one is kept; itself if it is the first."""
        return self._copies.get(shard, {}).get(id_, id_)

    def alike(self, shard: str, first: str) -> Iterator[str]:
        """The first passage and its copies."""
        yield first
        yield from self._of.get(shard, {}).get(first, ())

    def add(self, shard: str, ids: Sequence[str], vectors: Vectors) -> list[int]:
        """Take in passages that are new; gives the rows of those that are no copies."""
        firsts, rows = self._firsts.setdefault(shard, {}), []
        for row, (id_, vector) in enumerate(zip(ids, vectors, strict=True)):
            first = firsts.setdefault(hashlib.sha256(vector.tobytes()).hexdigest()[:32], id_)
            if first == id_:
                rows.append(row)
            else:
                self._copies.setdefault(shard, {})[id_] = first
                self._of.setdefault(shard, {}).setdefault(first, []).append(id_)
        return rows

    def remove(self, shard: str, ids: Iterable[str]) -> dict[str, str]:
        """Forget passages; gives the firsts among them, each with the copy that follows, or ""."""
        copies, of = self._copies.get(shard, {}), self._of.get(shard, {})
        going = set(ids)
        for id_ in going & copies.keys():
            of[copies.pop(id_)].remove(id_)
            going.remove(id_)
        heirs: dict[str, str] = {}
        for first in going:
            left = of.pop(first, [])
            heirs[first] = heir = left[0] if left else ""
            if heir:
                del copies[heir]
                copies |= dict.fromkeys(left[1:], heir)
                of[heir] = left[1:]
        kept = self._firsts.get(shard, {})
        for name in [name for name, first in kept.items() if first in heirs]:
            kept[name] = heirs[kept[name]]
            if not kept[name]:
                del kept[name]
        return heirs


def _read(file: Path) -> _Kept:
    if not file.exists():
        return {}
    kept: _Kept = json.loads(file.read_bytes())
    return kept
