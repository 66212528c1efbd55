"""Lays the texts of a dossier end to end and finds in one pass those in which a pattern matches (see ``catalogue.phrases``)."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from clausecheck.catalogue.patterns import Pattern
from clausecheck.catalogue.phrases import Choice, Gate, Phrase

_NOWHERE: frozenset[int] = frozenset()


class Places:
    """Texts given as folded words, numbered from 0. ``inner``: places after a word that is not the last of its text."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        self._positions: dict[str, list[int]] = {}
        self._texts: list[int] = []
        self._first: list[int] = []
        for number, words in enumerate(texts):
            self._first.append(len(self._texts))
            for word in words:
                self._positions.setdefault(word, []).append(len(self._texts))
                self._texts.append(number)
        count = len(self._texts)
        self._before = ((1 << 2 * count) - 1) // 3
        last = {first - 1 for first in (*self._first, count)} - {-1}
        self.inner = (self._before & ~_bits(last, count)) << 1
        self._opened = self._openings()
        self._words: dict[Gate, int] = {}
        self._present: dict[Choice, tuple[Phrase, ...]] = {}
        self._matching: dict[Pattern, frozenset[int]] = {}

    def _openings(self) -> dict[str, list[str]]:
        """Literal → the words of the texts that it opens."""
        opened: dict[str, list[str]] = {}
        for word in self._positions:
            for literal in _literals(word):
                opened.setdefault(literal, []).append(word)
        return opened

    def matching(self, pattern: Pattern) -> frozenset[int]:
        """Return the texts in which ``pattern`` matches."""
        found = self._matching.get(pattern)
        if found is None:
            found = self._find(pattern)
            self._matching[pattern] = found
        return found

    def _find(self, pattern: Pattern) -> frozenset[int]:
        if self._opened.keys().isdisjoint(pattern.gate):
            return _NOWHERE
        places = pattern.phrase.ends(self._before, self) & (self._before << 1)
        return self._texts_at(places) if places else _NOWHERE

    def words(self, gate: Gate) -> int:
        """Return the places before the words that a literal of ``gate`` opens."""
        places = self._words.get(gate)
        if places is None:
            words = {word for literal in gate for word in self._opened.get(literal, ())}
            places = _bits([p for word in words for p in self._positions[word]], len(self._texts)) if words else 0
            self._words[gate] = places
        return places

    def present(self, choice: Choice) -> Sequence[Phrase]:
        """Return the options of ``choice`` whose words all stand somewhere in the texts."""
        options = self._present.get(choice)
        if options is None:
            options = tuple(option for option in choice.options if option.possible(self))
            self._present[choice] = options
        return options

    def _texts_at(self, places: int) -> frozenset[int]:
        """Return the texts that hold ``places``, from the last one back."""
        found = []
        while places:
            position = (places.bit_length() - 1) >> 1
            text = self._texts[position]
            found.append(text)
            places &= (1 << 2 * self._first[text]) - 1
        return frozenset(found)


def _bits(positions: Iterable[int], count: int) -> int:
    """Return the places before the words at ``positions``, of ``count`` words."""
    packed = bytearray(count // 4 + 1)
    for position in positions:
        packed[position >> 2] |= 1 << 2 * (position & 3)
    return int.from_bytes(packed, "little")


@lru_cache(maxsize=50_000)
def _literals(word: str) -> tuple[str, ...]:
    """Return every literal of a gate that opens ``word``."""
    return (f"={word}", *(word[:end] for end in range(1, len(word) + 1)))
