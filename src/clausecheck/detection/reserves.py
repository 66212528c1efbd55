"""Words by which a clause takes back what it grants: an exception, a price, a faculty, the holder's consent."""

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.patterns import Pattern
from clausecheck.detection.index import UnitIndex

EVERY_KIND = "toutes"
"""Key of the turns that spare every kind of weakening."""


class Reserves:
    """Looks for reserves in the units of one dossier.

    A word of reserve proves nothing alone (an exception may be the law's, a price that of the contract): it confirms what the second
    voice already fears of the sentence. Words inside a turn that spares («sans frais», «sauf accord de l'acheteur») do not count.
    """

    def __init__(self, lexicon: Lexicon, index: UnitIndex) -> None:
        self._said = lexicon.reserves
        self._plain = lexicon.plain
        self._spared = lexicon.spared
        self._index = index

    def show(self, kind: str, unit: int) -> bool:
        """Tell whether ``unit`` holds a word of reserve of ``kind`` that nothing spares."""
        return self._found(self._said.get(kind), kind, unit)

    def state(self, kind: str, unit: int) -> bool:
        """Tell whether ``unit`` states a reserve of ``kind`` in so many words."""
        return self._found(self._plain.get(kind), kind, unit)

    def _found(self, pattern: Pattern | None, kind: str, unit: int) -> bool:
        if pattern is None:
            return False
        spared = [m.span() for k in (kind, EVERY_KIND) if k in self._spared for m in self._index.matches(self._spared[k], unit)]
        return any(not any(start <= m.start() < end for start, end in spared) for m in self._index.matches(pattern, unit))
