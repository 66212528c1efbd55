"""The same tool on Windows and macOS: other code pages, processes started afresh."""

import json
import multiprocessing
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import load_catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting.json_report import dumps


@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "LANG": "C"}]
)
def test_other_code_pages_change_nothing(command: Any, samples: Path, env: dict[str, str]) -> None:
    run = command("check", samples / "faible", "--fail-on", "never", env=env)
    assert run.code == 0
    assert "○ Absente" in run.out
    assert "l’exigence" in run.out


def test_json_is_utf8_whatever_the_console(command: Any, samples: Path) -> None:
    plain = command("check", samples / "faible", "--format", "json")
    odd = command("check", samples / "faible", "--format", "json", env={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})
    assert json.loads(odd.out) == json.loads(plain.out)


def test_names_with_accents_and_spaces(command: Any, tmp_path: Path) -> None:
    folder = tmp_path / "Marché n° 3 – été"
    folder.mkdir()
    (folder / "pièce à lire.md").write_text("# Contrat\n\nLe titulaire livre des chaises.\n", encoding="utf-8")
    run = command("check", folder, "--format", "json", "--fail-on", "never")
    assert json.loads(run.out)["dossier"]["name"] == "Marché n° 3 – été"


def judge(folder: str) -> str:
    """Judge a dossier from nothing: what a process started afresh does."""
    gathered = gather([Path(folder)])
    return dumps(Engine(load_catalogue()).assess(gathered.documents, name=gathered.name, problems=gathered.problems))


def test_a_process_started_afresh_gives_the_same_report(report_of: Callable[[str], DossierReport], samples: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.apply(judge, (str(samples / "faible"),))
    assert found == dumps(report_of("faible"))


@pytest.mark.skipif(sys.platform == "win32", reason="la recherche porte sur l’arbre des sources")
def test_no_file_is_opened_in_the_locale_of_the_machine(samples: Path) -> None:
    sources = (samples.parent / "src").rglob("*.py")
    faults = [
        f"{path.name}:{number}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (".read_text(" in line or ".write_text(" in line) and "encoding=" not in line
    ]
    assert faults == []
