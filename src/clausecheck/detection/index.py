"""Tells which units and headings each pattern matches, and where in them."""

import re
from collections.abc import Iterable

from clausecheck.catalogue.patterns import Pattern
from clausecheck.detection.places import Marks, Places
from clausecheck.segmentation.model import Segmented


class UnitIndex:
    """What the patterns match in one dossier, found once each. ``literals``: those of gates that open some word of its units."""

    def __init__(self, segmented: Segmented) -> None:
        self.segmented = segmented
        self._units = Places(u.text.tokens for u in segmented.units)
        self._headings = Places(a.path.tokens for a in segmented.articles)
        self.literals = self._units.literals
        self._marks = [self._units.mark(u.index) for u in segmented.units]
        self._found: dict[Pattern, frozenset[int]] = {}
        self._matches: dict[tuple[Pattern, int], tuple[re.Match[str], ...]] = {}
        self._articles: dict[Pattern, frozenset[int]] = {}

    def units(self, pattern: Pattern) -> frozenset[int]:
        """Return the units in which ``pattern`` matches."""
        found = self._found.get(pattern)
        if found is None:
            found = frozenset(self._units.numbers(self._units.matching(pattern)))
            self._found[pattern] = found
        return found

    def has(self, pattern: Pattern, unit: int) -> bool:
        """Tell whether ``pattern`` matches in ``unit``."""
        return self._units.matching(pattern) & self._marks[unit] != 0

    def any_has(self, pattern: Pattern, units: Iterable[int]) -> bool:
        """Tell whether ``pattern`` matches in one of ``units``."""
        return self.stands(pattern, self.marks(units))

    def marks(self, units: Iterable[int]) -> Marks:
        """Return ``units`` as ``stands`` takes them: made once to ask about many patterns."""
        found = 0
        for unit in units:
            found |= self._marks[unit]
        return found

    def stands(self, pattern: Pattern, units: Marks) -> bool:
        """Tell whether ``pattern`` matches in one of ``units``."""
        return self._units.matching(pattern) & units != 0

    def candidates(self, anchor: Pattern, others: Iterable[Pattern], within: Marks, *, together: bool) -> list[int]:
        """Return the units of ``within`` that hold ``anchor``, in order, none where one of ``others`` stands nowhere.

        ``together``: those that hold the others too.
        """
        found = self._units.matching(anchor) & within
        for other in others:
            if not found:
                return []
            support = self._units.matching(other)
            found = found & support if together or not support else found
        return sorted(self._units.numbers(found))

    def matches(self, pattern: Pattern, unit: int) -> tuple[re.Match[str], ...]:
        """Return the matches of ``pattern`` in the folded text of ``unit``; ``has`` tells faster whether there are any."""
        if not self.has(pattern, unit):
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
        return frozenset(self._headings.numbers(self._headings.matching(pattern)))
