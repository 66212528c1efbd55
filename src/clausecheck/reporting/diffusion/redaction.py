"""Replaces stretches of a document's text, and carries every place of the old text over to the new one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from clausecheck.document.model import Document, TextSpan


@dataclass(frozen=True, slots=True)
class Mask:
    """A stretch of the text and what is shown instead."""

    span: TextSpan
    shown: str


@dataclass(frozen=True, slots=True)
class Shift:
    """The way from the old text to the new one. ``masks``: in order, apart from each other; ``places``: where each is shown."""

    masks: tuple[Mask, ...]
    places: tuple[TextSpan, ...]
    _starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(mask.span.start for mask in self.masks))

    @classmethod
    def of(cls, masks: Sequence[Mask]) -> "Shift":
        """Work out where each mask is shown. ``masks``: in order, apart from each other."""
        places, gained = [], 0
        for mask in masks:
            start = mask.span.start + gained
            places.append(TextSpan(start, start + len(mask.shown)))
            gained = places[-1].end - mask.span.end
        return cls(tuple(masks), tuple(places))

    def moved(self, span: TextSpan) -> TextSpan:
        """Return ``span`` in the new text; one that begins or ends inside a mask takes the whole of what is shown."""
        start = self._start(span.start)
        return TextSpan(start, max(start, self._end(span.end)))

    def _start(self, offset: int) -> int:
        number = bisect_right(self._starts, offset) - 1
        if number >= 0 and offset < self.masks[number].span.end:
            return self.places[number].start
        return self._after(number, offset)

    def _end(self, offset: int) -> int:
        number = bisect_left(self._starts, offset) - 1
        if number >= 0 and offset <= self.masks[number].span.end:
            return self.places[number].end
        return self._after(number, offset)

    def _after(self, number: int, offset: int) -> int:
        return offset if number < 0 else self.places[number].end + offset - self.masks[number].span.end


def apart(masks: Iterable[Mask]) -> list[Mask]:
    """Return ``masks`` in order; of two that overlap, the one that starts first (the longest, where both do) is kept."""
    kept: list[Mask] = []
    for mask in sorted(masks, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or not mask.span.overlaps(kept[-1].span):
            kept.append(mask)
    return kept


def redact(document: Document, masks: Sequence[Mask]) -> tuple[Document, Shift]:
    """Return ``document`` without the words under ``masks`` (in order, apart from each other), nor what its file says of its authors."""
    shift = Shift.of(masks)
    parts, at = [], 0
    for mask in masks:
        parts += [document.text[at : mask.span.start], mask.shown]
        at = mask.span.end
    text = "".join([*parts, document.text[at:]])
    blocks = tuple(replace(b, span=shift.moved(b.span)) for b in document.blocks)
    anchors = tuple(replace(a, span=shift.moved(a.span)) for a in document.anchors)
    return replace(document, text=text, blocks=blocks, anchors=anchors, metadata=(), _starts=()), shift
