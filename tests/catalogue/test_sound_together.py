"""Sound clauses stay sound beside one another: a false alarm on a neighbouring clause costs the reader's trust."""

from collections.abc import Mapping, Sequence

import pytest

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.catalogue.schema import Requirement
from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.pipeline import Engine
from clausecheck.vocabulary import BlockKind, Language

CATALOGUE = load_catalogue()
CONTRACTS = 3
KNOWN: Mapping[int, frozenset[str]] = {0: frozenset(), 1: frozenset(), 2: frozenset()}
"""Requirements still misjudged in each contract composed of examples; one that is judged rightly must leave the list."""


def contract(clauses: Sequence[tuple[str, str]]) -> Document:
    """Return one contract, an article for each (title, text)."""
    builder = DocumentBuilder(Source("contrat.md", "", "md", 0))
    builder.add("Cahier des clauses particulières", kind=BlockKind.HEADING, level=1)
    builder.add(
        "La commune de Valbrune, ci-après « l'acheteur », confie à la société Orlane, ci-après « le titulaire », une plateforme en ligne."
    )
    for number, (title, text) in enumerate(clauses, 1):
        builder.add(f"Article {number} – {title}", kind=BlockKind.HEADING, level=2)
        for line in filter(None, (line.strip() for line in text.splitlines())):
            row, item = line.startswith("|"), line.startswith(("- ", "– "))
            builder.add(line, kind=BlockKind.TABLE_ROW if row else BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH)
    return builder.build(language=Language.FRENCH)


def unsound(engine: Engine, clauses: Sequence[tuple[Requirement, str]]) -> dict[str, tuple[str, list[str]]]:
    """Judge the clauses as one contract; return those that are not «conforme», with the weakenings read in them."""
    given = {flag: True for r, _ in clauses for flag in (*r.applies_when.all, *r.applies_when.any)}
    report = engine.assess([contract([(r.title, text) for r, text in clauses])], name="contrat", given=given)
    asked = {r.id for r, _ in clauses}
    return {
        f.requirement.id: (f.status.value, [w.id for w in f.weakenings])
        for f in report.findings
        if f.requirement.id in asked and f.status.value != "conforme"
    }


def test_the_model_clauses_make_a_sound_contract(engine: Engine) -> None:
    assert unsound(engine, [(r, r.remediation) for r in CATALOGUE.requirements]) == {}


@pytest.mark.parametrize("rank", range(CONTRACTS))
def test_the_sound_examples_make_a_sound_contract(rank: int, engine: Engine) -> None:
    clauses = []
    for requirement in CATALOGUE.requirements:
        sound = [e for e in CATALOGUE.examples(requirement) if e.expect == "conforme" and e.gap is None]
        clauses += [(requirement, e.text) for e in sound[rank : rank + 1]]
    assert set(unsound(engine, clauses)) == KNOWN[rank]
