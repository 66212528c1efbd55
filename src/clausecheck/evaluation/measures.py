"""How far verdicts agree with labels.

Unit: a requirement of a dossier whose label is sure. Status: macro-F1 over conforme, affaiblie, absente. Criteria: micro-F1 of those
said to be met. Stipulated: F1 of conforme or affaiblie against absente. Evidence: share of the requirements rightly found stipulated for
which a quote shares half of the word trigrams of the shorter of it and a quote of the label. Applicability: accuracy of sans_objet
against the rest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clausecheck.assessment.model import Finding
from clausecheck.document.normalized import words
from clausecheck.evaluation.labels import Label
from clausecheck.vocabulary import Status

STIPULATED = ("conforme", "affaiblie")
JUDGED = (*STIPULATED, "absente")
SANS_OBJET = Status.SANS_OBJET.value


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found for a requirement, beside its label."""

    dossier: str
    requirement: str
    label: Label
    status: str
    criteria: frozenset[str]
    quotes: tuple[str, ...]
    confidence: float

    @classmethod
    def of(cls, dossier: str, label: Label, finding: Finding) -> "Verdict":
        """Pair a finding with its label; a contradicted clause counts as weakened."""
        status = Status.AFFAIBLIE if finding.status is Status.CONTREDITE else finding.status
        met = frozenset(c.id for c in finding.criteria if c.met)
        quotes = tuple(e.quote for e in finding.evidence)
        return cls(dossier, finding.requirement.id, label, status.value, met, quotes, finding.confidence)

    @property
    def right(self) -> bool:
        """Whether the status is the label's."""
        return self.status == self.label.status


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures, each 0 to 1 (None where nothing bears on it); ``confusion`` counts (label, found)."""

    judged: int
    macro_f1: float | None
    criteria: float | None
    criteria_precision: float | None
    criteria_recall: float | None
    stipulated: float | None
    evidence: float | None
    applicability: float | None
    confusion: dict[tuple[str, str], int]


def measure(verdicts: Iterable[Verdict]) -> Measures:
    """Measure ``verdicts``; what is labelled as unsure is left out."""
    sure = [v for v in verdicts if v.label.sure]
    judged = [v for v in sure if v.label.status != SANS_OBJET]
    both = sum(len(v.label.criteria & v.criteria) for v in judged)
    found, labelled = sum(len(v.criteria) for v in judged), sum(len(v.label.criteria) for v in judged)
    cited = [v for v in judged if v.label.status in STIPULATED and v.label.quotes and v.status in STIPULATED]
    return Measures(
        judged=len(judged),
        macro_f1=_macro_f1(judged),
        criteria=_ratio(2 * both, found + labelled),
        criteria_precision=_ratio(both, found),
        criteria_recall=_ratio(both, labelled),
        stipulated=_f1(judged, STIPULATED),
        evidence=_ratio(sum(_shown(v) for v in cited), len(cited)),
        applicability=_ratio(sum((v.label.status == SANS_OBJET) == (v.status == SANS_OBJET) for v in sure), len(sure)),
        confusion=dict(sorted(Counter((v.label.status, v.status) for v in judged).items())),
    )


def _macro_f1(verdicts: Sequence[Verdict]) -> float | None:
    scores = [f1 for status in JUDGED if (f1 := _f1(verdicts, (status,))) is not None]
    return _ratio(sum(scores), len(scores))


def _f1(verdicts: Sequence[Verdict], statuses: tuple[str, ...]) -> float | None:
    labelled = sum(v.label.status in statuses for v in verdicts)
    found = sum(v.status in statuses for v in verdicts)
    both = sum(v.label.status in statuses and v.status in statuses for v in verdicts)
    return _ratio(2 * both, labelled + found)


def _shown(verdict: Verdict) -> bool:
    return any(overlap(found, label) for found in verdict.quotes for label in verdict.label.quotes)


def overlap(one: str, other: str) -> bool:
    """Tell whether two quotes share at least half of the word trigrams of the shorter."""
    first, second = _trigrams(one), _trigrams(other)
    return bool(first and second) and 2 * len(first & second) >= min(len(first), len(second))


def _trigrams(text: str) -> set[tuple[str, ...]]:
    found = tuple(word for word, _, _ in words(text, keep_all=True))
    return {found[i : i + 3] for i in range(max(1, len(found) - 2))} if found else set()


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Verdicts of one status announced at one confidence: how many, and how many are right."""

    status: str
    confidence: float
    right: int
    count: int


def reliability(verdicts: Iterable[Verdict]) -> list[Bin]:
    """Return the reliability table, by status then confidence (after Murphy and Winkler, 1977)."""
    counts: Counter[tuple[str, float]] = Counter()
    right: Counter[tuple[str, float]] = Counter()
    for verdict in verdicts:
        if verdict.label.sure:
            key = (verdict.status, verdict.confidence)
            counts[key] += 1
            right[key] += verdict.right
    return [Bin(*key, right[key], counts[key]) for key in sorted(counts)]
