"""Pages of segments written as one flow of blocks: shared by PDF files and recognised images."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from clausecheck.document import DocumentBuilder, PageLocator
from clausecheck.document.model import BBox
from clausecheck.readers.outline import Outline
from clausecheck.readers.pdf_blocks import BlockWriter
from clausecheck.readers.pdf_furniture import find_contents, find_furniture
from clausecheck.readers.pdf_layout import Line
from clausecheck.readers.pdf_structure import Group, Typography, continues, measure
from clausecheck.readers.pdf_words import LineJoiner, clean
from clausecheck.vocabulary import BlockKind, Layer

FOOTNOTE_SIZE = 0.9
"""A footnote is printed smaller than this share of the body size."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A form field or an annotation: text that stands on a page without being part of its flow."""

    text: str
    box: BBox
    kind: BlockKind = BlockKind.PARAGRAPH
    layer: Layer = Layer.BODY


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a page in reading order; ``height`` in points; ``sidebar`` lines are furniture already."""

    number: int
    height: float
    lines: tuple[Line, ...]
    sidebar: tuple[Line, ...] = ()
    extras: tuple[Extra, ...] = field(default=())


class _Item(NamedTuple):
    """A line, or an extra, with what it is."""

    layer: Layer
    kind: BlockKind = BlockKind.PARAGRAPH
    line: Line | None = None
    extra: Extra | None = None
    page: int = 0


def write_pages(builder: DocumentBuilder, pages: Sequence[Page]) -> None:
    """Add the blocks of ``pages`` to ``builder``."""
    furniture = find_furniture([page.lines for page in pages], [page.height for page in pages])
    flow = [line for page in pages for line in page.lines if line not in furniture]
    contents = find_contents(flow)
    body = [line for line in flow if line not in contents]
    typography = measure(body)
    notes = _footnotes(pages, furniture, typography.size)
    writer = BlockWriter(Outline(builder), typography, LineJoiner(clean(line.text) for line in body))
    _Flow(writer, typography).write(_items(pages, furniture, contents, notes))


def _items(pages: Sequence[Page], furniture: set[Line], contents: set[Line], notes: set[Line]) -> Iterator[_Item]:
    for page in pages:
        yield from (_Item(Layer.FURNITURE, line=line) for line in page.sidebar)
        for line in page.lines:
            if line in notes:
                yield _Item(Layer.BODY, BlockKind.FOOTNOTE, line)
            else:
                layer = Layer.FURNITURE if line in furniture else Layer.TOC if line in contents else Layer.BODY
                yield _Item(layer, line=line)
        yield from (_Item(extra.layer, extra.kind, extra=extra, page=page.number) for extra in page.extras)


class _Flow:
    """Body lines grow a group; anything else waits until the group ends, so that it cuts no sentence."""

    def __init__(self, writer: BlockWriter, typography: Typography) -> None:
        self._writer, self._typography = writer, typography
        self._group: Group | None = None
        self._waiting: list[_Item] = []
        self._note: list[Line] = []

    def write(self, items: Iterator[_Item]) -> None:
        """Write every item."""
        for item in items:
            if item.line is None or item.layer is not Layer.BODY or item.kind is not BlockKind.PARAGRAPH:
                self._waiting.append(item)
            elif self._group and continues(self._group, item.line, self._typography):
                self._group.append(item.line)
            else:
                self._close()
                self._group = Group(item.line)
        self._close()

    def _close(self) -> None:
        if self._group:
            self._writer.body(self._group)
        self._group = None
        for item in self._waiting:
            self._aside(item)
        self._close_note()
        self._waiting = []

    def _aside(self, item: _Item) -> None:
        if item.kind is BlockKind.FOOTNOTE and item.line:
            if self._note and item.line.text[:1].isdigit():
                self._close_note()
            self._note.append(item.line)
            return
        self._close_note()
        if item.extra:
            self._writer.add_extra((item.extra.text, PageLocator(item.page, item.extra.box)), item.kind, item.layer)
        elif item.line:
            self._writer.aside([item.line], item.layer)

    def _close_note(self) -> None:
        if self._note:
            self._writer.aside(self._note, Layer.BODY, BlockKind.FOOTNOTE)
        self._note = []


def _footnotes(pages: Sequence[Page], furniture: set[Line], size: float) -> set[Line]:
    """Small lines at the foot of a page, from the first that starts with a note number."""
    found: set[Line] = set()
    for page in pages:
        tail: list[Line] = []
        for line in sorted((x for x in page.lines if x not in furniture), key=lambda x: -x.top):
            if line.is_row or line.size > FOOTNOTE_SIZE * size or line.top < page.height / 2:
                break
            tail.append(line)
        tail.reverse()
        starts = [index for index, line in enumerate(tail) if line.text[:1].isdigit() or line.text[:1] == "*"]
        found.update(tail[starts[0] :] if starts else ())
    return found
