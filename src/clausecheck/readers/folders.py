"""Files of a folder that a dossier is made of: what systems and office suites leave beside them is not."""

from collections.abc import Iterator
from pathlib import Path

IGNORED = frozenset({"thumbs.db", ".ds_store", "desktop.ini"})


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files under ``folder``, sorted, without system files, hidden files and Office lock files."""
    inside = (p for p in sorted(folder.rglob("*")) if p.is_file())
    yield from (p for p in inside if p.name.lower() not in IGNORED and not p.name.startswith((".", "~$")))
