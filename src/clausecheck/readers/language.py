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
    ["le", "la", "les", "de", "des", "du", "un", "une", "et", "ou", "où", "en", "au", "aux", "que", "qui", "dans", "par", "pour", "sur", "est", "sont", "ce", "cette", "ces", "se", "sa", "son", "ses", "il", "elle", "ne", "pas", "plus", "leur", "leurs", "avec", "sans", "être", "sera", "à", "doit", "peut", "tout", "toute", "tous", "l", "d", "n", "s", "c", "qu"]
)
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "in", "or", "any", "by", "for", "is", "are", "be", "shall", "will", "with", "as", "that", "this", "such", "not", "its", "it", "on", "from", "which", "may", "has", "have", "an", "at", "under", "other", "all", "their", "they", "if", "must"]
)


def detect(text: str) -> Language:
    """Return the language of ``text``: the stop words that make at least a tenth of its words decide."""
    words = _WORD.findall(text.lower())
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if not words or max(french, english) < max(1, len(words) // 10):
        return Language.OTHER
    return Language.FRENCH if french >= english else Language.ENGLISH


def detect_document(texts: Iterable[str]) -> Language:
    """Return the language of a document; short documents without stop words are taken as French."""
    joined = " ".join(texts)
    if len(joined) < MIN_BLOCK:
        return Language.FRENCH
    return detect(joined)


def block_language(text: str) -> Language | None:
    """Return the language of one block, None when it is too short to tell."""
    return detect(text) if len(text) > MIN_BLOCK else None


def tag_languages(document: Document) -> Document:
    """Return ``document`` with its language and that of each block long enough filled in."""
    blocks = tuple(replace(block, language=block_language(document.quote(block.span))) for block in document.blocks)
    body = (document.quote(block.span) for block in document.blocks if block.layer is Layer.BODY)
    return replace(document, blocks=blocks, language=detect_document(body))
