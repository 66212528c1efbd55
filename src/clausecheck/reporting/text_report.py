"""The report in a terminal: readable at 80 columns, and without colour (status by word and icon)."""

from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from clausecheck.assessment.model import Finding
from clausecheck.reporting.diffusion_view import MASKED_TITLE, is_communicable, masked_rows, title_suffix
from clausecheck.reporting.dossier_view import conditions_text, derogation_lines, order_basis, order_lines
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
    gist,
    problem_words,
    shorten,
    telling,
)
from clausecheck.vocabulary import Severity, Status

_COLOURS = {
    Status.CONFORME: "green",
    Status.AFFAIBLIE: "yellow",
    Status.CONTREDITE: "red",
    Status.ABSENTE: "red",
    Status.SANS_OBJET: "dim",
    Status.NON_CONCLUANT: "magenta",
}
_QUOTE_WIDTH = 240
_QUOTES_SHOWN = 2


def print_report(view: ReportView, console: Console) -> None:
    """Print the summary, then what blocks, then what is to negotiate."""
    report = view.report
    console.print(Panel(_heading(view), title=f"clausecheck — {report.name}{title_suffix(view)}", title_align="left"))
    console.print(_table("Par famille", [(FAMILY_LABELS.get(n, n), c) for n, c in view.by_family()]))
    console.print(_table("Par gravité", [(SEVERITY_LABELS[s], c) for s, c in view.by_severity()]))
    _section(console, "Ce qui bloque", [f for f in view.open if f.severity is Severity.BLOQUANTE], view)
    _section(console, "À négocier", [f for f in view.open if f.severity is Severity.MAJEURE], view)
    _section(console, "À signaler", [f for f in view.open if f.severity is Severity.MINEURE], view)
    _section(console, "Non concluant", list(view.unclear), view)
    _derogations(console, view)
    _problems(console, view)
    _masked(console, view)
    console.print(Text(french("Aide à la relecture : le constat est à valider par un juriste."), style="dim"))


def _heading(view: ReportView) -> RenderableType:
    report = view.report
    counts = [plural(len(view.blocking()), "point bloquant", "points bloquants"), plural(len(view.open), "écart", "écarts")]
    counts.append(plural(len(view.fine), "clause conforme", "clauses conformes"))
    lines = [Text(" · ".join(counts), style="bold")]
    for number, document in enumerate(report.segmented.documents):
        kind = report.pieces[number].kind
        pages = plural(document.coverage.pages_total, "page") if document.source.format == "pdf" else document.source.format
        lines.append(Text(f"{view.document_name(number)} — {kind.name if kind else 'nature non reconnue'}, {pages}"))
    return Group(*lines, *_order(view))


def _order(view: ReportView) -> list[Text]:
    """The order of the pieces on one line, where it is read, and what becomes of the holder's own conditions."""
    names = " > ".join(line.names for line in order_lines(view.report))
    lines = [f"{order_basis(view.report)[:-1]} : {names}" if names else order_basis(view.report), conditions_text(view.report)]
    return [Text(french(line), style="dim") for line in lines if line]


def _table(title: str, rows: list[tuple[str, dict[Status, int]]]) -> Table:
    shown = [s for s in STATUS_ORDER if any(c.get(s) for _, c in rows)]
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False, expand=False)
    table.add_column("")
    for status in shown:
        table.add_column(f"{STATUS_ICONS[status]} {STATUS_LABELS[status]}", justify="right", style=_COLOURS[status])
    for name, counts in rows:
        table.add_row(name, *(str(counts.get(s, 0) or "·") for s in shown))
    return table


def _section(console: Console, title: str, findings: list[Finding], view: ReportView) -> None:
    if not findings:
        return
    console.rule(f"{title} ({len(findings)})", align="left")
    for (reason, _), alike in groupby(findings, lambda f: (f.reason, f.evidence and f.requirement.id)):
        held = list(alike)
        console.print(_finding(held[0], view) if len(held) == 1 else _told_once(held, reason))


def _told_once(findings: list[Finding], reason: str) -> RenderableType:
    """Findings without a quote that have the same reason, said once."""
    heads = [_head(f).append(f" · {_note(f)}", style="dim") for f in findings]
    return Group(*heads, Padding(Text(french(reason)), (0, 0, 1, 2)))


def _head(finding: Finding) -> Text:
    head = Text(f"{STATUS_ICONS[finding.status]} {STATUS_LABELS[finding.status]} ", style=f"bold {_COLOURS[finding.status]}")
    head.append(f"{finding.requirement.id} ", style="bold default")
    return head.append(french(finding.requirement.title), style="default")


def _note(finding: Finding) -> str:
    """Who decides, and what is to be read again."""
    flags = [REVIEW_LABELS.get(flag, flag) for flag in finding.review]
    return french(" · ".join([f"Décision : {DECIDERS[finding.requirement.decidable_by]}", *flags]))


def _finding(finding: Finding, view: ReportView) -> RenderableType:
    body: list[RenderableType] = [Text(french(finding.reason))]
    for number in telling(finding)[:_QUOTES_SHOWN]:
        evidence = finding.evidence[number]
        body.append(Text(french(f"« {shorten(evidence.quote, _QUOTE_WIDTH)} »"), style="italic"))
        if meaning := gist(finding, number):
            body.append(Text(f"  {meaning}"))
        body.append(Text(f"  {view.place(evidence)}", style="dim"))
    body.append(Text(_note(finding), style="dim"))
    return Group(_head(finding), Padding(Group(*body), (0, 0, 1, 2)))


def _derogations(console: Console, view: ReportView) -> None:
    lines = derogation_lines(view.report)
    if not lines:
        return
    console.rule(f"Dérogations au CCAG ({len(lines)})", align="left")
    for line in lines:
        made, announced = line.made or "non trouvée dans le texte", line.announced or "non récapitulée"
        console.print(Text(french(f"• article {line.article} : {made} ; récapitulatif : {announced}")))


def _masked(console: Console, view: ReportView) -> None:
    if not is_communicable(view):
        return
    console.rule(MASKED_TITLE, align="left")
    for name, what, why, where, count in masked_rows(view):
        console.print(Text(french(f"• {name}, {where} : {what}{f' ({count})' if count != '1' else ''}, {why}")))


def _problems(console: Console, view: ReportView) -> None:
    if not view.report.problems:
        return
    console.rule("À savoir", align="left")
    for problem in view.report.problems:
        console.print(Text(f"• {problem_words(problem.document, problem.message)}"))
