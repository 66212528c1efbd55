"""Reads the pieces of a consultation, each content once, and remembers what it gave."""

import importlib.util
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clausecheck import __version__
from clausecheck.batch.documents import DocumentCache, renamed_problem
from clausecheck.batch.executors import Executor, Failure, Task
from clausecheck.batch.pieces import Piece, inaccessible
from clausecheck.batch.progress import Listener
from clausecheck.batch.state import State, key_of
from clausecheck.batch.tasks import JudgedPiece, Reading, as_plain, from_plain, read_piece, unreadable
from clausecheck.batch.vendors import Hint
from clausecheck.document.model import Problem
from clausecheck.errors import ReadError

FORMAT = 1
"""Raised when the form of what is kept changes."""


def read_as(piece: Piece) -> str:
    """Return the name a content is read under: the same wherever it stands, then replaced by the piece's own."""
    return f"{piece.sha256}{piece.suffix}"


def tools_here() -> list[bool]:
    """Tell which optional helpers this computer has: a scan read without OCR must be read again with it."""
    from clausecheck.readers import ocr, office

    return [ocr.available(), office.find_office() is not None, importlib.util.find_spec("py7zr") is not None]


@dataclass
class Library:
    """What each content gave: ``readings`` by the name it was read under; ``failures``: what killed its worker, tried again next time."""

    state: State
    cache: DocumentCache
    readings: dict[str, Reading] = field(default_factory=dict)
    failures: dict[str, Problem] = field(default_factory=dict)
    tools: list[bool] = field(default_factory=tools_here)

    def missing(self, pieces: Iterable[Piece], *, resume: bool) -> list[Piece]:
        """Recall what was read before, and return one piece for each content not yet read, the largest first."""
        wanted = {read_as(p): p for p in pieces if p.problem is None}
        if resume:
            self._recall(wanted)
        return sorted((p for name, p in wanted.items() if name not in self.readings), key=lambda p: (-p.size, p.sha256))

    def read(self, missing: Sequence[Piece], executor: Executor, listener: Listener, seconds: float) -> None:
        """Read the contents that are missing."""
        listener.reading(len(missing))
        for name, outcome in executor.run(read_piece, self._tasks(missing, seconds)):
            self._keep(name, outcome, listener)
        self.cache.trim()

    def _tasks(self, pieces: Iterable[Piece], seconds: float) -> Iterator[Task]:
        for piece in pieces:
            name = read_as(piece)
            try:
                yield Task(name, (piece.file.read_bytes(), name, seconds), seconds)
            except OSError as error:  # gone since it was found
                self.failures[name] = inaccessible(name, error)

    def _recall(self, wanted: Iterable[str]) -> None:
        for name in wanted:
            if plain := self.state.reading(self._key(name)):
                self.readings[name] = from_plain(plain)

    def _keep(self, name: str, outcome: Reading | Failure, listener: Listener) -> None:
        if isinstance(outcome, Failure):
            self.failures[name] = Problem(outcome.code, unreadable(name, outcome.what), name)
            listener.read(0, [self.failures[name]])
            return
        self.cache.put(self._key(name), outcome.documents)
        plain = as_plain(outcome)
        if not outcome.problems:  # what failed is tried again next time: the reader may be mended, a tool installed
            self.state.keep_reading(self._key(name), dict(plain))
        self.readings[name] = from_plain(plain)
        listener.read(outcome.pages, outcome.problems)

    def _key(self, name: str) -> str:
        return key_of([FORMAT, __version__, self.tools, name])

    def problems(self, piece: Piece, shown: str) -> Iterator[Problem]:
        """Yield what could not be read of ``piece``, under the name ``shown``."""
        if piece.problem is not None:
            yield Problem(piece.problem.code, piece.problem.message, shown)
            return
        name = read_as(piece)
        found = (self.failures[name],) if name in self.failures else self.readings[name].problems
        yield from (renamed_problem(problem, name, shown) for problem in found)

    def hints(self, piece: Piece) -> tuple[Hint, ...]:
        """Return what ``piece`` says of its parties."""
        reading = self.readings.get(read_as(piece))
        return reading.hints if reading else ()

    def count(self, piece: Piece) -> int:
        """Return how many documents ``piece`` gave."""
        reading = self.readings.get(read_as(piece))
        return reading.count if reading else 0

    def documents(self, piece: Piece, shown: str) -> JudgedPiece | None:
        """Return what to judge of ``piece``, None when it gave no document; its bytes where they were not kept. Raises ReadError."""
        if not self.count(piece):
            return None
        kept = self.cache.get(self._key(read_as(piece)))
        try:
            return JudgedPiece(shown, read_as(piece), kept, piece.file.read_bytes() if kept is None else None)
        except OSError as error:
            raise ReadError(inaccessible(shown, error).message, "fichier_inaccessible") from error
