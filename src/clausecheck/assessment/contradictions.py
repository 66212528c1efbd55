"""Stipulations of different pieces that contradict each other, settled by the order of the pieces (rule R01).

A higher piece that says the opposite deprives the lower one of effect; a lower piece takes nothing back. Where the text does not settle
it, both stand, and the finding is flagged.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from clausecheck.assessment.naming import is_annex_title
from clausecheck.assessment.precedence import Precedence
from clausecheck.catalogue.schema import Requirement, Weakening
from clausecheck.detection.detector import RequirementEvidence
from clausecheck.detection.frames import Hit
from clausecheck.detection.quantities import Duration
from clausecheck.segmentation.model import Segmented

Prevails = Callable[[int, int], bool | None]
"""(document, document) → whether the first prevails over the second, None where the text does not say."""
FAR = 60
"""Ratio from which two delays are not of the same thing."""
LONG = "W-DELAI-LONG"
VAGUE = "W-DELAI-VAGUE"
QUALIFYING = frozenset({"W-FACULTE", "W-HEDGE", "W-INVERSION", "W-EXCEPTION", "W-TACITE", "W-ACCORD-TIT", "W-CONDITION", "W-NEGATION"})
"""Kinds that qualify the duty itself; a cost, a cap or a narrower scope may complete a higher piece that is silent on it."""
DELAY_KINDS = frozenset({LONG, VAGUE})


@dataclass(frozen=True, slots=True)
class Clash:
    """Two units that contradict each other. ``upper``: the one that prevails, or just the first where ``settled`` is False.

    ``delays``: of the two, upper first, where both are dated; ``vague``: the lower one only is undated.
    """

    upper: int
    lower: int
    settled: bool
    delays: tuple[Duration, Duration] | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """What settling needs to know: ``document``, ``article``, ``durations``: of a unit; ``prevails``: between documents or parts."""

    document: Callable[[int], int]
    article: Callable[[int], int]
    prevails: Prevails
    durations: Callable[[int], Sequence[Duration]]


def dossier_of(segmented: Segmented, precedence: Precedence, durations: Callable[[int], Sequence[Duration]]) -> Dossier:
    """Return what settling needs. An annex bound in the file of another piece is a part of its own, numbered after the documents."""
    units, count = segmented.units, len(segmented.documents)
    annexed = annexed_articles(segmented)

    def part(unit: int) -> int:
        return units[unit].document + count * (units[unit].article in annexed)

    def prevails(first: int, second: int) -> bool | None:
        if first != second and first % count == second % count:
            return first < second if precedence.over_annexes else None
        return precedence.prevails(first % count, second % count)

    return Dossier(part, lambda unit: units[unit].article, prevails, durations)


def annexed_articles(segmented: Segmented) -> frozenset[int]:
    """Return the articles that stand in an annex at the end of a document that does not begin with one."""
    found: set[int] = set()
    inside: set[int] = set()
    begun: set[int] = set()
    for article in segmented.articles:
        if article.title and article.document in begun and is_annex_title(article.titles[0]):
            inside.add(article.document)
        begun |= {article.document} if article.title else set()
        found |= {article.index} if article.document in inside else set()
    return frozenset(found)


def settle(requirement: Requirement, found: RequirementEvidence, dossier: Dossier) -> tuple[RequirementEvidence, tuple[Clash, ...]]:
    """Return ``found`` without the stipulations that a higher piece deprives of effect, and the contradictions met."""
    criteria = {c: list(hits) for c, hits in found.criteria.items()}
    weakenings = {w: list(hits) for w, hits in found.weakenings.items()}
    clashes: list[Clash] = []
    for weakening in requirement.weakened_when:
        for hit in found.weakenings[weakening.id]:
            opposed = {c: _opposed(found.criteria[c], weakening, hit, dossier) for c in _bears_on(weakening, requirement)}
            clashes += _settle_one(weakening, hit, opposed, dossier, criteria, weakenings)
            if hit in weakenings[weakening.id]:
                clashes += _outranked(weakening, hit, requirement, found, dossier, weakenings)
    clashes += _differing(found, dossier)
    bare = {c for c, hits in found.criteria.items() if hits and not criteria[c]}
    void = {dossier.article(clash.lower) for clash in clashes if clash.settled}
    kept = replace(
        found,
        criteria={c: tuple(hits) for c, hits in criteria.items()},
        weakenings={w: tuple(hits) for w, hits in weakenings.items()},
        proposals={c: p for c, p in found.proposals.items() if c not in bare and not _denied(c, p.unit, requirement, weakenings, dossier)},
        doubts={w: p for w, p in found.doubts.items() if p.article not in void},
    )
    return kept, _distinct(clashes)


def _denied(criterion: str, unit: int, requirement: Requirement, weakenings: dict[str, list[Hit]], dossier: Dossier) -> bool:
    """Tell whether a higher piece says the opposite of what the second voice reads in ``unit``."""
    opposites = [w for w in requirement.weakened_when if w.contradicts and criterion in _bears_on(w, requirement)]
    return any(dossier.prevails(dossier.document(h.unit), dossier.document(unit)) for w in opposites for h in weakenings[w.id])


def _bears_on(weakening: Weakening, requirement: Requirement) -> tuple[str, ...]:
    """The criteria that a weakening takes back: those it defeats, all of them when it says the opposite or gives another delay."""
    if weakening.defeats:
        return weakening.defeats
    if weakening.contradicts or weakening.kind in DELAY_KINDS:
        return tuple(c.id for c in requirement.criteria)
    return ()


def _opposed(hits: Iterable[Hit], weakening: Weakening, hit: Hit, dossier: Dossier) -> list[Hit]:
    """Binding hits that ``hit`` takes back: in other pieces, or anywhere where it says the opposite; of delays, the dated ones."""
    here, article = dossier.document(hit.unit), dossier.article(hit.unit)
    elsewhere = [h for h in hits if h.binding and dossier.article(h.unit) != article]
    others = [h for h in elsewhere if weakening.contradicts or dossier.document(h.unit) != here]
    return (
        others if weakening.kind not in DELAY_KINDS else [h for h in others if h.frame.delay is not None and _comparable(h, hit, dossier)]
    )


def _comparable(one: Hit, other: Hit, dossier: Dossier) -> bool:
    """Two delays too far apart time different things: an intervention and a retention."""
    first, second = dossier.durations(one.unit), dossier.durations(other.unit)
    return not first or not second or max(first[0].hours, second[0].hours) <= FAR * min(first[0].hours, second[0].hours)


def _settle_one(
    weakening: Weakening,
    hit: Hit,
    opposed: dict[str, list[Hit]],
    dossier: Dossier,
    criteria: dict[str, list[Hit]],
    weakenings: dict[str, list[Hit]],
) -> list[Clash]:
    """Settle one weakening against what it takes back, in place."""
    here = dossier.document(hit.unit)
    clashes = []
    for criterion, others in opposed.items():
        for other in others:
            above = dossier.prevails(dossier.document(other.unit), here)
            if above and hit in weakenings[weakening.id]:
                weakenings[weakening.id].remove(hit)
            if above is False and _opposite(weakening) and other in criteria[criterion]:
                criteria[criterion].remove(other)
            if above or _opposite(weakening):
                pair = (hit, other) if above is False else (other, hit)
                clashes.append(_clash(*pair, settled=above is not None, kind=weakening.kind, dossier=dossier))
    return clashes


def _outranked(
    weakening: Weakening,
    hit: Hit,
    requirement: Requirement,
    found: RequirementEvidence,
    dossier: Dossier,
    weakenings: dict[str, list[Hit]],
) -> list[Clash]:
    """What higher pieces stipulate in full, a lower one cannot turn into an option, an effort or an exception."""
    here = dossier.document(hit.unit)
    above = [
        [h for h in found.criteria[c.id] if h.binding and dossier.prevails(dossier.document(h.unit), here)]
        for c in requirement.criteria
        if c.required and c.only_if is None
    ]
    if weakening.kind not in QUALIFYING or not above or not all(above):
        return []
    weakenings[weakening.id].remove(hit)
    return [Clash(above[0][0].unit, hit.unit, settled=True)]


def _opposite(weakening: Weakening) -> bool:
    """Tell whether it denies what the other stipulation gives, rather than qualify it."""
    return weakening.contradicts or weakening.kind == LONG


def _clash(upper: Hit, lower: Hit, *, settled: bool, kind: str, dossier: Dossier) -> Clash:
    delays = _delays(upper, lower, dossier) if kind in DELAY_KINDS else None
    return Clash(upper.unit, lower.unit, settled, delays, vague=kind == VAGUE and delays is None)


def _differing(found: RequirementEvidence, dossier: Dossier) -> list[Clash]:
    """Two pieces that give one delay each for the same duty (worded alike: the same frame), and not the same."""
    clashes = []
    for hits in found.criteria.values():
        timed = {dossier.document(h.unit): h for h in hits if h.binding and h.frame.delay is not None and len(_said(h, dossier)) == 1}
        ordered = list(timed.values())
        for i, first in enumerate(ordered):
            for second in ordered[i + 1 :]:
                if first.frame is second.frame and _said(first, dossier) != _said(second, dossier) and _comparable(first, second, dossier):
                    above = dossier.prevails(dossier.document(first.unit), dossier.document(second.unit))
                    pair = (second, first) if above is False else (first, second)
                    clashes.append(_clash(*pair, settled=above is not None, kind=LONG, dossier=dossier))
    return clashes


def _said(hit: Hit, dossier: Dossier) -> set[float]:
    return {d.hours for d in dossier.durations(hit.unit)}


def _delays(upper: Hit, lower: Hit, dossier: Dossier) -> tuple[Duration, Duration] | None:
    first, second = dossier.durations(upper.unit), dossier.durations(lower.unit)
    return (first[0], second[0]) if len(first) == 1 and len(second) == 1 and first[0].hours != second[0].hours else None


def _distinct(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """Each pair of units once."""
    return tuple({(c.upper, c.lower): c for c in clashes}.values())
