"""The matrix as one self-contained page: no external request, readable and printable without script (RGAA)."""

from clausecheck import __version__
from clausecheck.reporting import diffusion_view
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.page import page
from clausecheck.reporting.transparency import Facts, sections
from clausecheck.reporting.typography import plural
from clausecheck.reporting.view import SEVERITY_LABELS, SEVERITY_ORDER, STATUS_ICONS, STATUS_LABELS, STATUS_ORDER, shorten
from clausecheck.vocabulary import Status

CELL_WIDTH, CELL_HEIGHT, MARGIN_LEFT, MARGIN_TOP = 14, 20, 190, 120
"""Heat map, in pixels."""


def render(comparison: Comparison) -> str:
    """Return the page. Same comparison, same bytes: it holds no date."""
    return page(
        "matrice.html",
        "matrice.css",
        script="matrice.js",
        comparison=comparison,
        version=__version__,
        bars=[_bar(d) for d in comparison.dossiers],
        severities=SEVERITY_LABELS,
        severity_order=SEVERITY_ORDER,
        statuses=STATUS_ORDER,
        labels=STATUS_LABELS,
        icons=STATUS_ICONS,
        ranks={status: rank for rank, status in enumerate(STATUS_ORDER)},
        map=_Map(columns=len(comparison.rows), rows=len(comparison.dossiers)),
        diffusion=diffusion_view,
        communicable=comparison.communicable,
        masked=[(d.label, *diffusion_view.masked_cells(m)) for d in comparison.dossiers for m in d.report.masque],
        transparency=sections(Facts.of_record(comparison.dossiers[0].report)),
        tools=sorted({_tools(d) for d in comparison.dossiers}),
        plural=plural,
        shorten=shorten,
        counted=_counted,
    )


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
    total, x, pieces = len(dossier.report.findings) or 1, 0.0, []
    for status in STATUS_ORDER:
        if count := dossier.report.count(status):
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
    report = dossier.report
    model = f"modèle {report.model.name} ({(report.model.sha256)[:12]})" if report.model else "sans modèle entraîné"
    return f"catalogue {report.catalogue.version} ({(report.catalogue.sha256 or '')[:12]}), {model}"
