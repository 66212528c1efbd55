"""The blocks of a DOCX part in reading order: paragraphs, tables, content controls, text boxes, notes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from clausecheck.document.builder import Piece
from clausecheck.readers.counters import format_number
from clausecheck.readers.docx_numbering import Numbering
from clausecheck.readers.docx_runs import Inline, Runs, revision
from clausecheck.readers.docx_styles import Style, Styles
from clausecheck.readers.docx_xml import MC, W, find, integer, members, toggle, val, visible_branch
from clausecheck.readers.notices import Notices, Revision, who_when
from clausecheck.readers.package import Element
from clausecheck.readers.paragraphs import Label, Paragraphs, Traits, labelled
from clausecheck.readers.pieces import flatten, join
from clausecheck.vocabulary import Layer

_CONTAINERS = {W + name for name in ("customXml", "smartTag", "sdtContent", "ins", "moveTo")}
_TOC_GALLERIES = ("table of contents", "table des matières")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, endnote or comment: its element, the part it stands in, and who wrote it."""

    element: Element
    runs: Runs
    author: str = ""


@dataclass(slots=True)
class Story:
    """What every part of one document shares."""

    blocks: Paragraphs
    styles: Styles
    numbering: Numbering
    notices: Notices
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"footnote": 0, "endnote": 0})


@dataclass(slots=True)
class _Aside:
    """What is said after the paragraph or row that carries it."""

    boxes: list[Element] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    deleted: list[tuple[Revision, list[Piece]]] = field(default_factory=list)
    hidden: list[list[Piece]] = field(default_factory=list)

    def take(self, inline: Inline) -> None:
        """Set aside what ``inline`` carries besides its text."""
        self.boxes += inline.boxes
        self.notes += inline.notes
        self.deleted += inline.deleted
        self.hidden += [inline.hidden] if inline.hidden else []


class Walker:
    """Walks one part and adds its blocks; ``layer`` other than BODY applies to all of them."""

    def __init__(self, story: Story, runs: Runs, layer: Layer = Layer.BODY) -> None:
        self._story = story
        self._runs = runs
        self._layer = layer
        self._carried: list[Piece] = []
        self._deletion: Revision | None = None

    def walk(self, container: Element) -> None:
        """Add the blocks of ``container``."""
        self._blocks(container)
        if self._carried:
            self._story.blocks.paragraph(self._carried, Traits(layer=self._layer))
            self._carried = []

    def _blocks(self, container: Iterable[Element]) -> None:
        for child in container:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child)
            elif tag == W + "tbl":
                self._table(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag in _CONTAINERS:
                self._blocks(child)
            elif tag in (W + "del", W + "moveFrom"):
                self._within(revision(child), child)
            elif tag == MC + "AlternateContent":
                branch = visible_branch(child)
                self._blocks(branch if branch is not None else ())
            elif tag in (W + "altChunk", W + "subDoc"):
                self._story.notices.unread["document incorporé"] += 1

    def _within(self, deletion: Revision, container: Element) -> None:
        outer, self._deletion = self._deletion, deletion
        self._blocks(container)
        self._deletion = outer

    def _control(self, control: Element) -> None:
        gallery = (val(control, "sdtPr", "docPartObj", "docPartGallery") or "").lower()
        content = find(control, "sdtContent")
        if content is None:
            return
        outer = self._layer
        if gallery in _TOC_GALLERIES and outer is Layer.BODY:
            self._layer = Layer.TOC
        self._blocks(content)
        self._layer = outer

    def _paragraph(self, paragraph: Element) -> None:
        aside = _Aside()
        pieces, label, style, inline = self._read(paragraph, aside)
        if pieces is not None:
            self._story.blocks.paragraph(pieces, self._traits(paragraph, label, style, inline))
        self._tell(aside)

    def _read(self, paragraph: Element, aside: _Aside) -> tuple[list[Piece] | None, Label | None, Style, Inline]:
        """Return the text (None when it joins the next paragraph), the number printed, the style and the content."""
        properties = members(find(paragraph, "pPr"))
        style = self._story.styles.get(val(properties.get(W + "pStyle")))
        inline = self._runs.read(paragraph, style, self._deletion)
        aside.take(inline)
        mark = members(properties.get(W + "rPr"))
        if self._deletion is not None or W + "del" in mark or W + "moveFrom" in mark:
            self._carried += inline.pieces
            return None, None, style, inline
        hidden = bool(toggle(mark, "vanish")) and not inline.characters
        label = None if hidden else self._story.numbering.next(properties, style)
        pieces, self._carried = [*self._carried, *inline.pieces], []
        return pieces, label, style, inline

    def _traits(self, paragraph: Element, label: Label | None, style: Style, inline: Inline) -> Traits:
        outline = integer(val(paragraph, "pPr", "outlineLvl"))
        own = None if outline is None or outline > 8 else outline + 1
        return Traits(
            heading=style.heading if outline is None else own,
            bold=inline.all_bold or style.titled,
            label=label,
            layer=self._layer_of(style, inline),
            style=style.name or None,
        )

    def _layer_of(self, style: Style, inline: Inline) -> Layer:
        in_toc = style.toc or inline.toc * 2 > inline.characters
        return Layer.TOC if in_toc and self._layer is Layer.BODY else self._layer

    def _table(self, table: Element) -> None:
        rows = [(row, list(_members(row, "tc"))) for row in _members(table, "tr")]
        if all(len(cells) == 1 for _, cells in rows):
            self._frame(rows)
            return
        for row, cells in rows:
            self._row(row, cells)

    def _frame(self, rows: list[tuple[Element, list[Element]]]) -> None:
        """Read a one-column table as plain blocks: it only draws a border around them."""
        for row, cells in rows:
            removed = find(row, "trPr", "del")
            for cell in cells:
                if removed is not None:
                    self._within(revision(removed), cell)
                else:
                    self._blocks(cell)

    def _row(self, row: Element, cells: list[Element]) -> None:
        removed = find(row, "trPr", "del")
        outer, self._deletion = self._deletion, self._deletion if removed is None else revision(removed)
        aside = _Aside()
        in_toc = self._runs.fields.in_toc and self._layer is Layer.BODY
        texts = [self._cell(cell, aside) for cell in cells if not _continues(cell)]
        self._story.blocks.row(texts, Layer.TOC if in_toc else self._layer)
        self._tell(aside)
        self._deletion = outer

    def _cell(self, cell: Element, aside: _Aside) -> list[Piece]:
        texts = []
        for paragraph in _cell_paragraphs(cell, aside):
            pieces, label, _, _ = self._read(paragraph, aside)
            if pieces is not None:
                texts.append(labelled(flatten(pieces), label))
        carried, self._carried = flatten(self._carried), []
        return join([text for text in (*texts, carried) if text], " ")

    def _tell(self, aside: _Aside) -> None:
        blocks = self._story.blocks
        for table in aside.tables:
            self._table(table)
        for box in aside.boxes:
            self._blocks(box)
        for kind, identifier in aside.notes:
            self._note(kind, identifier)
        for who, pieces in aside.deleted:
            self._story.notices.deletions[who] += 1
            blocks.aside(pieces, layer=Layer.DELETED, style=who_when(who))
        for pieces in aside.hidden:
            self._story.notices.hidden += 1
            blocks.hidden(pieces)

    def _note(self, kind: str, identifier: str) -> None:
        if kind in self._story.counts:
            self._story.counts[kind] += 1
        note = self._story.notes.pop((kind, identifier), None)
        if note is not None:
            self.note(note, kind)

    def note(self, note: Note, kind: str) -> None:
        """Add a footnote or endnote as FOOTNOTE, a comment as NOTE, each in one block."""
        walker = Walker(self._story, note.runs)
        aside = _Aside()
        text = walker._cell(note.element, aside)
        if kind == "comment":
            self._story.blocks.comment(note.author, text)
        else:
            number = format_number(self._story.counts[kind], "lowerRoman" if kind == "endnote" else "decimal")
            self._story.blocks.footnote(number, text, self._layer)
        walker._tell(aside)


def _members(parent: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through content controls and tracked insertions."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in _CONTAINERS:
            yield from _members(child, name)
        elif child.tag == W + "sdt":
            content = find(child, "sdtContent")
            yield from _members(content, name) if content is not None else ()


def _continues(cell: Element) -> bool:
    properties = members(find(cell, "tcPr"))
    merges = (properties.get(W + "vMerge"), properties.get(W + "hMerge"))
    return any(merge is not None and merge.get(W + "val", "continue") == "continue" for merge in merges)


def _cell_paragraphs(container: Element, aside: _Aside) -> Iterator[Element]:
    """Yield the paragraphs of a cell and set its nested tables aside."""
    for child in container:
        if child.tag == W + "p":
            yield child
        elif child.tag == W + "tbl":
            aside.tables.append(child)
        elif child.tag in _CONTAINERS:
            yield from _cell_paragraphs(child, aside)
        elif child.tag == W + "sdt":
            content = find(child, "sdtContent")
            yield from _cell_paragraphs(content, aside) if content is not None else ()
        elif child.tag == MC + "AlternateContent":
            branch = visible_branch(child)
            yield from _cell_paragraphs(branch, aside) if branch is not None else ()
