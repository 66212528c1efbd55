"""The characters of a PDF page as pdfium lays them out: their text, boxes, angles and text objects."""

import ctypes
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_calls import Numbers, address, of_each, rows
from clausecheck.readers.pdf_layout import Transform


class PageChars:
    """Text of one page, a character for each that pdfium counts; not to be used once the page is closed."""

    def __init__(self, textpage: Any) -> None:
        from pypdfium2 import raw

        self.raw, self.textpage = raw, textpage
        self.address = address(textpage.raw)
        self._rect = raw.FS_RECTF()
        self.codes = self._read_codes()
        self.text = self.codes.astype("<u4").tobytes().decode("utf-32-le")

    def _read_codes(self) -> Numbers:
        """Code points of the page; those above 16 bits, which pdfium writes as two units, are asked for one by one.

        Half of such a pair, alone, means nothing: it becomes U+FFFD, the unknown glyph.
        """
        count = self.raw.FPDFText_CountChars(self.textpage)
        buffer = (ctypes.c_ushort * (count + 1))()
        written = self.raw.FPDFText_GetText(self.textpage, 0, count, buffer)
        codes = np.frombuffer(buffer, dtype=np.uint16, count=count)
        if written == count + 1 and not _surrogates(codes).any():
            return codes
        codes = np.array([self.raw.FPDFText_GetUnicode(self.textpage, index) for index in range(count)], dtype=np.uint32)
        return without_surrogates(codes)

    def box(self, index: int, transform: Transform) -> BBox | None:
        """Return the box of a character, in points, as ``transform`` shows it; None where pdfium has none."""
        rect = self._rect
        if not self.raw.FPDFText_GetLooseCharBox(self.textpage, index, ctypes.byref(rect)):
            return None
        return transform(rect.left, rect.bottom, rect.right, rect.top)

    def boxes(self, indices: Sequence[int]) -> tuple[Numbers, Numbers, Numbers, Numbers] | None:
        """Return left, bottom, right, top of characters, as pdfium counts: arrays of shape (n,) in points; None if one has no box."""
        found, known = rows("FPDFText_GetLooseCharBox", indices, 4, self.address)
        left, top, right, bottom = found.T
        return (left, bottom, right, top) if all(known) else None

    def angles(self, indices: Sequence[int]) -> list[float]:
        """Return the angles of characters, clockwise in radians; negative where pdfium knows none."""
        return of_each("FPDFText_GetCharAngle", indices, self.address)

    def objects(self, indices: Sequence[int]) -> list[int]:
        """Return what tells apart the text objects of the page: an address for each character, 0 for one that pdfium made up."""
        return of_each("FPDFText_GetTextObject", indices, self.address)

    def sizes(self, indices: Sequence[int]) -> Numbers:
        """Return the font sizes of characters in points, after scaling: an array of shape (n,)."""
        matrices, known = rows("FPDFText_GetMatrix", indices, 6, self.address)
        scales = np.hypot(matrices[:, 2], matrices[:, 3])
        nominal = np.array(of_each("FPDFText_GetFontSize", indices, self.address))
        return np.where(np.array(known, dtype=bool) & (scales > 0), nominal * scales, nominal)


def without_surrogates(codes: Numbers) -> Numbers:
    """Return code points with U+FFFD for what is none, or half of one only."""
    return np.where(_surrogates(codes) | (codes > sys.maxunicode), 0xFFFD, codes)


def _surrogates(codes: Numbers) -> Numbers:
    return (codes >= 0xD800) & (codes < 0xE000)
