"""The sheets of a comparison: Synthèse, Matrice, Constats, Dérogations, Pièces, Exigences, then those that close the workbook."""

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from clausecheck.reporting.comparison import Comparison, Judged, Row
from clausecheck.reporting.cost import RunNote, date_line
from clausecheck.reporting.payload import Derogation, FindingRecord, Piece, Quote, Report
from clausecheck.reporting.tables.annexes import WHO, masked, transparency
from clausecheck.reporting.tables.model import Cell, Column, Line, Rows, Sheet, Style, Target, Workbook
from clausecheck.reporting.typography import NNBSP, french, plural
from clausecheck.reporting.view import DECIDERS, REVIEW_LABELS, SEVERITY_LABELS, STATUS_ICONS, STATUS_LABELS, STATUS_ORDER, kind_words
from clausecheck.vocabulary import Status

FINDINGS = "Constats"
REQUIREMENTS = "Exigences"
_CAUTION = (
    "Aide à la relecture : chaque constat est à valider par un juriste ; l’outil énonce des faits, il ne classe ni n’écarte aucune offre."
)
_EQUAL = "Tous les dossiers ont été jugés avec les mêmes règles :"
_UNEQUAL = "Attention, règles différentes selon les dossiers :"


def workbook(comparison: Comparison, run: RunNote | None = None) -> Workbook:
    """Return the whole workbook. ``run``: the analysis that it reports, whose date and cost it then tells."""
    first = list(accumulate((len(d.marks) for d in comparison.dossiers), initial=1))
    sheets = (
        _summary(comparison, run),
        _matrix(comparison, first),
        _findings(comparison),
        _derogations(comparison, first),
        _pieces(comparison),
        _requirements(comparison),
        *masked(comparison),
        transparency(comparison, run),
    )
    return Workbook(f"clausecheck – {comparison.name}", sheets)


def status_cell(status: Status, link: Target | str | None = None) -> Cell:
    """A status by colour and word."""
    return Cell(status_words(status), Style.of(status), link)


def status_words(status: Status) -> str:
    """«✖ Contredite»."""
    return f"{STATUS_ICONS[status]} {STATUS_LABELS[status]}"


def quoted(quote: Quote) -> str:
    """The exact words, between guillemets."""
    return f"«{NNBSP}{quote.quote.strip()}{NNBSP}»"


def missing_words(finding: FindingRecord) -> str:
    """Required criteria that are not met, in words."""
    return " ; ".join(c.text for c in finding.missing)


def weakening_words(finding: FindingRecord) -> str:
    """Weakenings seen, in words."""
    return " ; ".join(f"{w.text} ({kind_words(w.kind)})" for w in finding.weakenings)


def _who(dossier: Judged) -> Line:
    return Cell(dossier.lot), Cell(dossier.vendor)


def _summary(comparison: Comparison, run: RunNote | None) -> Sheet:
    columns = (
        *WHO,
        Column("SIRET", 17),
        Column("Points bloquants", 12),
        *(Column(status_words(s), 15) for s in STATUS_ORDER),
        Column("Pièces", 9),
        Column("Rapport", 16),
    )
    counted = plural(len(comparison.dossiers), "dossier jugé", "dossiers jugés")
    if comparison.unread:
        counted += f", {plural(comparison.unread, 'dossier non jugé', 'dossiers non jugés')} (voir « À savoir »)"
    above = (
        (Cell(comparison.name, Style.TITLE),),
        (Cell(french(f"{plural(len(comparison.rows), 'exigence')} ; {counted}"), Style.SOFT),),
        *(((Cell(date_line(run), Style.SOFT),),) if run else ()),
        (),
    )
    below = (*_families(comparison), *_notes(comparison), *_origin(comparison))
    return Sheet("Synthèse", columns, tuple(_summary_row(d) for d in comparison.dossiers), above, below)


def _summary_row(dossier: Judged) -> Line:
    head = dossier.head
    counts = (_count_cell(dossier.count(s), s) for s in STATUS_ORDER)
    link = Cell("rapport", Style.LINK, dossier.href) if dossier.href else Cell()
    blocking = Cell(dossier.blocking)
    return (*_who(dossier), Cell(head.dossier.vendor.siret or ""), blocking, *counts, Cell(len(head.documents)), link)


def _count_cell(count: int, status: Status) -> Cell:
    return Cell(count, Style.of(status) if count else Style.TEXT)


def _families(comparison: Comparison) -> tuple[Line, ...]:
    """Statuses by family, all dossiers together, under the columns of the table above."""
    head = ((Cell("Par famille" if comparison.single else "Par famille, tous dossiers", Style.STRONG),),)
    return (*head, *(_family_row(label, [r for r in comparison.rows if r.family == f]) for f, label in comparison.families.items()), ())


def _family_row(label: str, rows: list[Row]) -> Line:
    counts = Counter(f.status for row in rows for f in row.findings if f)
    return Cell(), Cell(label), Cell(), Cell(), *(_count_cell(counts[s], s) for s in STATUS_ORDER)


def _notes(comparison: Comparison) -> tuple[Line, ...]:
    if not comparison.notes:
        return ()
    head = (Cell("À savoir", Style.STRONG),)
    return (head, *((Cell(), Cell(who), Cell(french(what), Style.SOFT)) for who, what in comparison.notes), ())


def _origin(comparison: Comparison) -> tuple[Line, ...]:
    """What judged: the same for all, or a line for each difference."""
    said = {_tools(d) for d in comparison.dossiers}
    equal = "Jugé avec :" if comparison.single else _EQUAL if len(said) == 1 else _UNEQUAL
    lines = ((Cell(), Cell(text, Style.SOFT)) for text in sorted(said))
    return ((Cell(french(equal), Style.STRONG),), *lines, (), (Cell(french(_CAUTION), Style.SOFT),))


def _tools(dossier: Judged) -> str:
    head = dossier.head
    model = f"modèle {head.model.name} ({head.model.sha256})" if head.model else "sans modèle entraîné"
    return f"clausecheck {head.tool.version}, catalogue {head.catalogue.version} ({head.catalogue.sha256}), {model}"


def _matrix(comparison: Comparison, first: list[int]) -> Sheet:
    """``first``: the row of each dossier's first finding in its sheet."""
    columns = (
        Column("Exigence", 20),
        Column("Intitulé", 52),
        Column("Famille", 36),
        Column("Gravité", 11),
        *(Column(d.label, 18) for d in comparison.dossiers),
    )
    rows = Rows(len(comparison.rows), lambda: (_matrix_row(row, number, first) for number, row in enumerate(comparison.rows)))
    return Sheet("Matrice", columns, rows, frozen=2, large=True)


def _matrix_row(row: Row, number: int, first: list[int]) -> Line:
    name = Cell(row.requirement, Style.LINK, Target(REQUIREMENTS, number + 1))
    head = (name, Cell(row.title), Cell(row.family_label), Cell(SEVERITY_LABELS[row.severity]))
    cells = (
        status_cell(f.status, Target(FINDINGS, first[i] + f.position)) if f else Cell("non jugée", Style.SOFT)
        for i, f in enumerate(row.findings)
    )
    return (*head, *cells)


def _findings(comparison: Comparison) -> Sheet:
    columns = (
        *WHO,
        Column("Exigence", 20),
        Column("Intitulé", 32),
        Column("Gravité", 11),
        Column("Statut", 16),
        Column("Motif", 56),
        Column("Citation", 48),
        Column("Où", 20),
        Column("À relire", 15),
        Column("Critères manquants", 70),
        Column("Affaiblissements", 56),
        Column("Clause à proposer", 100),
        Column("Peut en décider", 14),
        Column("Confiance", 11),
    )
    rows = Rows(sum(len(d.marks) for d in comparison.dossiers), lambda: _finding_rows(comparison))
    return Sheet(FINDINGS, columns, rows, frozen=3, printed=10, large=True)


def _finding_rows(comparison: Comparison) -> Iterator[Line]:
    """Yield them dossier by dossier, what matters most first."""
    targets = {row.requirement: Target(REQUIREMENTS, number) for number, row in enumerate(comparison.rows, 1)}
    for dossier in comparison.dossiers:
        yield from (_finding_row(dossier, f, targets[f.requirement]) for f in dossier.report.ranked)


def _finding_row(dossier: Judged, f: FindingRecord, requirement: Target) -> Line:
    quote = f.telling
    return (
        *_who(dossier),
        Cell(f.requirement, Style.LINK, dossier.link(f.requirement) or requirement),
        Cell(f.title),
        Cell(SEVERITY_LABELS[f.severity]),
        Cell(status_words(f.status) + (" (par renvoi)" if f.par_renvoi else ""), Style.of(f.status)),
        Cell(f.reason),
        Cell(quoted(quote) if quote else ""),
        Cell(quote.place if quote else ""),
        Cell(", ".join(REVIEW_LABELS.get(flag, flag) for flag in f.review)),
        Cell(french(missing_words(f)) if f.status is not Status.SANS_OBJET else ""),
        Cell(french(weakening_words(f))),
        Cell(f.remediation if f.open else ""),
        Cell(DECIDERS.get(f.decidable_by, f.decidable_by)),
        Cell(f.confidence),
    )


def _derogations(comparison: Comparison, first: list[int]) -> Sheet:
    columns = (
        *WHO,
        Column("Article auquel il est dérogé", 30),
        Column("Où", 24),
        Column("Citation", 60),
        Column("Récapitulation", 30),
        Column("Exigence privée de ce renvoi", 24),
    )
    rows = Rows(sum(d.derogations for d in comparison.dossiers), lambda: _derogation_rows(comparison, first))
    none = ((Cell("Aucune dérogation à un document général n’a été relevée.", Style.SOFT),),)
    return Sheet("Dérogations", columns, rows, below=() if rows else none, frozen=2, large=True)


def _derogation_rows(comparison: Comparison, first: list[int]) -> Iterator[Line]:
    for dossier, row in zip(comparison.dossiers, first, strict=False):
        if dossier.derogations:
            report = dossier.report
            yield from (_derogation_row(dossier, report, derogation, row) for derogation in report.derogations)


def _derogation_row(dossier: Judged, report: Report, derogation: Derogation, first: int) -> Line:
    """The requirement's cell leads to the first finding that the derogation touches."""
    touched = [f.requirement for f in report.findings if f.derogation and f.derogation.article == derogation.article]
    link = Target(FINDINGS, first + dossier.marks[touched[0]].position) if touched else None
    return (
        *_who(dossier),
        Cell(derogation.article),
        Cell(" ; ".join(q.place for q in derogation.made) or _by(derogation)),
        Cell(quoted(derogation.made[0]) if derogation.made else ""),
        _recap(derogation),
        Cell(", ".join(touched), Style.LINK if link else Style.TEXT, link),
    )


def _recap(derogation: Derogation) -> Cell:
    """Whether the recapitulative article (R. 2112-3 of the code of public procurement) and the contract agree."""
    if not derogation.announced:
        return Cell("non récapitulée", Style.AFFAIBLIE)
    places = " ; ".join(q.place for q in derogation.announced)
    return Cell(places) if derogation.made or derogation.by else Cell(f"annoncée seulement : {places}", Style.AFFAIBLIE)


def _by(derogation: Derogation) -> str:
    return ", ".join(f"art. {article} (selon le récapitulatif)" for article in derogation.by)


def _pieces(comparison: Comparison) -> Sheet:
    columns = (
        *WHO,
        Column("Pièce", 40),
        Column("Nature", 18),
        Column("Format", 9),
        Column("Langue", 9),
        Column("Pages lues", 11),
        Column("Pages", 9),
        Column("Reconnaissance (%)", 16),
        Column("À savoir", 60),
        Column("Empreinte SHA-256", 68),
    )
    rows = Rows(sum(len(d.head.documents) for d in comparison.dossiers), lambda: _piece_rows(comparison))
    return Sheet("Pièces", columns, rows, frozen=3, large=True)


def _piece_rows(comparison: Comparison) -> Iterator[Line]:
    for dossier in comparison.dossiers:
        yield from ((*_who(dossier), *_piece_cells(piece)) for piece in dossier.head.documents)


def _piece_cells(p: Piece) -> Line:
    return (
        Cell(p.name),
        Cell(p.kind or "non reconnue"),
        Cell(p.format),
        Cell(p.language),
        Cell(p.pages_read, Style.TEXT if p.pages_read >= p.pages else Style.NON_CONCLUANT),
        Cell(p.pages),
        Cell(p.ocr_confidence),
        Cell(" ; ".join(p.warnings)),
        Cell(p.sha256, Style.SOFT),
    )


def _requirements(comparison: Comparison) -> Sheet:
    columns = (
        Column("Exigence", 20),
        Column("Intitulé", 42),
        Column("Famille", 36),
        Column("Gravité", 11),
        Column("Écarts", 9),
        Column("Fondement", 44),
        Column("Conséquence d’un écart", 50),
        Column("Peut en décider", 14),
    )
    return Sheet(REQUIREMENTS, columns, tuple(_requirement_row(row) for row in comparison.rows), frozen=1, large=True)


def _requirement_row(row: Row) -> Line:
    one = row.example
    return (
        Cell(row.requirement),
        Cell(row.title),
        Cell(row.family_label),
        Cell(SEVERITY_LABELS[row.severity]),
        Cell(row.open),
        Cell(french(" ; ".join(one.legal_sources))),
        Cell(one.consequence),
        Cell(DECIDERS.get(one.decidable_by, one.decidable_by)),
    )
