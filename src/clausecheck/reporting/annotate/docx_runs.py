"""Places between two characters of a Word paragraph, and marks put there: runs are split, no character changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from clausecheck.document import Document, ParagraphLocator, TextSpan
from clausecheck.document.model import Anchor
from clausecheck.readers.docx_xml import W, find, printed_length
from clausecheck.readers.package import Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_END = 1 << 30


@dataclass(frozen=True, slots=True)
class Cut:
    """A place: ``offset`` characters into ``run``; without a run, the start (0) or the end of ``paragraph``."""

    paragraph: Element
    run: Element | None
    offset: int


@dataclass(frozen=True, slots=True)
class Range:
    """What a comment covers; ``exact``: the words themselves, else what carries them (a note's call, a text box)."""

    start: Cut
    end: Cut
    exact: bool = True


class Locations:
    """Finds the ranges of one document; ``notes``: root of each part of notes (footnotes, endnotes) by name."""

    def __init__(self, document: Document, main: str, root: Element, notes: dict[str, Element]) -> None:
        self._document = document
        self._root = root
        roots = {main: root, **notes}
        self._paragraphs = {part: list(part_root.iter(W + "p")) for part, part_root in roots.items()}

    def range_of(self, span: TextSpan) -> Range | None:
        """Return where a comment on ``span`` may stand, None when nowhere: Word takes no comment in notes and boxes."""
        anchors = [a for a in self._document.locate(span) if isinstance(a.locator, ParagraphLocator) and a.locator.part in self._paragraphs]
        if not anchors:
            return None
        first, last = anchors[0], anchors[-1]
        start, end = self._cut(first, max(span.start, first.span.start)), self._cut(last, min(span.end, last.span.end))
        if start.paragraph.getroottree().getroot() is not self._root:
            return _around(self._call_of(start.paragraph))
        boxes = [a for cut in (start, end) for a in cut.paragraph.iterancestors(W + "txbxContent")]
        return _around(next(boxes[-1].iterancestors(W + "r"), None)) if boxes else Range(start, end)

    def paragraph_of(self, span: TextSpan) -> Element | None:
        """Return the paragraph of the body where ``span`` ends."""
        where = self.range_of(span)
        return None if where is None else where.end.paragraph

    def _cut(self, anchor: Anchor, position: int) -> Cut:
        where = anchor.locator
        if not isinstance(where, ParagraphLocator):
            raise TypeError(where)
        paragraph = self._paragraphs[where.part][where.paragraph]
        run = None if where.run is None else list(paragraph.iter(W + "r"))[where.run]
        inside = position - anchor.span.start
        return Cut(paragraph, run, where.offset + inside) if run is not None else Cut(paragraph, None, inside and _END)

    def _call_of(self, paragraph: Element) -> Element | None:
        """Return the run of the body that calls the note in which ``paragraph`` stands."""
        note = next(paragraph.iterancestors(W + "footnote", W + "endnote"), None)
        calls = [] if note is None else self._root.iter(f"{note.tag}Reference")
        wanted = None if note is None else note.get(W + "id")
        return next((call.getparent() for call in calls if call.get(W + "id") == wanted), None)


def _around(run: Element | None) -> Range | None:
    paragraph = None if run is None else next(run.iterancestors(W + "p"), None)
    if run is None or paragraph is None:
        return None
    return Range(Cut(paragraph, run, 0), Cut(paragraph, run, _END), exact=False)


def whole(paragraph: Element) -> Range:
    """Return the range of all of ``paragraph``."""
    return Range(Cut(paragraph, None, 0), Cut(paragraph, None, _END))


def put_marks(marks: Iterable[tuple[Cut, Sequence[Element]]], fresh: Iterator[int]) -> None:
    """Put elements at their cuts; those of one place stay in the order given. Cuts hold true until all are put.

    ``fresh``: identifiers that no revision bears, for the tracked formatting of the runs that are split.
    """
    groups: dict[Element, dict[int, list[Element]]] = defaultdict(lambda: defaultdict(list))
    for cut, elements in marks:
        holder = cut.paragraph if cut.run is None else cut.run
        groups[holder][_clamped(cut)].extend(elements)
    for holder, places in groups.items():
        for offset in sorted(places, reverse=True):  # from the end: what is before a split keeps its offsets
            if holder.tag == W + "r" and 0 < offset < _END:
                _split(holder, offset, fresh)
            (_put_in_run if holder.tag == W + "r" else _put_in_paragraph)(holder, offset, places[offset])


def _clamped(cut: Cut) -> int:
    length = _END if cut.run is None else sum(map(printed_length, cut.run))
    return _END if cut.offset and cut.offset >= length else cut.offset


def _put_in_paragraph(paragraph: Element, offset: int, elements: Sequence[Element]) -> None:
    properties = find(paragraph, "pPr")
    index = len(paragraph) if offset else 0 if properties is None else 1
    paragraph[index:index] = elements


def _put_in_run(run: Element, offset: int, elements: Sequence[Element]) -> None:
    for element in elements if offset == 0 else reversed(elements):
        (run.addprevious if offset == 0 else run.addnext)(element)


def _split(run: Element, offset: int, fresh: Iterator[int]) -> None:
    """Move what comes after ``offset`` characters into a run of the same look, right after."""
    rest = _twin(run, fresh)
    for kept, moved in zip(list(run), list(rest), strict=True):
        if kept.tag == W + "rPr":
            continue
        length = printed_length(kept)
        if 0 < offset < length and kept.tag in (W + "t", W + "delText"):
            _cut_text(kept, moved, offset)
        elif offset > 0:
            rest.remove(moved)
        else:
            run.remove(kept)
        offset -= length
    run.addnext(rest)


def _twin(run: Element, fresh: Iterator[int]) -> Element:
    """Return a copy of ``run``; a tracked change of its look becomes another of the same: Word wants each identifier once."""
    twin = deepcopy(run)
    properties = find(twin, "rPr")
    for change in () if properties is None else properties.iter(W + "rPrChange"):
        change.set(W + "id", str(next(fresh)))
    return twin


def _cut_text(before: Element, after: Element, offset: int) -> None:
    """Leave the first ``offset`` characters in one copy of a text and the others in its twin, blanks at the cut kept."""
    words = before.text or ""
    before.text, after.text = words[:offset], words[offset:]
    for part in (before, after):
        part.set(_XML_SPACE, "preserve")
