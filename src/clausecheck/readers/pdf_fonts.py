"""Size and weight of the characters of a PDF page: asked from pdfium once for each text object."""

import ctypes
import re
from collections.abc import Sequence
from functools import lru_cache

from clausecheck.readers.pdf_chars import PageChars

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|gras", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"symbol|wingding|dingbat|webdings", re.IGNORECASE)
_FORCE_BOLD = 1 << 18

_OUTLINED = 2
"""Filled and stroked: letters drawn with an outline to look bold."""

Face = tuple[float, bool]
"""Size in points after scaling, and whether it is bold."""


class Fonts:
    """The faces of one page."""

    def __init__(self, chars: PageChars) -> None:
        self._textpage, self._raw = chars.textpage, chars.raw
        self._chars = chars
        self._buffer = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._known: dict[int, Face] = {}
        self._bold_fonts: dict[int, bool] = {}

    def faces(self, picks: Sequence[Sequence[int]]) -> list[Face]:
        """Return the face of each stretch of text, by a few of its characters in order (one may come twice): middle size, bold where all are."""
        objects = iter(self._chars.objects([index for stretch in picks for index in stretch]))
        return [self._face(stretch, [next(objects) for _ in stretch]) for stretch in picks]

    def _face(self, stretch: Sequence[int], objects: Sequence[int | None]) -> Face:
        first = self._single(stretch[0], objects[0])
        if objects.count(objects[0]) == len(objects):
            return first
        faces = {index: self._single(index, item) for index, item in zip(stretch, objects, strict=True)}.values()
        return sorted(size for size, _ in faces)[len(faces) // 2], all(bold for _, bold in faces)

    def size(self, index: int) -> float:
        """Font size of a character in points after scaling."""
        return self._single(index, *self._chars.objects([index]))[0]

    def _single(self, index: int, item: int | None) -> Face:
        """Face of one character; pdfium gives no text object to those it made up."""
        if item is None:
            return 1.0, False
        if item not in self._known:
            size, font, drawn = self._chars.face(index, item)
            if font not in self._bold_fonts:
                self._bold_fonts[font] = self._is_bold(index)
            self._known[item] = size, self._bold_fonts[font] or drawn == _OUTLINED
        return self._known[item]

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
