"""A batch output folder: its index, the reports it names, the matrix files written beside them."""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from clausecheck.errors import NothingToAnalyseError, UsageError
from clausecheck.reporting.comparison import Comparison, Judged, dossier_words
from clausecheck.reporting.filenames import JSON_REPORT, versioned
from clausecheck.reporting.view import problem_words
from clausecheck.vocabulary import Diffusion

INDEX = "consultation.json"

_Json = dict[str, Any]


def _xlsx(comparison: Comparison, stream: IO[bytes]) -> None:
    from clausecheck.reporting.tables.sheets import workbook
    from clausecheck.reporting.tables.xlsx import write_xlsx

    write_xlsx(workbook(comparison), stream)


def _ods(comparison: Comparison, stream: IO[bytes]) -> None:
    from clausecheck.reporting.tables.ods import write_ods
    from clausecheck.reporting.tables.sheets import workbook

    write_ods(workbook(comparison), stream)


def _csv(comparison: Comparison, stream: IO[bytes]) -> None:
    from clausecheck.reporting.tables.flat import write_csv

    write_csv(comparison, stream)


def _html(comparison: Comparison, stream: IO[bytes]) -> None:
    from clausecheck.reporting.matrix.page import write_html

    write_html(comparison, stream)


def _parquet(comparison: Comparison, stream: IO[bytes]) -> None:
    from clausecheck.reporting.tables.flat import write_parquet

    write_parquet(comparison, stream)


FORMATS: dict[str, Callable[[Comparison, IO[bytes]], None]] = {"xlsx": _xlsx, "ods": _ods, "csv": _csv, "html": _html, "parquet": _parquet}
"""What writes each form of the matrix, by its name, which is also its extension."""

DEFAULT = ("xlsx", "ods", "csv", "html")
"""Written when nothing is asked for; «parquet» needs an extra."""


def write_matrix(folder: Path, formats: Iterable[str] = DEFAULT) -> list[Path]:
    """Write ``matrice.<format>`` in a batch output folder and return the paths. Raises ClausecheckError."""
    return write_files(read_folder(folder), folder, formats)


def write_files(comparison: Comparison, folder: Path, formats: Iterable[str]) -> list[Path]:
    """Write the forms asked for, in place of those of the other version. Raises UsageError where the folder refuses."""
    return [write_file(comparison, folder, name) for name in dict.fromkeys(formats)]


def write_file(comparison: Comparison, folder: Path, name: str) -> Path:
    """Write one form: the file that was there stays until the new one is whole."""
    path = folder / filename(name, comparison)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            FORMATS[name](comparison, stream)
        part.replace(path)
        for other in {versioned(f"matrice.{name}", d) for d in Diffusion} - {path.name}:
            (folder / other).unlink(missing_ok=True)
    except OSError as error:
        message = f"« {path} » ne peut pas être écrit ({error.strerror}) : fermez-le s’il est ouvert dans un tableur, puis relancez."
        raise UsageError(message, "sortie_impossible") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return path


def filename(name: str, comparison: Comparison) -> str:
    """Return the name of a form of the matrix, which tells the communicable version."""
    return versioned(f"matrice.{name}", Diffusion.COMMUNICABLE if comparison.communicable else Diffusion.INTERNE)


def read_folder(folder: Path) -> Comparison:
    """Read every report of a batch output folder; what cannot be read is noted. Raises NothingToAnalyseError where there is none."""
    name, entries = _index(folder)
    notes = [(_who(entry), message) for entry in entries for message in _messages(entry)]
    judged: list[Judged] = []
    unread = sum(not entry.get("report") for entry in entries)
    for path in _report_paths(folder, entries):
        try:
            judged.append(Judged.stored(path, path.relative_to(folder).with_suffix(".html").as_posix()))
        except UsageError as error:
            notes.append((path.parent.name, str(error)))
            unread += 1
    if not judged:
        message = f"Aucun rapport lisible dans « {folder} » : lancez d’abord clausecheck batch … --output {folder}."
        raise NothingToAnalyseError(message, "aucun_rapport")
    return Comparison.of(name, judged, notes, unread)


def _index(folder: Path) -> tuple[str, list[_Json]]:
    """Name of the consultation and entries of its index; the folder's name and none where there is no index."""
    try:
        content = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return folder.resolve().name, []
    except (OSError, ValueError) as error:
        message = f"« {folder / INDEX} » est illisible : relancez clausecheck batch avec le même --output, qui le récrit."
        raise UsageError(message, "index_illisible") from error
    held = content if isinstance(content, dict) else {"dossiers": content}
    entries = held.get("dossiers") or []
    return str(held.get("name") or folder.resolve().name), [entry for entry in entries if isinstance(entry, dict)]


def _report_paths(folder: Path, entries: list[_Json]) -> list[Path]:
    """Reports that the index names, else those found (a batch's, or that of «check»); a report named and missing stays, to be said."""
    named = [folder / entry["report"] for entry in entries if entry.get("report")]
    return named or sorted((folder / "dossiers").glob(f"*/*/{JSON_REPORT}")) or sorted(folder.glob(JSON_REPORT))


def _messages(entry: _Json) -> list[str]:
    said = [problem_words(p.get("document"), p.get("message", "")) for p in entry.get("problems") or [] if isinstance(p, dict)]
    return said if said or entry.get("report") else ["dossier non jugé : relancez clausecheck batch, qui reprend où il s’est arrêté."]


def _who(entry: _Json) -> str:
    vendor = entry.get("vendor") or {}
    return dossier_words(entry.get("lot"), vendor.get("name") or entry.get("dossier") or "candidat inconnu")
