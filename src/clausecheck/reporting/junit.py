"""Findings as JUnit XML: a test case for each requirement; failure for a gap, skipped for sans objet, error for non concluant."""

from xml.etree import ElementTree as ET

from clausecheck.reporting.payload import FindingRecord, Report
from clausecheck.reporting.tables.model import storable
from clausecheck.reporting.tables.sheets import quoted, status_words
from clausecheck.vocabulary import Status


def to_junit(report: Report) -> str:
    """Return the text of the file. Same report, same bytes."""
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


_TAGS = {
    Status.CONTREDITE: "failure",
    Status.ABSENTE: "failure",
    Status.AFFAIBLIE: "failure",
    Status.NON_CONCLUANT: "error",
    Status.SANS_OBJET: "skipped",
}


def _add_case(suite: ET.Element, f: FindingRecord) -> None:
    case = ET.SubElement(suite, "testcase", classname=f"clausecheck.{f.family}", name=storable(f"{f.requirement} {f.title}"))
    if tag := _TAGS.get(f.status):
        outcome = ET.SubElement(case, tag, message=status_words(f.status))
        if tag != "skipped":
            outcome.set("type", f"{f.status.value}.{f.severity.value}")
        outcome.text = storable(_detail(f))


def _detail(f: FindingRecord) -> str:
    quotes = [f"{quoted(q)} ({q.place})" for q in f.evidence]
    return "\n".join([f.reason, *quotes])
