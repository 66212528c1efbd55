"""What a pattern looks for, as steps over the words of many texts at once.

A set of places is one integer. Word number *i* of the texts laid end to end has two places: bit 2*i* stands before it, bit 2*i* + 1 after
it. A phrase takes all the places where it may begin and returns all those where it may end, so that one pass over a phrase tells where it
stands in a whole dossier (bit-parallel simulation of an automaton: Baeza-Yates and Gonnet, 1992). It finds exactly the places that the
regular expression of the pattern would.
"""

import re
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
        """Return the ways of ``choice`` that may stand in the texts."""
        ...


class Phrase(Protocol):
    """A step. ``required``: literals each of which must open some word of a text, without which the phrase stands nowhere in it."""

    @property
    def required(self) -> Gate:
        """Return those literals."""
        ...

    def regex(self) -> str:
        """Return the same as a regular expression over folded text."""
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

    def regex(self) -> str:
        """Return the word, or a prefix and what ends it; of one literal only."""
        (literal,) = self.gate
        return re.escape(literal[1:]) if literal.startswith("=") else re.escape(literal) + r"\S*"

    def ends(self, places: int, text: Text) -> int:
        """Go over the word."""
        return (places & text.words(self.gate)) << 1


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """The space between two words, or up to ``most`` words with the spaces around them."""

    most: int = 0
    required: Gate = field(default=_NONE, init=False)

    def regex(self) -> str:
        """Return the space, or the words and the space."""
        return rf"(?: \S+){{0,{self.most}}} " if self.most else " "

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
        object.__setattr__(self, "required", _NONE.union(*[step.required for step in self.steps if step.required]))

    def regex(self) -> str:
        """Return the steps one after the other."""
        return "".join([step.regex() for step in self.steps])

    def ends(self, places: int, text: Text) -> int:
        """Take every step."""
        for step in self.steps:
            places = step.ends(places, text)
            if not places:
                return 0
        return places


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Either of several phrases, the first that fits. ``ways``: the same in any order, single words looked up as one."""

    options: tuple[Phrase, ...]
    ways: tuple[Phrase, ...] = field(init=False)
    required: Gate = field(default=_NONE, init=False)

    def __post_init__(self) -> None:
        gates = [option.gate for option in self.options if isinstance(option, Word)]
        others = [option for option in self.options if not isinstance(option, Word)]
        object.__setattr__(self, "ways", (Word(_NONE.union(*gates)), *others) if gates else self.options)

    def regex(self) -> str:
        """Return the options as alternatives."""
        return "(?:" + "|".join([option.regex() for option in self.options]) + ")"

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

    def regex(self) -> str:
        """Return the phrase, optional."""
        return f"(?:{self.phrase.regex()})?"

    def ends(self, places: int, text: Text) -> int:
        """Take it or leave it."""
        return places | self.phrase.ends(places, text)


SPACE = Gap()

NOTHING = Chain(())
