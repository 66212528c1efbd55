"""PDF reader on pdfium: fast text with boxes, then layout, furniture, paragraphs, tables and forms rebuilt."""

from collections.abc import Iterator, Sequence
from typing import Any

from clausecheck.document import Coverage, Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers.outline import Outline
from clausecheck.readers.pdf_blocks import BlockWriter
from clausecheck.readers.pdf_columns import order_lines
from clausecheck.readers.pdf_furniture import find_contents, find_furniture
from clausecheck.readers.pdf_layout import Line, PageText, read_page
from clausecheck.readers.pdf_structure import Group, continues, measure
from clausecheck.readers.pdf_tables import find_grids, place
from clausecheck.readers.pdf_words import LineJoiner, clean
from clausecheck.vocabulary import BlockKind, Layer

FOOTNOTE_SIZE = 0.9
"""A footnote is printed smaller than this share of the body size."""


def read(data: bytes, source: Source) -> Document:
    """Read a PDF. Raises ``ReadError`` when it is damaged or locked by a password."""
    pdf = _open(data, source)
    try:
        return _read_open(pdf, source)
    finally:
        pdf.close()


def _open(data: bytes, source: Source) -> Any:
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(
                f"« {source.path} » est protégé par un mot de passe\u202f: enregistrez une copie sans mot de passe, puis relancez.",
                "mot_de_passe",
            ) from error
        raise ReadError(
            f"« {source.path} » est un PDF endommagé\u202f: demandez-en une nouvelle copie ou réenregistrez-le.", "fichier_endommage"
        ) from error


def _read_open(pdf: Any, source: Source) -> Document:
    builder = DocumentBuilder(source)
    pages = [read_page(pdf[index], index + 1) for index in range(len(pdf))]
    readable = [page for page in pages if page.segments and not page.garbled]
    lines = [_lines(pdf[page.number - 1], page) for page in readable]
    _write(builder, readable, lines)
    unreadable = tuple(page.number for page in pages if page not in readable)
    coverage = Coverage(len(pages), len(readable), unreadable)
    return builder.build(coverage=coverage)


def _lines(page: Any, text: PageText) -> list[Line]:
    """Lines and table rows of a page in reading order."""
    return order_lines(place(text.segments, find_grids(page)), text.width)


def _write(builder: DocumentBuilder, pages: Sequence[PageText], lines: Sequence[list[Line]]) -> None:
    furniture = find_furniture(lines, [page.height for page in pages])
    flow = [line for page in lines for line in page if line not in furniture]
    contents = find_contents(flow)
    body = [line for line in flow if line not in contents]
    typography = measure(body)
    joiner = LineJoiner(clean(line.text) for line in body)
    writer = BlockWriter(Outline(builder), typography, joiner)
    group: Group | None = None
    waiting: list[tuple[Line, Layer]] = []
    for line in (line for page in lines for line in page):
        layer = Layer.FURNITURE if line in furniture else Layer.TOC if line in contents else Layer.BODY
        if layer is not Layer.BODY:
            waiting.append((line, layer))
        elif group and continues(group, line, typography):
            group.lines.append(line)
        else:
            if group:
                writer.body(group)
            for aside, aside_layer in waiting:
                writer.aside([aside], aside_layer)
            waiting = []
            group = Group([line])
    if group:
        writer.body(group)
    for aside, aside_layer in waiting:
        writer.aside([aside], aside_layer)
