"""Tables of scanned pages: ruling lines found in the picture, and the words of recognised lines dealt to their cells.

The picture is brought to about 150 dots an inch, ink or sheet. A rule is a long run of ink that is thin across; what is thick, letters
and pictures, is none. Lines that a program read through several cells, or over the white between columns, are cut there.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_layout import Line, union
from clausecheck.readers.pdf_tables import Grid, find_grids

if TYPE_CHECKING:
    import numpy as np

    Mask = np.ndarray[Any, np.dtype[np.bool_]]

_DPI = 150
_INK = 60
"""How far, in grey levels of 255, a rule is from the sheet."""

_THICK = 5.0
"""What is as thick as this, in points, is no rule."""

_LONG, _HIGH = 30.0, 13.0
"""Shortest rules across and down, in points: letters are lower."""

_BREAK = 2.0
"""Widest hole in a rule, in points: another crosses it, or the scan lost some dots."""

_MOST_RULES = 4_000
"""More runs than this on a page are a picture."""

_GUTTER = 2.2
"""White that parts columns, in heights of the line: justified words stand closer."""

_TRACES = frozenset("|[]_—–-=‘’'.,:!lI")
"""What recognition makes of a rule."""


def grids(image: Any, dpi: float) -> list[Grid]:
    """Return the tables ruled in a PIL image that stands straight; boxes in points."""
    mask, scale = _ink(image, dpi)
    level, upright = _rules(mask, scale, _LONG), _rules(mask.T, scale, _HIGH)
    if len(level) + len(upright) > _MOST_RULES:
        return []
    edges = [(start, at, end, at + scale) for at, start, end in level] + [(at, start, at + scale, end) for at, start, end in upright]
    return find_grids(edges)


def cut(lines: Sequence[Line], found: Sequence[Grid]) -> list[Line]:
    """Return recognised lines cut at the rules of the tables they stand in, and at wide gaps anywhere."""
    boxes = [cell for grid in found for row in grid.rows for cell in row]
    return [piece for line in lines for piece in _pieces(line, boxes)]


def _ink(image: Any, dpi: float) -> "tuple[Mask, float]":
    """Return where there is ink, and how many points a dot of it is wide."""
    import numpy as np

    factor = max(1, round(dpi / _DPI))
    pixels = np.asarray(image.convert("L"))
    height, width = (size // factor * factor for size in pixels.shape)
    pooled = pixels[:height, :width].reshape(height // factor, factor, width // factor, factor).min(axis=(1, 3))
    return pooled.astype(np.int16) < int(np.median(pixels)) - _INK, 72 * factor / dpi


def _rules(mask: "Mask", scale: float, shortest: float) -> list[tuple[float, float, float]]:
    """Return the (place, start, end), in points, of the long thin runs of ink along the rows of ``mask``."""
    import numpy as np

    thin = mask & ~_runs_mask(mask.T, round(_THICK / scale)).T
    spread = thin.copy()  # a rule that leans goes from row to row
    spread[1:] |= thin[:-1]
    spread[:-1] |= thin[1:]
    rows, starts, ends = _runs(_closed(spread, max(1, round(_BREAK / scale))))
    long = np.flatnonzero((ends - starts) * scale >= shortest)
    return [(row * scale, start * scale, end * scale) for row, start, end in zip(rows[long], starts[long], ends[long], strict=True)]


def _runs(mask: "Mask") -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
    """Return the row, start and end of every run of ink."""
    import numpy as np

    padded = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    turns = np.diff(padded, axis=1)
    rows, starts = np.nonzero(turns == 1)
    return rows, starts, np.nonzero(turns == -1)[1]


def _runs_mask(mask: "Mask", shortest: int) -> "Mask":
    """Return the ink that belongs to runs of ``shortest`` dots or more."""
    import numpy as np

    rows, starts, ends = _runs(mask)
    long = (ends - starts) >= shortest
    marks = np.zeros((mask.shape[0], mask.shape[1] + 1), dtype=np.int8)
    marks[rows[long], starts[long]] += 1
    marks[rows[long], ends[long]] -= 1
    return marks.cumsum(axis=1, dtype=np.int8)[:, :-1] > 0


def _closed(mask: "Mask", hole: int) -> "Mask":
    """Return ``mask`` with its holes of ``hole`` dots or fewer, along the rows, filled."""
    filled: Mask = ~_runs_mask(~mask, hole + 1)
    return filled


def _pieces(line: Line, cells: Sequence[BBox]) -> Iterator[Line]:
    words = [word for word in line.words if not _is_trace(word, cells)]
    if not words:
        yield from () if line.words else (line,)
        return
    height = sorted(word.height for word in words)[len(words) // 2]
    start = 0
    for index, (word, following) in enumerate(itertools.pairwise(words), 1):
        if _cell(word, cells) != _cell(following, cells) or following.left - word.right > _GUTTER * height:
            yield _joined(line, words[start:index])
            start = index
    yield _joined(line, words[start:])


def _joined(line: Line, words: Sequence[Line]) -> Line:
    if len(words) == len(line.words):
        return line
    confidence = sum(word.confidence or 0.0 for word in words) / len(words)
    text = " ".join(word.text for word in words)
    return line._replace(text=text, box=union([word.box for word in words]), confidence=confidence, words=tuple(words))


def _cell(word: Line, cells: Sequence[BBox]) -> BBox | None:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return next((cell for cell in cells if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]), None)


def _is_trace(word: Line, cells: Sequence[BBox]) -> bool:
    """Tell whether a word is what recognition made of a rule: a stroke that stands on the edge of a cell."""
    if not set(word.text) <= _TRACES:
        return False
    x = (word.left + word.right) / 2
    return any(min(abs(x - cell[0]), abs(x - cell[2])) < 3 and cell[1] - 3 < word.bottom and word.top < cell[3] + 3 for cell in cells)
