"""Word, OpenDocument, PDF and Markdown reports: read back, they say what the JSON says, in the order of decision."""

import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from forms import TEXT_OF, facts, in_reading_order, make, sections, squeezed
from forms_data import DATA, check_data
from lxml import html
from odf import teletype
from odf.opendocument import load

from clausecheck.assessment.model import DossierReport, Reference
from clausecheck.cli.gather import gather
from clausecheck.document.model import Problem
from clausecheck.pipeline import Engine
from clausecheck.reporting.cost import RunNote
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.payload import parse_report
from clausecheck.reporting.transparency import Facts
from clausecheck.reporting.transparency import sections as sections_of_sheet
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import ReportView
from clausecheck.reporting.wording import Wording
from clausecheck.vocabulary import Severity, Status
from runs import run_folder

ROOT = Path(__file__).parents[2]
SAMPLES = ("presque-conforme", "faible", "cgv-reprend-tout")
FORMS = ("docx", "odt", "md", "pdf")
EPOCH = 1795000000
DOSSIERS = {
    "vsgp": ("ae_vsgp_infogerance.docx", "rc_vsgp_infogerance.pdf"),
    "vigicrues": ("ccap_vigicrues_tma_resume.md", "dpf_vigicrues_tma.odt"),
    "cloudtemple": ("dpa_cloudtemple.docx",),
}
HOSTILE = (
    "Le titulaire <script>alert(1)</script> <b>notifie</b> &amp; **sans** [délai](http://mal.example/) `rm -rf` | colonne | ~~rien~~ "
    "# titre\n\n> cité\n\n    code\n- puce\n1. un\n![image](x) =1+1 \x00\x07\x0b\x1f\ufffe \u202eévitaerc\u202c \u2067rtl\u2069 ]]> --> "
    "\\* $x$"
)
SHOWN = HOSTILE.translate({ord(c): f"⟨U+{ord(c):04X}⟩" for c in "\x00\x07\x0b\x1f\ufffe\u202e\u202c\u2067\u2069"})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_form_tells_the_facts_of_the_json_in_the_order_of_decision(
    name: str, form: str, rendered: Callable[[str, str], bytes]
) -> None:
    report = json.loads(rendered(name, "json"))
    check_facts(TEXT_OF[form](rendered(name, form)), report)


@pytest.mark.parametrize("form", ["json", "html", "sarif", "xlsx", "ods", *FORMS])
def test_every_form_proposes_the_clauses_of_the_annex_their_blanks_in_sight(
    form: str, rendered: Callable[[str, str], bytes], report_of: Callable[[str], DossierReport]
) -> None:
    report = report_of("faible")
    wording = Wording(report)
    open_ = [f for f in report.findings if f.open]
    readers: dict[str, Callable[[bytes], str]] = {
        **TEXT_OF,
        "json": lambda data: " ".join(f["remediation"] for f in json.loads(data)["findings"]),
        "html": lambda data: html.fromstring(data.decode("utf-8")).text_content(),
        "sarif": lambda data: " ".join(r["help"]["text"] for r in json.loads(data)["runs"][0]["tool"]["driver"]["rules"]),
        "xlsx": lambda data: " ".join(str(c) for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.values for c in row),
        "ods": lambda data: teletype.extractText(load(io.BytesIO(data)).spreadsheet),
    }
    text = squeezed(readers[form](rendered("faible", form)))
    assert [f.requirement.id for f in open_ if squeezed(wording.text(f)) not in text] == []
    assert squeezed("le titulaire, Nuage Facile SARL,") in text
    assert squeezed("[À COMPLÉTER : montant garanti]") in text
    slots = {chunk.slot for f in open_ for chunk in wording.of(f) if chunk.slot}
    assert [slot for slot in slots if squeezed(f"[{slot}]") in text] == []


def check_facts(text: str, report: dict[str, Any]) -> None:
    findings = in_reading_order(report)
    for finding, told in zip(findings, sections(text, findings), strict=True):
        for fact in facts(finding):
            assert squeezed(fact) in told, f"{finding['requirement']} : {fact}"
    whole = squeezed(text)
    for words in (*first_page(report), *annex(report)):
        assert squeezed(words) in whole, words


def first_page(report: dict[str, Any]) -> list[str]:
    counts = Counter(f["status"] for f in report["findings"])
    open_ = [f for f in report["findings"] if f["status"] in {"contredite", "absente", "affaiblie"}]
    blocking = [f for f in open_ if f["severity"] == "bloquante"]
    return [f"{len(blocking)} point", f"{len(open_)} écart", f"{counts['conforme']} exigence", f"Ce qui bloque ({len(blocking)})"]


def crowded(report: DossierReport) -> DossierReport:
    """The report with as much to say on its first page as there can be."""
    unclear = [replace(f, status=Status.NON_CONCLUANT) if f.severity is Severity.MINEURE else f for f in report.findings]
    missing = [Reference(f"Annexe {number} – pièce annoncée et jamais remise", found=False, kind="annexe") for number in range(40)]
    return replace(report, findings=tuple(unclear), references=(*report.references, *missing))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_decision_holds_on_the_first_page(name: str, report_of: Callable[[str], DossierReport]) -> None:
    note = RunNote(datetime.fromtimestamp(EPOCH, UTC))
    with pypdfium2.PdfDocument(make("pdf", ReportView.of(crowded(report_of(name)), note))) as document:
        first, second = (document[page].get_textpage().get_text_range() for page in (0, 1))
    assert "il ne classe ni n’écarte aucune offre" in " ".join(first.split())
    assert second.strip().startswith("Sommaire")


def words(reference: dict[str, Any]) -> str:
    if reference["kind"] in {"article", "externe"}:
        return str(reference["cited"])
    return f"{reference['cited']} : {'fournie' if reference['found'] else 'non fournie'}"


def annex(report: dict[str, Any]) -> list[str]:
    pointless = [f["title"] for f in report["findings"] if f["status"] == "sans_objet"]
    pieces = [word for d in report["documents"] for word in (Path(d["path"]).name, f"{d['pages_read']} sur {d['pages']}", d["sha256"])]
    cited = [words(r) for r in report["references"] if r["kind"] != "article" or not r["found"]]
    versions = [f"clausecheck {report['tool']['version']}", report["catalogue"]["sha256"], report["model"]["sha256"]]
    return [*pointless, *pieces, *cited, *(p["message"] for p in report["problems"]), *versions]


@pytest.mark.parametrize("form", FORMS)
def test_words_of_the_contract_are_shown_as_text(form: str, report_of: Callable[[str], DossierReport]) -> None:
    report = report_of("faible")
    quoted = next(f for f in report.findings if f.evidence)
    changed = replace(quoted, evidence=(replace(quoted.evidence[0], quote=HOSTILE, article="<i>*1*</i>"), *quoted.evidence[1:]))
    hostile = replace(report, name="<b>|*nom*", findings=(changed,), problems=(Problem("essai", HOSTILE, "<u>_a_.pdf"),))
    text = squeezed(TEXT_OF[form](make(form, ReportView.of(hostile))))
    assert text.count(squeezed(SHOWN)) >= 2
    for words in ("<i>*1*</i>", "<b>|*nom*", "<u>_a_.pdf"):
        assert words in text


@pytest.mark.parametrize("name", DOSSIERS)
def test_real_dossiers_are_reported_in_every_form(name: str, shared: Path, engine: Engine) -> None:
    gathered = gather([shared / "corpus" / "dev" / piece for piece in DOSSIERS[name]])
    view = ReportView.of(engine.assess(gathered.documents, name=name, problems=gathered.problems))
    report = json.loads(make("json", view))
    for form in FORMS:
        check_facts(TEXT_OF[form](make(form, view)), report)
    for form in DATA:
        check_data(form, make(form, view), report)


@pytest.mark.parametrize("form", DATA)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_form_for_machines_tells_the_facts_of_the_json(name: str, form: str, rendered: Callable[[str, str], bytes]) -> None:
    check_data(form, rendered(name, form), json.loads(rendered(name, "json")))


@pytest.mark.parametrize("form", [*TEXT_OF, "html", "xlsx", "ods"])
def test_every_form_to_read_has_the_transparency_sheet(form: str, rendered: Callable[[str, str], bytes]) -> None:
    data = rendered("faible", form)
    if form == "xlsx":
        said = " ".join(str(c) for row in openpyxl.load_workbook(io.BytesIO(data))["Transparence"].iter_rows(values_only=True) for c in row)
    elif form == "ods":
        said = teletype.extractText(load(io.BytesIO(data)).spreadsheet)
    else:
        said = TEXT_OF[form](data) if form in TEXT_OF else html.fromstring(data.decode()).text_content()
    for section in sections_of_sheet(Facts.of_record(parse_report(rendered("faible", "json"), "faible"))):
        assert squeezed(french(section.title)) in squeezed(said)
        assert all(squeezed(french(text)) in squeezed(said) for text in (*section.paragraphs, *section.items))


def test_the_page_of_a_dossier_of_two_hundred_pages_stays_light(report_of: Callable[[str], DossierReport]) -> None:
    report = report_of("presque-conforme")
    held, times = report.segmented, 1 + 200 // sum(d.coverage.pages_total for d in report.segmented.documents)
    thick = replace(report, segmented=replace(held, documents=held.documents * times), pieces=report.pieces * times)
    assert sum(d.coverage.pages_total for d in thick.segmented.documents) >= 200
    assert len(EXPORTS["html"].render(ReportView.of(thick))) <= 5_000_000


def test_another_process_writes_the_same_bytes_in_every_form(
    command: Any, samples: Path, tmp_path: Path, report_of: Callable[[str], DossierReport]
) -> None:
    view = ReportView.of(report_of("faible"), RunNote(datetime.fromtimestamp(EPOCH, UTC)))
    expected = {form: make(form, view) for form in ("json", "html", *FORMS)}
    wanted = [word for form in FORMS for word in ("--format", form)]
    run = command(
        "check",
        samples / "faible",
        *wanted,
        "--output",
        tmp_path,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": str(EPOCH)},
    )
    assert run.code == 1
    written = {path.suffix[1:]: path.read_bytes() for path in run_folder(tmp_path).glob("rapport.*")}
    assert sorted(written) == sorted(expected)
    assert [form for form in expected if written[form] != expected[form]] == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("ImportError", 'pip install "clausecheck[pdf]"'),
        ("OSError", "apt install libpango-1.0-0 libpangoft2-1.0-0"),
    ],
)
def test_a_missing_pdf_library_is_said_before_any_work(command: Any, samples: Path, tmp_path: Path, error: str, words: str) -> None:
    (tmp_path / "weasyprint.py").write_text(f"raise {error}('absent')\n", encoding="utf-8")
    run = command(
        "check", samples / "faible", "--format", "pdf", "--output", tmp_path / "r", env={"PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}"}
    )
    assert run.code == 2
    assert words in run.message
    assert "--format docx" in run.message
    assert run.out == ""
    assert not (tmp_path / "r").exists()


def test_markdown_may_go_to_the_screen(command: Any, samples: Path, rendered: Callable[[str, str], bytes]) -> None:
    run = command("check", samples / "faible", "--format", "md", "--fail-on", "never")
    assert run.code == 0
    assert run.out.encode("utf-8") == rendered("faible", "md")


def test_doctor_tells_what_the_pdf_report_lacks(command: Any, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('absent')\n", encoding="utf-8")
    run = command("doctor", env={"PYTHONPATH": f"{tmp_path}:{ROOT / 'src'}", "COLUMNS": "240"})
    assert run.code == 0
    line = next(line for line in run.out.splitlines() if "WeasyPrint et pango" in line)
    assert "○ absent" in line
    assert "libpangoft2-1.0-0" in line


def test_a_file_form_needs_a_folder(command: Any, samples: Path) -> None:
    run = command("check", samples / "faible", "--format", "docx")
    assert run.code == 2
    assert "ajoutez --output" in run.message
