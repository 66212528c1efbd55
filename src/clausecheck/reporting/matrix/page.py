"""The matrix as one self-contained page: no external request, readable and printable without script (RGAA)."""

from collections.abc import Iterator
from typing import IO

from clausecheck import __version__
from clausecheck.reporting import diffusion_view
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.page import write_page
from clausecheck.reporting.transparency import Facts, sections
from clausecheck.reporting.typography import plural
from clausecheck.reporting.view import SEVERITY_LABELS, SEVERITY_ORDER, STATUS_ICONS, STATUS_LABELS, STATUS_ORDER, shorten
from clausecheck.vocabulary import Status

CELL_WIDTH, CELL_HEIGHT, MARGIN_LEFT, MARGIN_TOP = 14, 20, 190, 120
"""Heat map, in pixels."""


def write_html(comparison: Comparison, stream: IO[bytes]) -> None:
    """Write the page. Same comparison, same bytes: it holds no date."""
    write_page(
        stream,
        "matrice.html",
        "matrice.css",
        script="matrice.js",
        comparison=comparison,
        version=__version__,
        bars=map(_bar, comparison.dossiers),
        severities=SEVERITY_LABELS,
        severity_order=SEVERITY_ORDER,
        statuses=STATUS_ORDER,
        labels=STATUS_LABELS,
        icons=STATUS_ICONS,
        ranks={status: rank for rank, status in enumerate(STATUS_ORDER)},
        map=_Map(columns=len(comparison.rows), rows=len(comparison.dossiers)),
        diffusion=diffusion_view,
        communicable=comparison.communicable,
        masked=_masked(comparison) if any(d.masked for d in comparison.dossiers) else None,
        transparency=sections(Facts.of_record(comparison.dossiers[0].report)),
        tools=sorted({_tools(d) for d in comparison.dossiers}),
        plural=plural,
        shorten=shorten,
        counted=_counted,
    )


def _masked(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for dossier in comparison.dossiers:
        hidden = dossier.report.masque if dossier.masked else ()
        yield from ((dossier.label, *diffusion_view.masked_cells(m)) for m in hidden)


class _Map:
    """Where the cells of the heat map stand."""

    def __init__(self, *, columns: int, rows: int) -> None:
        self.width = MARGIN_LEFT + columns * CELL_WIDTH
        self.height = MARGIN_TOP + rows * CELL_HEIGHT
        self.top = MARGIN_TOP
        self.cell = (CELL_WIDTH - 2, CELL_HEIGHT - 2)

    def x(self, column: int) -> int:
        """Left edge of a column."""
        return MARGIN_LEFT + column * CELL_WIDTH

    def y(self, row: int) -> int:
        """Top edge of a row."""
        return MARGIN_TOP + row * CELL_HEIGHT


def _bar(dossier: Judged) -> tuple[Judged, list[tuple[Status, int, float, float]], str]:
    """(dossier, [(status, count, x %, width %)], text equivalent)."""
    total, x, pieces = len(dossier.marks) or 1, 0.0, []
    for status in STATUS_ORDER:
        if count := dossier.count(status):
            width = 100 * count / total
            pieces.append((status, count, round(x, 2), round(width, 2)))
            x += width
    return dossier, pieces, ", ".join(_counted(count, status) for status, count, _, _ in pieces)


def _counted(count: int, status: Status) -> str:
    """«1 absente», «2 absentes», «2 sans objet»."""
    word = STATUS_LABELS[status].lower()
    return plural(count, word, word if status is Status.SANS_OBJET else None)


def _tools(dossier: Judged) -> str:
    """What judged a dossier: catalogue and model with their hashes."""
    head = dossier.head
    model = f"modèle {head.model.name} ({head.model.sha256[:12]})" if head.model else "sans modèle entraîné"
    return f"catalogue {head.catalogue.version} ({(head.catalogue.sha256 or '')[:12]}), {model}"
