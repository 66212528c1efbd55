"""Writes the comparison of the vendors beside their reports, unless the one that is there already says the same."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck import __version__
from clausecheck.batch.executors import Executor, Failure, Task
from clausecheck.batch.index import FILENAME, hash_of
from clausecheck.batch.state import FILENAME as STATE
from clausecheck.batch.state import State, key_of

if TYPE_CHECKING:
    from clausecheck.reporting.comparison import Comparison

_SECONDS = 3600


def known_matrix(output: Path) -> list[Path]:
    """Return the files of the matrix in a batch's output folder, none where they are not those of its index."""
    state = State.open(output / STATE)
    try:
        known = state.matrix(_key(output)) or {}
    finally:
        state.close()
    return [output / name for name in known] if all(hash_of(output / name) == digest for name, digest in known.items()) else []


def write_matrix(comparison: "Comparison", output: Path, executor: Executor) -> list[Path]:
    """Write the matrix in its usual forms, in the output folder it was read from, and return the paths. Raises ClausecheckError."""
    from clausecheck.reporting.matrix.folder import DEFAULT

    made = dict(_written(comparison, output, executor, DEFAULT))
    written = [made[name] for name in DEFAULT]
    state = State.open(output / STATE)
    try:
        state.keep_matrix(_key(output), {path.name: hash_of(path) for path in written})
    finally:
        state.close()
    return written


def _written(comparison: "Comparison", output: Path, executor: Executor, names: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Write the forms side by side where the workers see this folder; one that a worker did not write is written here."""
    from clausecheck.reporting.matrix.folder import write_file

    if not executor.nearby:
        yield from ((name, write_file(comparison, output, name)) for name in names)
        return
    tasks = (Task(name, (comparison, output, name), _SECONDS) for name in names)
    for name, outcome in executor.run(write_file, tasks):
        yield name, write_file(comparison, output, name) if isinstance(outcome, Failure) else outcome


def _key(output: Path) -> str:
    index = hashlib.sha256((output / FILENAME).read_bytes()).hexdigest()
    return key_of(["matrice", __version__, index])
