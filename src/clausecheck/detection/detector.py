"""Gathers, for one requirement, everything the dossier says about it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.schema import Weakening
from clausecheck.detection.compiled import CompiledRequirement
from clausecheck.detection.frames import FrameMatcher, Hit
from clausecheck.detection.index import UnitIndex
from clausecheck.detection.qualifiers import Qualifier
from clausecheck.segmentation.model import Segmented

NEAR = 3
"""Units around the evidence in which a weakening is read as bearing on it."""


@dataclass(frozen=True, slots=True)
class RequirementEvidence:
    """Hits by criterion and weakening; a hit that does not bind (option, blank) shows the subject is there, no more."""

    criteria: Mapping[str, tuple[Hit, ...]]
    weakenings: Mapping[str, tuple[Hit, ...]]
    presence: tuple[Hit, ...]
    pointless: tuple[tuple[str, tuple[Hit, ...]], ...]

    @property
    def stipulated(self) -> bool:
        """True where the dossier says something operative about the requirement."""
        return bool(self.presence or any(self.criteria.values()) or any(self.weakenings.values()))


class Detector:
    """Runs the frames of requirements on one dossier."""

    def __init__(self, segmented: Segmented, lexicon: Lexicon) -> None:
        self.segmented = segmented
        self.index = UnitIndex(segmented)
        self._lexicon = lexicon
        self.matcher = FrameMatcher(segmented, self.index, Qualifier(segmented, lexicon))

    def detect(self, compiled: CompiledRequirement) -> RequirementEvidence:
        """Return everything said about ``compiled``."""
        criteria = {c: tuple(self.matcher.hits(frames)) for c, frames in compiled.criteria.items()}
        presence = tuple(self.matcher.hits(compiled.presence))
        about = [*presence, *(hit for hits in criteria.values() for hit in hits)]
        weakenings = {
            w.id: tuple(self._weakening(w, compiled, about)) for w in compiled.requirement.weakened_when
        }
        return RequirementEvidence(criteria, weakenings, presence, tuple(self._pointless(compiled)))

    def _pointless(self, compiled: CompiledRequirement) -> Iterator[tuple[str, tuple[Hit, ...]]]:
        """Yield the cases that make the requirement pointless, with what shows them."""
        for case, frames in compiled.pointless.items():
            hits = tuple(self.matcher.hits(frames))
            missing = case in compiled.needed and not self.matcher.hits(compiled.needed[case])
            if hits or missing:
                yield case, hits

    def _weakening(self, weakening: Weakening, compiled: CompiledRequirement, about: list[Hit]) -> list[Hit]:
        found = self.matcher.hits(compiled.weakenings[weakening.id])
        if not weakening.anywhere:
            found = [hit for hit in found if self._bears_on(hit, about)]
        if weakening.generic:
            found += self._generic(weakening.kind, about)
        return found

    def _bears_on(self, hit: Hit, about: Iterable[Hit]) -> bool:
        units = self.segmented.units
        article = units[hit.unit].article
        return any(
            units[u].article == article and abs(u - hit.unit) <= NEAR for other in about for u in other.units
        )

    def _generic(self, kind: str, about: Iterable[Hit]) -> list[Hit]:
        return [hit for hit in about if self._shows(kind, hit)]

    def _shows(self, kind: str, hit: Hit) -> bool:
        """Tell whether ``hit`` itself shows a weakening of ``kind``."""
        if kind == "W-FACULTE" and hit.qualification.option and hit.frame.spec.force == "duty":
            return True
        if kind == "W-HEDGE" and hit.qualification.effort:
            return True
        if kind == "W-VIDE" and hit.blank:
            return True
        pattern = self._lexicon.kinds.get(kind)
        if pattern is None or not any(self.index.matches(pattern, u) for u in hit.units):
            return False
        return kind != "W-DELAI-VAGUE" or not any(self.matcher.durations(u) for u in hit.units)

