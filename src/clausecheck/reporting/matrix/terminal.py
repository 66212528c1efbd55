"""The matrix on a terminal: an icon for each vendor, a legend in words; readable at 80 columns and without colour."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from clausecheck.reporting.comparison import Comparison, Mark, Row
from clausecheck.reporting.typography import french, plural
from clausecheck.reporting.view import SEVERITY_LABELS, STATUS_ICONS, STATUS_LABELS, STATUS_ORDER, shorten
from clausecheck.vocabulary import Status

STATUS_COLOURS = {
    Status.CONFORME: "green",
    Status.AFFAIBLIE: "yellow",
    Status.CONTREDITE: "bold red",
    Status.ABSENTE: "red",
    Status.SANS_OBJET: "dim",
    Status.NON_CONCLUANT: "magenta",
}
_CELL = 4
_FIXED = 48
"""Columns of the terminal that the requirement, its severity and a short title take."""


def print_matrix(comparison: Comparison, console: Console, *, everything: bool = False) -> None:
    """Print requirement × dossier; only requirements with something to do or not concluded, unless ``everything``."""
    rows = [row for row in comparison.rows if everything or _matters(row)]
    console.print(Text(_title(comparison), style="bold"))
    _legend(comparison, console)
    step = max(1, (console.width - _FIXED) // _CELL)
    for first in range(0, len(comparison.dossiers), step):
        console.print(_block(rows, range(first, min(first + step, len(comparison.dossiers))), console.width))
    console.print(Text(" · ".join(f"{STATUS_ICONS[s]} {STATUS_LABELS[s].lower()}" for s in STATUS_ORDER), style="dim"))
    hidden = len(comparison.rows) - len(rows)
    if hidden:
        console.print(Text(french(f"{plural(hidden, 'exigence')} sans écart (--tout pour les voir)."), style="dim"))
    for who, what in comparison.notes:
        console.print(Text(french(f"• {who} : {what}")))


def _matters(row: Row) -> bool:
    return any(f is not None and (f.open or f.status is Status.NON_CONCLUANT) for f in row.findings)


def _title(comparison: Comparison) -> str:
    parts = [comparison.name, plural(len(comparison.dossiers), "dossier jugé", "dossiers jugés")]
    parts += [plural(comparison.unread, "dossier non jugé", "dossiers non jugés")] if comparison.unread else []
    parts += [plural(len(comparison.lots), "lot")] if comparison.lots else []
    return " — ".join(parts)


def _legend(comparison: Comparison, console: Console) -> None:
    """Number, label and counts of each dossier."""
    for number, dossier in enumerate(comparison.dossiers, 1):
        counts = [plural(dossier.blocking, "bloquant"), plural(dossier.open, "écart")]
        unclear = dossier.count(Status.NON_CONCLUANT)
        counts += [plural(unclear, "non concluant")] if unclear else []
        console.print(Text(f"{number:>3}  {shorten(dossier.label, 40)} ({', '.join(counts)})"))


def _block(rows: list[Row], columns: range, width: int) -> Table:
    table = Table(pad_edge=False, expand=False, box=None, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("Exigence", no_wrap=True, min_width=17)
    table.add_column("Gravité", no_wrap=True, min_width=9)
    table.add_column("Intitulé", no_wrap=True, overflow="ellipsis", max_width=max(12, width - 28 - _CELL * len(columns)))
    for number in columns:
        table.add_column(str(number + 1), justify="center", min_width=3)
    for row in rows:
        table.add_row(row.requirement, SEVERITY_LABELS[row.severity], row.title, *(_icon(row.findings[i]) for i in columns))
    return table


def _icon(finding: Mark | None) -> Text:
    if finding is None:
        return Text(" ")
    return Text(STATUS_ICONS[finding.status], style=STATUS_COLOURS[finding.status])
