"""The second voice: a linear model that proposes which criteria a passage states, trained on text written for the project.

TF-IDF over stems (the first six letters of folded words) and pairs of them, one linear classifier a label (Joachims, 1998). It only ever
proposes: who must, may or must not, and within what delay, is decided by the rules. Labels: ``RGPD-33-2/c1`` (criterion),
``RGPD-33-2/w2`` (weakening), ``RGPD-33-2/*`` (the subject is stipulated), ``~/W-COUT`` (a kind of weakening).
"""

import hashlib
import json
import math
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck.errors import CatalogueError

if TYPE_CHECKING:
    import numpy as np

STEM = 6
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


class Voice:
    """A trained model, loaded from its folder. Scores are signed distances: 0 is the learned frontier."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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
    def _weights(self) -> "tuple[dict[str, int], np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]":
        """Vocabulary, idf, weights (one row a feature, one column a label), intercepts."""
        import numpy as np

        with np.load(self._folder / WEIGHTS, allow_pickle=False) as data:
            vocabulary = {word: i for i, word in enumerate(str(data["vocabulary"]).split("\n"))}
            weights = data["weights"].astype(np.float32) * data["scales"]
            return vocabulary, data["idf"], weights, data["intercepts"]

    def scores(self, texts: Sequence[Sequence[str]]) -> "np.ndarray[Any, Any]":
        """Score texts given as folded words: one row a text, one column a label."""
        import numpy as np

        vocabulary, idf, weights, intercepts = self._weights
        result = np.tile(intercepts, (len(texts), 1)).astype(np.float32)
        for row, tokens in enumerate(texts):
            known = [(vocabulary[f], n) for f, n in features(tokens).items() if f in vocabulary]
            if not known:
                continue
            index = np.array([i for i, _ in known])
            values = np.array([1 + math.log(n) for _, n in known], dtype=np.float32) * idf[index]
            result[row] += (values / np.linalg.norm(values)) @ weights[index]
        return result


def default_folder() -> Path:
    """Return the model shipped with the package, or that of the source tree."""
    installed = Path(__file__).parent.parent / "_data" / "models" / "voix"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "models" / "voix"


def load_voice(folder: Path | None = None) -> Voice | None:
    """Load the model, or None where it is not there. Raises CatalogueError when it is there and broken."""
    chosen = folder or default_folder()
    if not (chosen / META).is_file():
        return None
    try:
        return Voice(chosen)
    except (OSError, ValueError, KeyError) as error:
        raise CatalogueError(f"Modèle illisible : {chosen} ({error}). Réinstallez clausecheck ou lancez make model.") from error
