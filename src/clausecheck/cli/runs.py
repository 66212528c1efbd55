"""The folder of a run: dated, new each time, closed by its manifest; nothing of an earlier run is ever overwritten."""

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.errors import UsageError

if TYPE_CHECKING:
    from clausecheck.cli.meter import Meter
    from clausecheck.reporting.cost import RunNote
    from clausecheck.reporting.manifest import Options, Subject

Clock = Callable[[], datetime]
POINTER = "dernier.html"
_NAME_LENGTH = 60


def writable(output: Path, paths: Sequence[Path]) -> None:
    """Make the output folder before the work, so that a bad path costs nothing. Raises UsageError.

    A folder to analyse cannot hold it: the next run would read its reports as pieces of the contract.
    """
    inside = next((p for p in paths if p.is_dir() and output.resolve().is_relative_to(p.resolve())), None)
    if inside is not None:
        message = f"« {output} » est dans le dossier à analyser : ses rapports seraient lus comme des pièces. Choisissez un autre --output."
        raise UsageError(message, "sortie_dans_le_dossier")
    try:
        output.mkdir(parents=True, exist_ok=True)
        probe = output / ".clausecheck"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise UsageError(
            f"Impossible d’écrire dans « {output} » ({error.strerror}). Choisissez un autre dossier avec --output.",
            "sortie_impossible",
        ) from error


@dataclass(frozen=True, slots=True)
class Run:
    """A run being written. ``folder``: its own; ``moment``: when."""

    folder: Path
    moment: datetime

    @classmethod
    def start(cls, output: Path, clock: Clock, *names: str) -> "Run":
        """Make the folder «AAAA-MM-JJ-HHMMSS-<names>» in ``output``; a second run of the same second is numbered."""
        moment = clock()
        stem = f"{moment:%Y-%m-%d-%H%M%S}-{'-'.join(slug(name) for name in names if name)}"
        folder, number = output / stem, 1
        while True:
            try:
                folder.mkdir()
            except FileExistsError:
                number += 1
                folder = output / f"{stem}-{number}"
            else:
                return cls(folder, moment)

    def note(self, meter: "Meter") -> "RunNote":
        """Return what the reports of this run say of it."""
        from clausecheck.reporting.cost import RunNote

        return RunNote(self.moment, meter.cost())

    def close(self, subject: "Subject", command: str, options: "Options", files: Sequence[Path], meter: "Meter") -> None:
        """Write the manifest, last: a run without one was interrupted."""
        from clausecheck.reporting.cost import Phase
        from clausecheck.reporting.manifest import FILENAME, dumps, manifest

        meter.ends(Phase.WRITING)
        described = manifest(subject, command, options, self.note(meter), files, self.folder)
        (self.folder / FILENAME).write_text(dumps(described), encoding="utf-8", newline="\n")

    def keep(self, output: Path, path: Path, *, linked: bool = False) -> None:
        """Keep ``path`` of ``output`` at the same place in this run: a copy, or where ``linked`` the same bytes on disk.

        Link only what is never written in place; a file system without links gets a copy.
        """
        target = self.folder / path.relative_to(output)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            (os.link if linked else shutil.copyfile)(path, target)
        except OSError:
            shutil.copyfile(path, target)

    def point_to(self, filename: str) -> Path:
        """Make «dernier.html», beside the runs, open ``filename`` of this one; return it."""
        from clausecheck.reporting.page import page

        pointer = self.folder.parent / POINTER
        fresh = self.folder / f".{POINTER}"
        fresh.write_text(page(POINTER, target=f"{self.folder.name}/{filename}"), encoding="utf-8", newline="\n")
        fresh.replace(pointer)
        return pointer


def slug(name: str) -> str:
    """Return ``name`` in letters that every file system and archive accepts."""
    ascii_only = unicodedata.normalize("NFKD", name.replace("œ", "oe")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_]+", "-", ascii_only).strip("-")[:_NAME_LENGTH].rstrip("-") or "dossier"
