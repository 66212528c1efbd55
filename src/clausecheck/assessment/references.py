"""What the dossier cites, and whether it was supplied (rule R04: a cited piece that is missing proves nothing)."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from clausecheck.assessment.citations import citations, external
from clausecheck.assessment.model import Reference
from clausecheck.document.model import Document
from clausecheck.segmentation.pieces import Piece
from clausecheck.vocabulary import Layer

_ANNEX = re.compile(r"\bannexes?\s+(?:n[°ºo]\s*)?(?P<number>\d{1,2}|[IVX]{1,4}|[A-H])\b(?!\s*[’'])", re.IGNORECASE)
_CITED = {
    "ccap": re.compile(r"\bCCAP\b|cahier des clauses administratives particuli[èe]res", re.IGNORECASE),
    "cctp": re.compile(r"\bCCTP\b|cahier des clauses techniques particuli[èe]res", re.IGNORECASE),
    "ae": re.compile(r"acte d['’]engagement", re.IGNORECASE),
    "pas": re.compile(r"plan d['’]assurance (?:de la )?s[ée]curit[ée]", re.IGNORECASE),
    "memoire": re.compile(r"m[ée]moire technique", re.IGNORECASE),
}
_NAMES = {
    "ccap": "CCAP",
    "cctp": "CCTP",
    "ae": "Acte d’engagement",
    "pas": "Plan d’assurance sécurité",
    "memoire": "Mémoire technique",
}
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9", "X": "10"}


def references(documents: Sequence[Document], pieces: Sequence[Piece]) -> tuple[Reference, ...]:
    """Return the pieces, annexes, articles and outside texts cited, each once, with the document that supplies them."""
    kinds = {piece.kind.kind: i for i, piece in reversed(list(enumerate(pieces))) if piece.kind}
    found = []
    for kind, pattern in _CITED.items():
        if any(pattern.search(_body(d)) for d in documents):
            number = kinds.get(kind, kinds.get("ccp") if kind in {"ccap", "cctp"} else None)
            found.append(Reference(_NAMES[kind], number is not None, number))
    return (*found, *_annexes(documents), *citations(documents, pieces), *external(documents))


def _annexes(documents: Sequence[Document]) -> list[Reference]:
    cited: dict[str, int] = {}
    for source, document in enumerate(documents):
        for match in _ANNEX.finditer(_body(document)):
            cited.setdefault(match.group("number").upper(), source)
    supplied: dict[str, int] = {}
    for i, document in enumerate(documents):
        for number in _titled_annexes(document):
            supplied.setdefault(number, i)
    ordered = sorted(cited, key=lambda n: (len(_arabic(n)), _arabic(n), n))
    return [Reference(f"Annexe {n}", _arabic(n) in supplied, supplied.get(_arabic(n)), "annexe", cited[n]) for n in ordered]


def _titled_annexes(document: Document) -> set[str]:
    """Numbers of the annexes that ``document`` holds: a block or a file name that begins so."""
    starts = [document.quote(b.span).strip()[:40] for b in document.blocks if b.layer is Layer.BODY]
    starts.append(re.sub(r"[_\-.]+", " ", PurePath(document.source.path.split("!")[-1]).stem))
    return {_arabic(m.group("number").upper()) for s in starts if (m := _ANNEX.match(s)) is not None}


def _arabic(number: str) -> str:
    return _ROMAN.get(number, number)


def _body(document: Document) -> str:
    return "\n".join(document.quote(b.span) for b in document.blocks if b.layer in {Layer.BODY, Layer.TOC})
