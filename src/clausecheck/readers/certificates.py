"""Who signed, as the certificates of electronic signatures say. Nothing is verified: that takes the network and the lists of trust."""

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

from clausecheck.errors import ReadError
from clausecheck.readers.notices import french_date
from clausecheck.readers.package import Element, Package

if TYPE_CHECKING:
    from cryptography import x509

_DSIG = "{http://www.w3.org/2000/09/xmldsig#}"
_TIMES = (
    "{http://uri.etsi.org/01903/v1.3.2#}SigningTime",
    "{http://schemas.openxmlformats.org/package/2006/digital-signature}Value",
    "{http://purl.org/dc/elements/1.1/}date",
)
"""Where XAdES, Word and LibreOffice write the day of a signature."""


def signer_of_cms(data: bytes) -> str:
    """Return the signer of a CMS signature (RFC 5652), «Anne Roy (Ville de X), certificat de AC Y»; empty where it cannot be read."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs7

    try:
        return _told(_own(pkcs7.load_der_pkcs7_certificates(_unpadded(data))))
    except (ValueError, IndexError, UnsupportedAlgorithm, x509.InvalidVersion):
        return ""


def signer_of_certificate(der: bytes) -> str:
    """Return the holder of an X.509 certificate, told like a signer; empty where it cannot be read."""
    from cryptography import x509

    try:
        return _told(x509.load_der_x509_certificate(der))
    except (ValueError, x509.InvalidVersion):
        return ""


def signings_of_package(package: Package, names: Sequence[str]) -> list[str]:
    """Return each signature (XMLDSig) of the parts ``names`` in words, empty where nothing of it can be read."""
    roots = [root for name in names if (root := _part(package, name)) is not None]
    found = [_signing_of_xml(signature) for root in roots for signature in root.iter(_DSIG + "Signature")]
    return found or [""] * len(names)


def _part(package: Package, name: str) -> Element | None:
    """A signature that is broken XML is one all the same, and no reason to refuse the document."""
    try:
        return package.part(name)
    except ReadError:
        return None


def _signing_of_xml(signature: Element) -> str:
    certificate = next((c.text for c in signature.iter(_DSIG + "X509Certificate")), None)
    day = next((found.text for found in signature.iter(*_TIMES)), None)
    return signing(signer_of_certificate(_decoded(certificate or "")), (day or "")[:10])


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


def signing(signer: str, iso_date: str) -> str:
    """Return one signature in words: its signer and the day it claims, each where it is known."""
    day = french_date(iso_date) if iso_date else ""
    return f"{signer}, le {day}" if signer and day else signer or day


def in_brackets(signings: Sequence[str]) -> str:
    """Return what is known of signatures, in brackets, and that their certificates were only read; empty where nothing is known."""
    known = [words for words in signings if words]
    doubt = "\u202f; certificat non vérifié" if any("certificat" in words for words in known) else ""
    return " (" + "\u202f; ".join(known) + doubt + ")" if known else ""


def _unpadded(data: bytes) -> bytes:
    """Drop what follows the first DER value: a PDF keeps more room for a signature than it takes."""
    if len(data) < 2 or data[1] <= 0x80:
        return data[: 2 + data[1]] if len(data) >= 2 else data
    size = data[1] & 0x7F
    return data[: 2 + size + int.from_bytes(data[2 : 2 + size], "big")]


def _own(certificates: Sequence["x509.Certificate"]) -> "x509.Certificate":
    """The certificate of the signer: it issued none of the others."""
    issuers = [c.issuer for c in certificates if c.issuer != c.subject]
    return next((c for c in certificates if c.subject not in issuers), certificates[0])


def _told(certificate: "x509.Certificate") -> str:
    name, organisation = _names(certificate.subject)
    issuer, authority = _names(certificate.issuer)
    of = f" ({organisation})" if name and organisation else ""
    return f"{name or organisation}{of}, certificat de {issuer or authority}" if name or organisation else ""


def _names(subject: "x509.Name") -> tuple[str, str]:
    """Common name and organisation."""
    from cryptography.x509.oid import NameOID

    common, organisation = (subject.get_attributes_for_oid(oid) for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME))
    return (str(common[0].value) if common else ""), (str(organisation[0].value) if organisation else "")
