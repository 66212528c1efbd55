"""``clausecheck check``: one dossier, judged and reported."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREAD, UsageError
from clausecheck.vocabulary import Severity, View

if TYPE_CHECKING:
    from clausecheck.assessment.model import DossierReport
    from clausecheck.cli.main import Threshold
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.view import ReportView


def run_check(
    paths: Sequence[Path],
    formats: Sequence[str],
    output: Path | None,
    fail_on: "Threshold",
    context: Sequence[str],
    profile: Path | None,
    explain_id: str | None,
    catalogue: Path | None,
    *,
    changes: View = View.FINAL,
    annotate: bool = False,
) -> int:
    """Judge the dossier, print or write its report, and return the exit code."""
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.cli.annotate import write_copies
    from clausecheck.cli.clauses import find_requirement
    from clausecheck.cli.gather import gather
    from clausecheck.cli.settings import parse_context, read_profile
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.view import ReportView

    engine = Engine(load_catalogue(catalogue))
    known = [flag.id for flag in engine.catalogue.flags]
    given = {**(read_profile(profile, known) if profile else {}), **parse_context(context, known)}
    if explain_id is not None:
        find_requirement(engine.catalogue, explain_id)
    _ready(formats)
    if output is not None:
        writable(output)
    elif annotate:
        raise UsageError("Les copies annotées s’écrivent dans un dossier : ajoutez --output DOSSIER.", "sortie_manquante")
    else:
        _printable(formats)
    gathered = gather(paths, changes)
    report = engine.assess(gathered.documents, name=gathered.name, given=given, problems=gathered.problems)
    view = ReportView.of(report)
    if output is not None:
        _write(view, output, formats)
    if output is not None and annotate:
        write_copies(view, output)
    if explain_id is not None:
        _explain(engine, report, explain_id)
    else:
        _print(view, formats, output)
    return exit_code(report, fail_on.value, unread=bool(gathered.problems))


def exit_code(report: "DossierReport", fail_on: str, *, unread: bool) -> int:
    """3 where something was not read, 1 where a finding at or above ``fail_on`` is open, else 0."""
    from clausecheck.reporting.view import SEVERITY_ORDER, highest

    if unread or not report.conclusive:
        return EXIT_UNREAD
    worst = highest(report.findings)
    if fail_on == "never" or worst is None:
        return EXIT_CLEAN
    limit = SEVERITY_ORDER.index(Severity(fail_on))
    return EXIT_FINDINGS if SEVERITY_ORDER.index(worst) <= limit else EXIT_CLEAN


def _ready(formats: Sequence[str]) -> None:
    """Refuse, before the work, a form whose library is not installed. Raises UsageError."""
    from clausecheck.reporting.exports import EXPORTS

    for name in formats:
        if name in EXPORTS:
            EXPORTS[name].ready()


def _printable(formats: Sequence[str]) -> None:
    """Refuse, before the work, a file form with nowhere to be written, or two forms on one screen. Raises UsageError."""
    from clausecheck.reporting.exports import EXPORTS

    binary = [f for f in formats if f in EXPORTS and not EXPORTS[f].textual]
    if binary or len(formats) > 1:
        raise UsageError(
            f"Le format {', '.join(binary or formats)} s’écrit dans un dossier : ajoutez --output DOSSIER.", "sortie_manquante"
        )


def _print(view: "ReportView", formats: Sequence[str], output: Path | None) -> None:
    """On the screen: the one form asked for; beside an output folder, the text unless another form was asked for."""
    from clausecheck.cli.console import out
    from clausecheck.reporting.exports import EXPORTS
    from clausecheck.reporting.text_report import print_report

    shown = formats[0] if formats else "text"
    if shown == "text":
        print_report(view, out())
    elif output is None or shown == "json":
        print(EXPORTS[shown].render(view).decode("utf-8"), end="")


def writable(output: Path) -> None:
    """Make the output folder before the work, so that a bad path costs nothing. Raises UsageError."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        probe = output / ".clausecheck"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise UsageError(
            f"Impossible d’écrire dans « {output} » ({error.strerror}). Choisissez un autre dossier avec --output.",
            "sortie_impossible",
        ) from error


def _write(view: "ReportView", output: Path, formats: Sequence[str]) -> None:
    from clausecheck.cli.console import err
    from clausecheck.reporting.exports import ALWAYS, EXPORTS

    wanted = [EXPORTS[name] for name in EXPORTS if name in ALWAYS or name in formats]
    for export in wanted:
        (output / export.filename).write_bytes(export.render(view))
    written = ", ".join(str(output / e.filename) for e in wanted)
    err().print(f"Rapports écrits : {written}", markup=False, soft_wrap=True)


def _explain(engine: "Engine", report: "DossierReport", identifier: str) -> None:
    from clausecheck.cli.clauses import find_requirement
    from clausecheck.cli.console import out
    from clausecheck.reporting.explain import print_explanation

    requirement = find_requirement(engine.catalogue, identifier)
    compiled = next(c for c in engine.compiled if c.requirement.id == requirement.id)
    print_explanation(engine, report, compiled, out())
