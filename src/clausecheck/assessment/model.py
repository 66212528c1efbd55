"""What an assessment says. Indices in ``evidence`` tuples point into the finding's own ``evidence``."""

from dataclasses import dataclass
from typing import Literal

from clausecheck.assessment.context import ContextFact
from clausecheck.assessment.derogations import NO_RECAP, Derogation, Recap
from clausecheck.assessment.precedence import NO_PRECEDENCE, Precedence
from clausecheck.assessment.vendor import Vendor
from clausecheck.catalogue.schema import CitedPieceSpec, Requirement
from clausecheck.document.model import BBox, Problem, TextSpan
from clausecheck.segmentation.model import Segmented
from clausecheck.segmentation.party import Party
from clausecheck.segmentation.pieces import Piece
from clausecheck.vocabulary import Diffusion, Language, Severity, Status


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exact words.

    ``document``: index in the dossier; ``page``: from 1, or None; ``article``: its number or title as printed; ``language``: of the words.
    """

    document: int
    span: TextSpan
    quote: str
    page: int | None = None
    article: str | None = None
    bbox: BBox | None = None
    instrument: str | None = None
    language: Language = Language.FRENCH


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
class RuleApplied:
    """A rule of the dossier that bore on a finding: ``rule``: its number in the reference («R01»); ``text``: what it did, in French."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class FindingDerogation:
    """A derogation that takes away what a reference would have supplied. ``source``: the article of the contract that derogates."""

    instrument: str
    article: str
    source: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Finding:
    """A requirement judged on a dossier. ``via``: chains of reference, «CCAP art. 2 → CCAG-TIC art. 43»."""

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
    via: tuple[str, ...] = ()
    rules: tuple[RuleApplied, ...] = ()
    derogation: FindingDerogation | None = None

    @property
    def open(self) -> bool:
        """True where something remains to do about it."""
        return self.status in {Status.AFFAIBLIE, Status.CONTREDITE, Status.ABSENTE}


ReferenceKind = Literal["piece", "annexe", "article", "externe"]
"""«externe»: a text outside the dossier, always «found»."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the dossier cites. ``document``: index of the piece that supplies it, None where none does.

    ``units``: where a piece or an annex is cited; ``piece``: what its name says it deals with; ``source``: index of the document that cites
    it first; ``target``: how the article found opens.
    """

    cited: str
    found: bool
    document: int | None = None
    kind: ReferenceKind = "piece"
    source: int | None = None
    target: str | None = None
    units: tuple[int, ...] = ()
    piece: CitedPieceSpec | None = None

    @property
    def label(self) -> str:
        """Its name, and what it deals with where a number does not say."""
        return f"{self.cited} – {self.piece.name}" if self.kind == "annexe" and self.piece else self.cited


@dataclass(frozen=True, slots=True)
class Masked:
    """Something that the communicable version hides. ``what`` and ``why``: in French; ``count``: how many in the document."""

    document: int
    what: str
    why: str
    article: str | None = None
    page: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class DossierReport:
    """Everything said about one dossier; reporting turns it into files.

    ``vendor``: None where only the pieces tell; ``lot``: «1», «A»; ``masked``: what the communicable version hides.
    """

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
    precedence: Precedence = NO_PRECEDENCE
    derogations: tuple[Derogation, ...] = ()
    recap: Recap = NO_RECAP
    vendor: Vendor | None = None
    lot: str | None = None
    diffusion: Diffusion = Diffusion.INTERNE
    masked: tuple[Masked, ...] = ()

    @property
    def conclusive(self) -> bool:
        """True where everything could be read."""
        unread = any(not d.coverage.complete for d in self.segmented.documents)
        return not unread and not any(f.status is Status.NON_CONCLUANT for f in self.findings)
