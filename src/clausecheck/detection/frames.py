"""Applies frames to units: what is said, where, by whom, how strongly."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clausecheck.catalogue.patterns import Pattern
from clausecheck.detection.blanks import blanks
from clausecheck.detection.compiled import Frame
from clausecheck.detection.index import UnitIndex
from clausecheck.detection.places import EVERYWHERE, Marks
from clausecheck.detection.qualifiers import Qualification, Qualifier
from clausecheck.detection.quantities import Duration, durations
from clausecheck.segmentation.model import Force, Segmented, Unit
from clausecheck.vocabulary import Actor

WINDOW = 2
ARTICLE_LIMIT = 60
_NEGATION = re.compile(r"(?:n|ne|ni|aucun\w*|sans|jamais)\b")
BLANK_REACH = 40
"""Characters around a match within which a blank bears on it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A frame found.

    ``unit``: where its action stands; ``units``: every unit that carries a part of it; ``blank``: a field left to fill.
    """

    unit: int
    units: tuple[int, ...]
    start: int
    end: int
    qualification: Qualification
    blank: bool
    frame: Frame

    @property
    def binding(self) -> bool:
        """True where the wording obliges: not an option, not blank."""
        return not self.blank and not (self.qualification.option and self.frame.spec.force == "duty")


class FrameMatcher:
    """Evaluates frames on one dossier."""

    def __init__(self, segmented: Segmented, index: UnitIndex, qualifier: Qualifier) -> None:
        self._segmented = segmented
        self._index = index
        self._qualifier = qualifier
        self._durations: dict[int, list[Duration]] = {}

    def hits(self, frames: Iterable[Frame], within: Marks = EVERYWHERE) -> list[Hit]:
        """Return the hits of ``frames`` whose action stands in the units of ``within``, in reading order."""
        if not within:
            return []
        literals = self._index.literals
        found = [hit for frame in frames if frame.required <= literals for hit in self._hits(frame, within)]
        return sorted(found, key=lambda h: (h.unit, h.start, h.end))

    def _hits(self, frame: Frame, within: Marks) -> Iterator[Hit]:
        for number in self._index.candidates(frame.anchor, frame.others, within, together=frame.spec.scope == "phrase"):
            unit = self._segmented.units[number]
            if unit.force is not Force.OPERATIVE or unit.language not in frame.languages:
                continue
            hit = self._hit(frame, unit)
            if hit is not None:
                yield hit

    def _hit(self, frame: Frame, unit: Unit) -> Hit | None:
        scope = self._scope(frame, unit) if frame.others else ()
        supports: list[tuple[int, Pattern]] = []
        for other in frame.others:
            place = self._support(other, unit, scope)
            if place is None:
                return None
            supports.append((place, other))
        units = tuple(dict.fromkeys([unit.index, *(u for u, _ in supports)]))
        if self._ruled_out(frame, unit, self._index.marks(units)):
            return None
        blank = any(self._blank_near(u, self._last(p, u)) for u, p in supports if self._blanks(u))
        for anchor in self._index.matches(frame.anchor, unit.index):
            if self._only_lead(unit, anchor, supports):
                continue
            hit = self._qualified(frame, unit, anchor, units, blank=blank or self._blank_near(unit.index, anchor))
            if hit is not None:
                return hit
        return None

    def denies(self, frames: Iterable[Frame], number: int) -> bool:
        """Tell whether a unit has all the words of a frame and, among those that rule it out, a negation: it says the contrary."""
        return any(
            all(self._index.has(p, number) for p in (frame.anchor, *frame.others))
            and any(_NEGATION.match(m.group()) for p in frame.none for m in self._index.matches(p, number))
            for frame in frames
        )

    def nearness(self, frames: Iterable[Frame], number: int) -> float:
        """Return how much of the nearest frame stands around a unit: 0 none of its elements, 1 all of them.

        A frame all but one of whose elements stand there was considered and found wanting: the detail is lacking. Where no element
        stands, the passage is worded otherwise, and the frames have nothing to say.
        """
        unit = self._segmented.units[number]
        around = self._index.marks(u for u in self._segmented.by_article[unit.article] if abs(u - number) <= 1)
        shares = (self._share(frame, around) for frame in frames)
        return max(shares, default=0.0)

    def _share(self, frame: Frame, around: Marks) -> float:
        patterns = (frame.anchor, *frame.others)
        return sum(self._index.stands(p, around) for p in patterns) / len(patterns)

    def _scope(self, frame: Frame, unit: Unit) -> tuple[int, ...]:
        """Other units in which a part of the frame may stand, nearest first."""
        if frame.spec.scope == "phrase":
            return ()
        reach = WINDOW if frame.spec.scope == "fenetre" else ARTICLE_LIMIT
        article = self._article(unit) if frame.spec.scope == "article" else self._segmented.by_article[unit.article]
        near = [u for u in article if u != unit.index and abs(u - unit.index) <= reach]
        near = [u for u in near if self._segmented.units[u].force is Force.OPERATIVE]
        return tuple(sorted(near, key=lambda u: abs(u - unit.index)))

    def _article(self, unit: Unit) -> list[int]:
        """Units of the article of ``unit`` and of those under it: «4.1» goes on in «4.1.1»."""
        articles = self._segmented.articles
        own = articles[unit.article]
        found = list(self._segmented.by_article[own.index])
        for below in articles[own.index + 1 :]:
            if below.document != own.document or not own.titles or below.titles[: len(own.titles)] != own.titles:
                break
            found.extend(self._segmented.by_article[below.index])
        return found

    def _support(self, pattern: Pattern, unit: Unit, scope: tuple[int, ...]) -> int | None:
        return next((number for number in (unit.index, *scope) if self._index.has(pattern, number)), None)

    def _last(self, pattern: Pattern, number: int) -> re.Match[str]:
        return self._index.matches(pattern, number)[-1]

    def _ruled_out(self, frame: Frame, unit: Unit, units: Marks) -> bool:
        if any(self._index.stands(pattern, units) for pattern in frame.none):
            return True
        return bool(frame.topic) and not any(unit.article in self._index.articles(pattern) for pattern in frame.topic)

    def _only_lead(self, unit: Unit, anchor: re.Match[str], supports: list[tuple[int, Pattern]]) -> bool:
        """A hit wholly inside the lead-in belongs to the lead-in, not to each item under it."""
        if anchor.end() > unit.own_from:
            return False
        return all(self._last(p, u).end() <= unit.own_from for u, p in supports if u == unit.index)

    def _qualified(self, frame: Frame, unit: Unit, anchor: re.Match[str], units: tuple[int, ...], *, blank: bool) -> Hit | None:
        qualification = self._qualifier.qualify(unit, anchor.start(), anchor.end())
        if not _debtor_fits(frame, qualification) or not _polarity_fits(frame, qualification):
            return None
        if frame.delay is not None and not frame.delay(self._nearest_duration(unit, anchor, units)):
            return None
        return Hit(unit.index, units, anchor.start(), anchor.end(), qualification, blank, frame)

    def _blank_near(self, number: int, match: re.Match[str]) -> bool:
        """A field left to fill spoils what stands beside it, not the whole of a long sentence."""
        if not self._blanks(number):
            return False
        unit = self._segmented.units[number]
        place = unit.text.to_source(match.start(), match.end())
        return any(
            place.start - BLANK_REACH < unit.span.start + end and unit.span.start + start < place.end + BLANK_REACH
            for start, end in self._blanks(number)
        )

    def _blanks(self, number: int) -> tuple[tuple[int, int], ...]:
        """Fields left to fill in a unit, offsets in its own words."""
        return blanks(self._segmented.quote(self._segmented.units[number]))

    def _nearest_duration(self, unit: Unit, anchor: re.Match[str], units: tuple[int, ...]) -> Duration | None:
        """The delay nearest the action in its unit, otherwise the first one of the other units of the hit."""
        place = unit.text.to_source(anchor.start(), anchor.end())
        here = self.durations(unit.index)
        if here:
            return min(here, key=lambda d: max(place.start - d.end, d.start - place.end, 0))
        others = [d for u in units if u != unit.index for d in self.durations(u)]
        return others[0] if others else None

    def durations(self, number: int) -> list[Duration]:
        """Durations of a unit (its lead-in included), offsets in its document."""
        found = self._durations.get(number)
        if found is None:
            unit = self._segmented.units[number]
            first = unit.text.sources[0].start if unit.own_from else unit.span.start
            start = first if 0 <= unit.span.start - first < 2000 else unit.span.start
            text = self._segmented.documents[unit.document].text[start : unit.span.end]
            # Between a lead-in and its item stand the other items: their delays are not this one's.
            lead_end = start + len(text) if not unit.own_from else self._lead_end(unit)
            shifted = (Duration(d.hours, d.start + start, d.end + start, d.working) for d in durations(text))
            found = [d for d in shifted if d.start >= unit.span.start or d.end <= lead_end]
            self._durations[number] = found
        return found

    def _lead_end(self, unit: Unit) -> int:
        lead = self._segmented.units[unit.lead] if unit.lead is not None else unit
        return lead.span.end


def _debtor_fits(frame: Frame, qualification: Qualification) -> bool:
    wanted = frame.spec.debtor
    if wanted == "tous":
        return True
    if wanted == "acheteur":
        return qualification.debtor in {Actor.BUYER, Actor.BOTH}
    return qualification.debtor is not Actor.BUYER


def _polarity_fits(frame: Frame, qualification: Qualification) -> bool:
    return qualification.prohibition if frame.spec.negated else not qualification.negated
