"""Formats told by content, archives, mail, workbooks, and refusals that say what to do."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from clausecheck.assessment.quality import quality
from clausecheck.errors import ReadError
from clausecheck.readers import archives, office, read_bytes, read_path
from clausecheck.readers.language import detect
from clausecheck.readers.sniff import sniff
from clausecheck.vocabulary import Language

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "dev"


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


TEXT = "Le titulaire garde le secret sur les données.".encode()


def test_each_member_is_a_document_and_a_bad_one_stops_nothing() -> None:
    inner = zipped({"dpa.md": b"# DPA\n\nLe texte de la clause."})
    data = zipped({"lot1/ccap.txt": TEXT, "lot1/annexes.zip": inner, "vide.pdf": b"", "image.bin": b"\0\1\2"})
    result = read_bytes(data, "dossier.zip")
    assert [d.source.path for d in result] == ["dossier.zip!lot1/ccap.txt", "dossier.zip!lot1/annexes.zip!dpa.md"]
    assert [p.code for p in result.problems] == ["fichier_vide", "format_inconnu"]
    assert len(result) == 2


def test_paths_that_escape_and_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "RATIO_FLOOR", 1_000)
    data = zipped({"../dehors.txt": TEXT, "/absolu.txt": TEXT, "bombe.txt": b"a" * 2_000_000, "bon.txt": TEXT})
    result = read_bytes(data, "a.zip")
    assert [d.source.path for d in result] == ["a.zip!bon.txt"]
    assert [p.code for p in result.problems] == ["chemin_refuse", "chemin_refuse", "archive_piegee"]
    monkeypatch.setattr(archives, "MAX_TOTAL", 100_000)
    with pytest.raises(ReadError, match="trop grande"):
        read_bytes(data, "a.zip")


def test_nesting_has_an_end() -> None:
    data = zipped({"a.txt": TEXT})
    for _ in range(7):
        data = zipped({"a.zip": data})
    assert [p.code for p in read_bytes(data, "a.zip").problems] == ["archive_trop_imbriquee"]


@pytest.mark.parametrize("encoding", ["cp850", "utf-8"])
def test_names_of_old_archives(encoding: str) -> None:
    info = zipfile.ZipInfo("pièce.txt".encode(encoding).decode("cp437"))
    info.flag_bits = 0
    assert archives.member_name(info) == "pièce.txt"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"   \n", "vide"),
        (b"Rar!\x1a\x07\x00", "décompressez l'archive puis relancez"),
        (b"7z\xbc\xaf\x27\x1c\x00", "7z"),
        (b"\x00\x01\x02\x03", "format inconnu"),
        (b"PK\x03\x04abc", "endommagée"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
    ],
)
def test_refusals_say_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        read_bytes(data, "piece")


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="ne s'ouvre pas"):
        read_path(tmp_path / "absent.pdf")


def test_rtf_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(ReadError, match=r"Enregistrez ce fichier en \.docx ou installez LibreOffice"):
        read_bytes(rb"{\rtf1 Bonjour}", "piece.rtf")


def test_mail_gives_body_and_attachments() -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Envoi", "a@exemple.fr", "b@exemple.fr"
    message.set_content("Bonjour,\n\nVoici la pièce demandée.\n")
    message.add_attachment(TEXT, maintype="text", subtype="plain", filename="ccap.txt")
    result = read_bytes(message.as_bytes(), "envoi.eml")
    assert [d.source.path for d in result] == ["envoi.eml", "envoi.eml!ccap.txt"]
    assert "Voici la pièce demandée." in result.documents[0].text
    assert ("objet", "Envoi") in result.documents[0].metadata


def test_workbook_rows() -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    rows = '<row><c t="s"><v>0</v></c><c><v>12.5</v></c></row><row><c t="inlineStr"><is><t>Total</t></is></c></row>'
    target = '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    members = {
        "xl/workbook.xml": f'<workbook {main} {links}><sheets><sheet name="BPU" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{target}</Relationships>",
        "xl/sharedStrings.xml": f"<sst {main}><si><t>Prix</t></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
    }
    (document,) = read_bytes(zipped({name: text.encode() for name, text in members.items()}), "bpu.xlsx")
    assert [document.quote(b.span) for b in document.blocks] == ["BPU", "Prix | 12.5", "Total"]


def test_ods_rows() -> None:
    spaces = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text"))
    content = (
        f'<office:document-content {spaces}><table:table table:name="F1"><table:table-row><table:table-cell>'
        "<text:p>Prix</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row></table:table></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    (document,) = read_bytes(zipped({"mimetype": mimetype, "content.xml": content.encode()}), "bpu.ods")
    assert [document.quote(b.span) for b in document.blocks] == ["F1", "Prix | 12"]


def test_formats_are_told_by_content() -> None:
    assert sniff(zipped({"word/document.xml": b"<x/>"}), "a.zip") == "docx"
    assert sniff(b"<!DOCTYPE html><html></html>", "a.txt") == "html"
    assert sniff(b"# Titre", "a.md") == "md"
    assert sniff(b"\x89PNG\r\n\x1a\n", "a.pdf") == "image"


@pytest.mark.parametrize(
    ("name", "data"), [("CCAP.docx", TEXT), ("a.zip!lot\\CCAP.ODT", TEXT), ("CCAP.pdf", b"<html><p>Objet.</p></html>")]
)
def test_text_named_as_a_laid_out_document_is_read_and_said(name: str, data: bytes) -> None:
    (document,) = read_bytes(data, name)
    (warning,) = document.warnings
    assert warning.code == "extension_trompeuse"
    assert warning.document == name
    assert name[-4:].lower() in warning.message
    assert quality(document, 0, ()).misnamed


@pytest.mark.parametrize("name", ["CCAP.txt", "CCAP", "CCAP.md"])
def test_text_that_says_so_is_no_surprise(name: str) -> None:
    (document,) = read_bytes(TEXT, name)
    assert document.warnings == ()
    assert not quality(document, 0, ()).misnamed


def test_languages() -> None:
    assert detect("Le titulaire ne peut pas céder le contrat sans l'accord de l'acheteur.") is Language.FRENCH
    assert detect("The processor shall not engage another processor without the consent of the controller.") is Language.ENGLISH
    assert detect("Der Auftragsverarbeiter darf keinen weiteren Auftragsverarbeiter beauftragen.") is Language.OTHER


@pytest.mark.skipif(not CORPUS.is_dir(), reason="corpus absent")
@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()) if CORPUS.is_dir() else [], ids=lambda path: path.name)
def test_every_real_file_reads(path: Path) -> None:
    result = read_path(path)
    assert not result.problems
    expected = Language.ENGLISH if path.stem == "ref_sccs_2021" else Language.FRENCH
    assert all(document.language is expected for document in result)
