"""Folded text for matching, with the only way back to the source offsets.

Folding: lower case, no accents, œ → oe, apostrophes and hyphens cut words, articles and the prepositions «de» and «à» dropped. So
«l'acheteur», «L’ACHETEUR» and «acheteur» are one word, and patterns need not foresee typography. Raised digits (the call of a
footnote) are no part of a word. «C.C.A.G.» is the word «ccag».
"""

import bisect
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from clausecheck.document.model import TextSpan

DROPPED = frozenset({"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "au", "aux", "a", "the"})

_RAISED = "⁰¹²³⁴-⁹"
_PLAIN = rf"[^\W_{_RAISED}]+(?:[\u0300-\u036f]+[^\W_{_RAISED}]*)*|[%€]"  # accents may stand apart from their letters
_WORD = re.compile(_PLAIN)
_CAPITAL = "[A-ZÀ-ÖØ-Þ][\u0300-\u036f]*"
_ACRONYM = rf"(?<![^\W_{_RAISED}]){_CAPITAL}(?:(?:\.{_CAPITAL})+|(?:\.[ \u00a0\u202f]{_CAPITAL}){{2,}})(?![^\W_{_RAISED}]|[\u0300-\u036f])"
"""Single capitals parted by dots; with blanks as well, three at least: «option A. L’acheteur» is none."""

_DOTTED = re.compile(_ACRONYM)
_DOTTED_ON = re.compile(_ACRONYM + r"(?:\.(?=\s*[^\w\s]|\s+[^\sA-ZÀ-Þ]))?")
_WORD_OR_ACRONYM = re.compile(f"{_ACRONYM}|{_PLAIN}")
_DOTS = re.compile(r"[.\s]")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})


@cache
def fold(word: str) -> str:
    """Return ``word`` in lower case without accents, ligatures or the dots of an acronym."""
    decomposed = unicodedata.normalize("NFKD", _DOTS.sub("", word).lower().translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str, *, keep_all: bool = False) -> list[tuple[str, int, int]]:
    """Return (folded word, start, end) for each word of ``text``; dropped words are left out unless ``keep_all``."""
    cleaned = text.replace("\u00ad", " ") if "\u00ad" in text else text
    pattern = _WORD_OR_ACRONYM if _DOTTED.search(cleaned) else _WORD
    found = ((fold(m.group()), m.start(), m.end()) for m in pattern.finditer(cleaned))
    return [w for w in found if keep_all or w[0] not in DROPPED]


def undotted(text: str) -> str:
    """Return ``text`` with its acronyms written without dots, but the one that may end a sentence."""
    return _DOTTED_ON.sub(lambda acronym: _DOTS.sub("", acronym.group()), text)


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """Folded words joined by single spaces; ``sources`` gives the source span of each word."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[TextSpan, ...]
    tokens: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, text: str, origin: int = 0) -> "NormalizedText":
        """Fold ``text``, which starts at offset ``origin`` of its document."""
        found = words(text)
        starts, at = [], 0
        for word, _, _ in found:
            starts.append(at)
            at += len(word) + 1
        sources = tuple(TextSpan(origin + s, origin + e) for _, s, e in found)
        tokens = tuple(w for w, _, _ in found)
        return cls(" ".join(tokens), tuple(starts), sources, tokens)

    def to_source(self, start: int, end: int) -> TextSpan:
        """Return the source span of the folded characters ``start:end`` (which must hold a word)."""
        first = max(0, bisect.bisect_right(self.starts, start) - 1)
        last = max(first, bisect.bisect_left(self.starts, end) - 1)
        return TextSpan(self.sources[first].start, self.sources[last].end)
