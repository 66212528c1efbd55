"""Reads the order of precedence from the text of the pieces: lists, «X prévaut sur Y», conditions set aside, the CCAG's default."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausecheck.assessment.instruments import Incorporated
from clausecheck.assessment.naming import Named, annex_numbers, arabic, leading_annex, named
from clausecheck.assessment.precedence import Order, Precedence, RankedPiece, fate_of_conditions, ranks_of
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.patterns import Pattern
from clausecheck.detection.index import UnitIndex
from clausecheck.segmentation.model import Force, Segmented, Unit
from clausecheck.segmentation.pieces import Piece

LIST_LENGTH = 40
"""Units after the announcement in which its list is read."""
GAP = 2
"""Units without a piece that do not yet end a list."""
ITEM_WORDS = 2
"""Words that may come before the piece in a line that carries no bullet."""
JOINED = 2
"""Words between two pieces that are one subject."""
CCAG = "ccag"
CONDITIONS = "cgv"
BOOKS = frozenset({"ae", "ccap", "cctp", "ccp"})
"""Pieces in which «les présentes clauses» may speak of a part only."""
HERE = "presente"
ANNEXES = frozenset({"dpa", "pas", "annexe"})


_Listed = tuple[int, tuple[RankedPiece, ...]]
"""The unit that announces a list, and its pieces."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a list: the pieces it names, whether it takes their annexes along."""

    unit: int
    names: tuple[Named, ...]
    annexes: bool


class OrderReader:
    """Reads the precedence of one dossier. ``pieces``: what each document is."""

    def __init__(self, segmented: Segmented, index: UnitIndex, lexicon: Lexicon, pieces: Sequence[Piece]) -> None:
        self._segmented = segmented
        self._index = index
        self._lexicon = lexicon
        self._kinds = [piece.kind.kind if piece.kind else None for piece in pieces]
        self._usual = [piece.kind.rank if piece.kind else 5 for piece in pieces]
        self._binding = [i for i, piece in enumerate(pieces) if piece.binds]
        self._annexes = _annex_documents(segmented)

    def read(self, instruments: Mapping[str, Incorporated]) -> Precedence:
        """Return the order of the pieces: the contract's own lists, what it says of single pieces, else the CCAG's order."""
        lists = self._lists()
        default = [] if lists else self._default(instruments.values())
        orders = [Order(ranks_of(pieces), unit) for unit, pieces in [*lists, *default]]
        orders += self._statements()
        excluded = self._excluded()
        orders += self._below_all(excluded[:1])
        main = next((pieces for _, pieces in [*lists, *default]), ())
        conditions = frozenset(i for i in self._binding if self._kinds[i] == CONDITIONS)
        return Precedence(
            pieces=tuple(sorted(main, key=lambda piece: piece.rank)),
            basis="clause" if lists else "ccag" if default else None,
            units=tuple(dict.fromkeys(o.unit for o in orders if o.unit is not None)),
            orders=tuple(orders),
            over_annexes=any(self._over_annexes(self._segmented.units[u]) for u in self._said("prime", "prime_exclu")),
            conditions=fate_of_conditions(orders, conditions, excluded=bool(excluded)),
        )

    # Lists

    def _lists(self) -> list[_Listed]:
        """Every ranked list, with its announcement; that of the piece that usually prevails first."""
        said = sorted(self._said("ordre", "ordre_exclu"), key=lambda u: (self._usual[self._segmented.units[u].document], u))
        return [(u, pieces) for u in said if len(pieces := self._list(u)) > 1]

    def _list(self, number: int) -> tuple[RankedPiece, ...]:
        unit = self._segmented.units[number]
        lines = self._lines(number)
        names = self._named(unit)
        if len(lines) < 2:
            lines = [_Line(number, (name,), annexes=False) for name in names if name.piece.spec.kind != CCAG or len(names) > 2]
        else:
            lines = [*self._first_line(unit, names), *lines]
        return self._ranked(lines)

    def _first_line(self, unit: Unit, names: Sequence[Named]) -> list[_Line]:
        """A first item run on after the announcement: «… est le suivant : 1° l’acte d’engagement»."""
        end = self._matches("ordre", unit)[-1].end()
        first = tuple(n for n in names if n.start >= end and n.piece.spec.kind != CCAG)
        return [_Line(unit.index, first, bool(self._matches("annexes", unit)))] if first else []

    def _lines(self, number: int) -> list[_Line]:
        """The items after the announcement, in its article and those under it."""
        units = self._segmented.units
        titles = self._segmented.articles[units[number].article].titles
        lines: list[_Line] = []
        blank = 0
        for unit in units[number + 1 : number + 1 + LIST_LENGTH]:
            above = self._segmented.articles[unit.article].titles
            if unit.document != units[number].document or above[: len(titles)] != titles or blank > GAP:
                break
            bulleted = bool(lines) and units[lines[0].unit].lead is not None
            line = None if bulleted and unit.lead is None else self._line(unit)
            blank = 0 if line else blank + bool(lines) + (unit.lead is None)
            lines += [line] if line else []
        return lines

    def _line(self, unit: Unit) -> _Line | None:
        names = self._named(unit)
        numbers = annex_numbers(self._segmented.quote(unit))
        if not (names or numbers) or self._matches("prime", unit):
            return None
        if names and unit.lead is None and unit.text.text[unit.own_from : names[0].start].count(" ") > ITEM_WORDS:
            return None
        return _Line(unit.index, tuple(names), bool(self._matches("annexes", unit)))

    def _ranked(self, lines: Sequence[_Line]) -> tuple[RankedPiece, ...]:
        """Number the lines; a kind already ranked is not ranked again (an offer «annexée au CCAP» is no second CCAP)."""
        ranked: list[RankedPiece] = []
        seen: set[str] = set()
        rank = 0
        for line in lines:
            named = [n for n in line.names if n is line.names[0] or not _here(n)]
            fresh = {n.piece.spec.kind: n for n in reversed(named) if n.piece.spec.kind not in seen}
            if named and named[0] not in fresh.values():
                continue
            rank += 1
            seen.update(fresh.keys() - ANNEXES)
            annexes = self._numbered_annexes(rank, line)
            ranked += [self._ranked_piece(rank, line, name) for name in reversed(fresh.values()) if not (annexes and _annexed(name))]
            ranked += annexes
        return (*ranked, *self._their_annexes(lines, ranked))

    def _ranked_piece(self, rank: int, line: _Line, name: Named) -> RankedPiece:
        unit = self._segmented.units[line.unit]
        shown = self._segmented.documents[unit.document].quote(unit.text.to_source(name.start, name.end))
        spec = name.piece.spec
        return RankedPiece(rank, spec.kind, shown if _here(name) else spec.name, self._documents(name, unit), line.unit)

    def _numbered_annexes(self, rank: int, line: _Line) -> list[RankedPiece]:
        """Annexes cited by number, with the document that holds each."""
        numbers = dict.fromkeys(n for n, _ in annex_numbers(self._segmented.quote(self._segmented.units[line.unit])))
        held = {n: (self._annexes[arabic(n)],) if arabic(n) in self._annexes else () for n in numbers}
        return [RankedPiece(rank, "annexe", f"Annexe {n}", documents, line.unit) for n, documents in held.items()]

    def _their_annexes(self, lines: Sequence[_Line], ranked: Sequence[RankedPiece]) -> list[RankedPiece]:
        """«Le CCAP et ses annexes»: annexes not ranked otherwise go with the only piece said to have some."""
        owners = [line for line in lines if line.annexes]
        known = {d for piece in ranked for d in piece.documents}
        loose = tuple(i for i in self._binding if self._kinds[i] in ANNEXES and i not in known)
        rank = next((p.rank for p in ranked if len(owners) == 1 and p.unit == owners[0].unit), None)
        return [RankedPiece(rank, "annexe", "Ses annexes", loose, owners[0].unit)] if rank is not None and loose else []

    # Statements about single pieces

    def _statements(self) -> list[Order]:
        """«L’annexe 1 prévaut sur toute autre stipulation», «les présentes conditions prévalent»."""
        listed = set(self._said("ordre", "ordre_exclu"))
        found = (self._statement(self._segmented.units[u]) for u in self._said("prime", "prime_exclu") if u not in listed)
        return [order for order in found if order is not None and len(set(order.ranks.values())) > 1]

    def _statement(self, unit: Unit) -> Order | None:
        verb = self._matches("prime", unit)[-1]
        names = self._named(unit)
        before = [n for n in names if n.end <= verb.start()]
        after = [n for n in names if n.start >= verb.end()]
        if any(m.start() < verb.start() for m in self._matches("presentes", unit)):
            return self._over({unit.document}, set(self._binding), unit, claim=True) if self._kinds[unit.document] not in BOOKS else None
        if not before:
            return self._over_conditions(after, unit)
        if self._over_annexes(unit):
            upper = {d for n in before for d in self._documents(n, unit)}
            return self._over(upper, {i for i in self._binding if self._kinds[i] in ANNEXES}, unit, claim=False)
        subjects = _coordinated(before, unit.text.text)
        subject = {d for n in subjects for d in self._documents(n, unit)}
        if self._all_others(unit, verb.end()):
            lower = set(self._binding)
        else:
            lower = {d for n in after or before[: -len(subjects)] for d in self._documents(n, unit)}
        return self._over(subject, lower, unit, claim=subject == {unit.document}) if subject else None

    def _over_conditions(self, after: Sequence[Named], unit: Unit) -> Order | None:
        """«Les stipulations du marché prévalent sur les conditions générales»: on these, whatever prevails is the rest of the contract."""
        lower = {d for n in after if n.piece.spec.kind == CONDITIONS for d in self._documents(n, unit)}
        return self._over(set(self._binding) - lower, lower, unit, claim=False) if lower and unit.document not in lower else None

    def _over_annexes(self, unit: Unit) -> bool:
        """«Le CCAP et le CCTP prévalent sur leurs annexes»."""
        verb = self._matches("prime", unit)[-1]
        names = self._named(unit)
        objects = any(m.start() >= verb.start() for m in self._matches("annexes", unit))
        return objects and any(n.end <= verb.start() for n in names) and not any(n.start >= verb.end() for n in names)

    def _all_others(self, unit: Unit, end: int) -> bool:
        """Tell whether what follows the verb is «toute autre pièce», or nothing («en cas de contradiction, le CCAP prévaut»)."""
        following = unit.text.text[end:].split()[:3]
        return any(m.start() - end < 8 for m in self._matches("sur_tout", unit) if m.start() >= end) if following else False

    def _over(self, upper: set[int], lower: set[int], unit: Unit, *, claim: bool) -> Order:
        ranks = dict.fromkeys(sorted(lower - upper), 2) | dict.fromkeys(sorted(upper), 1)
        return Order(ranks, unit.index, special=not claim, claim=claim)

    def _excluded(self) -> list[int]:
        """Units that set the holder's conditions aside, said elsewhere than in those conditions."""
        units = self._segmented.units
        return [u for u in self._said("conditions_exclues") if self._kinds[units[u].document] != CONDITIONS]

    def _below_all(self, units: Iterable[int]) -> Iterator[Order]:
        conditions = [i for i in self._binding if self._kinds[i] == CONDITIONS]
        others = [i for i in self._binding if i not in conditions]
        for unit in units:
            if conditions and others:
                yield Order(dict.fromkeys(others, 1) | dict.fromkeys(conditions, 2), unit)

    def _default(self, instruments: Iterable[Incorporated]) -> list[_Listed]:
        """The order of an incorporated CCAG, unless its article is derogated from."""
        names = {c.spec.kind: c for c in self._lexicon.cited}
        for applied in instruments:
            instrument = applied.instrument
            if instrument.precedence and applied.stands(instrument.precedence_article):
                pieces = [names[kind] for kind in instrument.precedence]
                held = [tuple(i for i in self._binding if self._kinds[i] in p.kinds) for p in pieces]
                ranked = enumerate(zip(pieces, held, strict=True), 1)
                return [(applied.units[0], tuple(RankedPiece(r, p.spec.kind, p.spec.name, d) for r, (p, d) in ranked))]
        return []

    # Words

    def _said(self, wanted: str, unwanted: str | None = None) -> list[int]:
        """Units whose own words match ``wanted`` and not ``unwanted``, in pieces that bind."""
        pattern = self._lexicon.dossier[wanted]
        barred = self._lexicon.dossier[unwanted] if unwanted else None
        units = self._segmented.units
        found = (u for u in self._index.units(pattern) if units[u].force is not Force.OUTSIDE and self._own(pattern, units[u]))
        return sorted(u for u in found if barred is None or not self._index.has(barred, u))

    def _own(self, pattern: Pattern, unit: Unit) -> list[re.Match[str]]:
        return [m for m in self._index.matches(pattern, unit.index) if m.end() > unit.own_from]

    def _matches(self, motif: str, unit: Unit) -> list[re.Match[str]]:
        return self._own(self._lexicon.dossier[motif], unit)

    def _named(self, unit: Unit) -> list[Named]:
        """Pieces that ``unit`` names in its own words, but those that another is annexed to."""
        names = named(unit.text, self._segmented.quote(unit), unit.span.start, self._lexicon.cited)
        return [n for n in names if n.end > unit.own_from and not self._annexed_to(n, unit)]

    def _annexed_to(self, name: Named, unit: Unit) -> bool:
        """«Le mémoire annexé au CCAP»: the word just before, with no comma between, says that something is annexed to the piece."""
        before = [m for m in self._matches("annexe", unit) if m.end() + 1 == name.start]
        if not before:
            return False
        end, start = (unit.text.to_source(*span) for span in (before[-1].span(), (name.start, name.end)))
        between = self._segmented.documents[unit.document].text[end.end : start.start]
        return between.replace(" ", "").isalpha()

    def _documents(self, name: Named, unit: Unit) -> tuple[int, ...]:
        if _here(name):
            return (unit.document,)
        for kind in name.piece.kinds:
            held = tuple(i for i in self._binding if self._kinds[i] == kind)
            if held:
                return held
        return ()


def _coordinated(names: Sequence[Named], words: str) -> list[Named]:
    """The last names, joined by a word or two («le CCAP et le CCTP»): the subject of the verb that follows."""
    kept = [names[-1]]
    for name in reversed(names[:-1]):
        apart = words[name.end : kept[0].start].split()
        if len(apart) > JOINED or name.piece.spec.kind in {n.piece.spec.kind for n in kept}:
            break
        kept.insert(0, name)
    return kept


def _here(name: Named) -> bool:
    return name.piece.spec.kind == HERE


def _annexed(name: Named) -> bool:
    return name.piece.spec.kind in ANNEXES


def _annex_documents(segmented: Segmented) -> dict[str, int]:
    """Number of an annex → the document whose title says so."""
    found: dict[str, int] = {}
    for article in segmented.articles:
        number = leading_annex(article.title)
        if number is not None:
            found.setdefault(number, article.document)
    return found
