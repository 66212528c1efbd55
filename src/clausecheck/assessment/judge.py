"""Judges the requirements of the catalogue on one dossier."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from clausecheck.assessment.belief import Belief
from clausecheck.assessment.context import Context, applies
from clausecheck.assessment.dossier_rules import DossierRules
from clausecheck.assessment.evidence import EvidenceBook
from clausecheck.assessment.instruments import Incorporated
from clausecheck.assessment.model import CriterionResult, Finding, WeakeningResult
from clausecheck.assessment.reasons import reason
from clausecheck.assessment.status import Facts, decide
from clausecheck.catalogue.schema import Criterion, Requirement, Weakening
from clausecheck.detection.compiled import CompiledRequirement
from clausecheck.detection.detector import Detector, RequirementEvidence
from clausecheck.detection.frames import Hit
from clausecheck.vocabulary import Severity, Status

HITS_SHOWN = 3
QUOTES_ENOUGH = 4
LIKELY = 0.15
SILENT = -0.7
"""Score under which nothing in the dossier speaks of a subject."""
SEVERAL = 3
"""Faults from which «affaiblie» does not hang on a single reading."""
HEARD = 0.1
STIPULATED_CRITERIA = 2
"""Criteria that must be met for a requirement that does not apply to count as stipulated all the same: one may be chance."""


class Judge:
    """Turns what a dossier says into findings.

    ``conditions``: which ``only_if`` conditions hold; ``readable``: everything was read; ``understood``: some piece is in a language read.
    """

    def __init__(
        self,
        detector: Detector,
        context: Context,
        instruments: Mapping[str, Incorporated],
        conditions: Mapping[str, bool],
        rules: DossierRules,
        *,
        readable: bool = True,
        understood: bool = True,
    ) -> None:
        self._detector = detector
        self._context = context
        self._instruments = instruments
        self._conditions = conditions
        self._rules = rules
        self._readable = readable
        self._understood = understood
        self._languages = {d.language for d in detector.segmented.documents}

    def judge(self, compiled: CompiledRequirement) -> Finding:
        """Return the finding of one requirement."""
        requirement = compiled.requirement
        detected = self._detector.detect(compiled)
        found, clashes = self._rules.settle(requirement, detected)
        severity = severity_of(requirement, self._context)
        if not self._understood:
            return self._inconclusive(requirement, severity)
        applicable, sure = applies(requirement.applies_when, self._context)
        if not applicable and not self._stipulated_all_the_same(requirement, found):
            return self._not_applicable(requirement, severity)
        finding = self._assess(compiled, found, severity)
        if found.pointless and not any(c.met and not c.by_reference for c in finding.criteria):
            return self._not_applicable(requirement, severity, found)
        finding = self._rules.annotate(finding, detected, clashes)
        return finding if sure else _flag(finding, "applicabilite_incertaine")

    def _told(self, requirement: Requirement) -> Iterator[Criterion]:
        """The criteria that this dossier is judged on: some are only told apart in the language of its pieces."""
        return (c for c in requirement.criteria if c.language is None or c.language in self._languages)

    def _inconclusive(self, requirement: Requirement, severity: Severity) -> Finding:
        """No piece is in a language that is read: not even the field of the requirement can be told."""
        criteria = tuple(CriterionResult(c.id, c.text, c.required, met=False) for c in self._told(requirement))
        return Finding(requirement, severity, Status.NON_CONCLUANT, criteria, reason=reason(Status.NON_CONCLUANT, (), ()))

    def _stipulated_all_the_same(self, requirement: Requirement, found: RequirementEvidence) -> bool:
        """What does not apply but is stipulated is judged by what is there, unless the user said that it does not apply."""
        flags = (*requirement.applies_when.all, *requirement.applies_when.any)
        if any((fact := self._context.get(flag)) is not None and fact.given and not fact.value for flag in flags):
            return False
        met = [c for c, hits in found.criteria.items() if any(h.binding for h in hits)]
        if self._detector.has_model:
            # Out of its field a frame meets homonyms (an «audit» of fire doors): the second voice must hear the subject too.
            met = [c for c in met if c in found.proposals and found.proposals[c].probability >= HEARD]
        return len(met) >= STIPULATED_CRITERIA

    def _not_applicable(self, requirement: Requirement, severity: Severity, found: RequirementEvidence | None = None) -> Finding:
        book = EvidenceBook(self._detector.segmented)
        for _, hits in found.pointless if found else ():
            book.add(hits[:1])
        criteria = tuple(CriterionResult(c.id, c.text, c.required, met=False) for c in self._told(requirement))
        text = reason(Status.SANS_OBJET, (), ())
        cases = {case for case, _ in found.pointless} if found else set()
        named = [n.text for n in requirement.sans_objet_when if n.id in cases]
        return Finding(
            requirement,
            severity,
            Status.SANS_OBJET,
            criteria,
            evidence=book.items,
            confidence=0.85,
            reason=" ".join([text, *named]),
        )

    def _assess(self, compiled: CompiledRequirement, found: RequirementEvidence, severity: Severity) -> Finding:
        requirement = compiled.requirement
        book = EvidenceBook(self._detector.segmented)
        active = [w for w in requirement.weakened_when if found.weakenings[w.id]]
        defeated = {c for w in active for c in w.defeats}
        criteria = self._criteria(requirement, found, defeated, book)
        weakenings = tuple(WeakeningResult(w.id, w.kind, w.text, book.add(_best(found.weakenings[w.id]))) for w in active)
        status = self._status(found, criteria, active)
        self._quote_more(status, found, book)
        if status is Status.CONFORME:
            weakenings = self._doubts(requirement, found, book)
            status = Status.AFFAIBLIE if weakenings else status
        book.add(_best([h for hits in found.criteria.values() for h in hits if not h.binding])[:1])
        instrument = self._instrument_named(requirement, criteria)
        return Finding(
            requirement,
            severity,
            status,
            criteria,
            weakenings if status is not Status.CONFORME else (),
            book.items,
            review=self._review(found),
            by_reference=instrument is not None,
            confidence=confidence(status, criteria, found),
            reason=reason(status, criteria, weakenings, instrument),
        )

    @staticmethod
    def _quote_more(status: Status, found: RequirementEvidence, book: EvidenceBook) -> None:
        """Where few words carry the finding, show those that speak of its subject: the reader judges on the text."""
        if status is Status.ABSENTE or len(book.items) >= QUOTES_ENOUGH:
            return
        book.add(_best(found.presence))
        likely = sorted((p for p in found.proposals.values() if p.probability >= LIKELY), key=lambda p: -p.probability)
        book.add_units([p.unit for p in likely][: max(0, QUOTES_ENOUGH - len(book.items))])
        book.add_units(found.subject[: max(0, QUOTES_ENOUGH - len(book.items))])

    def _belief(self, requirement: Requirement, found: RequirementEvidence) -> Belief:
        units = self._detector.segmented.units
        return Belief(requirement, found, lambda unit: units[unit].article)

    def _doubts(self, requirement: Requirement, found: RequirementEvidence, book: EvidenceBook) -> tuple[WeakeningResult, ...]:
        """A finding about to be «conforme» is put to the doubts of the second voice: an unfounded «conforme» is the worst error."""
        belief = self._belief(requirement, found)
        doubts = ((w, found.doubts[w.id]) for w in requirement.weakened_when if w.id in found.doubts)
        doubtful = [(w, p) for w, p in doubts if belief.doubted(p)]
        if not doubtful:
            return ()
        weakening, proposal = max(doubtful, key=lambda pair: pair[1].probability)
        return (WeakeningResult(weakening.id, weakening.kind, weakening.text, book.add_units([proposal.unit])),)

    def _status(self, found: RequirementEvidence, criteria: Sequence[CriterionResult], active: Sequence[Weakening]) -> Status:
        met = frozenset(c.id for c in criteria if c.met and not c.deemed)
        missing = frozenset(c.id for c in criteria if c.required and not c.met)
        facts = Facts(
            stipulated=found.stipulated,
            met=met,
            missing=missing,
            weak=frozenset(w.id for w in active),
            contradicted=any(w.contradicts for w in active),
        )
        status = decide(facts)
        if status is Status.ABSENTE and not self._readable:
            return Status.NON_CONCLUANT
        return status

    def _criteria(
        self, requirement: Requirement, found: RequirementEvidence, defeated: set[str], book: EvidenceBook
    ) -> tuple[CriterionResult, ...]:
        results = []
        belief = self._belief(requirement, found)
        for criterion in self._told(requirement):
            hits = [h for h in found.criteria[criterion.id] if h.binding]
            if hits and criterion.id not in defeated:
                results.append(_result(criterion, book.add(_best(hits))))
            elif criterion.id not in defeated and belief.meets(criterion.id):
                results.append(_result(criterion, book.add_units([found.proposals[criterion.id].unit])))
            else:
                results.append(self._without_words(requirement, criterion, book))
        return _deem(results, requirement, self._conditions)

    def _without_words(self, requirement: Requirement, criterion: Criterion, book: EvidenceBook) -> CriterionResult:
        """No words of the dossier meet it: an incorporated instrument may."""
        for rule in requirement.by_reference:
            incorporated = self._instruments.get(rule.instrument)
            if incorporated and criterion.id in rule.covers and incorporated.supplies(rule):
                indices = book.add_units(incorporated.units[:1], incorporated.instrument.name)
                return CriterionResult(criterion.id, criterion.text, criterion.required, met=True, evidence=indices, by_reference=True)
        return CriterionResult(criterion.id, criterion.text, criterion.required, met=False)

    def _instrument_named(self, requirement: Requirement, criteria: Iterable[CriterionResult]) -> str | None:
        if not any(c.by_reference for c in criteria):
            return None
        names = [self._instruments[r.instrument].instrument.name for r in requirement.by_reference if r.instrument in self._instruments]
        return names[0] if names else None

    @staticmethod
    def _review(found: RequirementEvidence) -> tuple[str, ...]:
        hits = [h for group in found.criteria.values() for h in group]
        return ("champ_a_completer",) if any(h.blank for h in [*hits, *found.presence]) else ()


def severity_of(requirement: Requirement, context: Context) -> Severity:
    """Return the severity in this context (``severity_overrides``)."""

    def holds(flags: Iterable[str]) -> bool:
        return any((fact := context.get(flag)) is not None and fact.value for flag in flags)

    for override in requirement.severity_overrides:
        if (override.if_ and holds(override.if_)) or (override.unless and not holds(override.unless)):
            return override.severity
    return requirement.severity


def confidence(status: Status, criteria: Sequence[CriterionResult], found: RequirementEvidence) -> float:
    """Return how sure the status is: steps measured on the dossiers read, checked on the others (reliability table of docs/qualite.md)."""
    if status is Status.ABSENTE:
        likely = max((p.probability for p in found.proposals.values()), default=0.0)
        if likely < LIKELY / 4:
            return 0.95 if found.loudest < SILENT else 0.88
        return 0.75 if likely < LIKELY else 0.6
    framed = {c for c, hits in found.criteria.items() if any(h.binding for h in hits)}
    if status is Status.CONFORME:
        return 0.7 if all(c.id in framed for c in criteria if c.required) else 0.4
    faults = sum(c.required and not c.met for c in criteria) + sum(bool(hits) for hits in found.weakenings.values())
    if not framed:
        return 0.75
    return 0.85 if faults >= SEVERAL else 0.8


def _result(criterion: Criterion, indices: tuple[int, ...]) -> CriterionResult:
    return CriterionResult(criterion.id, criterion.text, criterion.required, met=True, evidence=indices)


def _deem(results: list[CriterionResult], requirement: Requirement, conditions: Mapping[str, bool]) -> tuple[CriterionResult, ...]:
    """A criterion whose ``only_if`` does not hold is deemed met, once the requirement is stipulated at all (rule R29)."""
    if not any(r.met for r in results):
        return tuple(results)
    conditional = {c.id: c.only_if for c in requirement.criteria if c.only_if}
    return tuple(
        CriterionResult(r.id, r.text, r.required, met=True, deemed=True)
        if not r.met and r.id in conditional and not conditions.get(conditional[r.id] or "", False)
        else r
        for r in results
    )


def _best(hits: Sequence[Hit]) -> list[Hit]:
    """The hits worth quoting: those that say most in one unit first, one for each unit."""
    ordered = sorted(hits, key=lambda h: (len(h.units), -len(h.frame.others), h.unit))
    return list({h.unit: h for h in ordered}.values())[:HITS_SHOWN]


def _flag(finding: Finding, flag: str) -> Finding:
    return replace(finding, review=(*finding.review, flag))
