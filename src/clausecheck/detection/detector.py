"""Gathers, for one requirement, everything the dossier says about it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.schema import Weakening
from clausecheck.detection.blanks import blanks
from clausecheck.detection.compiled import CompiledRequirement, Frame
from clausecheck.detection.frames import FrameMatcher, Hit
from clausecheck.detection.index import UnitIndex
from clausecheck.detection.places import EVERYWHERE, Marks
from clausecheck.detection.proposals import Proposal, Reading, Speaker, propose, weaken
from clausecheck.detection.qualifiers import Qualifier
from clausecheck.detection.quantities import Duration
from clausecheck.segmentation.model import Segmented, Unit
from clausecheck.segmentation.parties import Party
from clausecheck.vocabulary import Actor

ABOUT = 0.3
"""Probability of a criterion from which its article is read as bearing on the requirement."""
PLAIN = 0.75
"""Probability from which the second voice may find a duty of the holder in a sentence whose subject is the buyer."""
NEAR = 3
"""Units around the evidence in which a weakening is read as bearing on it."""

SAYS_LITTLE = 5
"""Words below which a lead-in («Le titulaire s'engage à :») says nothing by itself."""


@dataclass(frozen=True, slots=True)
class RequirementEvidence:
    """Hits by criterion and weakening; a hit that does not bind (option, blank) shows the subject is there, no more.

    ``proposals`` and ``doubts``: criteria and weakenings that the second voice proposes; ``subject``: units that it hears speak of the
    requirement.
    """

    criteria: Mapping[str, tuple[Hit, ...]]
    weakenings: Mapping[str, tuple[Hit, ...]]
    presence: tuple[Hit, ...]
    pointless: tuple[tuple[str, tuple[Hit, ...]], ...]
    proposals: Mapping[str, Proposal]
    doubts: Mapping[str, Proposal]
    subject: tuple[int, ...] = ()

    @property
    def stipulated(self) -> bool:
        """True where the dossier says something operative about the requirement."""
        return bool(self.presence or any(self.criteria.values()) or any(self.weakenings.values()))


class Detector:
    """Runs the frames of requirements on one dossier."""

    def __init__(self, segmented: Segmented, lexicon: Lexicon, speaker: Speaker | None = None, parties: Sequence[Party] = ()) -> None:
        self.segmented = segmented
        self.index = UnitIndex(segmented)
        self._lexicon = lexicon
        self._qualifier = Qualifier(segmented, lexicon, parties)
        self._speaker = speaker
        self._reading = Reading(segmented, speaker.voice) if speaker else None
        self.matcher = FrameMatcher(segmented, self.index, self._qualifier)

    @property
    def has_model(self) -> bool:
        """True where the second voice is installed."""
        return self._speaker is not None

    def detect(self, compiled: CompiledRequirement) -> RequirementEvidence:
        """Return everything said about ``compiled``."""
        criteria = {c: tuple(self.matcher.hits(frames)) for c, frames in compiled.criteria.items()}
        presence = tuple(self.matcher.hits(compiled.presence))
        about = [*presence, *(hit for hits in criteria.values() for hit in hits)]
        near = self._near(about)
        weakenings = {w.id: tuple(self._weakening(w, compiled, about, near)) for w in compiled.requirement.weakened_when}
        proposals = self._proposals(compiled, criteria)
        doubts = self._doubts(compiled, about, proposals)
        subject = tuple(self._reading.subject(compiled.requirement)) if self._reading else ()
        return RequirementEvidence(criteria, weakenings, presence, tuple(self._pointless(compiled)), proposals, doubts, subject)

    def _doubts(self, compiled: CompiledRequirement, about: Iterable[Hit], proposals: Mapping[str, Proposal]) -> dict[str, Proposal]:
        """Weakenings the second voice sees in the articles in which the requirement is stipulated."""
        if self._speaker is None or self._reading is None:
            return {}
        articles = {self.segmented.units[hit.unit].article for hit in about if hit.binding}
        articles |= {p.article for p in proposals.values() if p.probability >= ABOUT}
        found = weaken(self._reading, compiled.requirement, self._speaker.fusions, articles)
        kinds = {w.id: w.kind for w in compiled.requirement.weakened_when}
        return {w: p for w, p in found.items() if self._may_weaken(p.unit, kinds[w], compiled.weakenings[w], compiled)}

    def _may_weaken(self, number: int, kind: str, frames: tuple[Frame, ...], compiled: CompiledRequirement) -> bool:
        """A doubt needs a passage that says something, and that neither the rules nor the voice itself know for innocent."""
        unit = self.segmented.units[number]
        bare_lead_in = len(unit.text.tokens) < SAYS_LITTLE and self.segmented.quote(unit).rstrip().endswith(":")
        if bare_lead_in or self.matcher.denies(frames, number):
            return False
        if self.index.has(self._lexicon.of(unit.language).modality["protection"], number):
            return False
        if (kind == "W-VIDE" and not self._left_blank(unit)) or (kind == "W-DELAI-VAGUE" and self.matcher.durations(number)):
            return False
        return not self._innocent(number, kind, compiled)

    def _left_blank(self, unit: Unit) -> bool:
        """Tell whether something around ``unit`` is left to fill in, or put off."""
        near = [u for u in self.segmented.by_article[unit.article] if abs(u - unit.index) <= NEAR]
        pattern = self._lexicon.of(unit.language).kinds.get("W-VIDE")
        put_off = pattern is not None and self.index.any_has(pattern, near)
        return put_off or any(blanks(self.segmented.quote(self.segmented.units[u])) for u in near)

    def _proposals(self, compiled: CompiledRequirement, criteria: Mapping[str, tuple[Hit, ...]]) -> dict[str, Proposal]:
        """What the second voice proposes, but where the unit plainly binds somebody else, nobody, or is left blank."""
        if self._speaker is None or self._reading is None:
            return {}
        framed = {c for c, hits in criteria.items() if any(h.binding for h in hits)}
        found = propose(self._reading, compiled.requirement, self._speaker.fusions, framed, self._nearness(compiled))
        return {c: p for c, p in found.items() if self._may_say(p, compiled.criteria[c])}

    def _nearness(self, compiled: CompiledRequirement) -> Callable[[str, int], float]:
        return lambda criterion, unit: self.matcher.nearness(compiled.criteria[criterion], unit)

    def _may_say(self, proposal: Proposal, frames: tuple[Frame, ...]) -> bool:
        unit = self.segmented.units[proposal.unit]
        if blanks(self.segmented.quote(unit)):
            return False
        if not self._delay_fits(proposal, frames):
            return False
        said = self._qualifier.governs(unit)
        only_holder = bool(frames) and all(f.spec.debtor == "titulaire" for f in frames)
        if only_holder and said.debtor is Actor.BUYER and proposal.probability < PLAIN:
            return False
        return not (said.option and frames and all(f.spec.force == "duty" for f in frames))

    def _pointless(self, compiled: CompiledRequirement) -> Iterator[tuple[str, tuple[Hit, ...]]]:
        """Yield the cases that make the requirement pointless, with what shows them."""
        for case, frames in compiled.pointless.items():
            hits = tuple(self.matcher.hits(frames))
            missing = case in compiled.needed and not self.matcher.hits(compiled.needed[case])
            if hits or missing:
                yield case, hits

    def _weakening(self, weakening: Weakening, compiled: CompiledRequirement, about: list[Hit], near: Marks) -> list[Hit]:
        frames = compiled.weakenings[weakening.id]
        found = self.matcher.hits(frames, EVERYWHERE if weakening.anywhere else near)
        found = [hit for hit in found if not self._innocent(hit.unit, weakening.kind, compiled)]
        if weakening.generic:
            found += self._generic(weakening.kind, about)
        return found

    def _innocent(self, number: int, kind: str, compiled: CompiledRequirement) -> bool:
        """Tell whether the words found weaken nothing: they protect the buyer, or speak of another requirement."""
        if self._qualifier.protects(self.segmented.units[number], kind):
            return True
        return self._reading is not None and self._reading.elsewhere(compiled.requirement, number)

    def _delay_fits(self, proposal: Proposal, frames: tuple[Frame, ...]) -> bool:
        """A criterion that every frame ties to a delay needs a delay that fits, said where the model reads it."""
        tests = [f.delay for f in frames]
        if not tests or any(test is None for test in tests):
            return True
        near = [u for u in self.segmented.by_article[proposal.article] if abs(u - proposal.unit) <= 1]
        said: list[Duration | None] = [d for u in near for d in self.matcher.durations(u)] or [None]
        return any(test is not None and test(d) for test in tests for d in said)

    def _near(self, about: Iterable[Hit]) -> Marks:
        """Return the units in which a weakening is read as bearing on ``about``: near it, in the same article."""
        units, by_article = self.segmented.units, self.segmented.by_article
        said = {u for hit in about for u in hit.units}
        return self.index.marks(near for u in said for near in by_article[units[u].article] if abs(near - u) <= NEAR)

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
        pattern = self._lexicon.of(self.segmented.units[hit.unit].language).kinds.get(kind)
        if pattern is None or not self.index.any_has(pattern, hit.units):
            return False
        return kind != "W-DELAI-VAGUE" or not any(self.matcher.durations(u) for u in hit.units)
