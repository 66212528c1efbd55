"""Collects the quotes of one finding, each once, and numbers them."""

from collections.abc import Iterable, Sequence

from clausecheck.assessment.model import Evidence
from clausecheck.detection.frames import Hit
from clausecheck.document.model import BBox, PageLocator
from clausecheck.segmentation.model import Segmented, Unit


class EvidenceBook:
    """Numbered quotes; ``add`` returns the indices of what it was given."""

    def __init__(self, segmented: Segmented) -> None:
        self._segmented = segmented
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._items: list[Evidence] = []

    @property
    def items(self) -> tuple[Evidence, ...]:
        """What was collected, in order."""
        return tuple(self._items)

    def add(self, hits: Iterable[Hit]) -> tuple[int, ...]:
        """Add every unit of ``hits``."""
        return self.add_units(dict.fromkeys(u for hit in hits for u in hit.units))

    def add_units(self, units: Iterable[int], instrument: str | None = None) -> tuple[int, ...]:
        """Add units by number; ``instrument`` names what they incorporate."""
        return tuple(self._add(self._segmented.units[u], instrument) for u in units)

    def _add(self, unit: Unit, instrument: str | None) -> int:
        key = (unit.document, unit.span.start, unit.span.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._items)
            self._items.append(make_evidence(self._segmented, unit, instrument))
        return self._numbers[key]


def make_evidence(segmented: Segmented, unit: Unit, instrument: str | None = None) -> Evidence:
    """Locate the words of ``unit`` in its document: page, box of its first line, article."""
    document, span = segmented.documents[unit.document], unit.span
    locators = [a.locator for a in document.locate(span) if isinstance(a.locator, PageLocator)]
    first = locators[0] if locators else None
    where = segmented.articles[unit.article]
    return Evidence(
        unit.document,
        span,
        document.quote(span),
        first.page if first else None,
        where.number or where.title or None,
        _first_line(locators),
        instrument,
        unit.language,
    )


def _first_line(locators: Sequence[PageLocator]) -> BBox | None:
    """Return the box around what stands on the first line: a line of a PDF, the words of a scan."""
    if not locators or locators[0].bbox is None:
        return None
    page, (left, top, right, bottom) = locators[0].page, locators[0].bbox
    for box in (where.bbox for where in locators[1:] if where.page == page and where.bbox is not None):
        if min(bottom, box[3]) - max(top, box[1]) <= (bottom - top) / 2:
            break
        left, top, right, bottom = min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3])
    return left, top, right, bottom
