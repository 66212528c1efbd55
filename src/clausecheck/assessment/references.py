"""What the dossier cites, and whether it was supplied (rule R04: a cited piece that is missing proves nothing)."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from clausecheck.assessment.citations import citations, external
from clausecheck.assessment.model import Reference
from clausecheck.assessment.naming import annex_numbers, arabic, leading_annex, named
from clausecheck.catalogue.lexicon import CitedPiece
from clausecheck.document.model import Block, Document
from clausecheck.document.normalized import NormalizedText
from clausecheck.segmentation.model import Force, Segmented, Unit
from clausecheck.segmentation.pieces import Piece
from clausecheck.vocabulary import BlockKind, Layer

BESIDE = 4
"""Characters between a piece and the annex number in brackets that follows it: «la politique de sécurité (annexe 2)»."""
_LISTED = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


def read_references(segmented: Segmented, pieces: Sequence[Piece], cited: Sequence[CitedPiece]) -> tuple[Reference, ...]:
    """Return the pieces and annexes cited, then the articles, then the texts outside. ``cited``: the names of pieces (lexicon)."""
    documents = segmented.documents
    return (*ReferenceReader(segmented, pieces, cited).read(), *citations(documents, pieces), *external(documents))


class ReferenceReader:
    """Reads which pieces one dossier cites. ``cited``: the names of pieces (lexicon)."""

    def __init__(self, segmented: Segmented, pieces: Sequence[Piece], cited: Sequence[CitedPiece]) -> None:
        self._segmented = segmented
        self._kinds = [piece.kind.kind if piece.kind else None for piece in pieces]
        self._cited = [c for c in cited if c.spec.reference]
        self._annexes: dict[str, int] = {}
        for number, document in enumerate(segmented.documents):
            for annex in _titled_annexes(document):
                self._annexes.setdefault(annex, number)

    def read(self) -> tuple[Reference, ...]:
        """Return the pieces and annexes cited, each once, with the document that supplies them and the units that cite them."""
        kinds: dict[str, list[int]] = {}
        annexes: dict[str, list[int]] = {}
        subjects: dict[str, CitedPiece] = {}
        for unit in self._segmented.units:
            if unit.force is Force.OUTSIDE:
                continue
            for number, piece in self._named(unit):
                if number is None and piece is not None:
                    kinds.setdefault(piece.spec.kind, []).append(unit.index)
                elif number is not None:
                    annexes.setdefault(number, []).append(unit.index)
                    if piece is not None:
                        subjects.setdefault(number, piece)
        whole = [self._piece(c, kinds[c.spec.kind]) for c in self._cited if c.spec.kind in kinds]
        ordered = sorted(annexes, key=lambda n: (len(arabic(n)), arabic(n), n))
        return (*whole, *(self._annex(n, annexes[n], subjects.get(n)) for n in ordered))

    def _named(self, unit: Unit) -> Iterator[tuple[str | None, CitedPiece | None]]:
        """Yield each piece that ``unit`` names, with its annex number where it has one."""
        quote = self._segmented.quote(unit)
        pieces = [n for n in named(unit.text, quote, unit.span.start, self._cited) if n.end > unit.own_from]
        spans = [(n.piece, unit.text.to_source(n.start, n.end)) for n in pieces]
        numbered: set[int] = set()
        for number, place in annex_numbers(quote):
            start = unit.span.start + place.start
            same = next((i for i, (_, span) in enumerate(spans) if span.start <= start < span.end + BESIDE), None)
            numbered |= {same} if same is not None else set()
            yield number, spans[same][0] if same is not None else None
        for i, (piece, _) in enumerate(spans):
            if i not in numbered:
                yield None, piece

    def _piece(self, cited: CitedPiece, units: list[int]) -> Reference:
        document = self._supplied(cited)
        source = self._segmented.units[units[0]].document
        return Reference(cited.spec.name, document is not None, document, source=source, units=tuple(units), piece=cited.spec)

    def _annex(self, number: str, units: list[int], piece: CitedPiece | None) -> Reference:
        document = self._annexes.get(arabic(number))
        if document is None and piece is not None:
            document = self._unnumbered(piece)
        source, spec = self._segmented.units[units[0]].document, piece.spec if piece else None
        return Reference(f"Annexe {number}", document is not None, document, "annexe", source, units=tuple(units), piece=spec)

    def _unnumbered(self, piece: CitedPiece) -> int | None:
        """An annex on the subject, supplied without a number of its own, is the one cited."""
        document = self._supplied(piece)
        return document if document is not None and document not in self._annexes.values() else None

    def _supplied(self, cited: CitedPiece) -> int | None:
        """The document of that kind, or the one in which a heading opens it."""
        for kind in cited.kinds:
            if kind in self._kinds:
                return self._kinds.index(kind)
        if not cited.spec.families and cited.spec.instrument is None:
            return None
        for article in self._segmented.articles:
            title = NormalizedText.of(article.title).text
            if cited.pattern.regex.match(title) and self._segmented.by_article[article.index]:
                return article.document
        return None


def _titled_annexes(document: Document) -> Iterator[str]:
    """Yield the numbers of the annexes that ``document`` holds: a title, or a file name that begins so."""
    body = [b for b in document.blocks if b.layer is Layer.BODY]
    for i, block in enumerate(body):
        number = leading_annex(document.quote(block.span))
        if number is not None and _opens(document, block, body[i + 1] if i + 1 < len(body) else None):
            yield number
    name = leading_annex(re.sub(r"[_\-.]+", " ", PurePath(document.source.path.split("!")[-1]).stem))
    if name is not None:
        yield name


def _opens(document: Document, block: Block, after: Block | None) -> bool:
    """Tell a title from a line in a list of annexes: a heading, or a paragraph followed by something else than another annex."""
    if block.kind is BlockKind.HEADING:
        return True
    if block.kind in _LISTED or after is None:
        return False
    return leading_annex(document.quote(after.span)) is None
