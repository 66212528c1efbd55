"""Size and weight of the characters of a PDF page: asked from pdfium once for each text object."""

import ctypes
import math
import re
from collections.abc import Sequence
from functools import lru_cache

from clausecheck.readers.pdf_chars import PageChars

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|gras", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"symbol|wingding|dingbat|webdings", re.IGNORECASE)
_FORCE_BOLD = 1 << 18

Face = tuple[float, bool]
"""Size in points after scaling, and whether it is bold."""


class Fonts:
    """The faces of one page."""

    def __init__(self, chars: PageChars) -> None:
        self._textpage, self._raw = chars.textpage, chars.raw
        self._chars = chars
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = self._raw.FS_MATRIX()
        self._known: dict[int, Face] = {}

    def faces(self, picks: Sequence[Sequence[int]]) -> list[Face]:
        """Return the face of each stretch of text, by a few of its characters in order (one may be given twice): middle size, bold where all are."""
        flat = [index for stretch in picks for index in stretch]
        objects = iter(self._chars.objects(flat))
        return [self._face({index: next(objects) for index in stretch}) for stretch in picks]

    def _face(self, picks: dict[int, int | None]) -> Face:
        faces = [self._single(index, item) for index, item in picks.items()]
        if faces.count(faces[0]) == len(faces):
            return faces[0]
        return sorted(size for size, _ in faces)[len(faces) // 2], all(bold for _, bold in faces)

    def _single(self, index: int, item: int | None) -> Face:
        face = self._known.get(item) if item else None
        if face is None:
            face = (self.size(index), self._bold(index))
            if item:
                self._known[item] = face
        return face

    def size(self, index: int) -> float:
        """Font size of a character in points after scaling."""
        nominal = float(self._raw.FPDFText_GetFontSize(self._textpage, index))
        if self._raw.FPDFText_GetMatrix(self._textpage, index, ctypes.byref(self._matrix)):
            nominal *= math.hypot(self._matrix.c, self._matrix.d) or 1.0
        return nominal

    def is_symbol(self, index: int) -> bool:
        """Tell whether the font of a character draws signs, not letters."""
        return _is_symbol_name(self._name(index)[0])

    def _name(self, index: int) -> tuple[str, int]:
        length = self._raw.FPDFText_GetFontInfo(self._textpage, index, self._buffer, 128, ctypes.byref(self._flags))
        if not length:
            return "", 0
        return self._buffer.raw[: min(length, 128)].rstrip(b"\0").decode("utf-8", "replace"), self._flags.value

    def _bold(self, index: int) -> bool:
        """True for a bold face, or one drawn with an outline to look bold."""
        name, flags = self._name(index)
        if _is_bold_name(name) or flags & _FORCE_BOLD:
            return True
        if self._raw.FPDFText_GetFontWeight(self._textpage, index) >= 600:
            return True
        text_object = self._raw.FPDFText_GetTextObject(self._textpage, index)
        return bool(text_object) and self._raw.FPDFTextObj_GetTextRenderMode(text_object) == 2


@lru_cache(maxsize=512)
def _is_bold_name(name: str) -> bool:
    return bool(_BOLD.search(name))


@lru_cache(maxsize=512)
def _is_symbol_name(name: str) -> bool:
    return bool(_SYMBOL_FONT.search(name))
