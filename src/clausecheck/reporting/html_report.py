"""The report as one self-contained page: no external request, readable and printable without script (RGAA)."""

from dataclasses import dataclass

from clausecheck import __version__
from clausecheck.reporting import diffusion_view
from clausecheck.reporting.cards import citations, groups, leading
from clausecheck.reporting.cost import date_line
from clausecheck.reporting.dossier_view import conditions_text, derogation_lines, order_basis, order_lines
from clausecheck.reporting.highlight import Passage, passages
from clausecheck.reporting.page import page
from clausecheck.reporting.transparency import Facts, sections
from clausecheck.reporting.typography import plural
from clausecheck.reporting.view import (
    DECIDERS,
    FAMILY_LABELS,
    KIND_LABELS,
    REVIEW_LABELS,
    SEVERITY_LABELS,
    STATUS_ICONS,
    STATUS_LABELS,
    STATUS_ORDER,
    ReportView,
    file_name,
)
from clausecheck.vocabulary import Status

LISTED = 7
MANY = 300
"""Above as many findings, the browser lays out only those near the screen: filters stay fluid, jumps are a little less exact."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Statuses of one family. ``parts``: (status, count, x %, width %)."""

    label: str
    parts: tuple[tuple[Status, int, float, float], ...]


def render(view: ReportView) -> str:
    """Return the page. Same report, same bytes, but for the date line of a run and the line of its cost."""
    grouped = groups(view)
    return page(
        "rapport.html",
        script="rapport.js",
        view=view,
        report=view.report,
        version=__version__,
        groups=grouped,
        leads=leading(grouped, LISTED),
        many=len(view.report.findings) > MANY,
        bars=_bars(view),
        texts=_texts(view),
        findings={f.requirement.id: f for f in view.report.findings},
        transparency=sections(Facts.of_report(view.report), view.run),
        date=date_line(view.run) if view.run else "",
        plural=plural,
        order=order_lines(view.report),
        order_basis=order_basis(view.report),
        conditions=conditions_text(view.report),
        derogations=derogation_lines(view.report),
        diffusion=diffusion_view,
        file_name=file_name,
        **_LABELS,
    )


_LABELS = {
    "statuses": STATUS_ORDER,
    "status_labels": STATUS_LABELS,
    "status_icons": STATUS_ICONS,
    "families": FAMILY_LABELS,
    "severities": SEVERITY_LABELS,
    "deciders": DECIDERS,
    "reviews": REVIEW_LABELS,
    "kinds": KIND_LABELS,
}


def _bars(view: ReportView) -> list[Bar]:
    """Lay out one bar a family, its parts in the order of statuses."""
    bars = []
    for name, counts in view.by_family():
        total = sum(counts.values()) or 1
        x, parts = 0.0, []
        for status in STATUS_ORDER:
            if counts[status]:
                width = 100 * counts[status] / total
                parts.append((status, counts[status], round(x, 2), round(width, 2)))
                x += width
        bars.append(Bar(FAMILY_LABELS.get(name, name), tuple(parts)))
    return bars


def _texts(view: ReportView) -> list[tuple[str, list[Passage]]]:
    """For each document, its name and its text cut where evidence begins and ends."""
    documents = enumerate(view.report.segmented.documents)
    return [(view.document_name(i), passages(document, citations(view, i))) for i, document in documents]
