"""The sheets of a comparison: Synthèse, Matrice, Constats, Dérogations, Pièces, Exigences, then those that close the workbook."""

from collections import Counter

from clausecheck.reporting.comparison import Comparison, Judged, Row
from clausecheck.reporting.cost import RunNote, date_line
from clausecheck.reporting.payload import Derogation, FindingRecord, Quote
from clausecheck.reporting.tables.annexes import WHO, masked, transparency
from clausecheck.reporting.tables.model import Cell, Column, Sheet, Style, Target, Workbook
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

_Cells = tuple[Cell, ...]


def workbook(comparison: Comparison, run: RunNote | None = None) -> Workbook:
    """Return the whole workbook. ``run``: the analysis that it reports, whose date and cost it then tells."""
    rows = _finding_rows(comparison)
    where = {(dossier, finding.requirement): i + 1 for i, (dossier, finding) in enumerate(rows)}
    sheets = (
        _summary(comparison, run),
        _matrix(comparison, where),
        _findings(comparison, rows),
        _derogations(comparison, where),
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


def _who(dossier: Judged) -> _Cells:
    return Cell(dossier.lot), Cell(dossier.vendor)


def _finding_rows(comparison: Comparison) -> list[tuple[int, FindingRecord]]:
    """(dossier, finding), dossier by dossier, what matters most first."""
    return [(i, f) for i, d in enumerate(comparison.dossiers) for f in sorted(d.report.findings, key=lambda f: f.rank)]


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


def _summary_row(dossier: Judged) -> _Cells:
    report = dossier.report
    counts = (Cell(report.count(s), Style.of(s) if report.count(s) else Style.TEXT) for s in STATUS_ORDER)
    link = Cell("rapport", Style.LINK, dossier.href) if dossier.href else Cell()
    blocking = Cell(report.blocking)
    return (*_who(dossier), Cell(report.dossier.vendor.siret or ""), blocking, *counts, Cell(len(report.documents)), link)


def _families(comparison: Comparison) -> tuple[_Cells, ...]:
    """Statuses by family, all dossiers together, under the columns of the table above."""
    head = ((Cell("Par famille" if comparison.single else "Par famille, tous dossiers", Style.STRONG),),)
    return (*head, *(_family_row(label, [r for r in comparison.rows if r.family == f]) for f, label in comparison.families.items()), ())


def _family_row(label: str, rows: list[Row]) -> _Cells:
    counts = Counter(f.status for row in rows for f in row.findings if f)
    cells = (Cell(counts[s], Style.of(s) if counts[s] else Style.TEXT) for s in STATUS_ORDER)
    return Cell(), Cell(label), Cell(), Cell(), *cells


def _notes(comparison: Comparison) -> tuple[_Cells, ...]:
    if not comparison.notes:
        return ()
    head = (Cell("À savoir", Style.STRONG),)
    return (head, *((Cell(), Cell(who), Cell(french(what), Style.SOFT)) for who, what in comparison.notes), ())


def _origin(comparison: Comparison) -> tuple[_Cells, ...]:
    """What judged: the same for all, or a line for each difference."""
    said = {_tools(d) for d in comparison.dossiers}
    equal = "Jugé avec :" if comparison.single else _EQUAL if len(said) == 1 else _UNEQUAL
    lines = ((Cell(), Cell(text, Style.SOFT)) for text in sorted(said))
    return ((Cell(french(equal), Style.STRONG),), *lines, (), (Cell(french(_CAUTION), Style.SOFT),))


def _tools(dossier: Judged) -> str:
    report = dossier.report
    model = f"modèle {report.model.name} ({report.model.sha256})" if report.model else "sans modèle entraîné"
    return f"clausecheck {report.tool.version}, catalogue {report.catalogue.version} ({report.catalogue.sha256}), {model}"


def _matrix(comparison: Comparison, where: dict[tuple[int, str], int]) -> Sheet:
    columns = (
        Column("Exigence", 20),
        Column("Intitulé", 52),
        Column("Famille", 36),
        Column("Gravité", 11),
        *(Column(d.label, 18) for d in comparison.dossiers),
    )
    rows = tuple(_matrix_row(row, number, where) for number, row in enumerate(comparison.rows))
    return Sheet("Matrice", columns, rows, frozen=2, large=True)


def _matrix_row(row: Row, number: int, where: dict[tuple[int, str], int]) -> _Cells:
    name = Cell(row.requirement, Style.LINK, Target(REQUIREMENTS, number + 1))
    head = (name, Cell(row.title), Cell(row.family_label), Cell(SEVERITY_LABELS[row.severity]))
    cells = (
        status_cell(f.status, Target(FINDINGS, where[i, f.requirement])) if f else Cell("non jugée", Style.SOFT)
        for i, f in enumerate(row.findings)
    )
    return (*head, *cells)


def _findings(comparison: Comparison, rows: list[tuple[int, FindingRecord]]) -> Sheet:
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
    numbers = {row.requirement: number for number, row in enumerate(comparison.rows, 1)}
    lines = tuple(_finding_row(comparison.dossiers[i], f, Target(REQUIREMENTS, numbers[f.requirement])) for i, f in rows)
    return Sheet(FINDINGS, columns, lines, frozen=3, printed=10, large=True)


def _finding_row(dossier: Judged, f: FindingRecord, requirement: Target) -> _Cells:
    quote = f.telling
    return (
        *_who(dossier),
        Cell(f.requirement, Style.LINK, dossier.link(f) or requirement),
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


def _derogations(comparison: Comparison, where: dict[tuple[int, str], int]) -> Sheet:
    columns = (
        *WHO,
        Column("Article auquel il est dérogé", 30),
        Column("Où", 24),
        Column("Citation", 60),
        Column("Récapitulation", 30),
        Column("Exigence privée de ce renvoi", 24),
    )
    rows = tuple(_derogation_row(comparison, i, d, where) for i, j in enumerate(comparison.dossiers) for d in j.report.derogations)
    none = ((Cell("Aucune dérogation à un document général n’a été relevée.", Style.SOFT),),)
    return Sheet("Dérogations", columns, rows, below=() if rows else none, frozen=2, large=True)


def _derogation_row(comparison: Comparison, number: int, derogation: Derogation, where: dict[tuple[int, str], int]) -> _Cells:
    """The requirement's cell leads to the first finding that the derogation touches."""
    dossier = comparison.dossiers[number]
    touched = [f.requirement for f in dossier.report.findings if f.derogation and f.derogation.article == derogation.article]
    link = Target(FINDINGS, where[number, touched[0]]) if touched else None
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
    rows = tuple(
        (
            *_who(d),
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
        for d in comparison.dossiers
        for p in d.report.documents
    )
    return Sheet("Pièces", columns, rows, frozen=3, large=True)


def _requirements(comparison: Comparison) -> Sheet:
    columns = (
        Column("Exigence", 20),
        Column("Intitulé", 42),
        Column("Famille", 36),
        Column("Gravité", 11),
        Column("Écarts", 9),
        Column("Fondement", 44),
        Column("Conséquence d’un écart", 50),
        Column("Clause à proposer", 64),
        Column("Peut en décider", 14),
    )
    return Sheet(REQUIREMENTS, columns, tuple(_requirement_row(row) for row in comparison.rows), frozen=1, large=True)


def _requirement_row(row: Row) -> _Cells:
    one = next(f for f in row.findings if f)
    return (
        Cell(row.requirement),
        Cell(row.title),
        Cell(row.family_label),
        Cell(SEVERITY_LABELS[row.severity]),
        Cell(row.open),
        Cell(french(" ; ".join(one.legal_sources))),
        Cell(one.consequence),
        Cell(one.remediation),
        Cell(DECIDERS.get(one.decidable_by, one.decidable_by)),
    )
