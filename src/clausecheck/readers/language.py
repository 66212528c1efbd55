"""Language of a text by its most frequent words: French, English, or another."""

import re
from dataclasses import replace

from clausecheck.document import Document
from clausecheck.vocabulary import Language, Layer

MIN_BLOCK = 60
"""Shortest block, in characters, whose language is judged on its own."""

_WORD = re.compile(r"[a-zà-ÿœæ]+")
_FRENCH = frozenset(
    [
        *("le", "la", "les", "l", "un", "une", "de", "des", "du", "d", "au", "aux", "à"),
        *("en", "dans", "par", "pour", "sur", "avec", "sans"),
        *("ce", "c", "cette", "ces", "se", "s", "sa", "son", "ses", "leur", "leurs", "il", "elle", "que", "qu", "qui", "et", "ou", "où"),
        *("est", "sont", "être", "sera", "doit", "peut", "ne", "n", "pas", "plus", "tout", "toute", "tous"),
    ]
)
_ENGLISH = frozenset(
    [
        *("the", "an", "any", "all", "other", "such", "this", "that", "which", "it", "its", "they", "their"),
        *("of", "to", "in", "by", "for", "with", "as", "on", "from", "at", "under", "and", "or", "if", "not"),
        *("is", "are", "be", "has", "have", "shall", "will", "may", "must"),
    ]
)
_OTHERS = (
    frozenset(
        [
            "der",
            "die",
            "das",
            "und",
            "nicht",
            "ein",
            "eine",
            "auf",
            "mit",
            "für",
            "von",
            "zu",
            "dem",
            "den",
            "ist",
            "wird",
            "sich",
            "bei",
            "nach",
            "über",
            "oder",
            "werden",
        ]
    ),
    frozenset(["el", "los", "las", "del", "y", "por", "con", "para", "una", "su", "al", "como", "o", "se", "es", "que"]),
    frozenset(["il", "lo", "gli", "della", "di", "che", "per", "con", "non", "una", "sono", "dei", "delle", "nel", "o", "se"]),
    frozenset(["het", "een", "van", "dat", "niet", "voor", "met", "zijn", "te", "door", "aan", "de", "en", "is", "of"]),
)
"""German, Spanish, Italian, Dutch: enough to tell that a text is in none of the languages read."""


_KINDS = (_FRENCH, _ENGLISH, *_OTHERS)
_FREQUENT = frozenset().union(*_KINDS)
_Counts = tuple[int, ...]
"""Words of a text, then how many are frequent in French, in English, in each of the others."""


def detect(text: str) -> Language:
    """Return the language of ``text``: the stop words that make at least a tenth of its words decide."""
    return _decide(_count(text))


def _count(text: str) -> _Counts:
    words = _WORD.findall(text.lower())
    frequent = list(filter(_FREQUENT.__contains__, words))
    return len(words), *(sum(map(common.__contains__, frequent)) for common in _KINDS)


def _decide(counts: _Counts) -> Language:
    words, french, english, *others = counts
    if not words or max(french, english) < max(1, words // 10, *others):
        return Language.OTHER
    return Language.FRENCH if french >= english else Language.ENGLISH


def tag_languages(document: Document) -> Document:
    """Return ``document`` with its language and that of each block long enough filled in; too short a document is taken as French."""
    texts = [document.quote(block.span) for block in document.blocks]
    counts = [_count(text) for text in texts]
    blocks = [
        replace(block, language=_decide(count)) if len(text) > MIN_BLOCK else block
        for block, text, count in zip(document.blocks, texts, counts, strict=True)
    ]
    body = [index for index, block in enumerate(blocks) if block.layer is Layer.BODY]
    long = sum(len(texts[index]) + 1 for index in body) > MIN_BLOCK
    language = _decide(tuple(map(sum, zip(*(counts[index] for index in body), strict=True)))) if long else Language.FRENCH
    return replace(document, blocks=tuple(blocks), language=language)
