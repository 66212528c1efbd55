"""The annotated copy of an OpenDocument text: annotations on the exact words, proposed clauses as tracked insertions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from clausecheck.document import Document, ParagraphLocator, TextSpan
from clausecheck.document.model import Anchor
from clausecheck.errors import ReadError
from clausecheck.readers.odt_xml import DC, OFFICE, TEXT, XML_ID, TextNode, text_nodes
from clausecheck.readers.package import Element, open_package
from clausecheck.reporting.annotate.notes import AUTHOR, Job, Note, Said, Suggestion
from clausecheck.reporting.annotate.package import repacked, xml_bytes

_CONTENT = "content.xml"
_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_ASIDE = (TEXT + "note", TEXT + "tracked-changes")
"""Where no annotation can stand: on notes it stands on their call, on deleted text nowhere."""
_NO_DATE = "1980-01-01T00:00:00"
"""A tracked change must bear a date: the same for all, so that the same input gives the same bytes."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place: ``offset`` characters into the text of ``element``, or into its tail."""

    element: Element
    offset: int = 0
    tail: bool = False


@dataclass(frozen=True, slots=True)
class _Range:
    """What an annotation covers; ``exact``: the words themselves, else the call of the note that holds them."""

    start: _Cut
    end: _Cut
    exact: bool = True


def _at(cut: _Cut) -> _Range:
    return _Range(cut, cut, exact=False)


def annotate(data: bytes, job: Job) -> tuple[bytes, tuple[Note, ...]]:
    """Return the copy and the notes that found no place but its first annotation."""
    package = open_package(data, job.document.source.path)
    root = package.part(_CONTENT)
    text = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or text is None:
        raise ReadError(f"« {package.path} » n’a plus de texte : relancez l’analyse.", "fichier_modifie")
    unplaced = _Copy(job, root, text).write()
    return repacked(data, {_CONTENT: xml_bytes(root)}), unplaced


class _Copy:
    """The content being annotated; ``text``: its ``office:text``."""

    def __init__(self, job: Job, root: Element, text: Element) -> None:
        self._job, self._text = job, text
        self._paragraphs = list(root.iter(*_PARAGRAPHS))
        self._count = 0

    def write(self) -> tuple[Note, ...]:
        """Put every annotation and insertion; return the notes without a place."""
        ranges = [(note, self._range_of(self._job.document, note.span)) for note in self._job.notes]
        places = [(s, None if s.after is None else self._range_of(self._job.document, s.after)) for s in self._job.suggestions]
        unplaced = tuple(note for note, where in ranges if where is None)
        first = next(p for p in self._paragraphs if next(p.iterancestors(*_ASIDE), None) is None)
        marks = [self._annotation(_at(_Cut(first)), self._job.cover(unplaced))]
        marks += [self._annotation(w, note.said if w.exact else note.citing()) for note, w in ranges if w is not None]
        _put((end for _, end in marks), (start for start, _ in marks))
        self._insert(places)
        return unplaced

    def _range_of(self, document: Document, span: TextSpan) -> _Range | None:
        anchors = [a for a in document.locate(span) if isinstance(a.locator, ParagraphLocator) and a.locator.part == _CONTENT]
        cuts = [self._cut(a, span) for a in anchors]
        found = [pair for pair in cuts if pair is not None]
        if not found:
            return None
        aside = next(found[0][0].element.iterancestors(*_ASIDE), None)
        if aside is None:
            return _Range(found[0][0], found[-1][1])
        return _at(_Cut(aside, tail=True)) if aside.tag == TEXT + "note" else None

    def _cut(self, anchor: Anchor, span: TextSpan) -> tuple[_Cut, _Cut] | None:
        where = anchor.locator
        if not isinstance(where, ParagraphLocator) or where.run is None:
            return None
        element, tail = list(text_nodes(self._paragraphs[where.paragraph]))[where.run]
        shift = where.offset - anchor.span.start
        start, end = max(span.start, anchor.span.start), min(span.end, anchor.span.end)
        return _Cut(element, start + shift, tail), _Cut(element, end + shift, tail)

    def _annotation(self, where: _Range, said: Iterable[Said]) -> tuple[tuple[_Cut, Element], tuple[_Cut, Element]]:
        """Return the annotation at its start and the mark of its end."""
        self._count += 1
        name = f"clausecheck{self._count}"
        start = etree.Element(OFFICE + "annotation", {OFFICE + "name": name})
        etree.SubElement(start, DC + "creator").text = AUTHOR
        for line in said:
            etree.SubElement(start, TEXT + "p").text = line.text
        return (where.start, start), (where.end, etree.Element(OFFICE + "annotation-end", {OFFICE + "name": name}))

    def _insert(self, places: Sequence[tuple[Suggestion, _Range | None]]) -> None:
        if not places:
            return
        changes = self._changes()
        last: dict[Element, Element] = {}
        for number, (suggestion, where) in enumerate(places, 1):
            target = self._text[-1] if where is None else self._child_of_text(where.end.element)
            new = self._insertion(suggestion, f"clausecheck{number}", changes)
            last.get(target, target).addnext(new)
            last[target] = new

    def _insertion(self, suggestion: Suggestion, name: str, changes: Element) -> Element:
        region = etree.SubElement(changes, TEXT + "changed-region", {XML_ID: name, TEXT + "id": name})
        info = etree.SubElement(etree.SubElement(region, TEXT + "insertion"), OFFICE + "change-info")
        etree.SubElement(info, DC + "creator").text = AUTHOR
        etree.SubElement(info, DC + "date").text = _NO_DATE
        paragraph = etree.Element(TEXT + "p")
        start = etree.SubElement(paragraph, TEXT + "change-start", {TEXT + "change-id": name})
        (_, opening), (_, closing) = self._annotation(_at(_Cut(paragraph)), suggestion.note)
        paragraph.extend([opening, closing])
        opening.tail = suggestion.wording
        etree.SubElement(paragraph, TEXT + "change-end", {TEXT + "change-id": name})
        start.tail = None
        return paragraph

    def _changes(self) -> Element:
        found = self._text.find(TEXT + "tracked-changes")
        if found is None:
            found = etree.Element(TEXT + "tracked-changes")
            self._text.insert(0, found)
        return found

    def _child_of_text(self, element: Element) -> Element:
        return next(a for a in (element, *element.iterancestors()) if a.getparent() is self._text)


def _put(ends: Iterable[tuple[_Cut, Element]], starts: Iterable[tuple[_Cut, Element]]) -> None:
    """Put elements in the texts they cut; at one place, ends come before starts."""
    groups: dict[TextNode, dict[int, list[Element]]] = defaultdict(lambda: defaultdict(list))
    for cut, element in _outer_first(ends, starts):
        groups[cut.element, cut.tail][cut.offset].append(element)
    for (element, tail), places in groups.items():
        for offset in sorted(places, reverse=True):  # from the end: what is before a cut keeps its offsets
            _put_in_text(element, offset, places[offset], tail=tail)


def _outer_first(ends: Iterable[tuple[_Cut, Element]], starts: Iterable[tuple[_Cut, Element]]) -> Iterator[tuple[_Cut, Element]]:
    """Yield ends then starts, but for empty ranges, whose end follows their start."""
    starting = list(starts)
    empty = {element.get(OFFICE + "name"): cut for cut, element in starting}
    late = []
    for cut, element in ends:
        if empty[element.get(OFFICE + "name")] == cut:
            late.append((cut, element))
        else:
            yield cut, element
    yield from starting
    yield from late


def _put_in_text(element: Element, offset: int, new: Sequence[Element], *, tail: bool) -> None:
    words = (element.tail if tail else element.text) or ""
    new[-1].tail = words[offset:]
    if tail:
        element.tail = words[:offset]
        parent = element.getparent()
        if parent is not None:
            parent[parent.index(element) + 1 : parent.index(element) + 1] = new
    else:
        element.text = words[:offset]
        element[0:0] = new
