"""Tells which units and headings each pattern matches, and where in them."""

import re

from clausecheck.catalogue.patterns import Pattern
from clausecheck.detection.places import Places
from clausecheck.segmentation.model import Segmented


class UnitIndex:
    """What the patterns match in one dossier, found once each."""

    def __init__(self, segmented: Segmented) -> None:
        self.segmented = segmented
        self._units = Places(u.text.tokens for u in segmented.units)
        self._headings = Places(a.path.tokens for a in segmented.articles)
        self._matches: dict[tuple[Pattern, int], tuple[re.Match[str], ...]] = {}
        self._articles: dict[Pattern, frozenset[int]] = {}

    def units(self, pattern: Pattern) -> frozenset[int]:
        """Return the units in which ``pattern`` matches."""
        return self._units.matching(pattern)

    def matches(self, pattern: Pattern, unit: int) -> tuple[re.Match[str], ...]:
        """Return the matches of ``pattern`` in the folded text of ``unit``; ``units`` tells faster whether there are any."""
        if unit not in self.units(pattern):
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
            found = self.titled(pattern).union(units[u].article for u in self.units(pattern))
            self._articles[pattern] = found
        return found

    def titled(self, pattern: Pattern) -> frozenset[int]:
        """Return the articles whose headings match ``pattern``."""
        return self._headings.matching(pattern)
