"""Frozen data of a read document.

All offsets are half-open and count Unicode code points of ``Document.text``.
"""

import bisect
from dataclasses import dataclass, field

from clausecheck.vocabulary import BlockKind, Language, Layer

BBox = tuple[float, float, float, float]
"""left, top, right, bottom in points, origin at the page's top left corner."""


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Half-open range of code points of ``Document.text``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"invalid span {self.start}:{self.end}")

    def overlaps(self, other: "TextSpan") -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "TextSpan") -> bool:
        """Tell whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class PageLocator:
    """A place on a page: ``page`` from 1; ``ocr_confidence`` 0–100, None for a native text layer."""

    page: int
    bbox: BBox | None = None
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class ParagraphLocator:
    """A place in a word-processing part: paragraph and run indices in document order, offset inside the run."""

    part: str
    paragraph: int
    run: int | None = None
    offset: int = 0


Locator = PageLocator | ParagraphLocator


@dataclass(frozen=True, slots=True)
class Anchor:
    """Ties a span of the text to its place in the source file."""

    span: TextSpan
    locator: Locator


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table row.

    ``level``: depth of a heading (1 = top) or of a list item; ``number``: the number as printed («12.4», «IV.2», «a)»), without which
    ``span`` starts; ``parent``: index of the heading or lead-in block above, in ``Document.blocks``.
    """

    kind: BlockKind
    span: TextSpan
    level: int | None = None
    number: str | None = None
    parent: int | None = None
    layer: Layer = Layer.BODY
    language: Language | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the user must know: a stable ``code`` and a French ``message``."""

    code: str
    message: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read and what was not. ``unreadable`` and ``weak`` (recognised, but badly): page numbers from 1.

    Formats without pages count as one page. ``mean_ocr_confidence``: 0–100; ``unknown_glyphs``: share of the glyphs without a meaning.
    """

    pages_total: int = 1
    pages_read: int = 1
    unreadable: tuple[int, ...] = ()
    mean_ocr_confidence: float | None = None
    weak: tuple[int, ...] = ()
    unknown_glyphs: float = 0.0

    @property
    def complete(self) -> bool:
        """True where every page was read."""
        return self.pages_read >= self.pages_total and not self.unreadable


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document comes from. ``path`` is as the user gave it (``archive.zip!inner`` inside archives)."""

    path: str
    sha256: str
    format: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One file as text, with its blocks in reading order and the way back to paper."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...] = ()
    coverage: Coverage = Coverage()
    language: Language = Language.FRENCH
    warnings: tuple[Problem, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(anchor.span.start for anchor in self.anchors))

    def quote(self, span: TextSpan) -> str:
        """Return the exact words of ``span``."""
        return self.text[span.start : span.end]

    def locate(self, span: TextSpan) -> tuple[Anchor, ...]:
        """Return the anchors that overlap ``span``, in reading order."""
        first = max(0, bisect.bisect_right(self._starts, span.start) - 1)
        last = bisect.bisect_left(self._starts, max(span.end, span.start + 1))
        return tuple(a for a in self.anchors[first:last] if a.span.overlaps(span))

    def ocr_confidence(self, span: TextSpan) -> float | None:
        """Return the mean confidence (0–100), by characters, of the recognised text of ``span``; None for a native text."""
        found = [(a.span, a.locator.ocr_confidence) for a in self.locate(span) if isinstance(a.locator, PageLocator)]
        weights = [(min(s.end, span.end) - max(s.start, span.start), value) for s, value in found if value is not None]
        total = sum(length for length, _ in weights)
        return sum(length * value for length, value in weights) / total if total else None

    def page_of(self, span: TextSpan) -> int | None:
        """Return the page (from 1) where ``span`` starts, None for formats without pages."""
        for anchor in self.locate(span):
            if isinstance(anchor.locator, PageLocator):
                return anchor.locator.page
        return None
