"""From groups of lines to the blocks of a document: headings, list items, rows, footnotes, furniture."""

from collections.abc import Sequence

from clausecheck.document import PageLocator
from clausecheck.document.builder import Piece
from clausecheck.readers.headings import (
    Numbered,
    heading_number,
    is_capitals,
    is_title_shaped,
    list_marker,
    parse_number,
)
from clausecheck.readers.outline import Outline
from clausecheck.readers.pdf_layout import Line
from clausecheck.readers.pdf_structure import Group, Typography
from clausecheck.readers.pdf_words import LineJoiner, clean
from clausecheck.vocabulary import BlockKind, Layer

_Style = tuple[int, bool, bool, bool]
"""Size in points, bold, capitals, with a list marker."""

_INDENT = 6.0
_SENTENCE = 8
"""Words from which a short line that ends with a full stop is a sentence, even in bold."""


class BlockWriter:
    """Writes groups of lines, keeping the indents of lists and the style of each heading."""

    def __init__(self, outline: Outline, typography: Typography, joiner: LineJoiner) -> None:
        self._outline = outline
        self._typography = typography
        self._joiner = joiner
        self._indents: list[float] = []
        self._styles: dict[int, _Style] = {}
        self._top: _Style | None = None
        self._last = 0

    def aside(self, lines: Sequence[Line], layer: Layer, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write lines that are not body text."""
        pieces = self._row(lines[0]) if lines[0].is_row else self._pieces(lines)
        self._outline.aside(pieces, kind, layer)

    def add_extra(self, piece: Piece, kind: BlockKind, layer: Layer) -> None:
        """Write a form field or an annotation."""
        self._outline.aside([piece], kind, layer)

    def body(self, group: Group) -> None:
        """Write one group of body lines as what it looks like."""
        if group.lines[0].is_row:
            self._indents = []
            self._outline.row(self._row(group.lines[0]))
        elif _is_heading(group, self._typography):
            self._heading(group)
        elif list_marker(group.text) or _is_numbered_item(group.text):
            self._list_item(group)
        else:
            self._indents = []
            self._outline.paragraph(self._pieces(group.lines))

    def _heading(self, group: Group) -> None:
        numbered = parse_number(group.text)
        style = _style_of(group)
        level = numbered.level if numbered and self._belongs(numbered, style) else self._styled_level(style)
        self._styles = {above: known for above, known in self._styles.items() if above < level}
        self._styles[level] = style
        self._indents = []
        self._outline.heading(self._pieces(group.lines), level, heading_number(group.text))

    def _belongs(self, numbered: Numbered, style: _Style) -> bool:
        """Tell whether a number is of the document's own sequence: «1.» inside 4.1 opens steps, not article 1."""
        if numbered.level > 1 or numbered.keyword or not numbered.number.isdigit():
            return True
        if self._top is not None and (style[:2] != self._top[:2] or int(numbered.number) != self._last + 1):
            return False
        self._top, self._last = self._top or style, int(numbered.number)
        return True

    def _styled_level(self, style: _Style) -> int:
        """The level of the open heading of the same look, else one below the last open heading; 1 for large titles."""
        for level, known in self._styles.items():
            if known == style:
                return level
        above = self._outline.open_levels
        if not above or style[0] > 1.3 * self._typography.size:
            return 1
        return above[-1] + 1

    def _list_item(self, group: Group) -> None:
        left = group.lines[0].left
        while self._indents and left < self._indents[-1] - _INDENT:
            self._indents.pop()
        if not self._indents or left > self._indents[-1] + _INDENT:
            self._indents.append(left)
        self._outline.list_item(self._pieces(group.lines), len(self._indents))

    def _pieces(self, lines: Sequence[Line]) -> list[Piece]:
        pieces: list[Piece] = []
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            text, glue = self._joiner.end(clean(line.text), following.text if following else None)
            pieces += _placed(line, text)
            pieces.append((glue, None))
        return pieces

    def _row(self, row: Line) -> list[Piece]:
        pieces: list[Piece] = []
        for cell in row.cells:
            if pieces:
                pieces.append((" | ", None))
            pieces += self._pieces(cell)
        return pieces


def _placed(line: Line, text: str) -> list[Piece]:
    """Give ``text``, the words of ``line`` as they are kept, its places: each word's own where it was recognised."""
    words = text.split(" ")
    if len(words) != len(line.words):
        return [(text, PageLocator(line.page, line.box, line.confidence))]
    pieces: list[Piece] = []
    for shown, word in zip(words, line.words, strict=True):
        pieces += [(" ", None)] if pieces else []
        pieces.append((shown, PageLocator(word.page, word.box, word.confidence)))
    return pieces


def _is_numbered_item(text: str) -> bool:
    """«1. remettre les clés ;»: a number without dots that opens a sentence."""
    numbered = parse_number(text)
    return numbered is not None and not numbered.keyword and numbered.number.isdigit() and bool(numbered.title)


def _style_of(group: Group) -> _Style:
    line = group.lines[0]
    return round(line.size), line.bold, is_capitals(group.text), bool(list_marker(group.text))


def _is_heading(group: Group, typography: Typography) -> bool:
    """Tell whether a group is a heading: a short title that is numbered, bold, larger or in capitals."""
    text = group.text.strip()
    bold = not typography.bold and all(line.bold for line in group.lines)
    if len(group.lines) > 3 or not _may_be_title(text, bold=bold):
        return False
    strong = bold or group.lines[0].size > 1.12 * typography.size
    numbered = parse_number(text)
    if numbered:
        return _numbered_title(numbered, strong=strong)
    if list_marker(text):
        return bold and len(text) <= 100 and text[0] not in "☐☒"
    return strong or is_capitals(text)


def _may_be_title(text: str, *, bold: bool) -> bool:
    if text.endswith("."):
        return bold and len(text) <= 80 and len(text.split()) < _SENTENCE
    return is_title_shaped(text) and any(c.isalpha() for c in text)


def _numbered_title(numbered: Numbered, *, strong: bool) -> bool:
    title, keyword = numbered.title, numbered.keyword
    if not title:
        return keyword or strong
    if title[0].islower():
        return False
    return strong or is_capitals(title) or (keyword and len(title) <= 120) or (len(title) <= 90 and not title.endswith(":"))
