"""The published schema of the JSON report: strict, and true of every report."""

import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clausecheck import reporting
from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import Catalogue
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.reporting.json_report import SCHEMA, dumps
from clausecheck.vocabulary import Severity, Status


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    path = files("clausecheck.reporting") / "schema" / "clausecheck-report-1.schema.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def objects(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("type") in ("object", ["object", "null"]) and "properties" in node:
            yield node
        for value in node.values():
            yield from objects(value)
    elif isinstance(node, list):
        for value in node:
            yield from objects(value)


def test_the_schema_is_valid_and_strict(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == SCHEMA
    for described in objects(schema):
        assert described["additionalProperties"] is False
        assert sorted(described["required"]) == sorted(described["properties"])


def test_the_schema_knows_the_words_of_the_vocabulary(schema: dict[str, Any], catalogue: Catalogue) -> None:
    finding = schema["$defs"]["finding"]["properties"]
    assert set(finding["status"]["enum"]) == {s.value for s in Status}
    assert set(finding["severity"]["enum"]) == {s.value for s in Severity}
    assert set(finding["decidable_by"]["enum"]) >= {r.decidable_by for r in catalogue.requirements}


@pytest.mark.parametrize("name", ["presque-conforme", "faible", "cgv-reprend-tout"])
def test_every_sample_report_is_valid(name: str, schema: dict[str, Any], report_of: Callable[[str], DossierReport]) -> None:
    faults = [f"{e.json_path} : {e.message}" for e in Draft202012Validator(schema).iter_errors(json.loads(dumps(report_of(name))))]
    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        "Un mot.",
        "# Privacy policy\n\nWe collect your data.",
        "# Questions et réponses\n\nQuestion 1 : qui héberge ?",
        "Das ist ein Vertrag über die Lieferung von Stühlen und Tischen.",
    ],
)
def test_odd_documents_give_valid_reports(text: str, schema: dict[str, Any], engine: Engine) -> None:
    report = engine.assess(read_bytes(text.encode(), "piece.md").documents, name="essai")
    faults = [f"{e.json_path} : {e.message}" for e in Draft202012Validator(schema).iter_errors(json.loads(dumps(report)))]
    assert faults == []


def test_evidence_indices_point_into_the_finding(report_of: Callable[[str], DossierReport]) -> None:
    for finding in json.loads(dumps(report_of("cgv-reprend-tout")))["findings"]:
        for part in (*finding["criteria"], *finding["weakenings"]):
            assert all(index < len(finding["evidence"]) for index in part["evidence"])


def test_the_schema_is_shipped_with_the_package() -> None:
    assert Path(reporting.__file__).with_name("schema").is_dir()
