"""The blocks of an ODT part in reading order: paragraphs, lists, tables, sections, frames, notes, tracked changes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from clausecheck.document.builder import Piece
from clausecheck.readers.notices import Notices, Revision, who_when
from clausecheck.readers.odt_numbering import OdtList, OdtNumbering
from clausecheck.readers.odt_runs import OdtInline, OdtRuns
from clausecheck.readers.odt_styles import OdtStyles
from clausecheck.readers.odt_xml import DC, DRAW, OFFICE, TABLE, TEXT, XML_ID, count
from clausecheck.readers.package import Element
from clausecheck.readers.paragraphs import Label, Paragraphs, Traits, labelled
from clausecheck.readers.pieces import flatten, join
from clausecheck.vocabulary import Layer

_PARAGRAPHS = (TEXT + "p", TEXT + "h")
_INDEXES = {
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    )
}
_ROW_GROUPS = {TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group")}
_MAX_REPEAT = 50

_Later = list[Callable[[], None]]
"""What is said after the paragraph or row that carries it."""


@dataclass(slots=True)
class OdtStory:
    """What the parts of one document share; ``changes``: tracked changes by identifier."""

    blocks: Paragraphs
    styles: OdtStyles
    numbering: OdtNumbering
    notices: Notices
    changes: dict[str, Element] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"footnote": 0, "endnote": 0})


@dataclass(frozen=True, slots=True)
class _Item:
    """Where a paragraph stands in a list: its list, its depth, the start set on its item, whether it is numbered."""

    list: OdtList
    level: int
    start: int | None = None
    numbered: bool = True


class OdtWalker:
    """Walks one part and adds its blocks; ``layer`` other than BODY applies to all of them."""

    def __init__(self, story: OdtStory, runs: OdtRuns, layer: Layer = Layer.BODY) -> None:
        self._story = story
        self._runs = runs
        self._layer = layer

    def walk(self, container: Iterable[Element]) -> None:
        """Add the blocks of ``container``."""
        for child in container:
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child, None)
            elif tag == TEXT + "list":
                self._list(child)
            elif tag == TABLE + "table":
                self._table(child)
            elif tag in _INDEXES:
                body = child.find(TEXT + "index-body")
                self._under(Layer.TOC, body if body is not None else ())
            else:
                self._other(child)

    def _other(self, child: Element) -> None:
        tag = child.tag
        if tag == TEXT + "section":
            self._section(child)
        elif tag in (TEXT + "index-title", TEXT + "numbered-paragraph"):
            self.walk(child)
        elif tag in (TEXT + "change", TEXT + "change-start") or str(tag).startswith(DRAW):
            self._set_aside(child)

    def _under(self, layer: Layer, container: Iterable[Element]) -> None:
        outer = self._layer
        self._layer = layer if outer is Layer.BODY else outer
        self.walk(container)
        self._layer = outer

    def _section(self, section: Element) -> None:
        if section.get(TEXT + "display") == "none":
            self._story.notices.hidden += 1
            self._under(Layer.NOTE, section)
        else:
            self.walk(section)

    def _paragraph(self, paragraph: Element, item: _Item | None) -> None:
        inline = self._runs.read(paragraph)
        style = self._story.styles.paragraph(paragraph.get(TEXT + "style-name"))
        heading = count(paragraph, TEXT + "outline-level") if paragraph.tag == TEXT + "h" else 1 if style.title else None
        traits = Traits(
            heading=heading,
            bold=inline.all_bold,
            label=self._label(paragraph, item),
            layer=self._layer,
            style=style.name or None,
        )
        self._story.blocks.paragraph(inline.pieces, traits)
        self._tell(inline)

    def _label(self, paragraph: Element, item: _Item | None) -> Label | None:
        if item is not None:
            return item.list.next(item.level, item.start) if item.numbered else None
        if paragraph.tag != TEXT + "h" or paragraph.get(TEXT + "is-list-header") == "true":
            return None
        level = count(paragraph, TEXT + "outline-level")
        restart = paragraph.get(TEXT + "restart-numbering") == "true"
        start = count(paragraph, TEXT + "start-value") if restart else None
        return self._story.numbering.outline.next(level, start)

    def _list(self, element: Element) -> None:
        for paragraph, item in self._items(element, None, 1):
            if paragraph.tag in _PARAGRAPHS:
                self._paragraph(paragraph, item)
            else:
                self.walk([paragraph])

    def _items(self, element: Element, outer: OdtList | None, level: int) -> Iterator[tuple[Element, _Item | None]]:
        """Yield the paragraphs of a list and of the lists in it, each with its place; other elements as they stand."""
        if outer is None:
            current = self._story.numbering.open(element, self._paragraph_list_style(element))
        else:
            current = self._story.numbering.restyled(outer, element.get(TEXT + "style-name"))
        for item in element:
            start = count(item, TEXT + "start-value") if item.get(TEXT + "start-value") else None
            numbered = item.tag == TEXT + "list-item"
            for child in item:
                if child.tag == TEXT + "list":
                    yield from self._items(child, current, level + 1)
                elif child.tag in _PARAGRAPHS:
                    yield child, _Item(current, level, start, numbered)
                    numbered = False
                else:
                    yield child, None

    def _paragraph_list_style(self, element: Element) -> str | None:
        first = next(element.iter(*_PARAGRAPHS), None)
        return None if first is None else self._story.styles.paragraph(first.get(TEXT + "style-name")).list_style

    def _table(self, table: Element) -> None:
        rows = [list(row.findall(TABLE + "table-cell")) for row in _rows(table)]
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                self.walk(child for cell in cells for child in cell)
            return
        for cells in rows:
            self._row(cells)

    def _row(self, cells: list[Element]) -> None:
        later: _Later = []
        texts = [self._cell(cell, later) for cell in cells for _ in range(_repeats(cell))]
        self._story.blocks.row(texts, self._layer)
        for say in later:
            say()

    def _cell(self, container: Iterable[Element], later: _Later) -> list[Piece]:
        texts = []
        for child, item in self._cell_content(container):
            if child.tag in _PARAGRAPHS:
                inline = self._runs.read(child)
                texts.append(labelled(flatten(inline.pieces), self._label(child, item)))
                later.append(partial(self._tell, inline))
            else:
                later.append(partial(self.walk, [child]))
        return join([text for text in texts if text], " ")

    def _cell_content(self, container: Iterable[Element]) -> Iterator[tuple[Element, _Item | None]]:
        for child in container:
            if child.tag == TEXT + "list":
                yield from self._items(child, None, 1)
            elif child.tag == TEXT + "section" and child.get(TEXT + "display") != "none":
                yield from self._cell_content(child)
            else:
                yield child, None

    def _tell(self, inline: OdtInline) -> None:
        if flatten(inline.hidden):
            self._story.notices.hidden += 1
            self._story.blocks.hidden(inline.hidden)
        for element in inline.aside:
            self._set_aside(element)

    def _set_aside(self, element: Element) -> None:
        tag = element.tag
        if tag == TEXT + "note":
            self._note(element)
        elif tag == OFFICE + "annotation":
            self._annotation(element)
        elif tag in (TEXT + "change", TEXT + "change-start"):
            self._change(element)
        else:
            self._drawing(element)

    def _note(self, note: Element) -> None:
        kind = "endnote" if note.get(TEXT + "note-class") == "endnote" else "footnote"
        self._story.counts[kind] += 1
        citation, body = note.find(TEXT + "note-citation"), note.find(TEXT + "note-body")
        number = (citation.text if citation is not None else None) or str(self._story.counts[kind])
        later: _Later = []
        pieces = self._cell(body if body is not None else (), later)
        self._story.blocks.footnote(number, pieces, self._layer)
        for say in later:
            say()

    def _annotation(self, annotation: Element) -> None:
        pieces = self._cell((child for child in annotation if str(child.tag).startswith(TEXT)), [])
        self._story.blocks.comment(annotation.findtext(DC + "creator"), pieces)

    def _change(self, mark: Element) -> None:
        change = self._story.changes.get(mark.get(TEXT + "change-id") or "")
        if change is None:
            return
        who = _revision(change)
        if change.tag == TEXT + "insertion":
            self._story.notices.insertions[who] += 1
        elif change.tag == TEXT + "deletion":
            self._story.notices.deletions[who] += 1
            for paragraph in change.iter(*_PARAGRAPHS):
                self._story.blocks.aside(self._runs.read(paragraph).pieces, layer=Layer.DELETED, style=who_when(who))

    def _drawing(self, element: Element) -> None:
        """Read the text of a frame or shape; count the picture when it has none."""
        boxes = [element, *element.iter(DRAW + "text-box")]
        texts = [child for box in boxes for child in box if child.tag in (*_PARAGRAPHS, TEXT + "list", TABLE + "table", TEXT + "section")]
        if texts:
            self.walk(texts)
        elif element.tag == DRAW + "g":
            for child in element:
                self._drawing(child)
        elif element.find(DRAW + "object") is not None:
            self._story.notices.unread["objet incorporé"] += 1
        elif element.find(DRAW + "image") is not None:
            self._story.notices.images += 1


def changes_of(root: Element) -> dict[str, Element]:
    """Return the tracked changes of a part by identifier: each a ``text:insertion``, ``text:deletion`` or format change."""
    found = {}
    for region in root.iter(TEXT + "changed-region"):
        for name in (TEXT + "id", XML_ID):
            if region.get(name) and len(region):
                found[region.get(name) or ""] = region[0]
    return found


def _revision(change: Element) -> Revision:
    info = change.find(OFFICE + "change-info")
    if info is None:
        return "", ""
    return info.findtext(DC + "creator") or "", info.findtext(DC + "date") or ""


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _repeats(cell: Element) -> int:
    return min(count(cell, TABLE + "number-columns-repeated"), _MAX_REPEAT)
