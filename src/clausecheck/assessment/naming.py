"""How the text of a contract names its own pieces: «le présent CCAP», «l’annexe 3 – sécurité», «le PAS»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clausecheck.catalogue.lexicon import CitedPiece
from clausecheck.document.model import TextSpan
from clausecheck.document.normalized import NormalizedText

_ANNEX = re.compile(r"\bannexes?\s+(?:n[°ºo]\s*)?(?P<number>\d{1,2}(?:\.\d+)*|[IVX]{1,4}|[A-H])\b(?!\s*[’'])", re.IGNORECASE)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}


@dataclass(frozen=True, slots=True)
class Named:
    """A piece named in folded text: ``start`` and ``end`` are offsets there."""

    piece: CitedPiece
    start: int
    end: int


def named(text: NormalizedText, quote: str, origin: int, cited: Sequence[CitedPiece]) -> list[Named]:
    """Return the pieces named in ``text``, left to right, none inside another. ``quote``: its exact words, from offset ``origin``."""
    found = [Named(piece, m.start(), m.end()) for piece in cited for m in piece.pattern.regex.finditer(text.text)]
    found += [n for piece in cited for n in _acronyms(text, quote, origin, piece)]
    kept: list[Named] = []
    for name in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _acronyms(text: NormalizedText, quote: str, origin: int, piece: CitedPiece) -> Iterator[Named]:
    """«PAS» in capitals names the piece, but not in a sentence that is all capitals."""
    if piece.acronyms is None or quote.isupper():
        return
    places = {span.start: i for i, span in enumerate(text.sources)}
    for match in piece.acronyms.finditer(quote):
        token = places.get(origin + match.start())
        if token is not None:
            yield Named(piece, text.starts[token], text.starts[token] + len(text.tokens[token]))


def annex_numbers(text: str) -> list[tuple[str, TextSpan]]:
    """Return the number of each annex named in ``text``, as printed, with its place there."""
    return [(m.group("number").upper(), TextSpan(m.start(), m.end())) for m in _ANNEX.finditer(text)]


def leading_annex(text: str) -> str | None:
    """Return the number, in Arabic digits, of the annex whose title ``text`` is."""
    match = _ANNEX.match(text.strip()[:40])
    return arabic(match.group("number").upper()) if match else None


def is_annex_title(title: str) -> bool:
    """Tell whether ``title`` opens an annex: «Annexe», «Annexe 3 – Sécurité», but not «Annexes» (a list of them)."""
    words = NormalizedText.of(title).tokens
    return bool(words) and words[0] == "annexe"


def arabic(number: str) -> str:
    """Return ``number`` with Roman numerals made Arabic: «III» → «3»."""
    return _ROMAN.get(number, number)
