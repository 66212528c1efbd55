"""From the characters of a PDF page to segments of lines, cut at line ends and wide gaps.

Words are measured all together, by arrays; a line whose words do not stand plainly one after the other is read letter by letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from clausecheck.document.model import BBox
from clausecheck.readers.pdf_calls import Numbers
from clausecheck.readers.pdf_chars import PageChars
from clausecheck.readers.pdf_fonts import Fonts, Picks
from clausecheck.readers.pdf_layout import Line, PageText, Transform, page_transform
from clausecheck.readers.pdf_letters import APART, GAP, LEVEL, WIDTH, Draft, LetterReader, odd_places, with_bullet

_CR, _LF = b"\r\n"
_IS_TEXT = np.array([code not in b"\r\n\t \xa0" for code in range(256)])
_LINE_END = re.compile(r"[\r\n]")
_BLANKS = re.compile(r"[\t \u00a0]{2,}|\t")


def read_page(page: Any, chars: PageChars, number: int) -> PageText:
    """Read the segments of a pypdfium2 page and its characters; ``number`` counts from 1."""
    fonts, transform = Fonts(chars), page_transform(page)
    letters = LetterReader(chars, fonts, transform)
    words = _words(chars, transform)
    drafts = letters.read(0, len(chars.text)) if words is None else _Lines(words, chars, letters).read()
    glyphs = letters.glyphs if words is None else letters.glyphs + words.glyphs
    faces = fonts.faces([draft.picks for draft in drafts])
    segments = [
        Line(with_bullet(text, picks[0], fonts), number, box, size, bold)
        for (text, box, picks), (size, bold) in zip(drafts, faces, strict=True)
    ]
    width, height = page.get_size()
    return PageText(number, width, height, tuple(segments), glyphs, letters.unknown)


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a page: arrays of shape (words,). ``starts`` and ``ends`` in its text; ``lines``: index of the first word of each line.

    ``left``, ``top``, ``right``, ``bottom`` in points; ``plain``: the line of the word can be taken whole; ``cuts``: a segment starts here.
    """

    starts: Numbers
    ends: Numbers
    box: tuple[Numbers, Numbers, Numbers, Numbers]
    lines: Numbers
    plain: Numbers
    cuts: Numbers

    @property
    def glyphs(self) -> int:
        """Characters of the plain words."""
        return int((self.ends - self.starts)[self.plain].sum())


def _words(chars: PageChars, transform: Transform) -> _Words | None:
    """Measure the words of a page by their first and last characters; None where there is none, or pdfium gives no box."""
    starts, ends = _ends(chars.codes)
    if not len(starts):
        return None
    found = chars.boxes(np.column_stack((starts, ends - 1)).ravel().tolist())
    if found is None:
        return None
    boxes = transform(*found)
    left, right = boxes[0][::2], boxes[2][1::2]
    top, bottom = (side.reshape(-1, 2) for side in (boxes[1], boxes[3]))
    height = bottom[:, 0] - top[:, 0]
    level = np.abs(top[:, 0] - top[:, 1]) + np.abs(bottom[:, 0] - bottom[:, 1]) < LEVEL * height
    whole = level & (right >= left) & (right - left < (WIDTH * (ends - starts) + 0.5) * height)
    whole[np.maximum(np.searchsorted(starts, odd_places(chars.text), "right") - 1, 0)] = False
    box = (left, top.min(axis=1), right, bottom.max(axis=1))
    line_ends = np.flatnonzero((chars.codes == _CR) | (chars.codes == _LF))
    lines = np.flatnonzero(np.diff(np.searchsorted(line_ends, starts), prepend=-1))
    return _cut(_Words(starts, ends, box, lines, whole, np.zeros(len(starts), dtype=bool)))


def _ends(codes: Numbers) -> tuple[Numbers, Numbers]:
    """Where words start and end: between blanks and line ends."""
    inside = np.zeros(len(codes) + 2, dtype=np.int8)
    inside[1:-1] = _IS_TEXT[np.minimum(codes, len(_IS_TEXT) - 1)]
    steps = np.diff(inside)
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)


def _cut(words: _Words) -> _Words:
    """Find the plain lines, words level and one after the other, and cut them at their wide gaps."""
    left, top, right, bottom = words.box
    counts = np.diff(words.lines, append=len(left))
    heights = np.maximum(np.maximum.reduceat(bottom, words.lines) - np.minimum.reduceat(top, words.lines), 1.0)
    steady = np.minimum.reduceat(bottom, words.lines) - np.maximum.reduceat(top, words.lines) >= APART * heights
    gaps, own = np.empty_like(left), np.maximum(bottom - top, 1.0)
    gaps[1:] = left[1:] - right[:-1]
    own[1:] = np.maximum(own[1:], own[:-1])
    forward = np.empty_like(words.plain)
    forward[1:] = right[1:] >= right[:-1]
    gaps[words.lines], forward[words.lines] = 0.0, True
    wide = gaps > GAP * np.repeat(heights, counts)
    sure = words.plain & forward & (wide | (gaps <= GAP * own))
    plain = np.repeat(np.logical_and.reduceat(sure, words.lines) & steady, counts)
    cuts = wide & plain
    cuts[words.lines] = True
    return _Words(words.starts, words.ends, words.box, words.lines, plain, cuts)


def _one_blank(blanks: re.Match[str]) -> str:
    return "\u00a0" if "\u00a0" in blanks.group() else " "


class _Lines:
    """Cuts the words of a page into segments, line after line."""

    def __init__(self, words: _Words, chars: PageChars, letters: LetterReader) -> None:
        self._words, self._chars, self._letters = words, chars, letters
        self._firsts = np.flatnonzero(words.cuts)

    def read(self) -> list[Draft]:
        """Return the segments in the order of the file."""
        drafts: list[Draft] = []
        plain = self._words.plain[self._firsts].tolist()
        spaced = bool(_BLANKS.search(self._chars.text))
        for box, (start, middle, last), whole in zip(self._boxes(), self._picks(), plain, strict=True):
            if whole:
                text = self._chars.text[start : last + 1]
                text = _BLANKS.sub(_one_blank, text) if spaced else text
                drafts.append(Draft(text, box, (start, middle, last)))
            else:
                drafts += self._letters.read(start, self._line_end(start))
        return drafts

    def _line_end(self, start: int) -> int:
        found = _LINE_END.search(self._chars.text, start)
        return found.start() if found else len(self._chars.text)

    def _boxes(self) -> Iterator[BBox]:
        left, top, right, bottom = self._words.box
        sides = ((np.minimum, left), (np.minimum, top), (np.maximum, right), (np.maximum, bottom))
        return zip(*(measure.reduceat(side, self._firsts).tolist() for measure, side in sides), strict=True)

    def _picks(self) -> list[Picks]:
        """First, middle and last of the word ends of each segment: first and last characters of words."""
        ends = np.column_stack((self._words.starts, self._words.ends - 1)).ravel()
        counts = np.diff(self._firsts, append=len(self._words.starts))
        picks = np.column_stack((2 * self._firsts, 2 * self._firsts + counts, 2 * (self._firsts + counts) - 1))
        return [(first, middle, last) for first, middle, last in ends[picks].tolist()]
