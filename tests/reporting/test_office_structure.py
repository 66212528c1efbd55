"""What makes the office forms pleasant to open, to edit and to keep: styles, language, contents, tags, attachment."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from forms import WORD, part
from odf.opendocument import load
from pypdf import PdfReader

from clausecheck.assessment.model import DossierReport
from clausecheck.reporting.view import ReportView

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"
TITLE = "faible – vérification des clauses"


@pytest.fixture
def docx(rendered: Callable[[str, str], bytes]) -> bytes:
    return rendered("faible", "docx")


@pytest.fixture
def odt(rendered: Callable[[str, str], bytes]) -> bytes:
    return rendered("faible", "odt")


@pytest.fixture
def pdf(rendered: Callable[[str, str], bytes]) -> PdfReader:
    return PdfReader(io.BytesIO(rendered("faible", "pdf")))


def test_word_has_real_styles_and_is_in_french(docx: bytes) -> None:
    styles, body = part(docx, "word/styles.xml"), part(docx, "word/document.xml")
    named = {s.get(f"{WORD}styleId"): s.find(f"{WORD}name").get(f"{WORD}val") for s in styles.iter(f"{WORD}style")}
    used = {named[s.get(f"{WORD}val")] for s in body.iter(f"{WORD}pStyle")}
    assert {"Title", "heading 1", "heading 2", "toc 1", "toc 2", "caption", "Citation du contrat", "Clause proposée"} <= used
    assert {lang.get(f"{WORD}val") for lang in styles.iter(f"{WORD}lang")} == {"fr-FR"}
    core = "".join(part(docx, "docProps/core.xml").itertext())
    assert TITLE in core
    assert "python-docx" not in core


def test_word_repeats_table_headers_and_numbers_pages(docx: bytes) -> None:
    for table in part(docx, "word/document.xml").iter(f"{WORD}tbl"):
        rows = list(table.iter(f"{WORD}tr"))
        assert [bool(list(row.iter(f"{WORD}tblHeader"))) for row in rows] == [True] + [False] * (len(rows) - 1)
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        footer = next(name for name in archive.namelist() if name.startswith("word/footer"))
    fields = [(i.text or "").strip() for i in part(docx, footer).iter(f"{WORD}instrText")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_word_contents_are_filled_and_lead_to_their_titles(docx: bytes) -> None:
    body = part(docx, "word/document.xml")
    assert any((i.text or "").strip().startswith("TOC") for i in body.iter(f"{WORD}instrText"))
    marks = {b.get(f"{WORD}name"): "".join(b.getparent().itertext()) for b in body.iter(f"{WORD}bookmarkStart")}
    entries = {h.get(f"{WORD}anchor"): "".join(h.itertext()) for h in body.iter(f"{WORD}hyperlink")}
    assert entries == marks
    assert len(entries) > 20
    numbers = [b.get(f"{WORD}id") for b in body.iter(f"{WORD}bookmarkStart")]
    assert len(numbers) == len(set(numbers))
    kinds = [c.get(f"{WORD}fldCharType") for c in body.iter(f"{WORD}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_opendocument_opens_elsewhere_with_contents_headers_and_language(odt: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(odt)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert load(io.BytesIO(odt)).mimetype == "application/vnd.oasis.opendocument.text"
    content, styles = part(odt, "content.xml"), part(odt, "styles.xml")
    targets = {b.get(f"{TEXT}name") for b in content.iter(f"{TEXT}bookmark-start")}
    assert {a.get(LINK).removeprefix("#") for a in content.iter(f"{TEXT}a")} == targets
    assert all(t.find(f"{TABLE}table-header-rows") is not None for t in content.iter(f"{TABLE}table"))
    assert b'fo:language="fr"' in zipfile.ZipFile(io.BytesIO(odt)).read("styles.xml")
    assert TITLE in "".join(part(odt, "meta.xml").itertext())
    known = {s.get(f"{STYLE}name") for root in (content, styles) for s in root.iter(f"{STYLE}style")}
    assert {e.get(f"{TEXT}style-name") for e in content.iter(f"{TEXT}p", f"{TEXT}h", f"{TEXT}span", f"{TEXT}a")} <= known
    assert list(styles.iter(f"{TEXT}page-count"))


def test_pdf_is_tagged_in_french_and_made_after_pdf_a_3(pdf: PdfReader) -> None:
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/Lang"] == "fr"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    metadata = catalogue["/Metadata"].get_object().get_data().decode("utf-8")
    assert re.search(r"pdfaid:part\W+3\b", metadata)
    assert re.search(r"pdfaid:conformance\W+A\b", metadata)
    assert pdf.metadata is not None
    assert pdf.metadata.title == TITLE
    assert "/CreationDate" not in pdf.metadata


def test_pdf_carries_the_json_report(pdf: PdfReader, rendered: Callable[[str, str], bytes]) -> None:
    assert pdf.attachments["rapport.json"] == [rendered("faible", "json")]
    described = pdf.trailer["/Root"]["/AF"][0].get_object()
    assert described["/AFRelationship"] == "/Data"


def test_pdf_embeds_its_fonts_and_bookmarks_its_findings(pdf: PdfReader, report_of: Callable[[str], DossierReport]) -> None:
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert any(key.startswith("/FontFile") for key in descriptor)
    titles = " ".join(flat(pdf.outline))
    view = ReportView.of(report_of("faible"))
    assert all(f.requirement.id in titles for f in (*view.open, *view.fine))


def flat(outline: list[object]) -> list[str]:
    return [title for entry in outline for title in (flat(entry) if isinstance(entry, list) else [str(entry["/Title"])])]  # type: ignore[index]
