"""Character recognition by tesseract, kept behind this module: page images to lines with boxes and confidence."""

import io
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from clausecheck.document import Coverage, Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers.pdf_columns import order_lines
from clausecheck.readers.pdf_flow import Page, write_pages
from clausecheck.readers.pdf_layout import Line, union

DPI = 300
"""Resolution pages are rendered at."""

TIME_LIMIT = 180
"""Seconds allowed to one page."""

_LANGUAGE = "fra"
_COLUMNS = 12


@lru_cache(maxsize=1)
def available() -> bool:
    """Tell whether tesseract and its French data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, encoding="utf-8", timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return _LANGUAGE in (listed.stdout + listed.stderr).split()


def page_list(pages: Sequence[int]) -> str:
    """Return page numbers as people write them: «1, 3 à 7»."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} à {run[-1]}" for run in runs)


def missing_message(pages: Sequence[int]) -> str:
    """Return the message for pages that only character recognition could read."""
    return (
        f"Pages sans texte lisible\u202f: {page_list(pages)}. "
        "Installez tesseract avec le français (« fra »), puis relancez, ou demandez le fichier d'origine."
    )


def recognise(image: Any, page: int, dpi: float) -> list[Line]:
    """Read a PIL image of page ``page`` at ``dpi``; boxes in points. Raises ``ReadError`` when tesseract fails."""
    buffer = io.BytesIO()
    image.convert("L").save(buffer, format="PNG")
    command = [
        shutil.which("tesseract") or "tesseract",
        "stdin",
        "stdout",
        "-l",
        _LANGUAGE,
        "--dpi",
        str(round(dpi)),
        "tsv",
    ]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=buffer.getvalue(), capture_output=True, timeout=TIME_LIMIT, env=environment, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise ReadError(
            f"La reconnaissance de la page {page} a échoué\u202f: vérifiez l'installation de tesseract.", "ocr_echec"
        ) from error
    return parse_tsv(done.stdout.decode("utf-8", "replace"), page, 72 / dpi)


def parse_tsv(tsv: str, page: int, scale: float) -> list[Line]:
    """Turn tesseract's TSV into lines; ``scale`` goes from pixels to points."""
    words: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < _COLUMNS or not cells[11].strip() or float(cells[10]) < 0:
            continue
        left, top, width, height = (float(cell) * scale for cell in cells[6:10])
        word = Line(cells[11].strip(), page, (left, top, left + width, top + height), height, confidence=float(cells[10]))
        words[tuple(cells[2:5])].append(word)
    return [_line(entries, page) for entries in words.values()]


def _line(words: Sequence[Line], page: int) -> Line:
    confidence = sum(word.confidence or 0.0 for word in words) / len(words)
    heights = sorted(word.size for word in words)
    size, box = heights[len(heights) // 2], union([word.box for word in words])
    return Line(" ".join(word.text for word in words), page, box, size, confidence=confidence, words=tuple(words))


def read(data: bytes, source: Source) -> Document:
    """Read a scanned image (png, jpg, tiff, several pages). Raises ``ReadError`` when it does not open."""
    builder = DocumentBuilder(source)
    pages: list[Page] = []
    unreadable: list[int] = []
    for number, (image, dpi) in enumerate(_frames(data, source), 1):
        if available():
            lines = order_lines(recognise(image, number, dpi), image.width * 72 / dpi)
            pages.append(Page(number, image.height * 72 / dpi, tuple(lines)))
        else:
            unreadable.append(number)
    write_pages(builder, pages)
    if unreadable:
        builder.warn("pages_illisibles", missing_message(unreadable))
    return builder.build(coverage=_coverage(pages, unreadable))


def _coverage(pages: Sequence[Page], unreadable: Sequence[int]) -> Coverage:
    values = [line.confidence for page in pages for line in page.lines if line.confidence is not None]
    mean = sum(values) / len(values) if values else None
    return Coverage(len(pages) + len(unreadable), len(pages), tuple(unreadable), mean)


def _frames(data: bytes, source: Source) -> Iterator[tuple[Any, float]]:
    from PIL import Image, ImageSequence

    try:
        with Image.open(io.BytesIO(data)) as picture:
            for frame in ImageSequence.Iterator(picture):
                dpi = float(frame.info.get("dpi", (DPI, DPI))[0])
                yield frame.copy(), dpi if dpi >= 70 else DPI
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadError(
            f"« {source.path} » est une image illisible\u202f: demandez un PDF ou le fichier d'origine.",
            "fichier_endommage",
        ) from error
