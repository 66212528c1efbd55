"""Finds, among thousands of units, those a pattern can match: a posting list of words gates every regular expression."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable

from clausecheck.catalogue.patterns import Pattern
from clausecheck.segmentation.model import Segmented


class UnitIndex:
    """Posting lists of the folded words of units and headings, and a cache of what each pattern matched."""

    def __init__(self, segmented: Segmented) -> None:
        self.segmented = segmented
        self._units = _postings(u.text.tokens for u in segmented.units)
        self._headings = _postings(a.path.tokens for a in segmented.articles)
        self._unit_words = sorted(self._units)
        self._heading_words = sorted(self._headings)
        self._candidates: dict[Pattern, frozenset[int]] = {}
        self._matches: dict[tuple[Pattern, int], tuple[re.Match[str], ...]] = {}
        self._articles: dict[Pattern, frozenset[int]] = {}

    def candidates(self, pattern: Pattern) -> frozenset[int]:
        """Return the units that hold at least one of the words without which ``pattern`` cannot match."""
        found = self._candidates.get(pattern)
        if found is None:
            found = _gated(pattern, self._units, self._unit_words)
            self._candidates[pattern] = found
        return found

    def matches(self, pattern: Pattern, unit: int) -> tuple[re.Match[str], ...]:
        """Return the matches of ``pattern`` in the folded text of ``unit``."""
        if unit not in self.candidates(pattern):
            return ()
        key = (pattern, unit)
        found = self._matches.get(key)
        if found is None:
            found = tuple(pattern.regex.finditer(self.segmented.units[unit].text.text))
            self._matches[key] = found
        return found

    def articles(self, pattern: Pattern) -> frozenset[int]:
        """Return the articles in whose units or headings ``pattern`` matches."""
        found = self._articles.get(pattern)
        if found is None:
            units = self.segmented.units
            by_text = {units[u].article for u in self.candidates(pattern) if self.matches(pattern, u)}
            found = frozenset(by_text | self.titled(pattern))
            self._articles[pattern] = found
        return found

    def titled(self, pattern: Pattern) -> set[int]:
        """Return the articles whose headings match ``pattern``."""
        articles = self.segmented.articles
        gated = _gated(pattern, self._headings, self._heading_words)
        return {a for a in gated if pattern.regex.search(articles[a].path.text)}


def _postings(texts: Iterable[tuple[str, ...]]) -> dict[str, set[int]]:
    postings: dict[str, set[int]] = defaultdict(set)
    for i, tokens in enumerate(texts):
        for token in tokens:
            postings[token].add(i)
    return dict(postings)


def _gated(pattern: Pattern, postings: dict[str, set[int]], vocabulary: list[str]) -> frozenset[int]:
    found: set[int] = set()
    for literal in pattern.gate:
        if literal.startswith("="):
            found |= postings.get(literal[1:], set())
            continue
        for word in vocabulary[bisect.bisect_left(vocabulary, literal) :]:
            if not word.startswith(literal):
                break
            found |= postings[word]
    return frozenset(found)
