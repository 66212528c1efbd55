"""Size and weight of the characters of a PDF page: asked from pdfium once for each text object."""

import ctypes
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from clausecheck.readers.pdf_calls import Numbers, of_each
from clausecheck.readers.pdf_chars import PageChars

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|gras", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"symbol|wingding|dingbat|webdings", re.IGNORECASE)
_FORCE_BOLD = 1 << 18

_OUTLINED = 2
"""Filled and stroked: letters drawn with an outline to look bold."""

Face = tuple[float, bool]
"""Size in points after scaling, and whether it is bold."""

Picks = tuple[int, int, int]
"""Three characters of a stretch of text, in order, that speak for it; one may come twice."""


class Fonts:
    """The faces of one page."""

    def __init__(self, chars: PageChars) -> None:
        self._textpage, self._raw = chars.textpage, chars.raw
        self._chars = chars
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def faces(self, picks: Sequence[Picks]) -> list[Face]:
        """Return the face of each stretch of text: middle size of its picks, bold where all are."""
        if not picks:
            return []
        indices = np.array(picks)
        objects = np.array(self._chars.objects(indices.ravel().tolist()), dtype=np.uint64)
        _, asked, owner = np.unique(objects, return_index=True, return_inverse=True)
        known = indices.ravel()[asked].tolist()
        sizes = np.sort(self._chars.sizes(known)[owner].reshape(indices.shape), axis=1)
        bold: Numbers = np.all(self._bold(known, objects[asked].tolist())[owner].reshape(indices.shape), axis=1)
        twice: Numbers = np.any(np.diff(indices, axis=1) == 0, axis=1)
        return list(zip(np.where(twice, sizes[:, 2], sizes[:, 1]).tolist(), bold.tolist(), strict=True))

    def _bold(self, indices: Sequence[int], objects: Sequence[int]) -> Numbers:
        """Tell which characters, one of each text object, are of a bold face or drawn with an outline to look bold."""
        fonts = of_each("FPDFTextObj_GetFont", objects)
        faces = {font: self._is_bold(index) for font, index in dict(zip(fonts, indices, strict=True)).items()}
        drawn = np.array(of_each("FPDFTextObj_GetTextRenderMode", objects))
        bold: Numbers = np.logical_or([faces[font] for font in fonts], drawn == _OUTLINED)
        return bold

    def size(self, index: int) -> float:
        """Font size of a character in points, after scaling."""
        return float(self._chars.sizes([index])[0])

    def is_symbol(self, index: int) -> bool:
        """Tell whether the font of a character draws signs, not letters."""
        return _is_symbol_name(self._name(index)[0])

    def _name(self, index: int) -> tuple[str, int]:
        length = self._raw.FPDFText_GetFontInfo(self._textpage, index, self._buffer, 128, ctypes.byref(self._flags))
        if not length:
            return "", 0
        return self._buffer.raw[: min(length, 128)].rstrip(b"\0").decode("utf-8", "replace"), self._flags.value

    def _is_bold(self, index: int) -> bool:
        name, flags = self._name(index)
        if _is_bold_name(name) or flags & _FORCE_BOLD:
            return True
        return bool(self._raw.FPDFText_GetFontWeight(self._textpage, index) >= 600)


@lru_cache(maxsize=512)
def _is_bold_name(name: str) -> bool:
    return bool(_BOLD.search(name))


@lru_cache(maxsize=512)
def _is_symbol_name(name: str) -> bool:
    return bool(_SYMBOL_FONT.search(name))
