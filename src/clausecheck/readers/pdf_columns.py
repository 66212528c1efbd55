"""Reading order: columns of prose one after the other, everything else from top to bottom."""

import bisect
import itertools
from collections.abc import Sequence

from clausecheck.readers.contents import has_leader
from clausecheck.readers.headings import list_marker, parse_number
from clausecheck.readers.pdf_layout import Line, join_segments, row_line, rows_of

MIN_LINES = 6
"""Fewest lines on each side of a gutter."""

_STEP = 4.0
_GUTTER = 6.0


def order_lines(segments: Sequence[Line], width: float, column: int = 0) -> list[Line]:
    """Return lines in reading order; ``width`` is the page's in points. Lines across the page separate columns."""
    gutter = _find_gutter(segments, width)
    if gutter is None:
        return _join_rows(segments, column)
    lines: list[Line] = []
    for band, split in _bands(segments, gutter):
        if not split:
            lines += _join_rows(band, column)
            continue
        base = max((line.column for line in lines), default=column) + 1
        left = [s for s in band if s.right <= gutter + _GUTTER]
        lines += order_lines(left, width, base)
        lines += order_lines([s for s in band if s not in left], width, base + 1)
    return lines


def _join_rows(segments: Sequence[Line], column: int) -> list[Line]:
    """Join the segments of each baseline; three baselines or more of aligned segments make a table."""
    rows = rows_of(segments)
    aligned = [_aligned(above, below) for above, below in itertools.pairwise(rows)]
    lines: list[Line] = []
    for index, row in enumerate(rows):
        before = _run(aligned, index - 1, -1)
        after = _run(aligned, index, 1)
        if len(row) > 1 and before + after >= 2 and not _is_leader(row):
            line = row_line([(segment,) for segment in row])
        else:
            line = join_segments(row)
        lines.append(line._replace(column=column) if column else line)
    return lines


def _aligned(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Two rows of two segments or more with a common left edge besides the first, close to each other."""
    if len(above) < 2 or len(below) < 2 or below[0].top - above[0].bottom > 2.5 * below[0].height:
        return False
    if list_marker(above[0].text + " x") or list_marker(below[0].text + " x"):
        return False
    return any(abs(a.left - b.left) <= _STEP for a in above[1:] for b in below[1:])


def _run(flags: Sequence[bool], start: int, step: int) -> int:
    """Count the flags set in a row from ``start`` in the direction of ``step``."""
    count, index = 0, start
    while 0 <= index < len(flags) and flags[index]:
        count, index = count + 1, index + step
    return count


def _is_leader(row: Sequence[Line]) -> bool:
    """A line of a table of contents, or a number and its title."""
    numbered = len(row) == 2 and parse_number(row[0].text + " X") is not None
    return numbered or has_leader(" ".join(segment.text for segment in row))


def _find_gutter(segments: Sequence[Line], width: float) -> float | None:
    """Return the x of the best gutter: the one with the most prose on both sides."""
    if len(segments) < 2 * MIN_LINES:
        return None
    best, best_score = None, 0
    lefts, rights = sorted(s.left for s in segments), sorted(s.right for s in segments)
    x = 0.25 * width - _STEP
    while (x := x + _STEP) < 0.75 * width:
        sides = bisect.bisect_right(rights, x + _GUTTER), len(lefts) - bisect.bisect_left(lefts, x - _GUTTER)
        if min(sides) < MIN_LINES:
            continue
        score = sum(len(band) for band, split in _bands(segments, x) if split)
        if score > best_score:
            best, best_score = x, score
    return best


def _bands(segments: Sequence[Line], gutter: float) -> list[tuple[list[Line], bool]]:
    """Cut the page at the segments that cross ``gutter``: bands, each with whether it holds two columns of prose."""
    crossing = sorted((s for s in segments if s.left < gutter - 1 and s.right > gutter + 1), key=lambda s: s.top)
    if not crossing:
        return [(list(segments), _two_columns(segments, gutter))]
    bands: list[tuple[list[Line], bool]] = []
    rest = sorted((s for s in segments if not (s.left < gutter - 1 and s.right > gutter + 1)), key=_middle)
    start = 0
    for line in crossing:
        end = max(start, bisect.bisect_left(rest, _middle(line), key=_middle))
        if end > start:
            bands.append((rest[start:end], _two_columns(rest[start:end], gutter)))
        bands.append(([line], False))
        start = end
    if start < len(rest):
        bands.append((rest[start:], _two_columns(rest[start:], gutter)))
    return _join_plain(bands)


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _join_plain(bands: Sequence[tuple[list[Line], bool]]) -> list[tuple[list[Line], bool]]:
    joined: list[tuple[list[Line], bool]] = []
    for band, split in bands:
        if joined and not split and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + band, False)
        else:
            joined.append((list(band), split))
    return joined


def _two_columns(segments: Sequence[Line], gutter: float) -> bool:
    left = [s for s in segments if s.right <= gutter + _GUTTER]
    right = [s for s in segments if s.left >= gutter - _GUTTER]
    if len(left) < MIN_LINES or len(right) < MIN_LINES or len(left) + len(right) < len(segments):
        return False
    return _is_prose(left) and _is_prose(right)


def _is_prose(side: Sequence[Line]) -> bool:
    """Lines mostly as wide as their column, one segment a line: text that runs, not labels or cells."""
    width = max(s.right for s in side) - min(s.left for s in side)
    full = sum(s.right - s.left > 0.7 * width for s in side)
    return full >= 0.45 * len(side) and sum(len(s.text) for s in side) >= 25 * len(side)
