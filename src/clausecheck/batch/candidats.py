"""``candidats.csv``: the guess of who each dossier belongs to, written for the user to correct and read back as the truth.

``;`` and a UTF-8 byte order mark, as a French spreadsheet opens and saves it. Columns ``…_devine`` keep the guess: where ``lot``,
``candidat`` or ``siret`` differs from it, the user has spoken, and no later run changes it.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from clausecheck.assessment.vendor import Vendor
from clausecheck.batch.documents import write_whole
from clausecheck.batch.names import split_lot
from clausecheck.errors import UsageError
from clausecheck.segmentation.party import valid_siret

FILENAME = "candidats.csv"
COLUMNS = ("dossier", "lot", "candidat", "siret", "lot_devine", "candidat_devine", "siret_devine", "origine")
_CORRECTABLE = ("lot", "candidat", "siret")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dossier's lot and candidate. ``source``: where they were read; ``corrected``: True where the user set one of them."""

    lot: str | None
    vendor: Vendor
    source: str
    corrected: bool = False


def write_candidates(path: Path, guesses: Mapping[str, Candidate], kept: Mapping[str, Candidate]) -> None:
    """Write one row a dossier: what is ``kept`` beside what was guessed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for key in sorted(guesses):
        row = (key, *_fields(kept[key]), *_fields(guesses[key]), kept[key].source)
        writer.writerow([_harmless(cell) for cell in row])
    _write(path, buffer.getvalue())


def _write(path: Path, text: str) -> None:
    try:
        write_whole(path, text.encode("utf-8-sig"))
    except OSError as error:
        raise UsageError(
            f"Impossible d’écrire « {path} » ({error.strerror}). Fermez-le s’il est ouvert dans un tableur, puis relancez.",
            "candidats_verrouille",
        ) from error


def _fields(candidate: Candidate) -> tuple[str, str, str]:
    return candidate.lot or "", candidate.vendor.name or "", candidate.vendor.siret or ""


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from running a name as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def read_corrections(path: Path) -> dict[str, dict[str, str]]:
    """Return for each dossier the fields that the user changed. Raises UsageError naming file and line."""
    if not path.exists():
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"« {path} » ne se lit pas : enregistrez-le en CSV UTF-8, puis relancez.", "candidats_illisible") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    if not reader.fieldnames or not {"dossier", *_CORRECTABLE} <= set(reader.fieldnames):
        raise UsageError(f"« {path} » : il faut les colonnes {' ; '.join(COLUMNS)}. Corrigez-le ou supprimez-le.", "candidats_invalide")
    return {_plain(row["dossier"]): _changed(row, f"{path}, ligne {reader.line_num}") for row in reader}


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if ";" in head else "," if "," in head else "\t"


def _plain(cell: str | None) -> str:
    text = (cell or "").strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _changed(row: Mapping[str, str], where: str) -> dict[str, str]:
    said = {name: _plain(row.get(name)) for name in _CORRECTABLE}
    said["siret"] = "".join(said["siret"].split())
    changed = {name: value for name, value in said.items() if value != _plain(row.get(f"{name}_devine"))}
    if changed.get("siret") and not valid_siret(changed["siret"]):
        raise UsageError(f"{where} : le SIRET « {changed['siret']} » est faux (14 chiffres et une clé). Corrigez-le.", "siret_faux")
    return changed


def corrected(guess: Candidate, changes: Mapping[str, str]) -> Candidate:
    """Return ``guess`` with what the user changed."""
    if not changes:
        return guess
    lot = guess.lot
    if "lot" in changes:
        lot = split_lot(f"lot {changes['lot']}")[0] or changes["lot"] or None
    vendor = Vendor(changes.get("candidat", guess.vendor.name or "") or None, changes.get("siret", guess.vendor.siret or "") or None)
    return replace(guess, lot=lot, vendor=vendor, source="candidats.csv", corrected=True)
