"""SARIF and JUnit: what tools that gather results require, and the same facts as the report."""

import io
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from clausecheck.assessment.model import DossierReport
from clausecheck.reporting.comparison import Comparison
from clausecheck.reporting.junit import to_junit
from clausecheck.reporting.payload import Lost, Report
from clausecheck.reporting.payload import report_of as payload_of
from clausecheck.reporting.sarif import LEVELS, to_sarif
from clausecheck.reporting.view import ReportView
from clausecheck.vocabulary import Status
from runs import run_folder

_MESSAGE = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level", "kind", "locations"],
    "properties": {
        "message": _MESSAGE,
        "level": {"enum": ["none", "note", "warning", "error"]},
        "kind": {"const": "fail"},
        "locations": {"type": "array", "minItems": 1, "items": {"required": ["physicalLocation"]}},
    },
}
_DRIVER = {"type": "object", "required": ["name", "version", "rules"], "properties": {"rules": {"type": "array", "uniqueItems": True}}}
_RUN = {
    "type": "object",
    "required": ["tool", "results", "invocations"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": _DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": _RESULT},
        "invocations": {"type": "array", "items": {"required": ["executionSuccessful"]}},
        "artifacts": {"type": "array", "items": {"required": ["location"]}},
    },
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {"version": {"const": "2.1.0"}, "$schema": {"type": "string"}, "runs": {"type": "array", "items": _RUN}},
}
"""What the standard (OASIS, SARIF 2.1.0, 3.13–3.27) requires of the parts that are used."""


@pytest.fixture(scope="module")
def judged(report_of: Callable[[str], DossierReport]) -> DossierReport:
    return report_of("cgv-reprend-tout")


@pytest.fixture(scope="module")
def report(judged: DossierReport) -> Report:
    return payload_of(ReportView.of(judged))


@pytest.fixture(scope="module")
def run(report: Report) -> dict[str, Any]:
    log = json.loads(to_sarif(report))
    assert [e.message for e in Draft202012Validator(SARIF).iter_errors(log)] == []
    (only,) = log["runs"]
    return dict(only)


def test_a_result_for_each_gap_and_a_rule_for_each_requirement(run: dict[str, Any], report: Report) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert sorted(rule["id"] for rule in rules) == sorted(f.requirement for f in report.findings)
    gaps = {f.requirement: f for f in report.findings if f.open}
    assert sorted(r["ruleId"] for r in run["results"]) == sorted(gaps)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == LEVELS[gaps[result["ruleId"]].severity]
        assert result["message"]["text"] == gaps[result["ruleId"]].reason


def test_regions_hold_the_exact_words(run: dict[str, Any], judged: DossierReport) -> None:
    documents = judged.segmented.documents
    regions = [place["physicalLocation"] for result in run["results"] for place in result["locations"]]
    quoted = [place for place in regions if "region" in place]
    assert quoted
    for place in quoted:
        region = place["region"]
        text = documents[place["artifactLocation"]["index"]].text
        assert text[region["charOffset"] : region["charOffset"] + region["charLength"]] == region["snippet"]["text"]
    assert [a["hashes"]["sha-256"] for a in run["artifacts"]] == [d.source.sha256 for d in documents]


def test_addresses_are_valid_uris(run: dict[str, Any]) -> None:
    assert all(" " not in a["location"]["uri"] and "\\" not in a["location"]["uri"] for a in run["artifacts"])


def test_what_was_not_concluded_is_never_a_silent_pass(report: Report) -> None:
    first = report.findings[0].model_copy(update={"status": Status.NON_CONCLUANT})
    unclear = report.model_copy(update={"findings": (first, *report.findings[1:])})
    (invocation,) = json.loads(to_sarif(unclear))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert any(first.requirement in n["message"]["text"] for n in invocation["toolExecutionNotifications"])
    case = _cases(unclear)[first.requirement]
    assert [child.tag for child in case] == ["error"]


def test_junit_counts_what_it_holds(report: Report) -> None:
    root = ET.parse(io.StringIO(to_junit(report))).getroot()
    cases = _cases(report)
    assert len(cases) == len(report.findings)
    outcome = Counter(next((child.tag for child in case), "ok") for case in cases.values())
    counted = {name: int(root.get(name, "-1")) for name in ("tests", "failures", "errors", "skipped")}
    assert counted == {"tests": len(cases), "failures": outcome["failure"], "errors": outcome["error"], "skipped": outcome["skipped"]}
    for finding in report.findings:
        tags = [child.tag for child in cases[finding.requirement]]
        expected = {Status.CONFORME: [], Status.SANS_OBJET: ["skipped"], Status.NON_CONCLUANT: ["error"]}
        assert tags == expected.get(finding.status, ["failure"])


def test_a_derogation_of_the_contract_excuses_nothing(report: Report) -> None:
    gap = next(f for f in report.findings if f.open)
    lost = gap.model_copy(update={"derogation": Lost(instrument="CCAG-TIC", article="5.2")})
    changed = report.model_copy(update={"findings": tuple(lost if f is gap else f for f in report.findings)})
    (failure,) = _cases(changed)[gap.requirement]
    assert failure.tag == "failure"
    results = {r["ruleId"]: r for r in _results(changed)}
    assert "suppressions" not in results[gap.requirement]
    assert results[gap.requirement]["properties"]["derogation"] == "CCAG-TIC, article 5.2"


def test_words_that_xml_forbids_do_no_harm(report: Report) -> None:
    gap = next(f for f in report.findings if f.open)
    odd = gap.model_copy(update={"reason": "a\x00b <script> & \u202e fin"})
    changed = report.model_copy(update={"findings": tuple(odd if f is gap else f for f in report.findings)})
    (failure,) = _cases(changed)[gap.requirement]
    assert (failure.text or "").startswith("a\ufffdb <script> & \u202e fin")


def test_check_prints_logs_and_keeps_workbooks_for_a_folder(samples: Path, tmp_path: Path, command: Any) -> None:
    run = command("check", samples / "faible", "--format", "junit")
    assert run.code == 1
    assert ET.fromstring(run.out.partition("\n")[2]).tag == "testsuites"
    refused = command("check", samples / "faible", "--format", "xlsx")
    assert (refused.code, "--output" in refused.message) == (2, True)
    command("check", samples / "faible", "--format", "xlsx", "--format", "sarif", "--output", tmp_path)
    assert {"rapport.xlsx", "rapport.sarif", "rapport.json", "rapport.html"} == {p.name for p in run_folder(tmp_path).glob("rapport.*")}


def test_same_report_same_bytes(report: Report, comparison: Comparison) -> None:
    assert to_sarif(report) == to_sarif(report)
    prints = [r["partialFingerprints"]["clausecheck/v1"] for d in comparison.dossiers for r in _results(d.report)]
    assert len(prints) == len(set(prints))


def _results(report: Report) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = json.loads(to_sarif(report))["runs"][0]["results"]
    return results


def _cases(report: Report) -> dict[str, ET.Element]:
    root = ET.fromstring(to_junit(report).partition("\n")[2])
    return {case.get("name", "").split()[0]: case for case in root.iter("testcase")}
