"""The bytes a document was read from, found again by its source: a file, or a member of an archive or e-mail."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from clausecheck.document import Source
from clausecheck.errors import ReadError
from clausecheck.readers.archives import Member, seven_zip_members, zip_members
from clausecheck.readers.sniff import sniff


def original(source: Source) -> bytes:
    """Return the bytes of ``source``. Raises ``ReadError`` where they are gone or are no longer those that were read."""
    file, members = _split(source.path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReadError(f"« {file} » ne s'ouvre plus\u202f: {error.strerror or error}.", "fichier_inaccessible") from error
    path = str(file)
    for name in members:
        data = next((m.data for m in _members(data, path) if m.name == name), b"")
        path = f"{path}!{name}"
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise ReadError(f"« {source.path} » a changé depuis sa lecture\u202f: relancez l'analyse.", "fichier_modifie")
    return data


def _split(path: str) -> tuple[Path, list[str]]:
    """Separate the file on disk, whose own name may hold a «!», from the members inside it."""
    parts = path.split("!")
    for count in range(len(parts), 0, -1):
        file = Path("!".join(parts[:count]))
        if file.is_file():
            return file, parts[count:]
    return Path(path), []


def _members(data: bytes, path: str) -> Iterator[Member]:
    kind = sniff(data, path)
    if kind == "eml":
        from clausecheck.readers.mail import read_mail

        yield from read_mail(data, path)[1]
    else:
        found = seven_zip_members(data, path) if kind == "7z" else zip_members(data, path)
        yield from (member for member in found if isinstance(member, Member))
