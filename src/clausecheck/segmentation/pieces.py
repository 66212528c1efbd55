"""What each document of a dossier is: CCAP, CCTP, DPA… and whether it binds the holder at all (rules R27, R33)."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from clausecheck.catalogue.lexicon import PieceKind
from clausecheck.document.model import Block, Document, TextSpan
from clausecheck.document.normalized import NormalizedText
from clausecheck.vocabulary import BlockKind, Layer, Origin

_HEAD_WORDS = 160
TITLE_WORDS = 12
_ANNEX = re.compile(r"\s*(?:annexe|appendi(?:ce|x)|exhibit|schedule)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """The kind of a document and the words that show it (``evidence`` None: deduced from the file name, or not known)."""

    kind: PieceKind | None
    evidence: TextSpan | None = None

    @property
    def binds(self) -> bool:
        """A piece of unknown kind is read as a contract piece: what is not known is not set aside."""
        return self.kind is None or self.kind.binds


@dataclass(frozen=True, slots=True)
class _Passage:
    """Where a kind may be named. ``short``: printed as titles are; ``sets_aside``: sure enough a title to say that a piece binds nobody."""

    span: TextSpan
    short: bool
    sets_aside: bool


def recognise(document: Document, kinds: Sequence[PieceKind]) -> Piece:
    """Name the kind of ``document``: its titles first, then its first words, then its file name; general kinds last.

    A general title («Convention de service») still goes before what a sentence, a list or a table names below it.
    """
    particular, general = ([k for k in kinds if k.generic is generic] for generic in (False, True))
    titles, head = _titles(document), _head(document)
    found = _earliest(document, [*titles, *(p for p in head if p.short)], particular)
    found = found or _earliest(document, titles[:1], [k for k in general if k.origin is not Origin.UNKNOWN])
    if found is not None:
        return found
    name = NormalizedText.of(re.sub(r"[_\-.]+", " ", PurePath(document.source.path.split("!")[-1]).stem)).text
    for chosen in (particular, general):
        found = _earliest(document, [*titles, *head], chosen)
        if found is not None:
            return found
        for kind in chosen:
            if kind.pattern.regex.search(name) or (kind.binds and kind.kind in name.split()):  # «PAS.pdf»
                return Piece(kind)
    return Piece(None)


def outside(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the numbers of the documents that bind nobody."""
    return frozenset(i for i, piece in enumerate(pieces) if not piece.binds)


def _titles(document: Document) -> list[_Passage]:
    """The headings among the first blocks: a title says what a document is better than the sentences that follow."""
    first = [b for b in document.blocks if b.layer is Layer.BODY][:25]
    titles = [b for b in first if b.kind is BlockKind.HEADING and (b.level or 1) == 1][:4]
    own = [b for i, b in enumerate(titles) if i == 0 or not _ANNEX.match(document.quote(b.span))]
    return [_Passage(b.span, short=True, sets_aside=True) for b in own]


def _head(document: Document) -> list[_Passage]:
    """The first blocks; titles printed on several lines («Plan», «d’assurance», «sécurité») are read as one."""
    passages: list[_Passage] = []
    count = 0
    read = (b for b in document.blocks if b.layer not in {Layer.TOC, Layer.DELETED, Layer.NOTE})
    for line, blocks in itertools.groupby(read, _title_line):
        for group in [list(blocks)] if line else [[b] for b in blocks]:
            passages.append(_passage(document, group))
            count += sum(len(document.quote(b.span).split()) for b in group)
            if count > _HEAD_WORDS:
                return passages
    return passages


def _title_line(block: Block) -> object:
    """What is alike in the lines of one title: headings of a level, running lines; nothing for the rest."""
    return (block.layer, block.level) if block.kind is BlockKind.HEADING or block.layer is Layer.FURNITURE else None


def _passage(document: Document, blocks: Sequence[Block]) -> _Passage:
    span = TextSpan(blocks[0].span.start, blocks[-1].span.end)
    quote, heading = document.quote(span), blocks[0].kind is BlockKind.HEADING
    few = len(NormalizedText.of(quote).tokens) <= TITLE_WORDS
    line = blocks[0].kind is BlockKind.PARAGRAPH and few and not quote.rstrip().endswith(".")
    short = (line or _title_line(blocks[0]) is not None) and not (blocks[0].span.start and _ANNEX.match(quote))
    return _Passage(span, short=short, sets_aside=heading or (few and len(blocks) == 1))


def _earliest(document: Document, passages: Sequence[_Passage], kinds: Sequence[PieceKind]) -> Piece | None:
    """Return the kind named first. A contract may speak of a privacy notice in a sentence: only a title sets a piece aside."""
    for passage in passages:
        text = NormalizedText.of(document.quote(passage.span), passage.span.start)
        told = [(i, k) for i, k in enumerate(kinds) if k.binds or passage.sets_aside]
        matches = [(m.start(), -m.end(), i) for i, k in told if (m := k.pattern.regex.search(text.text)) is not None]
        if matches:
            start, end, i = min(matches)
            return Piece(kinds[i], text.to_source(start, -end))
    return None
