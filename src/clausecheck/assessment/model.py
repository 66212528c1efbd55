"""What an assessment says. Indices in ``evidence`` tuples point into the finding's own ``evidence``."""

from dataclasses import dataclass

from clausecheck.assessment.context import ContextFact
from clausecheck.catalogue.schema import Requirement
from clausecheck.document.model import BBox, Problem, TextSpan
from clausecheck.segmentation.model import Segmented
from clausecheck.segmentation.parties import Party
from clausecheck.segmentation.pieces import Piece
from clausecheck.vocabulary import Severity, Status


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exact words. ``document``: index in the dossier; ``page``: from 1, or None; ``article``: its number or title as printed."""

    document: int
    span: TextSpan
    quote: str
    page: int | None = None
    article: str | None = None
    bbox: BBox | None = None
    instrument: str | None = None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion judged. ``deemed``: met without words, because its condition does not hold; ``by_reference``: by an instrument."""

    id: str
    text: str
    required: bool
    met: bool
    evidence: tuple[int, ...] = ()
    deemed: bool = False
    by_reference: bool = False


@dataclass(frozen=True, slots=True)
class WeakeningResult:
    """A weakening seen."""

    id: str
    kind: str
    text: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A requirement judged on a dossier."""

    requirement: Requirement
    severity: Severity
    status: Status
    criteria: tuple[CriterionResult, ...] = ()
    weakenings: tuple[WeakeningResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    review: tuple[str, ...] = ()
    confidence: float = 0.5
    by_reference: bool = False
    reason: str = ""

    @property
    def open(self) -> bool:
        """True where something remains to do about it."""
        return self.status in {Status.AFFAIBLIE, Status.CONTREDITE, Status.ABSENTE}


@dataclass(frozen=True, slots=True)
class Reference:
    """What the dossier cites. ``document``: index of the piece that supplies it, None where none does.

    ``kind``: piece, annexe, article or externe (a text outside the dossier, always «found»); ``source``: index of the document that
    cites it; ``target``: how the clause found opens.
    """

    cited: str
    found: bool
    document: int | None = None
    kind: str = "piece"
    source: int | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class DossierReport:
    """Everything said about one dossier; reporting turns it into files."""

    name: str
    segmented: Segmented
    pieces: tuple[Piece, ...]
    context: tuple[ContextFact, ...]
    parties: tuple[Party, ...]
    findings: tuple[Finding, ...]
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]
    catalogue_version: str
    catalogue_sha256: str
    model_name: str | None = None
    model_sha256: str | None = None

    @property
    def conclusive(self) -> bool:
        """True where everything could be read."""
        unread = any(not d.coverage.complete for d in self.segmented.documents)
        return not unread and not any(f.status is Status.NON_CONCLUANT for f in self.findings)
