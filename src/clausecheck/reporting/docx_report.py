"""The report as a Word file: real styles, a table of contents, repeated header rows; the same report gives the same bytes."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from clausecheck.reporting.blocks import Block, Contents, Heading, Items, Paragraph, Table
from clausecheck.reporting.docx_parts import bookmark, field, flag, link, set_style, set_widths, shade
from clausecheck.reporting.docx_styles import CELL, HEAD_CELL, MARKED, SHADE, STYLES, prepare, status_colour
from clausecheck.reporting.outline import Outline, outline
from clausecheck.reporting.packing import repack
from clausecheck.reporting.typography import NNBSP
from clausecheck.reporting.view import ReportView

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
_CONTENTS = 'TOC \\o "1-2" \\h \\n'
"""Word's field: both levels of titles, linked, without page numbers, which only Word could fill: the entries are right as written."""


def render(view: ReportView) -> bytes:
    """Return the file."""
    from docx import Document

    said, document = outline(view), Document()
    prepare(document)
    _describe(document, said)
    _footer(document, said)
    writer = _Writer(document)
    writer.add("Title", said.title)
    for block in said.blocks:
        writer.write(block)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def _describe(document: "Document", said: Outline) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = said.title, "clausecheck", "fr-FR"
    properties.subject, properties.comments, properties.last_modified_by = "Vérification des clauses d’un contrat public", "", ""
    properties.created = properties.modified = _UNDATED


def _footer(document: "Document", said: Outline) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{said.title} – page ")
    field(paragraph, "PAGE")
    paragraph.add_run(" sur ")
    field(paragraph, "NUMPAGES")


class _Writer:
    """Adds blocks to a document; style names are looked up once, which python-docx does at each paragraph."""

    def __init__(self, document: "Document") -> None:
        self._document = document
        self._styles = {style.name: style.style_id for style in document.styles}

    def add(self, style: str, text: str = "") -> "WordParagraph":
        """Add a paragraph."""
        paragraph = self._document.add_paragraph(text)
        set_style(paragraph, self._styles[style])
        return paragraph

    def write(self, block: Block) -> None:
        """Add ``block``."""
        match block:
            case Heading(level=level, text=text, anchor=anchor):
                bookmark(self.add(f"Heading {level}", text), anchor)
            case Paragraph():
                self._paragraph(block)
            case Items(items=items, marked=marked):
                for item in items:
                    self.add(MARKED if marked else "List Bullet", item)
            case Table():
                self._table(block)
            case Contents():
                self._contents(block)

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self.add(STYLES[block.role])
        if block.label:
            paragraph.add_run(f"{block.label}{NNBSP}: " if block.text else block.label).bold = True
        if not block.text:
            paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run(block.text)
        if block.status is not None:
            run.font.color.rgb = status_colour(block.status)

    def _table(self, block: Table) -> None:
        self.add("Caption", block.caption)
        table = self._document.add_table(rows=0, cols=len(block.header), style="Table Grid")
        for cells in (block.header, *block.rows):
            self._row(table, cells, HEAD_CELL if cells is block.header else CELL)
        head = table.rows[0]
        flag(head, "tblHeader")
        for cell in head.cells:
            shade(cell, SHADE)
        set_widths(self._document, table, block.widths)
        self.add(CELL)

    def _row(self, table: Any, cells: tuple[str, ...], style: str) -> None:
        row = table.add_row()
        flag(row, "cantSplit")
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run(text)
            set_style(cell.paragraphs[0], self._styles[style])

    def _contents(self, block: Contents) -> None:
        """Write the table of contents as a field already filled."""
        self.add("TOC Heading", "Sommaire").paragraph_format.page_break_before = True
        paragraphs = [self.add(f"toc {entry.level}") for entry in block.entries]
        field(paragraphs[0], _CONTENTS, parts=("begin", "instruction", "separate"))
        for entry, paragraph in zip(block.entries, paragraphs, strict=True):
            link(paragraph, entry.anchor, entry.text)
        field(paragraphs[-1], "", parts=("end",))
