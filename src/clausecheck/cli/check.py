"""``clausecheck check``: one dossier, judged and reported."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREAD, UsageError
from clausecheck.vocabulary import Severity

if TYPE_CHECKING:
    from clausecheck.assessment.model import DossierReport
    from clausecheck.cli.main import Format, Threshold
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.view import ReportView


def run_check(
    paths: Sequence[Path],
    output_format: "Format",
    output: Path | None,
    fail_on: "Threshold",
    context: Sequence[str],
    profile: Path | None,
    explain_id: str | None,
    catalogue: Path | None,
) -> int:
    """Judge the dossier, print or write its report, and return the exit code."""
    from clausecheck.catalogue.loader import load_catalogue
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
    gathered = gather(paths)
    if output is not None:
        _writable(output)
    report = engine.assess(gathered.documents, name=gathered.name, given=given, problems=gathered.problems)
    view = ReportView.of(report)
    if output is not None:
        _write(view, output)
    if explain_id is not None:
        _explain(engine, report, explain_id)
    else:
        _print(view, output_format, output)
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


def _print(view: "ReportView", output_format: "Format", output: Path | None) -> None:
    from clausecheck.cli.console import out

    if output_format.value == "json":
        from clausecheck.reporting.json_report import dumps

        print(dumps(view.report), end="")
    elif output_format.value == "html":
        if output is None:
            from clausecheck.reporting.html_report import render

            print(render(view), end="")
    else:
        from clausecheck.reporting.text_report import print_report

        print_report(view, out())


def _writable(output: Path) -> None:
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


def _write(view: "ReportView", output: Path) -> None:
    from clausecheck.cli.console import err
    from clausecheck.reporting.html_report import render
    from clausecheck.reporting.json_report import dumps

    (output / "rapport.json").write_text(dumps(view.report), encoding="utf-8", newline="\n")
    (output / "rapport.html").write_text(render(view), encoding="utf-8", newline="\n")
    err().print(f"Rapports écrits : {output / 'rapport.html'}, {output / 'rapport.json'}", markup=False, soft_wrap=True)


def _explain(engine: "Engine", report: "DossierReport", identifier: str) -> None:
    from clausecheck.cli.clauses import find_requirement
    from clausecheck.cli.console import out
    from clausecheck.reporting.explain import print_explanation

    requirement = find_requirement(engine.catalogue, identifier)
    compiled = next(c for c in engine.compiled if c.requirement.id == requirement.id)
    print_explanation(engine, report, compiled, out())
