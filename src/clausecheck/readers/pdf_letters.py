"""Lines of PDF text that words alone do not explain: raised digits, glyphs without meaning, letters of two lines; read letter by letter."""

import re
from typing import NamedTuple

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_chars import PageChars
from clausecheck.readers.pdf_fonts import Fonts, Picks
from clausecheck.readers.pdf_layout import Transform

GAP = 1.5
"""A horizontal gap wider than this many times the height of the line cuts it in two segments."""

WORD_GAP = 0.25
"""A gap wider than this share of the line height separates two words even where the file has no space."""

APART = 0.3
"""Two letters that share less than this share of the line height are not on one line."""

LEVEL = 0.1
"""A word whose ends differ in height by more than this share is not level."""

WIDTH = 0.75
"""Widest mean letter of a word, in heights of a letter."""

_BULLETS = frozenset("•▪■□◼◦●○▶➢➤✓✔➔❖♦·")
_RAISED = dict(zip(b"0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
"""Digits by code, as printed above the line: the call of a footnote, an exponent."""

_TOKEN = re.compile(r"[\r\n]|[\t \u00a0]|[^\r\n\t \u00a0]+")
_BLANKS = "\t \u00a0"
_SIGN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ud800-\uf8ff\ufffd-\uffff]")
"""Control characters and private signs: they have no place in a plain word."""

_RAISABLE = re.compile(r"\d(?<=[^\W\d]\d)")
"""A digit after a letter: perhaps the call of a note."""

_SYMBOL_BULLETS = {"q": "☐", "o": "☐", "¨": "☐", "x": "☒", "þ": "☒", "ý": "☒"}


class Draft(NamedTuple):
    """A segment whose face is not known yet."""

    text: str
    box: BBox
    picks: Picks


class LetterReader:
    """Cuts the characters of one page into segments; a new one starts at a line end, a jump or a wide gap."""

    def __init__(self, chars: PageChars, fonts: Fonts, transform: Transform) -> None:
        self._page, self._fonts, self._transform = chars, fonts, transform
        self._chars: list[str] = []
        self._indices: list[int] = []
        self._box: list[float] = []
        self._drafts: list[Draft] = []
        self.glyphs = self.unknown = 0

    def read(self, start: int, end: int) -> list[Draft]:
        """Return the segments of the characters ``start`` to ``end``, and count their glyphs."""
        self._drafts = []
        for match in _TOKEN.finditer(self._page.text, start, end):
            found = match.group()
            if found in "\r\n":
                self._flush()
            elif found in _BLANKS:
                self._space(found)
            else:
                self._word(found, match.start(), match.end())
        self._flush()
        return self._drafts

    def _word(self, word: str, start: int, end: int) -> None:
        """Take a word whole where its ends show that it is one; else letter by letter."""
        first = self._page.box(start, self._transform)
        last = self._page.box(end - 1, self._transform) if end > start + 1 else first
        if first is None or last is None or _is_odd(word, first, last):
            self._letters(start, end)
            return
        self.glyphs += len(word)
        self._add(word, (first[0], min(first[1], last[1]), last[2], max(first[3], last[3])))
        self._indices += (start, end - 1)

    def _letters(self, start: int, end: int) -> None:
        for index in range(start, end):
            code, box = ord(self._page.text[index]), self._page.box(index, self._transform)
            if box is None:
                self._space(chr(code))
                continue
            self.glyphs += 1
            self.unknown += _meaningless(code)
            self._add(chr(code), box, raised=self._raised(code, index, box))
            self._indices.append(index)

    def _space(self, char: str) -> None:
        """Keep one blank for several: the no-break space where there is one."""
        if not self._chars:
            return
        if self._chars[-1] not in _BLANKS:
            self._chars.append(" ")
        if char == "\u00a0":
            self._chars[-1] = char

    def _add(self, text: str, box: BBox, *, raised: str | None = None) -> None:
        """Add a word or a letter to the segment, or open a new one where it stands apart."""
        if self._chars and self._jumps(box):
            self._flush()
        if not self._chars:
            self._box = list(box)
        else:
            current = self._box
            if box[0] - current[2] > WORD_GAP * (box[3] - box[1]) and self._chars[-1] not in _BLANKS:
                self._chars.append(" ")
            current[0], current[1] = min(current[0], box[0]), min(current[1], box[1])
            current[2], current[3] = max(current[2], box[2]), max(current[3], box[3])
        self._chars.append(raised or text)

    def _raised(self, code: int, index: int, box: BBox) -> str | None:
        """Return the raised form of a digit set small above the line, after a word."""
        if code not in _RAISED or not self._chars or self._chars[-1] in _BLANKS or self._chars[-1][-1].isdecimal():
            return None
        above = box[1] + box[3] < self._box[1] + self._box[3]
        if self._chars[-1][-1] not in _RAISED.values():
            above = above and self._fonts.size(index) < 0.9 * self._fonts.size(self._indices[-1])
        return _RAISED[code] if above else None

    def _jumps(self, box: BBox) -> bool:
        left, top, right, bottom = self._box
        height = max(bottom - top, box[3] - box[1], 1.0)
        apart = box[1] > bottom - APART * height or box[3] < top + APART * height
        return apart or box[0] > right + GAP * height or box[2] < left - height

    def _flush(self) -> None:
        text = "".join(self._chars).strip(_BLANKS)
        if self._indices and text:
            picks = (self._indices[0], self._indices[len(self._indices) // 2], self._indices[-1])
            x0, y0, x1, y1 = self._box
            self._drafts.append(Draft(text, (x0, y0, x1, y1), picks))
        self._chars, self._indices, self._box = [], [], []


def with_bullet(text: str, index: int, fonts: Fonts) -> str:
    """Replace the first glyph, the character ``index`` of the page, by the sign it draws where its font is made of symbols."""
    first = text[0]
    if 0xF000 <= ord(first) <= 0xF0FF:
        return _SYMBOL_BULLETS.get(chr(ord(first) - 0xF000), "•") + " " + text[1:].lstrip()
    if first in _SYMBOL_BULLETS and (len(text) == 1 or text[1] == " ") and fonts.is_symbol(index):
        return _SYMBOL_BULLETS[first] + text[1:]
    if first in _BULLETS and len(text) > 1 and text[1] != " ":
        return f"{first} {text[1:]}"
    return text


def odd_places(text: str) -> list[int]:
    """Return where ``text`` holds what has no place in a plain word."""
    return [match.start() for pattern in (_SIGN, _RAISABLE) for match in pattern.finditer(text)]


def _is_odd(word: str, first: BBox, last: BBox) -> bool:
    """Tell whether a word cannot be placed by its ends: odd signs, a raised digit, letters of two lines, a gap inside."""
    if _SIGN.search(word) or _RAISABLE.search(word):
        return True
    height = first[3] - first[1]
    level = abs(first[1] - last[1]) + abs(first[3] - last[3]) < LEVEL * height
    return not level or not 0 <= last[2] - first[0] < (WIDTH * len(word) + 0.5) * height


def _meaningless(code: int) -> bool:
    return code < 32 or code == 0xFFFD or 0xE000 <= code < 0xF000 or 0xF100 <= code < 0xF8FF or 0x80 <= code < 0xA0
