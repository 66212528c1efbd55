"""What the second voice proposes on a dossier: for each criterion a probability, and the unit that says it.

Scores of passages are fused by a logistic regression over a few features of the best passage (its own score, that of its window, whether
its article is about the requirement, what its neighbours say), after Platt (1999). Two passes: in the second, a criterion is read in
the light of the others of its requirement in the same article.
"""

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from clausecheck.catalogue.schema import Requirement
from clausecheck.detection.voice import WEAKENED, Voice, default_folder, kind_label, load_voice
from clausecheck.segmentation.model import Force, Segmented, Unit
from clausecheck.vocabulary import Language

if TYPE_CHECKING:
    import numpy as np

Peaks: TypeAlias = "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]"

FUSION = "fusion.json"
SUBJECTS = 4
"""Passages on the subject of a requirement that are worth showing, beside those that carry its criteria."""
SHORTEST = 6
"""Words from which a lead-in says something by itself."""
ABOUT_SUBJECT = -0.2
"""Score from which a unit speaks of the subject."""
PLAINLY = 0.5
"""Score from which a unit plainly speaks of a requirement (on labelled dossiers, no true weakening stands where another is heard so)."""
SILENCE = -1.0
"""Score of a subject where nothing can be heard."""
UNHEARD = -0.2
"""Score, of the unit or its window, below which nothing of a requirement is heard there."""
FIRST = ("unit", "window", "subject_there", "subject_article", "neighbours", "subject", "best_subject", "required")
WEAK = ("unit", "window", "subject_there", "criterion_there", "other_weakening_there", "kind_unit", "kind_window", "weakened_unit")
SECOND = (*FIRST, "first", "peers_mean", "peers_min", "nearness", "heard")


@dataclass(frozen=True, slots=True)
class Fusion:
    """A logistic regression: ``weights`` in the order of its features, then the intercept."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability that the label holds."""
        total = self.intercept + sum(w * x for w, x in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A label proposed: how probable, and the unit that says it best.

    ``heard``: the score of the label there, mean of the unit and of its window; ``confirmed``: words of the lexicon there say the same.
    """

    probability: float
    unit: int
    article: int
    heard: float = 0.0
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """A model and its fusions, ready to read dossiers."""

    voice: Voice
    fusions: Mapping[str, Fusion]


def load_speaker(folder: Path | None = None) -> Speaker | None:
    """Load the model that ships, or None where it is missing: the rules then judge alone."""
    chosen = folder or default_folder()
    voice = load_voice(chosen)
    return Speaker(voice, load_fusion(chosen)) if voice is not None else None


def load_fusion(folder: Path) -> Mapping[str, Fusion]:
    """Load the fusions of a model's folder, by name («first», «second», «weak»)."""
    raw = json.loads((folder / FUSION).read_text(encoding="utf-8"))
    return {name: Fusion(tuple(f["weights"]), f["intercept"]) for name, f in raw["fusions"].items()}


class Reading:
    """The voice's scores on one dossier, computed once for every requirement."""

    def __init__(self, segmented: Segmented, voice: Voice) -> None:
        self._segmented = segmented
        self._voice = voice
        self._columns = {label: i for i, label in enumerate(voice.labels)}
        self.units = [u.index for u in segmented.units if u.force is Force.OPERATIVE and _understood(u, voice)]
        self._positions = {number: position for position, number in enumerate(self.units)}
        self._article_scores: dict[int, np.ndarray[Any, Any]] = {}

    @cached_property
    def unit_scores(self) -> "np.ndarray[Any, Any]":
        """One row an operative unit."""
        return self._voice.scores([self._segmented.units[u].text.tokens for u in self.units])

    @cached_property
    def window_scores(self) -> "np.ndarray[Any, Any]":
        """One row an operative unit: it and its neighbours in the same article."""
        return self._voice.scores([self._window(i) for i in range(len(self.units))])

    @cached_property
    def articles(self) -> "np.ndarray[Any, Any]":
        """Article of each operative unit."""
        import numpy as np

        return np.array([self._segmented.units[u].article for u in self.units])

    @cached_property
    def _of_article(self) -> Mapping[int, list[int]]:
        """Positions of the units of each article."""
        found: dict[int, list[int]] = {}
        for position, number in enumerate(self.units):
            found.setdefault(self._segmented.units[number].article, []).append(position)
        return found

    def _window(self, position: int) -> tuple[str, ...]:
        article = self._segmented.units[self.units[position]].article
        near = range(max(0, position - 1), min(len(self.units), position + 2))
        units = (self._segmented.units[self.units[i]] for i in near)
        return tuple(token for u in units if u.article == article for token in u.text.tokens)

    def column(self, label: str) -> int | None:
        """Return the column of a label, None where the model was not taught it."""
        return self._columns.get(label)

    def subject(self, requirement: Requirement) -> list[int]:
        """Return the units that speak of the requirement, what speaks of it best first."""
        star = self.column(f"{requirement.id}/*")
        if star is None or not self.units:
            return []
        scores = self.unit_scores[:, star]
        ranked = (int(i) for i in scores.argsort(kind="stable")[::-1] if scores[i] > ABOUT_SUBJECT)
        return [self.units[i] for i in ranked if self._says_something(self.units[i])][:SUBJECTS]

    def loudest(self, requirement: Requirement) -> float:
        """Return how plainly the dossier speaks of the requirement where it does most."""
        star = self.column(f"{requirement.id}/*")
        return float(self.window_scores[:, star].max()) if star is not None and self.units else SILENCE

    def _says_something(self, number: int) -> bool:
        """A bare lead-in («Solde du contrat :») shows a reader nothing."""
        unit = self._segmented.units[number]
        return len(unit.text.tokens) >= SHORTEST or not self._segmented.quote(unit).rstrip().endswith(":")

    def elsewhere(self, requirement: Requirement, number: int) -> bool:
        """Tell whether a unit plainly speaks of another requirement while nothing of this one is heard in it or beside it."""
        own, other = self._heard(requirement, number)
        return own < UNHEARD and other > PLAINLY

    def foremost(self, requirement: Requirement, number: int) -> bool:
        """Tell whether a requirement is heard in a unit or beside it, and no other more plainly in the unit itself."""
        own, other = self._heard(requirement, number)
        return own >= max(0.0, other)

    def _heard(self, requirement: Requirement, number: int) -> tuple[float, float]:
        """How well a requirement is heard in a unit or beside it, and how well the best of the others in the unit itself."""
        position = self._positions.get(number)
        own = self._own.get(requirement.id, [])
        if position is None or not own:
            return 0.0, 0.0
        others = [k for subject, k in self._subjects.items() if subject != requirement.id]
        heard = max(self.unit_scores[position, own].max(), self.window_scores[position, own].max())
        return float(heard), float(self.unit_scores[position, others].max())

    @cached_property
    def _own(self) -> Mapping[str, list[int]]:
        """Columns of each requirement."""
        own: dict[str, list[int]] = {}
        for label, column in self._columns.items():
            own.setdefault(label.partition("/")[0], []).append(column)
        return own

    @cached_property
    def _subjects(self) -> Mapping[str, int]:
        """Column of the subject of each requirement."""
        return {label.removesuffix("/*"): column for label, column in self._columns.items() if label.endswith("/*")}

    @cached_property
    def _everywhere(self) -> Peaks:
        return self._peaks(list(range(len(self.units))))

    def _peaks(self, rows: list[int]) -> Peaks:
        """Of each label, the score of the best unit among ``rows``, and the position of the best window."""
        import numpy as np

        return self.unit_scores[rows].max(axis=0), np.array(rows)[self.window_scores[rows].argmax(axis=0)]

    def _rows(self, articles: Collection[int]) -> list[int]:
        """Positions of the units of ``articles``."""
        return sorted(position for article in articles for position in self._of_article.get(article, ()))

    def _in_article(self, article: int) -> "np.ndarray[Any, Any]":
        """Of each label, the score of the best window of an article."""
        found = self._article_scores.get(article)
        if found is None:
            found = self.window_scores[self._of_article[article]].max(axis=0)
            self._article_scores[article] = found
        return found

    def features(self, requirement: Requirement, articles: Collection[int] | None = None) -> dict[str, tuple[list[float], Proposal]]:
        """Return, for each criterion the model knows, its first-pass features and its best place (probability not yet known).

        ``articles``: where to look, everywhere if None.
        """
        star = self.column(f"{requirement.id}/*")
        columns = {c.id: k for c in requirement.criteria if (k := self.column(f"{requirement.id}/{c.id}")) is not None}
        rows = self._rows(articles) if articles is not None else self.units
        if star is None or not rows:
            return {}
        peaks = self._everywhere if articles is None else self._peaks(rows)
        required = {c.id for c in requirement.criteria if c.required}
        return {
            c: self._criterion(k, star, [x for x in columns.values() if x != k], peaks, required=c in required) for c, k in columns.items()
        }

    def _criterion(self, column: int, star: int, others: list[int], peaks: Peaks, *, required: bool) -> tuple[list[float], Proposal]:
        windows = self.window_scores
        highest, best_windows = peaks
        best = int(best_windows[column])
        article = int(self.articles[best])
        same = self._in_article(article)
        features = [
            float(highest[column]),
            float(windows[best, column]),
            float(windows[best, star]),
            float(same[star]),
            float(same[others].mean()) if others else -1.0,
            float(highest[star]),
            float(windows[best_windows[star], column]),
            float(required),
        ]
        return features, self._place(best, column)

    def _place(self, position: int, column: int) -> Proposal:
        """The unit of the window that says it best (its probability not yet known)."""
        near = [
            i for i in (position - 1, position, position + 1) if 0 <= i < len(self.units) and self.articles[i] == self.articles[position]
        ]
        best = max(near, key=lambda i: float(self.unit_scores[i, column]))
        heard = float(self.unit_scores[best, column] + self.window_scores[position, column]) / 2
        return Proposal(0.0, self.units[best], int(self.articles[position]), heard)

    def weak_features(self, requirement: Requirement, articles: Collection[int]) -> dict[str, tuple[list[float], Proposal]]:
        """Return, for each weakening the model knows, the features of its best place among ``articles``."""
        star = self.column(f"{requirement.id}/*")
        columns = {w: k for w in requirement.weakened_when if (k := self.column(f"{requirement.id}/{w.id}")) is not None}
        criteria = [k for c in requirement.criteria if (k := self.column(f"{requirement.id}/{c.id}")) is not None]
        rows = self._rows(articles)
        if star is None or not rows or not criteria:
            return {}
        return {w.id: self._weakening(k, w.kind, star, criteria, [x for x in columns.values() if x != k], rows) for w, k in columns.items()}

    def _weakening(
        self, column: int, kind: str, star: int, criteria: list[int], others: list[int], rows: list[int]
    ) -> tuple[list[float], Proposal]:
        units, windows = self.unit_scores, self.window_scores
        kinds = self._columns.get(kind_label(kind), column)
        best = int(rows[int((windows[rows, column] + 0.5 * units[rows, kinds]).argmax())])
        features = [
            float(units[rows, column].max()),
            float(windows[best, column]),
            float(windows[best, star]),
            float(windows[best, criteria].max()),
            float(windows[best, others].max()) if others else -1.0,
            float(units[rows, kinds].max()),
            float(windows[best, kinds]),
            float(units[best, self._columns[WEAKENED]]),
        ]
        return features, self._place(best, column)


def _understood(unit: Unit, voice: Voice) -> bool:
    """A unit too poor in common words for its language to be told is read like the rest of its piece."""
    return unit.language is Language.OTHER or unit.language.value in voice.languages


def weaken(reading: Reading, requirement: Requirement, fusions: Mapping[str, Fusion], articles: Collection[int]) -> dict[str, Proposal]:
    """Return a proposal for each weakening, read in ``articles`` only: those in which the requirement is stipulated."""
    found = reading.weak_features(requirement, articles)
    return {w: replace(place, probability=fusions["weak"].probability(f)) for w, (f, place) in found.items()}


def propose(
    reading: Reading,
    requirement: Requirement,
    fusions: Mapping[str, Fusion],
    framed: Collection[str],
    nearness: Callable[[str, int], float],
    articles: Collection[int] | None = None,
) -> dict[str, Proposal]:
    """Return a proposal for each criterion, read in ``articles`` or everywhere.

    ``framed``: criteria that a frame already found; ``nearness``: how near the frames of a criterion come to a unit (0 to 1).
    """
    raw = reading.features(requirement, articles)
    required = {c.id for c in requirement.criteria if c.required}
    first = {c: fusions["first"].probability(features) for c, (features, _) in raw.items()}
    believed = {c: 1.0 if c in framed else p for c, p in first.items()}
    proposals = {}
    for criterion, (features, place) in raw.items():
        extra = second_features(criterion, first[criterion], believed, required, nearness(criterion, place.unit), place.heard)
        probability = fusions["second"].probability([*features, *extra])
        proposals[criterion] = replace(place, probability=probability)
    return proposals


def second_features(
    criterion: str, first: float, believed: Mapping[str, float], required: Collection[str], nearness: float, heard: float
) -> list[float]:
    """Return what the second pass adds.

    The first answer, what is believed of the other required criteria, the frames' nearness, and how well the passage itself says it.
    """
    peers = [p for c, p in believed.items() if c != criterion and c in required] or [0.5]
    return [first, sum(peers) / len(peers), min(peers), nearness, heard]
