"""What the annotated copies say, whatever their format: a note for each passage quoted, and one that opens the copy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from clausecheck.assessment.model import Finding
from clausecheck.document import Document, TextSpan
from clausecheck.reporting.typography import french, plural
from clausecheck.reporting.view import DECIDERS, SEVERITY_LABELS, STATUS_ICONS, STATUS_LABELS, ReportView, shorten
from clausecheck.reporting.wording import Wording
from clausecheck.vocabulary import Status

AUTHOR = "clausecheck"
SIGNED = frozenset({"document_signe", "signature", "signature_detachee"})
"""Codes of the warnings that say that a document is signed."""


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of a note; ``strong``: a title."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one passage. ``findings``: requirements that quote it; ``status``: that of the most serious."""

    span: TextSpan
    quote: str
    findings: tuple[str, ...]
    status: Status
    said: tuple[Said, ...]

    def citing(self) -> "tuple[Said, ...]":
        """The note preceded by the words it is about, where it cannot stand on them."""
        return (Said(french(f"Passage visé : « {shorten(self.quote, 300)} »")), *self.said)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A clause to insert after the passage ``after``, at the end of the document when None; ``note`` says why."""

    requirement: str
    after: TextSpan | None
    wording: str
    note: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """All that a format needs to annotate one document.

    ``cover``: the opening note, given the notes that found no place; ``outline``: requirement and title of each finding quoted.
    """

    document: Document
    notes: tuple[Note, ...]
    cover: Callable[[Sequence[Note]], tuple[Said, ...]]
    outline: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[Suggestion, ...] = field(default=())


def shown(view: ReportView) -> tuple[Finding, ...]:
    """Return the findings worth a note, what matters most first."""
    return tuple(f for f in view.ordered if f.status is not Status.SANS_OBJET)


def title_of(finding: Finding) -> str:
    """Return «◐ Notification des violations — Affaiblie (bloquante)»."""
    state = f"{STATUS_LABELS[finding.status]} ({SEVERITY_LABELS[finding.severity].lower()})"
    return french(f"{STATUS_ICONS[finding.status]} {finding.requirement.title} — {state}")


def notes_of(view: ReportView, wording: Wording, number: int) -> tuple[Note, ...]:
    """Return a note for each passage of document ``number`` that findings quote, in reading order."""
    passages: dict[TextSpan, list[tuple[Finding, int]]] = {}
    for finding in shown(view):
        for rank, evidence in enumerate(finding.evidence):
            if evidence.document == number:
                passages.setdefault(evidence.span, []).append((finding, rank))
    full = {f.requirement.id: min(e.span for e in f.evidence if e.document == number) for group in passages.values() for f, _ in group}
    document = view.report.segmented.documents[number]
    return tuple(_note(document, wording, span, passages[span], full) for span in sorted(passages))


def _note(document: Document, wording: Wording, span: TextSpan, cited: Sequence[tuple[Finding, int]], full: dict[str, TextSpan]) -> Note:
    said = [line for finding, rank in cited for line in _entry(finding, wording, rank, whole=full[finding.requirement.id] == span)]
    return Note(span, document.quote(span), tuple(f.requirement.id for f, _ in cited), cited[0][0].status, tuple(said))


def _entry(finding: Finding, wording: Wording, rank: int, *, whole: bool) -> list[Said]:
    """Say all of a finding on its first passage; on the others, what they show only."""
    said = [Said(title_of(finding), strong=True)]
    said += [Said(french(f"Ici : {w.text}")) for w in finding.weakenings if rank in w.evidence]
    if not whole:
        return [*said, Said(french(f"Motif complet au premier passage cité ({finding.requirement.id})."))]
    said.append(Said(french(finding.reason)))
    if finding.open:
        said.append(Said(french(f"Rédaction proposée : {wording.text(finding)}")))
    return [*said, Said(french(f"{finding.requirement.id} — à décider par {DECIDERS[finding.requirement.decidable_by]}."))]


def cover_of(view: ReportView, number: int) -> Callable[[Sequence[Note]], tuple[Said, ...]]:
    """Return what writes the opening note of document ``number``."""
    document = view.report.segmented.documents[number]

    def cover(unplaced: Sequence[Note]) -> tuple[Said, ...]:
        return (*_warnings(document), *_wordless(view), *_unplaced(unplaced))

    return cover


def _warnings(document: Document) -> list[Said]:
    said = [Said("Copie de travail annotée par clausecheck : l’original n’est pas modifié et seul fait foi.", strong=True)]
    if is_signed(document):
        said.append(
            Said("L’original est signé électroniquement : la signature ne vaut pas pour cette copie, que les annotations modifient.")
        )
    return [Said(french(line.text), line.strong) for line in said]


def _wordless(view: ReportView) -> list[Said]:
    """List the findings that no passage shows."""
    silent = [f for f in shown(view) if not f.evidence and f.status is not Status.CONFORME]
    if not silent:
        return []
    head = f"{plural(len(silent), 'exigence')} sans aucun passage dans les pièces du dossier :"
    return [Said(french(head), strong=True), *(Said(f"{title_of(f)} [{f.requirement.id}]") for f in silent)]


def _unplaced(notes: Sequence[Note]) -> list[Said]:
    if not notes:
        return []
    head = Said(french("Passages qu’une annotation ne peut pas désigner ici :"), strong=True)
    return [head, *(line for note in notes for line in note.citing())]


def is_signed(document: Document) -> bool:
    """Tell whether the original carries an electronic signature."""
    return any(warning.code in SIGNED for warning in document.warnings)
