"""The sample dossiers: built from readable sources, and judged as a lawyer judges them (``samples/attendus.yaml``)."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import Catalogue
from clausecheck.vocabulary import Status

NAMES = ("presque-conforme", "faible", "cgv-reprend-tout")
KNOWN_AT_MOST = 0.25
"""Share of a dossier's expectations on which the tool may be known to differ."""


@pytest.fixture(scope="module")
def expectations(samples: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((samples / "attendus.yaml").read_text(encoding="utf-8")))


def expected(expectations: dict[str, Any], name: str) -> dict[str, str]:
    given = expectations[name]
    return {identifier: status for status, identifiers in given.items() if status != "connus" for identifier in identifiers}


@pytest.mark.parametrize("name", NAMES)
def test_statuses_are_those_of_the_lawyer(name: str, expectations: dict[str, Any], report_of: Callable[[str], DossierReport]) -> None:
    found = {f.requirement.id: f.status.value for f in report_of(name).findings}
    known = expectations[name].get("connus", {})
    wrong = {
        identifier: f"attendu {status}, trouvé {found[identifier]}"
        for identifier, status in expected(expectations, name).items()
        if found[identifier] != status and identifier not in known
    }
    assert wrong == {}


@pytest.mark.parametrize("name", NAMES)
def test_expectations_are_well_formed(name: str, expectations: dict[str, Any], catalogue: Catalogue) -> None:
    judged = expected(expectations, name)
    listed = [i for status, ids in expectations[name].items() if status != "connus" for i in ids]
    known = expectations[name].get("connus", {})
    assert len(listed) == len(set(listed)) >= 15
    assert all(catalogue.get(identifier) for identifier in judged)
    assert set(judged.values()) <= {s.value for s in Status}
    assert set(known) <= set(judged)
    assert len(known) <= KNOWN_AT_MOST * len(judged)


def test_the_vendors_conditions_are_quoted_where_they_take_back(report_of: Callable[[str], DossierReport]) -> None:
    report = report_of("cgv-reprend-tout")
    names = [Path(d.source.path).name for d in report.segmented.documents]
    for identifier in ("TRV-UNILAT", "TRV-PLAFOND", "RGPD-IA-INTERDIT", "DATA-RESTIT"):
        finding = next(f for f in report.findings if f.requirement.id == identifier)
        quoted = {names[finding.evidence[i].document] for w in finding.weakenings for i in w.evidence}
        assert "CGV.pdf" in quoted, identifier


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_the_exact_text(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    for finding in report.findings:
        for evidence in finding.evidence:
            document = report.segmented.documents[evidence.document]
            assert document.text[evidence.span.start : evidence.span.end] == evidence.quote


@pytest.mark.parametrize("name", NAMES)
def test_pieces_are_recognised_and_wholly_read(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    kinds = {Path(d.source.path).name: p.kind.kind for d, p in zip(report.segmented.documents, report.pieces, strict=True) if p.kind}
    wanted = {
        "presque-conforme": {"CCAP.docx": "ccap", "CCTP.odt": "cctp", "annexe-rgpd.pdf": "dpa"},
        "faible": {"contrat.docx": "convention"},
        "cgv-reprend-tout": {"CCP.docx": "ccp", "CGV.pdf": "cgv"},
    }
    assert kinds == wanted[name]
    assert all(d.coverage.complete for d in report.segmented.documents)


def test_building_again_gives_the_same_bytes(
    builder: ModuleType, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builder.build(tmp_path)
    capsys.readouterr()
    for target in builder.TARGETS:
        assert (tmp_path / target).read_bytes() == (samples / target).read_bytes(), f"{target} : relancez samples/build.py"
