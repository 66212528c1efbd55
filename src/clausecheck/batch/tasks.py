"""What workers do: pure functions of bytes and plain values, so that where and in which order they run changes nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck import __version__
from clausecheck.assessment.vendor import Vendor
from clausecheck.batch import documents as kept
from clausecheck.batch.limits import time_limit
from clausecheck.batch.vendors import Hint, hint
from clausecheck.document.model import Document, Problem
from clausecheck.errors import ReadError, UsageError
from clausecheck.vocabulary import Diffusion, Severity

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from clausecheck.assessment.model import DossierReport
    from clausecheck.pipeline import Engine

_DOSSIER_FILES = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """What a judgement depends on beside the pieces. ``seconds``: time limit of one file, which changes no result."""

    catalogue: Path | None
    catalogue_sha256: str
    model_sha256: str | None
    given: tuple[tuple[str, bool], ...] = ()
    seconds: float = 600
    diffusion: Diffusion = Diffusion.INTERNE
    version: str = __version__

    @property
    def dossier_seconds(self) -> float:
        """Time limit of one dossier, which has several files."""
        return _DOSSIER_FILES * self.seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave. ``documents``: as ``documents.dumps`` writes them, paths beginning with the task's ``name``."""

    documents: bytes
    count: int
    pages: int
    hints: tuple[Hint, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class JudgedPiece:
    """A piece to judge: its shown ``name``, the name it was read under, and its documents, or its bytes where they are not kept."""

    name: str
    read_as: str
    documents: bytes | None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Judging:
    """A dossier to judge."""

    name: str
    lot: str | None
    vendor: Vendor
    pieces: tuple[JudgedPiece, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A dossier judged: its two reports, and what the index says of it."""

    json: bytes
    html: bytes
    counts: dict[str, int]
    open: dict[str, int]
    conclusive: bool
    problems: tuple[Problem, ...]


def read_piece(data: bytes, name: str, seconds: float) -> Reading:
    """Read one file. What cannot be read is a problem of that file, whatever went wrong in its reader."""
    with time_limit(seconds):
        found, problems = _read(data, name)
        return Reading(
            kept.dumps(found), len(found), sum(d.coverage.pages_read for d in found), tuple(hint(d) for d in found), tuple(problems)
        )


def _read(data: bytes, name: str) -> tuple[tuple[Document, ...], Sequence[Problem]]:
    from clausecheck.readers import read_bytes

    try:
        result = read_bytes(data, name)
    except ReadError as error:
        return (), [Problem(error.code, str(error), name)]
    except MemoryError:
        text = f"« {name} » demande plus de mémoire que permis : divisez la pièce ou enregistrez-la dans un autre format."
        return (), [Problem("memoire_insuffisante", text, name)]
    except Exception as error:  # noqa: BLE001  (the boundary of one file of a batch: the others go on)
        return (), [Problem("lecture_impossible", unreadable(name, type(error).__name__), name)]
    if not result.documents and not result.problems:
        return (), [Problem("archive_vide", f"« {name} » ne contient aucune pièce : vérifiez l’envoi.", name)]
    return result.documents, result.problems


def unreadable(name: str, what: str) -> str:
    """Word the failure of a reader."""
    return f"« {name} » n’a pas pu être lu ({what}) : enregistrez la pièce dans un autre format, puis relancez."


@lru_cache(maxsize=1)
def engine_of(settings: Settings) -> "Engine":
    """Build the engine, once a process. Raises CatalogueError, and UsageError where this process would not judge as the others."""
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.pipeline import Engine

    engine = Engine(load_catalogue(settings.catalogue))
    model = engine.speaker.voice.sha256 if engine.speaker else None
    if (__version__, engine.catalogue.sha256, model) != (settings.version, settings.catalogue_sha256, settings.model_sha256):
        raise UsageError(
            "Un processus de la grappe n’a pas la même version de clausecheck, du catalogue ou du modèle : installez partout la même.",
            "grappe_heterogene",
        )
    return engine


def judge_dossier(job: Judging, settings: Settings) -> Judged:
    """Judge one dossier and write its reports."""
    engine = engine_of(settings)
    with time_limit(settings.dossier_seconds):
        documents = [document for piece in job.pieces for document in _documents(piece)]
        report = engine.assess(documents, name=job.name, given=dict(settings.given), problems=job.problems, vendor=job.vendor, lot=job.lot)
        return _judged(_shown(report, engine, settings), unread=bool(job.problems))


def _shown(report: "DossierReport", engine: "Engine", settings: Settings) -> "DossierReport":
    from clausecheck.reporting.diffusion import communicable

    return communicable(report, engine.catalogue.lexicon.diffusion) if settings.diffusion is Diffusion.COMMUNICABLE else report


def _documents(piece: JudgedPiece) -> list[Document]:
    """Return the documents of a piece under the name it has in this dossier. Raises ReadError: it had some when it was first read."""
    found = kept.loads(piece.documents) if piece.documents is not None else _read(piece.data or b"", piece.read_as)[0]
    if not found:
        raise ReadError(unreadable(piece.name, "lu une première fois, plus maintenant"), "lecture_impossible")
    return [kept.renamed(d, piece.read_as, piece.name) for d in found]


def _judged(report: "DossierReport", *, unread: bool) -> Judged:
    from clausecheck.reporting.exports import ALWAYS, EXPORTS
    from clausecheck.reporting.view import ReportView

    view = ReportView.of(report)
    json_report, html_report = (EXPORTS[name].render(view) for name in ALWAYS)
    statuses = Counter(f.status.value for f in report.findings)
    severities = Counter(f.severity for f in report.findings if f.open)
    return Judged(
        json_report,
        html_report,
        dict(sorted(statuses.items())),
        {s.value: severities[s] for s in Severity},
        report.conclusive and not unread,
        report.problems,
    )


def as_plain(reading: Reading) -> Mapping[str, Any]:
    """Return what the state keeps of a reading: all but its documents."""
    plain: Mapping[str, Any] = _readings().dump_python(reading, mode="json", exclude={"documents"})
    return plain


def from_plain(plain: Mapping[str, Any]) -> Reading:
    """Return a reading whose documents are in the cache."""
    return _readings().validate_python({**plain, "documents": b""})


@cache
def _readings() -> "TypeAdapter[Reading]":
    from pydantic import TypeAdapter

    return TypeAdapter(Reading)
