"""Writes the comparison of the vendors beside their reports, unless the one that is there already says the same."""

import hashlib
from pathlib import Path

from clausecheck import __version__
from clausecheck.batch.index import FILENAME, hash_of
from clausecheck.batch.state import FILENAME as STATE
from clausecheck.batch.state import State, key_of


def write_matrix(output: Path) -> tuple[list[Path], bool]:
    """Write the matrix of a batch's output folder in its usual forms. Raises ClausecheckError.

    Returns the paths, and whether they are new.
    """
    index = hashlib.sha256((output / FILENAME).read_bytes()).hexdigest()
    key = key_of(["matrice", __version__, index])
    state = State.open(output / STATE)
    try:
        known = state.matrix(key)
        if known and all(hash_of(output / name) == digest for name, digest in known.items()):
            return [output / name for name in known], False
        from clausecheck.reporting.matrix.folder import DEFAULT, read_folder, write_files

        written = write_files(read_folder(output), output, DEFAULT)
        state.keep_matrix(key, {path.name: hash_of(path) for path in written})
    finally:
        state.close()
    return written, True
