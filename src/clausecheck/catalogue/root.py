"""Where the catalogue stands and what identifies it, told without loading it."""

import hashlib
from pathlib import Path

from clausecheck.errors import CatalogueError


def default_root() -> Path:
    """Return the catalogue shipped with the package, or that of the source tree."""
    installed = Path(__file__).parent.parent / "_data" / "clauses"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "clauses"


def base_of(root: Path | None) -> Path:
    """Return the folder of the catalogue at ``root``, by default that of the package. Raises CatalogueError where there is none."""
    base = root or default_root()
    if not (base / "catalogue.yaml").is_file():
        raise CatalogueError(f"Catalogue introuvable : {base}. Indiquez un dossier qui contient catalogue.yaml.")
    return base


def catalogue_sha256(root: Path | None = None) -> str:
    """Return the hash of every file of the catalogue at ``root``, names included, without loading it. Raises CatalogueError."""
    base = base_of(root)
    digest = hashlib.sha256()
    for path in sorted(base.rglob("*.yaml")):
        digest.update(path.relative_to(base).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()
