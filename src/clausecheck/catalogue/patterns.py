"""The pattern language of the catalogue: phrases a lawyer can read aloud.

Syntax, over folded words (see ``document.normalized``):

``notifier`` one word · ``notifi*`` every word that begins so · ``a | b`` either · ``(a | b) c`` group ·
``[mot]`` optional · ``…`` up to six words between · ``…12`` up to twelve · ``{concept}`` a family of the lexicon.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from clausecheck.catalogue.phrases import NOTHING, SPACE, Chain, Choice, Gap, Gate, Perhaps, Phrase, Word
from clausecheck.document.normalized import words
from clausecheck.errors import CatalogueError

GAP = 6
_CONCEPT = re.compile(r"\{([\w-]+)\}")
_TOKEN = re.compile(r"(?:…|\.\.\.?)\d*|\{[\w-]+\}|[()|\[\]]|[^\s()|\[\]{}…]+")
_CLOSING = {"(": ")", "[": "]"}
_ENDS = frozenset("|)]")
_NO_GATE: Gate = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """A parsed piece, and the literals without which it cannot match."""

    phrase: Phrase
    gate: Gate
    optional: bool = False

    @property
    def regex(self) -> str:
        """The same as a regular expression over folded text."""
        return self.phrase.regex()


class Pattern:
    """A compiled pattern; ``source`` is what the catalogue says.

    ``phrase`` tells in which texts it matches, many at once; the regular expression, where in one text, and is built at first use: most
    never are.
    """

    __slots__ = ("_regex", "gate", "phrase", "source")

    def __init__(self, source: str, fragment: Fragment) -> None:
        self.source = source
        self.gate = fragment.gate
        self.phrase = fragment.phrase
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, over folded text."""
        if self._regex is None:
            self._regex = re.compile(rf"(?<!\S)(?:{self.phrase.regex()})(?!\S)")
        return self._regex


def compile_pattern(source: str, concepts: Mapping[str, Fragment]) -> Pattern:
    """Compile ``source``, once for each meaning of the concepts it names. Raises CatalogueError on bad syntax or an unknown concept."""
    named = dict.fromkeys(_CONCEPT.findall(source))
    return _compiled(source, tuple((name, concepts[name]) for name in named if name in concepts))


@lru_cache(maxsize=20_000)
def _compiled(source: str, concepts: tuple[tuple[str, Fragment], ...]) -> Pattern:
    fragment = parse(source, dict(concepts))
    if not fragment.gate:
        raise CatalogueError(f"motif «{source}» : il faut au moins un mot obligatoire")
    return Pattern(source, fragment)


def parse(source: str, concepts: Mapping[str, Fragment]) -> Fragment:
    """Parse ``source`` into a fragment. Raises CatalogueError."""
    parser = _Parser(source, concepts)
    fragment = parser.alternatives()
    parser.expect_end()
    return fragment


class _Parser:
    def __init__(self, source: str, concepts: Mapping[str, Fragment]) -> None:
        self._source = source
        self._concepts = concepts
        self._tokens = _TOKEN.findall(source)
        self._at = 0

    def _error(self, why: str) -> CatalogueError:
        return CatalogueError(f"motif «{self._source}» : {why}")

    def _peek(self) -> str:
        """Return the next token, nothing at the end."""
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def expect_end(self) -> None:
        if self._peek():
            raise self._error(f"«{self._peek()}» inattendu")

    def alternatives(self) -> Fragment:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        if len(options) == 1:
            return options[0]
        # Words that folding drops («du», «à») leave nothing: beside others they make the group optional.
        full = [o for o in options if o.phrase is not NOTHING]
        gate = _NO_GATE.union(*[o.gate for o in full]) if all(o.gate for o in full) else _NO_GATE
        return Fragment(Choice(tuple([o.phrase for o in full])), gate, optional=len(full) < len(options))

    def _sequence(self) -> Fragment:
        first = self._at
        parts: list[Fragment] = []
        separators: list[Gap] = []
        while (token := self._peek()) and token not in _ENDS:
            self._at += 1
            if token.startswith(("…", "..")):
                if separators:
                    separators[-1] = Gap(int(token.lstrip("….") or GAP))
                continue
            parts.extend(self._item(token))
            separators.extend([SPACE] * (len(parts) - len(separators)))
        if not parts and self._at == first:
            raise self._error("alternative vide")
        return _join(parts, separators)

    def _item(self, token: str) -> Sequence[Fragment]:
        if token in _CLOSING:
            inner = self.alternatives()
            self._close(_CLOSING[token])
            found = replace(inner, optional=True) if token == "[" else inner  # noqa: S105  (of a pattern)
            return [found] if inner.phrase is not NOTHING else []
        if token.startswith("{"):
            return [self._concept(token[1:-1])]
        return _words(token)

    def _close(self, bracket: str) -> None:
        if self._peek() != bracket:
            raise self._error(f"il manque «{bracket}»")
        self._at += 1

    def _concept(self, name: str) -> Fragment:
        if name not in self._concepts:
            raise self._error(f"famille «{name}» inconnue du lexique")
        return self._concepts[name]


def _join(parts: list[Fragment], separators: list[Gap]) -> Fragment:
    """Join parts; an optional part takes the separator on its inner side with it."""
    if len(parts) == 1:
        return parts[0]
    steps: list[Phrase] = []
    started = False
    for i, part in enumerate(parts):
        if started:
            piece: tuple[Phrase, ...] = (separators[i - 1], part.phrase)
        else:
            piece = (part.phrase, separators[i]) if part.optional and i < len(parts) - 1 else (part.phrase,)
            started = not part.optional
        steps.extend([Perhaps(Chain(piece))] if part.optional else piece)
    gates = [p.gate for p in parts if p.gate and not p.optional]
    # The rarest part makes the best gate: fewest literals, then the longest ones.
    gate = min(gates, key=lambda g: (len(g), -min(map(len, g)))) if gates else _NO_GATE
    return Fragment(Chain(tuple(steps)) if steps else NOTHING, gate)


@lru_cache(maxsize=20_000)
def _words(token: str) -> Sequence[Fragment]:
    """Return one fragment a folded word of ``token``: «sous-traitant» has two, «du» none."""
    literals = [f"={w}" for w, _, _ in words(token.rstrip("*"))]
    if token.endswith("*") and literals:
        literals[-1] = literals[-1][1:]
    gates = [frozenset({literal}) for literal in literals]
    return [Fragment(Word(gate), gate) for gate in gates]
