"""Findings as JUnit XML: a test case for each requirement; failure for a gap, skipped for sans objet, error for non concluant."""

from xml.etree import ElementTree as ET

from clausecheck.reporting.payload import FindingRecord, Report
from clausecheck.reporting.tables.model import storable
from clausecheck.reporting.tables.sheets import derogation_words, status_words
from clausecheck.vocabulary import Status


def to_junit(report: Report) -> str:
    """Return the text of the file. A gap with a granted derogation is skipped, with its words. Same report, same bytes."""
    suites = ET.Element("testsuites", name="clausecheck")
    suite = ET.SubElement(suites, "testsuite", name=storable(report.dossier.name))
    for finding in sorted(report.findings, key=lambda f: f.requirement):
        _add_case(suite, finding)
    for element in (suite, suites):
        element.set("tests", str(len(report.findings)))
        for tag, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            element.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    ET.indent(suites, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def _add_case(suite: ET.Element, f: FindingRecord) -> None:
    case = ET.SubElement(suite, "testcase", classname=f"clausecheck.{f.family}", name=storable(f"{f.requirement} {f.title}"))
    tag = _outcome(f)
    if tag is None:
        return
    message = f"Dérogation accordée : {derogation_words(f.derogation)}" if tag == "skipped" and f.derogation else status_words(f.status)
    outcome = ET.SubElement(case, tag, message=storable(message))
    if tag != "skipped":
        outcome.set("type", f"{f.status.value}.{f.severity.value}")
    outcome.text = storable(_detail(f))


def _outcome(f: FindingRecord) -> str | None:
    if f.status is Status.NON_CONCLUANT:
        return "error"
    if f.status is Status.SANS_OBJET or (f.open and f.derogation):
        return "skipped"
    return "failure" if f.open else None


def _detail(f: FindingRecord) -> str:
    quotes = [f"« {q.quote.strip()} » ({q.place})" for q in f.evidence]
    return "\n".join([f.reason, *quotes])
