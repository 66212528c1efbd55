"""``clausecheck verify``: tells whether a run is still what it was."""

from collections.abc import Sequence
from pathlib import Path

from clausecheck.errors import EXIT_CLEAN, EXIT_FINDINGS


def run_verify(folder: Path, pieces: Sequence[Path]) -> int:
    """Check every hash of the run, say what differs, and return 0 where nothing does, else 1. Raises UsageError where it is no run."""
    from clausecheck.cli.gather import files_of
    from clausecheck.reporting.manifest import FILENAME, changed_inputs, changed_outputs, load, mark, recorded_pieces
    from clausecheck.reporting.typography import french_date, plural

    described = load(folder)
    files = files_of(pieces)
    changed, lost = (changed_inputs(described, files), 0) if pieces else recorded_pieces(described)
    differences = [*changed_outputs(described, folder), *changed]
    for difference in differences:
        _print(f"✖ {difference.what} : {difference.path}")
    if lost:
        _print(f"? {plural(lost, 'pièce')} hors de portée, non vérifiées : indiquez où elles sont avec --pieces.")
    when, tool = french_date(described.moment), f"clausecheck {described.tool}"
    _print(f"Analyse du {when}, « {described.dossier} », version {described.diffusion}, {tool}.")
    _print(f"Empreinte SHA-256 du manifeste : {mark(folder / FILENAME, FILENAME).sha256}")
    checked = plural(len(described.outputs), "fichier"), plural(len(described.inputs) - lost, "pièce")
    verdict = f"✔ Rien n’a changé : {' et '.join(checked)}, vérifiés."
    if differences:
        verdict = f"✖ L’analyse a changé : {plural(len(differences), 'différence')}."
    _print(verdict)
    return EXIT_FINDINGS if differences else EXIT_CLEAN


def _print(text: str) -> None:
    from clausecheck.cli.console import out
    from clausecheck.reporting.typography import french

    out().print(french(text), markup=False, soft_wrap=True)
