"""Reads from the dossier which conditions of applicability hold, with the words that show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.patterns import Pattern, compile_pattern
from clausecheck.catalogue.schema import AppliesWhen, ContextFlag, ContextRule
from clausecheck.detection.index import UnitIndex
from clausecheck.segmentation.model import Segmented

OBJECT_UNITS = 15
TITLES = 10
SHOWN = 3
_OBJECT_TITLES = (
    "objet [du | de | et] [marche | accord cadre | contrat | consultation | prestations | service]"
    " | presentation (marche | generale | projet) | description [des | generale] (prestations | marche | service)"
)


@dataclass(frozen=True, slots=True)
class ContextFact:
    """A flag as read or set.

    ``units``: where it shows; ``sure``: False where only probable; ``given``: set by the user; ``text``: what it says, in French.
    """

    flag: str
    value: bool
    units: tuple[int, ...] = ()
    sure: bool = True
    given: bool = False
    text: str = ""


Context = Mapping[str, ContextFact]


class ContextReader:
    """Evaluates the flags of the catalogue on one dossier."""

    def __init__(self, segmented: Segmented, index: UnitIndex, lexicon: Lexicon) -> None:
        self._segmented = segmented
        self._index = index
        self._lexicon = lexicon
        self._titles = self._first_titles()
        self._object = self._object_units()

    def read(self, flags: Iterable[ContextFlag], given: Mapping[str, bool]) -> dict[str, ContextFact]:
        """Return every flag; those of ``given`` are taken as they are."""
        facts: dict[str, ContextFact] = {}
        for flag in flags:
            fact = ContextFact(flag.id, given[flag.id], given=True) if flag.id in given else self._flag(flag, facts)
            facts[flag.id] = replace(fact, text=flag.text)
        return facts

    def _flag(self, flag: ContextFlag, facts: Mapping[str, ContextFact]) -> ContextFact:
        if _any_holds(flag.unless_flags, facts) or any(self._excludes(rule, flag) for rule in flag.unless):
            return ContextFact(flag.id, value=False)
        implied = _any_holds(flag.implied_by, facts)
        if implied is not None:
            return ContextFact(flag.id, value=True, units=implied.units, sure=implied.sure)
        for rule in flag.rules:
            units = self._holds(rule)
            if units:
                return ContextFact(flag.id, value=True, units=tuple(units[:SHOWN]), sure=rule.sure)
        presumed = _any_holds(flag.presumed_by, {name: fact for name, fact in facts.items() if fact.sure})
        if presumed is not None:
            return ContextFact(flag.id, value=True, units=presumed.units, sure=False)
        return ContextFact(flag.id, value=not flag.rules and flag.id == "toujours")

    def _excludes(self, rule: ContextRule, flag: ContextFlag) -> bool:
        """Tell whether an exclusion is stated, and coherent with the rest of the contract."""
        if not self._holds(rule):
            return False
        if rule.outweighed_by is None:
            return True
        return len({u for shown in flag.rules for u in self._holds(shown)}) < rule.outweighed_by

    def _holds(self, rule: ContextRule) -> list[int]:
        """Return the units that show ``rule``, none when fewer than its minimum do."""
        patterns = [self._compiled(source) for source in rule.patterns]
        barred = [self._compiled(source) for source in rule.none]
        found = sorted({u for p in patterns for u in self._found(p, rule.zone)})
        found = [u for u in found if not any(self._index.has(p, u) for p in barred)]
        return found if len(found) >= rule.min else []

    def _found(self, pattern: Pattern, zone: str) -> set[int]:
        if zone == "titres":
            return self._under_titles(pattern)
        units = set(self._index.units(pattern))
        if zone == "objet":
            return (units & self._object) | self._under_titles(pattern)
        return units

    def _under_titles(self, pattern: Pattern) -> set[int]:
        """First unit of each opening article whose headings match."""
        groups = self._segmented.by_article
        titled = (a for a in self._index.titled(pattern) & self._titles if groups[a])
        return {groups[a][0] for a in titled}

    def _first_titles(self) -> frozenset[int]:
        """The first headings of each document: its title and its opening articles."""
        chosen: dict[int, list[int]] = {}
        for article in self._segmented.articles:
            chosen.setdefault(article.document, []).append(article.index)
        return frozenset(a for articles in chosen.values() for a in articles[:TITLES])

    def _object_units(self) -> frozenset[int]:
        titled = self._index.titled(self._compiled(_OBJECT_TITLES))
        chosen = {u for a in titled for u in self._segmented.by_article[a]}
        counts: dict[int, int] = {}
        for unit in self._segmented.units:
            counts[unit.document] = counts.get(unit.document, 0) + 1
            if counts[unit.document] <= OBJECT_UNITS:
                chosen.add(unit.index)
        return frozenset(chosen)

    def _compiled(self, source: str) -> Pattern:
        return compiled(source, self._lexicon)


def _any_holds(flags: Iterable[str], facts: Mapping[str, ContextFact]) -> ContextFact | None:
    """Return the first of ``flags`` that holds, None when none does."""
    return next((fact for flag in flags if (fact := facts.get(flag)) is not None and fact.value), None)


_CACHE: dict[tuple[int, str], Pattern] = {}


def compiled(source: str, lexicon: Lexicon) -> Pattern:
    """Compile ``source`` once for each lexicon."""
    key = (id(lexicon), source)
    if key not in _CACHE:
        _CACHE[key] = compile_pattern(source, lexicon.families)
    return _CACHE[key]


def applies(when: AppliesWhen, context: Context) -> tuple[bool, bool]:
    """Return (applies, sure): ``all`` and ``any`` add up; unsure where it rests on a probable flag only."""
    needed = [context.get(flag) for flag in when.all]
    if any(fact is None or not fact.value for fact in needed):
        return False, True
    alternatives = [fact for flag in when.any if (fact := context.get(flag)) is not None and fact.value]
    if when.any and not alternatives:
        return False, True
    sure = all(f is not None and f.sure for f in needed) and (not when.any or any(f.sure for f in alternatives))
    return True, sure
