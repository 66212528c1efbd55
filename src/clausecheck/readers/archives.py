"""Members of a zip archive, with refusals: paths that escape, bombs, locked members."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clausecheck.document import Problem
from clausecheck.errors import ReadError
from clausecheck.readers.folders import legible

MAX_MEMBERS = 5_000
MAX_TOTAL = 2_000_000_000
"""Largest sum of uncompressed sizes, in bytes."""

MAX_RATIO = 200
"""Largest compression ratio of a member above ``RATIO_FLOOR`` bytes: text compresses ten times, a bomb a thousand."""

RATIO_FLOOR = 10_000_000
_SKIPPED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_UTF8_FLAG = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive: its name in the archive and its bytes."""

    name: str
    data: bytes


def zip_members(data: bytes, path: str) -> Iterator[Member | Problem]:
    """Yield the files of a zip, a ``Problem`` for each refused. Raises ``ReadError`` for a damaged or huge archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise ReadError(
            f"« {path} » est une archive zip endommagée\u202f: demandez-en une nouvelle copie.", "archive_endommagee"
        ) from error
    with archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_TOTAL:
            raise ReadError(
                f"« {path} » est une archive trop grande\u202f: décompressez-la, puis relancez sur le dossier.",
                "archive_trop_grande",
            )
        for info in infos:
            name = member_name(info)
            if not any(name.startswith(skip) or name.endswith(skip) for skip in _SKIPPED):
                yield _read_member(archive, info, name, path)


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member: UTF-8 where it reads as such, else the cp850 of French Windows."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850")
    return name.replace("\\", "/")


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, path: str) -> Member | Problem:
    place = f"{path}!{name}"
    if name.startswith("/") or ":" in name.split("/", 1)[0] or ".." in name.split("/"):
        return Problem(
            "chemin_refuse",
            f"« {place} » sort de l'archive\u202f: fichier ignoré. Vérifiez l'origine de l'archive.",
            place,
        )
    if info.file_size > RATIO_FLOOR and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return Problem("archive_piegee", f"« {place} » se décompresse de façon anormale\u202f: fichier ignoré.", place)
    if info.flag_bits & 0x1:
        return Problem(
            "mot_de_passe",
            f"« {place} » est protégé par un mot de passe\u202f: décompressez l'archive, puis relancez.",
            place,
        )
    try:
        return Member(name, archive.read(info))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        return Problem(
            "membre_illisible",
            f"« {place} » ne se décompresse pas ({error})\u202f: demandez une nouvelle archive.",
            place,
        )


def _check_seven_zip(archive: Any, path: str) -> None:
    files = [info for info in archive.list() if not info.is_directory]
    escapes = any(name.startswith("/") or ".." in name.split("/") for name in (info.filename.replace("\\", "/") for info in files))
    if escapes or len(files) > MAX_MEMBERS or sum(info.uncompressed or 0 for info in files) > MAX_TOTAL:
        raise ReadError(
            f"« {path} » est refusée : décompressez l'archive vous-même, puis relancez sur le dossier.",
            "archive_refusee",
        )


def seven_zip_members(data: bytes, path: str) -> Iterator[Member | Problem]:
    """Yield the files of a 7z where py7zr is installed. Raises ``ReadError`` otherwise, or when it is refused."""
    try:
        import py7zr
    except ImportError as error:
        raise ReadError(f"« {path} » est une archive 7z\u202f: décompressez l'archive puis relancez.", "format_refuse") from error
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        try:
            with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
                _check_seven_zip(archive, path)
                archive.extractall(folder)
        except (py7zr.exceptions.ArchiveError, OSError) as error:
            raise ReadError(
                f"« {path} » est une archive 7z illisible\u202f: décompressez-la, puis relancez.", "archive_endommagee"
            ) from error
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield Member(legible(file.relative_to(folder).as_posix()), file.read_bytes())
