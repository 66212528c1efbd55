"""Detached signatures: known for what they are, told on the piece they sign, never read as a contract nor counted as unread."""

import zipfile
from pathlib import Path

import pytest

from clausecheck.cli.gather import gather
from clausecheck.errors import NothingToAnalyseError

XADES = '<?xml version="1.0"?><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>'
CONTRACT = "# CCAP\n\nLe titulaire garde secrètes les données.\n"


def codes(folder: list[Path]) -> dict[str, list[str]]:
    gathered = gather(folder)
    assert gathered.problems == ()
    return {Path(d.source.path.replace("!", "/")).name: [w.code for w in d.warnings] for d in gathered.documents}


@pytest.mark.parametrize("name", ["CCAP.md.p7s", "CCAP.p7s", "ccap.xml", "CCAP - Signature 1.xml", "CCAP_signature.xades", "CCAP.md.sig"])
def test_a_signature_beside_is_told_on_its_piece_given_or_not(name: str, tmp_path: Path) -> None:
    (tmp_path / "CCAP.md").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "CCTP.md").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / name).write_text(XADES, encoding="utf-8")
    assert codes([tmp_path]) == {"CCAP.md": ["signature_detachee"], "CCTP.md": []}
    assert codes([tmp_path / "CCAP.md"]) == {"CCAP.md": ["signature_detachee"]}


def test_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "offre.zip", "w") as archive:
        archive.writestr("a/CCAP.md", CONTRACT)
        archive.writestr("b/CCAP.md", CONTRACT)
        archive.writestr("b/CCAP.md.p7s", "x")
    gathered = gather([tmp_path / "offre.zip"])
    assert [[w.code for w in d.warnings] for d in gathered.documents] == [[], ["signature_detachee"]]


def test_a_signature_without_its_piece_is_told(tmp_path: Path) -> None:
    (tmp_path / "CCAP.md").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "DPA.pdf.p7s").write_text("x", encoding="utf-8")
    assert codes([tmp_path]) == {"CCAP.md": ["signature_orpheline"]}


def test_signatures_alone_are_nothing_to_analyse(tmp_path: Path) -> None:
    (tmp_path / "DPA.pdf.p7s").write_text("x", encoding="utf-8")
    with pytest.raises(NothingToAnalyseError, match="que des signatures"):
        gather([tmp_path])


def test_an_ordinary_xml_is_no_signature(tmp_path: Path) -> None:
    (tmp_path / "CCAP.md").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "CCAP.xml").write_text("<note>rien</note>", encoding="utf-8")
    assert codes([tmp_path / "CCAP.md"]) == {"CCAP.md": []}
