"""Character recognition of page images: which program reads them, and what is said of the pages that none could read."""

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol

from clausecheck.document import Coverage, Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers import deskew, scan_tables
from clausecheck.readers.pdf_columns import order_lines
from clausecheck.readers.pdf_layout import Line
from clausecheck.readers.pdf_tables import place

DPI = 300
"""Resolution pages are rendered at."""

_COARSE = 200
_LEAST_DPI = 70
"""A picture that claims fewer dots an inch than this does not know its size."""

WEAK = 75.0
"""Mean confidence (0–100) under which a page is weakly read: about one word in ten is wrong (``benchmarks/reading.py``)."""


class OcrError(Exception):
    """The program failed on a page; ``str()`` says why, in French. ``final``: it would fail on the next ones as well."""

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


class Engine(Protocol):
    """A program that reads a page image."""

    def read(self, image: Any, page: int, dpi: float) -> list[Line]:
        """Return the lines of a PIL image; boxes in points of the image as given. Raises ``OcrError``."""


@lru_cache(maxsize=1)
def engine() -> Engine | None:
    """Return the program to use: tesseract with its French data, else rapidocr, else None."""
    from clausecheck.readers import rapid, tesseract

    return tesseract.load() or rapid.load()


def available() -> bool:
    """Tell whether a program can read page images."""
    return engine() is not None


class Recogniser:
    """Reads page images one by one and remembers which were read, weakly read, or not read and why."""

    def __init__(self) -> None:
        self.recognised: list[int] = []
        self.unreadable: list[int] = []
        self._confidences: dict[int, float] = {}
        self._failure = ""
        self._stopped = False

    def read(self, image: Any, page: int, dpi: float) -> list[Line] | None:
        """Return the lines and table rows of ``image`` in reading order, None where it could not be read."""
        lines = self._attempt(image, page, dpi)
        if lines == [] and not deskew.is_blank(image):
            self._failure, lines = self._failure or _NO_WORD, None
        if lines is None:
            self.unreadable.append(page)
            return None
        self.recognised.append(page)
        leaves = [leaf for line in lines for cell in line.cells or ((line,),) for leaf in cell]
        values = [(len(line.text), line.confidence) for line in leaves if line.confidence is not None]
        if values:
            self._confidences[page] = sum(length * value for length, value in values) / sum(length for length, _ in values)
        return lines

    def _attempt(self, image: Any, page: int, dpi: float) -> list[Line] | None:
        reader = engine()
        if reader is None or self._stopped:
            return None
        try:
            straight, angle = deskew.straighten(deskew.despeckled(image, dpi))
            grids = scan_tables.grids(deskew.rotated(image, angle), dpi)  # the thinnest rules go with the specks
            lines = scan_tables.cut(reader.read(straight, page, dpi), grids)
            ordered = order_lines(place(lines, grids), image.width * 72 / dpi)
            return deskew.placed(ordered, angle, image.size, 72 / dpi)
        except OcrError as error:
            self._failure, self._stopped = str(error), error.final
            return None

    def coverage(self, total: int) -> Coverage:
        """Return the coverage of a file of ``total`` pages."""
        values = self._confidences.values()
        mean = sum(values) / len(values) if values else None
        weak = tuple(page for page, value in self._confidences.items() if value < WEAK)
        return Coverage(total, total - len(self.unreadable), tuple(self.unreadable), mean, weak)

    def warn(self, builder: DocumentBuilder) -> None:
        """Say which pages were recognised, which weakly, and which were not and what to do."""
        if self.unreadable:
            builder.warn("pages_illisibles", f"Pages sans texte lisible\u202f: {page_list(self.unreadable)}. {self._failure or _MISSING}")
        if self.recognised:
            builder.warn("ocr", f"Pages lues par reconnaissance de caractères\u202f: {page_list(self.recognised)}.")
        if weak := self.coverage(0).weak:
            builder.warn(
                "ocr_faible", f"Pages mal lues\u202f: {page_list(weak)}. Vérifiez-les sur l'original ou demandez un meilleur scan."
            )


_NO_WORD = "Aucun mot n'y est reconnu\u202f: regardez l'original, ou demandez un meilleur scan."
_MISSING = "Installez tesseract avec le français (« fra »), puis relancez, ou demandez le fichier d'origine."


def page_list(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: «1, 3 à 7»."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} à {run[-1]}" for run in runs)


def read(data: bytes, source: Source) -> Document:
    """Read a scanned image (png, jpg, tiff, several pages). Raises ``ReadError`` when it does not open."""
    from clausecheck.readers.pdf_flow import Page, write_pages

    builder, recogniser = DocumentBuilder(source), Recogniser()
    pages: list[Page] = []
    total = 0
    for number, (image, dpi) in enumerate(_frames(data, source), 1):
        total = number
        lines = recogniser.read(image, number, dpi)
        if lines is not None:
            pages.append(Page(number, image.height * 72 / dpi, tuple(lines)))
    write_pages(builder, pages)
    recogniser.warn(builder)
    return builder.build(coverage=recogniser.coverage(total))


def _enlarged(frame: Any, dpi: float) -> tuple[Any, float]:
    """Return a picture at ``DPI`` where it is coarser: small letters are read badly."""
    if dpi >= _COARSE:
        return frame.copy(), dpi
    return frame.convert("L").resize((round(frame.width * DPI / dpi), round(frame.height * DPI / dpi))), DPI


def _frames(data: bytes, source: Source) -> Iterator[tuple[Any, float]]:
    from PIL import Image, ImageSequence

    try:
        with Image.open(io.BytesIO(data)) as picture:
            for frame in ImageSequence.Iterator(picture):
                dpi = float(frame.info.get("dpi", (DPI, DPI))[0])
                yield _enlarged(frame, dpi if dpi >= _LEAST_DPI else DPI)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadError(
            f"« {source.path} » est une image illisible\u202f: demandez un PDF ou le fichier d'origine.",
            "fichier_endommage",
        ) from error
