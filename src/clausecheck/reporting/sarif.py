"""Open findings as SARIF 2.1.0 (OASIS), for the tools that gather the results of checks.

Regions count the characters of the text that was read (``columnKind`` «unicodeCodePoints»), not the bytes of the file.
"""

import hashlib
import json
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from clausecheck.reporting.payload import FindingRecord, Quote, Report
from clausecheck.vocabulary import Severity, Status

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.BLOQUANTE: "error", Severity.MAJEURE: "warning", Severity.MINEURE: "note"}

Json = dict[str, Any]


def to_sarif(report: Report) -> str:
    """Return the text of the log. Same report, same bytes."""
    rules = sorted(report.findings, key=lambda f: f.requirement)
    places = {f.requirement: number for number, f in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(report, rules)},
        "automationDetails": {"id": f"clausecheck/{report.dossier.name}/"},
        "columnKind": "unicodeCodePoints",
        "language": "fr-FR",
        "artifacts": [{"location": {"uri": _uri(d.path)}, "hashes": {"sha-256": d.sha256}} for d in report.documents],
        "invocations": [_invocation(report)],
        "results": [_result(report, f, places[f.requirement]) for f in sorted(report.findings, key=lambda f: f.rank) if f.open],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _driver(report: Report, rules: list[FindingRecord]) -> Json:
    return {
        "name": "clausecheck",
        "version": report.tool.version,
        "language": "fr-FR",
        "properties": {"catalogue": report.catalogue.version, "catalogueSha256": report.catalogue.sha256},
        "rules": [_rule(f) for f in rules],
    }


def _rule(f: FindingRecord) -> Json:
    sources = " ; ".join(f.legal_sources)
    return {
        "id": f.requirement,
        "shortDescription": {"text": f.title},
        "fullDescription": {"text": f.consequence or f.title},
        "help": {"text": f"Clause à proposer : {f.remediation}\n\nFondement : {sources}"},
        "defaultConfiguration": {"level": LEVELS[f.severity]},
        "properties": {"tags": [f.family], "severity": f.severity.value, "decidable_by": f.decidable_by},
    }


def _result(report: Report, f: FindingRecord, place: int) -> Json:
    properties = {"status": f.status.value, "review": list(f.review), "confidence": f.confidence}
    return {
        "ruleId": f.requirement,
        "ruleIndex": place,
        "kind": "fail",
        "level": LEVELS[f.severity],
        "message": {"text": f.reason},
        "locations": [_location(report, q) for q in f.evidence] or [_whole(report)],
        "partialFingerprints": {"clausecheck/v1": _fingerprint(report, f)},
        "properties": properties | ({"derogation": f.derogation.words} if f.derogation else {}),
    }


def _location(report: Report, q: Quote) -> Json:
    region = {"charOffset": q.start, "charLength": q.end - q.start, "snippet": {"text": q.quote}}
    return {"physicalLocation": {"artifactLocation": _artifact(report, q.document), "region": region}, "message": {"text": q.place}}


def _whole(report: Report) -> Json:
    """Where what is absent might have been: the first piece stands for the dossier."""
    first = report.documents[0].path
    return {"physicalLocation": {"artifactLocation": _artifact(report, first)}, "message": {"text": "Ensemble des pièces du dossier"}}


def _artifact(report: Report, path: str) -> Json:
    return {"uri": _uri(path), "index": next(i for i, d in enumerate(report.documents) if d.path == path)}


def _uri(path: str) -> str:
    """Return ``path`` as a relative or file URI (RFC 3986)."""
    plain = path.replace("\\", "/")
    return f"file://{quote(plain)}" if PurePosixPath(plain).is_absolute() else quote(plain)


def _fingerprint(report: Report, f: FindingRecord) -> str:
    """The same finding on the same dossier keeps it from run to run, whatever its words."""
    parts = (report.dossier.name, report.dossier.lot or "", report.dossier.vendor.siret or "", f.requirement)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _invocation(report: Report) -> Json:
    """What was not concluded or not read is a notification: never a silent pass."""
    unclear = [f for f in report.findings if f.status is Status.NON_CONCLUANT]
    said = [_notice("error", f"{f.requirement} : {f.reason}") for f in unclear]
    said += [_notice("warning", f"{p.document} : {p.message}" if p.document else p.message) for p in report.problems]
    return {"executionSuccessful": not unclear, "toolExecutionNotifications": said}


def _notice(level: str, text: str) -> Json:
    return {"level": level, "message": {"text": text}}
