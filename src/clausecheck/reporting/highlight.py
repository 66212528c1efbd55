"""Cuts a document's text into passages, those cited as evidence marked with the findings they serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from clausecheck.assessment.model import Evidence
from clausecheck.document.model import Block, Document, TextSpan
from clausecheck.vocabulary import BlockKind, Layer

_SHOWN_LAYERS = frozenset({Layer.BODY, Layer.DELETED})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; ``findings``: requirements that cite it, empty for plain text."""

    text: str
    findings: tuple[str, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the document as pieces. ``tag``: the element that holds it."""

    tag: str
    pieces: tuple[Piece, ...]
    page: int | None = None


def _anchor_of(document: int, span: TextSpan) -> str:
    """Return the page anchor of a quote."""
    return f"t{document}-{span.start}"


def passages(document: Document, cited: Sequence[tuple[str, Evidence]]) -> list[Passage]:
    """Return the body of ``document``, block after block; page numbers stand where a page begins."""
    found: list[Passage] = []
    last_page = None
    for block in document.blocks:
        if block.layer not in _SHOWN_LAYERS:
            continue
        page = document.page_of(block.span)
        inside = [(requirement, e) for requirement, e in cited if e.span.overlaps(block.span)]
        found.append(Passage(_tag(block), tuple(_pieces(document, block, inside)), page if page != last_page else None))
        last_page = page
    return found


def _tag(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return "h4"
    return "li" if block.kind is BlockKind.LIST_ITEM else "p"


def _pieces(document: Document, block: Block, cited: Sequence[tuple[str, Evidence]]) -> list[Piece]:
    cuts = {block.span.start, block.span.end}
    for _, evidence in cited:
        cuts |= {max(block.span.start, evidence.span.start), min(block.span.end, evidence.span.end)}
    starts: dict[int, str] = {e.span.start: _anchor_of(e.document, e.span) for _, e in cited}
    points = sorted(cuts)
    pieces = []
    for start, end in pairwise(points):
        who: dict[str, None] = {}
        for requirement, evidence in cited:
            if evidence.span.start <= start and end <= evidence.span.end:
                who[requirement] = None
        pieces.append(Piece(document.text[start:end], tuple(who), starts.get(start)))
    return pieces
