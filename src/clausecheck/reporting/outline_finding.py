"""What a report says of one finding: its status, its reason, the exact words, the criteria, and what to do about it."""

from collections.abc import Iterator, Sequence

from clausecheck.assessment.model import CriterionResult, Evidence, Finding, WeakeningResult
from clausecheck.catalogue.schema import LegalSource
from clausecheck.reporting.blocks import Block, Heading, Items, Paragraph, Role
from clausecheck.reporting.typography import NBSP, NNBSP, french
from clausecheck.reporting.view import DECIDERS, REVIEW_LABELS, SEVERITY_LABELS, STATUS_ICONS, STATUS_LABELS, ReportView, kind_words
from clausecheck.reporting.wording import Wording


def name_of(finding: Finding) -> str:
    """Return «Notification des violations (RGPD-…)»."""
    return f"{french(finding.requirement.title)} ({finding.requirement.id})"


def finding_blocks(finding: Finding, view: ReportView, wording: Wording) -> Iterator[Block]:
    """Yield what is said of ``finding``; consequence and wording only where something remains to do."""
    yield Heading(2, name_of(finding), f"c-{finding.requirement.id}")
    yield Paragraph(_status(finding), Role.STATUS, status=finding.status)
    yield Paragraph(french(finding.reason))
    if finding.review:
        yield Paragraph(f"{', '.join(REVIEW_LABELS.get(flag, flag) for flag in finding.review)}.", label="À relire")
    for number, evidence in enumerate(finding.evidence, 1):
        yield Paragraph(f"«{NNBSP}{evidence.quote.strip()}{NNBSP}»", Role.QUOTE)
        yield Paragraph(_place(number, evidence, view), Role.PLACE)
    if finding.criteria:
        yield Paragraph("", label="Critères")
        yield Items(tuple(_criterion(c) for c in finding.criteria), marked=True)
    if finding.weakenings:
        yield Paragraph("", label="Affaiblissements relevés")
        yield Items(tuple(_weakening(w) for w in finding.weakenings), marked=True)
    yield from _what_to_do(finding, wording)


def _status(finding: Finding) -> str:
    parts = [
        f"{STATUS_ICONS[finding.status]} {STATUS_LABELS[finding.status]}{' par renvoi' if finding.by_reference else ''}",
        f"gravité : {SEVERITY_LABELS[finding.severity].lower()}",
        f"peut en décider seul : {DECIDERS[finding.requirement.decidable_by]}",
        f"indice de confiance : {finding.confidence:.2f}".replace(".", ","),
    ]
    return french(" · ".join(parts))


def _place(number: int, evidence: Evidence, view: ReportView) -> str:
    instrument = french(f", par renvoi : {evidence.instrument}") if evidence.instrument else ""
    return f"Citation {number} – {view.place(evidence)}{instrument}"


def _criterion(criterion: CriterionResult) -> str:
    notes = [] if criterion.required else ["souhaitable"]
    notes += ["réputé rempli"] if criterion.deemed else []
    notes += ["par renvoi"] if criterion.by_reference else []
    notes += _citations(criterion.evidence)
    mark = "☑ Rempli" if criterion.met else "☐ Non rempli"
    return french(f"{mark} : {criterion.text}{_in_brackets(notes)}")


def _weakening(weakening: WeakeningResult) -> str:
    return french(f"⚠ {weakening.text}{_in_brackets([kind_words(weakening.kind), *_citations(weakening.evidence)])}")


def _citations(evidence: Sequence[int]) -> list[str]:
    if not evidence:
        return []
    word = "citation" if len(evidence) == 1 else "citations"
    return [f"{word}{NBSP}{', '.join(str(i + 1) for i in evidence)}"]


def _in_brackets(notes: Sequence[str]) -> str:
    return f" ({' ; '.join(notes)})" if notes else ""


def _what_to_do(finding: Finding, wording: Wording) -> Iterator[Block]:
    requirement = finding.requirement
    if finding.open:
        yield Paragraph(french(requirement.consequence), label="Conséquence")
    yield Paragraph(french(f"{' ; '.join(_law(s) for s in requirement.legal_sources)}."), label="Fondement")
    if finding.open:
        yield Paragraph(wording.text(finding), Role.PROPOSAL, label="Clause à proposer")


def _law(source: LegalSource) -> str:
    return f"{source.text}, {source.article}" if source.article else source.text
