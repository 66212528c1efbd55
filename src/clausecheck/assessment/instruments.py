"""Instruments incorporated by reference, and the derogations that take some of their articles away (rules R07, R08, R20, R28)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clausecheck.assessment.context import compiled
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.patterns import Pattern
from clausecheck.catalogue.schema import ByReference, Instrument
from clausecheck.detection.index import UnitIndex
from clausecheck.segmentation.model import Force, Segmented

_DEROGATION = re.compile(
    r"(?:dérog\w*|derog\w*)[^.;]{0,60}?\barticles?\s+(?P<numbers>\d[\d.]*(?:\s*(?:,|et|à|-|/)\s*\d[\d.]*)*)"
    r"[^.;]{0,60}?\b(?:CCAG|cahier des clauses administratives g[ée]n[ée]rales)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Incorporated:
    """An instrument that applies. ``units``: where the dossier says so; ``derogated``: numbers of its articles set aside."""

    instrument: Instrument
    units: tuple[int, ...]
    derogated: frozenset[str]

    def supplies(self, rule: ByReference) -> bool:
        """Tell whether what ``rule`` rests on survives the derogations: an article goes with its parents, not its children."""
        return not any(_within(article, gone) for article in rule.articles for gone in self.derogated)


def _within(article: str, derogated: str) -> bool:
    return article == derogated or article.startswith(f"{derogated}.")


class InstrumentReader:
    """Finds the instruments of the catalogue in one dossier."""

    def __init__(self, segmented: Segmented, index: UnitIndex, lexicon: Lexicon) -> None:
        self._segmented = segmented
        self._index = index
        self._lexicon = lexicon

    def read(self, instruments: Iterable[Instrument]) -> Mapping[str, Incorporated]:
        """Return the instruments validly incorporated, by id; an obsolete one is left out (rule R07, 5)."""
        derogated = self._derogated()
        found = {}
        for instrument in instruments:
            units = self._incorporating(instrument)
            if units and not instrument.obsolete:
                found[instrument.id] = Incorporated(instrument, tuple(units[:3]), derogated)
        return found

    def obsolete(self, instruments: Iterable[Instrument]) -> list[tuple[Instrument, int]]:
        """Return the obsolete instruments cited as applicable, with the unit that says so."""
        cited = ((i, self._incorporating(i)) for i in instruments if i.obsolete)
        return [(instrument, units[0]) for instrument, units in cited if units]

    def _incorporating(self, instrument: Instrument) -> list[int]:
        named = self._units(instrument.names)
        if instrument.versions:
            versions = self._units(instrument.versions)
            named = {u for u in named if u in versions or u + 1 in versions}
        barred = self._units(instrument.none)
        wanted = [compiled(source, self._lexicon) for source in instrument.incorporates]
        return sorted(u for u in named - barred if any(self._says(p, u) for p in wanted))

    def _says(self, pattern: Pattern, unit: int) -> bool:
        """Tell whether the unit, its neighbour above or its headings hold an incorporating word."""
        article = self._segmented.units[unit].article
        near = [u for u in (unit, unit - 1, unit + 1) if 0 <= u < len(self._segmented.units)]
        near = [u for u in near if self._segmented.units[u].article == article]
        return any(self._index.matches(pattern, u) for u in near) or article in self._index.titled(pattern)

    def _units(self, sources: Iterable[str]) -> set[int]:
        patterns = [compiled(source, self._lexicon) for source in sources]
        found = {u for p in patterns for u in self._index.candidates(p) if self._index.matches(p, u)}
        return {u for u in found if self._segmented.units[u].force is not Force.OUTSIDE}

    def _derogated(self) -> frozenset[str]:
        numbers: set[str] = set()
        for number, document in enumerate(self._segmented.documents):
            if any(u.document == number and u.force is Force.OUTSIDE for u in self._segmented.units[:1]):
                continue
            for match in _DEROGATION.finditer(document.text):
                numbers.update(_NUMBER.findall(match.group("numbers")))
        return frozenset(numbers)
