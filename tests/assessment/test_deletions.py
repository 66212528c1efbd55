"""A clause that stands only as a deletion is absent, and the report says who took it away."""

import json

from docx_files import deleted, package, para

from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.reporting.json_report import dumps
from clausecheck.vocabulary import Status, View


WHO = 'w:id="1" w:author="Anne Roy" w:date="2026-03-01T09:00:00Z"'
CLAUSE = "Le marché est soumis au droit français. Tout litige relève du tribunal administratif de Lyon."
FILE = package(
    para("Cahier des clauses administratives particulières", style="Titre1")
    + para("Le marché porte sur la maintenance d'un logiciel de gestion des archives.")
    + para(inner=deleted(CLAUSE, WHO))
)


def test_a_deleted_clause_is_reported_with_its_author(engine: Engine) -> None:
    report = engine.assess(read_bytes(FILE, "ccap.docx").documents, name="essai", only=["TRV-DROIT-FR"])
    (finding,) = report.findings
    assert finding.status is Status.ABSENTE
    assert "clause_supprimee" in finding.review
    assert "de Anne Roy le 1er mars 2026" in finding.reason
    assert CLAUSE.split(". ")[1] in [e.quote for e in finding.evidence]
    assert not any(c.met for c in finding.criteria)
    assert json.loads(dumps(report))["documents"][0]["quality"]["tracked_changes"] != []


def test_the_original_view_judges_it_as_still_there(engine: Engine) -> None:
    report = engine.assess(read_bytes(FILE, "ccap.docx", View.ORIGINAL).documents, name="essai", only=["TRV-DROIT-FR"])
    assert report.findings[0].status is Status.CONFORME
