"""Plain text reader: paragraphs rebuilt from lines, headings guessed from their wording."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.readers.contents import has_leader, is_contents_title, is_page_number
from clausecheck.readers.headings import guess_heading, list_marker
from clausecheck.readers.outline import Outline
from clausecheck.readers.pdf_words import LineJoiner
from clausecheck.readers.text_encoding import decode
from clausecheck.vocabulary import Layer

_ENDED = (".", ":", ";", "!", "?", "»")
_FULL_LINE = 80
"""A line this long that does not end a sentence was cut by the page, in characters."""

_STEP = 4
"""Spaces of indent that make one level of list."""


@dataclass(slots=True)
class _Unit:
    """A block under construction. ``closed``: a blank line followed it; ``width``: of its last line, in characters."""

    text: str
    indent: int = 0
    heading: bool = False
    closed: bool = False
    width: int = 0

    @property
    def ended(self) -> bool:
        return self.text.endswith(_ENDED)


def read(data: bytes, source: Source) -> Document:
    """Read a text file in UTF-8, UTF-16 or cp1252."""
    builder = DocumentBuilder(source)
    add_text(Outline(builder), decode(data).replace("\f", "\n\n").split("\n"))
    return builder.build()


def add_text(outline: Outline, lines: Iterable[str]) -> None:
    """Add the blocks of plain text; a blank line inside a sentence does not cut it: converters put them there."""
    for unit in _units(lines):
        _add(outline, unit)


def _units(lines: Iterable[str]) -> list[_Unit]:
    units: list[_Unit] = []
    known = list(lines)
    joiner = LineJoiner(known)
    for raw in known:
        text = re.sub(r"[ \t]+", " ", raw.strip())
        if not text:
            if units:
                units[-1].closed = True
        elif units and _continues(units[-1], text):
            before, glue = joiner.end(units[-1].text, text)
            units[-1].text, units[-1].closed, units[-1].width = f"{before}{glue}{text}", False, len(text)
        else:
            units.append(_Unit(text, len(raw) - len(raw.lstrip()), _is_heading(units, text), width=len(text)))
    return units


def _continues(unit: _Unit, text: str) -> bool:
    if unit.heading or list_marker(text) or _is_aside(text) or _is_aside(unit.text):
        return False
    if unit.closed or guess_heading(text):
        cut = text[0].islower() or (unit.width >= _FULL_LINE and not guess_heading(text))
        return not unit.ended and cut
    return True


def _is_heading(units: list[_Unit], text: str) -> bool:
    """A heading cannot follow a line that stops in the middle of a sentence, unless a blank line stands between."""
    free = not units or units[-1].heading or units[-1].closed or units[-1].ended or _is_aside(units[-1].text)
    return free and not list_marker(text) and guess_heading(text) is not None


def _is_aside(text: str) -> bool:
    return has_leader(text) or is_contents_title(text) or is_page_number(text)


def _add(outline: Outline, unit: _Unit) -> None:
    numbered = guess_heading(unit.text) if unit.heading else None
    if is_page_number(unit.text):
        outline.aside(unit.text, layer=Layer.FURNITURE)
    elif _is_aside(unit.text):
        outline.aside(unit.text, layer=Layer.TOC)
    elif numbered:
        outline.heading(unit.text, numbered.level, numbered.number or None)
    elif list_marker(unit.text):
        outline.list_item(unit.text, 1 + unit.indent // (2 * _STEP))
    else:
        outline.paragraph(unit.text)
