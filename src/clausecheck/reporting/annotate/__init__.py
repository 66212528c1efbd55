"""Annotated copies of the pieces of a dossier: the originals are never touched."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from clausecheck.document import Document, Problem
from clausecheck.errors import ReadError
from clausecheck.readers.originals import original
from clausecheck.reporting.annotate.notes import Job, Note, cover_of, notes_of, shown, title_of
from clausecheck.reporting.annotate.suggestions import suggestions_of
from clausecheck.reporting.view import ReportView
from clausecheck.reporting.wording import Wording

PREFIX = "COPIE DE TRAVAIL – "
FORMATS = ("docx", "odt", "pdf")
"""Formats that have an annotated copy, each written by the module of its name."""

Annotator = Callable[[bytes, Job], tuple[bytes, tuple[Note, ...]]]


@dataclass(frozen=True, slots=True)
class Copy:
    """An annotated copy: ``name`` of the file to write; ``unplaced``: passages that only its opening note cites."""

    name: str
    data: bytes
    unplaced: tuple[Note, ...] = ()


def annotated_copies(view: ReportView, *, suggestions: bool = False) -> Iterator[Copy | Problem]:
    """Yield the copy of each document, or why there is none. ``suggestions``: proposed clauses as tracked insertions."""
    names = _names([view.document_name(i) for i in range(len(view.report.segmented.documents))])
    wording = Wording(view.report)
    for number, document in enumerate(view.report.segmented.documents):
        try:
            yield _copy(view, wording, number, names[number], suggestions=suggestions)
        except ReadError as error:
            yield Problem(error.code, str(error), document.source.path)


def _copy(view: ReportView, wording: Wording, number: int, name: str, *, suggestions: bool) -> Copy:
    document = view.report.segmented.documents[number]
    annotate = _annotator(document)
    job = Job(
        document,
        notes_of(view, wording, number),
        cover_of(view, number),
        tuple((f.requirement.id, title_of(f)) for f in shown(view)),
        suggestions_of(view, wording, number) if suggestions else (),
    )
    return Copy(name, *annotate(original(document.source), job))


def _annotator(document: Document) -> Annotator:
    if document.source.format not in FORMATS:
        advice = "enregistrez la pièce en .docx, .odt ou .pdf"
        raise ReadError(f"« {document.source.path} » : pas de copie annotée pour ce format ; {advice}.", "format_non_annote")
    annotator: Annotator = import_module(f"clausecheck.reporting.annotate.{document.source.format}").annotate
    return annotator


def _names(names: Sequence[str]) -> list[str]:
    """Name the copies; pieces of one name, from several folders, are numbered."""
    seen: dict[str, int] = {}
    named = []
    for name in names:
        rank = seen[name.lower()] = seen.get(name.lower(), 0) + 1
        path = PurePath(name)
        named.append(f"{PREFIX}{path.stem} ({rank}){path.suffix}" if rank > 1 else f"{PREFIX}{name}")
    return named
