"""Fits the fusion of the second voice on labels: a dozen weights, no text.

One row a criterion of a dossier. Two passes, as in ``detection.proposals``; the probability that the second pass reads was given by a first
pass that had not seen the dossier. Needs scikit-learn (extra «model»).
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from clausecheck.catalogue.loader import Catalogue
from clausecheck.catalogue.schema import Requirement
from clausecheck.detection.compiled import compile_requirement
from clausecheck.detection.detector import Detector
from clausecheck.detection.proposals import FUSION, Proposal, Reading, second_features
from clausecheck.detection.voice import Voice
from clausecheck.errors import UsageError
from clausecheck.segmentation.model import Segmented

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

SEED = 11
FOLDS = 6
HIDDEN = 0.35
"""Share of what frames find in the dossiers they were written with that is hidden from the fusion: about what they miss on others."""
ABOUT = -0.5
"""Window score of a criterion from which its article is about the requirement."""

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a label or a planted clause says of one requirement; ``weak`` None where weakenings are not to be learned."""

    criteria: frozenset[str]
    weak: frozenset[str] | None


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
    heard: float = 0.0


def rows(group: str, segmented: Segmented, catalogue: Catalogue, voice: Voice, truth: Mapping[str, Truth]) -> Iterator[Row]:
    """Yield the rows of one dossier; those of weakenings have a «!» before their id."""
    reading, detector = Reading(segmented, voice), Detector(segmented, catalogue.lexicon)
    for requirement in catalogue.requirements:
        known = truth.get(requirement.id)
        if known is None:
            continue
        found = reading.features(requirement)
        yield from _criteria(group, requirement, found, detector, catalogue, known)
        if known.weak is not None:
            articles = {place.article for features, place in found.values() if features[1] > ABOUT}
            for weakening, (features, _) in reading.weak_features(requirement, articles).items():
                yield Row(group, requirement.id, f"!{weakening}", required=False, features=tuple(features), truth=weakening in known.weak)


def _criteria(
    group: str,
    requirement: Requirement,
    found: Mapping[str, tuple[list[float], Proposal]],
    detector: Detector,
    catalogue: Catalogue,
    known: Truth,
) -> Iterator[Row]:
    required = {c.id for c in requirement.criteria if c.required}
    compiled = compile_requirement(requirement, catalogue.lexicon, catalogue.wordings.get(requirement.id, ()))
    for criterion, (features, place) in found.items():
        frames = compiled.criteria[criterion]
        framed = any(hit.binding for hit in detector.matcher.hits(frames))
        near = detector.matcher.nearness(frames, place.unit)
        met = criterion in known.criteria
        yield Row(group, requirement.id, criterion, criterion in required, tuple(features), met, framed, near, place.heard)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows to fit on: of real dossiers, of composed contracts, of weakenings."""

    real: list[Row]
    composed: list[Row]
    weak: list[Row]

    @classmethod
    def of(cls, real: Iterable[Row], composed: Iterable[Row]) -> "Table":
        """Sort rows out."""
        own, planted = list(real), list(composed)
        weak = [r for r in own + planted if r.criterion.startswith("!")]
        return cls(_of_criteria(own), _of_criteria(planted), weak)

    def without(self, dossier: str) -> "Table":
        """Leave one dossier out."""
        return Table(*([r for r in some if r.group != dossier] for some in (self.real, self.composed, self.weak)))


def _of_criteria(some: list[Row]) -> list[Row]:
    return [r for r in some if not r.criterion.startswith("!")]


@dataclass(frozen=True, slots=True)
class Sample:
    """What the fusion of criteria is fitted on: one row a criterion; ``rest``: those that no frame found, the only ones it has to judge."""

    rows: list[Row]
    features: Array
    truth: Array
    weights: Array
    rest: Array

    @classmethod
    def of(cls, table: Table) -> "Sample":
        """Prepare ``table``: real contracts and composed ones weigh the same, whatever their number of rows."""
        data = _hide(table.real) + table.composed
        parts = [part for part in (table.real, table.composed) if part]
        weights = np.concatenate([np.full(len(part), len(data) / (len(parts) * len(part))) for part in parts])
        features = _second(data, _out_of_fold(data, weights))
        return cls(data, features, np.array([r.truth for r in data]), weights, np.array([not r.framed for r in data]))


def fusions(table: Table) -> dict[str, Any]:
    """Fit every fusion; returns the content of ``fusion.json``."""
    sample = Sample.of(table)
    rest = sample.rest
    weak = np.array([r.features for r in table.weak]), np.array([r.truth for r in table.weak])
    models = {
        "first": fit(np.array([r.features for r in sample.rows]), sample.truth, sample.weights),
        "second": fit(sample.features[rest], sample.truth[rest], sample.weights[rest]),
        "weak": fit(*weak, np.ones(len(table.weak))),
    }
    return {
        "fusions": {name: _as_json(model) for name, model in models.items()},
        "rows": {"real": len(table.real), "composed": len(table.composed)},
    }


def fit(features: Array, truth: Array, weights: Array) -> "LogisticRegression":
    """Fit one logistic regression. Raises UsageError where scikit-learn is not installed."""
    try:
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        raise UsageError("L’ajustement a besoin de scikit-learn : pip install 'clausecheck[model]'.", "ajustement_impossible") from error
    return LogisticRegression(max_iter=3000).fit(features, truth, sample_weight=weights)


def write(content: Mapping[str, Any], folder: Path) -> None:
    """Write ``fusion.json``."""
    (folder / FUSION).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _hide(data: list[Row]) -> list[Row]:
    """Hide some of what the frames find in real dossiers, so that the second pass learns to stand in for them.

    A frame that misses a wording of its criterion has some of its elements there all the same: half its nearness is left.
    """
    rng = random.Random(SEED)  # noqa: S311  (nothing secret is drawn)
    known = (r.framed and rng.random() < HIDDEN for r in data)
    return [replace(r, framed=False, nearness=r.nearness / 2) if hidden else r for r, hidden in zip(data, known, strict=True)]


def _out_of_fold(data: list[Row], weights: Array) -> Array:
    """Return the first-pass probability of each row, from a fit that has not seen its dossier."""
    groups = np.array([r.group for r in data])
    folds = {g: i % FOLDS for i, g in enumerate(sorted(set(groups)))}
    fold = np.array([folds[g] for g in groups])
    features, truth = np.array([r.features for r in data]), np.array([r.truth for r in data])
    result = np.zeros(len(data))
    for k in sorted(set(folds.values())):
        model = fit(features[fold != k], truth[fold != k], weights[fold != k])
        result[fold == k] = model.predict_proba(features[fold == k])[:, 1]
    return result


def _second(data: list[Row], first: Array) -> Array:
    """Return the second-pass features."""
    believed: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    required: dict[str, set[str]] = defaultdict(set)
    for row, p in zip(data, first, strict=True):
        believed[row.group, row.requirement][row.criterion] = 1.0 if row.framed else float(p)
        if row.required:
            required[row.requirement].add(row.criterion)
    extra = [
        second_features(r.criterion, float(p), believed[r.group, r.requirement], required[r.requirement], r.nearness, r.heard)
        for r, p in zip(data, first, strict=True)
    ]
    return np.hstack([np.array([r.features for r in data]), np.array(extra)])


def _as_json(model: "LogisticRegression") -> dict[str, Any]:
    return {"weights": [round(float(w), 4) for w in model.coef_[0]], "intercept": round(float(model.intercept_[0]), 4)}
