"""The one view that every exporter reads: ordered by what matters, worded once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from clausecheck.assessment.context import ContextFact
from clausecheck.assessment.model import DossierReport, Evidence, Finding, Reference, ReferenceKind
from clausecheck.assessment.quality import Quality, quality
from clausecheck.assessment.vendor import Vendor
from clausecheck.reporting.cost import RunNote
from clausecheck.reporting.typography import french
from clausecheck.segmentation.party import Party
from clausecheck.vocabulary import Language, Severity, Status

SEVERITY_ORDER = tuple(Severity)
STATUS_ORDER = (
    Status.CONTREDITE,
    Status.ABSENTE,
    Status.AFFAIBLIE,
    Status.NON_CONCLUANT,
    Status.CONFORME,
    Status.SANS_OBJET,
)
STATUS_LABELS = {
    Status.CONFORME: "Conforme",
    Status.AFFAIBLIE: "Affaiblie",
    Status.CONTREDITE: "Contredite",
    Status.ABSENTE: "Absente",
    Status.SANS_OBJET: "Sans objet",
    Status.NON_CONCLUANT: "Non concluant",
}
STATUS_ICONS = {
    Status.CONFORME: "✔",
    Status.AFFAIBLIE: "◐",
    Status.CONTREDITE: "✖",
    Status.ABSENTE: "○",
    Status.SANS_OBJET: "–",
    Status.NON_CONCLUANT: "?",
}
SEVERITY_LABELS = {Severity.BLOQUANTE: "Bloquante", Severity.MAJEURE: "Majeure", Severity.MINEURE: "Mineure"}
FAMILY_LABELS = {
    "RGPD": "Protection des données personnelles",
    "SECURITE": "Sécurité",
    "DONNEES": "Propriété, ouverture et usage des données",
    "TRANSVERSAL": "Équilibre du contrat",
}
DECIDERS = {"acheteur": "l’acheteur", "juriste": "le juriste", "dpo": "le DPO", "rssi": "le RSSI"}
REVIEW_LABELS = {
    "champ_a_completer": "Champ à compléter",
    "piece_citee_absente": "Pièce citée absente",
    "applicabilite_incertaine": "Applicabilité incertaine",
    "contradiction": "Contradiction à trancher",
    "clause_supprimee": "Clause supprimée en suivi des modifications",
    "ocr_faible": "Reconnaissance de caractères faible",
}
KIND_LABELS = {
    "W-ACCORD-TIT": "accord du titulaire requis",
    "W-CONDITION": "conditionné",
    "W-CONNAISSANCE": "point de départ différé",
    "W-COUT": "payant",
    "W-DELAI-LONG": "délai trop long",
    "W-DELAI-VAGUE": "délai vague",
    "W-EXCEPTION": "exception",
    "W-FACULTE": "simple faculté",
    "W-HEDGE": "simple effort",
    "W-INVERSION": "obligation inversée",
    "W-NEGATION": "obligation niée",
    "W-PLAFOND": "plafonné",
    "W-PORTEE": "portée réduite",
    "W-PREUVE": "sans preuve",
    "W-RENVOI-UNILAT": "renvoi à un texte modifiable",
    "W-TACITE": "accord tacite",
    "W-VIDE": "champ vide",
}
"""How a weakening works, in a few words."""
_ALWAYS = "toujours"
"""The condition that always holds: not worth telling."""
_REMAINING = frozenset({Status.CONTREDITE, Status.ABSENTE, Status.AFFAIBLIE})


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report ready to print. ``open``, ``fine``, ``unclear``, ``pointless``: findings in reading order.

    ``run``: when it was made and what that cost, None where nobody keeps it: then the same report gives the same bytes.
    """

    report: DossierReport
    open: tuple[Finding, ...]
    fine: tuple[Finding, ...]
    unclear: tuple[Finding, ...]
    pointless: tuple[Finding, ...]
    run: RunNote | None = None

    @classmethod
    def of(cls, report: DossierReport, run: RunNote | None = None) -> "ReportView":
        """Sort the findings of ``report``."""
        ordered = sorted(report.findings, key=_rank)
        return cls(
            report,
            tuple(f for f in ordered if f.status in _REMAINING),
            tuple(f for f in ordered if f.status is Status.CONFORME),
            tuple(f for f in ordered if f.status is Status.NON_CONCLUANT),
            tuple(f for f in ordered if f.status is Status.SANS_OBJET),
            run,
        )

    @property
    def ordered(self) -> tuple[Finding, ...]:
        """Every finding, what matters most first."""
        return (*self.open, *self.unclear, *self.fine, *self.pointless)

    def blocking(self) -> tuple[Finding, ...]:
        """Open findings of the highest severity."""
        return tuple(f for f in self.open if f.severity is Severity.BLOQUANTE)

    def deciders(self) -> str:
        """Who may decide the open findings alone, and how many each, most first: «le RSSI (20), le DPO (11)»."""
        counts = Counter(DECIDERS[f.requirement.decidable_by] for f in self.open).most_common()
        return ", ".join(f"{who} ({count})" for who, count in counts)

    @property
    def holder(self) -> Party | Vendor | None:
        """Who sells: as the consultation tells, else the first holder or processor named."""
        return self.report.vendor or self._party("holder", "processor")

    @property
    def buyer(self) -> Party | None:
        """Who buys: the first buyer or controller named."""
        return self._party("buyer", "controller")

    def _party(self, *roles: str) -> Party | None:
        return next((p for p in self.report.parties if p.role in roles), None)

    def by_family(self) -> list[tuple[str, Counter[Status]]]:
        """Statuses counted by family, in catalogue order."""
        families = dict.fromkeys(f.requirement.family for f in self.report.findings)
        return [(name, Counter(f.status for f in self.report.findings if f.requirement.family == name)) for name in families]

    def by_severity(self) -> list[tuple[Severity, Counter[Status]]]:
        """Statuses counted by severity, most serious first."""
        return [(s, Counter(f.status for f in self.report.findings if f.severity is s)) for s in SEVERITY_ORDER]

    def quality(self, number: int) -> Quality:
        """Return the quality of the reading of a document."""
        return quality(self.report.segmented.documents[number], number, self.report.references)

    def reading(self, number: int) -> str:
        """Return what is to be known of the reading of a document, in a few words."""
        return reading_words(self.quality(number))

    def cited(self, *kinds: ReferenceKind) -> tuple[Reference, ...]:
        """Return the references of these kinds."""
        return tuple(r for r in self.report.references if r.kind in kinds)

    @property
    def broken(self) -> tuple[Reference, ...]:
        """Return the articles cited and not found."""
        return tuple(r for r in self.cited("article") if not r.found)

    def conditions(self) -> tuple[str, ...]:
        """Return the conditions that hold in this dossier, and how each is known."""
        return tuple(_condition(fact) for fact in self.report.context if fact.value and fact.flag != _ALWAYS)

    def document_name(self, number: int) -> str:
        """Return the short name of a document: its file name, and that of its archive's member."""
        return file_name(self.report.segmented.documents[number].source.path)

    def place(self, evidence: Evidence) -> str:
        """Return «CCAP.pdf, art. 4.2, p. 12»."""
        parts = [self.document_name(evidence.document)]
        if evidence.article:
            label = evidence.article
            parts.append(f"art. {label}" if label[:1].isdigit() and len(label) < 12 else f"« {shorten(label, 60)} »")
        if evidence.page:
            parts.append(f"p. {evidence.page}")
        return french(", ".join(parts))


def file_name(path: str) -> str:
    """Return the short name of a piece: its file name, and that of its archive's member."""
    return PurePath(path.rsplit("!", maxsplit=1)[-1].replace("\\", "/")).name


def problem_words(document: str | None, message: str) -> str:
    """Say a problem, after the short name of the piece that it is about."""
    return french(f"{file_name(document)} : {message}" if document else message)


def kind_words(kind: str) -> str:
    """Say how a weakening works."""
    return KIND_LABELS.get(kind, kind)


def _condition(fact: ContextFact) -> str:
    how = " (indiqué)" if fact.given else "" if fact.sure else " (probable)"
    return french((fact.text or fact.flag.replace("_", " ")) + how)


def reading_words(quality: Quality) -> str:
    """Return the quality of a reading in a few French words."""
    told = [
        (quality.unreadable, "pages non lues : {}"),
        (quality.weak, "pages mal reconnues : {}"),
        (quality.missing, "non fournies : {}"),
        (quality.broken, "renvois rompus : {}"),
    ]
    words = [form.format(", ".join(map(str, values))) for values, form in told if values]
    words += [f"confiance de reconnaissance {quality.ocr_confidence:.0f} %"] if quality.ocr_confidence is not None else []
    words += ["très peu de texte"] if quality.sparse else []
    words += [f"{quality.unknown_glyphs:.0%} de signes illisibles"] if quality.unknown_glyphs else []
    words += ["format autre que celui du nom"] if quality.misnamed else []
    words += ["modifications suivies"] if quality.changes else []
    words += ["signature électronique"] if quality.signatures else []
    return french(" ; ".join(words) or "sans réserve")


def gist(finding: Finding, number: int) -> str | None:
    """Return what a quote in another language says, in French: the criteria and weakenings that rest on it; None for French."""
    if finding.evidence[number].language is not Language.ENGLISH:
        return None
    said = [c.text for c in finding.criteria if number in c.evidence] + [w.text for w in finding.weakenings if number in w.evidence]
    return french("Texte anglais" + (f" : {' ; '.join(said)}" if said else ""))


def telling(finding: Finding) -> tuple[int, ...]:
    """Return the numbers of the finding's evidence, most telling first: what weakens, then what the criteria rest on, then the rest."""
    weak = (i for w in finding.weakenings for i in w.evidence)
    needed = (i for c in sorted(finding.criteria, key=lambda c: not c.required) for i in c.evidence)
    return tuple(dict.fromkeys((*weak, *needed, *range(len(finding.evidence)))))


def _missing_criteria(finding: Finding) -> int:
    """Count the required criteria that are not met."""
    return sum(c.required and not c.met for c in finding.criteria)


def shorten(text: str, width: int) -> str:
    """Cut ``text`` at a word, with an ellipsis, when longer than ``width``."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rsplit(" ", 1)[0] + "…"


def _rank(finding: Finding) -> tuple[int, int, int, str]:
    return (
        SEVERITY_ORDER.index(finding.severity),
        STATUS_ORDER.index(finding.status),
        -_missing_criteria(finding),
        finding.requirement.id,
    )


def highest(findings: Sequence[Finding]) -> Severity | None:
    """Return the most serious severity among open findings."""
    open_ = [f.severity for f in findings if f.open]
    return min(open_, key=SEVERITY_ORDER.index) if open_ else None
