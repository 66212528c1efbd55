"""English examples of the catalogue: the weakening their author planted is the one found, and the criteria they state are met."""

import pytest

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.catalogue.schema import Example, Requirement
from clausecheck.pipeline import Engine
from clausecheck.trial import clause_document

CATALOGUE = load_catalogue()
ENGLISH = [(r, e) for r in CATALOGUE.requirements for e in CATALOGUE.examples(r) if e.style == "anglais" and e.gap is None]


@pytest.mark.parametrize(("requirement", "example"), [pytest.param(r, e, id=f"{r.id}/{e.id}") for r, e in ENGLISH])
def test_what_the_author_planted_is_found(engine: Engine, requirement: Requirement, example: Example) -> None:
    given = dict.fromkeys((*requirement.applies_when.all, *requirement.applies_when.any), True)
    document = clause_document(example.text, requirement.title)
    finding = engine.assess([document], name=example.id, given=given, only={requirement.id}).findings[0]
    assert set(example.weak) <= {w.id for w in finding.weakenings}
    assert set(example.criteria) <= {c.id for c in finding.criteria if c.met}
