"""``clausecheck transparence``: the transparency sheet of the tool as installed, with the time and energy of a run where one is named."""

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.table import Table as RichTable
from rich.text import Text

from clausecheck import __version__
from clausecheck.catalogue.loader import load_catalogue
from clausecheck.cli.console import out
from clausecheck.detection.voice import load_voice
from clausecheck.reporting.manifest import load
from clausecheck.reporting.page import page
from clausecheck.reporting.transparency import Facts, Section, Table, as_markdown, sections
from clausecheck.reporting.typography import french


def print_sheet(form: str, catalogue: Path | None, folder: Path | None = None) -> None:
    """Print the sheet as «text», «html» or «md». ``folder``: a run, whose manifest tells its cost. Raises UsageError where it is none."""
    run = load(folder).note if folder else None
    voice = load_voice()
    name, sha256 = (voice.name, voice.sha256) if voice else (None, None)
    sheet = sections(Facts.of_catalogue(load_catalogue(catalogue), name, sha256), run)
    if form == "html":
        print(page("transparence.html", sections=sheet, version=__version__))
    elif form == "md":
        print(as_markdown(sheet), end="")
    else:
        _print_text(sheet)


def _print_text(sheet: Sequence[Section]) -> None:
    for section in sheet:
        out().print(Text(french(section.title), style="bold"))
        for text in section.paragraphs:
            out().print(Text(french(text)))
        for text in section.items:
            out().print(Text(french(f"• {text}")))
        for table in section.tables:
            out().print(_table(table))
        out().print()


def _table(table: Table) -> RichTable:
    shown = RichTable(title=french(table.caption), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for header in table.header:
        shown.add_column(french(header))
    for row in table.rows:
        shown.add_row(*map(french, row))
    return shown
