"""The order of the pieces and the derogations, as each form of the report says them."""

import json
from html.parser import HTMLParser
from importlib.resources import files
from io import StringIO

import pytest
from forms import TEXT_OF, make
from jsonschema import Draft202012Validator
from rich.console import Console

from clausecheck.assessment.model import DossierReport
from clausecheck.pipeline import Engine
from clausecheck.reporting.html_report import render
from clausecheck.reporting.json_report import dumps
from clausecheck.reporting.text_report import print_report
from clausecheck.reporting.view import ReportView
from dossiers import CCAP, CCTP, CGV, judge, order

PIECES = {
    "CCAP.md": CCAP
    + order("l'acte d'engagement", "le CCAP", "le CCTP", "les conditions générales du titulaire")
    + "Le marché est soumis au CCAG-TIC approuvé par l'arrêté du 30 mars 2021.\n\n"
    "## 4. Confidentialité\n\nPar dérogation à l'article 5.1 du CCAG-TIC, les documents sont libres.\n\n"
    "## 5. Sécurité\n\nLe titulaire applique les mesures décrites à l'annexe 3 – sécurité.\n\n"
    "## 9. Dérogations au CCAG\n\nL'article 12 déroge à l'article 26 du CCAG-TIC.\n\nL'article 5 déroge à l'article 14 du CCAG-TIC.\n",
    "CCTP.md": CCTP + "Le titulaire livre le logiciel.\n",
    "CGV.md": CGV + "Les présentes conditions générales prévalent sur tout autre document.\n",
}


@pytest.fixture(scope="module")
def report(engine: Engine) -> DossierReport:
    return judge(engine, PIECES, "SEC-CONF", "SEC-CHIFFR", "TRV-HIERARCHIE", "RGPD-28-3-A")


def test_the_json_says_it_and_obeys_its_schema(report: DossierReport) -> None:
    data = json.loads(dumps(report))
    path = files("clausecheck.reporting") / "schema" / "clausecheck-report-1.schema.json"
    Draft202012Validator(json.loads(path.read_text(encoding="utf-8"))).validate(data)
    order_said = [(p["rank"], p["kind"], p["documents"]) for p in data["precedence"]["pieces"]]
    assert order_said == [(1, "ae", []), (2, "ccap", [0]), (3, "cctp", [1]), (4, "cgv", [2])]
    assert (data["precedence"]["basis"], data["precedence"]["conditions"]) == ("clause", "contradictoires")
    assert all(e["quote"] in PIECES[e["document"]] for e in data["precedence"]["evidence"])
    assert {d["article"]: (len(d["made"]), len(d["announced"])) for d in data["derogations"]} == {
        "5.1": (1, 0),
        "26": (0, 1),
        "14": (0, 1),
    }
    assert {d["article"]: d["by"] for d in data["derogations"]} == {"5.1": [], "26": [], "14": ["5"]}
    findings = {f["requirement"]: f for f in data["findings"]}
    assert findings["SEC-CONF"]["derogation"]["article"] == "5.1"
    assert findings["RGPD-28-3-A"]["via"] == ["CCAP art. 2 → CCAG-TIC art. 5.2.3"]
    assert {r["rule"] for r in findings["SEC-CHIFFR"]["rules"]} == {"R04"}


def test_the_page_has_the_order_and_a_table_of_derogations(report: DossierReport) -> None:
    class Words(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.words: list[str] = []

        def handle_data(self, data: str) -> None:
            self.words.append(data)

    parser = Words()
    parser.feed(render(ReportView.of(report)))
    said = " ".join(" ".join(parser.words).replace("\u202f", " ").split())
    assert "Ordre fixé par le contrat (CCAP art. 2)." in said
    assert "Les conditions générales du titulaire disent prévaloir" in said
    assert "5.1 CCAP art. 4 non récapitulée" in said
    assert "26 non trouvée dans le texte CCAP art. 9" in said
    assert "14 art. 5 (selon le récapitulatif) CCAP art. 9" in said


def test_the_terminal_says_it_at_80_columns(report: DossierReport) -> None:
    output = StringIO()
    print_report(ReportView.of(report), Console(file=output, width=80))
    assert max(map(len, output.getvalue().splitlines())) <= 80
    said = " ".join(output.getvalue().replace("\u202f", " ").replace("│", " ").split())
    assert "Acte d’engagement > CCAP > CCTP > Conditions générales du titulaire" in said
    assert "article 5.1 : CCAP art. 4 ; récapitulatif : non récapitulée" in said
    assert "CCAP art. 2 → CCAG-TIC art. 5.2.3" in said


@pytest.mark.parametrize("form", ["md", "docx", "odt"])
def test_the_forms_to_edit_say_it_too(form: str, report: DossierReport) -> None:
    said = " ".join(TEXT_OF[form](make(form, ReportView.of(report))).replace("\u202f", " ").split())
    for words in (
        "Ordre fixé par le contrat (CCAP art. 2).",
        "1. Acte d’engagement (non fourni)",
        "non récapitulée",
        "art. 5 (selon le récapitulatif)",
    ):
        assert words in said, words
