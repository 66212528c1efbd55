"""Adds blocks to a builder while keeping the stack of headings and the lead-in of lists."""

from collections.abc import Sequence

from clausecheck.document import DocumentBuilder
from clausecheck.document.builder import Piece
from clausecheck.readers.headings import heading_number, parse_number
from clausecheck.vocabulary import BlockKind, Layer

Text = Sequence[Piece] | str


class Outline:
    """Fills ``parent`` of the blocks added: the heading above, or the lead-in that ends with a colon for list items."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder
        self._headings: list[tuple[int, int]] = []
        self._lead_in: int | None = None
        self._items: list[tuple[int, int]] = []
        self.marked_level = 0
        """Level of the last heading the format itself marks as one."""

    @property
    def parent(self) -> int | None:
        """Index of the heading above, None at the start."""
        return self._headings[-1][1] if self._headings else None

    @property
    def open_levels(self) -> tuple[int, ...]:
        """Levels of the headings above, top first."""
        return tuple(level for level, _ in self._headings)

    def heading(self, text: Text, level: int, number: str | None = None, *, marked: bool = True) -> None:
        """Add a heading of ``level`` (from 1); ``marked`` is False for one guessed from its look."""
        if marked:
            self.marked_level = level
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        index = self.builder.add(text, kind=BlockKind.HEADING, level=level, number=number, parent=self.parent)
        if index is not None:
            self._headings.append((level, index))
        self._lead_in, self._items = None, []

    def list_item(self, text: Text, level: int) -> None:
        """Add a list item whose text starts with its marker."""
        while self._items and self._items[-1][0] >= level:
            self._items.pop()
        lead_in = self._items[-1][1] if self._items else self._lead_in
        parent = lead_in if lead_in is not None else self.parent
        number = heading_number(_plain(text))
        index = self.builder.add(text, kind=BlockKind.LIST_ITEM, level=level, number=number, parent=parent)
        self._open_item(index, level, _plain(text))

    def _open_item(self, index: int | None, level: int, words: str) -> None:
        """An item that ends with a colon leads in the deeper ones."""
        if index is not None and words.rstrip().endswith(":"):
            self._items.append((level, index))

    def paragraph(self, text: Text) -> None:
        """Add a paragraph; a dotted or «Article» number that opens it is kept."""
        words = _plain(text)
        numbered = parse_number(words)
        number = numbered.number if numbered and ("." in numbered.number or numbered.keyword) else None
        index = self.builder.add(text, number=number, parent=self.parent)
        self._lead_in, self._items = (index if words.rstrip().endswith(":") else None), []

    def row(self, text: Text) -> None:
        """Add a table row."""
        self.builder.add(text, kind=BlockKind.TABLE_ROW, parent=self.parent)
        self._lead_in, self._items = None, []

    def aside(self, text: Text, kind: BlockKind = BlockKind.PARAGRAPH, layer: Layer = Layer.BODY) -> None:
        """Add a block that does not touch the outline: footnote, form field, furniture, note."""
        self.builder.add(text, kind=kind, layer=layer, parent=self.parent)


def _plain(text: Text) -> str:
    """Return the words of a block given as text or pieces."""
    return text if isinstance(text, str) else "".join(piece for piece, _ in text)
