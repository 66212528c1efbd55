"""The pattern language of the catalogue: phrases a lawyer can read aloud.

Syntax, over folded words (see ``document.normalized``):

``notifier`` one word · ``notifi*`` every word that begins so · ``a | b`` either · ``(a | b) c`` group ·
``[mot]`` optional · ``…`` up to six words between · ``…12`` up to twelve · ``{concept}`` a family of the lexicon.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from clausecheck.catalogue.phrases import SPACE, Chain, Gap, Gate, Perhaps, Phrase, Word, choice
from clausecheck.document.normalized import words
from clausecheck.errors import CatalogueError

GAP = 6
_CONCEPT = re.compile(r"\{([\w-]+)\}")
_TOKEN = re.compile(r"\s*(?:(?P<gap>(?:…|\.\.\.?)(?P<width>\d*))|(?P<concept>\{[\w-]+\})|(?P<op>[()|\[\]])|(?P<word>[^\s()|\[\]{}…]+))")

@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """A compiled piece: a regular expression over folded text, the same as steps, and the literals without which it cannot match."""

    regex: str
    gate: Gate
    phrase: Phrase
    optional: bool = False


class Pattern:
    """A compiled pattern; ``source`` is what the catalogue says.

    ``phrase`` tells in which texts it matches, many at once; the regular expression, where in one text, and is built at first use: most
    never are.
    """

    __slots__ = ("_body", "_regex", "gate", "phrase", "source")

    def __init__(self, source: str, fragment: Fragment) -> None:
        self.source = source
        self.gate = fragment.gate
        self.phrase = fragment.phrase
        self._body = fragment.regex
        self._regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The regular expression, over folded text."""
        if self._regex is None:
            self._regex = re.compile(rf"(?<!\S)(?:{self._body})(?!\S)")
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
        self._tokens = [m for m in _TOKEN.finditer(source.strip()) if m.group().strip()]
        self._at = 0

    def _error(self, why: str) -> CatalogueError:
        return CatalogueError(f"motif «{self._source}» : {why}")

    def _peek(self) -> str | None:
        if self._at >= len(self._tokens):
            return None
        return self._tokens[self._at].group().strip()

    def expect_end(self) -> None:
        if self._peek() is not None:
            raise self._error(f"«{self._peek()}» inattendu")

    def alternatives(self) -> Fragment:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        # Words that folding drops («du», «à») leave nothing: beside others they make the group optional.
        full = [o for o in options if o.regex]
        if len(options) == 1:
            return options[0]
        gate: Gate = frozenset().union(*(o.gate for o in full)) if all(o.gate for o in full) else frozenset()
        regex = "(?:" + "|".join(o.regex for o in full) + ")"
        return Fragment(regex, gate, choice([o.phrase for o in full]), optional=len(full) < len(options))

    def _sequence(self) -> Fragment:
        first = self._at
        parts: list[Fragment] = []
        separators: list[Fragment] = []
        while (token := self._peek()) is not None and token not in {"|", ")", "]"}:
            match = self._tokens[self._at]
            if match.group("gap"):
                self._at += 1
                if separators:
                    separators[-1] = _gap(int(match.group("width") or GAP))
                continue
            parts.extend(self._item())
            separators.extend([_SPACE] * (len(parts) - len(separators)))
        if not parts and self._at == first:
            raise self._error("alternative vide")
        return self._join(parts, separators)

    @staticmethod
    def _join(parts: list[Fragment], separators: list[Fragment]) -> Fragment:
        """Join parts; an optional part takes the separator on its inner side with it."""
        if len(parts) == 1:
            return parts[0]
        joined: list[Fragment] = []
        started = False
        for i, part in enumerate(parts):
            if started:
                piece = [separators[i - 1], part]
            else:
                last = i == len(parts) - 1
                piece = [part] if last or not part.optional else [part, separators[i]]
                started = not part.optional
            joined.extend([_perhaps(piece)] if part.optional else piece)
        mandatory = [p.gate for p in parts if p.gate and not p.optional]
        # The rarest part makes the best gate: fewest literals, then the longest ones.
        gate = min(mandatory, key=lambda g: (len(g), -min(len(w) for w in g))) if mandatory else frozenset()
        return Fragment("".join(p.regex for p in joined), gate, Chain(tuple(p.phrase for p in joined)))

    def _item(self) -> list[Fragment]:
        match = self._tokens[self._at]
        word = match.group().strip()
        if word == "(":
            self._at += 1
            inner = self.alternatives()
            self._close(")")
            return [inner] if inner.regex else []
        if word == "[":
            self._at += 1
            inner = self.alternatives()
            self._close("]")
            return [replace(inner, optional=True)] if inner.regex else []
        self._at += 1
        if match.group("concept"):
            return [self._concept(word[1:-1])]
        return _words(word)

    def _close(self, bracket: str) -> None:
        if self._peek() != bracket:
            raise self._error(f"il manque «{bracket}»")
        self._at += 1

    def _concept(self, name: str) -> Fragment:
        if name not in self._concepts:
            raise self._error(f"famille «{name}» inconnue du lexique")
        return self._concepts[name]


@lru_cache(maxsize=20_000)
def _words(token: str) -> list[Fragment]:
    """Return one fragment a folded word of ``token``: «sous-traitant» has two, «du» none."""
    folded = [w for w, _, _ in words(token.rstrip("*"))]
    fragments = [_word(re.escape(w), f"={w}") for w in folded]
    if token.endswith("*") and folded:
        fragments[-1] = _word(re.escape(folded[-1]) + r"\S*", folded[-1])
    return fragments


_SPACE = Fragment(" ", frozenset(), SPACE)


def _gap(most: int) -> Fragment:
    return Fragment(rf"(?: \S+){{0,{most}}} ", frozenset(), Gap(most))


def _word(regex: str, literal: str) -> Fragment:
    gate = frozenset({literal})
    return Fragment(regex, gate, Word(gate))


def _perhaps(parts: list[Fragment]) -> Fragment:
    regex = "".join(p.regex for p in parts)
    return Fragment(f"(?:{regex})?", frozenset(), Perhaps(Chain(tuple(p.phrase for p in parts))))
