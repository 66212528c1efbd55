"""The second voice must speak louder where it stands alone, and in the passage it cites."""

from clausecheck.assessment.belief import Belief
from clausecheck.assessment.thresholds import AUDIBLE, BELIEVED, BESIDE, CERTAIN, CONFIRMED, DOUBTED
from clausecheck.catalogue.loader import Catalogue
from clausecheck.catalogue.schema import Requirement
from clausecheck.detection.detector import RequirementEvidence
from clausecheck.detection.proposals import Proposal

HERE, ELSEWHERE = 1, 2


def requirement(catalogue: Catalogue) -> Requirement:
    return next(r for r in catalogue.requirements if sum(c.required for c in r.criteria) > 1)


def belief(required: Requirement, proposals: dict[str, Proposal]) -> Belief:
    nothing = {c.id: () for c in required.criteria}
    return Belief(required, RequirementEvidence(nothing, {}, (), (), proposals, {}), lambda unit: unit)


def test_little_is_enough_beside_an_established_criterion(catalogue: Catalogue) -> None:
    asked = requirement(catalogue)
    first, second = [c.id for c in asked.criteria][:2]
    sure, faint = Proposal(BELIEVED, 0, HERE, heard=1.0), Proposal(BESIDE, 0, HERE, heard=1.0)
    assert belief(asked, {first: sure, second: faint}).meets(second)
    assert not belief(asked, {second: faint}).meets(second)
    assert not belief(asked, {first: sure, second: Proposal(BESIDE, 0, ELSEWHERE, heard=1.0)}).meets(second)


def test_neighbours_do_not_speak_for_a_passage(catalogue: Catalogue) -> None:
    asked = requirement(catalogue)
    criterion = asked.criteria[0].id
    assert not belief(asked, {criterion: Proposal(0.99, 0, HERE, heard=AUDIBLE - 0.1)}).meets(criterion)


def test_words_of_reserve_confirm_a_doubt_where_the_requirement_stands(catalogue: Catalogue) -> None:
    asked = requirement(catalogue)
    met = {c.id: Proposal(0.9, 0, HERE, heard=1.0) for c in asked.criteria if c.required}
    fear = belief(asked, met)
    assert fear.doubted(Proposal(CONFIRMED, 0, HERE, confirmed=True))
    assert not fear.doubted(Proposal(CONFIRMED, 0, ELSEWHERE, confirmed=True))
    assert fear.bar(Proposal(CONFIRMED, 0, HERE)) == DOUBTED < CERTAIN
