"""A workbook as data: what every spreadsheet writer needs, and nothing of a file format."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import IO, TypeVar

from clausecheck.vocabulary import Status

T = TypeVar("T")
MAX_TEXT = 32_000
"""Characters that a cell holds at most (Excel's limit is 32,767)."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FORMULA = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


class Style(StrEnum):
    """How a cell looks. A status has its colours; its word is always in the cell."""

    TEXT = "texte"
    TITLE = "titre"
    HEADER = "entete"
    STRONG = "fort"
    SOFT = "discret"
    LINK = "lien"
    CONFORME = Status.CONFORME.value
    AFFAIBLIE = Status.AFFAIBLIE.value
    CONTREDITE = Status.CONTREDITE.value
    ABSENTE = Status.ABSENTE.value
    SANS_OBJET = Status.SANS_OBJET.value
    NON_CONCLUANT = Status.NON_CONCLUANT.value

    @classmethod
    def of(cls, status: Status) -> "Style":
        """Return the style of a status."""
        return cls(status.value)


COLOURS = {
    Style.CONFORME: ("#0f5730", "#e3f3e8"),
    Style.AFFAIBLIE: ("#6b4500", "#fdf0d2"),
    Style.CONTREDITE: ("#7a120e", "#f3b9b4"),
    Style.ABSENTE: ("#8a1c18", "#fbe3e1"),
    Style.SANS_OBJET: ("#5a5d68", "#f2f2f0"),
    Style.NON_CONCLUANT: ("#55308a", "#eee6f8"),
    Style.HEADER: ("#ffffff", "#2b3a55"),
}
"""Style → (text, background): contrast of at least 4.5:1 (RGAA 3.2), also for the blue that LibreOffice gives every link."""


UNWRAPPED = frozenset({Style.TITLE, Style.STRONG, Style.SOFT})
"""Styles whose text runs over the next, empty cells."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cell of the same workbook: ``row`` from 0, first column."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and its look. ``link``: another cell, or the address of a file beside the workbook."""

    value: str | int | float | None = None
    style: Style = Style.TEXT
    link: Target | str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters."""

    title: str
    width: int


Line = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """``count`` rows made only as they are written, so that those of thousands of dossiers never stand in memory together."""

    count: int
    make: Callable[[], Iterable[Line]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Line]:
        return iter(self.make())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. ``above``: rows before the header; ``below``: rows after the table, set off by an empty one.

    ``frozen``: columns that stay in sight; ``printed``: columns that go to paper (None: all), on A3 where ``large``, else on A4.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Rows | tuple[Line, ...]
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    frozen: int = 0
    printed: int | None = None
    large: bool = False

    @property
    def header(self) -> int:
        """Row of the header, from 0."""
        return len(self.above)

    @property
    def height(self) -> int:
        """Number of rows, header included."""
        return self.header + 1 + len(self.rows) + (len(self.below) + 1 if self.below else 0)

    def lines(self) -> Iterator[Line]:
        """Every row in order, header included."""
        header = tuple(Cell(c.title, Style.HEADER) for c in self.columns)
        return chain(self.above, (header,), self.rows, ((), *self.below) if self.below else ())


@dataclass(frozen=True, slots=True)
class Workbook:
    """``title`` of its properties, and its sheets."""

    title: str
    sheets: tuple[Sheet, ...]


def in_memory(write: Callable[[T, IO[bytes]], None], what: T) -> bytes:
    """Return the bytes of a file that ``write`` would put on disk."""
    buffer = io.BytesIO()
    write(what, buffer)
    return buffer.getvalue()


def storable(text: str) -> str:
    """Return ``text`` without the characters that XML forbids, cut where a cell ends (and saying so)."""
    clean = _NOT_XML.sub("\ufffd", text)
    return clean if len(clean) <= MAX_TEXT else f"{clean[:MAX_TEXT]}… [texte coupé]"


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet that reads ``text`` from a plain file may run it (OWASP, «CSV injection»)."""
    return _FORMULA.match(text) is not None
