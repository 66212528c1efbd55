"""``clausecheck matrix``: the comparison of a batch's dossiers, printed and written beside them."""

from collections.abc import Sequence
from pathlib import Path

from clausecheck.errors import EXIT_CLEAN, EXIT_UNREAD, NothingToAnalyseError


def run_matrix(folder: Path, formats: Sequence[str], *, everything: bool) -> int:
    """Write the files asked for, print the matrix, and return the exit code: 3 where a dossier could not be read or concluded."""
    from clausecheck.cli.console import err, out
    from clausecheck.reporting.matrix.folder import DEFAULT, read_folder, write_files
    from clausecheck.reporting.matrix.terminal import print_matrix

    if not folder.is_dir():
        raise NothingToAnalyseError(f"« {folder} » n’est pas un dossier : donnez celui que clausecheck batch a écrit.", "dossier_absent")
    comparison = read_folder(folder)
    written = write_files(comparison, folder, formats or DEFAULT)
    print_matrix(comparison, out(), everything=everything)
    err().print(f"Matrice écrite : {', '.join(map(str, written))}", markup=False, soft_wrap=True)
    return EXIT_CLEAN if comparison.conclusive else EXIT_UNREAD
