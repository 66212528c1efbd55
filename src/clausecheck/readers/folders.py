"""Files of a folder that a dossier is made of: what systems and office suites leave beside them is not."""

import re
from collections.abc import Iterator
from pathlib import Path

IGNORED = frozenset({"thumbs.db", ".ds_store", "desktop.ini"})

_UNREADABLE = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte of a file name that is no UTF-8; no report can hold it."""


def legible(path: Path | str) -> str:
    """Return ``path`` as reports name it: a byte that is no UTF-8 is written out, «fa⟨E7⟩ade.pdf»."""
    return _UNREADABLE.sub(lambda found: f"⟨{ord(found.group()) & 0xFF:02X}⟩", str(path))


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files under ``folder``, sorted, without system files, hidden files and Office lock files."""
    inside = (p for p in sorted(folder.rglob("*")) if p.is_file())
    yield from (p for p in inside if p.name.lower() not in IGNORED and not p.name.startswith((".", "~$")))
