"""The characters of a PDF page as pdfium lays them out, asked for in bulk: one call of ``map`` instead of a helper object a character."""

import ctypes
import math
import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_layout import Transform

Numbers = np.ndarray[Any, np.dtype[Any]]

_ANY = ctypes.c_void_p
_INDEX = ctypes.c_int


@lru_cache(maxsize=1)
def _calls() -> dict[str, Any]:
    """pdfium's functions with plain addresses for arguments: checking pypdfium2's typed pointers takes longer than the calls."""
    from pypdfium2 import raw

    shapes = {
        "FPDFText_GetLooseCharBox": (_INDEX, _ANY, _INDEX, _ANY),
        "FPDFText_GetCharAngle": (ctypes.c_float, _ANY, _INDEX),
        "FPDFText_GetTextObject": (_ANY, _ANY, _INDEX),
        "FPDFText_GetFontSize": (ctypes.c_double, _ANY, _INDEX),
        "FPDFText_GetMatrix": (_INDEX, _ANY, _INDEX, _ANY),
        "FPDFTextObj_GetFont": (_ANY, _ANY),
        "FPDFTextObj_GetTextRenderMode": (_INDEX, _ANY),
    }
    return {name: ctypes.PYFUNCTYPE(*shape)(ctypes.cast(getattr(raw, name), _ANY).value) for name, shape in shapes.items()}


class PageChars:
    """Text of one page, a character for each that pdfium counts, and where its characters stand.

    Holds pdfium's text page, and the last use of it must come before the page is closed.
    """

    def __init__(self, textpage: Any) -> None:
        from pypdfium2 import raw

        self.raw, self.textpage = raw, textpage
        self._address = ctypes.cast(textpage.raw, _ANY).value
        self._calls, self._rect, self._matrix = _calls(), raw.FS_RECTF(), raw.FS_MATRIX()
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
        codes[_surrogates(codes) | (codes > sys.maxunicode)] = 0xFFFD
        return codes

    def box(self, index: int, transform: Transform) -> BBox | None:
        """Return the box of a character, in points, as ``transform`` shows it; None where pdfium has none."""
        rect = self._rect
        if not self.raw.FPDFText_GetLooseCharBox(self.textpage, index, ctypes.byref(rect)):
            return None
        return transform(rect.left, rect.bottom, rect.right, rect.top)

    def boxes(self, indices: Sequence[int], transform: Transform) -> tuple[Numbers, Numbers, Numbers, Numbers] | None:
        """Return left, top, right, bottom of characters, arrays of shape (n,) in points; None where pdfium has no box for one."""
        found = np.empty((len(indices), 4), dtype=np.float32)
        start, step = found.ctypes.data, found.strides[0]
        places = range(start, start + step * len(indices), step)
        if not all(map(self._calls["FPDFText_GetLooseCharBox"], repeat(self._address), indices, places)):
            return None
        left, top, right, bottom = found.T.astype(np.float64)
        return transform(left, bottom, right, top)  # type: ignore[arg-type,return-value]  # it adds and subtracts: arrays do

    def face(self, index: int, item: int) -> tuple[float, int, int]:
        """Return the size of a character of the text object ``item``, in points after scaling, an address that tells its font, and how it is drawn."""
        size = float(self._calls["FPDFText_GetFontSize"](self._address, index))
        if self._calls["FPDFText_GetMatrix"](self._address, index, ctypes.addressof(self._matrix)):
            size *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        return size, self._calls["FPDFTextObj_GetFont"](item), self._calls["FPDFTextObj_GetTextRenderMode"](item)

    def angles(self, indices: Sequence[int]) -> list[float]:
        """Return the angles of characters, clockwise in radians; negative where pdfium knows none."""
        return list(map(self._calls["FPDFText_GetCharAngle"], repeat(self._address), indices))

    def objects(self, indices: Sequence[int]) -> list[int | None]:
        """Return what tells apart the text objects of the page: an address for each character, None for one that pdfium made up."""
        return list(map(self._calls["FPDFText_GetTextObject"], repeat(self._address), indices))


def _surrogates(codes: Numbers) -> Numbers:
    return (codes >= 0xD800) & (codes < 0xE000)
