"""From pdfium characters to segments of lines: boxes in points from the page's top left corner, cut at wide gaps."""

import ctypes
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any

from clausecheck.document.model import BBox

GAP = 1.5
"""A horizontal gap wider than this many times the font size cuts a line in two segments."""

WORD_GAP = 0.25
"""A gap wider than this share of the line height separates two words even where the file has no space."""

HYPHEN_MARK = "￾"
"""What pdfium writes for a hyphen at a line end."""

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|gras", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"symbol|wingding|dingbat|webdings", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BULLETS = frozenset("•▪■□◼◦●○▶➢➤✓✔➔❖♦·")
_RAISED = dict(zip(b"0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
"""Digits by code, as printed above the line: the call of a footnote, an exponent."""

_TOKEN = re.compile(r"[\r\n]|[\t \u00a0]|[^\r\n\t \u00a0]+")
_BLANKS = "\t \u00a0"
_ODD = re.compile(r"[\x00-\x1f\x80-\x9f\ud800-\uf8ff\ufffd-\uffff]|[^\W\d]\d")
"""What has no place in a plain word: control characters, private signs, a digit after a letter (perhaps the call of a note)."""

_SYMBOL_BULLETS = {"q": "☐", "o": "☐", "¨": "☐", "x": "☒", "þ": "☒", "ý": "☒"}


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text on one baseline.

    ``size`` in points; ``column`` counts the columns of text; ``cells`` where it is a table row; ``confidence`` 0–100
    and ``words``, each with its own box, where it comes from OCR.
    """

    text: str
    page: int
    box: BBox
    size: float
    bold: bool = False
    column: int = 0
    cells: tuple[tuple["Line", ...], ...] = ()
    confidence: float | None = None
    words: tuple["Line", ...] = ()

    @property
    def left(self) -> float:
        """X of the left edge, in points from the page's left."""
        return self.box[0]

    @property
    def top(self) -> float:
        """Y of the top edge, in points from the page's top."""
        return self.box[1]

    @property
    def right(self) -> float:
        """X of the right edge, in points."""
        return self.box[2]

    @property
    def bottom(self) -> float:
        """Y of the bottom edge, in points."""
        return self.box[3]

    @property
    def height(self) -> float:
        """Height of the box, in points."""
        return self.box[3] - self.box[1]

    @property
    def is_row(self) -> bool:
        """True where the line is a table row."""
        return bool(self.cells)


@dataclass(frozen=True, slots=True)
class PageText:
    """Segments of one page in the order of the file, and the share of glyphs without a meaning."""

    number: int
    width: float
    height: float
    segments: tuple[Line, ...]
    glyphs: int
    unknown: int

    @property
    def garbled(self) -> bool:
        """True where more than a tenth of the glyphs map to no character."""
        return self.glyphs > 0 and self.unknown > self.glyphs / 10


def union(boxes: Sequence[BBox]) -> BBox:
    """Return the smallest box around ``boxes``."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


Transform = Callable[[float, float, float, float], BBox]


def page_transform(page: Any) -> Transform:
    """Return the function from pdfium's (left, bottom, right, top) to a box as the reader sees the page."""
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation() % 360
    if rotation == 90:
        return lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if rotation == 180:
        return lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if rotation == 270:
        return lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0)


class _Fonts:
    """Size and weight of characters, asked from pdfium for a few characters of each segment only."""

    def __init__(self, textpage: Any, raw: Any) -> None:
        self._textpage, self._raw = textpage, raw
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = raw.FS_MATRIX()

    def size(self, index: int) -> float:
        """Font size in points after scaling."""
        nominal = float(self._raw.FPDFText_GetFontSize(self._textpage, index))
        if self._raw.FPDFText_GetMatrix(self._textpage, index, ctypes.byref(self._matrix)):
            nominal *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        return nominal

    def name(self, index: int) -> tuple[str, int]:
        """Name and flags of the font."""
        length = self._raw.FPDFText_GetFontInfo(self._textpage, index, self._buffer, 128, ctypes.byref(self._flags))
        if not length:
            return "", 0
        return self._buffer.raw[: min(length, 128)].rstrip(b"\0").decode("utf-8", "replace"), self._flags.value

    def bold(self, index: int) -> bool:
        """True for a bold face, or one drawn with an outline to look bold."""
        name, flags = self.name(index)
        if _is_bold_name(name) or flags & _FORCE_BOLD:
            return True
        if self._raw.FPDFText_GetFontWeight(self._textpage, index) >= 600:
            return True
        text_object = self._raw.FPDFText_GetTextObject(self._textpage, index)
        return bool(text_object) and self._raw.FPDFTextObj_GetTextRenderMode(text_object) == 2


@lru_cache(maxsize=512)
def _is_bold_name(name: str) -> bool:
    return bool(_BOLD.search(name))


@lru_cache(maxsize=512)
def _is_symbol_name(name: str) -> bool:
    return bool(_SYMBOL_FONT.search(name))


class _Segmenter:
    """Cuts the characters of one page into segments; a new one starts at a line end, a jump or a wide gap."""

    def __init__(self, page: Any, textpage: Any, number: int) -> None:
        from pypdfium2 import raw

        self._raw, self._number = raw, number
        self._textpage = textpage
        self._transform = page_transform(page)
        self._fonts = _Fonts(self._textpage, raw)
        self._rect = raw.FS_RECTF()
        self._ask_box = partial(raw.FPDFText_GetLooseCharBox, textpage.raw)
        self._pointer = ctypes.byref(self._rect)
        self._chars: list[str] = []
        self._indices: list[int] = []
        self._box: list[float] = []
        self.segments: list[Line] = []
        self.glyphs = self.unknown = 0

    def run(self) -> None:
        """Read the page word by word; asking pdfium for every character takes ten times as long."""
        for match in _TOKEN.finditer(self._text()):
            found = match.group()
            if found in "\r\n":
                self._flush()
            elif found in _BLANKS:
                self._space(found)
            else:
                self._word(found, match.start(), match.end())
        self._flush()

    def _text(self) -> str:
        """Return the text of the page, one character for each that pdfium counts."""
        count = self._raw.FPDFText_CountChars(self._textpage)
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        written = self._raw.FPDFText_GetText(self._textpage, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        text = buffer.raw[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        return "".join(chr(self._raw.FPDFText_GetUnicode(self._textpage, index)) for index in range(count))

    def _char_box(self, index: int) -> BBox | None:
        rect = self._rect
        if not self._ask_box(index, self._pointer):
            return None
        return self._transform(rect.left, rect.bottom, rect.right, rect.top)

    def _word(self, word: str, start: int, end: int) -> None:
        """Take a word whole where its ends show that it is one; else letter by letter."""
        first = self._char_box(start)
        last = self._char_box(end - 1) if end > start + 1 else first
        if first is None or last is None or _is_odd(word, first, last):
            self._letters(start, end)
            return
        self.glyphs += len(word)
        self._add(word, (first[0], min(first[1], last[1]), last[2], max(first[3], last[3])))
        self._indices += (start, end - 1)

    def _letters(self, start: int, end: int) -> None:
        for index in range(start, end):
            code, box = self._raw.FPDFText_GetUnicode(self._textpage, index), self._char_box(index)
            if box is None:
                self._space(chr(code))
                continue
            self.glyphs += 1
            self.unknown += _meaningless(code)
            self._add(chr(code), box, raised=self._raised(code, index, box))
            self._indices.append(index)

    def _space(self, char: str) -> None:
        if self._chars and self._chars[-1] != " ":
            self._chars.append("\u00a0" if char == "\u00a0" else " ")

    def _add(self, text: str, box: BBox, *, raised: str | None = None) -> None:
        """Add a word or a letter to the segment, or open a new one where it stands apart."""
        if self._chars and self._jumps(box):
            self._flush()
        if not self._chars:
            self._box = list(box)
        else:
            current = self._box
            if box[0] - current[2] > WORD_GAP * (box[3] - box[1]) and self._chars[-1] != " ":
                self._chars.append(" ")
            current[0], current[1] = min(current[0], box[0]), min(current[1], box[1])
            current[2], current[3] = max(current[2], box[2]), max(current[3], box[3])
        self._chars.append(raised or text)

    def _raised(self, code: int, index: int, box: BBox) -> str | None:
        """Return the raised form of a digit set small above the line, after a word."""
        if code not in _RAISED or not self._chars or self._chars[-1] == " " or self._chars[-1][-1].isdecimal():
            return None
        above = box[1] + box[3] < self._box[1] + self._box[3]
        if self._chars[-1][-1] not in _RAISED.values():
            above = above and self._fonts.size(index) < 0.9 * self._fonts.size(self._indices[-1])
        return _RAISED[code] if above else None

    def _jumps(self, box: BBox) -> bool:
        left, top, right, bottom = self._box
        height = max(bottom - top, box[3] - box[1], 1.0)
        apart = box[1] > bottom - 0.3 * height or box[3] < top + 0.3 * height
        return apart or box[0] > right + GAP * height or box[2] < left - height

    def _flush(self) -> None:
        text = "".join(self._chars).strip(" ")
        if self._indices and text:
            picks = sorted({self._indices[0], self._indices[len(self._indices) // 2], self._indices[-1]})
            sizes = sorted(self._fonts.size(i) for i in picks)
            bold = all(self._fonts.bold(i) for i in picks)
            text = self._bullet(text)
            x0, y0, x1, y1 = self._box
            self.segments.append(Line(text, self._number, (x0, y0, x1, y1), sizes[len(sizes) // 2], bold))
        self._chars, self._indices, self._box = [], [], []

    def _bullet(self, text: str) -> str:
        """Replace the first glyph by the sign it draws where its font is made of symbols."""
        first = text[0]
        if 0xF000 <= ord(first) <= 0xF0FF:
            return _SYMBOL_BULLETS.get(chr(ord(first) - 0xF000), "•") + " " + text[1:].lstrip()
        if first in _SYMBOL_BULLETS and (len(text) == 1 or text[1] == " ") and _is_symbol_name(self._fonts.name(self._indices[0])[0]):
            return _SYMBOL_BULLETS[first] + text[1:]
        if first in _BULLETS and len(text) > 1 and text[1] != " ":
            return f"{first} {text[1:]}"
        return text


def _is_odd(word: str, first: BBox, last: BBox) -> bool:
    """Tell whether a word cannot be placed by its ends: odd signs, a raised digit, letters of two lines, a gap inside."""
    if _ODD.search(word):
        return True
    height = first[3] - first[1]
    level = abs(first[1] - last[1]) + abs(first[3] - last[3]) < 0.1 * height
    return not level or not 0 <= last[2] - first[0] < (0.75 * len(word) + 0.5) * height


def _meaningless(code: int) -> bool:
    return code < 32 or code == 0xFFFD or 0xE000 <= code < 0xF000 or 0xF100 <= code < 0xF8FF or 0x80 <= code < 0xA0


def read_page(page: Any, textpage: Any, number: int) -> PageText:
    """Read the segments of a pypdfium2 page and its text; ``number`` counts from 1."""
    segmenter = _Segmenter(page, textpage, number)
    segmenter.run()
    width, height = page.get_size()
    return PageText(number, width, height, tuple(segmenter.segments), segmenter.glyphs, segmenter.unknown)


def join_segments(segments: Sequence[Line]) -> Line:
    """Join segments of one baseline, from left to right, into a line."""
    if len(segments) == 1:
        return segments[0]
    ordered = sorted(segments, key=lambda s: s.left)
    longest = max(ordered, key=lambda s: len(s.text))
    text = " ".join(s.text for s in ordered)
    words = tuple(word for s in ordered for word in s.words)
    return replace(longest, text=text, box=union([s.box for s in ordered]), bold=all(s.bold for s in ordered), words=words)


def rows_of(segments: Sequence[Line]) -> list[list[Line]]:
    """Group segments that share a baseline, from top to bottom."""
    rows: list[list[Line]] = []
    for segment in sorted(segments, key=lambda s: (s.top + s.bottom) / 2):
        if rows and not segment.is_row and not rows[-1][0].is_row and _same_baseline(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def _same_baseline(row: Sequence[Line], segment: Line) -> bool:
    reference = max(row, key=lambda s: s.height)
    overlap = min(reference.bottom, segment.bottom) - max(reference.top, segment.top)
    if overlap < 0.5 * min(reference.height, segment.height):
        return False
    return all(min(s.right, segment.right) - max(s.left, segment.left) < 1.0 for s in row)


def row_line(cells: Sequence[tuple[Line, ...]]) -> Line:
    """Make the line of a table row from its cells, left to right."""
    lines = [line for cell in cells for line in cell]
    text = " | ".join(" ".join(line.text for line in cell) for cell in cells)
    box = union([line.box for line in lines])
    return Line(text, lines[0].page, box, lines[0].size, all(line.bold for line in lines), cells=tuple(cells))
