"""Why a finding is what it is: passages considered, criteria, cues, scores, and what would have changed the status."""

from rich.console import Console
from rich.text import Text

from clausecheck.assessment.model import DossierReport, Finding
from clausecheck.detection.compiled import CompiledRequirement
from clausecheck.detection.detector import Detector, RequirementEvidence
from clausecheck.detection.frames import Hit
from clausecheck.pipeline import Engine
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import STATUS_ICONS, STATUS_LABELS, shorten
from clausecheck.segmentation.model import Segmented

HITS_SHOWN = 4


def print_explanation(engine: Engine, report: DossierReport, compiled: CompiledRequirement, console: Console) -> None:
    """Print how the finding of ``compiled`` was reached."""
    requirement = compiled.requirement
    finding = next(f for f in report.findings if f.requirement.id == requirement.id)
    found = Detector(report.segmented, engine.catalogue.lexicon, engine.speaker, report.parties).detect(compiled)
    status = f"{STATUS_ICONS[finding.status]} {STATUS_LABELS[finding.status]}"
    console.print(Text(french(f"{requirement.id} — {requirement.title} : {status} ({finding.confidence:.2f})"), style="bold"))
    console.print(Text(french(finding.reason)))
    for criterion in finding.criteria:
        mark = "☑" if criterion.met else "☐"
        how = " (par renvoi)" if criterion.by_reference else " (réputé rempli)" if criterion.deemed else ""
        console.print(Text(french(f"\n{mark} {criterion.id} {criterion.text}{how}"), style="bold"))
        _print_hits(report.segmented, found.criteria[criterion.id], console)
        _print_proposal(report.segmented, found, criterion.id, console)
    for weakening in requirement.weakened_when:
        hits = found.weakenings[weakening.id]
        if hits:
            console.print(Text(french(f"\n⚠ {weakening.id} {weakening.text} ({weakening.kind})"), style="bold"))
            _print_hits(report.segmented, hits, console)
    console.print(Text(french("\n" + what_would_change(finding))))


def _print_hits(segmented: Segmented, hits: tuple[Hit, ...], console: Console) -> None:
    for hit in hits[:HITS_SHOWN]:
        unit = segmented.units[hit.unit]
        console.print(Text(french(f"  cadre « {hit.frame.anchor.source} »{_quality(hit)}"), style="dim"))
        console.print(Text(french(f"    « {shorten(segmented.quote(unit), 200)} »"), style="italic"))


def _quality(hit: Hit) -> str:
    said = hit.qualification
    notes = [f"débiteur : {said.debtor.value}"]
    notes += ["faculté"] if said.option else []
    notes += ["effort"] if said.effort else []
    notes += ["champ vide"] if hit.blank else []
    notes += [] if hit.binding else ["n’oblige pas"]
    return f" — {', '.join(notes)}"


def _print_proposal(segmented: Segmented, found: RequirementEvidence, criterion: str, console: Console) -> None:
    proposal = found.proposals.get(criterion)
    if proposal is not None:
        unit = segmented.units[proposal.unit]
        console.print(Text(french(f"  modèle {proposal.probability:.2f}"), style="dim"))
        console.print(Text(french(f"    « {shorten(segmented.quote(unit), 200)} »"), style="italic"))


def what_would_change(finding: Finding) -> str:
    """Say what separates the finding from «conforme»."""
    missing = [c.id for c in finding.criteria if c.required and not c.met]
    weak = [w.id for w in finding.weakenings]
    parts = []
    if missing:
        parts.append(f"remplir {', '.join(missing)}")
    if weak:
        parts.append(f"lever {', '.join(weak)}")
    if not parts:
        return "Rien de plus n’est attendu."
    return f"Pour être conforme, il faudrait {' et '.join(parts)}."
