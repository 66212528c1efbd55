"""Instruments incorporated by reference, and the derogations that take some of their articles away (rules R07, R08, R20, R28)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clausecheck.assessment.context import compiled
from clausecheck.assessment.derogations import Derogation, within
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.patterns import Pattern
from clausecheck.catalogue.schema import ByReference, Instrument
from clausecheck.detection.blanks import blanks
from clausecheck.detection.index import UnitIndex
from clausecheck.segmentation.model import Force, Segmented


@dataclass(frozen=True, slots=True)
class Incorporated:
    """An instrument that applies. ``units``: where the dossier says so; ``derogations``: those made to its articles."""

    instrument: Instrument
    units: tuple[int, ...]
    derogations: tuple[Derogation, ...] = ()

    def supplies(self, rule: ByReference) -> bool:
        """Tell whether what ``rule`` rests on survives the derogations."""
        return all(self.stands(article) for article in rule.articles)

    def stands(self, article: str) -> bool:
        """Tell whether ``article`` applies: it goes with its parents, not with its children."""
        return not any(within(article, d.article) for d in self.derogations)

    def lost(self, rule: ByReference) -> Derogation | None:
        """Return the derogation that takes away what ``rule`` rests on."""
        return next((d for d in self.derogations for article in rule.articles if within(article, d.article)), None)


class InstrumentReader:
    """Finds the instruments of the catalogue in one dossier."""

    def __init__(self, segmented: Segmented, index: UnitIndex, lexicon: Lexicon) -> None:
        self._segmented = segmented
        self._index = index
        self._lexicon = lexicon

    def read(self, instruments: Iterable[Instrument], derogations: Sequence[Derogation] = ()) -> dict[str, Incorporated]:
        """Return the instruments validly incorporated, by id; an obsolete one is left out (rule R07, 5)."""
        found = {}
        for instrument in instruments:
            units = self._incorporating(instrument)
            if units and not instrument.obsolete:
                found[instrument.id] = Incorporated(instrument, tuple(units[:3]), tuple(derogations) if instrument.precedence else ())
        return found

    def obsolete(self, instruments: Iterable[Instrument]) -> list[tuple[Instrument, int]]:
        """Return the obsolete instruments cited as applicable, with the unit that says so."""
        cited = ((i, self._incorporating(i)) for i in instruments if i.obsolete)
        return [(instrument, units[0]) for instrument, units in cited if units]

    def incomplete(self, instruments: Iterable[Instrument]) -> list[tuple[Instrument, int]]:
        """Return the instruments made applicable whose annexes stand nowhere in the dossier, with the unit that says so (R07, 3)."""
        cited = ((i, self._incorporating(i)) for i in instruments if not self._complete(i))
        return [(instrument, units[0]) for instrument, units in cited if units]

    def _complete(self, instrument: Instrument) -> bool:
        patterns = [compiled(source, self._lexicon) for source in instrument.annexes]
        return not patterns or any(self._units([p.source]) or self._index.titled(p) for p in patterns)

    def undated(self, instruments: Iterable[Instrument]) -> tuple[Instrument, int] | None:
        """Return an instrument made applicable without its version, where no version of it is cited anywhere."""
        dated = [i for i in instruments if i.versions]
        if any(self._incorporating(i) for i in dated):
            return None
        bare = ((i, self._incorporating(i, dated=False)) for i in dated)
        return next(((instrument, units[0]) for instrument, units in bare if units), None)

    def _incorporating(self, instrument: Instrument, *, dated: bool = True) -> list[int]:
        named = self._units(instrument.names)
        if instrument.versions and dated:
            versions = self._units(instrument.versions)
            named = {u for u in named if u in versions or u + 1 in versions}
        barred = self._units(instrument.none)
        wanted = [compiled(source, self._lexicon) for source in instrument.incorporates]
        found = sorted(u for u in named - barred if any(self._says(p, u) for p in wanted))
        return sorted(found, key=lambda u: not self._named_itself(instrument, u))

    def _named_itself(self, instrument: Instrument, number: int) -> bool:
        """Tell whether the unit names it, rather than the lead-in of its list: «par dérogation au CCAG, les pièces sont : …»."""
        unit = self._segmented.units[number]
        patterns = (compiled(source, self._lexicon) for source in instrument.names)
        return any(p.regex.search(unit.text.text, unit.own_from) for p in patterns)

    def _says(self, pattern: Pattern, unit: int) -> bool:
        """Tell whether the unit, its neighbour above or its headings hold an incorporating word."""
        article = self._segmented.units[unit].article
        near = [u for u in (unit, unit - 1, unit + 1) if 0 <= u < len(self._segmented.units)]
        near = [u for u in near if self._segmented.units[u].article == article]
        return self._index.any_has(pattern, near) or article in self._index.titled(pattern)

    def _units(self, sources: Iterable[str]) -> set[int]:
        patterns = [compiled(source, self._lexicon) for source in sources]
        found = {u for p in patterns for u in self._index.units(p)}
        return {u for u in found if self._segmented.units[u].force is not Force.OUTSIDE and not self._unticked(u)}

    def _unticked(self, unit: int) -> bool:
        """An option that nobody ticked incorporates nothing (rule R04)."""
        quote = self._segmented.quote(self._segmented.units[unit])
        return blanks(quote) == ((0, len(quote)),)
