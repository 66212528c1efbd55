"""What a report to edit, print or archive says: the decision on its first page, then the findings, then what they rest on."""

from collections.abc import Iterator
from dataclasses import dataclass

from clausecheck import __version__
from clausecheck.assessment.model import Finding
from clausecheck.reporting.blocks import Block, Contents, Heading, Items, Paragraph, Role, Table, clean
from clausecheck.reporting.cost import date_line
from clausecheck.reporting.diffusion_view import title_suffix, version_sentence
from clausecheck.reporting.outline_dossier import dossier
from clausecheck.reporting.outline_finding import finding_blocks, name_of
from clausecheck.reporting.outline_transparency import transparency
from clausecheck.reporting.typography import french, plural
from clausecheck.reporting.view import FAMILY_LABELS, SEVERITY_LABELS, STATUS_ICONS, STATUS_LABELS, STATUS_ORDER, ReportView, shorten
from clausecheck.reporting.wording import Wording
from clausecheck.vocabulary import Severity, Status

_AID = "Aide à la relecture : le constat est à valider par un juriste ; l’outil énonce des faits, il ne classe ni n’écarte aucune offre."

_LISTED = 200
"""Characters of the pieces that are not supplied: the first page has room for two lines of them, the annex names each."""
_IN_LINE = 2
"""Names given in one go, where a list would push the decision off its page."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A report ready for a writer. ``title``: also the file's own title property."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """Findings told together, in the order of decision. ``shown``: how many of them the first page may name."""

    key: str
    title: str
    findings: tuple[Finding, ...]
    shown: int


def outline(view: ReportView) -> Outline:
    """Return what is to be said of ``view``. Same report, same outline, but for the date line of a run and the line of its cost."""
    sections = [section for section in _sections(view) if section.findings]
    body = [*_findings(sections, view), *_pointless(view), *dossier(view), *transparency(view)]
    contents = Contents(tuple(block for block in body if isinstance(block, Heading)))
    blocks = [*_decision(view, sections), contents, *body]
    return Outline(f"{view.report.name} – vérification des clauses{title_suffix(view)}", tuple(clean(block) for block in blocks))


def _sections(view: ReportView) -> list[_Section]:
    def open_(severity: Severity) -> tuple[Finding, ...]:
        return tuple(f for f in view.open if f.severity is severity)

    return [
        _Section("bloque", "Ce qui bloque", open_(Severity.BLOQUANTE), 7),
        _Section("negocier", "À négocier", open_(Severity.MAJEURE), 3),
        _Section("signaler", "À signaler", open_(Severity.MINEURE), 0),
        _Section("non-concluant", "Ce qui n’a pas pu être conclu", view.unclear, 2),
        _Section("conforme", "Ce qui est conforme", view.fine, 0),
    ]


def _decision(view: ReportView, sections: list[_Section]) -> Iterator[Block]:
    """Yield the first page: what blocks, what to negotiate, what is fine, what could not be concluded."""
    if view.run:
        yield Paragraph(date_line(view.run), Role.NOTE)
    yield Paragraph(_sentence(view), Role.DECISION)
    if not view.report.conclusive:
        yield Paragraph(french("Tout n’a pas pu être lu ou conclu : ce rapport ne vaut pas pour ce qui manque."), label="Attention")
    if missing := [r.cited for r in view.cited("piece", "annexe") if not r.found]:
        yield Paragraph(french(f"{shorten(', '.join(missing), _LISTED)}."), label=f"Pièces citées et non fournies ({len(missing)})")
    for section in sections:
        yield from _first_of(section)
    if view.open:
        yield Paragraph(f"{view.deciders()}.", label="Qui peut décider seul des écarts")
    yield _by_family(view)
    yield Paragraph(
        french(f"clausecheck {__version__}, catalogue {view.report.catalogue_version}. {version_sentence(view)} {_AID}"), Role.NOTE
    )


def _first_of(section: _Section) -> Iterator[Block]:
    """Yield what the first page says of a section: a list, or one line where its names can wait."""
    label = f"{section.title} ({len(section.findings)})"
    if section.shown:
        yield Paragraph("", label=label)
        yield Items(_named(section), marked=True)
    else:
        titles = [f.requirement.title for f in section.findings[:_IN_LINE]]
        more = len(section.findings) - len(titles)
        yield Paragraph(french(" ; ".join([*titles, *([f"et {plural(more, 'autre')}"] if more else [])]) + "."), label=label)


def _sentence(view: ReportView) -> str:
    """Return «2 points bloquants, 14 écarts au total, 40 exigences conformes, 3 constats non concluants.»."""
    counts = [
        plural(len(view.blocking()), "point bloquant", "points bloquants"),
        f"{plural(len(view.open), 'écart')} au total",
        plural(len(view.fine), "exigence conforme", "exigences conformes"),
        *([plural(len(view.unclear), "constat non concluant", "constats non concluants")] if view.unclear else []),
        *([f"{plural(len(view.pointless), 'exigence')} sans objet"] if view.pointless else []),
    ]
    return ", ".join(counts) + "."


def _named(section: _Section) -> tuple[str, ...]:
    """Name the first findings of a section, and say how many more there are."""
    names = [f"{STATUS_ICONS[f.status]} {STATUS_LABELS[f.status]} – {name_of(f)}" for f in section.findings[: section.shown]]
    more = len(section.findings) - len(names)
    return (*names, *([french(f"… et {plural(more, 'autre')}, plus loin sous « {section.title} »")] if more else []))


def _by_family(view: ReportView) -> Table:
    shown = [s for s in STATUS_ORDER if any(f.status is s for f in view.report.findings)]
    header = ("Famille", *(f"{STATUS_ICONS[s]} {STATUS_LABELS[s]}" for s in shown))
    rows = [(FAMILY_LABELS.get(name, name), *(str(counts[s]) for s in shown)) for name, counts in view.by_family()]
    return Table("Nombre d’exigences par famille et par statut", header, tuple(rows), (9, *(5 for _ in shown)))


def _findings(sections: list[_Section], view: ReportView) -> Iterator[Block]:
    wording = Wording(view.report)
    for section in sections:
        yield Heading(1, f"{section.title} ({len(section.findings)})", section.key)
        for finding in section.findings:
            yield from finding_blocks(finding, view, wording)


def _pointless(view: ReportView) -> Iterator[Block]:
    """Yield the requirements that do not apply: their names are enough."""
    if not view.pointless:
        return
    label = STATUS_LABELS[Status.SANS_OBJET]
    yield Heading(1, f"{label} dans ce dossier ({len(view.pointless)})", "sans-objet")
    rows = tuple((f.requirement.id, french(f.requirement.title), SEVERITY_LABELS[f.severity]) for f in view.pointless)
    yield Table("Exigences dont les conditions d’application ne sont pas réunies", ("Exigence", "Intitulé", "Gravité"), rows, (3, 8, 2))
