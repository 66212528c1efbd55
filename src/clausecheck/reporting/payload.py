"""Reports read back from their JSON («clausecheck-report/1»): typed, so that tables, matrices and the register need no engine.

Only what the tables use is declared; fields added later to the schema are ignored.
"""

from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clausecheck.errors import UsageError
from clausecheck.reporting.json_report import SCHEMA, dumps
from clausecheck.reporting.typography import NNBSP
from clausecheck.reporting.view import SEVERITY_ORDER, STATUS_ORDER, ReportView
from clausecheck.vocabulary import Diffusion, Severity, Status

OPEN = frozenset({Status.CONTREDITE, Status.ABSENTE, Status.AFFAIBLIE})
_SETTLED = (Status.NON_CONCLUANT, Status.CONFORME, Status.SANS_OBJET)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Vendor(_Part):
    """Who made the offer. ``siret``: 14 digits or None."""

    name: str | None = None
    siret: str | None = None


class Dossier(_Part):
    """What was judged."""

    name: str
    vendor: Vendor = Vendor()
    lot: str | None = None


class PieceQuality(_Part):
    """What the reading of a piece is worth. ``pages_unreadable``: page numbers from 1."""

    pages_unreadable: tuple[int, ...] = ()


class Piece(_Part):
    """One document read. ``pages_read`` of ``pages``; ``ocr_confidence`` 0–100 or None."""

    path: str
    sha256: str
    format: str
    kind: str | None
    language: str
    pages: int
    pages_read: int
    ocr_confidence: float | None = None
    warnings: tuple[str, ...] = ()
    quality: PieceQuality = PieceQuality()

    @property
    def name(self) -> str:
        """File name, or that of the archive's member."""
        return _file_name(self.path)


class Quote(_Part):
    """Exact words. ``start``, ``end``: code points of the text read; ``page`` from 1 or None."""

    document: str
    quote: str
    start: int
    end: int
    page: int | None = None
    article: str | None = None

    @property
    def place(self) -> str:
        """«CCAP.pdf, art. 4.2, p. 12»."""
        parts = [_file_name(self.document)]
        if self.article:
            parts.append(
                f"art. {self.article}" if self.article[:1].isdigit() and len(self.article) < 12 else f"«{NNBSP}{self.article}{NNBSP}»"
            )
        return ", ".join([*parts, *([f"p. {self.page}"] if self.page else [])])


class Criterion(_Part):
    """A criterion judged."""

    id: str
    text: str
    required: bool
    met: bool


class Weakening(_Part):
    """A weakening seen. ``evidence``: indices in the finding's evidence."""

    id: str
    kind: str
    text: str
    evidence: tuple[int, ...] = ()


class Lost(_Part):
    """A contract's derogation that takes from a requirement what a reference to ``instrument`` would have brought."""

    instrument: str
    article: str
    source: str = ""

    @property
    def words(self) -> str:
        """«CCAG-TIC, article 5»."""
        return f"{self.instrument}, article {self.article}"


class Derogation(_Part):
    """An article derogated from: where that is done, where the recapitulative article announces it, the articles that it says derogate."""

    article: str
    made: tuple[Quote, ...] = ()
    announced: tuple[Quote, ...] = ()
    by: tuple[str, ...] = ()


class FindingRecord(_Part):
    """A requirement judged, as the report says it."""

    requirement: str
    title: str
    family: str
    severity: Severity
    status: Status
    par_renvoi: bool = False
    review: tuple[str, ...] = ()
    confidence: float = 0.5
    criteria: tuple[Criterion, ...] = ()
    weakenings: tuple[Weakening, ...] = ()
    evidence: tuple[Quote, ...] = ()
    reason: str
    consequence: str = ""
    legal_sources: tuple[str, ...] = ()
    remediation: str = ""
    decidable_by: str
    derogation: Lost | None = None

    @property
    def open(self) -> bool:
        """True where something remains to do about it."""
        return self.status in OPEN

    @property
    def missing(self) -> tuple[Criterion, ...]:
        """Required criteria that are not met."""
        return tuple(c for c in self.criteria if c.required and not c.met)

    @property
    def telling(self) -> Quote | None:
        """The quote to show first: one that shows a weakening, else the first."""
        weak = [i for w in self.weakenings for i in w.evidence if i < len(self.evidence)]
        return self.evidence[weak[0]] if weak else next(iter(self.evidence), None)

    @property
    def rank(self) -> tuple[int, int, int, int, str]:
        """Sort key of the reports: what is open first, then not concluded, fine, pointless; within it what matters most."""
        group = 0 if self.open else _SETTLED.index(self.status) + 1
        return group, SEVERITY_ORDER.index(self.severity), STATUS_ORDER.index(self.status), -len(self.missing), self.requirement


class ProblemRecord(_Part):
    """Something the user must know."""

    code: str
    message: str
    document: str | None = None


class MaskedRecord(_Part):
    """What the communicable version hides of a piece. ``count``: how many times."""

    document: str
    what: str
    why: str
    article: str | None = None
    page: int | None = None
    count: int = 1

    @property
    def name(self) -> str:
        """File name of the piece."""
        return _file_name(self.document)


class _Version(_Part):
    version: str
    sha256: str | None = None


class _Model(_Part):
    name: str
    sha256: str


class Head(_Part):
    """A report without what it found: short, whatever the contract."""

    tool: _Version
    catalogue: _Version
    model: _Model | None = None
    dossier: Dossier
    documents: tuple[Piece, ...]
    problems: tuple[ProblemRecord, ...] = ()
    diffusion: Diffusion = Diffusion.INTERNE


class Report(Head):
    """One judged dossier, as its ``rapport.json`` says it."""

    schema_: Literal["clausecheck-report/1"] = Field(alias="schema")
    derogations: tuple[Derogation, ...] = ()
    findings: tuple[FindingRecord, ...]
    masque: tuple[MaskedRecord, ...] = ()

    @property
    def ranked(self) -> list[FindingRecord]:
        """Findings in the order of the reports, what matters most first."""
        return sorted(self.findings, key=lambda f: f.rank)

    @property
    def head(self) -> Head:
        """The same without what was found."""
        return Head.model_construct(**{name: getattr(self, name) for name in Head.model_fields})


def parse_report(data: bytes | str, name: str) -> Report:
    """Read a report. Raises UsageError, naming ``name`` and the first fault."""
    try:
        return Report.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "racine"
        message = f"« {name} » n’est pas un rapport {SCHEMA} lisible (champ « {where} ») : relancez l’analyse qui l’a écrit."
        raise UsageError(message, "rapport_invalide") from error


def read_report(path: Path) -> Report:
    """Read a ``rapport.json``. Raises UsageError."""
    try:
        return parse_report(path.read_bytes(), str(path))
    except OSError as error:
        raise UsageError(f"« {path} » ne peut pas être lu ({error.strerror}).", "rapport_illisible") from error


def report_of(view: ReportView) -> Report:
    """Return what the JSON report of ``view`` says."""
    return parse_report(dumps(view.report), view.report.name)


def _file_name(path: str) -> str:
    return PurePosixPath(path.rsplit("!", maxsplit=1)[-1].replace("\\", "/")).name
