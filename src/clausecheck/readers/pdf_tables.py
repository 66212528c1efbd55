"""Tables: grids found from the ruling lines of a page, and the lines of text put into their cells."""

import bisect
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_layout import Line, row_line, rows_of, union
from clausecheck.readers.pdf_paths import THIN

_SHORT = 4.0
_SNAP = 4.0
_GUTTER = 6.0
_STACK = 3


@dataclass(frozen=True, slots=True)
class _Rule:
    """A ruling line: ``at`` is its x when vertical, its y when horizontal; ``start`` to ``end`` along it, in points."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells as boxes, row by row; a merged cell stands in the row where it starts."""

    rows: tuple[tuple[BBox, ...], ...]

    @property
    def has_columns(self) -> bool:
        """True where a row has two cells or more."""
        return any(len(row) > 1 for row in self.rows)

    @property
    def box(self) -> BBox:
        """Box around all cells."""
        return union([cell for row in self.rows for cell in row])


def find_grids(edges: Sequence[BBox]) -> list[Grid]:
    """Return the tables ruled by the edges drawn on a page: those with columns, and stacks of three rows or more without."""
    horizontal, vertical = _rules(edges)
    grids = [_grid(across, down) for across, down in _components(_merge(horizontal), _merge(vertical))]
    return [grid for grid in grids if grid and (grid.has_columns or len(grid.rows) >= _STACK)]


def place(segments: Sequence[Line], grids: Sequence[Grid]) -> list[Line]:
    """Replace the segments inside grids by one line for each row, its ``cells`` in order."""
    rest = list(segments)
    rows: list[Line] = []
    for grid in sorted(grids, key=_area):
        taken, rest = _split(rest, grid.box)
        rows += _fill(grid if grid.has_columns else _with_columns(grid, taken), taken)
    return rest + rows


def _with_columns(grid: Grid, segments: Sequence[Line]) -> Grid:
    """Cut the rows of a stack at the white gutters that run down it, if any."""
    cuts = _gutters(segments)
    if not cuts:
        return grid
    left, _, right, _ = grid.box
    edges = [left, *cuts, right]
    rows = []
    for ((_, top, _, bottom),) in grid.rows:
        rows.append(tuple((x0, top, x1, bottom) for x0, x1 in itertools.pairwise(edges)))
    return Grid(tuple(rows))


def _gutters(segments: Sequence[Line]) -> list[float]:
    """Return the middles of the white bands, at least ``_GUTTER`` wide, that hardly any segment crosses."""
    cuts: list[float] = []
    edge = min((s.right for s in segments), default=0.0)
    lefts, rights = sorted(s.left for s in segments), sorted(s.right for s in segments)
    for segment in sorted(segments, key=lambda s: s.left):
        middle = segment.left - _GUTTER / 2
        crossing = bisect.bisect_left(lefts, middle) - bisect.bisect_right(rights, middle)
        if segment.left - edge >= _GUTTER and crossing <= len(segments) / 8:
            cuts.append(middle)
        edge = max(edge, segment.right) if crossing > len(segments) / 8 else max(segment.right, segment.left)
    return [cut for cut in cuts if _balanced(segments, cut)]


def _balanced(segments: Sequence[Line], cut: float) -> bool:
    left = sum(s.left < cut for s in segments)
    return left >= _STACK - 1 and len(segments) - left >= _STACK - 1


def _area(grid: Grid) -> float:
    left, top, right, bottom = grid.box
    return (right - left) * (bottom - top)


def _split(segments: Sequence[Line], box: BBox) -> tuple[list[Line], list[Line]]:
    inside = [s for s in segments if _center_in(s, box)]
    chosen = set(map(id, inside))
    return inside, [s for s in segments if id(s) not in chosen]


def _center_in(line: Line, box: BBox) -> bool:
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _fill(grid: Grid, segments: Sequence[Line]) -> Iterator[Line]:
    """Yield the rows that hold text. Rows made of one cell only keep their lines as plain text."""
    cells: dict[BBox, list[Line]] = defaultdict(list)
    boxes = [cell for row in grid.rows for cell in row]
    for segment in segments:
        cells[_cell_of(segment, boxes)].append(segment)
    for row in grid.rows:
        filled = [tuple(_cell_lines(cells[box])) for box in row if cells[box]]
        if len(row) == 1 or (len(grid.rows) == 1 and len(filled) == 1):
            yield from (segment for lines in filled for segment in lines)
        elif filled:
            yield row_line(filled)


def _cell_of(segment: Line, boxes: Sequence[BBox]) -> BBox:
    """The cell where a segment stands: around its centre, or the nearest."""
    x, y = (segment.left + segment.right) / 2, (segment.top + segment.bottom) / 2
    around = next((box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
    return around or min(boxes, key=lambda box: _distance(segment, box))


def _distance(line: Line, box: BBox) -> float:
    x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    return max(box[0] - x, 0, x - box[2]) + max(box[1] - y, 0, y - box[3])


def _cell_lines(segments: Sequence[Line]) -> list[Line]:
    return [segment for row in rows_of(segments) for segment in row]


def _rules(edges: Sequence[BBox]) -> tuple[list[_Rule], list[_Rule]]:
    """Tell horizontal rules from vertical ones; the shortest are none."""
    horizontal: list[_Rule] = []
    vertical: list[_Rule] = []
    for left, top, right, bottom in edges:
        if right - left >= bottom - top and right - left > _SHORT:
            horizontal.append(_Rule((top + bottom) / 2, left, right))
        elif bottom - top > right - left and bottom - top > _SHORT:
            vertical.append(_Rule((left + right) / 2, top, bottom))
    return horizontal, vertical


def _merge(rules: Sequence[_Rule]) -> list[_Rule]:
    """Join rules on one axis that touch or overlap."""
    merged: list[_Rule] = []
    for band in _bands(sorted(rules, key=lambda r: r.at)):
        at = sum(rule.at for rule in band) / len(band)
        current: _Rule | None = None
        for rule in sorted(band, key=lambda r: r.start):
            if current and rule.start <= current.end + _SNAP:
                current = _Rule(at, current.start, max(current.end, rule.end))
            else:
                merged += [current] if current else []
                current = _Rule(at, rule.start, rule.end)
        merged += [current] if current else []
    return merged


def _bands(rules: Sequence[_Rule]) -> list[list[_Rule]]:
    bands: list[list[_Rule]] = []
    for rule in rules:
        if bands and rule.at - bands[-1][0].at <= THIN:
            bands[-1].append(rule)
        else:
            bands.append([rule])
    return bands


def _components(across: Sequence[_Rule], down: Sequence[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Group rules that cross, directly or through others."""
    waiting = list(down)
    free = list(across)
    components: list[tuple[list[_Rule], list[_Rule]]] = []
    while waiting:
        verticals, horizontals = [waiting.pop()], []
        grew = True
        while grew:
            touched = [h for h in free if any(_cross(h, v) for v in verticals)]
            free = [h for h in free if h not in touched]
            horizontals += touched
            joined = [v for v in waiting if any(_cross(h, v) for h in touched)]
            waiting = [v for v in waiting if v not in joined]
            verticals += joined
            grew = bool(joined)
        if len(horizontals) >= 2 and len(verticals) >= 2:
            components.append((horizontals, verticals))
    return components


def _cross(horizontal: _Rule, vertical: _Rule) -> bool:
    return (
        horizontal.start - _SNAP <= vertical.at <= horizontal.end + _SNAP
        and vertical.start - _SNAP <= horizontal.at <= vertical.end + _SNAP
    )


def _grid(across: Sequence[_Rule], down: Sequence[_Rule]) -> Grid | None:
    xs, ys = _positions(down), _positions(across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    owner = _merged_cells(xs, ys, across, down)
    boxes: dict[tuple[int, int], list[BBox]] = defaultdict(list)
    for (i, j), root in owner.items():
        boxes[root].append((xs[j], ys[i], xs[j + 1], ys[i + 1]))
    rows: list[list[BBox]] = [[] for _ in ys[:-1]]
    for (i, _), parts in sorted(boxes.items()):
        rows[i].append(union(parts))
    return Grid(tuple(tuple(sorted(row)) for row in rows if row))


def _positions(rules: Sequence[_Rule]) -> list[float]:
    positions: list[float] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if not positions or rule.at - positions[-1] > _SNAP:
            positions.append(rule.at)
    return positions


def _merged_cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[_Rule], down: Sequence[_Rule]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Give each elementary cell the top left cell of the merged cell it belongs to: no rule stands between them."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(ys) - 1):
        for j in range(len(xs) - 1):
            x, y = (xs[j] + xs[j + 1]) / 2, (ys[i] + ys[i + 1]) / 2
            if j and not _walled(down, xs[j], y):
                owner[i, j] = owner[i, j - 1]
            elif i and not _walled(across, ys[i], x):
                owner[i, j] = owner[i - 1, j]
            else:
                owner[i, j] = (i, j)
    return owner


def _walled(rules: Sequence[_Rule], at: float, along: float) -> bool:
    return any(abs(rule.at - at) <= _SNAP and rule.start - _SNAP <= along <= rule.end + _SNAP for rule in rules)
