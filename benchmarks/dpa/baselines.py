"""The classical baseline: TF-IDF and one logistic regression a requirement over sentences, by folds of documents (scikit-learn)."""

from pathlib import Path
from types import ModuleType

from truth import Pair, rows

FOLDS = 10


def document_folds(judge_of: ModuleType, csv: Path) -> list[Pair]:
    """Return (truth, answer) for each document and requirement: a sentence above one half satisfies it."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    documents = rows(csv)
    names = sorted(documents)
    pairs: list[Pair] = []
    for fold in range(FOLDS):
        held = names[fold::FOLDS]
        learned = [s for n in names if n not in held for s in documents[n]]
        vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        features = vectorizer.fit_transform([text for text, _ in learned])
        tested = {n: vectorizer.transform([text for text, _ in documents[n]]) for n in held}
        for requirement in judge_of.MAPPING:
            model = LogisticRegression(C=10, max_iter=1000).fit(features, [requirement in carried for _, carried in learned])
            for name in held:
                truth = any(requirement in carried for _, carried in documents[name])
                pairs.append((truth, bool(model.predict(tested[name]).any())))
    return pairs
