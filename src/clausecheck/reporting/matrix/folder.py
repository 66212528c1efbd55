"""A batch output folder: its index, the reports it names, the matrix files written beside them."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from clausecheck.errors import NothingToAnalyseError, UsageError
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.payload import read_report

INDEX = "consultation.json"
REPORT = "rapport.json"


def _xlsx(comparison: Comparison) -> bytes:
    from clausecheck.reporting.tables.sheets import workbook
    from clausecheck.reporting.tables.xlsx import to_xlsx

    return to_xlsx(workbook(comparison))


def _ods(comparison: Comparison) -> bytes:
    from clausecheck.reporting.tables.ods import to_ods
    from clausecheck.reporting.tables.sheets import workbook

    return to_ods(workbook(comparison))


def _csv(comparison: Comparison) -> bytes:
    from clausecheck.reporting.tables.flat import to_csv

    return to_csv(comparison)


def _html(comparison: Comparison) -> bytes:
    from clausecheck.reporting.matrix.page import render

    return render(comparison).encode("utf-8")


def _parquet(comparison: Comparison) -> bytes:
    from clausecheck.reporting.tables.flat import to_parquet

    return to_parquet(comparison)


FORMATS: dict[str, Callable[[Comparison], bytes]] = {"xlsx": _xlsx, "ods": _ods, "csv": _csv, "html": _html, "parquet": _parquet}
"""Forms of the matrix by name, which is also their extension."""

DEFAULT = ("xlsx", "ods", "csv", "html")
"""Written when nothing is asked for; «parquet» needs an extra."""


def write_matrix(folder: Path, formats: Iterable[str] = DEFAULT) -> list[Path]:
    """Write ``matrice.<format>`` in a batch output folder and return the paths. Raises ClausecheckError."""
    return write_files(read_folder(folder), folder, formats)


def write_files(comparison: Comparison, folder: Path, formats: Iterable[str]) -> list[Path]:
    """Write the forms asked for. Raises UsageError where the folder refuses."""
    written = []
    for name in dict.fromkeys(formats):
        path = folder / f"matrice.{name}"
        data = FORMATS[name](comparison)
        try:
            path.write_bytes(data)
        except OSError as error:
            message = f"« {path} » ne peut pas être écrit ({error.strerror}) : fermez-le s’il est ouvert dans un tableur, puis relancez."
            raise UsageError(message, "sortie_impossible") from error
        written.append(path)
    return written


def read_folder(folder: Path) -> Comparison:
    """Read every report of a batch output folder; what cannot be read is noted. Raises NothingToAnalyseError where there is none."""
    index = _index(folder)
    missing = [(_who(entry), message) for entry in index for message in _messages(entry)]
    judged = []
    for path in _report_paths(folder, index):
        try:
            report = read_report(path)
        except UsageError as error:
            missing.append((path.parent.name, str(error)))
            continue
        judged.append(Judged(report, path.relative_to(folder).with_suffix(".html").as_posix()))
    if not judged:
        message = f"Aucun rapport lisible dans « {folder} » : lancez d’abord clausecheck batch … --output {folder}."
        raise NothingToAnalyseError(message, "aucun_rapport")
    return Comparison.of(folder.resolve().name, judged, missing)


def _index(folder: Path) -> list[dict[str, Any]]:
    """Entries of the index: a list, or an object that holds it under «dossiers»; none where there is no index."""
    try:
        content = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        message = f"« {folder / INDEX} » est illisible : relancez clausecheck batch avec le même --output, qui le récrit."
        raise UsageError(message, "index_illisible") from error
    entries = content.get("dossiers", []) if isinstance(content, dict) else content
    return [entry for entry in entries if isinstance(entry, dict)]


def _report_paths(folder: Path, index: list[dict[str, Any]]) -> list[Path]:
    """Reports that the index names, else those found; a report named and missing stays, to be said."""
    named = [folder / entry["report"] for entry in index if entry.get("report")]
    return [p.with_name(REPORT) for p in named] or sorted((folder / "dossiers").glob(f"*/*/{REPORT}"))


def _messages(entry: dict[str, Any]) -> list[str]:
    """Problems of a dossier without a report (those of the others are in their report)."""
    if entry.get("report"):
        return []
    said = [p.get("message", "") if isinstance(p, dict) else str(p) for p in entry.get("problems") or []]
    return said or ["dossier non jugé"]


def _who(entry: dict[str, Any]) -> str:
    vendor = entry.get("vendor") or {}
    return " – ".join(str(part) for part in (entry.get("lot"), vendor.get("name")) if part) or "dossier sans nom"
