"""The transparency sheet as the annex of a report to edit, print or archive."""

from collections.abc import Iterator

from clausecheck.reporting.blocks import Block, Heading, Items, Paragraph, Table
from clausecheck.reporting.transparency import Facts, Section, sections
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import ReportView

_FIRST, _OTHER = 4, 2
"""Shares of the width that the first column of a table takes, and each of the others."""


def transparency(view: ReportView) -> Iterator[Block]:
    """Yield the annex."""
    yield Heading(1, "Transparence", "transparence")
    for section in sections(Facts.of_report(view.report), view.run):
        yield from _section(section)


def _section(section: Section) -> Iterator[Block]:
    yield Heading(2, french(section.title), section.key)
    yield from (Paragraph(french(text)) for text in section.paragraphs)
    if section.items:
        yield Items(tuple(map(french, section.items)))
    for table in section.tables:
        rows = tuple(tuple(map(french, row)) for row in table.rows)
        widths = (_FIRST, *(_OTHER for _ in table.header[1:]))
        yield Table(french(table.caption), tuple(map(french, table.header)), rows, widths)
