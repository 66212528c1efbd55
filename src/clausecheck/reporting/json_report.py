"""The report as JSON, schema «clausecheck-report/1» (published in ``reporting/schema``). No clock: same input, same bytes."""

from collections.abc import Iterable
from typing import Any

from pydantic_core import to_json

from clausecheck import __version__
from clausecheck.assessment.context import ContextFact
from clausecheck.assessment.derogations import Derogation
from clausecheck.assessment.evidence import make_evidence
from clausecheck.assessment.model import DossierReport, Evidence, Finding, FindingDerogation, Masked, Reference
from clausecheck.assessment.quality import Quality, quality
from clausecheck.reporting.dossier_view import derogating
from clausecheck.reporting.typography import french
from clausecheck.reporting.wording import Wording
from clausecheck.segmentation.model import Segmented

SCHEMA = "clausecheck-report/1"
Json = dict[str, Any]


def dumps(report: DossierReport) -> str:
    """Return the JSON text of ``report``, ending with a newline."""
    return to_json(_to_json(report), indent=1).decode() + "\n"


def _to_json(report: DossierReport) -> Json:
    """Return ``report`` as plain data."""
    wording = Wording(report)
    return {
        "schema": SCHEMA,
        "diffusion": report.diffusion.value,
        "tool": {"version": __version__},
        "catalogue": {"version": report.catalogue_version, "sha256": report.catalogue_sha256},
        "model": {"name": report.model_name, "sha256": report.model_sha256} if report.model_name else None,
        "dossier": {
            "name": report.name,
            "vendor": _vendor(report),
            "lot": report.lot,
        },
        "documents": [_document(report, i) for i in range(len(report.segmented.documents))],
        "context": {fact.flag: _context(report.segmented, fact) for fact in report.context},
        "parties": [{"role": p.role, "name": p.name, "siret": p.siret, "address": p.address, "email": p.email} for p in report.parties],
        "precedence": _precedence(report),
        "derogations": _derogations(report),
        "findings": [_finding(report, f, wording) for f in report.findings],
        "references": [_reference(r) for r in report.references],
        "problems": [{"code": p.code, "document": p.document, "message": french(p.message)} for p in report.problems],
        "masque": [_masked(report, m) for m in report.masked],
    }


def _masked(report: DossierReport, masked: Masked) -> Json:
    return {
        "document": report.segmented.documents[masked.document].source.path,
        "what": masked.what,
        "why": french(masked.why),
        "article": masked.article,
        "page": masked.page,
        "count": masked.count,
    }


def _reference(reference: Reference) -> Json:
    return {
        "cited": reference.cited,
        "kind": reference.kind,
        "found": reference.found,
        "document": reference.document,
        "source": reference.source,
        "target": reference.target,
    }


def _vendor(report: DossierReport) -> Json:
    """Whose dossier it is: as the consultation tells, else the holder named in the pieces."""
    holder = report.vendor or next((p for p in report.parties if p.role in {"holder", "processor"}), None)
    return {"name": holder.name if holder else None, "siret": holder.siret if holder else None}


def _document(report: DossierReport, number: int) -> Json:
    document, piece = report.segmented.documents[number], report.pieces[number]
    coverage = document.coverage
    return {
        "path": document.source.path,
        "sha256": document.source.sha256,
        "format": document.source.format,
        "kind": piece.kind.kind if piece.kind else None,
        "language": document.language.value,
        "pages": coverage.pages_total,
        "pages_read": coverage.pages_read,
        "ocr_confidence": coverage.mean_ocr_confidence,
        "warnings": [french(w.message) for w in document.warnings],
        "quality": _quality(quality(document, number, report.references)),
    }


def _quality(quality: Quality) -> Json:
    return {
        "sound": quality.sound,
        "pages_unreadable": list(quality.unreadable),
        "pages_weak": list(quality.weak),
        "characters_per_page": quality.characters,
        "unknown_glyphs": quality.unknown_glyphs,
        "tracked_changes": [french(words) for words in quality.changes],
        "signatures": [french(words) for words in quality.signatures],
        "annexes_missing": list(quality.missing),
        "references_broken": list(quality.broken),
    }


def _context(segmented: Segmented, fact: ContextFact) -> Json:
    return {"value": fact.value, "sure": fact.sure, "given": fact.given, "evidence": _of_units(segmented, fact.units)}


def _finding(report: DossierReport, finding: Finding, wording: Wording) -> Json:
    requirement = finding.requirement
    return {
        "requirement": requirement.id,
        "title": french(requirement.title),
        "family": requirement.family,
        "severity": finding.severity.value,
        "status": finding.status.value,
        "par_renvoi": finding.by_reference,
        "review": list(finding.review),
        "confidence": round(finding.confidence, 2),
        "criteria": [
            {"id": c.id, "text": french(c.text), "required": c.required, "met": c.met, "evidence": list(c.evidence)}
            for c in finding.criteria
        ],
        "weakenings": [{"id": w.id, "kind": w.kind, "text": french(w.text), "evidence": list(w.evidence)} for w in finding.weakenings],
        "evidence": [_evidence(report.segmented, e) for e in finding.evidence],
        "reason": french(finding.reason),
        "consequence": french(requirement.consequence),
        "legal_sources": [french(f"{s.text}, {s.article}" if s.article else s.text) for s in requirement.legal_sources],
        "remediation": wording.text(finding),
        "decidable_by": requirement.decidable_by,
        "via": [french(chain) for chain in finding.via],
        "rules": [{"rule": r.rule, "text": french(r.text)} for r in finding.rules],
        "derogation": _lost(report.segmented, finding.derogation),
    }


def _precedence(report: DossierReport) -> Json:
    precedence = report.precedence
    return {
        "basis": precedence.basis,
        "conditions": precedence.conditions,
        "pieces": [{"rank": p.rank, "kind": p.kind, "name": french(p.name), "documents": list(p.documents)} for p in precedence.pieces],
        "evidence": _of_units(report.segmented, precedence.units),
    }


def _derogations(report: DossierReport) -> list[Json]:
    """Each article derogated from, once: where that is done, and where the recapitulative article announces it."""
    articles: dict[str, list[Derogation]] = {}
    for derogation in report.derogations:
        articles.setdefault(derogation.article, []).append(derogation)
    return [
        {
            "article": article,
            "made": _of_units(report.segmented, (d.unit for d in held if not d.announced)),
            "announced": _of_units(report.segmented, (d.unit for d in held if d.announced)),
            "by": derogating(report, held),
        }
        for article, held in articles.items()
    ]


def _lost(segmented: Segmented, derogation: FindingDerogation | None) -> Json | None:
    if derogation is None:
        return None
    return {
        "instrument": derogation.instrument,
        "article": derogation.article,
        "source": french(derogation.source),
        "evidence": _evidence(segmented, derogation.evidence),
    }


def _of_units(segmented: Segmented, units: Iterable[int]) -> list[Json]:
    shown = (segmented.units[u] for u in dict.fromkeys(units))
    return [_evidence(segmented, make_evidence(segmented, u)) for u in shown]


def _evidence(segmented: Segmented, evidence: Evidence) -> Json:
    return {
        "document": segmented.documents[evidence.document].source.path,
        "quote": evidence.quote,
        "language": evidence.language.value,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "page": evidence.page,
        "article": evidence.article,
        "bbox": list(evidence.bbox) if evidence.bbox else None,
    }
