"""The sheets that close a workbook: what the communicable version hides, and the transparency sheet."""

from collections.abc import Iterator

from clausecheck.reporting.comparison import Comparison
from clausecheck.reporting.cost import RunNote
from clausecheck.reporting.diffusion_view import MASKED_HEADER, NOTHING_MASKED, masked_cells
from clausecheck.reporting.tables.model import Cell, Column, Line, Rows, Sheet, Style
from clausecheck.reporting.transparency import Facts, Section, sections
from clausecheck.reporting.typography import french

WHO = (Column("Lot", 11), Column("Candidat", 24))
MASKED = "Masqué"
TRANSPARENCY = "Transparence"
_MASKED_WIDTHS = (40, 28, 44, 20, 9)
_MEASURES = 5
"""Columns of figures beside the words of the widest table of the sheet."""


def masked(comparison: Comparison) -> Iterator[Sheet]:
    """Yield the sheet of what was hidden and why, where a dossier is shown in its communicable version."""
    if not comparison.communicable:
        return
    columns = (*WHO, *(Column(title, width) for title, width in zip(MASKED_HEADER, _MASKED_WIDTHS, strict=True)))
    rows = Rows(sum(d.masked for d in comparison.dossiers), lambda: _masked_rows(comparison))
    nothing = ((Cell(french(NOTHING_MASKED), Style.SOFT),),)
    yield Sheet(MASKED, columns, rows, below=() if rows else nothing, frozen=2, large=True)


def _masked_rows(comparison: Comparison) -> Iterator[Line]:
    for dossier in comparison.dossiers:
        hidden = dossier.report.masque if dossier.masked else ()
        yield from ((Cell(dossier.lot), Cell(dossier.vendor), *map(Cell, masked_cells(m))) for m in hidden)


def transparency(comparison: Comparison, run: RunNote | None) -> Sheet:
    """Return the sheet that says what judged, how well, its limits, and what the run cost."""
    told = sections(Facts.of_record(comparison.dossiers[0].report), run)
    columns = (Column("Ce qu’il faut savoir de l’outil", 110), *(Column("", 16) for _ in range(_MEASURES)))
    return Sheet(TRANSPARENCY, columns, tuple(row for section in told for row in _section(section)))


def _section(section: Section) -> Iterator[Line]:
    yield (Cell(french(section.title), Style.STRONG),)
    yield from ((Cell(french(text)),) for text in (*section.paragraphs, *section.items))
    for table in section.tables:
        yield tuple(Cell(french(title), Style.STRONG) for title in (table.caption, *table.header[1:]))
        yield from (tuple(Cell(french(text)) for text in row) for row in table.rows)
    yield ()
