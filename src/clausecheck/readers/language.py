"""Language of a text by its most frequent words: French, English, or another."""

import re
from collections.abc import Iterable
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


def detect(text: str) -> Language:
    """Return the language of ``text``: the stop words that make at least a tenth of its words decide."""
    words = _WORD.findall(text.lower())
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    others = max(sum(word in common for word in words) for common in _OTHERS)
    if not words or max(french, english) < max(1, len(words) // 10, others):
        return Language.OTHER
    return Language.FRENCH if french >= english else Language.ENGLISH


def detect_document(texts: Iterable[str]) -> Language:
    """Return the language of a document; short documents without stop words are taken as French."""
    joined = " ".join(texts)
    if len(joined) < MIN_BLOCK:
        return Language.FRENCH
    return detect(joined)


def _block_language(text: str) -> Language | None:
    """Return the language of one block, None when it is too short to tell."""
    return detect(text) if len(text) > MIN_BLOCK else None


def tag_languages(document: Document) -> Document:
    """Return ``document`` with its language and that of each block long enough filled in."""
    blocks = tuple(replace(block, language=_block_language(document.quote(block.span))) for block in document.blocks)
    body = (document.quote(block.span) for block in document.blocks if block.layer is Layer.BODY)
    return replace(document, blocks=blocks, language=detect_document(body))
