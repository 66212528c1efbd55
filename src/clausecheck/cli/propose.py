"""``clausecheck propose``: the annex of model clauses for what is missing or weakened."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.cli.clock import now
from clausecheck.errors import EXIT_CLEAN, EXIT_UNREAD

if TYPE_CHECKING:
    from clausecheck.cli.runs import Clock


def run_propose(paths: Sequence[Path], output: Path, catalogue: Path | None, *, clock: "Clock" = now) -> int:
    """Judge the dossier, write the annex, and return the exit code: 3 where something could not be read."""
    from clausecheck.cli.console import tell
    from clausecheck.cli.judging import judged
    from clausecheck.cli.meter import Meter
    from clausecheck.cli.runs import Run
    from clausecheck.reporting.annex import FILENAME, render
    from clausecheck.reporting.manifest import Subject
    from clausecheck.reporting.view import ReportView

    meter = Meter()
    gathered, report = judged(paths, output, catalogue, meter)
    run = Run.start(output, clock, gathered.name, "annexe")
    (run.folder / FILENAME).write_bytes(render(ReportView.of(report)))
    run.close(Subject.of_report(report), "propose", {}, gathered.files, meter)
    tell(f"Annexe écrite : {run.folder / FILENAME}")
    return EXIT_UNREAD if gathered.problems or not report.conclusive else EXIT_CLEAN
