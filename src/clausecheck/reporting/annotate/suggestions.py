"""Which clauses to propose in which document, and after which article."""

from collections import Counter

from clausecheck.assessment.model import Finding
from clausecheck.document import TextSpan
from clausecheck.reporting.annotate.notes import Said, Suggestion, title_of
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import ReportView
from clausecheck.reporting.wording import Wording
from clausecheck.segmentation.model import Force


def suggestions_of(view: ReportView, wording: Wording, number: int) -> tuple[Suggestion, ...]:
    """Return the clauses to insert in document ``number``: each open finding goes to one document of the dossier only."""
    homes = _Homes(view)
    found = []
    for finding in view.open:
        document, article = homes.of(finding)
        if document == number:
            found.append(_suggestion(view, wording, finding, article))
    return tuple(found)


def _suggestion(view: ReportView, wording: Wording, finding: Finding, article: int | None) -> Suggestion:
    requirement = finding.requirement
    note = (Said(french(f"Clause proposée — {title_of(finding)}"), strong=True), Said(french(finding.reason)), Said(f"[{requirement.id}]"))
    after = None if article is None else _end_of(view, article)
    return Suggestion(requirement.id, after, wording.text(finding), note)


class _Homes:
    """Where a clause belongs: the article that speaks most of its finding, else of its family, else the first contract piece."""

    def __init__(self, view: ReportView) -> None:
        segmented = view.report.segmented
        self._articles = segmented.articles
        binding = [unit.document for unit in segmented.units if unit.force is not Force.OUTSIDE]
        self._default = binding[0] if binding else 0
        article_of = {(unit.document, unit.span): unit.article for unit in segmented.units}
        self._own: dict[str, Counter[int]] = {}
        self._family: dict[str, Counter[int]] = {}
        for finding in view.report.findings:
            votes = Counter(article_of[e.document, e.span] for e in finding.evidence if (e.document, e.span) in article_of)
            self._own[finding.requirement.id] = votes
            self._family.setdefault(finding.requirement.family, Counter()).update(votes)

    def of(self, finding: Finding) -> tuple[int, int | None]:
        """Return the document and the article, None for the end of the document."""
        votes = self._own[finding.requirement.id] or self._family[finding.requirement.family]
        if not votes:
            return self._default, None
        article = max(votes, key=lambda a: (votes[a], -a))
        return self._articles[article].document, article


def _end_of(view: ReportView, article: int) -> TextSpan | None:
    units = view.report.segmented.by_article[article]
    return view.report.segmented.units[units[-1]].span if units else None
