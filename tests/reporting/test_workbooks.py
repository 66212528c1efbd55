"""Workbooks, reopened by another library than their writer: same facts as the JSON, links to the findings, nothing run."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from clausecheck.assessment.model import DossierReport
from clausecheck.document import Source
from clausecheck.readers import spreadsheet
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.payload import Derogation, Lost, Quote
from clausecheck.reporting.tables import xlsx as xlsx_writer
from clausecheck.reporting.tables.model import (
    COLOURS,
    MAX_TEXT,
    Cell,
    Column,
    Sheet,
    Style,
    Workbook,
    in_memory,
    looks_like_formula,
    storable,
)
from clausecheck.reporting.tables.ods import write_ods
from clausecheck.reporting.tables.sheets import status_words, workbook
from clausecheck.reporting.tables.xlsx import write_xlsx
from clausecheck.reporting.view import ReportView

NAMES = ["Synthèse", "Matrice", "Constats", "Dérogations", "Pièces", "Exigences", "Transparence"]
ATTACKS = ["=1+1", "+33 1", "-2", "@SUM(A1)", "\t=cmd|'/C calc'!A0", "\r=1", "  =1+1", "＝1+1", '=HYPERLINK("http://exemple.test")']
FIRST_DOSSIER = 5
"""Column of the matrix, from 1, where the dossiers begin."""


@pytest.fixture(scope="module")
def xlsx(comparison: Comparison) -> bytes:
    return in_memory(write_xlsx, workbook(comparison))


@pytest.fixture(scope="module")
def book(xlsx: bytes) -> Book:
    return load_workbook(io.BytesIO(xlsx))


@pytest.fixture(scope="module")
def ods(comparison: Comparison) -> bytes:
    return in_memory(write_ods, workbook(comparison))


def test_the_sheets_are_those_that_buyers_expect(book: Book, ods: bytes) -> None:
    assert book.sheetnames == NAMES
    assert [table.get(_table("name")) for table in _content(ods).iter(_table("table"))] == NAMES


def test_every_cell_of_the_matrix_says_the_status_and_leads_to_its_finding(book: Book, comparison: Comparison) -> None:
    matrix, findings = book["Matrice"], book["Constats"]
    for line, row in enumerate(comparison.rows, 2):
        assert matrix.cell(line, 1).value == row.requirement
        for number, finding in enumerate(row.findings):
            assert finding is not None
            cell = matrix.cell(line, FIRST_DOSSIER + number)
            assert cell.value == status_words(finding.status)
            assert cell.fill.fgColor.rgb[-6:].lower() == COLOURS[Style.of(finding.status)][1].strip("#")
            target = re.fullmatch(r"'Constats'!A(\d+)", cell.hyperlink.location)
            assert target is not None
            said = [findings.cell(int(target.group(1)), column).value or "" for column in (1, 2, 3)]
            dossier = comparison.dossiers[number]
            assert said == [dossier.lot, dossier.vendor, row.requirement]


def test_the_findings_sheet_says_what_the_reports_say(book: Book, comparison: Comparison) -> None:
    rows = list(book["Constats"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == sum(len(d.report.findings) for d in comparison.dossiers)
    said = {(row[1], row[2]): row for row in rows}
    for dossier in comparison.dossiers:
        for finding in dossier.report.findings:
            row = said[dossier.vendor, finding.requirement]
            assert row[6] == finding.reason
            assert row[5].startswith(status_words(finding.status))
            assert not finding.telling or _flat(finding.telling.quote) in _flat(row[7])
            assert (row[12] or "") == (finding.remediation if finding.open else "")


def test_headers_stay_filter_and_repeat_on_paper(book: Book) -> None:
    for name in NAMES:
        page = book[name]
        assert page.freeze_panes is not None, name
        assert page.auto_filter.ref, name
        assert page.print_title_rows, name
        assert page.page_setup.orientation == "landscape", name
        assert page.page_setup.fitToHeight == 0, name
        assert page.sheet_properties.pageSetUpPr.fitToPage, name


def test_the_summary_states_rules_problems_and_equal_treatment(book: Book, comparison: Comparison) -> None:
    words = " ".join(str(cell) for row in book["Synthèse"].iter_rows(values_only=True) for cell in row if cell is not None)
    first = comparison.dossiers[0].report
    assert first.catalogue.sha256 in words
    assert first.model is not None
    assert first.model.sha256 in words
    assert "mêmes règles" in words
    assert "lot 2 – Muet SAS" in words
    assert "mot de passe" in words


def test_different_rules_are_said(comparison: Comparison) -> None:
    odd = comparison.dossiers[0].report
    other = odd.model_copy(update={"catalogue": odd.catalogue.model_copy(update={"sha256": "0" * 64})})
    mixed = Comparison.of("essai", [*comparison.dossiers[1:], Judged.of(other)])
    words = " ".join(str(cell.value) for line in workbook(mixed).sheets[0].lines() for cell in line)
    assert "règles différentes" in words


def test_ods_says_the_same_as_the_reports(ods: bytes, comparison: Comparison) -> None:
    text = _flat(spreadsheet.read(ods, Source("matrice.ods", "0" * 64, "ods")).text)
    for dossier in comparison.dossiers:
        for finding in dossier.report.findings:
            assert _flat(f"{dossier.vendor} | {finding.requirement} | {finding.title}") in text
            assert _flat(finding.reason) in text
    content = _content(ods)
    links = [a.get("{http://www.w3.org/1999/xlink}href") for a in content.iter("{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a")]
    cells = sum(len(row.findings) for row in comparison.rows)
    assert sum(link.startswith("#Constats.A") for link in links) == cells
    assert any(link.startswith("../dossiers/lot-1/") for link in links)
    assert len(list(content.iter(_table("table-header-rows")))) == len(NAMES)
    assert len(list(content.iter(_table("database-range")))) == len(NAMES)


def test_same_comparison_same_bytes_whatever_the_order(comparison: Comparison, xlsx: bytes, ods: bytes) -> None:
    shuffled = Comparison.of(comparison.name, reversed(comparison.dossiers), comparison.notes, comparison.unread)
    assert in_memory(write_xlsx, workbook(shuffled)) == xlsx
    assert in_memory(write_ods, workbook(shuffled)) == ods


@pytest.mark.parametrize("name", ["xlsx", "ods"])
def test_one_dossier_has_its_workbook_too(name: str, report_of: Callable[[str], DossierReport]) -> None:
    view = ReportView.of(report_of("faible"))
    text = spreadsheet.read(EXPORTS[name].render(view), Source(f"rapport.{name}", "0" * 64, name)).text
    assert all(f.requirement.id in text for f in view.ordered)


@pytest.mark.parametrize("attack", ATTACKS)
def test_contract_text_never_becomes_a_formula(attack: str) -> None:
    assert looks_like_formula(attack)
    tables = Workbook("essai", (Sheet("A", (Column("=titre", 9),), ((Cell(attack),), (Cell(attack, Style.LINK, "piece.html"),))),))
    book = load_workbook(io.BytesIO(in_memory(write_xlsx, tables)))
    cells = [book["A"].cell(line, 1) for line in (2, 3)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.style.quotePrefix if hasattr(cell.style, "quotePrefix") else cell.quotePrefix for cell in cells)
    with zipfile.ZipFile(io.BytesIO(in_memory(write_xlsx, tables))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert b"table:formula" not in _part(in_memory(write_ods, tables))


def test_text_that_no_cell_can_hold_is_cut_and_says_so() -> None:
    assert storable("a\x00b\x1fc\ud800") == "a\ufffdb\ufffdc\ufffd"
    tables = Workbook("essai", (Sheet("A", (Column("x", 9),), ((Cell("y" * 40_000),),)),))
    value = load_workbook(io.BytesIO(in_memory(write_xlsx, tables)))["A"]["A2"].value
    assert value == "y" * MAX_TEXT + "… [texte coupé]"


def test_beyond_the_links_that_a_sheet_may_hold_words_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writer, "MAX_LINKS", 2)
    rows = tuple((Cell(f"ligne {number}", Style.LINK, "piece.html"),) for number in range(4))
    page = load_workbook(io.BytesIO(in_memory(write_xlsx, Workbook("essai", (Sheet("A", (Column("x", 9),), rows),)))))["A"]
    cells = [page.cell(line, 1) for line in range(2, 6)]
    assert [cell.value for cell in cells] == ["ligne 0", "ligne 1", "ligne 2", "ligne 3"]
    assert [cell.hyperlink is not None for cell in cells] == [True, True, False, False]


def test_contrasts_are_readable() -> None:
    for style, (text, background) in COLOURS.items():
        assert _contrast(text, background) >= 4.5, style
        assert style is Style.HEADER or _contrast("#1d4f91", background) >= 4.5, style


def test_a_derogation_has_its_line_and_says_whether_it_is_recapitulated(comparison: Comparison) -> None:
    report = comparison.dossiers[0].report
    made = Quote(document="CCAP.docx", quote="Par dérogation à l'article 5.2 du CCAG-TIC…", start=0, end=43, article="7")
    recap = made.model_copy(update={"article": "20"})
    findings = (report.findings[0].model_copy(update={"derogation": Lost(instrument="CCAG-TIC", article="5.2")}), *report.findings[1:])
    given = (
        Derogation(article="5.2", made=(made,), announced=(recap,)),
        Derogation(article="9", made=(made,)),
        Derogation(article="14", announced=(recap,)),
        Derogation(article="26", announced=(recap,), by=("6.2",)),
    )
    changed = report.model_copy(update={"findings": findings, "derogations": given})
    rows = list(workbook(Comparison.of("essai", [Judged.of(changed)])).sheets[3].rows)
    assert [row[2].value for row in rows] == ["5.2", "9", "14", "26"]
    assert [row[5].value for row in rows] == [
        "CCAP.docx, art. 20",
        "non récapitulée",
        "annoncée seulement : CCAP.docx, art. 20",
        "CCAP.docx, art. 20",
    ]
    assert rows[3][3].value == "art. 6.2 (selon le récapitulatif)"
    assert [row[6].value for row in rows] == [findings[0].requirement, "", "", ""]
    assert made.quote in str(rows[0][4].value)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _part(ods: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods)) as archive:
        return archive.read("content.xml")


def _content(ods: bytes) -> etree._Element:
    return etree.fromstring(_part(ods))


def _table(name: str) -> str:
    return f"{{urn:oasis:names:tc:opendocument:xmlns:table:1.0}}{name}"


def _contrast(first: str, second: str) -> float:
    """Contrast of two colours (WCAG 2)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
