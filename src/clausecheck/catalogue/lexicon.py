"""The lexicon: families of words, party names, modality cues, read from ``clauses/_lexique``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clausecheck.catalogue.grammar import Grammar, PartyGrammar
from clausecheck.catalogue.patterns import Fragment, Pattern, parse
from clausecheck.catalogue.schema import CitedPieceSpec, DiffusionFile
from clausecheck.errors import CatalogueError
from clausecheck.vocabulary import Language, Origin


@dataclass(frozen=True, slots=True)
class PieceKind:
    """A kind of contract piece.

    ``binds``: False where it obliges nobody; ``rank``: usual place in the order of precedence; ``generic``: only when no other kind fits;
    ``short``: its name inside a sentence; ``origin``: who writes it.
    """

    kind: str
    name: str
    binds: bool
    rank: int
    pattern: Pattern
    generic: bool = False
    short: str = ""
    origin: Origin = Origin.UNKNOWN


@dataclass(frozen=True, slots=True)
class CitedPiece:
    """A piece as the contract names it: ``pattern`` over folded words, ``acronyms`` over exact ones."""

    spec: CitedPieceSpec
    pattern: Pattern
    acronyms: re.Pattern[str] | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of documents that supply it, its own first."""
        return (self.spec.kind, *self.spec.supplied_by)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language. ``actors``: party → pattern; ``modality``: force → pattern; ``kinds``: weakening kind → pattern."""

    families: Mapping[str, Fragment]
    actors: Mapping[str, Pattern]
    modality: Mapping[str, Pattern]
    kinds: Mapping[str, Pattern]
    grammar: Grammar
    parties: PartyGrammar


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary of each language read; text in any other is read with the French one.

    ``cited`` and ``dossier``: what the rules that read the pieces together go by; ``diffusion``: what marks a passage as secret;
    ``reserves``: by weakening kind, how a clause takes back what it grants, and ``spared``: the turns in which these words do no harm
    (in the language the second voice is taught).
    """

    vocabularies: Mapping[Language, Vocabulary]
    pieces: tuple[PieceKind, ...] = ()
    cited: tuple[CitedPiece, ...] = ()
    dossier: Mapping[str, Pattern] = field(default_factory=dict)
    diffusion: DiffusionFile = field(default_factory=DiffusionFile)
    reserves: Mapping[str, Pattern] = field(default_factory=dict)
    plain: Mapping[str, Pattern] = field(default_factory=dict)
    spared: Mapping[str, Pattern] = field(default_factory=dict)

    def of(self, language: Language | None) -> Vocabulary:
        """Return the words with which text in ``language`` is read."""
        return self.vocabularies.get(language or Language.FRENCH) or self.vocabularies[Language.FRENCH]

    @property
    def families(self) -> Mapping[str, Fragment]:
        """The families that every language shares: those of French."""
        return self.of(None).families


def build_pieces(raw: Iterable[Mapping[str, Any]], families: Mapping[str, Fragment]) -> tuple[PieceKind, ...]:
    """Compile the kinds of pieces. Raises CatalogueError."""
    return tuple(
        PieceKind(
            r["kind"],
            r["name"],
            r["binds"],
            r["rank"],
            Pattern(r["kind"], _union(r["kind"], r["patterns"], families)),
            r.get("generic", False),
            r.get("short", r["name"]),
            Origin(r.get("origin", Origin.UNKNOWN)),
        )
        for r in raw
    )


def _dotted_or_not(acronym: str) -> str:
    return r"\.?".join(map(re.escape, acronym))


def build_cited(specs: Iterable[CitedPieceSpec], families: Mapping[str, Fragment]) -> tuple[CitedPiece, ...]:
    """Compile the names of cited pieces. Raises CatalogueError."""
    return tuple(
        CitedPiece(
            spec,
            Pattern(spec.kind, _union(spec.kind, spec.patterns, families)),
            re.compile(rf"\b(?:{'|'.join(map(_dotted_or_not, spec.acronyms))})\b") if spec.acronyms else None,
        )
        for spec in specs
    )


def build_families(raw: Mapping[str, Iterable[str]], known: Mapping[str, Fragment] | None = None) -> dict[str, Fragment]:
    """Compile families, which may use those declared before them. Raises CatalogueError."""
    families = dict(known or {})
    for name, phrases in raw.items():
        families[name] = _union(name, phrases, families)
    return families


def build_patterns(raw: Mapping[str, Iterable[str]], families: Mapping[str, Fragment]) -> dict[str, Pattern]:
    """Compile each list of phrases into one pattern. Raises CatalogueError."""
    return {name: Pattern(name, _union(name, phrases, families)) for name, phrases in raw.items() if phrases}


def _union(name: str, phrases: Iterable[str], families: Mapping[str, Fragment]) -> Fragment:
    try:
        return parse(" | ".join(phrases), families)
    except CatalogueError as error:
        raise CatalogueError(f"famille «{name}» : {error}") from error
