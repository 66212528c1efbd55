"""What is hidden of each piece: whose it is, what is marked as secret, what reaches a person; with the words shown instead."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from clausecheck.assessment.model import DossierReport, Evidence, Masked
from clausecheck.document.model import Document, TextSpan
from clausecheck.reporting.diffusion.marks import Area, Contact, Finder, merged, whole
from clausecheck.reporting.diffusion.redaction import Mask, apart
from clausecheck.reporting.typography import french
from clausecheck.vocabulary import Layer, Origin

_OFFERS = {
    Origin.HOLDER: "offre du titulaire",
    Origin.UNKNOWN: "pièce d’origine inconnue, traitée comme une offre",
}
_GAP = " "
_ARTICLE = re.compile(r"(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])(?:[.\-]\w{1,3}){0,5}[.)°]?")


def numbered(article: str | None) -> str | None:
    """Return the article's number, None where it is known by its title, which is text of the piece."""
    return article if article and _ARTICLE.fullmatch(article) else None


@dataclass(frozen=True)
class Plan:
    """What to hide of document ``number`` of ``report``. ``cited``: the passages that the report quotes there."""

    report: DossierReport
    number: int
    cited: Sequence[Evidence]
    finder: Finder

    @property
    def document(self) -> Document:
        """The piece."""
        return self.report.segmented.documents[self.number]

    @cached_property
    def areas(self) -> list[Area]:
        """The stretches to hide: the whole piece, or the passages marked."""
        kind = self.report.pieces[self.number].kind
        why = _OFFERS.get(kind.origin if kind else Origin.UNKNOWN)
        return [Area(whole(self.document), why, whole=True)] if why else merged(self.finder.areas(self.document))

    @cached_property
    def contacts(self) -> list[Contact]:
        """What reaches a person, outside the areas."""
        found = self.finder.contacts(self.document.text)
        return [c for c in found if not self.hides(c.span)]

    def hides(self, span: TextSpan) -> bool:
        """Tell whether ``span`` is hidden, in whole or in part, for what it says."""
        return any(span.overlaps(area.span) for area in self.areas)

    def masks(self) -> list[Mask]:
        """Return every mask, in order, apart from each other."""
        covers = [mask for area in self.areas for mask in self._cover(area)]
        return apart([*covers, *(Mask(c.span, c.shown) for c in self.contacts)])

    def told(self) -> Iterator[Masked]:
        """Yield what is hidden and why."""
        for area in self.areas:
            if area.whole:
                yield Masked(self.number, "texte de la pièce", area.why)
            else:
                yield Masked(self.number, "passage", area.why, self._article(area.span), self.document.page_of(area.span))
        for (what, why), count in Counter((c.what, c.why) for c in self.contacts).items():
            yield Masked(self.number, what, why, count=count)

    def _cover(self, area: Area) -> Iterator[Mask]:
        """Yield masks that cover ``area``: its notice, a place for each passage quoted, a gap between them."""
        shown = apart([*self._passages(area), *self._notice(area)])
        ends = [area.span.start, *(end for mask in shown for end in (mask.span.start, mask.span.end)), area.span.end]
        for start, end in list(pairwise(ends))[::2]:
            if start < end:
                yield Mask(TextSpan(start, end), _GAP)
        yield from shown

    def _passages(self, area: Area) -> Iterator[Mask]:
        for evidence in self.cited:
            if evidence.span.overlaps(area.span):
                start, end = max(evidence.span.start, area.span.start), min(evidence.span.end, area.span.end)
                yield Mask(TextSpan(start, end), french(f"[passage masqué : {_place(area.why, evidence)}]"))

    def _notice(self, area: Area) -> Iterator[Mask]:
        """Yield the words that stand first in the area, where a reader sees them."""
        inside = (b.span for b in self.document.blocks if b.layer is Layer.BODY and b.span.overlaps(area.span))
        first = next((s for s in inside if self.document.quote(s).strip()), None)
        if first is not None:
            start, end = max(first.start, area.span.start), min(first.end, area.span.end)
            quoted = [e.span.start for e in self.cited if e.span.start < end and e.span.end > start]
            text = f"[texte non reproduit : {area.why}]" if area.whole else f"[passage masqué : {area.why}]"
            if (until := min([end, *quoted])) > start:
                yield Mask(TextSpan(start, until), french(text))

    def _article(self, span: TextSpan) -> str | None:
        """Return the number of the article in which ``span`` begins."""
        segmented = self.report.segmented
        article = next((u.article for u in segmented.units if u.document == self.number and u.span.overlaps(span)), None)
        return None if article is None else numbered(segmented.articles[article].number)


def _place(why: str, evidence: Evidence) -> str:
    """Return «offre du titulaire, art. 4, p. 12»."""
    article = numbered(evidence.article)
    return ", ".join([why, *([f"art. {article.rstrip('.')}"] if article else []), *([f"p. {evidence.page}"] if evidence.page else [])])
