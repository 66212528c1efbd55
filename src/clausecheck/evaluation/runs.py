"""Judges labelled dossiers: as installed, or each with a fusion that has not seen its labels."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from clausecheck.detection.voice import Voice, default_folder, load_voice
from clausecheck.errors import UsageError
from clausecheck.evaluation.fitting import Row, Table, Truth, fusions, rows, write
from clausecheck.evaluation.labels import STATUSES, Label, LabelledDossier
from clausecheck.evaluation.measures import SANS_OBJET, STIPULATED, Verdict
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.segmentation.pieces import outside, recognise
from clausecheck.segmentation.units import segment

FEWEST = 3
"""Dossiers without which one cannot be left out: the first pass too is fitted on some and read on others."""
COMPOSED = "bank-"
"""What the groups of composed contracts begin with."""

Told = Callable[[str], None]


def judge(engine: Engine, dossier: LabelledDossier) -> list[Verdict]:
    """Judge one dossier; only what is labelled is kept."""
    report = engine.assess(dossier.read(), name=dossier.name)
    return [Verdict.of(dossier.name, dossier.labels[f.requirement.id], f) for f in report.findings if f.requirement.id in dossier.labels]


def leave_one_out(engine: Engine, dossiers: Sequence[LabelledDossier], composed: Iterable[Row], told: Told) -> Iterator[Verdict]:
    """Judge each dossier with the fusion fitted on the others. Raises UsageError where there is no model, or too few dossiers.

    ``composed``: rows of composed contracts, which stay in every fit; ``told``: is given the name of each dossier.
    """
    if len(dossiers) < FEWEST:
        raise UsageError(f"Il faut au moins {FEWEST} dossiers étiquetés pour en laisser un de côté.", "ajustement_impossible")
    voice = installed_voice()
    table = Table.of((row for d in dossiers for row in labelled_rows(engine, voice, d)), composed)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        shutil.copytree(default_folder(), model)
        for dossier in dossiers:
            told(dossier.name)
            write(fusions(table.without(dossier.name)), model)
            yield from judge(Engine(engine.catalogue, model=model), dossier)


def labelled_rows(engine: Engine, voice: Voice, dossier: LabelledDossier) -> Iterator[Row]:
    """Yield the rows of a labelled dossier: what applies to it and is sure."""
    catalogue, documents = engine.catalogue, dossier.read()
    segmented = segment(documents, catalogue.lexicon, outside([recognise(d, catalogue.lexicon.pieces) for d in documents]))
    truth = {r: _truth(label) for r, label in dossier.labels.items() if label.sure and label.status in STATUSES - {SANS_OBJET}}
    return rows(dossier.name, segmented, catalogue, voice, truth)


def composed_rows(engine: Engine, folder: Path) -> Iterator[Row]:
    """Yield the rows of the contracts composed in ``folder``: «truth.json», and the text of each in Markdown. Raises UsageError."""
    try:
        truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            f"« {folder} » n’a pas de truth.json lisible : ce ne sont pas des contrats composés.", "etiquettes_invalides"
        ) from error
    voice = installed_voice()
    for name, planted in truths.items():
        yield from planted_rows(engine, voice, name, (folder / f"{name}.md").read_bytes(), planted)


def planted_rows(engine: Engine, voice: Voice, name: str, text: bytes, planted: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of a contract composed of clauses whose truth is known. ``planted``: status, criteria and weak of each requirement."""
    catalogue = engine.catalogue
    segmented = segment(read_bytes(text, f"{name}.md").documents, catalogue.lexicon)
    truth = {r: Truth(frozenset(t["criteria"]), frozenset(t["weak"]) if t["status"] != "absente" else None) for r, t in planted.items()}
    return rows(f"{COMPOSED}{name}", segmented, catalogue, voice, truth)


def installed_voice() -> Voice:
    """Load the voice that ships. Raises UsageError where it is missing."""
    voice = load_voice()
    if voice is None:
        raise UsageError("Modèle non installé : il n’y a rien à ajuster. Voyez clausecheck doctor.", "ajustement_impossible")
    return voice


def _truth(label: Label) -> Truth:
    return Truth(label.criteria, label.weak if label.status in STIPULATED else None)
