"""Train the second voice: ``python models/scripts/train.py [--all]``.

Without ``--all`` only the training styles are used, for evaluation; with it the model that ships, trained on every text, is written.
Needs scikit-learn (extra «model»). Deterministic: same text, same bytes.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from corpus import HELD_OUT_STYLES, Item, everything
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.detection.voice import META, WEIGHTS, features

FOLDER = Path(__file__).parents[1]
MIN_DOCUMENTS = 2
SEED = 7
ENGLISH_STYLE = "anglais"
"""Style of the passages in English: without any, the model says nothing in English."""


def analyse(item: Item) -> list[str]:
    """Features of a passage, repeated as often as they occur."""
    return list(features(item.tokens).elements())


def fit(training: list[Item], labels: list[str]) -> dict[str, Any]:
    """Fit one classifier a label; weights are rounded to eight bits, one scale a label."""
    vectorizer = TfidfVectorizer(analyzer=analyse, min_df=MIN_DOCUMENTS, sublinear_tf=True)
    matrix = vectorizer.fit_transform(training)
    weights = np.zeros((matrix.shape[1], len(labels)), dtype=np.float32)
    intercepts = np.zeros(len(labels), dtype=np.float32)
    for column, label in enumerate(labels):
        truth = np.array([label in item.labels for item in training])
        model = LinearSVC(C=1.0, class_weight="balanced", random_state=SEED).fit(matrix, truth)
        weights[:, column], intercepts[column] = model.coef_[0], model.intercept_[0]
    scales = np.abs(weights).max(axis=0) / 127
    return {
        "vocabulary": np.array("\n".join(vectorizer.get_feature_names_out())),
        "idf": vectorizer.idf_.astype(np.float32),
        "weights": np.round(weights / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "intercepts": intercepts,
    }


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="train on every style and write the model that ships")
    parser.add_argument("--output", type=Path, default=None)
    args = parser.parse_args()
    passages = everything(load_catalogue())
    training = passages if args.all else [i for i in passages if i.style not in HELD_OUT_STYLES]
    labels = sorted({label for item in passages for label in item.labels})
    output = args.output or FOLDER / ("voix" if args.all else "build/train")
    output.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(output / WEIGHTS, **fit(training, labels))
    styles = sorted({i.style for i in training})
    languages = ["fr", *(["en"] if ENGLISH_STYLE in styles else [])]
    meta = {"name": "voix-lineaire-1", "labels": labels, "items": len(training), "styles": styles, "languages": languages}
    (output / META).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(training)} passages, {len(labels)} labels -> {output}")


if __name__ == "__main__":
    main()
