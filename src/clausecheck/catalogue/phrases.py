"""What a pattern looks for, as steps over the words of many texts at once.

A set of places is one integer. Word number *i* of the texts laid end to end has two places: bit 2*i* stands before it, bit 2*i* + 1 after
it. A phrase takes all the places where it may begin and returns all those where it may end, so that one pass over a phrase tells where it
stands in a whole dossier (bit-parallel simulation of an automaton: Baeza-Yates and Gonnet, 1992). It finds exactly the places that the
regular expression of the pattern would.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

Gate = frozenset[str]
"""Literals of which at least one must start a word of the text (``=`` in front: must be the word)."""


_NONE: Gate = frozenset()


class Text(Protocol):
    """The texts in which phrases are looked for. ``inner``: places after a word that is not the last of its text."""

    inner: int

    def words(self, gate: Gate) -> int:
        """Return the places before the words that a literal of ``gate`` opens."""
        ...

    def present(self, choice: "Choice") -> "Sequence[Phrase]":
        """Return the options of ``choice`` that may stand in the texts."""
        ...


class Phrase(Protocol):
    """A step. ``required``: literals each of which must open some word of a text, without which the phrase stands nowhere in it."""

    @property
    def required(self) -> Gate:
        """Return those literals."""
        ...

    def ends(self, places: int, text: Text) -> int:
        """Return where the phrase may end, begun at one of ``places``."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word, any that a literal of ``gate`` opens."""

    gate: Gate
    required: Gate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "required", self.gate if len(self.gate) == 1 else _NONE)

    def ends(self, places: int, text: Text) -> int:
        """Go over the word."""
        return (places & text.words(self.gate)) << 1


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """The space between two words, or up to ``most`` words with the spaces around them."""

    most: int = 0
    required: Gate = field(default=_NONE, init=False)

    def ends(self, places: int, text: Text) -> int:
        """Go over a space, or over words and a space."""
        reached = step = places
        for _ in range(self.most):
            step = (step & text.inner) << 2
            if not step:
                break
            reached |= step
        return (reached & text.inner) << 1


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Steps in a row."""

    steps: tuple[Phrase, ...]
    required: Gate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "required", frozenset().union(*(step.required for step in self.steps)))

    def ends(self, places: int, text: Text) -> int:
        """Take every step."""
        for step in self.steps:
            places = step.ends(places, text)
            if not places:
                return 0
        return places


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Either of several phrases."""

    options: tuple[Phrase, ...]
    required: Gate = field(default=_NONE, init=False)

    def ends(self, places: int, text: Text) -> int:
        """Take each way."""
        reached = 0
        for option in text.present(self):
            reached |= option.ends(places, text)
        return reached


@dataclass(frozen=True, slots=True, eq=False)
class Perhaps:
    """A phrase that may be left out."""

    phrase: Phrase
    required: Gate = field(default=_NONE, init=False)

    def ends(self, places: int, text: Text) -> int:
        """Take it and leave it."""
        return places | self.phrase.ends(places, text)


SPACE = Gap()


def choice(options: Sequence[Phrase]) -> Phrase:
    """Return either of ``options``; single words become one, looked up once."""
    single = [o for o in options if isinstance(o, Word)]
    others = [o for o in options if not isinstance(o, Word)]
    gate: Gate = frozenset().union(*(word.gate for word in single))
    merged = ([Word(gate)] if single else []) + others
    return merged[0] if len(merged) == 1 else Choice(tuple(merged))
