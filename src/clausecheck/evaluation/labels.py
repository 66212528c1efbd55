"""Dossiers labelled by hand: what a careful reader says of each requirement, with the words that show it.

A folder of YAML files, one a dossier: ``dossier``, ``documents`` (paths), ``labels`` by requirement (``status``, ``criteria``, ``weak``,
``evidence`` with ``quote``, ``sure``). ``SPLIT.txt`` beside them, one «name part» a line, says which dossiers were read to write rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from clausecheck.document.model import Document
from clausecheck.errors import UsageError
from clausecheck.readers import read_path

SPLIT = "SPLIT.txt"
STATUSES = frozenset({"conforme", "affaiblie", "absente", "sans_objet"})


@dataclass(frozen=True, slots=True)
class Label:
    """What the reader says of one requirement. ``sure``: False where two careful readers could disagree."""

    status: str
    criteria: frozenset[str]
    weak: frozenset[str]
    quotes: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class LabelledDossier:
    """A dossier: the files of its pieces, and a label for each requirement."""

    name: str
    files: tuple[Path, ...]
    labels: Mapping[str, Label]

    def read(self) -> list[Document]:
        """Read its pieces. Raises ReadError."""
        return [document for path in self.files for document in read_path(path).documents]


def read_labels(folder: Path, documents: Path, part: str | None = None) -> list[LabelledDossier]:
    """Read the labelled dossiers of ``folder``, whose pieces stand under ``documents``. Raises UsageError.

    ``part``: only the dossiers that SPLIT.txt lists so.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise UsageError(f"Aucun dossier étiqueté (.yaml) dans « {folder} ».", "etiquettes_absentes")
    kept = _split(folder, part) if part else None
    found = [_dossier(path, documents) for path in paths]
    chosen = [d for d in found if kept is None or d.name in kept]
    if not chosen:
        raise UsageError(f"Aucun dossier de « {folder} » n’est rangé dans « {part} » : voyez {SPLIT}.", "etiquettes_absentes")
    return chosen


def _split(folder: Path, part: str) -> set[str]:
    path = folder / SPLIT
    if not path.exists():
        raise UsageError(f"« {path} » manque : il dit quels dossiers ont été lus. Retirez --part, ou écrivez-le.", "etiquettes_absentes")
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0] for row in rows if row[1:] == [part]}


def _dossier(path: Path, documents: Path) -> LabelledDossier:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        labels = {requirement: _label(label) for requirement, label in raw["labels"].items()}
        dossier = LabelledDossier(raw["dossier"], tuple(documents / p for p in raw["documents"]), labels)
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise UsageError(f"« {path} » n’est pas un fichier d’étiquettes utilisable : {error}.", "etiquettes_invalides") from error
    missing = [str(p) for p in dossier.files if not p.exists()]
    if missing:
        raise UsageError(f"« {path.name} » : pièce introuvable, {', '.join(missing)}. Voyez --documents.", "etiquettes_invalides")
    return dossier


def _label(raw: Mapping[str, Any]) -> Label:
    if raw["status"] not in STATUSES:
        raise ValueError(f"statut « {raw['status']} »")
    quotes = tuple(e["quote"] for e in raw.get("evidence") or ())
    return Label(raw["status"], frozenset(raw.get("criteria") or ()), frozenset(raw.get("weak") or ()), quotes, raw.get("sure", True))
