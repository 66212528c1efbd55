"""How far the second voice is believed: it proposes criteria and doubts of findings; where it stands alone it must speak louder."""

from collections.abc import Callable
from functools import cached_property

from clausecheck.assessment.thresholds import AUDIBLE, BELIEVED, BESIDE, CERTAIN, CONFIRMED, DOUBTED, DOUBTED_FRAMED
from clausecheck.catalogue.schema import Requirement
from clausecheck.detection.detector import RequirementEvidence
from clausecheck.detection.proposals import Proposal


class Belief:
    """What one requirement's evidence asks of the second voice. ``article``: gives the article of a unit."""

    def __init__(self, requirement: Requirement, found: RequirementEvidence, article: Callable[[int], int]) -> None:
        self._found = found
        self._required = [c.id for c in requirement.criteria if c.required]
        self._article = article

    def meets(self, criterion: str) -> bool:
        """Tell whether the second voice alone meets ``criterion``."""
        proposal = self._found.proposals.get(criterion)
        return proposal is not None and self._credible(proposal, self.limit(proposal))

    def limit(self, proposal: Proposal) -> float:
        """Return the probability from which a criterion is believed: less beside another that is established."""
        return BESIDE if proposal.article in self._established else BELIEVED

    def doubted(self, doubt: Proposal) -> bool:
        """Tell whether a weakening that the second voice sees keeps the finding from being «conforme»."""
        return doubt.probability >= self.bar(doubt)

    def bar(self, doubt: Proposal) -> float:
        """Return the probability from which a weakening is feared.

        Where frames found every required criterion, a doubt must be strong and stand in an article that carries one of them; where words
        of reserve confirm it beside what meets the criteria, little is enough.
        """
        carrying = self._carrying
        if doubt.confirmed and doubt.article in carrying | self._heard:
            return CONFIRMED
        if not all(self._framed(c) for c in self._required):
            return DOUBTED
        return DOUBTED_FRAMED if doubt.article in carrying else CERTAIN

    def audible(self, proposal: Proposal) -> bool:
        """Tell whether the passage itself says it, not only those around it."""
        return proposal.heard >= AUDIBLE

    def _credible(self, proposal: Proposal, limit: float) -> bool:
        return proposal.probability >= limit and self.audible(proposal)

    def _framed(self, criterion: str) -> bool:
        return any(h.binding for h in self._found.criteria[criterion])

    @cached_property
    def _carrying(self) -> set[int]:
        """Articles in which frames find a required criterion."""
        return {self._article(h.unit) for c in self._required for h in self._found.criteria[c] if h.binding}

    @cached_property
    def _heard(self) -> set[int]:
        """Articles in which the second voice meets a required criterion."""
        return {self._found.proposals[c].article for c in self._required if self.meets(c)}

    @cached_property
    def _established(self) -> set[int]:
        """Articles in which a criterion is met, by frames or by a voice that needs no other."""
        framed = {self._article(h.unit) for hits in self._found.criteria.values() for h in hits if h.binding}
        return framed | {p.article for p in self._found.proposals.values() if self._credible(p, BELIEVED)}
