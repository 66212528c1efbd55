"""Readers: bytes in any accepted format to ``Document``, the format told by content and not by extension."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path, PurePosixPath

from clausecheck.document import Document, Problem, Source
from clausecheck.errors import ReadError
from clausecheck.readers.folders import legible
from clausecheck.vocabulary import View

__all__ = ["ReadResult", "read_bytes", "read_path"]

MAX_DEPTH = 4
"""How deep archives may nest."""

_REVISED = frozenset({"docx", "odt", "doc", "rtf"})
"""Formats that keep tracked changes."""

_LAID_OUT = frozenset({".docx", ".odt", ".pdf", ".doc", ".rtf"})
_BARE = {"txt": "du texte brut", "html": "une page web"}
"""Formats of text, in words, that a file named as one of ``_LAID_OUT`` should not be."""

_NO_BREAK = "\u202f"
_READERS = {
    "pdf": "pdf",
    "docx": "docx",
    "odt": "odt",
    "md": "markdown",
    "txt": "plaintext",
    "html": "html",
    "xlsx": "spreadsheet",
    "ods": "spreadsheet",
    "image": "ocr",
    "doc": "office",
    "rtf": "office",
}
_REFUSED = {
    "rar": f"est une archive rar{_NO_BREAK}: décompressez l'archive puis relancez.",
    "encrypted": f"est protégé par un mot de passe{_NO_BREAK}: enregistrez une copie sans mot de passe, puis relancez.",
    "xls": f"est un ancien fichier Office{_NO_BREAK}: enregistrez-le en .xlsx, .ods ou .docx, puis relancez.",
}


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a file gave: its documents (several for an archive) and what could not be read. Iterates on documents.

    ``signatures``: paths of the detached signatures found, which sign documents and are none themselves.
    """

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    signatures: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a file is read: its tracked changes, and how many archives it is in."""

    view: View
    depth: int = 0

    def deeper(self) -> "_Way":
        return _Way(self.view, self.depth + 1)


def read_path(path: str | Path, view: View = View.FINAL) -> ReadResult:
    """Read a file of any accepted format; ``view``: how its tracked changes are read. Raises ``ReadError`` when it cannot be."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"« {legible(path)} » ne s'ouvre pas{_NO_BREAK}: {error.strerror or error}.", "fichier_inaccessible") from error
    return read_bytes(data, legible(path), view)


def read_bytes(data: bytes, path: str, view: View = View.FINAL) -> ReadResult:
    """Read ``data``, named ``path`` in messages and sources. An archive member that fails becomes a ``Problem``."""
    return _read(data, path, _Way(view))


def _read(data: bytes, path: str, way: _Way) -> ReadResult:
    from clausecheck.readers.sniff import sniff

    if not data.strip():
        raise ReadError(f"« {path} » est vide{_NO_BREAK}: vérifiez l'envoi et redemandez la pièce.", "fichier_vide")
    kind = sniff(data, path)
    if kind == "signature":
        return ReadResult(signatures=(path,))
    if kind in _REFUSED:
        raise ReadError(f"« {path} » {_REFUSED[kind]}", "format_refuse")
    if container := _CONTAINERS.get(kind or ""):
        return container(data, path, way)
    if kind not in _READERS:
        raise ReadError(
            f"« {path} » est d'un format inconnu{_NO_BREAK}: fournissez la pièce en .docx, .odt, .pdf, .md ou .txt.",
            "format_inconnu",
        )
    return ReadResult((_read_document(data, path, kind, way.view),))


def _read_document(data: bytes, path: str, kind: str, view: View) -> Document:
    from clausecheck.readers.language import tag_languages

    source = Source(path, hashlib.sha256(data).hexdigest(), kind, len(data))
    read = import_module(f"clausecheck.readers.{_READERS[kind]}").read
    document: Document = read(data, source, view) if kind in _REVISED else read(data, source)
    if view is not View.FINAL and kind in _REVISED:
        document = replace(document, anchors=())  # places are those of the text shown, not of the file
    return tag_languages(_told(document, kind))


def _told(document: Document, kind: str) -> Document:
    """Warn where the name promises a laid-out document and the file is text alone: what the original shows is not there."""
    suffix = PurePosixPath(document.source.path.replace("\\", "/")).suffix.lower()
    if kind not in _BARE or suffix not in _LAID_OUT:
        return document
    message = (
        f"l’extension {suffix} annonce un document mis en page, mais le fichier n’est que {_BARE[kind]}{_NO_BREAK}: il est lu comme tel, "
        "sans pages, ni notes, ni suivi des modifications. Demandez l’original pour le vérifier."
    )
    return replace(document, warnings=(*document.warnings, Problem("extension_trompeuse", message, document.source.path)))


def _read_members(members: Iterator[object], path: str, way: _Way) -> ReadResult:
    from clausecheck.readers.archives import Member

    documents: list[Document] = []
    problems: list[Problem] = []
    signatures: list[str] = []
    for member in members:
        if isinstance(member, Problem):
            problems.append(member)
        elif isinstance(member, Member):
            inner = _read_member(member.data, f"{path}!{member.name}", way.deeper())
            documents += inner.documents
            problems += inner.problems
            signatures += inner.signatures
    return ReadResult(tuple(documents), tuple(problems), tuple(signatures))


def _read_member(data: bytes, path: str, way: _Way) -> ReadResult:
    if way.depth > MAX_DEPTH:
        return ReadResult(
            problems=(
                Problem(
                    "archive_trop_imbriquee",
                    f"« {path} » est dans trop d'archives emboîtées{_NO_BREAK}: décompressez-la.",
                    path,
                ),
            )
        )
    try:
        return _read(data, path, way)
    except ReadError as error:
        return ReadResult(problems=(Problem(error.code, str(error), path),))


def _read_zip(data: bytes, path: str, way: _Way) -> ReadResult:
    from clausecheck.readers.archives import zip_members

    return _read_members(zip_members(data, path), path, way)


def _read_seven_zip(data: bytes, path: str, way: _Way) -> ReadResult:
    from clausecheck.readers.archives import seven_zip_members

    return _read_members(seven_zip_members(data, path), path, way)


def _read_mail(data: bytes, path: str, way: _Way) -> ReadResult:
    from clausecheck.readers.language import tag_languages
    from clausecheck.readers.mail import read_mail

    body, attachments = read_mail(data, path)
    result = _read_members(iter(attachments), path, way)
    return replace(result, documents=(tag_languages(body), *result.documents)) if body.blocks else result


_CONTAINERS: dict[str, Callable[[bytes, str, _Way], ReadResult]] = {
    "zip": _read_zip,
    "7z": _read_seven_zip,
    "eml": _read_mail,
}
