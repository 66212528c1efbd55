"""Zip archives whose bytes depend on nothing but their members: no clock, no machine."""

import io
import zipfile
from collections.abc import Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


def pack(members: Iterable[tuple[str, bytes]], *, stored: str = "") -> bytes:
    """Return a zip of ``members``, in order; the one named ``stored`` is left uncompressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = _UNIX, 0o644 << 16
            archive.writestr(info, data, zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def repack(data: bytes) -> bytes:
    """Return the zip ``data`` without its dates."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack((name, archive.read(name)) for name in archive.namelist())
