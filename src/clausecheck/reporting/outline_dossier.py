"""What a report rests on: pieces read and how far, parties, pieces cited, context, warnings, versions."""

from collections.abc import Iterator

from clausecheck import __version__
from clausecheck.assessment.model import Reference
from clausecheck.reporting.blocks import Block, Heading, Items, Paragraph, Table
from clausecheck.reporting.diffusion_view import BEFORE_SENDING, MASKED_HEADER, MASKED_TITLE, NOTHING_MASKED, is_communicable, masked_rows
from clausecheck.reporting.dossier_view import conditions_text, derogation_lines, order_basis, order_lines
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import ReportView, problem_words
from clausecheck.segmentation.party import Party

_ROLES = {
    "buyer": "Acheteur",
    "holder": "Titulaire",
    "controller": "Responsable du traitement",
    "processor": "Sous-traitant (RGPD)",
}


def dossier(view: ReportView) -> Iterator[Block]:
    """Yield the annex."""
    report = view.report
    yield Heading(1, "Le dossier", "dossier")
    yield _pieces(view)
    if is_communicable(view):
        yield from _masked(view)
    if report.parties:
        yield Heading(2, "Parties", "parties")
        yield Items(tuple(_party(p) for p in report.parties))
    yield from _order(view)
    yield from _derogations(view)
    if report.references:
        yield Heading(2, "Pièces et textes cités", "pieces-citees")
        yield Items(tuple(_references(view)))
    yield from _context(view)
    yield from _warnings(view)
    yield Heading(2, "Versions", "versions")
    yield Items(tuple(_versions(view)))


def _pieces(view: ReportView) -> Table:
    rows = []
    for number, document in enumerate(view.report.segmented.documents):
        kind, coverage = view.report.pieces[number].kind, document.coverage
        nature = french(kind.name) + ("" if kind.binds else " (n’oblige pas le titulaire)") if kind else "non reconnue"
        read = f"{coverage.pages_read} sur {coverage.pages_total}"
        rows.append((view.document_name(number), nature, read, view.reading(number), document.source.sha256))
    return Table("Pièces lues", ("Pièce", "Nature", "Pages lues", "Lecture", "Empreinte SHA-256"), tuple(rows), (4, 3, 2, 4, 5))


def _masked(view: ReportView) -> Iterator[Block]:
    """Yield what this version hides, and why."""
    yield Heading(2, MASKED_TITLE, "masque")
    rows = masked_rows(view)
    yield Table("Passages masqués", MASKED_HEADER, rows, (4, 4, 5, 3, 2)) if rows else Paragraph(french(NOTHING_MASKED))
    yield Paragraph(french(BEFORE_SENDING))


def _order(view: ReportView) -> Iterator[Block]:
    """Yield the order of the pieces, and where it comes from."""
    yield Heading(2, "Ordre des pièces", "ordre")
    yield Paragraph(" ".join(filter(None, (order_basis(view.report), conditions_text(view.report)))))
    if lines := order_lines(view.report):
        yield Items(tuple(french(f"{x.rank}. {x.names}{'' if x.supplied else ' (non fourni)'}") for x in lines))


def _derogations(view: ReportView) -> Iterator[Block]:
    """Yield the articles of the CCAG derogated from, where there are some."""
    if lines := derogation_lines(view.report):
        yield Heading(2, "Dérogations", "derogations")
        rows = tuple((x.article, x.made or "non trouvée dans le texte", x.announced or "non récapitulée") for x in lines)
        yield Table("Articles du CCAG auxquels il est dérogé", ("Article", "Dérogation faite", "Article récapitulatif"), rows, (1, 3, 3))


def _party(party: Party) -> str:
    known = [f"SIRET {party.siret}" if party.siret else "", party.address or "", party.email or ""]
    details = ", ".join(detail for detail in known if detail)
    return french(f"{_ROLES.get(party.role, 'Autre')} : {party.name}{f' ({details})' if details else ''}")


def _references(view: ReportView) -> Iterator[str]:
    """Yield the pieces cited, the articles not found, the texts outside the dossier."""
    yield from (_reference(r, view) for r in view.cited("piece", "annexe"))
    for broken in view.broken:
        where = f" (cité dans {view.document_name(broken.source)})" if broken.source is not None else ""
        yield french(f"{broken.cited} : renvoi rompu{where}")
    if outside := view.cited("externe"):
        yield french(f"Textes extérieurs : {', '.join(r.cited for r in outside)}")


def _reference(reference: Reference, view: ReportView) -> str:
    supplied = f" ({view.document_name(reference.document)})" if reference.document is not None else ""
    return french(f"{reference.cited} : {'fournie' if reference.found else 'non fournie'}{supplied}")


def _context(view: ReportView) -> Iterator[Block]:
    held = view.conditions()
    yield Heading(2, "Contexte retenu", "contexte")
    yield Items(held) if held else Paragraph("Aucune condition particulière.")


def _warnings(view: ReportView) -> Iterator[Block]:
    """Yield the problems of the dossier and the warnings of its documents, each once."""
    said = [(p.document, p.message) for p in view.report.problems]
    for number, document in enumerate(view.report.segmented.documents):
        said += [(view.document_name(number), warning.message) for warning in document.warnings]
    if said:
        yield Heading(2, "À savoir", "a-savoir")
        yield Items(tuple(dict.fromkeys(problem_words(where, message) for where, message in said)))


def _versions(view: ReportView) -> Iterator[str]:
    report = view.report
    yield f"clausecheck {__version__}"
    yield french(f"Catalogue {report.catalogue_version} (SHA-256 : {report.catalogue_sha256})")
    if report.model_name:
        yield french(f"Modèle {report.model_name} (SHA-256 : {report.model_sha256})")
    else:
        yield "Sans modèle entraîné"
