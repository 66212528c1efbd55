"""Edges of the paths drawn on a PDF page."""

import ctypes
import itertools
from typing import Any

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_layout import Transform

_THIN_EDGE = 1.0
_MAX_POINTS = 400


def is_stroked(path: int) -> bool:
    """Tell whether the outline of a path, given by its address, is drawn."""
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(_handle(path), ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def edges(path: int, transform: Transform) -> list[BBox]:
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
