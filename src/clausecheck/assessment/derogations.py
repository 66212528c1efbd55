"""Derogations to the CCAG: where they are made, where they are announced, and whether the two agree (R. 2112-3 CCP, rules R08, R28)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from clausecheck.assessment.context import compiled
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.schema import Instrument
from clausecheck.detection.index import UnitIndex
from clausecheck.document.normalized import NormalizedText
from clausecheck.segmentation.model import Force, Segmented, Unit

_NUMBERS = re.compile(r"\W*(?:n[°ºo]s?\s*)?(?P<run>\d[\d.]*(?:\s*(?:,|/|-|\bet\b|\bà\b|\bou\b)\s*(?:\w{3,8}\s+)?\d[\d.]*)*)")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Derogation:
    """One article of the CCAG set aside. ``article``: its number; ``unit``: where; ``announced``: in the recapitulative article.

    ``source``: number of the article of the contract that is said to derogate, where it is.
    """

    article: str
    unit: int
    announced: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Recap:
    """What the comparison of the recapitulative article with the text shows. ``present``: whether there is such an article at all."""

    present: bool
    unlisted: tuple[Derogation, ...] = ()
    unmade: tuple[Derogation, ...] = ()


@dataclass(frozen=True, slots=True)
class Misnumbered:
    """A derogation that speaks of what ``instrument`` deals with in other articles, ``treating`` (rule R28)."""

    derogation: Derogation
    instrument: Instrument
    treating: tuple[str, ...]


NO_RECAP = Recap(present=False)


def within(article: str, other: str) -> bool:
    """Tell whether ``article`` is ``other`` or stands under it: «5.2.3» within «5.2»."""
    return article == other or article.startswith(f"{other}.")


def compare(derogations: Sequence[Derogation], articles: Iterable[str], *, present: bool) -> Recap:
    """Compare what is made with what is announced. ``articles``: numbers of the contract's own articles.

    An announcement that names the article of the contract that derogates is honoured where that article exists: it need not say
    «par dérogation» again.
    """
    made = [d for d in derogations if not d.announced]
    announced = [d for d in derogations if d.announced]
    known = frozenset(articles)
    unlisted = [d for d in made if not any(_same(d, a) for a in announced)]
    unmade = [a for a in announced if a.source is not None and not honoured(a, known) and not any(_same(a, d) for d in made)]
    return Recap(present, _once(unlisted), _once(unmade))


def honoured(derogation: Derogation, articles: Collection[str]) -> bool:
    """Tell whether the recapitulative article names an article of the contract that is there: that one derogates, whatever its words."""
    return derogation.announced and derogation.source in articles


def own_articles(segmented: Segmented) -> frozenset[str]:
    """Return the numbers of the contract's own articles."""
    return frozenset(a.number.rstrip(".") for a in segmented.articles if a.number)


def _same(one: Derogation, other: Derogation) -> bool:
    return within(one.article, other.article) or within(other.article, one.article)


def _once(derogations: Iterable[Derogation]) -> tuple[Derogation, ...]:
    return tuple({d.article: d for d in reversed(list(derogations))}.values())[::-1]


def article_numbers(text: str) -> tuple[str, ...]:
    """Return the article numbers that ``text`` starts with: «14.1, 5.2 et 26 du CCAG», «16.1.1.1 et 2» (that is, 16.1.1.2)."""
    match = _NUMBERS.match(text)
    found: list[str] = []
    for number in _NUMBER.findall(match.group("run")) if match else ():
        deep = bool(found) and found[-1].count(".") > 1 and "." not in number and int(number) < 10
        found.append(f"{found[-1].rsplit('.', 1)[0]}.{number}" if deep else number)
    return tuple(found)


class DerogationReader:
    """Finds the derogations of one dossier."""

    def __init__(self, segmented: Segmented, index: UnitIndex, lexicon: Lexicon) -> None:
        self._segmented = segmented
        self._index = index
        self._lexicon = lexicon
        self._motifs = lexicon.dossier
        self._recap = index.titled(self._motifs["recapitulatif"])

    def read(self) -> tuple[Derogation, ...]:
        """Return every derogation, in reading order; nothing where no CCAG is named."""
        units = [u for u in self._segmented.units if u.force is not Force.OUTSIDE]
        if not any(self._has("ccag", u) for u in units):
            return ()
        found = [d for u in units for d in (self._announced(u) if u.article in self._recap else self._made(u))]
        return tuple(dict.fromkeys(found))

    def recap(self, derogations: Sequence[Derogation]) -> Recap:
        """Compare the derogations made with those announced."""
        return compare(derogations, own_articles(self._segmented), present=bool(self._recap))

    def misnumbered(self, derogations: Iterable[Derogation], instrument: Instrument) -> list[Misnumbered]:
        """Return the derogations that speak of what ``instrument`` deals with elsewhere."""
        found = []
        for derogation in (d for d in derogations if not d.announced):
            treating = self._treating(derogation, instrument)
            if treating and not any(within(derogation.article, a) or within(a, derogation.article) for a in treating):
                found.append(Misnumbered(derogation, instrument, treating))
        return found

    def _treating(self, derogation: Derogation, instrument: Instrument) -> tuple[str, ...]:
        article = self._segmented.articles[self._segmented.units[derogation.unit].article]
        title = NormalizedText.of(article.title).text
        for subject in instrument.subjects:
            patterns = [compiled(source, self._lexicon) for source in subject.words]
            if any(p.regex.search(title) or self._index.has(p, derogation.unit) for p in patterns):
                return subject.articles
        return ()

    def _made(self, unit: Unit) -> Iterator[Derogation]:
        if self._has("derogation_niee", unit) or not (self._has("ccag", unit) or self._bare(unit)):
            return
        for number in self._objects(unit):
            yield Derogation(number, unit.index)

    def _bare(self, unit: Unit) -> bool:
        """«Par dérogation à l’article 51» alone means the CCAG where no other text is named."""
        return not self._has("autres_textes", unit)

    def _announced(self, unit: Unit) -> Iterator[Derogation]:
        """A line of the recapitulative article: «L’article 6.2 déroge à l’article 14», a row, or «À l’article 14 par l’article 6.2»."""
        pairs = list(self._pairs(unit))
        if not pairs:
            objects, others = self._row(unit) if unit.row else self._line(unit)
            pairs = [(number, others[0] if others else None) for number in objects]
        for number, source in pairs:
            yield Derogation(number, unit.index, announced=True, source=source)

    def _pairs(self, unit: Unit) -> Iterator[tuple[str, str | None]]:
        """Each «article S déroge à l’article N» of a unit that may hold several: N with the last S before it."""
        mentions = self._places("article", unit)
        before = unit.span.start
        for end in self._places("derogation", unit):
            sources = [n for place in mentions if before < place < end for n in self._numbers(place, unit)]
            objects = self._numbers(end, unit)
            yield from ((number, sources[-1] if sources else None) for number in objects)
            before = end

    def _line(self, unit: Unit) -> tuple[list[str], list[str]]:
        """«À l’article 14 par l’article 6.2», under a lead-in that names the CCAG."""
        numbers = [n for place in self._places("article", unit) for n in self._numbers(place, unit)]
        return numbers[:1], numbers[1:]

    def _row(self, unit: Unit) -> tuple[list[str], list[str]]:
        """A row of a table: the cell that names the CCAG holds its article, else the last cell with a number does."""
        cells = self._segmented.quote(unit).split(" | ")
        numbered = [(cell, _NUMBER.findall(cell)) for cell in cells if _NUMBER.search(cell)]
        if not numbered:
            return [], []
        column = self._ccag_column(unit, len(cells))
        cell = cells[column] if column is not None and _NUMBER.search(cells[column]) else numbered[-1][0]
        return _NUMBER.findall(cell), [n for c, numbers in numbered if c is not cell for n in numbers]

    def _ccag_column(self, unit: Unit, width: int) -> int | None:
        """The column whose head names the CCAG, in the first row of the article with as many cells."""
        rows = (self._segmented.quote(self._segmented.units[u]).split(" | ") for u in self._segmented.by_article[unit.article])
        heads = next((cells for cells in rows if len(cells) == width), [])
        named = self._motifs["ccag"].regex
        return next((i for i, cell in enumerate(heads) if named.search(NormalizedText.of(cell).text)), None)

    def _objects(self, unit: Unit) -> list[str]:
        after = [n for place in self._places("derogation", unit) for n in self._numbers(place, unit)]
        return [*after, *self._numbers_inside("article_ecarte", unit)]

    def _places(self, motif: str, unit: Unit) -> list[int]:
        """Offsets in the document where each match of ``motif`` ends."""
        return [unit.text.to_source(m.start(), m.end()).end for m in self._matches(motif, unit)]

    def _numbers(self, place: int, unit: Unit) -> tuple[str, ...]:
        return article_numbers(self._segmented.documents[unit.document].text[place : unit.span.end])

    def _numbers_inside(self, motif: str, unit: Unit) -> list[str]:
        document = self._segmented.documents[unit.document]
        spans = [unit.text.to_source(m.start(), m.end()) for m in self._matches(motif, unit)]
        return [n for span in spans for n in _NUMBER.findall(document.quote(span))[:1]]

    def _matches(self, motif: str, unit: Unit) -> list[re.Match[str]]:
        return [m for m in self._index.matches(self._motifs[motif], unit.index) if m.end() > unit.own_from]

    def _has(self, motif: str, unit: Unit) -> bool:
        return self._index.has(self._motifs[motif], unit.index)
