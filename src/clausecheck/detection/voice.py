"""The second voice: a linear model that proposes which criteria a passage states, trained on text written for the project.

TF-IDF over stems (the first six letters of folded words) and pairs of them, beside the mean of the vectors of its words, so that a passage
worded otherwise than the training text is heard too; one linear classifier a label (Joachims, 1998). It only ever proposes: who must, may
or must not, and within what delay, is decided by the rules. Labels: ``RGPD-33-2/c1`` (criterion), ``RGPD-33-2/w2`` (weakening),
``RGPD-33-2/*`` (the subject is stipulated), ``~/W-COUT`` (a kind of weakening).
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck.detection.words import WORDS, Words, vectors_path
from clausecheck.errors import CatalogueError

if TYPE_CHECKING:
    import numpy as np

STEM = 6
KEPT = 4000
"""Texts whose scores are kept, about 4 kB each."""
DENSE_WEIGHT = 0.6
"""Length of the mean word vector beside the TF-IDF part, of length one (chosen on the styles held out of training)."""
WEIGHTS = "poids.npz"
META = "meta.json"


WEAKENED = "~/faible"
"""Label of every passage that shows some weakening, whatever its requirement."""


def kind_label(kind: str) -> str:
    """Return the label of a kind of weakening («W-COUT»), learned over every requirement: hedges are worded alike everywhere."""
    return f"~/{kind}"


def features(tokens: Sequence[str]) -> Counter[str]:
    """Count the stems of folded words, and their neighbouring pairs."""
    stems = [token[:STEM] for token in tokens]
    counts = Counter(stems)
    counts.update(f"{a} {b}" for a, b in pairwise(stems))
    return counts


class Encoder:
    """Turns passages into what the classifiers read: counts of known features, and the mean direction of the words.

    ``vocabulary``: column of each feature; ``idf``: inverse document frequency of each column.
    """

    def __init__(self, vocabulary: Mapping[str, int], idf: Sequence[float], words: Words) -> None:
        self._vocabulary = vocabulary
        self._idf = idf
        self._words = words
        self._rarest = max(idf)

    def sparse(self, tokens: Sequence[str]) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None":
        """Return columns and values (length one) of the features of a passage, None when none is known."""
        import numpy as np

        known = [(self._vocabulary[f], n) for f, n in features(tokens).items() if f in self._vocabulary]
        if not known:
            return None
        columns = np.array([i for i, _ in known])
        values = np.array([(1 + math.log(n)) * self._idf[i] for i, n in known], dtype=np.float32)
        return columns, values / np.sqrt(values.dot(values))

    def dense(self, tokens: Sequence[str]) -> "np.ndarray[Any, Any]":
        """Return the mean direction of the words of a passage, the rarer the heavier."""
        return self._words.mean(tokens, [self._weight(token) for token in tokens])

    def _weight(self, token: str) -> float:
        column = self._vocabulary.get(token[:STEM])
        return self._rarest if column is None else self._idf[column]


def centred(dense: "np.ndarray[Any, Any]", centre: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Take the common direction off rows of ``dense``, then bring each to length ``DENSE_WEIGHT``."""
    import numpy as np

    shifted: np.ndarray[Any, Any] = dense - centre
    lengths: np.ndarray[Any, Any] = np.maximum(np.linalg.norm(shifted, axis=1, keepdims=True), 1e-9)
    result: np.ndarray[Any, Any] = DENSE_WEIGHT * shifted / lengths
    return result


class Voice:
    """A trained model, loaded from its folder. Scores are signed distances: 0 is the learned frontier. ``vectors``: the word table."""

    def __init__(self, folder: Path, vectors: Path) -> None:
        self._folder = folder
        self._vectors = vectors
        self._meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
        self.name = str(self._meta["name"])
        self.labels: tuple[str, ...] = tuple(self._meta["labels"])
        self.languages = frozenset(self._meta.get("languages", ["fr"]))
        """Languages it was taught: in another it says nothing, rather than guess from words that look alike."""

    @cached_property
    def sha256(self) -> str:
        """Hash of the weights, written in every report."""
        return hashlib.sha256((self._folder / WEIGHTS).read_bytes()).hexdigest()

    @cached_property
    def _weights(self) -> "dict[str, Any]":
        """Arrays by name: ``sparse`` (eight bits, times ``scales``) and ``dense`` (a row a feature, a column a label); the encoder."""
        import numpy as np

        with np.load(self._folder / WEIGHTS, allow_pickle=False) as data:
            vocabulary = {word: i for i, word in enumerate(str(data["vocabulary"]).split("\n"))}
            return {
                "encoder": Encoder(vocabulary, data["idf"].tolist(), Words(self._folder / WORDS, self._vectors)),
                "sparse": data["sparse"],
                "scales": data["scales"],
                "dense": data["dense"].astype(np.float32),
                "centre": data["centre"],
                "intercepts": data["intercepts"],
            }

    def scores(self, texts: Sequence[Sequence[str]]) -> "np.ndarray[Any, Any]":
        """Score texts given as folded words: one row a text, one column a label."""
        import numpy as np

        weights = self._weights
        result = np.tile(weights["intercepts"], (len(texts), 1)).astype(np.float32)
        if not texts:
            return result
        heard = [self._heard(tuple(tokens)) for tokens in texts]
        result += centred(np.array([dense for dense, _ in heard]), weights["centre"]) @ weights["dense"]
        result += np.array([sparse for _, sparse in heard])
        return result

    @cached_property
    def _heard(self) -> "Callable[[tuple[str, ...]], tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]":
        """What a text gives by itself; kept, since the pieces of the buyer come again in the dossier of every candidate."""
        return lru_cache(maxsize=KEPT)(self._hear)

    def _hear(self, tokens: tuple[str, ...]) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
        """Return the mean direction of the words of a text, and what its features add to the score of each label."""
        import numpy as np

        weights = self._weights
        encoder: Encoder = weights["encoder"]
        sparse = encoder.sparse(tokens)
        if sparse is None:
            return encoder.dense(tokens), np.zeros(len(self.labels), dtype=np.float32)
        columns, values = sparse
        return encoder.dense(tokens), (values @ weights["sparse"][columns].astype(np.float32)) * weights["scales"]


def default_folder() -> Path:
    """Return the model shipped with the package, or that of the source tree."""
    installed = Path(__file__).parent.parent / "_data" / "models" / "voix"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "models" / "voix"


def load_voice(folder: Path | None = None) -> Voice | None:
    """Load the model, or None where it or the word vectors are not there. Raises CatalogueError when it is there and broken."""
    chosen, vectors = folder or default_folder(), vectors_path()
    if vectors is None or not (chosen / META).is_file():
        return None
    try:
        return Voice(chosen, vectors)
    except (OSError, ValueError, KeyError) as error:
        message = f"Modèle illisible : {chosen} ({error}). Réinstallez clausecheck ou lancez make model."
        raise CatalogueError(message, "modele_illisible") from error
