"""A finding laid out for a page: its quotes numbered, each tied to the criteria and weakenings it shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from clausecheck.assessment.model import CriterionResult, Evidence, Finding, WeakeningResult
from clausecheck.reporting.highlight import Citation
from clausecheck.reporting.view import SEVERITY_LABELS, ReportView, gist, kind_words, telling
from clausecheck.reporting.wording import Chunk, Wording
from clausecheck.vocabulary import Severity, Status

QUOTES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the contract. ``number``: from 1, as the card lists them; ``shows``: criteria and weakenings, by id; ``gist``: in French."""

    number: int
    evidence: Evidence
    anchor: str
    shows: tuple[str, ...]
    kinds: tuple[str, ...]
    gist: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """A finding and its quotes, most telling first; ``met`` of the ``needed`` required criteria are met; ``proposal``: the clause."""

    finding: Finding
    quotes: tuple[Quote, ...]
    met: int
    needed: int
    proposal: tuple[Chunk, ...]

    @classmethod
    def of(cls, finding: Finding, wording: Wording) -> "Card":
        """Lay out ``finding``."""
        quotes = tuple(_quote(finding, i, rank) for rank, i in enumerate(telling(finding), start=1))
        needed = [c for c in finding.criteria if c.required]
        return cls(finding, quotes, sum(c.met for c in needed), len(needed), wording.of(finding))

    @property
    def first(self) -> tuple[Quote, ...]:
        """The quotes shown at once."""
        return self.quotes[:QUOTES_SHOWN]

    @property
    def others(self) -> tuple[Quote, ...]:
        """The quotes shown on demand."""
        return self.quotes[QUOTES_SHOWN:]

    @property
    def gap(self) -> str:
        """What separates the finding from «conforme», in a few words; nothing where nothing could be concluded."""
        if self.finding.status is Status.NON_CONCLUANT:
            return ""
        if self.met < self.needed:
            return f"manque {self.needed - self.met} sur {self.needed}"
        return ", ".join(dict.fromkeys(kind_words(w.kind) for w in self.finding.weakenings))

    def quotes_of(self, shown: CriterionResult | WeakeningResult) -> tuple[Quote, ...]:
        """Return the quotes that show a criterion or a weakening."""
        return tuple(q for q in self.quotes if shown.id in q.shows)


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the page: findings that call for the same thing."""

    key: str
    title: str
    icon: str
    cards: tuple[Card, ...]


def groups(view: ReportView) -> list[Group]:
    """Return the sections of the page, in the order of decision; those without finding too, for their count."""
    wording = Wording(view.report)
    of = {s: tuple(f for f in view.open if f.severity is s) for s in SEVERITY_LABELS}
    sections = [
        ("bloque", "Ce qui bloque", "▲", of[Severity.BLOQUANTE]),
        ("negocier", "À négocier", "◆", of[Severity.MAJEURE]),
        ("signaler", "À signaler", "●", of[Severity.MINEURE]),
        ("non-concluant", "Non concluant", "?", view.unclear),
        ("conforme", "Conforme", "✔", view.fine),
        ("sans-objet", "Sans objet", "–", view.pointless),
    ]
    return [Group(key, title, icon, tuple(Card.of(f, wording) for f in findings)) for key, title, icon, findings in sections]


def leading(sections: Sequence[Group], room: int) -> list[tuple[Group, tuple[Card, ...]]]:
    """Return the sections to read first, with the cards of each that the head of the page has ``room`` for.

    What blocks, else what could not be concluded; then what is to negotiate and to note, as far as there is room.
    """
    by_key = {section.key: section for section in sections if section.cards}
    first = next((key for key in ("bloque", "non-concluant") if key in by_key), "")
    told = []
    for section in (by_key[key] for key in (first, "negocier", "signaler") if key in by_key):
        if room > 0:
            told.append((section, section.cards[:room]))
        room -= len(section.cards) + 1  # its title takes a line too
    return told


def citations(view: ReportView, document: int) -> list[Citation]:
    """Return the evidence found in one document, with the findings it serves."""
    shown = (f for f in view.ordered if f.status is not Status.SANS_OBJET)
    return [
        Citation(f.requirement.id, evidence, _kinds(f, i))
        for f in shown
        for i, evidence in enumerate(f.evidence)
        if evidence.document == document
    ]


def _quote(finding: Finding, index: int, number: int) -> Quote:
    evidence = finding.evidence[index]
    shown: tuple[CriterionResult | WeakeningResult, ...] = (*finding.criteria, *finding.weakenings)
    citation = Citation(finding.requirement.id, evidence, _kinds(finding, index))
    return Quote(number, evidence, citation.anchor, tuple(s.id for s in shown if index in s.evidence), citation.kinds, gist(finding, index))


def _kinds(finding: Finding, index: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w.kind for w in finding.weakenings if index in w.evidence))
