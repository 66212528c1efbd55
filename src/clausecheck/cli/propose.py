"""``clausecheck propose``: the annex of model clauses for what is missing or weakened."""

from collections.abc import Sequence
from pathlib import Path

from clausecheck.errors import EXIT_CLEAN, EXIT_UNREAD


def run_propose(paths: Sequence[Path], output: Path, catalogue: Path | None) -> int:
    """Judge the dossier, write the annex, and return the exit code: 3 where something could not be read."""
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.cli.check import writable
    from clausecheck.cli.console import tell
    from clausecheck.cli.gather import gather
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.annex import FILENAME, render
    from clausecheck.reporting.view import ReportView

    engine = Engine(load_catalogue(catalogue))
    writable(output)
    gathered = gather(paths)
    report = engine.assess(gathered.documents, name=gathered.name, problems=gathered.problems)
    for problem in report.problems:
        tell(problem.message)
    (output / FILENAME).write_bytes(render(ReportView.of(report)))
    tell(f"Annexe écrite : {output / FILENAME}")
    return EXIT_UNREAD if gathered.problems or not report.conclusive else EXIT_CLEAN
