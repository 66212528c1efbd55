"""Zipped office packages (DOCX, ODT…) opened safely: size limits, no DTD, no entity, no network."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from clausecheck.errors import ReadError

Element = etree._Element  # noqa: SLF001  (lxml gives the type no public name)

MAX_UNCOMPRESSED = 500_000_000
"""Largest package once unzipped, in bytes: beyond, it is a zip bomb or nothing a contract needs."""
MAX_PART = 120_000_000
"""Largest XML part, in bytes."""

_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    _STRICT + b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    _STRICT + b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    _STRICT + b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package; ``path`` is the file's name in messages; ``turn`` is applied to each part once parsed."""

    archive: zipfile.ZipFile
    path: str
    turn: Callable[[Element], None] | None = None

    @property
    def names(self) -> list[str]:
        """Names of the parts, in archive order."""
        return self.archive.namelist()

    def part(self, name: str) -> Element | None:
        """Parse the XML part ``name``; None when the package has none. Raises ``ReadError`` on broken or unsafe XML."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            return None
        root = _parse_xml(self._bytes(info), f"{self.path} ({name})")
        if self.turn is not None:
            self.turn(root)
        return root

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.file_size > MAX_PART:
            message = f"{self.path}\u202f: la partie {info.filename} est démesurée\u202f; le fichier est refusé."
            raise ReadError(message, "fichier_demesure")
        if info.flag_bits & 1:
            raise encrypted(self.path)
        try:
            return self.archive.read(info)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise _damaged(self.path) from error
        except Exception as error:
            if type(error).__module__ == "zlib":  # zlib.error derives from Exception alone
                raise _damaged(self.path) from error
            raise


def open_package(data: bytes, path: str, turn: Callable[[Element], None] | None = None) -> Package:
    """Open ``data`` as a zipped office file. Raises ``ReadError``: not a zip, encrypted, damaged, too large."""
    if data.startswith(_OLE_MAGIC):
        raise encrypted(path) if _ENCRYPTED_STREAM in data else _old_format(path)
    if not data.startswith(_ZIP_MAGIC):
        advice = "vérifiez son extension ou enregistrez-le de nouveau"
        raise ReadError(f"{path}\u202f: ce n'est pas un fichier bureautique (docx, odt)\u202f; {advice}.", "format_invalide")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        total = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise _damaged(path) from error
    if total > MAX_UNCOMPRESSED:
        size = f"{MAX_UNCOMPRESSED // 1_000_000} Mo"
        message = f"{path}\u202f: décompressé, le fichier dépasse {size}\u202f; il est refusé par sécurité."
        raise ReadError(message, "fichier_demesure")
    return Package(archive, path, turn)


def _parse_xml(data: bytes, where: str) -> Element:
    """Parse XML without resolving any entity.

    Raises ``ReadError``, naming ``where``, when it is broken or declares a DTD.
    """
    if _STRICT in data:
        for strict, transitional in _TRANSITIONAL.items():
            data = data.replace(strict, transitional)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        advice = "rouvrez le fichier et enregistrez-le de nouveau"
        raise ReadError(f"{where}\u202f: le contenu XML est abîmé\u202f; {advice}.", "fichier_abime") from error
    if root.getroottree().docinfo.internalDTD is not None:
        why = "ce qu'aucun traitement de texte ne fait"
        raise ReadError(f"{where}\u202f: le fichier déclare des entités XML, {why}\u202f; il est refusé.", "xml_refuse")
    return root


def encrypted(path: str) -> ReadError:
    """Return the error of a file that a password protects."""
    advice = "enregistrez-en une copie sans mot de passe"
    return ReadError(f"{path}\u202f: le fichier est protégé par un mot de passe\u202f; {advice}.", "fichier_chiffre")


def _old_format(path: str) -> ReadError:
    return ReadError(f"{path}\u202f: c'est un ancien format Office\u202f; enregistrez le fichier en .docx.", "format_ancien")


def _damaged(path: str) -> ReadError:
    advice = "demandez-en un nouvel exemplaire"
    return ReadError(f"{path}\u202f: l'archive du fichier est abîmée ou tronquée\u202f; {advice}.", "fichier_abime")
