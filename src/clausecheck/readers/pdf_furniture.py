"""Running headers, footers, page numbers and tables of contents, told from the body by repetition, place and shape."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from clausecheck.readers.contents import has_leader, is_contents_title, is_page_number, page_at_end
from clausecheck.readers.headings import list_marker
from clausecheck.readers.pdf_layout import Line, PageText

MARGIN = 0.18
"""Share of the page height, at the top and at the bottom, where running lines stand."""

_NEARLY_ALL = 0.8
"""Share of the pages on which a line worded like a clause must stand to be a running line."""

_DRIFT = 8.0
_PAGE_OF = re.compile(r"\bpage\s*\d{1,3}\s*(?:/|sur|de|of)\s*\d{1,3}\s*$|^\d{1,3}\s*/\s*\d{1,3}$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MAX_WRAP = 2


def find_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[Line]:
    """Return the lines of ``pages`` that are running headers, footers or page numbers; ``heights`` in points."""
    places: dict[str, list[tuple[float, Line]]] = defaultdict(list)
    found: set[Line] = set()
    for lines, height in zip(pages, heights, strict=True):
        for line in lines:
            if not _in_margin(line, height):
                continue
            places[_shape(line.text)].append((line.top if line.top < height / 2 else line.top - height, line))
            if _PAGE_OF.search(line.text) and len(line.text) < 200:
                found.add(line)
        found |= _lone_page_numbers(lines, height)
    needed = 2 if len(pages) <= 4 else 3
    always = max(needed, round(_NEARLY_ALL * len(pages)))
    everywhere = Counter(_shape(line.text) for lines in pages for line in lines)
    for shape, entries in places.items():
        repeated = _repeated(entries, always if _is_sentence(entries[0][1].text) else needed)
        if 2 * len(repeated) > everywhere[shape]:  # a sentence that the contract repeats may fall at page tops by chance
            found |= repeated
    return found


def _is_sentence(text: str) -> bool:
    """Tell a piece of a clause, which may be repeated at a page's top by chance, from a running title."""
    return bool(list_marker(text)) or text.rstrip().endswith((";", ",", ":", "."))


def _in_margin(line: Line, height: float) -> bool:
    return line.bottom < MARGIN * height or line.top > (1 - MARGIN) * height


def _shape(text: str) -> str:
    return " ".join(_DIGITS.sub("#", text).split()).lower()


def _lone_page_numbers(lines: Sequence[Line], height: float) -> set[Line]:
    if not lines:
        return set()
    edges = (min(lines, key=lambda x: x.top), max(lines, key=lambda x: x.bottom))
    return {line for line in edges if _in_margin(line, height) and is_page_number(line.text)}


def _repeated(entries: Sequence[tuple[float, Line]], needed: int) -> set[Line]:
    repeated: set[Line] = set()
    for top, line in entries:
        pages = {other.page for other_top, other in entries if abs(other_top - top) <= _DRIFT}
        if len(pages) >= needed:
            repeated.add(line)
    return repeated


def find_sidebars(pages: Sequence[PageText]) -> set[Line]:
    """Return the segments beside all text, at the same place on half the pages: titles repeated in a side column."""
    places: dict[tuple[str, int, int], set[Line]] = defaultdict(set)
    bands = [_text_band(page) for page in pages]
    known = [band for band in bands if band]
    for page, band in zip(pages, bands, strict=True):
        left, right = band or (known[0] if known else (0.0, page.width))
        for segment in page.segments:
            if segment.right < left or segment.left > right:
                places[_shape(segment.text), round(segment.left / 4), round(segment.top / 4)].add(segment)
    needed = max(2, len(pages) // 2)
    return {segment for group in places.values() if len({s.page for s in group}) >= needed for segment in group}


def _text_band(page: PageText) -> tuple[float, float] | None:
    wide = [s for s in page.segments if s.right - s.left > 0.4 * page.width]
    return (min(s.left for s in wide), max(s.right for s in wide)) if wide else None


def find_contents(lines: Sequence[Line]) -> set[Line]:
    """Return the lines, given in reading order without furniture, that belong to a table of contents."""
    scanner = _ContentsScanner()
    for line in lines:
        scanner.feed(line)
    return scanner.found


class _ContentsScanner:
    """Follows a table of contents from its title or its first dotted line to the third line that is no entry."""

    def __init__(self) -> None:
        self.found: set[Line] = set()
        self._active = False
        self._dotted = False
        self._last_page = 0
        self._waiting: list[Line] = []
        self._entries = 0

    def feed(self, line: Line) -> None:
        """Take the next line."""
        if is_contents_title(line.text):
            self._active, self._dotted, self._last_page, self._entries, self._waiting = True, False, 0, 0, [line]
        elif self._is_entry(line):
            self._take(line)
        elif self._active:
            self._waiting.append(line)
            if len(self._waiting) > _MAX_WRAP + (self._entries == 0):
                self._active, self._waiting = False, []

    def _is_entry(self, line: Line) -> bool:
        if has_leader(line.text):
            return True
        page = page_at_end(line.text)
        if not self._active or self._dotted or page is None or (line.is_row and len(line.cells) > 2):
            return False
        return self._last_page <= page <= self._last_page + 60 and len(line.text) < 200

    def _take(self, line: Line) -> None:
        self._last_page = page_at_end(line.text) or self._last_page
        self._dotted = self._dotted or has_leader(line.text)
        self.found.update(self._waiting)
        self.found.add(line)
        self._active, self._waiting, self._entries = True, [], self._entries + 1
