"""Gathers, for one requirement, everything the dossier says about it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
from clausecheck.detection.reserves import Reserves
from clausecheck.segmentation.model import Force, Segmented, Unit
from clausecheck.segmentation.party import Party
from clausecheck.vocabulary import Actor

ABOUT = 0.3
"""Probability of a criterion from which its article is read as bearing on the requirement."""
BESIDE = 0.2
"""Probability from which a criterion is read where the others are, rather than where it is heard best."""
PLAIN = 0.75
"""Probability from which the second voice may find a duty of the holder in a sentence whose subject is the buyer."""
STATED = 0.3
"""Probability given to a reserve stated in so many words that the second voice does not hear."""
NEAR = 3
"""Units around the evidence in which a weakening is read as bearing on it."""

SAYS_LITTLE = 5
"""Words below which a lead-in («Le titulaire s'engage à :») says nothing by itself."""


@dataclass(frozen=True, slots=True)
class RequirementEvidence:
    """Hits by criterion and weakening; a hit that does not bind (option, blank) shows the subject is there, no more.

    ``proposals`` and ``doubts``: criteria and weakenings that the second voice proposes; ``subject``: units that it hears speak of the
    requirement; ``loudest``: how plainly the best of them does.
    """

    criteria: Mapping[str, tuple[Hit, ...]]
    weakenings: Mapping[str, tuple[Hit, ...]]
    presence: tuple[Hit, ...]
    pointless: tuple[tuple[str, tuple[Hit, ...]], ...]
    proposals: Mapping[str, Proposal]
    doubts: Mapping[str, Proposal]
    subject: tuple[int, ...] = ()
    loudest: float = 0.0

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
        self._reserves = Reserves(lexicon, self.index)

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
        found = RequirementEvidence(criteria, weakenings, presence, tuple(self._pointless(compiled)), proposals, doubts)
        if self._reading is None:
            return found
        requirement = compiled.requirement
        return replace(found, subject=tuple(self._reading.subject(requirement)), loudest=self._reading.loudest(requirement))

    def _doubts(self, compiled: CompiledRequirement, about: Iterable[Hit], proposals: Mapping[str, Proposal]) -> dict[str, Proposal]:
        """Weakenings the second voice sees in the articles in which the requirement is stipulated."""
        if self._speaker is None or self._reading is None:
            return {}
        evidence = {hit.unit for hit in about if hit.binding} | {p.unit for p in proposals.values() if p.probability >= ABOUT}
        articles = {self.segmented.units[u].article for u in evidence}
        found = weaken(self._reading, compiled.requirement, self._speaker.fusions, articles)
        kinds = {w.id: w.kind for w in compiled.requirement.weakened_when}
        heard = {
            w: replace(p, confirmed=self._reserves.show(kinds[w], p.unit) and self._reading.foremost(compiled.requirement, p.unit))
            for w, p in found.items()
            if self._may_weaken(p.unit, kinds[w], compiled.weakenings[w], compiled)
        }
        return heard | self._stated(compiled, evidence, heard)

    def _stated(self, compiled: CompiledRequirement, evidence: Collection[int], heard: Mapping[str, Proposal]) -> dict[str, Proposal]:
        """Reserves stated in so many words beside the evidence, of the kinds that weaken the requirement."""
        units, requirement = self.segmented.units, compiled.requirement
        near = sorted({v for u in evidence for v in self.segmented.by_article[units[u].article] if abs(v - u) <= NEAR})
        near = [
            u for u in near if units[u].force is Force.OPERATIVE and self._reading is not None and self._reading.foremost(requirement, u)
        ]
        found = {}
        for w in requirement.weakened_when:
            stated = (
                u for u in near if self._reserves.state(w.kind, u) and self._may_weaken(u, w.kind, compiled.weakenings[w.id], compiled)
            )
            unit = next(stated, None)
            if unit is not None and not (w.id in heard and heard[w.id].probability >= STATED):
                found[w.id] = Proposal(STATED, unit, units[unit].article, confirmed=True)
        return found

    def _may_weaken(self, number: int, kind: str, frames: tuple[Frame, ...], compiled: CompiledRequirement) -> bool:
        """A doubt needs a passage that says something, and that neither the rules nor the voice itself know for innocent."""
        unit = self.segmented.units[number]
        bare_lead_in = len(unit.text.tokens) < SAYS_LITTLE and self.segmented.quote(unit).rstrip().endswith(":")
        if bare_lead_in or self.matcher.denies(frames, number):
            return False
        if self.index.has(self._lexicon.of(unit.language).modality["protection"], number):
            return False
        return self._fits(kind, unit, frames) and not self._innocent(number, kind, compiled)

    def _fits(self, kind: str, unit: Unit, frames: tuple[Frame, ...]) -> bool:
        """A vague delay has no figure, a long one has its figure, a void has its blank; and what is left blank says nothing else."""
        if kind == "W-VIDE":
            return self._left_blank(unit)
        if kind == "W-DELAI-LONG":
            return self._too_long(unit.index, frames)
        if kind == "W-DELAI-VAGUE" and self.matcher.durations(unit.index):
            return False
        return not blanks(self.segmented.quote(unit))

    def _too_long(self, number: int, frames: tuple[Frame, ...]) -> bool:
        """A delay is long by its figure: one must stand there that a frame of the weakening would take for too long."""
        tests = [test for f in frames if (test := f.delay) is not None]
        said = self.matcher.durations(number)
        return any(test(d) for test in tests for d in said) if tests else bool(said)

    def _left_blank(self, unit: Unit) -> bool:
        """Tell whether something around ``unit`` is left to fill in, or put off."""
        near = [u for u in self.segmented.by_article[unit.article] if abs(u - unit.index) <= NEAR]
        pattern = self._lexicon.of(unit.language).kinds.get("W-VIDE")
        put_off = pattern is not None and self.index.any_has(pattern, near)
        return put_off or any(blanks(self.segmented.quote(self.segmented.units[u])) for u in near)

    def _proposals(self, compiled: CompiledRequirement, criteria: Mapping[str, tuple[Hit, ...]]) -> dict[str, Proposal]:
        """What the second voice proposes, but where the unit plainly binds somebody else, nobody, or is left blank.

        What another article says best may be said well enough beside the other criteria: there it is read first.
        """
        everywhere = self._propose(compiled, criteria)
        articles = {self.segmented.units[h.unit].article for hits in criteria.values() for h in hits if h.binding}
        articles |= {p.article for p in everywhere.values() if p.probability >= ABOUT}
        if all(p.article in articles for p in everywhere.values()):
            return everywhere
        beside = {c: p for c, p in self._propose(compiled, criteria, articles).items() if p.probability >= BESIDE}
        return everywhere | beside

    def _propose(
        self, compiled: CompiledRequirement, criteria: Mapping[str, tuple[Hit, ...]], articles: Collection[int] | None = None
    ) -> dict[str, Proposal]:
        if self._speaker is None or self._reading is None:
            return {}
        framed = {c for c, hits in criteria.items() if any(h.binding for h in hits)}
        found = propose(self._reading, compiled.requirement, self._speaker.fusions, framed, self._nearness(compiled), articles)
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
