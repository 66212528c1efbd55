"""``clausecheck batch``: a whole consultation, dossier by dossier."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from clausecheck.cli.clock import now
from clausecheck.cli.console import err, out
from clausecheck.cli.meter import Meter
from clausecheck.cli.progress import Metered, shown
from clausecheck.cli.runs import POINTER, Run
from clausecheck.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREAD, NothingToAnalyseError, UsageError
from clausecheck.reporting.cost import Phase
from clausecheck.reporting.typography import french, plural
from clausecheck.vocabulary import Diffusion, Severity

if TYPE_CHECKING:
    from clausecheck.batch.discovery import Found
    from clausecheck.batch.executors import Executor
    from clausecheck.batch.index import Entry, Index
    from clausecheck.batch.tasks import Settings
    from clausecheck.cli.runs import Clock
    from clausecheck.reporting.manifest import Options as Told

_ROWS = 30
"""Dossiers shown on the screen; the index has them all."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user chose. ``seconds``: time limit of one file or dossier; ``fail_on``: a severity or «never»."""

    references: Sequence[Path] = ()
    context: Sequence[str] = ()
    catalogue: Path | None = None
    workers: int | None = None
    scheduler: str | None = None
    seconds: int = 600
    fail_on: str = Severity.BLOQUANTE.value
    resume: bool = True
    dry_run: bool = False
    diffusion: Diffusion = Diffusion.INTERNE


def run_batch(source: Path, output: Path, options: Options, *, clock: "Clock" = now) -> int:
    """Judge the consultation, write its reports, keep them in a dated folder, and return the exit code."""
    from clausecheck.batch.discovery import discover

    meter = Meter()
    with tempfile.TemporaryDirectory(prefix="clausecheck-", ignore_cleanup_errors=True) as spool:
        found = discover(source, Path(spool), references=options.references, output=output)
        if not found.dossiers:
            raise NothingToAnalyseError(f"Aucune pièce dans « {source} » : indiquez le dossier ou l’archive de la consultation.")
        if options.dry_run:
            _print_plan(found, output)
            return EXIT_CLEAN
        _make(output)
        executor = _executor(options)
        try:
            index = _run(found, output, options, meter, executor)
            meter.ends(Phase.JUDGING)
            _print_summary(index, output)
            if any(entry.judged for entry in index.entries):
                _keep(index, [source, *options.references], output, options, clock, meter, executor)
        finally:
            executor.close()
    return _exit_code(index.entries, options.fail_on)


def _suffix(options: Options) -> str:
    return options.diffusion.value if options.diffusion is Diffusion.COMMUNICABLE else ""


def _keep(
    index: "Index", sources: Sequence[Path], output: Path, options: Options, clock: "Clock", meter: Meter, executor: "Executor"
) -> None:
    """Write the comparison beside the reports, then keep all of it, closed by its manifest, where the next run will not touch it.

    When nothing has changed, the run before has it all already.
    """
    from clausecheck.batch.matrix import known_matrix

    written = known_matrix(output)
    if written and (output / POINTER).exists():
        _say_written(written)
        out().print(french("Rien n’a changé depuis l’analyse précédente : elle est conservée telle quelle."), markup=False, soft_wrap=True)
        return
    from clausecheck.batch.candidats import FILENAME as CANDIDATES
    from clausecheck.batch.index import FILENAME
    from clausecheck.batch.matrix import write_matrix
    from clausecheck.reporting.manifest import Subject
    from clausecheck.reporting.matrix.folder import filename, read_folder

    comparison = read_folder(output)
    written = written or write_matrix(comparison, output, executor)
    _say_written(written)
    run = Run.start(output, clock, index.name, _suffix(options))
    for path in (*written, output / FILENAME, output / CANDIDATES):
        run.keep(output, path)
    for name in (name for entry in index.entries if entry.judged for name in (entry.report, entry.html)):
        run.keep(output, output / name, linked=True)
    run.close(Subject.of_comparison(comparison), "batch", _told(options), _inputs(sources, output), meter)
    pointer = run.point_to(filename("html", comparison))
    out().print(f"Analyse conservée : {run.folder} (ou {pointer}, la plus récente)", markup=False, soft_wrap=True)


def _say_written(paths: Sequence[Path]) -> None:
    out().print(f"Matrice : {', '.join(map(str, paths))}", markup=False, soft_wrap=True)


def _told(options: Options) -> "Told":
    """What the manifest says of the run's options."""
    return {"contexte": list(options.context), "fail_on": options.fail_on, "resume": options.resume, "seconds": str(options.seconds)}


def _inputs(sources: Sequence[Path], output: Path) -> list[Path]:
    """The files of the consultation; results may stand inside it."""
    from clausecheck.cli.gather import files_of

    results = output.resolve()
    return list(dict.fromkeys(f for f in files_of(sources) if not f.resolve().is_relative_to(results)))


def _settings(options: Options) -> "Settings":
    """Tell what the judgement depends on, without loading it: when everything is done already, nothing has to be."""
    from clausecheck.batch.tasks import Settings
    from clausecheck.catalogue.root import catalogue_sha256
    from clausecheck.cli.settings import parse_context
    from clausecheck.detection.voice import load_voice

    given = parse_context(options.context, _flags(options.catalogue)) if options.context else {}
    voice = load_voice()
    return Settings(
        options.catalogue and options.catalogue.resolve(),
        catalogue_sha256(options.catalogue),
        voice.sha256 if voice else None,
        tuple(sorted(given.items())),
        options.seconds,
        options.diffusion,
    )


def _flags(catalogue: Path | None) -> list[str]:
    from clausecheck.catalogue.loader import load_flags

    return [flag.id for flag in load_flags(catalogue)]


def _make(output: Path) -> None:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"Impossible d’écrire dans « {output} » ({error.strerror}). Choisissez un autre --output.", "sortie_impossible"
        ) from error


def _run(found: "Found", output: Path, options: Options, meter: Meter, executor: "Executor") -> "Index":
    from clausecheck.batch.run import Batch

    settings = _settings(options)
    with shown() as listener:
        return Batch(found, output, settings, Metered(listener, meter), resume=options.resume).run(executor)


def _executor(options: Options) -> "Executor":
    from clausecheck.batch.executors import LocalExecutor

    if options.scheduler is None:
        return LocalExecutor(options.workers)
    from clausecheck.batch.cluster import DaskExecutor

    return DaskExecutor(options.scheduler)


def _exit_code(entries: Sequence["Entry"], fail_on: str) -> int:
    """4 where nothing could be judged, 3 where something could not be read, 1 where a finding at or above ``fail_on`` is open, else 0."""
    if not any(e.judged for e in entries):
        raise NothingToAnalyseError("Aucun dossier n’a pu être jugé : voyez les problèmes dans consultation.json.", "rien_a_analyser")
    if not all(e.conclusive for e in entries):
        return EXIT_UNREAD
    severities = list(Severity)
    counted = severities[: severities.index(Severity(fail_on)) + 1] if fail_on != "never" else []
    return EXIT_FINDINGS if any((e.open or {}).get(s.value) for e in entries for s in counted) else EXIT_CLEAN


def _print_plan(found: "Found", output: Path) -> None:
    """Show what would be analysed and why; nothing is read, nothing is written."""
    table = Table(title=french(f"{found.name} : {plural(len(found.dossiers), 'dossier')}"), title_justify="left")
    for column in ("Dossier", "Lot", "Candidat", "Pièces", "Pourquoi"):
        table.add_column(column, overflow="fold")
    for dossier in found.dossiers:
        kept = [p for p in dossier.read if not p.common]
        joined = sum(p.common for p in dossier.read)
        pieces = plural(len(kept), "pièce") + (f" + {plural(joined, 'commune')}" if joined else "")
        table.add_row(dossier.key, dossier.lot or "–", dossier.guess or "?", pieces, french(dossier.why))
    out().print(table)
    for dossier in found.dossiers:
        for piece in dossier.pieces:
            if piece.set_aside:
                out().print(french(f"Écartée de {dossier.key} : {piece.name} ({piece.set_aside})"), markup=False)
    out().print(french(f"Pour corriger un candidat ou un lot : {output / 'candidats.csv'}, écrit par l’analyse et relu."), markup=False)


def _print_summary(index: "Index", output: Path) -> None:
    from clausecheck.batch.index import FILENAME

    table = Table(title=french(f"{index.name} : {plural(len(index.entries), 'dossier')}"), title_justify="left")
    table.add_column("Lot")
    table.add_column("Candidat", overflow="fold")
    for column in ("Bloquants", "Majeurs", "Mineurs", "Non concluants"):
        table.add_column(column, justify="right")
    for entry in index.entries[:_ROWS]:
        table.add_row(*_row(entry))
    out().print(table)
    if len(index.entries) > _ROWS:
        out().print(french(f"… et {len(index.entries) - _ROWS} autres."), markup=False)
    out().print(french(f"Rapports et index : {output / FILENAME}"), markup=False, soft_wrap=True)
    _print_problems(index.entries)


def _row(entry: "Entry") -> tuple[str, ...]:
    name = entry.vendor.name or entry.dossier
    if not entry.judged:
        return entry.lot or "–", name, "non jugé", "", "", ""
    counted = [str((entry.open or {}).get(s.value, 0)) for s in Severity]
    return entry.lot or "–", name, *counted, str((entry.counts or {}).get("non_concluant", 0))


def _print_problems(entries: Sequence["Entry"]) -> None:
    """Say on stderr what could not be read: each file once, whatever the number of dossiers it belongs to."""
    told = dict.fromkeys(french(p.message) for e in entries if not e.conclusive for p in e.problems)
    for message in told:
        err().print(f"⚠ {message}", style="yellow", markup=False, soft_wrap=True)
