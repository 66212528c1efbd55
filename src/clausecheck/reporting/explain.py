"""Why a finding is what it is: passages considered, criteria, cues, scores, dossier rules, and what would have changed the status."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from clausecheck.assessment.belief import Belief
from clausecheck.assessment.contradictions import dossier_of, settle
from clausecheck.assessment.model import CriterionResult, DossierReport, Finding
from clausecheck.assessment.places import Places
from clausecheck.assessment.thresholds import DOUBTED
from clausecheck.catalogue.schema import Weakening
from clausecheck.detection.compiled import CompiledRequirement
from clausecheck.detection.detector import Detector, RequirementEvidence
from clausecheck.detection.frames import Hit
from clausecheck.detection.proposals import Proposal
from clausecheck.pipeline import Engine
from clausecheck.reporting.counterfactual import what_would_change
from clausecheck.reporting.dossier_view import order_basis, order_lines
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import REVIEW_LABELS, SEVERITY_LABELS, STATUS_ICONS, STATUS_LABELS, kind_words, shorten
from clausecheck.vocabulary import Actor

HITS_SHOWN = 4
QUOTE_WIDTH = 400
DEBTORS = {
    Actor.HOLDER: "le titulaire s’oblige",
    Actor.BUYER: "c’est l’acheteur qui s’oblige",
    Actor.BOTH: "les deux parties s’obligent",
    Actor.UNKNOWN: "débiteur non nommé",
}


@dataclass(frozen=True, slots=True)
class _Reasoning:
    """What the explanation of one finding rests on. ``kept``: what stands once the order of the pieces has been applied."""

    report: DossierReport
    finding: Finding
    found: RequirementEvidence
    kept: RequirementEvidence
    belief: Belief
    numbers: dict[int, int] = field(default_factory=dict)

    def number(self, unit: int) -> str:
        """Return «[2]»: passages are numbered as they are first cited."""
        return f"[{self.numbers.setdefault(unit, len(self.numbers) + 1)}]"


def print_explanation(engine: Engine, report: DossierReport, compiled: CompiledRequirement, console: Console) -> None:
    """Print how the finding of ``compiled`` was reached."""
    reasoning = _reasoning(engine, report, compiled)
    finding = reasoning.finding
    sections = [
        ("Critères", [line for c in finding.criteria for line in _criterion(reasoning, c)]),
        ("Affaiblissements", [line for w in finding.requirement.weakened_when for line in _weakening(reasoning, w)]),
        ("Règles de dossier", _rules(reasoning)),
        ("Ce qui changerait le constat", list(what_would_change(finding, _where(reasoning)))),
    ]
    _heading(finding, console)
    _section("Passages considérés (dans l’ordre où ils sont cités)", list(_passages(reasoning)), console)
    for title, lines in sections:
        _section(title, lines, console)


def _reasoning(engine: Engine, report: DossierReport, compiled: CompiledRequirement) -> _Reasoning:
    finding = next(f for f in report.findings if f.requirement.id == compiled.requirement.id)
    detector = Detector(report.segmented, engine.catalogue.lexicon, engine.speaker, report.parties)
    found = detector.detect(compiled)
    dossier = dossier_of(report.segmented, report.precedence, detector.matcher.durations)
    kept = settle(compiled.requirement, found, dossier)[0]
    units = report.segmented.units
    return _Reasoning(report, finding, found, kept, Belief(compiled.requirement, kept, lambda unit: units[unit].article))


def _where(reasoning: _Reasoning) -> dict[str, str]:
    """The passages that show each weakening: «[2], [3]»; empty where only the model saw it."""
    hits = {w: _distinct(found) for w, found in reasoning.kept.weakenings.items()}
    return {w: ", ".join(reasoning.number(h.unit) for h in found) for w, found in hits.items()}


def _heading(finding: Finding, console: Console) -> None:
    requirement = finding.requirement
    status = f"{STATUS_ICONS[finding.status]} {STATUS_LABELS[finding.status]}"
    console.print(Text(french(f"{requirement.id} — {requirement.title}"), style="bold"))
    confidence = f"{finding.confidence:.2f}".replace(".", ",")
    console.print(
        Text(french(f"{status}, gravité {SEVERITY_LABELS[finding.severity].lower()}, indice de confiance {confidence}"), style="bold")
    )
    console.print(Text(french(finding.reason)))


def _section(title: str, lines: list[str], console: Console) -> None:
    console.print(Text(f"\n{title}", style="bold"))
    for line in lines or ["Rien."]:
        console.print(Padding(Text(french(line)), (0, 0, 0, 2)))


def _passages(reasoning: _Reasoning) -> Iterator[str]:
    """Each passage once, with its place and its exact words."""
    segmented = reasoning.report.segmented
    places = Places(segmented, reasoning.report.pieces)
    for unit, number in reasoning.numbers.items():
        quote = shorten(segmented.quote(segmented.units[unit]), QUOTE_WIDTH)
        yield f"[{number}] {places.unit(unit)} : « {quote} »"


def _criterion(reasoning: _Reasoning, criterion: CriterionResult) -> Iterator[str]:
    """The criterion, then what was read for or against it."""
    mark = "☑" if criterion.met else "☐"
    need = "nécessaire" if criterion.required else "souhaitable"
    yield f"{mark} {criterion.id} ({need}) {criterion.text}"
    if criterion.by_reference:
        yield "    rempli par renvoi à un instrument incorporé"
    if criterion.deemed:
        yield "    réputé rempli : sa condition n’est pas réunie"
    hits = _distinct(reasoning.found.criteria[criterion.id])
    yield from (f"    {_hit(reasoning, h, kept=h in reasoning.kept.criteria[criterion.id])}" for h in hits)
    if not hits:
        yield "    règles : rien trouvé"
    if criterion.id in reasoning.found.proposals:
        proposal = reasoning.found.proposals[criterion.id]
        unheard = "" if reasoning.belief.audible(proposal) else ", mais le passage lui-même le dit trop peu"
        yield f"    {_proposal(reasoning, proposal, reasoning.belief.limit(proposal))}{unheard}"
    defeating = [w.id for w in _active(reasoning) if criterion.id in w.defeats]
    if not criterion.met and hits and defeating:
        yield f"    laissé non rempli par {', '.join(defeating)}"


def _weakening(reasoning: _Reasoning, weakening: Weakening) -> Iterator[str]:
    """A weakening seen or suspected; nothing where neither voice has anything to say."""
    hits = _distinct(reasoning.found.weakenings[weakening.id])
    doubt = reasoning.found.doubts.get(weakening.id)
    retained = any(w.id == weakening.id for w in reasoning.finding.weakenings)
    if not hits and not retained and (doubt is None or doubt.probability < min(DOUBTED, reasoning.belief.bar(doubt))):
        return
    yield f"{'⚠' if retained else '·'} {weakening.id} {weakening.text} ({kind_words(weakening.kind)}){'' if retained else ' : non retenu'}"
    yield from (f"    {_hit(reasoning, h, kept=h in reasoning.kept.weakenings[weakening.id])}" for h in hits)
    if doubt is not None:
        confirmed = ", confirmé par les mots de la phrase" if doubt.confirmed else ""
        yield f"    {_proposal(reasoning, doubt, reasoning.belief.bar(doubt))}{confirmed}"


def _hit(reasoning: _Reasoning, hit: Hit, *, kept: bool) -> str:
    """Where the rules read it, the very words, and how they bind."""
    segmented = reasoning.report.segmented
    unit = segmented.units[hit.unit]
    words = segmented.documents[unit.document].quote(unit.text.to_source(hit.start, hit.end))
    said = hit.qualification
    notes = [DEBTORS[said.debtor]]
    notes += ["simple faculté"] if said.option else []
    notes += ["simple effort"] if said.effort else []
    notes += ["champ à compléter"] if hit.blank else []
    notes += ["n’oblige pas"] if not hit.binding else []
    notes += ["écarté par une pièce de rang supérieur"] if not kept else []
    return f"règles : {reasoning.number(hit.unit)} « {shorten(words, 80)} » — {', '.join(notes)}"


def _proposal(reasoning: _Reasoning, proposal: Proposal, threshold: float) -> str:
    value, limit = (f"{v:.2f}".replace(".", ",") for v in (proposal.probability, threshold))
    side = "atteint" if proposal.probability >= threshold else "non atteint"
    return f"modèle : {reasoning.number(proposal.unit)} probabilité {value}, seuil {limit} {side}"


def _active(reasoning: _Reasoning) -> list[Weakening]:
    return [w for w in reasoning.finding.requirement.weakened_when if reasoning.kept.weakenings[w.id]]


def _rules(reasoning: _Reasoning) -> list[str]:
    """The order of the pieces, where several were supplied, then each rule applied and each flag raised."""
    report = reasoning.report
    ranked = " > ".join(line.names for line in order_lines(report))
    order = [f"{order_basis(report)[:-1]} : {ranked}." if ranked else order_basis(report)] if len(report.segmented.documents) > 1 else []
    applied = [f"{r.rule} — {r.text}" for r in reasoning.finding.rules]
    flags = [f"À relire : {REVIEW_LABELS.get(f, f)}." for f in reasoning.finding.review]
    return [*order, *applied, *flags]


def _distinct(hits: Iterable[Hit]) -> list[Hit]:
    """One hit for each passage, those that bind first."""
    ordered = sorted(hits, key=lambda h: not h.binding)
    return list({h.unit: h for h in reversed(ordered)}.values())[::-1][:HITS_SHOWN]
