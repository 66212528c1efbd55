"""Without its trained model the tool still judges, and says what that costs."""

from pathlib import Path

import pytest

from clausecheck import pipeline
from clausecheck.catalogue.loader import Catalogue
from clausecheck.detection.proposals import load_speaker
from clausecheck.pipeline import Engine
from clausecheck.trial import clause_document
from clausecheck.vocabulary import Status


def test_a_missing_model_is_no_crash(tmp_path: Path) -> None:
    assert load_speaker(tmp_path) is None


def test_the_report_says_that_the_rules_judged_alone(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "load_speaker", lambda _: None)
    silent = clause_document("Le titulaire livre des chaises de bureau.")
    given = {"donnees_personnelles": True}
    finding = Engine(catalogue).assess([silent], name="essai", given=given, only={"RGPD-33-2"}).findings[0]
    assert finding.status is Status.NON_CONCLUANT
    document = clause_document("Le titulaire notifie toute violation de données personnelles sous 24 heures.")
    report = Engine(catalogue).assess([document], name="essai", only={"RGPD-33-2"})
    assert report.model_name is None
    assert [p.code for p in report.problems] == ["modele_absent"]
