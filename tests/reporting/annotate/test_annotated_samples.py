"""Annotated copies of the samples, made as a user makes them: exact words, originals intact, same bytes twice."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest
from copies import OFFICE, TEXT, Seen, W, letters, odt_annotations, part, parts, pdf_highlights, word_comments, written
from lxml import etree

from clausecheck.assessment.model import DossierReport
from clausecheck.cli.annotate import write_copies
from clausecheck.cli.check import Wish, run_check
from clausecheck.cli.gather import gather
from clausecheck.document import PageLocator, Problem
from clausecheck.errors import UsageError
from clausecheck.pipeline import Engine
from clausecheck.reporting.annotate import PREFIX, Copy, annotated_copies
from clausecheck.reporting.view import ReportView
from runs import run_folder

NAMES = ("presque-conforme", "faible", "cgv-reprend-tout")
READ_BACK: dict[str, Callable[[bytes], list[Seen]]] = {"docx": word_comments, "odt": odt_annotations, "pdf": pdf_highlights}


def copies(report: DossierReport, *, suggestions: bool = False) -> list[Copy]:
    made = list(annotated_copies(ReportView.of(report), suggestions=suggestions))
    assert all(isinstance(each, Copy) for each in made)
    return [each for each in made if isinstance(each, Copy)]


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_of_every_finding_is_under_a_note_that_names_it(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    made = copies(report)
    for number, document in enumerate(report.segmented.documents):
        seen = READ_BACK[document.source.format](made[number].data)
        assert made[number].unplaced == ()
        for finding in report.findings:
            for evidence in finding.evidence:
                if evidence.document == number and finding.status.value != "sans_objet":
                    notes = [s for s in seen if letters(s.words) == letters(written(document, evidence.span))]
                    assert any(letters(finding.requirement.title) in letters(s.said) for s in notes), evidence.quote


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_has_its_place_in_the_file(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    for evidence in (e for f in report.findings for e in f.evidence):
        places = [a.locator for a in report.segmented.documents[evidence.document].locate(evidence.span)]
        assert places
        for place in places:
            assert place.bbox if isinstance(place, PageLocator) else place.run is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_absent_is_told_on_the_first_paragraph(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    silent = [f.requirement.id for f in report.findings if f.open and not f.evidence]
    for made in copies(report):
        if made.name.endswith(".pdf"):
            continue
        opening = (word_comments if made.name.endswith("docx") else odt_annotations)(made.data)[0]
        assert all(f"[{identifier}]" in opening.said for identifier in silent)
        assert "n’est pas modifié" in opening.said


@pytest.mark.parametrize("name", NAMES)
def test_the_text_and_every_untouched_part_are_those_of_the_original(name: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of(name)
    for made, document in zip(copies(report), report.segmented.documents, strict=True):
        original = Path(document.source.path).read_bytes()
        if document.source.format == "pdf":
            continue
        before, after = parts(original), parts(made.data)
        touched = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "content.xml"}
        assert {n for n in before if before[n] != after[n]} <= touched
        if document.source.format == "docx":
            assert paragraphs(made.data) == paragraphs(original)


def paragraphs(data: bytes) -> list[str]:
    return [p.text for p in python_docx.Document(io.BytesIO(data)).paragraphs]


def test_suggestions_are_tracked_insertions_and_refusing_them_gives_the_original(report_of: Callable[[str], DossierReport]) -> None:
    report = report_of("presque-conforme")
    proposed: list[str] = []
    for made, document in zip(copies(report, suggestions=True), report.segmented.documents, strict=True):
        original = Path(document.source.path).read_bytes()
        if document.source.format == "docx":
            root = part(made.data, "word/document.xml")
            inserted = [p for p in root.iter(W + "p") if p.find(f"{W}pPr/{W}rPr/{W}ins") is not None]
            proposed += map(printed, inserted)
            assert [printed(p) for p in root.iter(W + "p") if p not in inserted] == list(
                map(printed, part(original, "word/document.xml").iter(W + "p"))
            )
        elif document.source.format == "odt":
            root = part(made.data, "content.xml")
            proposed += ["".join(a.tail for a in mark.getparent().iter(OFFICE + "annotation")) for mark in root.iter(TEXT + "change-start")]
    openings = [letters(f.requirement.remediation.split("[")[0]) for f in report.findings if f.open]
    assert len(set(proposed)) == len(proposed) > 0
    assert all(any(letters(text).startswith(opening) for opening in openings) for text in proposed)


def printed(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(W + "t"))


def test_the_command_leaves_originals_alone_and_another_run_gives_the_same_bytes(
    command: Callable[..., Any], report_of: Callable[[str], DossierReport], samples: Path, tmp_path: Path
) -> None:
    folder = samples / "presque-conforme"
    hashes = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}
    assert command("annotate", folder, "--output", tmp_path, "--suggestions").code == 0
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()} == hashes
    made = {copy.name: copy.data for copy in copies(report_of("presque-conforme"), suggestions=True)}
    assert {p.name: p.read_bytes() for p in run_folder(tmp_path).iterdir() if p.name != "manifeste.json"} == made
    assert set(made) == {PREFIX + name for name in hashes}


def test_check_adds_the_copies_to_its_reports(samples: Path, tmp_path: Path) -> None:
    assert run_check([samples / "faible"], Wish(output=tmp_path, fail_on="never", annotate=True)) == 0
    assert {p.name for p in run_folder(tmp_path).iterdir()} == {"rapport.html", "rapport.json", f"{PREFIX}contrat.docx", "manifeste.json"}


def test_check_has_nowhere_to_write_copies_without_a_folder(samples: Path) -> None:
    with pytest.raises(UsageError, match="--output"):
        run_check([samples / "faible"], Wish(annotate=True))


def test_a_format_without_copy_is_said_and_pieces_of_an_archive_are_annotated(engine: Engine, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "CCAP.md").write_text("# CCAP\n\nLe titulaire garde secrètes les données.\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "offre.zip", "w") as archive:
        archive.write(samples / "faible" / "contrat.docx", "un/contrat.docx")
        archive.write(samples / "faible" / "contrat.docx", "deux/contrat.docx")
    gathered = gather([tmp_path / "CCAP.md", tmp_path / "offre.zip"])
    made = list(annotated_copies(ReportView.of(engine.assess(gathered.documents, name="lot", problems=gathered.problems))))
    assert [each.name for each in made if isinstance(each, Copy)] == [f"{PREFIX}contrat.docx", f"{PREFIX}contrat (2).docx"]
    assert [each.code for each in made if isinstance(each, Problem)] == ["format_non_annote"]


def test_a_piece_changed_since_it_was_read_is_not_annotated(engine: Engine, samples: Path, tmp_path: Path) -> None:
    piece = tmp_path / "contrat.docx"
    piece.write_bytes((samples / "faible" / "contrat.docx").read_bytes())
    report = engine.assess(gather([piece]).documents, name="lot")
    piece.write_bytes((samples / "cgv-reprend-tout" / "CCP.docx").read_bytes())
    (made,) = annotated_copies(ReportView.of(report))
    assert isinstance(made, Problem)
    assert made.code == "fichier_modifie"


def test_a_copy_never_overwrites_a_piece_of_the_dossier(engine: Engine, samples: Path, tmp_path: Path) -> None:
    data = (samples / "faible" / "contrat.docx").read_bytes()
    pieces = [tmp_path / "contrat.docx", tmp_path / f"{PREFIX}contrat.docx"]
    for piece in pieces:
        piece.write_bytes(data)
    view = ReportView.of(engine.assess(gather(pieces).documents, name="lot", only=("RGPD-33-2",)))
    assert not write_copies(view, tmp_path)
    assert pieces[1].read_bytes() == data
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*(p.name for p in pieces), f"{PREFIX}{PREFIX}contrat.docx"])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice n’est pas installé")
def test_libreoffice_opens_the_copies_and_keeps_every_comment(report_of: Callable[[str], DossierReport], tmp_path: Path) -> None:
    made = [c for c in copies(report_of("presque-conforme"), suggestions=True) if not c.name.endswith(".pdf")]
    counts = []
    for number, each in enumerate(made):
        source = tmp_path / f"{number}{Path(each.name).suffix}"
        source.write_bytes(each.data)
        profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
        words = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "lu"), str(source)]
        subprocess.run(words, check=True, capture_output=True, timeout=120)
        again = (tmp_path / "lu" / f"{number}.docx").read_bytes()
        counts.append(len(part(again, "word/comments.xml").findall(W + "comment")))
    assert counts == [len((word_comments if c.name.endswith("docx") else odt_annotations)(c.data)) for c in made]


@pytest.mark.parametrize(
    ("piece", "signature"),
    [("presque-conforme/CCAP.docx", "_xmlsignatures/sig1.xml"), ("presque-conforme/CCTP.odt", "META-INF/documentsignatures.xml")],
)
def test_a_signed_piece_is_told_and_only_its_copy_is_annotated(
    piece: str, signature: str, engine: Engine, samples: Path, tmp_path: Path
) -> None:
    signed = tmp_path / Path(piece).name
    signed.write_bytes((samples / piece).read_bytes())
    with zipfile.ZipFile(signed, "a") as archive:
        archive.writestr(signature, "<signatures/>")
    before = signed.read_bytes()
    report = engine.assess(gather([signed]).documents, name="lot", only=("RGPD-33-2",))
    (made,) = copies(report)
    assert signed.read_bytes() == before
    assert any("signé électroniquement" in p.message for p in report.problems)
    opening = (word_comments if piece.endswith("docx") else odt_annotations)(made.data)[0]
    assert "la signature ne vaut pas pour cette copie" in opening.said
    assert parts(made.data)[signature] == b"<signatures/>"
