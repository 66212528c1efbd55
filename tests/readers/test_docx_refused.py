"""DOCX files that are refused, each with a French message: not a DOCX, damaged, locked, unsafe, too large."""

import io
import zipfile

import pytest
from docx_files import NAMES, para, read

from clausecheck.document import Source
from clausecheck.errors import ReadError
from clausecheck.readers import docx


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "bureautique"),
        (b"%PDF-1.7", "bureautique"),
        (b"PK\x03\x04 rien", "abîmée"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 WordDocument", "ancien format"),
    ],
)
def test_what_is_not_a_docx_is_refused_in_french(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        docx.read(data, Source("x.docx", "", "docx"))


def test_a_zip_without_document_broken_xml_and_entities_are_refused() -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("lisez-moi.txt", "rien")
    with pytest.raises(ReadError, match="document Word"):
        docx.read(empty.getvalue(), Source("x.docx", "", "docx"))
    with pytest.raises(ReadError, match="abîmé"):
        read("<w:p>")
    entity = io.BytesIO()
    with zipfile.ZipFile(entity, "w") as archive:
        dtd = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        archive.writestr(
            "word/document.xml",
            f"{dtd}<w:document {NAMES}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
        )
    with pytest.raises(ReadError, match="entités"):
        docx.read(entity.getvalue(), Source("x.docx", "", "docx"))


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clausecheck.readers.package.MAX_UNCOMPRESSED", 10_000)
    with pytest.raises(ReadError, match="décompressé"):
        read(para("a" * 20_000))
