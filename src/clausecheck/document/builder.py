"""Builds a ``Document`` block after block, so that readers never compute an offset themselves."""

import re
from collections.abc import Sequence
from dataclasses import replace

from clausecheck.document.model import (
    Anchor,
    Block,
    Coverage,
    Document,
    Locator,
    Problem,
    Source,
    TextSpan,
)
from clausecheck.vocabulary import BlockKind, Language, Layer

SEPARATOR = "\n"
UNKNOWN = "\ufffd"
"""Stands for a character that the file does not give."""

_HALF = re.compile("[\ud800-\udfff]")

Piece = tuple[str, Locator | None]
"""A stretch of a block's text and where it stands in the file."""


class DocumentBuilder:
    """Accumulates blocks; ``build`` freezes them.

    Blocks are separated by one newline that belongs to no block. A block whose text is blank is not added.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._chunks: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._anchors: list[Anchor] = []
        self._warnings: list[Problem] = []

    def add(
        self,
        pieces: Sequence[Piece] | str,
        *,
        kind: BlockKind = BlockKind.PARAGRAPH,
        level: int | None = None,
        number: str | None = None,
        parent: int | None = None,
        layer: Layer = Layer.BODY,
        style: str | None = None,
    ) -> int | None:
        """Append a block made of ``pieces`` and return its index, or None when its text is blank."""
        parts: Sequence[Piece] = [(pieces, None)] if isinstance(pieces, str) else pieces
        if not "".join(text for text, _ in parts).strip():
            return None
        start = self._length
        for text, locator in parts:
            if text and locator is not None:
                self._anchors.append(Anchor(TextSpan(self._length, self._length + len(text)), locator))
            self._push(text)
        span = TextSpan(start, self._length)
        self._push(SEPARATOR)
        self._blocks.append(Block(kind, span, level, number, parent, layer, style=style))
        return len(self._blocks) - 1

    def amend(self, index: int, **changes: object) -> None:
        """Change fields of a block already added (kind, level, number, parent, layer)."""
        self._blocks[index] = replace(self._blocks[index], **changes)  # type: ignore[arg-type]

    def warn(self, code: str, message: str) -> None:
        """Record something the user must know about this file."""
        self._warnings.append(Problem(code, _HALF.sub(UNKNOWN, message), self._source.path))

    def _push(self, text: str) -> None:
        self._chunks.append(text)
        self._length += len(text)

    def build(
        self,
        *,
        coverage: Coverage | None = None,
        language: Language = Language.FRENCH,
        metadata: Sequence[tuple[str, str]] = (),
    ) -> Document:
        """Freeze what was added. Half a character, which no file can be written with, becomes U+FFFD and counts as an unknown glyph."""
        text, broken = _HALF.subn(UNKNOWN, "".join(self._chunks))
        known = coverage or Coverage()
        if broken:
            known = replace(known, unknown_glyphs=min(1.0, known.unknown_glyphs + broken / len(text)))
        return Document(
            source=self._source,
            text=text,
            blocks=tuple(self._blocks),
            anchors=tuple(self._anchors),
            coverage=known,
            language=language,
            warnings=tuple(self._warnings),
            metadata=tuple((name, _HALF.sub(UNKNOWN, value)) for name, value in metadata),
        )
