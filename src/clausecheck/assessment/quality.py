"""What the reading of each document is worth: the figures a lawyer looks at before trusting a finding."""

from collections.abc import Sequence
from dataclasses import dataclass

from clausecheck.assessment.model import Reference
from clausecheck.document.model import Document
from clausecheck.vocabulary import Layer

_SPARSE = 100
"""Characters a page under which a text is suspiciously short."""

_UNKNOWN = 0.01
"""Share of glyphs without a meaning from which the text is doubtful."""

_CHANGES = ("texte_supprime", "texte_insere", "texte_modifie")
_MISNAMED = "extension_trompeuse"
_SIGNATURES = ("signature", "document_signe", "signature_detachee")


@dataclass(frozen=True, slots=True)
class Quality:
    """``characters``: of body text a page; ``unknown_glyphs``: share; ``ocr_confidence``: 0–100, None for a native text.

    ``changes`` and ``signatures`` are the reader's own words; ``missing``: annexes cited and not supplied; ``broken``: articles cited
    and not found; ``misnamed``: bare text under the name of a laid-out document.
    """

    unreadable: tuple[int, ...]
    weak: tuple[int, ...]
    characters: int
    unknown_glyphs: float
    ocr_confidence: float | None
    changes: tuple[str, ...]
    signatures: tuple[str, ...]
    missing: tuple[str, ...]
    broken: tuple[str, ...]
    misnamed: bool

    @property
    def sound(self) -> bool:
        """True where nothing in the reading itself calls for a look at the paper."""
        return not (self.unreadable or self.weak or self.sparse or self.unknown_glyphs >= _UNKNOWN)

    @property
    def sparse(self) -> bool:
        """True where the pages hold suspiciously little text."""
        return self.characters < _SPARSE


def quality(document: Document, number: int, references: Sequence[Reference]) -> Quality:
    """Return the quality of the reading of ``document``, the ``number``-th of its dossier."""
    coverage = document.coverage
    body = sum(block.span.end - block.span.start for block in document.blocks if block.layer is Layer.BODY)
    cited = [r for r in references if not r.found and r.source == number]
    return Quality(
        unreadable=coverage.unreadable,
        weak=coverage.weak,
        characters=round(body / max(coverage.pages_total, 1)),
        unknown_glyphs=round(coverage.unknown_glyphs, 4),
        ocr_confidence=coverage.mean_ocr_confidence,
        changes=tuple(w.message for w in document.warnings if w.code in _CHANGES),
        signatures=tuple(w.message for w in document.warnings if w.code in _SIGNATURES),
        missing=tuple(r.cited for r in cited if r.kind == "annexe"),
        broken=tuple(r.cited for r in cited if r.kind == "article"),
        misnamed=any(w.code == _MISNAMED for w in document.warnings),
    )
