"""The folder that a run has just made."""

from pathlib import Path


def run_folder(output: Path) -> Path:
    """The only run of ``output``."""
    (folder,) = (path for path in output.iterdir() if path.is_dir())
    return folder
