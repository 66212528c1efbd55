"""``clausecheck annotate``: working copies of the pieces, annotated on the exact words; the originals are never touched."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.cli.clock import now
from clausecheck.errors import EXIT_CLEAN, EXIT_UNREAD

if TYPE_CHECKING:
    from clausecheck.cli.runs import Clock
    from clausecheck.reporting.annotate import Copy
    from clausecheck.reporting.view import ReportView


def run_annotate(paths: Sequence[Path], output: Path, catalogue: Path | None, *, suggestions: bool, clock: "Clock" = now) -> int:
    """Judge the dossier, write an annotated copy of each piece, and return the exit code: 3 where a piece has none."""
    from clausecheck.cli.judging import judged
    from clausecheck.cli.meter import Meter
    from clausecheck.cli.runs import Run
    from clausecheck.reporting.manifest import Subject
    from clausecheck.reporting.view import ReportView

    meter = Meter()
    gathered, report = judged(paths, output, catalogue, meter)
    run = Run.start(output, clock, gathered.name, "copies")
    complete = write_copies(ReportView.of(report), run.folder, suggestions=suggestions)
    run.close(Subject.of_report(report), "annotate", {"suggestions": suggestions}, gathered.files, meter)
    return EXIT_CLEAN if complete and not gathered.problems else EXIT_UNREAD


def write_copies(view: "ReportView", output: Path, *, suggestions: bool = False) -> bool:
    """Write the annotated copies in ``output``; say what was written and what could not be. True where every piece has one."""
    from clausecheck.cli.console import tell
    from clausecheck.document import Problem
    from clausecheck.reporting.annotate import Copy, annotated_copies

    sources = {Path(d.source.path.split("!")[0]).resolve() for d in view.report.segmented.documents}
    complete = True
    for made in annotated_copies(view, suggestions=suggestions):
        if isinstance(made, Copy) and (output / made.name).resolve() not in sources:
            _write(made, output)
        else:
            complete = False
            tell(made.message if isinstance(made, Problem) else f"« {made.name} » est une pièce du dossier : {_ELSEWHERE}")
    return complete


_ELSEWHERE = "sa copie ne l’écrase pas, choisissez un autre dossier avec --output."


def _write(copy: "Copy", output: Path) -> None:
    from clausecheck.cli.console import tell
    from clausecheck.reporting.typography import plural

    target = output / copy.name
    target.write_bytes(copy.data)
    tell(f"Copie annotée écrite : {target}")
    if copy.unplaced:
        passages = plural(len(copy.unplaced), "passage")
        tell(f"{passages} sans annotation à sa place : la première note de la copie les cite.")
