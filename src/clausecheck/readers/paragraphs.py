"""Turns the paragraphs of a word-processing file into headings, list items and paragraphs, each with its parent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clausecheck.document import DocumentBuilder
from clausecheck.document.builder import Piece
from clausecheck.readers.headings import (
    Numbered,
    guess_heading,
    is_capitals,
    is_title_shaped,
    list_marker,
    marker_number,
    parse_number,
)
from clausecheck.readers.outline import Outline
from clausecheck.readers.pieces import BREAK, flatten, join, lines, text_of
from clausecheck.readers.toc import TITLE as TOC_TITLE
from clausecheck.vocabulary import BlockKind, Layer

MAX_STYLED_HEADING = 200
"""A paragraph in a heading style longer than this is a numbered clause, not a title, in characters."""
MAX_BARE_HEADING = 80
"""Longest unnumbered heading known by its bold or capitals alone, in characters."""

_CELL_SEPARATOR = " | "
_TOC_LINE = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|_{4,})\s*\d{1,3}$")
_HEADING_WORDS = ("article", "titre", "chapitre", "annexe", "section", "partie")


@dataclass(frozen=True, slots=True)
class Label:
    """An automatic number or bullet: ``text`` as printed with its separator, ``number`` bare, ``level`` from 1."""

    text: str
    number: str | None
    level: int


@dataclass(frozen=True, slots=True)
class Traits:
    """What the file says of a paragraph besides its words.

    ``heading``: level from its style, 1 = top; ``bold``: all of it is, or its style is named after titles.
    """

    heading: int | None = None
    bold: bool = False
    label: Label | None = None
    layer: Layer = Layer.BODY
    style: str | None = None


class Paragraphs:
    """Adds blocks to a builder; remembers the headings above and the lead-ins of nested lists."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._outline = Outline(builder)
        self._lead_ins: list[tuple[int, int]] = []
        self._styled_level = 0

    def aside(
        self,
        pieces: Sequence[Piece],
        kind: BlockKind = BlockKind.PARAGRAPH,
        layer: Layer = Layer.BODY,
        number: str | None = None,
        style: str | None = None,
    ) -> None:
        """Add a block that leaves the outline as it is: note, header, deleted text."""
        parent = None if layer is Layer.FURNITURE else self._outline.parent
        self._builder.add(flatten(pieces), kind=kind, parent=parent, layer=layer, number=number, style=style)

    def hidden(self, pieces: Sequence[Piece]) -> None:
        """Add text that the file hides at printing."""
        self.aside(pieces, layer=Layer.NOTE, style="texte masqué")

    def comment(self, author: str | None, pieces: Sequence[Piece]) -> None:
        """Add a reviewer's comment, unless it is empty."""
        if pieces:
            self.aside([(f"Commentaire de {author or 'auteur inconnu'}\u202f: ", None), *pieces], layer=Layer.NOTE)

    def footnote(self, number: str, pieces: Sequence[Piece], around: Layer) -> None:
        """Add a footnote or endnote, unless it is empty; ``around``: layer of the text that calls it."""
        if pieces:
            layer = Layer.BODY if around is Layer.TOC else around
            self.aside([(f"{number} ", None), *pieces], BlockKind.FOOTNOTE, layer, number)

    def row(self, cells: Sequence[Sequence[Piece]], layer: Layer) -> None:
        """Add a table row, its cells joined by « | »; a row without text is not added."""
        if not any(cells):
            return
        self._lead_ins.clear()
        self.aside(join(cells, _CELL_SEPARATOR), BlockKind.TABLE_ROW, layer)

    def paragraph(self, pieces: Sequence[Piece], traits: Traits) -> None:
        """Add a paragraph, split at the line breaks that open a list item, a numbered clause or follow a blank line."""
        if traits.layer is not Layer.BODY:
            self.aside(labelled(flatten(pieces), traits.label), layer=traits.layer, style=traits.style)
            return
        groups = [list(pieces)] if traits.heading else _groups(pieces)
        label = traits.label
        for group in groups:
            body = flatten(group)
            if body:
                self._one(body, traits if label is traits.label else replace(traits, label=label))
                label = None

    def _one(self, body: list[Piece], traits: Traits) -> None:
        text = text_of(body)
        pieces = labelled(body, traits.label)
        if TOC_TITLE.fullmatch(text) or (text[-1].isdecimal() and _TOC_LINE.search(text)):
            self.aside(pieces, layer=Layer.TOC, style=traits.style)
        elif found := self._as_heading(text, traits):
            self._add_heading(pieces, found, traits)
        elif item := _as_item(text, traits.label):
            self._add_item(pieces, item, traits.style)
        else:
            self._add_plain(pieces, _clause_number(text, traits.label), traits.style)

    def _as_heading(self, text: str, traits: Traits) -> Numbered | None:
        if traits.heading is not None:
            return _styled_heading(text, traits.heading, traits.label)
        found = _labelled_heading(text, traits) if traits.label else _typed_heading(text, bold=traits.bold)
        return replace(found, level=self._styled_level + found.level) if found else None

    def _add_heading(self, pieces: list[Piece], found: Numbered, traits: Traits) -> None:
        self._outline.heading(pieces, found.level, found.number or None)
        if self._outline.parent is not None:
            self._builder.amend(self._outline.parent, style=traits.style)
        if traits.heading is not None:
            self._styled_level = traits.heading
        self._lead_ins.clear()

    def _add_item(self, pieces: list[Piece], item: Label, style: str | None) -> None:
        while self._lead_ins and self._lead_ins[-1][0] >= item.level:
            self._lead_ins.pop()
        parent = self._lead_ins[-1][1] if self._lead_ins else self._outline.parent
        index = self._builder.add(pieces, kind=BlockKind.LIST_ITEM, level=item.level, number=item.number, parent=parent, style=style)
        self._open_lead_in(item.level, index, text_of(pieces))

    def _add_plain(self, pieces: list[Piece], number: str | None, style: str | None) -> None:
        self._lead_ins.clear()
        index = self._builder.add(pieces, number=number, parent=self._outline.parent, style=style)
        self._open_lead_in(0, index, text_of(pieces))

    def _open_lead_in(self, level: int, index: int | None, text: str) -> None:
        if index is not None and text.endswith(":"):
            self._lead_ins.append((level, index))


def labelled(body: list[Piece], label: Label | None) -> list[Piece]:
    """Put the automatic number, which stands nowhere in the text of the file, before the words."""
    if not body or label is None or not label.text:
        return body
    return [(label.text, None), *body]


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    if not any(text == BREAK for text, _ in pieces):
        return [list(pieces)]
    groups: list[list[list[Piece]]] = []
    blank = True
    for line in lines(pieces):
        text = text_of(line).strip()
        if blank or _opens_block(text):
            groups.append([])
        groups[-1].append(line)
        blank = not text
    return [join(group, " ") for group in groups]


def _opens_block(text: str) -> bool:
    return bool(list_marker(text) or _typed_clause_number(text))


def _styled_heading(text: str, level: int, label: Label | None) -> Numbered | None:
    sentence = len(text) > 110 and text.endswith((".", ";", ","))
    if sentence or len(text) > MAX_STYLED_HEADING:
        return None
    typed = parse_number(text)
    number = label.number if label and label.number else typed.number if typed else ""
    return Numbered(number, level, text)


def _labelled_heading(text: str, traits: Traits) -> Numbered | None:
    label = traits.label
    if label is None or label.number is None or not is_title_shaped(text) or len(text) > 2 * MAX_BARE_HEADING:
        return None
    keyword = label.text.lower().startswith(_HEADING_WORDS)
    return Numbered(label.number, label.level, text) if traits.bold or keyword or is_capitals(text) else None


def _typed_heading(text: str, *, bold: bool) -> Numbered | None:
    guess = guess_heading(text)
    if guess and guess.number:
        return guess if bold or guess.keyword or "." in guess.number or is_capitals(text) else None
    prominent = guess is not None or (bold and text[0].isupper() and is_title_shaped(text))
    return Numbered("", 1, text) if prominent and _is_bare_title(text) else None


def _is_bare_title(text: str) -> bool:
    """Tell a title from a filled field («SIRET : 200…») and from a long line."""
    return len(text) <= MAX_BARE_HEADING and ":" not in text[:-1] and sum(map(str.isdigit, text)) <= 4


def _as_item(text: str, label: Label | None) -> Label | None:
    if label is not None:
        return None if _numbers_clause(label) else label
    marker = list_marker(text)
    return Label(marker, marker_number(marker), 1) if marker is not None else None


def _numbers_clause(label: Label) -> bool:
    """Tell «3.2» and «Article 3», which number clauses, from «1.», «a)» and «-», which number list items."""
    return label.number is not None and ("." in label.number or label.text.lower().startswith(_HEADING_WORDS))


def _clause_number(text: str, label: Label | None) -> str | None:
    return label.number if label is not None else _typed_clause_number(text)


def _typed_clause_number(text: str) -> str | None:
    typed = parse_number(text)
    if typed and (typed.keyword or "." in typed.number) and typed.title[:1].isupper():
        return typed.number
    return None
