"""Format of a file told from its bytes; the extension only separates text formats."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from clausecheck.readers.signatures import is_signature

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_ODF = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
}
_OOXML = (("word/document.xml", "docx"), ("word/document2.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_MARKDOWN = {".md", ".markdown", ".mkd", ".mdown"}
_MAIL_HEADER = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}", re.DOTALL)
_MAIL_NAMES = re.compile(rb"^(?:From|Date|Subject|Message-ID|Received|MIME-Version|To):", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<body[\s>]|<head[\s>]", re.IGNORECASE)


def sniff(data: bytes, path: str) -> str | None:
    """Return the format of ``data``, None if unknown.

    One of pdf, docx, odt, xlsx, ods, zip, doc, xls, encrypted, rtf, rar, 7z, image, eml, html, md, txt, signature.
    """
    if is_signature(data, path):
        return "signature"
    head = data[:1024]
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return _ole_format(data, path) if name == "ole" else name
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_format(data)
    return _text_format(data, path)


def _zip_format(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return _ODF.get(kind, "zip")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return "zip"
    return next((name for part, name in _OOXML if part in names), "zip")


def _ole_format(data: bytes, path: str) -> str:
    """An old Office file, or a new one locked by a password; directory names are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    return "xls" if PurePosixPath(path.replace("\\", "/")).suffix.lower() != ".doc" else "doc"


def _text_format(data: bytes, path: str) -> str | None:
    suffix = PurePosixPath(path.replace("\\", "/")).suffix.lower()
    head = data[:8192]
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and (b"\0" in head or _control_share(head) > 0.02):
        return None
    header = _MAIL_HEADER.match(head)
    if suffix == ".eml" or (header and len(_MAIL_NAMES.findall(header.group())) >= 2 and suffix not in _MARKDOWN):
        return "eml"
    if _HTML.search(head[:2048]) or suffix in {".html", ".htm", ".xhtml"}:
        return "html" if suffix not in _MARKDOWN else "md"
    return "md" if suffix in _MARKDOWN else "txt"


def _control_share(head: bytes) -> float:
    return sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head) / max(len(head), 1)
