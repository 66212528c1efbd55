"""Tesseract, kept behind this module: a page image in, lines with boxes and confidence out; it may be absent, fail, hang or babble."""

import io
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clausecheck.readers.language import detect
from clausecheck.readers.ocr import OcrError
from clausecheck.readers.pdf_layout import Line, union
from clausecheck.vocabulary import Language

TIME_LIMIT = 120
"""Seconds allowed to one page."""

_COLUMNS = 12
_ENGLISH_WORDS = 40
"""Fewest words of a page from which its language is believed."""


def load() -> "Tesseract | None":
    """Return tesseract where it is installed with its French data."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    languages = (listed.stdout + listed.stderr).decode("utf-8", "replace").split()
    return Tesseract(program, english="eng" in languages) if "fra" in languages else None


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract. ``english``: its English data are there too."""

    program: str
    english: bool = False

    def read(self, image: Any, page: int, dpi: float) -> list[Line]:
        """Read a PIL image in French, again in English where the words are; boxes in points. Raises ``OcrError``."""
        buffer = io.BytesIO()
        image.convert("L").save(buffer, format="PNG", compress_level=1)
        lines = self._lines(buffer.getvalue(), "fra", page, dpi)
        text = " ".join(line.text for line in lines)
        if self.english and text.count(" ") > _ENGLISH_WORDS and detect(text) is Language.ENGLISH:
            return self._lines(buffer.getvalue(), "eng", page, dpi)
        return lines

    def _lines(self, picture: bytes, language: str, page: int, dpi: float) -> list[Line]:
        command = [self.program, "stdin", "stdout", "-l", language, "--dpi", str(round(dpi)), "tsv"]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        try:
            done = subprocess.run(command, input=picture, capture_output=True, timeout=TIME_LIMIT, env=environment, check=True)
        except subprocess.TimeoutExpired as error:
            raise OcrError(
                f"Tesseract ne répond pas après {TIME_LIMIT} s\u202f: relancez, ou fournissez un PDF avec texte.", final=True
            ) from error
        except (OSError, subprocess.SubprocessError) as error:
            raise OcrError("Tesseract a échoué\u202f: vérifiez son installation (« clausecheck doctor »), puis relancez.") from error
        lines = parse_tsv(done.stdout.decode("utf-8", "replace"), page, 72 / dpi)
        if lines is None:
            raise OcrError("Tesseract a répondu dans une forme inconnue\u202f: vérifiez sa version (« clausecheck doctor »).", final=True)
        return lines


def parse_tsv(tsv: str, page: int, scale: float) -> list[Line] | None:
    """Turn tesseract's TSV into lines, None where it is no TSV; ``scale`` goes from pixels to points."""
    rows = tsv.splitlines()
    if not rows or not rows[0].startswith("level\t"):
        return None
    words: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for row in rows[1:]:
        cells = row.split("\t")
        if len(cells) == _COLUMNS and (word := _word(cells, page, scale)) is not None:
            words[tuple(cells[2:5])].append(word)
    return [_line(entries, page) for entries in words.values()]


def _word(cells: Sequence[str], page: int, scale: float) -> Line | None:
    """Read one row; None for what is no word. A letter lost on the way counts as not read at all."""
    text = cells[11].strip()
    try:
        left, top, width, height, confidence = (float(cell) for cell in cells[6:11])
    except ValueError:
        return None
    if not text or confidence < 0:
        return None
    box = (left * scale, top * scale, (left + width) * scale, (top + height) * scale)
    return Line(text, page, box, height * scale, confidence=0.0 if "\ufffd" in text else confidence)


def _line(entries: Sequence[Line], page: int) -> Line:
    confidence = sum(word.confidence or 0.0 for word in entries) / len(entries)
    heights = sorted(word.size for word in entries)
    text = " ".join(word.text for word in entries)
    return Line(text, page, union([word.box for word in entries]), heights[len(heights) // 2], confidence=confidence, words=tuple(entries))
