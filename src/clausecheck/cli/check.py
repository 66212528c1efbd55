"""``clausecheck check``: one dossier, judged and reported."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.cli.clock import now
from clausecheck.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREAD, UsageError
from clausecheck.vocabulary import Diffusion, Severity, View

if TYPE_CHECKING:
    from clausecheck.assessment.model import DossierReport
    from clausecheck.cli.choices import Threshold
    from clausecheck.cli.gather import Gathered
    from clausecheck.cli.runs import Clock
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.manifest import Options
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
    diffusion: Diffusion = Diffusion.INTERNE,
    clock: "Clock" = now,
) -> int:
    """Judge the dossier, print or write its report, and return the exit code."""
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.cli.clauses import find_requirement
    from clausecheck.cli.gather import gather
    from clausecheck.cli.runs import writable
    from clausecheck.cli.settings import parse_context, read_profile
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.diffusion import communicable
    from clausecheck.reporting.view import ReportView

    engine = Engine(load_catalogue(catalogue))
    known = [flag.id for flag in engine.catalogue.flags]
    given = {**(read_profile(profile, known) if profile else {}), **parse_context(context, known)}
    if explain_id is not None:
        find_requirement(engine.catalogue, explain_id)
    if diffusion is Diffusion.COMMUNICABLE:
        _internal_only(annotate=annotate, explain=explain_id is not None)
    _ready(formats)
    if output is not None:
        writable(output, paths)
    elif annotate:
        raise UsageError("Les copies annotées s’écrivent dans un dossier : ajoutez --output DOSSIER.", "sortie_manquante")
    else:
        _printable(formats)
    gathered = gather(paths, changes)
    report = engine.assess(gathered.documents, name=gathered.name, given=given, problems=gathered.problems)
    shown = communicable(report, engine.catalogue.lexicon.diffusion) if diffusion is Diffusion.COMMUNICABLE else report
    view = ReportView.of(shown)
    if output is not None:
        options = {
            "format": list(formats),
            "fail_on": fail_on.value,
            "contexte": _worded(given),
            "annotate": annotate,
            "vue": changes.value,
        }
        _write(view, output, formats, options, gathered, clock)
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


def _internal_only(*, annotate: bool, explain: bool) -> None:
    """Refuse what shows the pieces themselves. Raises UsageError."""
    if annotate or explain:
        option = "--annotate" if annotate else "--explain"
        message = f"{option} montre le texte des pièces : la version communicable n’en a pas. Retirez l’une des deux options."
        raise UsageError(message, "version_interne_seulement")


def _worded(given: Mapping[str, bool]) -> list[str]:
    return [f"{flag}={'oui' if value else 'non'}" for flag, value in given.items()]


def _write(
    view: "ReportView",
    output: Path,
    formats: Sequence[str],
    options: "Options",
    gathered: "Gathered",
    clock: "Clock",
) -> None:
    """Write the reports and the copies asked for in the folder of this run, and say which file to open."""
    from clausecheck.cli.annotate import write_copies
    from clausecheck.cli.console import tell
    from clausecheck.cli.runs import Run
    from clausecheck.reporting.diffusion_view import is_communicable
    from clausecheck.reporting.exports import ALWAYS, EXPORTS

    run = Run.start(output, clock, gathered.name, "communicable" if is_communicable(view) else "")
    wanted = [EXPORTS[name] for name in EXPORTS if name in ALWAYS or name in formats]
    for export in wanted:
        (run.folder / export.filename_for(view)).write_bytes(export.render(view))
    if options["annotate"]:
        write_copies(view, run.folder)
    run.close(view.report, "check", options, gathered.files)
    page = EXPORTS["html"].filename_for(view)
    tell(f"Rapport à ouvrir : {run.folder / page} (ou {run.point_to(page)}, le plus récent)")
    tell(f"Dans le même dossier : {', '.join(sorted(p.name for p in run.folder.iterdir() if p.name != page))}")


def _explain(engine: "Engine", report: "DossierReport", identifier: str) -> None:
    from clausecheck.cli.clauses import find_requirement
    from clausecheck.cli.console import out
    from clausecheck.reporting.explain import print_explanation

    requirement = find_requirement(engine.catalogue, identifier)
    compiled = next(c for c in engine.compiled if c.requirement.id == requirement.id)
    print_explanation(engine, report, compiled, out())
