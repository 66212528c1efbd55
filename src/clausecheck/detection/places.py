"""Lays the texts of a dossier end to end and finds in one pass those in which a pattern matches (see ``catalogue.phrases``)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from clausecheck.catalogue.patterns import Pattern
from clausecheck.catalogue.phrases import Choice, Gate, Phrase

EVERYWHERE = -1
"""Every text, as ``Marks``."""
_FEW = 4
Marks = int
"""A set of texts: one bit for each, ``Places.mark`` tells which."""


class Places:
    """Texts given as folded words, numbered from 0.

    Each text takes two bits a word, then two of its own, of which the first marks it. ``inner``: places after a word that is not the last
    of its text; ``literals``: those that open some word of the texts.
    """

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._positions: dict[str, list[int]] = {}
        self._texts: list[int] = []
        self._ends: list[int] = []
        for number, words in enumerate(texts):
            for position, word in enumerate(words, len(self._texts)):
                self._positions.setdefault(word, []).append(position)
            self._texts.extend([number] * (len(words) + 1))
            self._ends.append(len(self._texts) - 1)
        slots = ((1 << 2 * len(self._texts)) - 1) // 3
        self._all = self._bits(self._ends)
        self._before = slots & ~self._all
        self._after = self._before << 1
        self.inner = self._after & ~(self._all >> 1)
        self.literals = set().union(*map(_literals, self._positions))
        self._vocabulary = sorted(self._positions)
        self._words: dict[Gate, int] = {}
        self._opened: dict[str, int] = {}
        self._spelled: dict[str, int] = {}
        self._present: dict[Choice, tuple[Phrase, ...]] = {}
        self._matching: dict[Pattern, Marks] = {}

    def matching(self, pattern: Pattern) -> Marks:
        """Return the texts in which ``pattern`` matches."""
        found = self._matching.get(pattern)
        if found is None:
            possible = pattern.phrase.required <= self.literals and not self.literals.isdisjoint(pattern.gate)
            found = self._holding(pattern.phrase.ends(self._before, self) & self._after) if possible else 0
            self._matching[pattern] = found
        return found

    def _holding(self, places: int) -> Marks:
        """Return the texts that hold ``places``: added to all the bits of its text, any place carries into the mark."""
        return (places + (self._before | self._after)) & self._all if places else 0

    def mark(self, text: int) -> Marks:
        """Return the set of one text."""
        return 1 << 2 * self._ends[text]

    def numbers(self, marks: Marks) -> Iterator[int]:
        """Yield the numbers of the texts in ``marks``, the last first."""
        while marks:
            top = marks.bit_length() - 1
            yield self._texts[top >> 1]
            marks ^= 1 << top

    def words(self, gate: Gate) -> int:
        """Return the places before the words that a literal of ``gate`` opens."""
        places = self._words.get(gate)
        if places is None:
            places = 0
            for literal in gate & self.literals:
                places |= self._opened_by(literal)
            self._words[gate] = places
        return places

    def _opened_by(self, literal: str) -> int:
        places = self._opened.get(literal)
        if places is None:
            places = 0
            for word in self._words_of(literal):
                places |= self._places_of(word)
            self._opened[literal] = places
        return places

    def _words_of(self, literal: str) -> Iterator[str]:
        if literal.startswith("="):
            yield literal[1:]
            return
        at = bisect_left(self._vocabulary, literal)
        while at < len(self._vocabulary) and self._vocabulary[at].startswith(literal):
            yield self._vocabulary[at]
            at += 1

    def _places_of(self, word: str) -> int:
        places = self._spelled.get(word)
        if places is None:
            places = self._bits(self._positions[word])
            self._spelled[word] = places
        return places

    def present(self, choice: Choice) -> Sequence[Phrase]:
        """Return the ways of ``choice`` that may stand in the texts."""
        options = self._present.get(choice)
        if options is None:
            literals = self.literals
            options = tuple([option for option in choice.ways if option.required <= literals])
            self._present[choice] = options
        return options

    def _bits(self, positions: Sequence[int]) -> int:
        """Return the places before the slots at ``positions``."""
        if len(positions) <= _FEW:
            return sum([1 << 2 * position for position in positions])
        packed = bytearray(len(self._texts) // 4 + 1)
        for position in positions:
            packed[position >> 2] |= 1 << 2 * (position & 3)
        return int.from_bytes(packed, "little")


@lru_cache(maxsize=50_000)
def _literals(word: str) -> frozenset[str]:
    """Return every literal of a gate that opens ``word``."""
    return frozenset((f"={word}", *(word[:end] for end in range(1, len(word) + 1))))
