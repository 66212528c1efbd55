"""Office packages written again: the parts that change are replaced, every other one keeps its bytes."""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from clausecheck.readers.package import Element

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of the parts added: the earliest a zip can hold, so that the same input gives the same bytes."""


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """Return the zip ``data`` with the parts of ``changed`` replaced, or added at the end."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            content = changed.get(info.filename)
            new.writestr(_like(info), old.read(info) if content is None else content)
        for name in sorted(set(changed) - set(old.namelist())):
            new.writestr(_info(name, _EPOCH, zipfile.ZIP_DEFLATED), changed[name])
    return buffer.getvalue()


def frozen(data: bytes) -> bytes:
    """Return the zip ``data`` with one fixed date on all its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            new.writestr(_info(info.filename, _EPOCH, info.compress_type), old.read(info))
    return buffer.getvalue()


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    return _info(info.filename, info.date_time, zipfile.ZIP_STORED if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED)


def _info(name: str, date: tuple[int, int, int, int, int, int], method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date)
    info.create_system, info.external_attr, info.compress_type = 3, 0o600 << 16, method
    return info


def xml_bytes(root: Element) -> bytes:
    """Return ``root`` as the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
