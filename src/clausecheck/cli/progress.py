"""Progress of a batch on stderr: a live line on a terminal, nothing in a pipe."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from clausecheck.batch.progress import Listener, Silent
from clausecheck.cli.console import err
from clausecheck.cli.meter import Meter
from clausecheck.document.model import Problem
from clausecheck.reporting.cost import Phase
from clausecheck.reporting.typography import french, plural


class Live:
    """Shows two bars, pages a second and how many problems so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._reading = progress.add_task("Lecture", total=None, note="")
        self._judging = progress.add_task("Jugement", total=None, note="", visible=False)
        self._pages = 0
        self._problems = 0

    def reading(self, total: int) -> None:
        """Open the first bar."""
        self._progress.update(self._reading, total=total)

    def read(self, pages: int, problems: Sequence[Problem]) -> None:
        """One file was read."""
        self._pages += pages
        self._advance(self._reading, problems)

    def judging(self, total: int) -> None:
        """Open the second bar."""
        self._progress.update(self._judging, total=total, visible=True)

    def judged(self, problems: Sequence[Problem]) -> None:
        """One dossier was judged."""
        self._advance(self._judging, ())
        del problems  # those of its files were counted when they were read

    def _advance(self, task: TaskID, problems: Sequence[Problem]) -> None:
        self._problems += len(problems)
        elapsed = self._progress.tasks[task].elapsed or 0.0
        speed = f"{self._pages / elapsed:.0f} p./s" if task == self._reading and elapsed else ""
        trouble = plural(self._problems, "problème") if self._problems else ""
        self._progress.update(task, advance=1, note=" · ".join(filter(None, (speed, trouble))))
        for problem in problems:
            self._progress.console.print(french(f"⚠ {problem.message}"), style="yellow", markup=False)


class Metered:
    """Tells a meter when a step ends, and passes on what it is told."""

    def __init__(self, listener: Listener, meter: Meter) -> None:
        self._listener = listener
        self._meter = meter

    def reading(self, total: int) -> None:
        """What came before is the loading of the rules."""
        self._meter.ends(Phase.JUDGING)
        self._listener.reading(total)

    def read(self, pages: int, problems: Sequence[Problem]) -> None:
        """One file was read."""
        self._listener.read(pages, problems)

    def judging(self, total: int) -> None:
        """Reading is over."""
        self._meter.ends(Phase.READING)
        self._listener.judging(total)

    def judged(self, problems: Sequence[Problem]) -> None:
        """One dossier was judged."""
        self._listener.judged(problems)


@contextmanager
def shown() -> Iterator[Listener]:
    """Show progress where someone can see it."""
    if not err().is_terminal:
        yield Silent()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[note]}"),
    )
    with Progress(*columns, console=err(), transient=True) as progress:
        yield Live(progress)
