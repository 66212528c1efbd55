"""The report as one self-contained page: no external request, readable and printable without script (RGAA)."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from clausecheck import __version__
from clausecheck.assessment.model import Evidence, Finding
from clausecheck.reporting.dossier_view import conditions_text, derogation_lines, order_basis, order_lines
from clausecheck.reporting.highlight import Passage, passages
from clausecheck.reporting.typography import french, plural
from clausecheck.reporting.view import (
    DECIDERS,
    FAMILY_LABELS,
    REVIEW_LABELS,
    SEVERITY_LABELS,
    STATUS_ICONS,
    STATUS_LABELS,
    STATUS_ORDER,
    ReportView,
)
from clausecheck.vocabulary import Status

if TYPE_CHECKING:
    from jinja2 import Environment


def render(view: ReportView) -> str:
    """Return the page. Same report, same bytes: it holds no date."""
    template = _environment().get_template("rapport.html")
    return template.render(
        view=view,
        report=view.report,
        version=__version__,
        texts=_texts(view),
        bars=_bars(view),
        groups=_groups(view),
        statuses=[(s, STATUS_LABELS[s], STATUS_ICONS[s]) for s in STATUS_ORDER],
        families=FAMILY_LABELS,
        severities=SEVERITY_LABELS,
        status_labels=STATUS_LABELS,
        status_icons=STATUS_ICONS,
        deciders=DECIDERS,
        reviews=REVIEW_LABELS,
        plural=plural,
        marks=_marks,
        order=order_lines(view.report),
        order_basis=order_basis(view.report),
        conditions=conditions_text(view.report),
        derogations=derogation_lines(view.report),
    )


@cache
def _environment() -> "Environment":
    from jinja2 import DictLoader, Environment, StrictUndefined

    folder = files("clausecheck.reporting") / "templates"
    names = ("rapport.html", "rapport.css", "rapport.js")
    loader = DictLoader({name: (folder / name).read_text(encoding="utf-8") for name in names})
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["french"] = french
    return environment


def _groups(view: ReportView) -> list[tuple[str, str, tuple[Finding, ...]]]:
    """Sections of the page, in the order of decision; empty ones are left out."""
    blocking = view.blocking()
    others = tuple(f for f in view.open if f not in blocking)
    sections = [
        ("bloque", "Ce qui bloque", blocking),
        ("negocier", "À négocier ou à signaler", others),
        ("non-concluant", "Ce qui n’a pas pu être conclu", view.unclear),
        ("conforme", "Ce qui est conforme", view.fine),
        ("sans-objet", "Sans objet dans ce dossier", view.pointless),
    ]
    return [section for section in sections if section[2]]


def _bars(view: ReportView) -> list[tuple[str, list[tuple[Status, int, float, float]], str]]:
    """For each family: (label, [(status, count, x %, width %)], text equivalent)."""
    bars = []
    for name, counts in view.by_family():
        total = sum(counts.values()) or 1
        x, pieces = 0.0, []
        for status in STATUS_ORDER:
            if counts[status]:
                width = 100 * counts[status] / total
                pieces.append((status, counts[status], round(x, 2), round(width, 2)))
                x += width
        words = ", ".join(f"{count} {STATUS_LABELS[status].lower()}" for status, count, _, _ in pieces)
        bars.append((FAMILY_LABELS.get(name, name), pieces, words))
    return bars


def _texts(view: ReportView) -> list[tuple[str, list[Passage]]]:
    """For each document, its text cut where evidence begins and ends."""
    return [(view.document_name(i), passages(document, _cited(view, i))) for i, document in enumerate(view.report.segmented.documents)]


def _cited(view: ReportView, number: int) -> list[tuple[str, Evidence]]:
    """Evidence of one document, each with the anchor of the finding it serves."""
    shown = (f for f in view.ordered if f.status is not Status.SANS_OBJET)
    return [(f.requirement.id, e) for f in shown for e in f.evidence if e.document == number]


def _marks(finding: Finding, number: int) -> str:
    """Say which criteria and weakenings of ``finding`` the evidence ``number`` shows."""
    criteria = [c.id for c in finding.criteria if number in c.evidence]
    weak = [w.id for w in finding.weakenings if number in w.evidence]
    parts = []
    if criteria:
        parts.append(f"{plural(len(criteria), 'critère')} {', '.join(criteria)}" if len(criteria) > 1 else f"critère {criteria[0]}")
    if weak:
        parts.append(f"affaiblissement {', '.join(weak)}")
    return " · ".join(parts)
