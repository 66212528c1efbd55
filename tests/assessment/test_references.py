"""Pieces cited, supplied or not, and what the missing ones do to findings."""

import pytest

from clausecheck.assessment.model import DossierReport
from clausecheck.pipeline import Engine
from dossiers import CCAP, CCTP, DPA, SECURITY, finding, judge

CITES_ANNEX = CCAP + "## 3. Sécurité\n\nLe titulaire met en œuvre les mesures de sécurité décrites à l'annexe 3 – sécurité.\n"
CITES_PAS = CCAP + "## 3. Sécurité\n\nLe titulaire applique le PAS annexé au marché.\n"
SAYS = "Le titulaire chiffre les données au repos et en transit.\n"


def references(report: DossierReport) -> dict[str, bool]:
    return {r.cited: r.found for r in report.references}


@pytest.mark.parametrize("text", [CITES_ANNEX, CITES_PAS])
def test_a_missing_security_piece_flags_what_it_deals_with(engine: Engine, text: str) -> None:
    found = finding(engine, {"CCAP.md": text}, "SEC-CHIFFR")
    assert found.review == ("piece_citee_absente",)
    assert "non fournie" in found.reason
    assert "CCAP art. 3" in found.reason


def test_it_does_not_flag_other_subjects(engine: Engine) -> None:
    report = judge(engine, {"CCAP.md": CITES_ANNEX}, "DATA-REVERS", "RGPD-30-2", "TRV-SANCTION")
    assert [f.review for f in report.findings] == [(), (), ()]


@pytest.mark.parametrize("name", ["annexe.md", "securite.md"])
def test_a_supplied_annex_flags_nothing(engine: Engine, name: str) -> None:
    report = judge(engine, {"CCAP.md": CITES_ANNEX, name: SECURITY + SAYS}, "SEC-CHIFFR")
    assert references(report)["Annexe 3"] is True
    assert report.findings[0].review == ()


def test_an_annex_inside_the_piece_is_supplied(engine: Engine) -> None:
    report = judge(engine, {"CCAP.md": CITES_ANNEX + "\n# Annexe 3 – Sécurité\n\n" + SAYS}, "SEC-CHIFFR")
    assert references(report)["Annexe 3"] is True
    assert report.findings[0].review == ()


def test_a_line_in_a_list_of_annexes_supplies_nothing(engine: Engine) -> None:
    listed = CITES_ANNEX + "\n## 9. Annexes\n\nAnnexe 2 : protection des données\n\nAnnexe 3 : sécurité\n\nAnnexe 4 : prix\n"
    assert references(judge(engine, {"CCAP.md": listed}, "SEC-CHIFFR"))["Annexe 2"] is False


def test_a_missing_data_annex_flags_the_personal_data_family(engine: Engine) -> None:
    text = CCAP + "## 3. Données\n\nLe traitement des données est décrit à l'annexe 1 « protection des données personnelles ».\n"
    missing = finding(engine, {"CCAP.md": text}, "RGPD-28-3-H")
    supplied = finding(engine, {"CCAP.md": text, "DPA.md": DPA + "Le titulaire aide l'acheteur.\n"}, "RGPD-28-3-H")
    assert missing.review == ("piece_citee_absente",)
    assert supplied.review == ()


def test_a_ccp_stands_for_ccap_and_cctp(engine: Engine) -> None:
    text = CCAP.replace("Cahier des clauses administratives particulières (CCAP)", "Cahier des clauses particulières (CCP)")
    report = judge(engine, {"CCP.md": text + "## 3. Suite\n\nLe CCTP décrit les prestations.\n"}, "SEC-CHIFFR")
    assert references(report)["CCTP"] is True


def test_pas_is_an_acronym_and_pas_a_negation(engine: Engine) -> None:
    report = judge(engine, {"CCTP.md": CCTP + "Ce tarif n'est pas annexé au marché. Le titulaire ne communique pas ses prix.\n"}, "SEC-PAS")
    assert references(report) == {}


def test_a_piece_without_text_is_no_fault(engine: Engine) -> None:
    assert references(judge(engine, {"CCAP.md": CITES_ANNEX, "vide.md": "<!-- page 1 -->\n"}, "SEC-CHIFFR"))["Annexe 3"] is False
