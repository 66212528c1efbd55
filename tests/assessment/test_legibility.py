"""What was badly read is never «absente» nor «conforme»: it is for a person to check on the paper."""

from dataclasses import replace

import pytest

from clausecheck.document import Coverage, Document, DocumentBuilder, PageLocator, Source
from clausecheck.pipeline import Engine
from clausecheck.vocabulary import Status

COURT = "Tout litige relève du tribunal administratif de Lyon. Le marché est soumis au droit français."
REQUIREMENT = "TRV-DROIT-FR"


def scanned(confidence: float, *, weak: tuple[int, ...] = ()) -> Document:
    """A scan of two pages: the first well read, the second with ``confidence``."""
    builder = DocumentBuilder(Source("scan.pdf", "", "pdf"))
    builder.add([("Article 1 – Objet", PageLocator(1, None, 95.0))])
    builder.add([("Le marché porte sur la maintenance d'un logiciel de gestion.", PageLocator(1, None, 95.0))])
    builder.add([(COURT, PageLocator(2, None, confidence))])
    return builder.build(coverage=Coverage(2, 2, (), 90.0, weak))


def judged(engine: Engine, document: Document, identifier: str) -> tuple[Status, tuple[str, ...]]:
    (finding,) = engine.assess([document], name="essai", only=[identifier]).findings
    return finding.status, finding.review


def test_confidence_travels_with_every_span() -> None:
    document = scanned(60.0)
    assert [document.ocr_confidence(block.span) for block in document.blocks] == [95.0, 95.0, 60.0]
    native = replace(document, anchors=())
    assert native.ocr_confidence(document.blocks[0].span) is None


def test_a_well_read_clause_is_judged(engine: Engine) -> None:
    assert judged(engine, scanned(95.0), REQUIREMENT) == (Status.CONFORME, ())


def test_a_badly_read_clause_proves_nothing(engine: Engine) -> None:
    assert judged(engine, scanned(50.0, weak=(2,)), REQUIREMENT) == (Status.NON_CONCLUANT, ("ocr_faible",))


@pytest.mark.parametrize(("weak", "status", "review"), [((), Status.ABSENTE, ()), ((2,), Status.NON_CONCLUANT, ("ocr_faible",))])
def test_nothing_is_absent_where_pages_are_badly_read(
    weak: tuple[int, ...], status: Status, review: tuple[str, ...], engine: Engine
) -> None:
    assert judged(engine, scanned(95.0, weak=weak), "TRV-HIERARCHIE") == (status, review)
