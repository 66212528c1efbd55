"""Finds the documents of a dossier: files, folders and archives given on the command line; one bad file never stops the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clausecheck.document.model import Document, Problem
from clausecheck.errors import NothingToAnalyseError, ReadError, UsageError
from clausecheck.readers.folders import files_in, legible
from clausecheck.vocabulary import View


@dataclass(frozen=True, slots=True)
class Gathered:
    """The documents read, in the order given, what could not be read, and the files given, read or not."""

    name: str
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()


def gather(paths: Sequence[Path], view: View = View.FINAL) -> Gathered:
    """Read every file of ``paths``; ``view``: how tracked changes are read.

    Raises UsageError for a missing path, NothingToAnalyseError when nothing can be read.
    """
    files = files_of(paths)
    from clausecheck.readers.signatures import beside, mark_signed

    documents: list[Document] = []
    problems: list[Problem] = []
    signatures = [signature for path in paths if path.is_file() for signature in beside(path)]
    for path in files:
        _read(path, view, documents, problems, signatures)
    if not documents:
        detail = " ".join(p.message for p in problems) or ("Il n’y a que des signatures." if signatures else "Le dossier est vide.")
        raise NothingToAnalyseError(f"Rien à analyser : aucune pièce lisible. {detail}", "rien_a_analyser")
    return Gathered(_name(paths), mark_signed(documents, signatures), tuple(problems), files)


def _read(path: Path, view: View, documents: list[Document], problems: list[Problem], signatures: list[str]) -> None:
    from clausecheck.readers import read_path

    try:
        result = read_path(path, view)
    except ReadError as error:
        problems.append(Problem(error.code, str(error), legible(path.as_posix())))
        return
    documents.extend(result.documents)
    problems.extend(result.problems)
    signatures.extend(result.signatures)


def files_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of ``paths``, those of a folder sorted. Raises UsageError for a missing path."""
    missing = [p for p in paths if not p.exists()]
    if missing:
        names = ", ".join(f"« {p} »" for p in missing)
        raise UsageError(f"Fichier introuvable : {names}. Vérifiez le chemin et relancez.", "fichier_introuvable")
    return tuple(_files(paths))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from files_in(path)
        else:
            yield path


def _name(paths: Sequence[Path]) -> str:
    """A folder or archive names its dossier; several files are named by their common folder."""
    first = paths[0].resolve()
    if len(paths) == 1:
        return legible(first.name if first.is_dir() else first.stem)
    return legible(first.parent.name or first.stem)
