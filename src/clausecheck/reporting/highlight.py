"""Cuts a document's text into passages, those cited as evidence marked with the findings they serve."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from clausecheck.assessment.model import Evidence
from clausecheck.document.model import Block, Document, TextSpan
from clausecheck.vocabulary import BlockKind, Layer

_HEAD = 20
_SHOWN_LAYERS = frozenset({Layer.BODY, Layer.DELETED})


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence as a finding uses it. ``requirement``: the finding; ``kinds``: the weakenings it shows, by kind."""

    requirement: str
    evidence: Evidence
    kinds: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Where the page shows it."""
        return anchor_of(self.evidence)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage.

    ``cited``: some finding rests on it; ``kinds``: how it weakens; ``anchors``: of the quotes that begin here.
    """

    text: str
    cited: bool = False
    kinds: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """The way back from a passage to the finding ``requirement``. ``kinds``: how the passage weakens it."""

    requirement: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of the document as pieces. ``tag``: the element that holds it; ``page``: given where a page begins."""

    tag: str
    style: str
    number: str
    pieces: tuple[Piece, ...]
    references: tuple[Reference, ...]
    page: int | None = None


def anchor_of(evidence: Evidence) -> str:
    """Return the page anchor of a quote."""
    return f"t{evidence.document}-{evidence.span.start}"


def passages(document: Document, cited: Sequence[Citation]) -> list[Passage]:
    """Return the body of ``document``, block after block."""
    inside = _by_block(document.blocks, cited)
    found: list[Passage] = []
    placed: set[str] = set()
    last_page = None
    for number, block in enumerate(document.blocks):
        if block.layer not in _SHOWN_LAYERS or not document.quote(block.span).strip():
            continue
        page = document.page_of(block.span)
        found.append(_passage(document, block, inside.get(number, []), placed, page if page != last_page else None))
        last_page = page
    return found


def _by_block(blocks: Sequence[Block], cited: Sequence[Citation]) -> Mapping[int, list[Citation]]:
    """Give each block the citations that overlap it. ``blocks`` stand in reading order."""
    starts = [b.span.start for b in blocks]
    inside: dict[int, list[Citation]] = defaultdict(list)
    for citation in cited:
        span = citation.evidence.span
        for number in range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)):
            if span.overlaps(blocks[number].span):
                inside[number].append(citation)
    return inside


def _passage(document: Document, block: Block, cited: Sequence[Citation], placed: set[str], page: int | None) -> Passage:
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for citation in cited:
        kinds[citation.requirement].update(dict.fromkeys(citation.kinds))
    references = tuple(Reference(requirement, tuple(found)) for requirement, found in kinds.items())
    tag = "h4" if block.kind is BlockKind.HEADING else "p"
    return Passage(tag, _style(block), _number(document, block), tuple(_pieces(document, block.span, cited, placed)), references, page)


def _number(document: Document, block: Block) -> str:
    """Return the number Word or the reader gave to ``block``, unless its first words already print it."""
    head = document.text[block.span.start : block.span.start + _HEAD]
    return "" if block.number is None or block.number in head else block.number


def _style(block: Block) -> str:
    if block.layer is Layer.DELETED:
        return "deleted"
    if block.kind is BlockKind.HEADING:
        return f"level{min(block.level or 1, 4)}"
    return {BlockKind.LIST_ITEM: "item", BlockKind.TABLE_ROW: "row"}.get(block.kind, "plain")


def _pieces(document: Document, block: TextSpan, cited: Sequence[Citation], placed: set[str]) -> list[Piece]:
    """Cut ``block`` where quotes begin and end. ``placed``: anchors the page already holds, completed here."""
    cuts = {block.start, block.end}
    for citation in cited:
        cuts |= {max(block.start, citation.evidence.span.start), min(block.end, citation.evidence.span.end)}
    pieces = []
    for start, end in pairwise(sorted(cuts)):
        here = [c for c in cited if c.evidence.span.start <= start and end <= c.evidence.span.end]
        kinds = tuple(dict.fromkeys(kind for c in here for kind in c.kinds))
        anchors = tuple(a for a in dict.fromkeys(c.anchor for c in here) if a not in placed)
        placed.update(anchors)
        pieces.append(Piece(document.text[start:end], bool(here), kinds, anchors))
    return pieces
