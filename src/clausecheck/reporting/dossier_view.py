"""What a report says of the dossier as a whole: the order of the pieces, the derogations; worded once for every form."""

from dataclasses import dataclass

from clausecheck.assessment.derogations import Derogation, honoured, own_articles
from clausecheck.assessment.model import DossierReport
from clausecheck.assessment.places import Places
from clausecheck.assessment.precedence import RankedPiece
from clausecheck.reporting.typography import french

BASES = {
    "clause": "Ordre fixé par le contrat",
    "ccag": "Ordre fixé par le CCAG, faute d’ordre propre au contrat",
    None: "Aucun ordre de priorité des pièces n’a été lu",
}
CONDITIONS = {
    "exclues": "Les conditions générales du titulaire sont écartées ou subordonnées.",
    "prevalent": "Les conditions générales du titulaire prévalent sur les autres pièces.",
    "contradictoires": "Les conditions générales du titulaire disent prévaloir, une autre pièce les fait passer après : à trancher.",
    None: "",
}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A rank of the order: ``names`` of the pieces there, and whether one at least was supplied."""

    rank: int
    names: str
    supplied: bool


@dataclass(frozen=True, slots=True)
class DerogationLine:
    """An article of the CCAG derogated from: ``made`` and ``announced``: the places that do so, empty where none does."""

    article: str
    made: str
    announced: str


def order_lines(report: DossierReport) -> list[OrderLine]:
    """Return the ranks of the order, the first prevails."""
    ranks: dict[int, list[RankedPiece]] = {}
    for piece in report.precedence.pieces:
        ranks.setdefault(piece.rank, []).append(piece)
    return [OrderLine(rank, french(", ".join(_named(p) for p in held)), any(p.documents for p in held)) for rank, held in ranks.items()]


def _named(piece: RankedPiece) -> str:
    return f"« {piece.name} »" if piece.kind == "presente" else piece.name


def order_basis(report: DossierReport) -> str:
    """Say where the order comes from, and where it is read."""
    precedence = report.precedence
    where = Places(report.segmented, report.pieces).unit(precedence.units[0]) if precedence.basis else ""
    return french(f"{BASES[precedence.basis]} ({where})." if where else f"{BASES[precedence.basis]}.")


def conditions_text(report: DossierReport) -> str:
    """Say what becomes of the holder's own conditions; empty where the contract says nothing."""
    return french(CONDITIONS[report.precedence.conditions])


def derogation_lines(report: DossierReport) -> list[DerogationLine]:
    """Return each article derogated from, once, with where."""
    articles = dict.fromkeys(d.article for d in report.derogations)
    return [_derogation_line(report, a, [d for d in report.derogations if d.article == a]) for a in articles]


def _derogation_line(report: DossierReport, article: str, derogations: list[Derogation]) -> DerogationLine:
    made = _where(report, [d for d in derogations if not d.announced])
    by = ", ".join(f"art. {source} (selon le récapitulatif)" for source in derogating(report, derogations))
    return DerogationLine(article, made or by, _where(report, [d for d in derogations if d.announced]))


def derogating(report: DossierReport, derogations: list[Derogation]) -> list[str]:
    """Return the articles of the contract that its recapitulative article says to derogate, and that are there."""
    own = own_articles(report.segmented)
    return list(dict.fromkeys(d.source for d in derogations if d.source is not None and honoured(d, own)))


def _where(report: DossierReport, derogations: list[Derogation]) -> str:
    places = Places(report.segmented, report.pieces)
    return french(", ".join(dict.fromkeys(places.unit(d.unit) for d in derogations)))
