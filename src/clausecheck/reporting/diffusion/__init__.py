"""The communicable version of a report: a function of the report, so that every form made from it is communicable.

Offers are secret before the award and hold trade secrets after it: the text of the holder's pieces gives way to places, marked passages,
names of persons and how to reach them are hidden, and the report lists what was.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from clausecheck.assessment.evidence import make_evidence
from clausecheck.assessment.model import DossierReport, Evidence, Finding, Reference
from clausecheck.assessment.places import shown_title
from clausecheck.catalogue.schema import DiffusionFile
from clausecheck.detection.quantities import durations
from clausecheck.document.model import Document, Problem
from clausecheck.document.normalized import NormalizedText
from clausecheck.reporting.diffusion.marks import Finder
from clausecheck.reporting.diffusion.plan import Plan, numbered
from clausecheck.reporting.diffusion.redaction import Shift, redact
from clausecheck.segmentation.model import Article, Segmented, Unit
from clausecheck.segmentation.party import Party
from clausecheck.vocabulary import Diffusion, Language

__all__ = ["communicable"]

_HIDDEN = "« [masqué] »"


def communicable(report: DossierReport, rules: DiffusionFile) -> DossierReport:
    """Return the version of ``report`` that may leave the buyer's services. ``rules``: the catalogue's list of marks."""
    return _Version(report, Finder.of(rules, report.segmented.documents)).report


@dataclass(frozen=True)
class _Version:
    """Builds the version. ``source``: the report as judged."""

    source: DossierReport
    finder: Finder

    @cached_property
    def plans(self) -> list[Plan]:
        """What is hidden of each document."""
        cited = list(_cited(self.source))
        numbers = range(len(self.source.segmented.documents))
        return [Plan(self.source, i, [e for e in cited if e.document == i], self.finder) for i in numbers]

    @cached_property
    def redacted(self) -> list[tuple[Document, Shift]]:
        """Each document as shown, and the way to it."""
        return [redact(plan.document, plan.masks()) for plan in self.plans]

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The articles of which something is hidden: their titles are."""
        return frozenset(u.article for u in self.source.segmented.units if self.plans[u.document].hides(u.span))

    @cached_property
    def secrets(self) -> re.Pattern[str] | None:
        """What sentences of the report quote of hidden passages: titles and delays."""
        segmented = self.source.segmented
        articles = [segmented.articles[a] for a in self.hidden]
        words = {t for a in articles for title in (a.title, *a.titles) for t in (title, shown_title(title)) if t.strip()}
        quotes = (segmented.quote(u) for u in segmented.units if self.plans[u.document].hides(u.span))
        words |= {quote[d.start : d.end] for quote in quotes for d in durations(quote)}
        return re.compile(rf"«\s*(?:{'|'.join(map(re.escape, sorted(words)))})\s*»") if words else None

    @property
    def report(self) -> DossierReport:
        """The report as shown."""
        source = self.source
        return replace(
            source,
            diffusion=Diffusion.COMMUNICABLE,
            masked=tuple(m for plan in self.plans for m in plan.told()),
            segmented=self.segmented,
            pieces=tuple(
                replace(p, evidence=s.moved(p.evidence)) if p.evidence else p
                for p, (_, s) in zip(source.pieces, self.redacted, strict=True)
            ),
            parties=tuple(self._party(p) for p in source.parties),
            findings=tuple(self._finding(f) for f in source.findings),
            references=tuple(self._reference(r) for r in source.references),
            problems=self._problems(source.problems),
            precedence=replace(source.precedence, pieces=tuple(replace(p, name=self._quoting(p.name)) for p in source.precedence.pieces)),
        )

    @property
    def segmented(self) -> Segmented:
        """The dossier cut up as before, in the words shown."""
        source = self.source.segmented
        documents = tuple(replace(d, warnings=self._problems(d.warnings)) for d, _ in self.redacted)
        return replace(
            source,
            documents=documents,
            articles=tuple(self._article(a) for a in source.articles),
            units=tuple(self._unit(u) for u in source.units),
        )

    def _unit(self, unit: Unit) -> Unit:
        document, shift = self.redacted[unit.document]
        span = shift.moved(unit.span)
        language = Language.FRENCH if self.plans[unit.document].hides(unit.span) else unit.language
        return replace(unit, span=span, text=NormalizedText.of(document.quote(span), span.start), own_from=0, language=language)

    def _article(self, article: Article) -> Article:
        if article.index not in self.hidden:
            titles = tuple(map(self._words, article.titles))
            return replace(article, title=self._words(article.title), titles=titles, path=NormalizedText.of(" ".join(titles)))
        return replace(article, number=numbered(article.number), title="", titles=(), path=NormalizedText.of(""))

    def _party(self, party: Party) -> Party:
        email = party.email if party.email and not self.finder.personal(party.email) else None
        return replace(party, name=self._words(party.name), address=None, email=email)

    def _finding(self, finding: Finding) -> Finding:
        lost = finding.derogation
        return replace(
            finding,
            evidence=tuple(self._evidence(e) for e in finding.evidence),
            reason=self._quoting(finding.reason),
            via=tuple(map(self._quoting, finding.via)),
            rules=tuple(replace(r, text=self._quoting(r.text)) for r in finding.rules),
            derogation=replace(lost, source=self._quoting(lost.source), evidence=self._evidence(lost.evidence)) if lost else None,
        )

    def _reference(self, reference: Reference) -> Reference:
        opened = None if reference.document is None or self.plans[reference.document].areas else reference.target
        return replace(reference, cited=self._quoting(reference.cited), target=opened and self._words(opened))

    def _evidence(self, evidence: Evidence) -> Evidence:
        document, shift = self.redacted[evidence.document]
        span = shift.moved(evidence.span)
        moved = replace(evidence, span=span, quote=document.quote(span))
        if self.plans[evidence.document].hides(evidence.span):
            return replace(moved, article=numbered(evidence.article), bbox=None, language=Language.FRENCH)
        return replace(moved, article=evidence.article and self._words(evidence.article))

    def _problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        return tuple(replace(p, message=self._quoting(p.message)) for p in problems)

    def _quoting(self, text: str) -> str:
        """Hide what a sentence of the report repeats of hidden passages, and how to reach a person."""
        return self._words(self.secrets.sub(_HIDDEN, text) if self.secrets else text)

    def _words(self, text: str) -> str:
        for contact in reversed(self.finder.contacts(text)):
            text = text[: contact.span.start] + contact.shown + text[contact.span.end :]
        return text


def _cited(report: DossierReport) -> Iterator[Evidence]:
    """Yield every passage that some form of the report may quote."""
    for finding in report.findings:
        yield from finding.evidence
        if finding.derogation is not None:
            yield finding.derogation.evidence
    units = [u for fact in report.context for u in fact.units]
    units += [*report.precedence.units, *(d.unit for d in report.derogations)]
    for unit in (report.segmented.units[u] for u in dict.fromkeys(units)):
        yield make_evidence(report.segmented, unit)
