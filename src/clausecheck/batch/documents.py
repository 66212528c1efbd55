"""Read documents kept by content: exact, checked on read, limited in size, safe when two runs share the folder.

JSON checked against the model's own types, never pickle: what is in a folder that others can write to is not trusted.
"""

import hashlib
import os
import uuid
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from clausecheck.document.model import Document, Problem

if TYPE_CHECKING:
    from pydantic import TypeAdapter

MAX_BYTES = 2_000_000_000
"""Size of the cache, in bytes, above which what was used longest ago goes."""

_HASH = 64
_SUFFIX = ".documents"
_LEVEL = 1
"""Of zlib: three times faster than the default, a tenth larger."""


@cache
def _adapter() -> "TypeAdapter[tuple[Document, ...]]":
    from pydantic import ConfigDict, TypeAdapter

    return TypeAdapter(tuple[Document, ...], config=ConfigDict(ser_json_inf_nan="constants"))


def dumps(documents: Sequence[Document]) -> bytes:
    """Return ``documents`` as compressed JSON; ``loads`` gives back equal ones."""
    return zlib.compress(_adapter().dump_json(tuple(documents)), _LEVEL)


def loads(data: bytes) -> tuple[Document, ...]:
    """Return the documents of ``data``. Raises ValueError or zlib.error where it is not what ``dumps`` wrote."""
    return _adapter().validate_json(zlib.decompress(data))


def renamed(document: Document, old: str, new: str) -> Document:
    """Return ``document`` as if it had been read under the path ``new``."""
    source = replace(document.source, path=document.source.path.replace(old, new))
    return replace(document, source=source, warnings=tuple(renamed_problem(w, old, new) for w in document.warnings))


def renamed_problem(problem: Problem, old: str, new: str) -> Problem:
    """Return ``problem`` as if its file had been read under the path ``new``."""
    return Problem(problem.code, problem.message.replace(old, new), (problem.document or old).replace(old, new))


class DocumentCache:
    """Compressed documents in ``folder``, one file a content; each begins with the hash of what follows."""

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max = max_bytes
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> bytes | None:
        """Return what was kept under ``key``, None where it is not there or no longer whole."""
        path = self._path(key)
        try:
            raw = path.read_bytes()
        except OSError:
            return None
        digest, data = raw[:_HASH], raw[_HASH:]
        if hashlib.sha256(data).hexdigest().encode() != digest:
            path.unlink(missing_ok=True)
            return None
        with suppress(OSError):
            os.utime(path)  # last use, for ``trim``
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep ``data``: readers see the whole of it or nothing."""
        write_whole(self._path(key), hashlib.sha256(data).hexdigest().encode() + data)

    def trim(self) -> None:
        """Remove what was used longest ago until the cache is within its size."""
        sized = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):  # another run may be trimming too
                stat = path.stat()
                sized.append((stat.st_mtime_ns, stat.st_size, path))
        total = sum(size for _, size, _ in sized)
        for _, size, path in sorted(sized):
            if total <= self._max:
                return
            path.unlink(missing_ok=True)
            total -= size

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader, or a run killed meanwhile, never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
