"""From groups of lines to the blocks of a document: headings, list items, rows, footnotes, furniture."""

from collections.abc import Sequence

from clausecheck.document import PageLocator
from clausecheck.document.builder import Piece
from clausecheck.readers.headings import heading_number, is_capitals, is_title_shaped, list_marker, parse_number
from clausecheck.readers.outline import Outline
from clausecheck.readers.pdf_layout import Line
from clausecheck.readers.pdf_structure import Group, Typography
from clausecheck.readers.pdf_words import LineJoiner, clean
from clausecheck.vocabulary import BlockKind, Layer

Style = tuple[int, bool, bool, bool]
"""Size in points, bold, capitals, with a list marker."""

_INDENT = 6.0


class BlockWriter:
    """Writes groups of lines, keeping the indents of lists and the style of each heading."""

    def __init__(self, outline: Outline, typography: Typography, joiner: LineJoiner) -> None:
        self._outline = outline
        self._typography = typography
        self._joiner = joiner
        self._indents: list[float] = []
        self._styles: dict[int, Style] = {}

    def aside(self, lines: Sequence[Line], layer: Layer, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Write lines that are not body text."""
        pieces = self._row(lines[0]) if lines[0].is_row else self._pieces(lines)
        self._outline.aside(pieces, kind, layer)

    def body(self, group: Group) -> None:
        """Write one group of body lines as what it looks like."""
        if group.lines[0].is_row:
            self._indents = []
            self._outline.row(self._row(group.lines[0]))
        elif is_heading(group, self._typography):
            self._heading(group)
        elif list_marker(group.text):
            self._list_item(group)
        else:
            self._indents = []
            self._outline.paragraph(self._pieces(group.lines))

    def _heading(self, group: Group) -> None:
        numbered = parse_number(group.text)
        style = _style_of(group)
        level = numbered.level if numbered else self._unnumbered_level(style)
        self._styles = {above: known for above, known in self._styles.items() if above < level}
        if not numbered:
            self._styles[level] = style
        self._indents = []
        self._outline.heading(self._pieces(group.lines), level, heading_number(group.text))

    def _unnumbered_level(self, style: Style) -> int:
        """The level of the open heading of the same look, else one below the last open heading of text at least as large."""
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
            pieces.append((text, PageLocator(line.page, line.box, line.confidence)))
            pieces.append((glue, None))
        return pieces

    def _row(self, row: Line) -> list[Piece]:
        pieces: list[Piece] = []
        for cell in row.cells:
            if pieces:
                pieces.append((" | ", None))
            pieces += self._pieces(cell)
        return pieces


def _style_of(group: Group) -> Style:
    line = group.lines[0]
    return round(line.size), line.bold, is_capitals(group.text), bool(list_marker(group.text))


def is_heading(group: Group, typography: Typography) -> bool:
    """Tell whether a group is a heading: a short title that is numbered, bold, larger or in capitals."""
    text = group.text.strip()
    if len(group.lines) > 3 or not _may_be_title(group, text):
        return False
    strong = _is_strong(group, typography)
    numbered = parse_number(text)
    if numbered:
        return _numbered_title(numbered.title, numbered.keyword, strong)
    if list_marker(text):
        return _all_bold(group) and len(text) <= 100 and text[0] not in "☐☒"
    return strong or is_capitals(text)


def _may_be_title(group: Group, text: str) -> bool:
    if text.endswith("."):
        return len(text) <= 80 and _all_bold(group)
    return is_title_shaped(text) and any(c.isalpha() for c in text)


def _numbered_title(title: str, keyword: bool, strong: bool) -> bool:
    if not title:
        return keyword or strong
    if title[0].islower():
        return False
    return strong or is_capitals(title) or keyword and len(title) <= 120 or len(title) <= 90 and not title.endswith(":")


def _is_strong(group: Group, typography: Typography) -> bool:
    return _all_bold(group) or group.lines[0].size > 1.12 * typography.size


def _all_bold(group: Group) -> bool:
    return all(line.bold for line in group.lines)
