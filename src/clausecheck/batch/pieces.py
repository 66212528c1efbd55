"""Files of a consultation, those inside archives included: each with its place, its bytes on disk and its hash."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from clausecheck.document.model import Problem
from clausecheck.errors import ReadError, UsageError
from clausecheck.readers import MAX_DEPTH
from clausecheck.readers.folders import files_in, legible

ARCHIVES = frozenset({".zip", ".7z"})
_SIGNATURE = re.compile(r"\.(p7s|sig)$|signature[^/]*\.xml$|\.xades$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One file. ``path``: relative to the source, ``archive.zip!member`` inside archives; ``parts``: its folders and name.

    ``file``: where its bytes are; ``problem``: why an archive's member was refused (it then has no bytes).
    """

    path: str
    parts: tuple[str, ...]
    file: Path
    sha256: str
    size: int
    problem: Problem | None = None

    @property
    def suffix(self) -> str:
        """The extension in lower case, dot included: with the content, all that reading depends on."""
        return PurePosixPath(self.parts[-1]).suffix.lower()

    @property
    def signature(self) -> bool:
        """True for a detached signature, which no one reads."""
        return _SIGNATURE.search(self.parts[-1]) is not None

    def within(self, depth: int) -> str:
        """Return the path without its ``depth`` first folders."""
        return self.path[sum(len(part) + 1 for part in self.parts[:depth]) :]


class Collector:
    """Lists the files of a folder or archive. ``spool``: where members are unpacked."""

    def __init__(self, spool: Path) -> None:
        self._spool = spool

    def collect(self, source: Path, without: Iterable[Path] = ()) -> list[Piece]:
        """Return every piece of ``source``, by path, but those under ``without``. Raises UsageError when it does not exist."""
        if not source.exists():
            raise UsageError(f"Introuvable : « {source} ». Vérifiez le chemin et relancez.", "fichier_introuvable")
        if source.is_dir():
            elsewhere = [path.resolve() for path in without]
            files = (f for f in files_in(source) if not any(f.resolve().is_relative_to(path) for path in elsewhere))
            found = [piece for file in files for piece in self._of(file, source)]
        else:
            found = list(self._alone(source))
        return sorted(found, key=lambda piece: piece.parts)

    def _of(self, file: Path, source: Path) -> Iterator[Piece]:
        parts = tuple(map(legible, file.relative_to(source).parts))
        yield from self._open(file, "/".join(parts), parts, 0)

    def _alone(self, file: Path) -> Iterator[Piece]:
        """Yield the members of an archive by their place in it; a plain file is one piece."""
        name = legible(file.name)
        for piece in self._open(file, name, (name,), 0):
            inside = len(piece.parts) > 1
            yield Piece(piece.within(1), piece.parts[1:], piece.file, piece.sha256, piece.size, piece.problem) if inside else piece

    def _open(self, file: Path, path: str, parts: tuple[str, ...], depth: int) -> Iterator[Piece]:
        """Yield the members of an archive, or the file itself: an archive that does not open is told by whoever reads it."""
        try:
            members = self._members(file, path, parts, depth) if PurePosixPath(path).suffix.lower() in ARCHIVES else []
            yield from members or [_hashed(file, path, parts)]
        except OSError as error:
            yield Piece(path, parts, file, "", 0, inaccessible(path, error))

    def _members(self, file: Path, path: str, parts: tuple[str, ...], depth: int) -> list[Piece]:
        from clausecheck.readers.archives import seven_zip_members, zip_members
        from clausecheck.readers.sniff import sniff

        data = file.read_bytes()
        openers = {"zip": zip_members, "7z": seven_zip_members}
        opener = openers.get(sniff(data, path) or "")
        if opener is None or depth >= MAX_DEPTH:
            return []
        try:
            return [p for member in opener(data, path) for p in self._member(member, path, parts, depth)]
        except ReadError:
            return []

    def _member(self, member: object, path: str, parts: tuple[str, ...], depth: int) -> Iterator[Piece]:
        from clausecheck.readers.archives import Member

        if isinstance(member, Member):
            kept = self._keep(member.data)
            yield from self._open(kept, f"{path}!{member.name}", (*parts, *member.name.split("/")), depth + 1)
        elif isinstance(member, Problem):
            place = member.document or path
            yield Piece(place, (*parts, *place[len(path) + 1 :].split("/")), Path(), "", 0, member)

    def _keep(self, data: bytes) -> Path:
        target = self._spool / hashlib.sha256(data).hexdigest()
        if not target.exists():
            target.write_bytes(data)
        return target


def _hashed(file: Path, path: str, parts: tuple[str, ...]) -> Piece:
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Piece(path, parts, file, digest, file.stat().st_size)


def inaccessible(path: str, error: OSError) -> Problem:
    """Word a file that the system does not give."""
    text = f"« {path} » ne s’ouvre pas ({error.strerror}) : vérifiez qu’il existe et que vous pouvez le lire, puis relancez."
    return Problem("fichier_inaccessible", text, path)
