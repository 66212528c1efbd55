"""Signed files: who signed and when, as the certificate says, told as read and not verified; verified by no one is never said verified."""

import base64
import datetime as dt
import io
import zipfile
from typing import Any

import opendocument
import pikepdf
import pytest
import word
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from clausecheck.readers import read_bytes
from contract import contract

WRITERS = {"a.docx": word.docx, "a.odt": opendocument.odt}
DAY = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
Certified = tuple[x509.Certificate, x509.Certificate, ec.EllipticCurvePrivateKey]


def name(common: str, organisation: str = "") -> x509.Name:
    entries = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    return x509.Name([*entries, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)] if organisation else entries)


def issue(subject: x509.Name, issuer: x509.Name, key: Any, signer: Any) -> x509.Certificate:
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), DAY, DAY.replace(year=2028))
    return builder.sign(signer, hashes.SHA256())


@pytest.fixture(scope="module")
def certified() -> Certified:
    """The certificate of a person, that of the authority which issued it, and the person's key."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = issue(name("AC Exemple"), name("AC Exemple"), authority_key, authority_key)
    return issue(name("Anne Roy", "Ville de Rive-Basse"), authority.subject, key, authority_key), authority, key


def signed_pdf(contents: bytes) -> bytes:
    """A page and a signature with ``contents``, padded as signing software pads it."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    value = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig,
        Filter=pikepdf.Name("/Adobe.PPKLite"),
        SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
        M=pikepdf.String("D:20260105090000Z"),
        ByteRange=pikepdf.Array([0, 1, 2, 1]),
        Contents=pikepdf.String(contents + bytes(500)),
    )
    field = pikepdf.Dictionary(
        FT=pikepdf.Name.Sig, T=pikepdf.String("S"), Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, Rect=[0, 0, 0, 0], V=value
    )
    field = pdf.make_indirect(field)
    pdf.pages[0].Annots = pikepdf.Array([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def message(data: bytes, path: str, code: str) -> str:
    (document,) = read_bytes(data, path)
    return next(w.message for w in document.warnings if w.code == code)


def test_the_signer_of_a_pdf_is_named(certified: Certified) -> None:
    own, authority, key = certified
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"x").add_signer(own, key, hashes.SHA256()).add_certificate(authority)
    told = message(signed_pdf(builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])), "ae.pdf", "signature")
    assert told.startswith("Signatures électroniques\u202f: 1 (Anne Roy (Ville de Rive-Basse), certificat de AC Exemple, le 5 janvier 2026")
    assert "certificat non vérifié" in told


@pytest.mark.parametrize("contents", [b"", b"\x30", b"\x30\x85\xff\xff", b"\x30\x03\x02\x01\x05", b"no signature at all"])
def test_a_signature_that_cannot_be_read_is_one_all_the_same(contents: bytes) -> None:
    assert message(signed_pdf(contents), "ae.pdf", "signature").startswith("Signatures électroniques\u202f: 1 (5 janvier 2026).")


@pytest.mark.parametrize(
    ("path", "part", "day"),
    [
        (
            "a.docx",
            "_xmlsignatures/sig1.xml",
            '<m:Value xmlns:m="http://schemas.openxmlformats.org/package/2006/digital-signature">{}</m:Value>',
        ),
        ("a.odt", "META-INF/documentsignatures.xml", '<d:date xmlns:d="http://purl.org/dc/elements/1.1/">{}</d:date>'),
    ],
)
def test_the_signer_of_an_office_file_is_named(path: str, part: str, day: str, certified: Certified) -> None:
    der = base64.b64encode(certified[0].public_bytes(serialization.Encoding.DER)).decode()
    body = f"<X509Certificate>{der}</X509Certificate>{day.format('2026-01-05T09:00:00Z')}"
    whole = f'<all><Signature xmlns="http://www.w3.org/2000/09/xmldsig#">{body}</Signature></all>'
    told = message(with_part(WRITERS[path](contract()), part, whole), path, "document_signe")
    assert "(Anne Roy (Ville de Rive-Basse), certificat de AC Exemple, le 5 janvier 2026\u202f; certificat non vérifié)" in told
    assert "signé électroniquement\u202f: toute" in message(with_part(WRITERS[path](contract()), part, "<broken"), path, "document_signe")


def with_part(data: bytes, part: str, content: str) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(part, content)
    return buffer.getvalue()
