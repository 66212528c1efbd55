"""``clausecheck check``: one dossier, judged and reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.cli.clock import now
from clausecheck.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREAD, UsageError
from clausecheck.vocabulary import Diffusion, Severity, View

if TYPE_CHECKING:
    from clausecheck.assessment.model import DossierReport
    from clausecheck.cli.gather import Gathered
    from clausecheck.cli.meter import Meter
    from clausecheck.cli.runs import Clock
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.manifest import Options
    from clausecheck.reporting.view import ReportView

_DETAIL = "Ce que demande une exigence : clausecheck explain EXIGENCE. Pourquoi ce constat : la même commande, avec --explain EXIGENCE."
_NEXT = f"{_DETAIL}\nUn rapport à lire, à imprimer, à joindre au dossier : la même commande, avec --output DOSSIER."


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asks of ``check``. ``formats``: names of ``EXPORTS`` or «text»; ``changes``: how tracked changes are read."""

    formats: Sequence[str] = ()
    output: Path | None = None
    fail_on: str = Severity.BLOQUANTE.value
    context: Sequence[str] = ()
    profile: Path | None = None
    explain_id: str | None = None
    catalogue: Path | None = None
    changes: View = View.FINAL
    annotate: bool = False
    diffusion: Diffusion = Diffusion.INTERNE


def run_check(paths: Sequence[Path], wish: Wish, *, clock: "Clock" = now) -> int:
    """Judge the dossier, print or write its report, and return the exit code."""
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.cli.console import tell
    from clausecheck.cli.gather import gather
    from clausecheck.cli.meter import Meter
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.cost import Phase
    from clausecheck.reporting.view import ReportView

    meter = Meter()
    engine = Engine(load_catalogue(wish.catalogue))
    given = _given(wish, engine)
    _possible(wish, paths, engine)
    meter.ends(Phase.JUDGING)
    gathered = gather(paths, wish.changes)
    meter.ends(Phase.READING)
    report = engine.assess(gathered.documents, name=gathered.name, given=given, problems=gathered.problems)
    view = ReportView.of(_shown(report, wish, engine))
    meter.ends(Phase.JUDGING)
    written = _write(view, wish.output, wish, given, gathered, clock, meter) if wish.output is not None else ""
    if wish.explain_id is not None:
        _explain(engine, report, wish.explain_id)
    else:
        _print(view, wish.formats, wish.output)
    if written:
        tell(written)
    return exit_code(report, wish.fail_on, unread=bool(gathered.problems))


def _given(wish: Wish, engine: "Engine") -> dict[str, bool]:
    """Return the conditions the user imposes; those of the command line come before those of the profile. Raises UsageError."""
    from clausecheck.cli.settings import parse_context, read_profile

    known = [flag.id for flag in engine.catalogue.flags]
    return {**(read_profile(wish.profile, known) if wish.profile else {}), **parse_context(wish.context, known)}


def _possible(wish: Wish, paths: Sequence[Path], engine: "Engine") -> None:
    """Refuse, before the work, what cannot be done. Raises UsageError."""
    from clausecheck.cli.clauses import find_requirement
    from clausecheck.cli.runs import writable

    if wish.explain_id is not None:
        find_requirement(engine.catalogue, wish.explain_id)
    if wish.diffusion is Diffusion.COMMUNICABLE:
        _internal_only(annotate=wish.annotate, explain=wish.explain_id is not None)
    _ready(wish.formats)
    if wish.output is not None:
        writable(wish.output, paths)
    elif wish.annotate:
        raise UsageError("Les copies annotées s’écrivent dans un dossier : ajoutez --output DOSSIER.", "sortie_manquante")
    else:
        _printable(wish.formats)


def _shown(report: "DossierReport", wish: Wish, engine: "Engine") -> "DossierReport":
    from clausecheck.reporting.diffusion import communicable

    return communicable(report, engine.catalogue.lexicon.diffusion) if wish.diffusion is Diffusion.COMMUNICABLE else report


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
    from clausecheck.cli.console import out, tell
    from clausecheck.reporting.exports import EXPORTS
    from clausecheck.reporting.text_report import print_report

    shown = formats[0] if formats else "text"
    if shown == "text":
        print_report(view, out())
        tell(_NEXT if output is None else _DETAIL)
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


def _options(wish: Wish, given: Mapping[str, bool]) -> "Options":
    """What the manifest says of the run's options."""
    return {
        "format": list(wish.formats),
        "fail_on": wish.fail_on,
        "contexte": _worded(given),
        "annotate": wish.annotate,
        "vue": wish.changes.value,
    }


def _write(
    view: "ReportView", output: Path, wish: Wish, given: Mapping[str, bool], gathered: "Gathered", clock: "Clock", meter: "Meter"
) -> str:
    """Write the reports and the copies asked for in the folder of this run; return which file to open, to be said last."""
    from clausecheck.cli.annotate import write_copies
    from clausecheck.cli.runs import Run
    from clausecheck.reporting.diffusion_view import is_communicable
    from clausecheck.reporting.exports import ALWAYS, EXPORTS
    from clausecheck.reporting.manifest import Subject

    run = Run.start(output, clock, gathered.name, "communicable" if is_communicable(view) else "")
    view = replace(view, run=run.note(meter))
    wanted = [EXPORTS[name] for name in EXPORTS if name in ALWAYS or name in wish.formats]
    for export in wanted:
        (run.folder / export.filename_for(view)).write_bytes(export.render(view))
    if wish.annotate:
        write_copies(view, run.folder)
    run.close(Subject.of_report(view.report), "check", _options(wish, given), gathered.files, meter)
    page = EXPORTS["html"].filename_for(view)
    beside = ", ".join(sorted(p.name for p in run.folder.iterdir() if p.name != page))
    return f"Dans {run.folder} : {beside}\nRapport à ouvrir : {run.folder / page} (ou {run.point_to(page)}, le plus récent)"


def _explain(engine: "Engine", report: "DossierReport", identifier: str) -> None:
    from clausecheck.cli.clauses import find_requirement
    from clausecheck.cli.console import out
    from clausecheck.reporting.explain import print_explanation

    requirement = find_requirement(engine.catalogue, identifier)
    compiled = next(c for c in engine.compiled if c.requirement.id == requirement.id)
    print_explanation(engine, report, compiled, out())
