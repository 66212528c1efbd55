"""The labels of the benchmark, read through its own judge, and words compared without regard to blanks."""

import collections
import csv as csv_module
import importlib.util
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

Pair = tuple[bool, bool]
"""Truth and answer: satisfied or not."""


def judge_module(shared: Path) -> ModuleType:
    """Load ``score_dpa.py``: its mapping and its figures are the measure."""
    spec = importlib.util.spec_from_file_location("score_dpa", shared / "tools" / "score_dpa.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}/tools/score_dpa.py is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def labels(row: Mapping[str, str]) -> set[str]:
    """Return the requirements a sentence carries (R14 counts as R13)."""
    found = {(row[f"requirement_{i}"] or "").strip() for i in (1, 2, 3)}
    return {"R13" if r == "R14" else r for r in found}


def rows(csv: Path) -> dict[str, list[tuple[str, set[str]]]]:
    """Return, for each document, its sentences with their labels."""
    found = collections.defaultdict(list)
    with csv.open(newline="", encoding="utf-8") as handle:
        for raw in csv_module.DictReader(handle):
            row = {k.lower().replace("-", "_"): v for k, v in raw.items()}
            found[row["dpa"].replace(" ", "_").lower()].append((row["sentence"], labels(row)))
    return found


def labelled(csv: Path) -> dict[str, dict[str, list[str]]]:
    """Return, for each document and requirement, the sentences that carry it, squeezed."""
    found: dict[str, dict[str, list[str]]] = {}
    for name, sentences in rows(csv).items():
        groups = found.setdefault(name, collections.defaultdict(list))
        for sentence, carried in sentences:
            for requirement in carried:
                groups[requirement].append(squeezed(sentence))
    return found


def squeezed(text: str) -> str:
    """Letters and figures only: readers normalise blanks and quotes."""
    return re.sub(r"\W+", "", text).lower()
