"""``clausecheck clauses …`` and ``explain``: the catalogue, read, checked and tried."""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from clausecheck.catalogue.loader import Catalogue, load_catalogue
from clausecheck.catalogue.schema import Requirement
from clausecheck.cli.console import err, out
from clausecheck.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE, UsageError
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import DECIDERS, FAMILY_LABELS, SEVERITY_LABELS

if TYPE_CHECKING:
    from clausecheck.catalogue.schema import Criterion


def find_requirement(catalogue: Catalogue, identifier: str) -> Requirement:
    """Return the requirement. Raises UsageError that proposes the nearest identifiers."""
    found = catalogue.get(identifier)
    if found is not None:
        return found
    known = [r.id for r in catalogue.requirements]
    near = difflib.get_close_matches(identifier.upper(), known, n=3, cutoff=0.4)
    hint = f" Vouliez-vous dire {', '.join(near)} ?" if near else ""
    raise UsageError(f"Exigence inconnue : « {identifier} ».{hint} Voir clausecheck clauses list.", "exigence_inconnue")


def list_requirements(root: Path | None) -> None:
    """Print every requirement with its severity."""
    catalogue = load_catalogue(root)
    for family in dict.fromkeys(r.family for r in catalogue.requirements):
        table = Table(title=FAMILY_LABELS.get(family, family), title_justify="left", show_header=False, box=None, pad_edge=False)
        for requirement in (r for r in catalogue.requirements if r.family == family):
            table.add_row(requirement.id, SEVERITY_LABELS[requirement.severity].lower(), french(requirement.title))
        out().print(table)
    out().print(f"Catalogue {catalogue.version} — {len(catalogue.requirements)} exigences", style="dim")


def show_requirement(identifier: str, root: Path | None, *, examples: bool = False) -> None:
    """Print one requirement as a lawyer reads it."""
    catalogue = load_catalogue(root)
    requirement = find_requirement(catalogue, identifier)
    console = out()
    console.print(Text(f"{requirement.id} — {french(requirement.title)}", style="bold"))
    decider = DECIDERS[requirement.decidable_by]
    console.print(f"Gravité : {SEVERITY_LABELS[requirement.severity].lower()} · peut en décider seul : {decider}\n", markup=False)
    _section("Ce qui est demandé", [_criterion(c) for c in requirement.criteria])
    _section("Ce qui l’affaiblit", [f"{w.text} ({w.kind})" for w in requirement.weakened_when])
    _section("Pourquoi", [f"{s.text}, {s.article}".rstrip(", ") for s in requirement.legal_sources])
    _section("Si la clause manque", [requirement.consequence])
    _section("Clause à proposer", [requirement.remediation])
    if examples:
        for example in catalogue.examples(requirement):
            _section(f"Exemple {example.id} ({example.expect})", [example.text.strip()])


def _criterion(criterion: "Criterion") -> str:
    need = "nécessaire" if criterion.required else "souhaitable"
    return f"{criterion.text} ({need})"


def _section(title: str, lines: Sequence[str]) -> None:
    console = out()
    console.print(Text(title, style="bold"))
    for line in lines:
        bullet = "• " if len(lines) > 1 else ""
        console.print(Text(f"{bullet}{french(line)}"))
    console.print()


def lint(root: Path | None) -> int:
    """Check the catalogue; print each fault; 2 when there is one."""
    from clausecheck.detection.lint import lint_catalogue

    catalogue = load_catalogue(root)
    faults = lint_catalogue(catalogue)
    for fault in faults:
        err().print(f"• {fault}", markup=False)
    out().print(f"{len(catalogue.requirements)} exigences contrôlées, {len(faults)} défaut(s).", markup=False)
    return EXIT_USAGE if faults else EXIT_CLEAN


def test_examples(only: Sequence[str], root: Path | None) -> int:
    """Judge the examples; print those whose status is not the one expected; 1 when there is one."""
    from clausecheck.pipeline import Engine
    from clausecheck.trial import try_examples

    catalogue = load_catalogue(root)
    wanted = {find_requirement(catalogue, i).id for i in only}
    trials = try_examples(Engine(catalogue), wanted)
    wrong = [t for t in trials if not t.right and t.gap is None]
    known = sum(not t.right and t.gap is not None for t in trials)
    for trial in wrong:
        err().print(f"✖ {trial.requirement}/{trial.example} : attendu {trial.expected}, trouvé {trial.found}", markup=False)
    out().print(f"{len(trials)} exemples jugés, {len(wrong)} en écart, {known} écart(s) connu(s).", markup=False)
    return EXIT_FINDINGS if wrong else EXIT_CLEAN
