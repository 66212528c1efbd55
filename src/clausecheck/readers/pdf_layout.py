"""From pdfium characters to segments of lines: boxes in points from the page's top left corner, cut at wide gaps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from clausecheck.document.model import BBox

HYPHEN_MARK = "￾"
"""What pdfium writes for a hyphen at a line end."""


class Line(NamedTuple):
    """A stretch of text on one baseline; a tuple, since a file has thousands that go in and out of sets.

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
    """Segments of one page in the order of the file, and the share of glyphs without a meaning.

    ``ordered``: they are whole lines and rows in reading order already, as recognised pages give them.
    """

    number: int
    width: float
    height: float
    segments: tuple[Line, ...]
    glyphs: int
    unknown: int
    ordered: bool = False

    @property
    def garbled(self) -> bool:
        """True where more than a tenth of the glyphs map to no character."""
        return self.glyphs > 0 and self.unknown > self.glyphs / 10


def union(boxes: Sequence[BBox]) -> BBox:
    """Return the smallest box around ``boxes``."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


Transform = Callable[[Any, Any, Any, Any], tuple[Any, Any, Any, Any]]
"""From (left, bottom, right, top) as pdfium counts to a box as the reader sees the page: of numbers, or of arrays alike."""


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


def join_segments(segments: Sequence[Line]) -> Line:
    """Join segments of one baseline, from left to right, into a line."""
    if len(segments) == 1:
        return segments[0]
    ordered = sorted(segments, key=lambda s: s.left)
    longest = max(ordered, key=lambda s: len(s.text))
    text = " ".join(s.text for s in ordered)
    words = tuple(word for s in ordered for word in s.words)
    return longest._replace(text=text, box=union([s.box for s in ordered]), bold=all(s.bold for s in ordered), words=words)


def rows_of(segments: Sequence[Line]) -> list[list[Line]]:
    """Group segments that share a baseline, from top to bottom."""
    rows: list[list[Line]] = []
    for segment in sorted(segments, key=lambda s: (s.box[1] + s.box[3]) / 2):
        if rows and not segment.cells and not rows[-1][0].cells and _same_baseline(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.left) if len(row) > 1 else row for row in rows]


def _same_baseline(row: Sequence[Line], segment: Line) -> bool:
    left, top, right, bottom = segment.box
    _, above, _, below = (max(row, key=lambda s: s.height) if len(row) > 1 else row[0]).box
    if min(below, bottom) - max(above, top) < 0.5 * min(below - above, bottom - top):
        return False
    return all(min(s.right, right) - max(s.left, left) < 1.0 for s in row)


def row_line(cells: Sequence[tuple[Line, ...]]) -> Line:
    """Make the line of a table row from its cells, left to right."""
    lines = [line for cell in cells for line in cell]
    text = " | ".join(" ".join(line.text for line in cell) for cell in cells)
    box = union([line.box for line in lines])
    return Line(text, lines[0].page, box, lines[0].size, all(line.bold for line in lines), cells=tuple(cells))
