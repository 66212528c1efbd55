"""The manifest of a run: hash and size of what was read and written, versions, options, coverage; and its verification.

It holds the date and the cost of a run: beside them, and the date lines of the reports, everything depends on the pieces, the catalogue,
the model and the options alone.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationError

from clausecheck import __version__
from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.schema import Strict
from clausecheck.errors import ReadError, UsageError
from clausecheck.readers.folders import files_in, legible
from clausecheck.reporting.comparison import Comparison
from clausecheck.reporting.cost import JOULES_PER_WATT_HOUR, Cost, Phase, RunNote
from clausecheck.reporting.payload import Piece
from clausecheck.vocabulary import Diffusion

FILENAME = "manifeste.json"
SCHEMA = "clausecheck-manifeste/1"
_NETWORK = ("//", "\\\\")
"""How a path that would make a machine speak to another begins."""
Options = Mapping[str, str | bool | list[str]]


def _iso(text: str) -> str:
    """Refuse a date that is none."""
    datetime.fromisoformat(text)
    return text


class FileMark(Strict):
    """A file. ``path``: as given for a piece, within the run for a report; ``size``: in bytes."""

    path: str
    sha256: str
    size: int


class CoverageMark(Strict):
    """How far a piece was read. ``unreadable``: page numbers from 1; ``ocr_confidence``: 0 to 100."""

    path: str
    sha256: str
    pages: int
    pages_read: int
    unreadable: tuple[int, ...]
    ocr_confidence: float | None


class Version(Strict):
    """What judged. ``sha256``: of its data."""

    name: str
    sha256: str | None = None


class CostMark(Strict):
    """Time and energy of the run, its writing included. ``seconds``: elapsed, by phase; ``watts``: as in ``Cost``."""

    seconds: dict[Phase, float]
    processor_seconds: float
    watt_hours: float
    watts: float | None

    @classmethod
    def of(cls, cost: Cost) -> "CostMark":
        """Round what was measured to what it is worth."""
        seconds = {phase: round(spent, 3) for phase, spent in cost.seconds.items()}
        return cls(seconds=seconds, processor_seconds=round(cost.processor, 3), watt_hours=round(cost.watt_hours, 6), watts=cost.watts)

    @property
    def cost(self) -> Cost:
        """What was measured."""
        return Cost(self.seconds, self.processor_seconds, self.watt_hours * JOULES_PER_WATT_HOUR, self.watts)


class Manifest(Strict):
    """A run. ``date``: ISO 8601, with the offset to UTC; ``inputs``: files read; ``outputs``: files written, this one left out.

    ``cost``: None where the clock is fixed, and in the manifests of version 0.1.0.
    """

    schema_: str = Field(alias="schema", pattern=f"^{SCHEMA}$")
    date: Annotated[str, AfterValidator(_iso)]
    cost: CostMark | None = None
    command: str
    dossier: str
    diffusion: str
    tool: str
    catalogue: Version
    model: Version | None
    options: dict[str, str | bool | tuple[str, ...]]
    inputs: tuple[FileMark, ...]
    coverage: tuple[CoverageMark, ...]
    outputs: tuple[FileMark, ...]

    @property
    def moment(self) -> datetime:
        """When the run was made."""
        return datetime.fromisoformat(self.date)

    @property
    def note(self) -> RunNote:
        """When the run was made and what it cost."""
        return RunNote(self.moment, self.cost.cost if self.cost else None)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a run judged, with what, and how far it was read."""

    name: str
    diffusion: Diffusion
    catalogue: Version
    model: Version | None
    coverage: tuple[CoverageMark, ...]

    @classmethod
    def of_report(cls, report: DossierReport) -> "Subject":
        """One dossier."""
        model = Version(name=report.model_name, sha256=report.model_sha256) if report.model_name else None
        catalogue = Version(name=report.catalogue_version, sha256=report.catalogue_sha256)
        return cls(report.name, report.diffusion, catalogue, model, tuple(_coverage(report)))

    @classmethod
    def of_comparison(cls, comparison: Comparison) -> "Subject":
        """The dossiers of a consultation; a piece common to several is told once."""
        heads = [dossier.head for dossier in comparison.dossiers]
        first, pieces = heads[0], {(p.path, p.sha256): p for head in heads for p in head.documents}
        return cls(
            comparison.name,
            first.diffusion,
            Version(name=first.catalogue.version, sha256=first.catalogue.sha256),
            Version(name=first.model.name, sha256=first.model.sha256) if first.model else None,
            tuple(_coverage_of(piece) for piece in pieces.values()),
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what the manifest says. ``what``: in French."""

    path: str
    what: str


def mark(path: Path, name: str) -> FileMark:
    """Return hash and size of ``path``, under ``name``. Raises ReadError."""
    try:
        with path.open("rb") as file:
            return FileMark(path=name, sha256=hashlib.file_digest(file, "sha256").hexdigest(), size=file.tell())
    except OSError as error:
        raise ReadError(f"« {path} » ne s’ouvre pas : {error.strerror or error}.", "fichier_inaccessible") from error


def manifest(subject: Subject, command: str, options: Options, note: RunNote, files: Iterable[Path], folder: Path) -> Manifest:
    """Describe the run that wrote ``folder`` from ``files``."""
    return Manifest(
        schema=SCHEMA,
        date=note.moment.isoformat(timespec="seconds"),
        cost=CostMark.of(note.cost) if note.cost else None,
        command=command,
        dossier=subject.name,
        diffusion=subject.diffusion.value,
        tool=__version__,
        catalogue=subject.catalogue,
        model=subject.model,
        options={name: tuple(value) if isinstance(value, list) else value for name, value in options.items()},
        inputs=tuple(mark(path, legible(path.as_posix())) for path in files),
        coverage=subject.coverage,
        outputs=tuple(_written(folder)),
    )


def dumps(described: Manifest) -> str:
    """Return the JSON text, ending with a newline."""
    return described.model_dump_json(by_alias=True, indent=1) + "\n"


def load(folder: Path) -> Manifest:
    """Read the manifest of a run. Raises UsageError where ``folder`` is not one."""
    path = folder / FILENAME
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UsageError(f"« {folder} » n’est pas un dossier d’analyse : {_nearest(folder)}", "pas_une_analyse") from error
    except ValidationError as error:
        raise UsageError(f"« {path} » n’est pas un manifeste lisible : le dossier n’est plus vérifiable.", "manifeste_illisible") from error


def changed_outputs(described: Manifest, folder: Path) -> list[Difference]:
    """Compare the files of a run with its manifest."""
    return _compare(described.outputs, _written(folder), ("fichier modifié", "fichier manquant", "fichier ajouté"))


def changed_inputs(described: Manifest, files: Iterable[Path]) -> list[Difference]:
    """Compare the pieces of ``files`` with those that were read; a piece is known by its content, wherever it stands."""
    found = [mark(path, legible(path.as_posix())) for path in files]
    hashes = {f.sha256 for f in described.inputs}
    lost = [f for f in described.inputs if f.sha256 not in {g.sha256 for g in found}]
    strange = [f for f in found if f.sha256 not in hashes]
    before, now = ([f.model_copy(update={"path": PurePosixPath(f.path).name}) for f in marks] for marks in (lost, strange))
    return _compare(before, now, ("pièce modifiée", "pièce manquante", "pièce ajoutée"))


def recorded_pieces(described: Manifest) -> tuple[list[Difference], int]:
    """Compare the pieces that still stand where they were read: what changed, and how many are no longer there."""
    local = [f for f in described.inputs if not f.path.startswith(_NETWORK)]
    there = [f for f in local if Path(f.path).is_file()]
    changed = [Difference(f.path, "pièce modifiée") for f in there if mark(Path(f.path), f.path) != f]
    return changed, len(described.inputs) - len(there)


def _compare(told: Sequence[FileMark], found: Iterable[FileMark], words: tuple[str, str, str]) -> list[Difference]:
    before, now = {f.path: f for f in told}, {f.path: f for f in found}
    changed, missing, added = words
    return [
        *(Difference(p, changed) for p in sorted(before.keys() & now.keys()) if before[p] != now[p]),
        *(Difference(p, missing) for p in sorted(before.keys() - now.keys())),
        *(Difference(p, added) for p in sorted(now.keys() - before.keys())),
    ]


def _written(folder: Path) -> list[FileMark]:
    inside = ((path, legible(path.relative_to(folder).as_posix())) for path in files_in(folder))
    return [mark(path, name) for path, name in inside if name != FILENAME]


def _coverage(report: DossierReport) -> Iterable[CoverageMark]:
    for document in report.segmented.documents:
        read = document.coverage
        yield CoverageMark(
            path=document.source.path,
            sha256=document.source.sha256,
            pages=read.pages_total,
            pages_read=read.pages_read,
            unreadable=read.unreadable,
            ocr_confidence=read.mean_ocr_confidence,
        )


def _coverage_of(piece: Piece) -> CoverageMark:
    return CoverageMark(
        path=piece.path,
        sha256=piece.sha256,
        pages=piece.pages,
        pages_read=piece.pages_read,
        unreadable=piece.quality.pages_unreadable,
        ocr_confidence=piece.ocr_confidence,
    )


def _nearest(folder: Path) -> str:
    """Say which folder to give instead, or what may have happened."""
    runs = sorted(path.parent.name for path in folder.glob(f"*/{FILENAME}")) if folder.is_dir() else []
    if runs:
        return f"donnez l’une des analyses qu’il contient, par exemple « {folder / runs[-1]} »."
    return f"il n’a pas de {FILENAME} ; une analyse interrompue n’en a pas, relancez-la."
