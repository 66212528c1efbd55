"""What is drawn on a PDF page besides its text: the edges that may rule tables, the dots that stand for the bullets of lists."""

import ctypes
import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_calls import Numbers, address, of_each, rows
from clausecheck.readers.pdf_layout import Line, Transform, page_transform, union

THIN = 3.0
"""Thickest ruling line, in points."""

_MAX_PATHS = 6_000
_THIN_EDGE = 1.0
_MAX_POINTS = 400
_DOT = (1.5, 7.0)
"""Smallest and largest side of the dot of a list, in points."""

_MAX_DOTS = 200
"""More dots than this on a page are a drawing."""

_INDENT = 2.0
"""Widest gap between a dot and its line, in heights of the line."""


class Drawing(NamedTuple):
    """Boxes, in points: ``edges`` are thin, ``dots`` small and about as wide as high."""

    edges: list[BBox]
    dots: list[BBox]


def drawing(page: Any) -> Drawing:
    """Return what is drawn on a pypdfium2 page: thin paths, the edges of stroked ones, dots."""
    from pypdfium2 import raw

    transform, holder = page_transform(page), address(page.raw)
    objects = of_each("FPDFPage_GetObject", range(min(raw.FPDFPage_CountObjects(page), _MAX_PATHS)), holder)
    kinds = of_each("FPDFPageObj_GetType", objects)
    paths = [item for item, kind in zip(objects, kinds, strict=True) if kind == raw.FPDF_PAGEOBJ_PATH]
    bounds, known = rows("FPDFPageObj_GetBounds", paths, 4, apart=True)
    boxes: Numbers = np.column_stack(transform(*bounds.T))[np.flatnonzero(known)]
    sides = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    thin = np.minimum(*sides) <= THIN
    ruled = _boxes(boxes[thin])
    for index in np.flatnonzero(known)[~thin].tolist():
        ruled += _edges(paths[index], transform) if _is_stroked(paths[index]) else []
    return Drawing(ruled, _boxes(boxes[_are_dots(*sides)]))


def _are_dots(width: Numbers, height: Numbers) -> Numbers:
    sized = (width >= _DOT[0]) & (width <= _DOT[1])
    return np.logical_and(sized, (height >= 0.8 * width) & (height <= 1.25 * width))


def _boxes(found: Numbers) -> list[BBox]:
    return [(left, top, right, bottom) for left, top, right, bottom in found.tolist()]


def with_bullets(segments: Sequence[Line], dots: Sequence[BBox]) -> list[Line]:
    """Return ``segments``, those that a dot stands before opened by «•»: printed pages of the web draw the bullets of their lists."""
    bulleted: dict[int, Line] = {}
    for dot in dots if len(dots) <= _MAX_DOTS else ():
        middle = (dot[1] + dot[3]) / 2
        near = [i for i, s in enumerate(segments) if s.top < middle < s.bottom and 0 < s.left - dot[2] < _INDENT * s.height]
        if near and not any(s.top < middle < s.bottom and s.left < dot[2] and dot[0] < s.right for s in segments):
            index = min(near, key=lambda i: segments[i].left)
            segment = segments[index]
            bulleted[index] = segment._replace(text=f"• {segment.text}", box=union([segment.box, dot]))
    return [bulleted.get(index, segment) for index, segment in enumerate(segments)]


def _is_stroked(path: int) -> bool:
    """Tell whether the outline of a path, given by its address, is drawn."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(_handle(path), ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _edges(path: int, transform: Transform) -> list[BBox]:
    """Return the four edges of a rectangle, or each straight stretch of a longer path, where upright or level."""
    found: list[BBox] = []
    for (x0, y0), (x1, y1) in itertools.pairwise(_points(_handle(path))):
        edge = transform(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if min(edge[2] - edge[0], edge[3] - edge[1]) <= _THIN_EDGE:
            found.append(edge)
    return found


def _points(item: Any) -> list[tuple[float, float]]:
    from pypdfium2 import raw

    x, y, matrix = ctypes.c_float(), ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    points: list[tuple[float, float]] = []
    for index in range(min(raw.FPDFPath_CountSegments(item), _MAX_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        a, b = x.value, y.value
        points.append((matrix.a * a + matrix.c * b + matrix.e, matrix.b * a + matrix.d * b + matrix.f))
    return [*points, points[0]] if len(points) >= 3 else points


def _handle(path: int) -> Any:
    from pypdfium2 import raw

    return ctypes.cast(path, raw.FPDF_PAGEOBJECT)
