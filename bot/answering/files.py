"""The dossiers under which stories are filed, whatever each language calls them; knows no question.

Of each story one edition counts, in the reader's language where it has one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from bot.domain import Dossier
from vectorstore.domain import LANGUAGES, Briefing, Document
from vectorstore.lexical import terms

_MARKS = '«»“”" \u00a0'
_Names = tuple[str, ...]


class Files:
    """The dossiers of some documents; to be kept as long as those are."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._briefings = sorted((one.briefing for one in documents), key=lambda one: one.id)
        self._called: dict[str, frozenset[str]] = {}

    @property
    def names(self) -> frozenset[str]:
        """What the dossiers are called, in every language."""
        return frozenset(self._bearing)

    def called(self, name: str) -> frozenset[str]:
        """What the editions of its stories call a dossier in each language, ``name`` included.

        Another language's name for it stands on the translations of all its stories, and on no
        others; of several such the one at its place, unless both lists may be in alphabetical
        order.
        """
        if name not in self._called:
            home = self._languages(name)
            others = (self._counterpart(name, home, one) for one in set(LANGUAGES) - home)
            self._called[name] = frozenset({name}.union(*others))
        return self._called[name]

    def called_in(self, language: str, name: str) -> str:
        """What a dossier is called in a language, or where that is not known, in the next one."""
        for one in (language, *LANGUAGES):
            own = [each for each in self.called(name) if one in self._languages(each)]
            if len(own) == 1:
                return own[0]
        return name

    def stories(self, name: str) -> frozenset[str]:
        """The stories of which some edition is filed under a dossier, whatever it calls that."""
        return frozenset().union(*(self._bearing.get(each, ()) for each in self.called(name)))

    def listed(self, language: str) -> list[Dossier]:
        """The dossiers as a reader of ``language`` knows them, by their newest stories."""
        own = {name: self.called_in(language, name) for name in self.names}
        found: dict[str, list[Briefing]] = defaultdict(list)
        for briefing in stories_of(self._briefings, language):
            for name in dict.fromkeys(own[each] for each in briefing.dossiers):
                found[name].append(briefing)
        dossiers = [
            Dossier(
                name=name,
                stories=len(some),
                newest=max((day for each in some if (day := each.day)), default=None),
                elsewhere=self.called(name) - {name},
            )
            for name, some in found.items()
        ]
        in_order = sorted(dossiers, key=lambda each: each.name)
        return sorted(in_order, key=lambda each: each.newest or date.min, reverse=True)

    @cached_property
    def _filed(self) -> dict[str, dict[str, _Names]]:
        """What each story is filed under, by the languages of its editions."""
        filed: dict[str, dict[str, _Names]] = defaultdict(dict)
        for briefing in self._briefings:
            filed[briefing.story][briefing.language] = briefing.dossiers
        return filed

    @cached_property
    def _bearing(self) -> dict[str, set[str]]:
        """The stories that some edition files under each name."""
        bearing: dict[str, set[str]] = defaultdict(set)
        for briefing in self._briefings:
            for name in briefing.dossiers:
                bearing[name].add(briefing.story)
        return dict(bearing)

    def _languages(self, name: str) -> set[str]:
        filed = (self._filed[story] for story in self._bearing.get(name, ()))
        return {language for some in filed for language in some if name in some[language]}

    def _counterpart(self, name: str, home: set[str], other: str) -> set[str]:
        """The one name in another language that stands for ``name``, if that is clear."""
        pairs = self._pairs(name, home, other)
        always = set.intersection(*(set(theirs) for _, theirs in pairs)) if pairs else set()
        always = {
            each
            for each in always
            if all(name in own for _, own in self._pairs(each, {other}, *home))
        }
        if len(always) > 1:
            always &= {
                theirs[own.index(name)]
                for own, theirs in pairs
                if len(own) == len(theirs) and not (_is_sorted(own) and _is_sorted(theirs))
            }
        return always if len(always) == 1 else set()

    def _pairs(self, name: str, home: set[str], *others: str) -> list[tuple[_Names, _Names]]:
        """The lists of ``home`` that hold a name, each with the same story's in other languages."""
        filed = (self._filed[story] for story in self._bearing.get(name, ()))
        return [
            (some[language], some[other])
            for some in filed
            for language in home
            for other in others
            if name in some.get(language, ()) and other in some
        ]


def stories_of(briefings: Iterable[Briefing], language: str) -> list[Briefing]:
    """Each story once, in ``language`` where we have it, else as it comes first."""
    stories: dict[str, Briefing] = {}
    for briefing in briefings:
        seen = stories.setdefault(briefing.story, briefing)
        if seen.language != language == briefing.language:
            stories[briefing.story] = briefing
    return list(stories.values())


def matching(text: str, dossiers: Iterable[Dossier]) -> list[Dossier]:
    """The dossiers that ``text`` can mean: that of the very name, else those with all its words."""
    known = list(dossiers)
    telling = [word for word in text.split() if all(terms(word, one) for one in LANGUAGES)]
    return [each for each in known if named(text, each.names)] or [
        each for each in known if any(holds(name, telling) for name in each.names)
    ]


def named(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that ``text`` is, however it writes spaces and apostrophes."""
    wanted = _plain(text.strip(_MARKS))
    return [name for name in names if _plain(name) == wanted]


def holds(name: str, words: Sequence[str]) -> bool:
    """Whether a name has all of some words, in whatever inflection, of one language."""
    return bool(words) and any(
        set(terms(" ".join(words), one)) <= set(terms(name, one)) for one in LANGUAGES
    )


def _is_sorted(names: Sequence[str]) -> bool:
    return list(names) == sorted(names, key=str.casefold)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())
