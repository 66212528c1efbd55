"""Where exact words stand on the pages of a PDF: one box for each line, from the boxes of the characters themselves.

The anchors of a document know lines (words where a page was recognised); this goes down to characters, for the few words quoted.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Self

from clausecheck.document import Document, PageLocator, TextSpan
from clausecheck.document.model import Anchor, BBox
from clausecheck.readers.pdf_layout import page_transform, union
from clausecheck.readers.pdf_words import clean

_SLACK = 0.5
"""How far the centre of a character may stand out of the box of its line, in points."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of words on one line: ``page`` from 1; ``bbox`` from the page's top left; ``area`` in the file's own coordinates.

    ``area``: left, bottom, right, top in points of the page's user space, as annotations want them.
    """

    page: int
    bbox: BBox
    area: BBox


@dataclass(frozen=True, slots=True)
class _Char:
    """A printed character: the letters it reads as, its box as the reader sees it and in user space."""

    letters: str
    seen: BBox
    area: BBox


class PdfPlaces:
    """Finds the places of spans in one open PDF; pages are read once, when first needed. Close it with ``with``."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2 as pdfium

        self._pdf = pdfium.PdfDocument(data)
        self._pages: dict[int, list[_Char]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def of(self, document: Document, span: TextSpan) -> tuple[Place, ...]:
        """Return the lines that ``span`` covers, in reading order, each cut to its words."""
        return tuple(place for anchor in document.locate(span) for place in self._places(document, anchor, span))

    def _places(self, document: Document, anchor: Anchor, span: TextSpan) -> Iterator[Place]:
        where = anchor.locator
        if not isinstance(where, PageLocator) or where.bbox is None:
            return
        start, end = max(anchor.span.start, span.start), min(anchor.span.end, span.end)
        if where.ocr_confidence is None:
            first = anchor.span.start
            chars = self._chosen(where.page, where.bbox, document.quote(anchor.span), range(start - first, end - first))
            if chars:
                yield Place(where.page, union([c.seen for c in chars]), union([c.area for c in chars]))
                return
        yield Place(where.page, where.bbox, self._area(where.page, where.bbox))

    def _chosen(self, page: int, box: BBox, text: str, wanted: range) -> list[_Char]:
        """Return the characters of the line in ``box`` that print the letters of ``text`` at the indices ``wanted``."""
        line = sorted((char for char in self._chars(page) if _inside(char.seen, box)), key=lambda c: c.seen[0])
        owners = [char for char in line for _ in char.letters]
        letters = [i for i, letter in enumerate(text) if not letter.isspace()]
        pairs = _matches("".join(c.letters for c in line), "".join(text[i] for i in letters))
        return [owners[a] for a, b in pairs if letters[b] in wanted]

    def _chars(self, number: int) -> list[_Char]:
        if number not in self._pages:
            page = self._pdf[number - 1]
            self._pages[number] = list(_read_chars(page))
            page.close()
        return self._pages[number]

    def _area(self, number: int, box: BBox) -> BBox:
        page = self._pdf[number - 1]
        try:
            return _to_user_space(page, box)
        finally:
            page.close()


def _inside(char: BBox, line: BBox) -> bool:
    x, y = (char[0] + char[2]) / 2, (char[1] + char[3]) / 2
    return line[0] - _SLACK <= x <= line[2] + _SLACK and line[1] - _SLACK <= y <= line[3] + _SLACK


def _matches(printed: str, text: str) -> Iterator[tuple[int, int]]:
    """Pair the letters of the page with those of the text: a cut hyphen or a drawn bullet differs, the rest follows."""
    if printed == text:
        yield from ((i, i) for i in range(len(text)))
        return
    for block in SequenceMatcher(None, printed, text, autojunk=False).get_matching_blocks():
        yield from ((block.a + i, block.b + i) for i in range(block.size))


def _read_chars(page: Any) -> Iterator[_Char]:
    from pypdfium2 import raw

    textpage, transform, rect = page.get_textpage(), page_transform(page), raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(textpage)):
        letters = "".join(clean(chr(raw.FPDFText_GetUnicode(textpage, index))).split())
        if letters and raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(rect)):
            area = (rect.left, rect.bottom, rect.right, rect.top)
            yield _Char(letters, transform(*area), area)


def _to_user_space(page: Any, box: BBox) -> BBox:
    """Undo ``page_transform``: it maps each axis onto one axis, with a sign and a shift, so two points tell it all."""
    transform = page_transform(page)
    x0, y0, _, _ = transform(0, 0, 0, 0)
    dx, dy, _, _ = transform(1, 0, 1, 0)
    if dx != x0:  # upright or upside down
        down = transform(0, 1, 0, 1)[1] - y0
        xs, ys = sorted((v - x0) * (dx - x0) for v in box[::2]), sorted((v - y0) * down for v in box[1::2])
    else:  # on its side: the page's x runs along the reader's y
        along = transform(0, 1, 0, 1)[0] - x0
        xs, ys = sorted((v - y0) * (dy - y0) for v in box[1::2]), sorted((v - x0) * along for v in box[::2])
    return xs[0], ys[0], xs[1], ys[1]
