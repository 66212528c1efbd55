"""PDF reader on pdfium: fast text with boxes, then layout, furniture, paragraphs, tables and forms rebuilt."""

from dataclasses import replace
from typing import Any

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers.ocr import DPI, Recogniser, available
from clausecheck.readers.pdf_chars import PageChars
from clausecheck.readers.pdf_columns import order_lines
from clausecheck.readers.pdf_flow import Page, write_pages
from clausecheck.readers.pdf_forms import is_form, page_extras, warn_of_contents
from clausecheck.readers.pdf_furniture import find_sidebars
from clausecheck.readers.pdf_layout import PageText
from clausecheck.readers.pdf_segments import read_page
from clausecheck.readers.pdf_tables import find_grids, place
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


class _Reader:
    """Reads the pages of one open PDF; remembers which were recognised, which could not be read."""

    def __init__(self, pdf: Any, source: Source) -> None:
        self._pdf = pdf
        self._builder = DocumentBuilder(source)
        self._recogniser = Recogniser()
        self._turns: dict[int, Turn] = {}

    def read(self) -> Document:
        """Read everything and build the document."""
        texts = [text for index in range(len(self._pdf)) if (text := self._text(index)) is not None]
        sidebars = find_sidebars(texts)
        pages = [self._page(text, sidebars) for text in texts]
        write_pages(self._builder, pages)
        warn_of_contents(self._pdf, self._builder)
        self._recogniser.warn(self._builder)
        glyphs = sum(text.glyphs for text in texts)
        unknown = sum(text.unknown for text in texts) / glyphs if glyphs else 0.0
        coverage = replace(self._recogniser.coverage(len(self._pdf)), unknown_glyphs=unknown)
        document = self._builder.build(coverage=coverage, metadata=self._metadata())
        return replace(document, anchors=as_shown(document.anchors, self._turns))

    def _text(self, index: int) -> PageText | None:
        """Segments of a page, from OCR when it has no usable text; None when nothing can be read."""
        page = self._pdf[index]
        try:
            chars = PageChars(page.get_textpage())
            if turn := upright(page, chars):
                self._turns[index + 1] = turn
            text = read_page(page, chars, index + 1)
            if not text.garbled and (text.glyphs >= _FEW_GLYPHS or not _is_picture(page)):
                return text
            return self._recognise(page, text)
        finally:
            page.close()

    def _recognise(self, page: Any, text: PageText) -> PageText | None:
        image = page.render(scale=DPI / 72).to_pil() if available() else None
        segments = self._recogniser.read(image, text.number, DPI)
        return None if segments is None else replace(text, segments=tuple(segments), unknown=0)

    def _page(self, text: PageText, sidebars: set[Any]) -> Page:
        page = self._pdf[text.number - 1]
        try:
            segments = [segment for segment in text.segments if segment not in sidebars]
            lines = order_lines(place(segments, find_grids(page)), text.width)
            sidebar = [segment for segment in text.segments if segment in sidebars]
            return Page(text.number, text.height, tuple(lines), tuple(sidebar), tuple(page_extras(self._pdf, page)))
        finally:
            page.close()

    def _metadata(self) -> list[tuple[str, str]]:
        values = self._pdf.get_metadata_dict(skip_empty=True)
        return [(_METADATA[key], value) for key, value in values.items() if key in _METADATA]


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
