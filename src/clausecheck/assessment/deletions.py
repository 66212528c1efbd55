"""A clause that stands only as a tracked deletion proves nothing, but the reader must know who took it away, and when."""

from collections.abc import Sequence
from dataclasses import replace

from clausecheck.assessment.evidence import make_evidence
from clausecheck.assessment.model import Finding
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.detection.compiled import CompiledRequirement
from clausecheck.detection.detector import Detector
from clausecheck.document.model import Document, TextSpan
from clausecheck.segmentation.model import Segmented
from clausecheck.segmentation.units import segment
from clausecheck.vocabulary import Layer, Status

FLAG = "clause_supprimee"
_SHOWN = 2


class Deletions:
    """The deleted text of a dossier, searched apart from the rest."""

    def __init__(self, segmented: Segmented, lexicon: Lexicon) -> None:
        documents = [_only_deleted(document) for document in segmented.documents]
        self._deleted = segment(documents, lexicon)
        self._detector = Detector(self._deleted, lexicon, None, ()) if self._deleted.units else None

    def tell(self, finding: Finding, compiled: CompiledRequirement) -> Finding:
        """Return ``finding``; where it is «absente», with the deleted clause that met it, its author and its date."""
        if self._detector is None or finding.status is not Status.ABSENTE:
            return finding
        found = self._detector.detect(compiled)
        units = dict.fromkeys(u for hits in found.criteria.values() for hit in hits if hit.binding for u in hit.units)
        shown = [self._deleted.units[u] for u in units][:_SHOWN]
        if not shown:
            return finding
        evidence = tuple(make_evidence(self._deleted, u) for u in shown)
        authors = dict.fromkeys(_revision(self._deleted.documents[u.document], u.span) for u in shown)
        reason = f"{finding.reason} Elle figurait dans un texte supprimé en suivi des modifications\u202f: {', '.join(authors)}."
        return replace(finding, evidence=(*finding.evidence, *evidence), review=(*finding.review, FLAG), reason=reason)


def _only_deleted(document: Document) -> Document:
    """The deleted blocks of ``document`` as if they were its body: the offsets stay those of the whole text."""
    blocks = tuple(replace(b, layer=Layer.BODY, parent=None) for b in document.blocks if b.layer is Layer.DELETED)
    return replace(document, blocks=blocks)


def _revision(document: Document, span: TextSpan) -> str:
    """Return who deleted the text at ``span`` and when, as the reader wrote it."""
    found: Sequence[str] = [b.style for b in document.blocks if b.style and b.span.contains(span)]
    return found[0] if found else "auteur inconnu"
