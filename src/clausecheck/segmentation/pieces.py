"""What each document of a dossier is: CCAP, CCTP, DPA… and whether it binds the holder at all (rules R27, R33)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from clausecheck.catalogue.lexicon import PieceKind
from clausecheck.document.model import Block, Document, TextSpan
from clausecheck.document.normalized import NormalizedText
from clausecheck.vocabulary import BlockKind, Layer

_HEAD_WORDS = 160
TITLE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Piece:
    """The kind of a document and the words that show it (``evidence`` None: deduced from the file name, or not known)."""

    kind: PieceKind | None
    evidence: TextSpan | None = None

    @property
    def binds(self) -> bool:
        """A piece of unknown kind is read as a contract piece: what is not known is not set aside."""
        return self.kind is None or self.kind.binds


def recognise(document: Document, kinds: Sequence[PieceKind]) -> Piece:
    """Name the kind of ``document``: its titles first, then its first words, then its file name; general kinds last."""
    name = NormalizedText.of(re.sub(r"[_\-.]+", " ", PurePath(document.source.path.split("!")[-1]).stem)).text
    for generic in (False, True):
        chosen = [k for k in kinds if k.generic is generic]
        for blocks in (_titles(document), _head(document)):
            found = _earliest(document, blocks, chosen)
            if found is not None:
                return found
        for kind in chosen:
            if kind.pattern.regex.search(name):
                return Piece(kind)
    return Piece(None)


def outside(pieces: Sequence[Piece]) -> frozenset[int]:
    """Return the numbers of the documents that bind nobody."""
    return frozenset(i for i, piece in enumerate(pieces) if not piece.binds)


def _titles(document: Document) -> list[Block]:
    """The headings among the first blocks: a title says what a document is better than the sentences that follow."""
    first = [b for b in document.blocks if b.layer is Layer.BODY][:25]
    return [b for b in first if b.kind is BlockKind.HEADING and (b.level or 1) == 1][:4]


def _head(document: Document) -> list[Block]:
    chosen, count = [], 0
    for block in document.blocks:
        if block.layer in {Layer.TOC, Layer.DELETED, Layer.NOTE}:
            continue
        chosen.append(block)
        count += len(document.quote(block.span).split())
        if count > _HEAD_WORDS:
            break
    return chosen


def _is_title(block: Block, text: NormalizedText) -> bool:
    """A contract may speak of a privacy notice in a sentence: only a title sets a piece aside."""
    return block.kind is BlockKind.HEADING or len(text.tokens) <= TITLE_WORDS


def _earliest(document: Document, blocks: Sequence[Block], kinds: Sequence[PieceKind]) -> Piece | None:
    for block in blocks:
        text = NormalizedText.of(document.quote(block.span), block.span.start)
        told = [(i, k) for i, k in enumerate(kinds) if k.binds or _is_title(block, text)]
        matches = [(m.start(), -m.end(), i) for i, k in told if (m := k.pattern.regex.search(text.text)) is not None]
        if matches:
            start, end, i = min(matches)
            return Piece(kinds[i], text.to_source(start, -end))
    return None
