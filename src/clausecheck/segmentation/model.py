"""What the text is cut into: articles, and inside them units (a sentence, an item of a list, a row of a table)."""

from dataclasses import dataclass, field
from enum import StrEnum

from clausecheck.document.model import Document, TextSpan
from clausecheck.document.normalized import NormalizedText
from clausecheck.vocabulary import Language


class Force(StrEnum):
    """What a unit can prove: only OPERATIVE text binds anybody (rules R03, R27, R31, R33)."""

    OPERATIVE = "dispositif"
    DEFINITION = "définition"
    RECITAL = "considérant"
    QUESTION = "question aux candidats"
    TITLE = "titre"
    OUTSIDE = "hors contrat"


@dataclass(frozen=True, slots=True)
class Article:
    """A passage under one heading. ``titles``: the headings above it, outermost first; ``number``: as printed."""

    index: int
    document: int
    number: str | None
    title: str
    titles: tuple[str, ...]
    path: NormalizedText


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence or list item.

    ``span``: its own words in the document; ``text``: folded words, those of the lead-in of its list first; ``own_from``: offset in
    ``text.text`` where its own words start.
    """

    index: int
    document: int
    article: int
    span: TextSpan
    text: NormalizedText
    own_from: int
    force: Force
    language: Language
    row: bool = False
    lead: int | None = None


@dataclass(frozen=True, slots=True)
class Segmented:
    """A dossier cut up: all its documents, articles and units, in reading order."""

    documents: tuple[Document, ...]
    articles: tuple[Article, ...]
    units: tuple[Unit, ...]
    by_article: tuple[tuple[int, ...], ...] = field(repr=False)

    def quote(self, unit: Unit) -> str:
        """Return the exact words of ``unit``."""
        return self.documents[unit.document].quote(unit.span)
