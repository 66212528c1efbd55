"""PDF reader on pdfium: fast text with boxes, then layout, furniture, paragraphs, tables and forms rebuilt."""

from dataclasses import dataclass, replace
from typing import Any

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers.ocr import DPI, Recogniser, available
from clausecheck.readers.pdf_chars import PageChars
from clausecheck.readers.pdf_columns import order_lines
from clausecheck.readers.pdf_flow import Extra, Page, write_pages
from clausecheck.readers.pdf_forms import is_form, meta_text, page_extras, warn_of_contents
from clausecheck.readers.pdf_furniture import find_sidebars
from clausecheck.readers.pdf_layout import Line, PageText
from clausecheck.readers.pdf_paths import drawing, with_bullets
from clausecheck.readers.pdf_segments import read_page
from clausecheck.readers.pdf_tables import Grid, find_grids, place
from clausecheck.readers.pdf_turned import Turn, as_shown, upright

_METADATA = {
    "Title": "titre",
    "Author": "auteur",
    "Subject": "sujet",
    "Creator": "logiciel",
    "CreationDate": "cree_le",
    "ModDate": "modifie_le",
}


def read(data: bytes, source: Source) -> Document:
    """Read a PDF; pages without text go through OCR where it is installed.

    Raises ``ReadError`` when the file is damaged or locked by a password.
    """
    pdf = _open(data, source)
    try:
        return _Reader(pdf, source).read()
    finally:
        pdf.close()


def _open(data: bytes, source: Source) -> Any:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
        if is_form(pdf):
            pdf.init_forms()
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(
                f"« {source.path} » est protégé par un mot de passe\u202f: enregistrez une copie sans mot de passe, puis relancez.",
                "mot_de_passe",
            ) from error
        raise ReadError(
            f"« {source.path} » est un PDF endommagé\u202f: demandez-en une nouvelle copie ou réenregistrez-le.",
            "fichier_endommage",
        ) from error
    if len(pdf) == 0:
        raise ReadError(f"« {source.path} » n'a aucune page\u202f: demandez-en une nouvelle copie.", "fichier_vide")
    return pdf


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a page holds: its text, the grids of its tables, its fields and annotations."""

    text: PageText
    grids: list[Grid]
    extras: tuple[Extra, ...]


def _lay_out(sheet: _Sheet, sidebars: set[Line]) -> Page:
    """Put the lines of a page in reading order, those of its side columns apart."""
    text = sheet.text
    segments = [segment for segment in text.segments if segment not in sidebars]
    lines = segments if text.ordered else order_lines(place(segments, sheet.grids), text.width)
    sidebar = [segment for segment in text.segments if segment in sidebars]
    return Page(text.number, text.height, tuple(lines), tuple(sidebar), sheet.extras)


class _Reader:
    """Reads the pages of one open PDF; remembers which were recognised, which could not be read."""

    def __init__(self, pdf: Any, source: Source) -> None:
        self._pdf = pdf
        self._builder = DocumentBuilder(source)
        self._recogniser = Recogniser()
        self._turns: dict[int, Turn] = {}

    def read(self) -> Document:
        """Read everything and build the document."""
        sheets = [sheet for index in range(len(self._pdf)) if (sheet := self._sheet(index)) is not None]
        texts = [sheet.text for sheet in sheets]
        sidebars = find_sidebars(texts)
        write_pages(self._builder, [_lay_out(sheet, sidebars) for sheet in sheets])
        warn_of_contents(self._pdf, self._builder)
        self._recogniser.warn(self._builder)
        glyphs = sum(text.glyphs for text in texts)
        unknown = sum(text.unknown for text in texts) / glyphs if glyphs else 0.0
        coverage = replace(self._recogniser.coverage(len(self._pdf)), unknown_glyphs=unknown)
        document = self._builder.build(coverage=coverage, metadata=self._metadata())
        return replace(document, anchors=as_shown(document.anchors, self._turns))

    def _sheet(self, index: int) -> _Sheet | None:
        """Read a page; None when nothing can be read."""
        page = self._pdf[index]
        try:
            text = self._text(page, index + 1)
            if text is None:
                return None
            drawn = drawing(page)
            text = replace(text, segments=tuple(with_bullets(text.segments, drawn.dots))) if drawn.dots else text
            return _Sheet(text, find_grids(drawn.edges), tuple(page_extras(self._pdf, page)))
        finally:
            page.close()

    def _text(self, page: Any, number: int) -> PageText | None:
        """Segments of a page, from OCR when it has no usable text."""
        chars = PageChars(page.get_textpage())
        if turn := upright(page, chars):
            self._turns[number] = turn
        text = read_page(page, chars, number)
        if not text.garbled and (text.glyphs >= _FEW_GLYPHS or not _is_picture(page)):
            return text
        return self._recognise(page, text)

    def _recognise(self, page: Any, text: PageText) -> PageText | None:
        image = page.render(scale=DPI / 72).to_pil() if available() else None
        segments = self._recogniser.read(image, text.number, DPI)
        return None if segments is None else replace(text, segments=tuple(segments), unknown=0, ordered=True)

    def _metadata(self) -> list[tuple[str, str]]:
        values = ((name, meta_text(self._pdf, key)) for key, name in _METADATA.items())
        return [(name, value) for name, value in values if value]


_FEW_GLYPHS = 40
"""A page of fewer glyphs than this, under a picture or drawings, is a scan."""


def _is_picture(page: Any) -> bool:
    """Tell whether a page is drawn: an image over a third of it, or letters turned into paths."""
    import ctypes

    from pypdfium2 import raw

    width, height = page.get_size()
    bounds = [ctypes.c_float() for _ in range(4)]
    paths = 0
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(item)
        paths += kind == raw.FPDF_PAGEOBJ_PATH
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(value) for value in bounds))
            left, bottom, right, top = (value.value for value in bounds)
            if (right - left) * (top - bottom) > width * height / 3:
                return True
    return paths > 150
