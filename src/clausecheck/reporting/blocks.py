"""A report as a plain sequence of blocks: what each word-processing form says, in the same words and the same order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from clausecheck.reporting.unseen import visible
from clausecheck.vocabulary import Status


class Role(StrEnum):
    """What a paragraph is in the report; each form gives it a style of its own."""

    BODY = "corps"
    DECISION = "decision"
    STATUS = "statut"
    QUOTE = "citation"
    PLACE = "provenance"
    PROPOSAL = "proposition"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Heading:
    """A title. ``level``: 1 (a part), 2 (a finding, a table of the annex); ``anchor``: unique in the report, ASCII."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``label``: words that open it, set off; ``status``: of the finding it tells, for its colour."""

    text: str
    role: Role = Role.BODY
    label: str = ""
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list. ``marked``: each item opens with a mark of its own, in place of a bullet."""

    items: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``header``: one word or two a column; ``widths``: share of each column, any unit."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: a new page begins with it."""

    entries: tuple[Heading, ...]


Block = Heading | Paragraph | Items | Table | Contents


def printable(text: str) -> str:
    """Return ``text`` on plain lines, with what no reader could see written out."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def clean(block: Block) -> Block:
    """Return ``block`` with every text printable."""
    match block:
        case Heading(text=text):
            return replace(block, text=printable(text))
        case Paragraph(text=text, label=label):
            return replace(block, text=printable(text), label=printable(label))
        case Items(items=items):
            return replace(block, items=_each(items, printable))
        case Table(rows=rows, caption=caption):
            return replace(block, caption=printable(caption), rows=tuple(_each(row, printable) for row in rows))
        case Contents(entries=entries):
            return Contents(tuple(replace(entry, text=printable(entry.text)) for entry in entries))


def _each(texts: tuple[str, ...], change: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(change(text) for text in texts)
