"""What ``annotate`` and ``propose`` share: a dossier read and judged, an output folder that is there, problems told."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clausecheck.assessment.model import DossierReport
    from clausecheck.cli.gather import Gathered
    from clausecheck.cli.meter import Meter


def judged(paths: Sequence[Path], output: Path, catalogue: Path | None, meter: "Meter") -> "tuple[Gathered, DossierReport]":
    """Return what was read and its report. Raises ClausecheckError, before the work where ``output`` cannot be written."""
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.cli.console import tell
    from clausecheck.cli.gather import gather
    from clausecheck.cli.runs import writable
    from clausecheck.pipeline import Engine
    from clausecheck.reporting.cost import Phase

    engine = Engine(load_catalogue(catalogue))
    writable(output, paths)
    meter.ends(Phase.JUDGING)
    gathered = gather(paths)
    meter.ends(Phase.READING)
    report = engine.assess(gathered.documents, name=gathered.name, problems=gathered.problems)
    meter.ends(Phase.JUDGING)
    for problem in report.problems:
        tell(problem.message)
    return gathered, report
