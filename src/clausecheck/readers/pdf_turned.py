"""Pages whose text runs up, down or upside down on the sheet: read turned, their places told on the sheet as it is shown."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clausecheck.document import Anchor, PageLocator
from clausecheck.document.model import BBox
from clausecheck.readers.pdf_chars import PageChars

_SAMPLE = 40
"""Characters asked for their direction."""

_MAJORITY = 0.6
_BLANKS = "\t\r\n \u00a0"


@dataclass(frozen=True, slots=True)
class Turn:
    """``degrees``: 90, 180 or 270, clockwise, by which a page was turned to be read; ``width`` and ``height``: as shown, in points."""

    degrees: int
    width: float
    height: float

    def shown(self, box: BBox) -> BBox:
        """Return a box of the turned page on the page as shown."""
        left, top, right, bottom = box
        if self.degrees == 90:
            return top, self.height - right, bottom, self.height - left
        if self.degrees == 180:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        return self.width - bottom, left, self.width - top, right


def upright(page: Any, chars: PageChars) -> Turn | None:
    """Turn a pypdfium2 page of these characters, in memory, so that most text runs from left to right; None where it does already."""
    wanted, shown = _direction(chars), page.get_rotation() % 360
    if wanted is None or wanted == shown:
        return None
    turn = Turn((wanted - shown) % 360, *page.get_size())
    page.set_rotation(wanted)
    return turn


def _direction(chars: PageChars) -> int | None:
    """Return the rotation that shows most characters upright (pdfium gives their angle clockwise), None where they do not agree."""
    total = len(chars.text)
    sampled = [index for index in range(0, total, max(1, total // _SAMPLE)) if chars.text[index] not in _BLANKS]
    angles = chars.angles(sampled)
    if sampled and not any(angles):
        return 0
    quarters = [math.degrees(angle) / 90 for angle in angles if angle >= 0]
    found = Counter(-round(quarter) % 4 for quarter in quarters if abs(quarter - round(quarter)) < 0.1)
    quarter, count = found.most_common(1)[0] if found else (0, 0)
    return 90 * quarter if count and count >= _MAJORITY * len(quarters) else None


def as_shown(anchors: Sequence[Anchor], turns: Mapping[int, Turn]) -> tuple[Anchor, ...]:
    """Return ``anchors`` with the boxes of turned pages put back on the pages as shown."""
    return tuple(_shown(anchor, turns) for anchor in anchors) if turns else tuple(anchors)


def _shown(anchor: Anchor, turns: Mapping[int, Turn]) -> Anchor:
    locator = anchor.locator
    if not isinstance(locator, PageLocator) or locator.bbox is None or locator.page not in turns:
        return anchor
    return replace(anchor, locator=replace(locator, bbox=turns[locator.page].shown(locator.bbox)))
