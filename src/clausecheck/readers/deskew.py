"""Cleans and straightens scans; askew is told by the angle at which the lines of text leave the clearest gaps between them."""

import math
from collections.abc import Sequence
from typing import Any

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_layout import Line

_WIDEST = 3.0
"""Largest angle looked for, in degrees: beyond it a page is turned, not askew."""

_STEP = 0.25
_LEAST = 0.3
"""Angles below this one, in degrees, disturb nothing."""

_WIDTH = 700
"""Width, in pixels, at which the angle is measured."""


_INK = 60
"""How far, in grey levels of 255, ink is from the sheet."""

_LEAST_INK = 0.0005
"""Share of the sheet that a line of print covers."""

_FINE = 200
"""Resolution, in dots an inch, from which a speck is smaller than the thinnest stroke."""


def despeckled(image: Any, dpi: float) -> Any:
    """Return the PIL image without its specks and grain; as it is where it is too coarse to tell them from letters."""
    from PIL import ImageFilter

    return image.convert("L").filter(ImageFilter.MedianFilter(3)) if dpi >= _FINE else image


def is_blank(image: Any) -> bool:
    """Tell whether a PIL image holds no ink: a sheet, white or grey, with next to nothing on it."""
    import numpy as np

    pixels = np.asarray(image.convert("L").reduce(4), dtype=np.float32)
    return float((np.abs(pixels - np.median(pixels)) > _INK).mean()) < _LEAST_INK


def straighten(image: Any) -> tuple[Any, float]:
    """Return the PIL image with its lines level, and the angle it was turned by (degrees, anticlockwise; 0 where it was straight)."""
    angle = _angle(image)
    if abs(angle) < _LEAST:
        return image, 0.0
    return rotated(image, angle), angle


def rotated(image: Any, angle: float) -> Any:
    """Return the PIL image turned by ``angle`` (degrees, anticlockwise), as it is where there is nothing to turn."""
    from PIL import Image

    return image.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255) if angle else image


def _angle(image: Any) -> float:
    from PIL import Image

    small = image.convert("L").resize((_WIDTH, max(1, round(_WIDTH * image.height / image.width))), Image.Resampling.BOX)
    steps = round(_WIDEST / _STEP)
    angles = sorted((step * _STEP for step in range(-steps, steps + 1)), key=abs)  # where nothing tells, straight
    return max(angles, key=lambda angle: _contrast(small, angle))


def _contrast(image: Any, angle: float) -> float:
    """How much the darkness of the rows of pixels varies from each row to the next."""
    import numpy as np

    turned = np.asarray(image.rotate(angle, fillcolor=255), dtype=np.float32)
    rows = turned.mean(axis=1)
    return float(np.square(np.diff(rows)).sum())


def placed(lines: Sequence[Line], angle: float, size: tuple[int, int], scale: float) -> list[Line]:
    """Put the boxes of ``lines``, found on the straightened image, back on the original one.

    ``size``: of the image in pixels; ``scale``: points a pixel.
    """
    if not angle:
        return list(lines)
    centre = (size[0] * scale / 2, size[1] * scale / 2)
    return [_placed(line, angle, centre) for line in lines]


def _placed(line: Line, angle: float, centre: tuple[float, float]) -> Line:
    words = tuple(_placed(word, angle, centre) for word in line.words)
    cells = tuple(tuple(_placed(piece, angle, centre) for piece in cell) for cell in line.cells)
    return line._replace(box=_turned(line.box, angle, centre), words=words, cells=cells)


def _turned(box: BBox, angle: float, centre: tuple[float, float]) -> BBox:
    """Turn the middle of a box back by ``angle``; the box keeps its size, which highlights the line better than one around its corners."""
    x, y = (box[0] + box[2]) / 2 - centre[0], (box[1] + box[3]) / 2 - centre[1]
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    dx, dy = centre[0] + x * cosine - y * sine - (box[0] + box[2]) / 2, centre[1] + x * sine + y * cosine - (box[1] + box[3]) / 2
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy
