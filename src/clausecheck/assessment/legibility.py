"""What badly read pages allow to say: a finding that rests on them, or on nothing where they may hold the clause, is not conclusive."""

from collections.abc import Sequence
from dataclasses import replace

from clausecheck.assessment.model import Evidence, Finding
from clausecheck.document.model import Document
from clausecheck.vocabulary import Status

WEAK = 75.0
"""Mean confidence (0–100) of the recognised words under which a quote proves nothing (same figure as the readers' for a page)."""

_FLAG = "ocr_faible"
_RESTS = "Les passages qui fondent ce constat sont mal reconnus sur le scan\u202f: à vérifier sur l’original."
_MAY_HOLD = "Aucune stipulation lisible ne traite ce point, mais des pages du scan sont mal reconnues\u202f: à vérifier sur l’original."


def weigh(finding: Finding, documents: Sequence[Document]) -> Finding:
    """Return ``finding``, or ``non_concluant`` where bad recognition may have made it."""
    if finding.status is Status.ABSENTE and any(d.coverage.weak for d in documents):
        return _unclear(finding, _MAY_HOLD)
    if finding.status in {Status.CONFORME, Status.AFFAIBLIE, Status.CONTREDITE} and _rests_on_weak(finding, documents):
        return _unclear(finding, _RESTS)
    return finding


def _rests_on_weak(finding: Finding, documents: Sequence[Document]) -> bool:
    """Tell whether a criterion or a weakening has weakly read words only."""
    grounds = [c.evidence for c in finding.criteria if c.evidence] + [w.evidence for w in finding.weakenings if w.evidence]
    return any(all(_is_weak(finding.evidence[i], documents) for i in indices) for indices in grounds)


def _is_weak(evidence: Evidence, documents: Sequence[Document]) -> bool:
    confidence = documents[evidence.document].ocr_confidence(evidence.span)
    return confidence is not None and confidence < WEAK


def _unclear(finding: Finding, reason: str) -> Finding:
    return replace(finding, status=Status.NON_CONCLUANT, review=(*finding.review, _FLAG), reason=reason)
