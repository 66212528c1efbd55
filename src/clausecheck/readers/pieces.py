"""Stretches of a block's text with their place in the file: cleaning, trimming and joining keep places true."""

import re
from collections.abc import Iterable, Iterator, Sequence

from clausecheck.document import ParagraphLocator
from clausecheck.document.builder import Piece
from clausecheck.document.model import Locator

BREAK = "\n"
"""A line break inside a paragraph, until ``lines`` or ``flatten`` removes it: a piece's whole text."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_TICKS = {"□": "☐", "☑": "☒", "🗹": "☒", "🗷": "☒"}
_INVISIBLE = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_BLANKS = dict.fromkeys("\t\n\r\v\f\u2028\u2029", " ")
_MAPPED = _LIGATURES | _TICKS | _INVISIBLE | _BLANKS
_SPLIT = re.compile("([" + "".join(map(re.escape, _MAPPED)) + "])")


def clean(text: str, locator: ParagraphLocator) -> Iterator[Piece]:
    """Yield ``text`` without soft hyphens, ligatures and control blanks; each piece knows its own offset."""
    if _SPLIT.search(text) is None:
        if text:
            yield text, locator
        return
    offset = locator.offset
    for chunk in _SPLIT.split(text):
        shown = _MAPPED.get(chunk, chunk)
        if shown:
            yield shown, _at(locator, offset)
        offset += len(chunk)


def _at(locator: ParagraphLocator, offset: int) -> ParagraphLocator:
    """Return ``locator`` at another offset; written out because ``dataclasses.replace`` is slow and this runs for every run."""
    return ParagraphLocator(locator.part, locator.paragraph, locator.run, offset)


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the joined text of ``pieces``."""
    return "".join(text for text, _ in pieces)


def _trim(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop the blanks at both ends, line breaks included."""
    kept = list(pieces)
    while kept and not kept[0][0].strip():
        kept.pop(0)
    while kept and not kept[-1][0].strip():
        kept.pop()
    if kept:
        kept[0] = _lstrip(kept[0])
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    return kept


def _lstrip(piece: Piece) -> Piece:
    text, locator = piece
    return text.lstrip(), _shift(locator, len(text) - len(text.lstrip()))


def _shift(locator: Locator | None, count: int) -> Locator | None:
    if isinstance(locator, ParagraphLocator):
        return _at(locator, locator.offset + count) if count else locator
    return locator


def flatten(pieces: Iterable[Piece]) -> list[Piece]:
    """Turn line breaks into spaces and trim; spaces in a row become one, ticked boxes are followed by one."""
    kept: list[Piece] = []
    before = " "
    for text, locator in pieces:
        for shown, place in _single_spaced(" " if text == BREAK else text, locator, before):
            kept.append((shown, place))
            before = shown[-1]
    return _trim(_space_boxes(kept))


_SPACES = re.compile(r" {2,}")


def _single_spaced(text: str, locator: Locator | None, before: str) -> Iterator[Piece]:
    if "  " not in text and text and (before != " " or text[0] != " "):
        yield text, locator
        return
    start = len(text) - len(text.lstrip(" ")) if before == " " else 0
    for match in _SPACES.finditer(text, start):
        if match.start() + 1 > start:
            yield text[start : match.start() + 1], _shift(locator, start)
        start = match.end()
    if text[start:]:
        yield text[start:], _shift(locator, start)


_GLUED_BOX = re.compile(r"(?<=[☐☒])(?=[^\s☐☒])")


def _space_boxes(pieces: list[Piece]) -> list[Piece]:
    if not any(box in text for text, _ in pieces for box in "☐☒"):
        return pieces
    spaced: list[Piece] = []
    for text, locator in pieces:
        offset = 0
        if spaced and spaced[-1][0].endswith(("☐", "☒")) and not text[0].isspace():
            spaced.append((" ", None))
        for chunk in _GLUED_BOX.split(text):
            if offset:
                spaced.append((" ", None))
            spaced.append((chunk, _shift(locator, offset)))
            offset += len(chunk)
    return spaced


def lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Split at line breaks; the breaks themselves are dropped."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece[0] == BREAK:
            found.append([])
        else:
            found[-1].append(piece)
    return found


def join(groups: Iterable[Sequence[Piece]], separator: str) -> list[Piece]:
    """Join ``groups`` with ``separator``, which stands nowhere in the file."""
    joined: list[Piece] = []
    for index, group in enumerate(groups):
        if index:
            joined.append((separator, None))
        joined.extend(group)
    return joined
