"""Fixtures shared by every test: the engine (loaded once), the samples and their reports, the command line, small contracts."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.catalogue.loader import Catalogue, load_catalogue
from clausecheck.cli.gather import gather
from clausecheck.document import Document
from clausecheck.pipeline import Engine
from clausecheck.reporting.comparison import Comparison
from clausecheck.reporting.json_report import dumps
from clausecheck.reporting.matrix import read_folder
from clausecheck.trial import clause_document
from consultations import write_consultation

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SAMPLE_NAMES = ("presque-conforme", "faible", "cgv-reprend-tout")


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """What was said to the user, on one line: the terminal's line breaks and the spaces of typography are not the subject."""
        return " ".join(self.err.replace("\u202f", " ").split())


Command = Callable[..., Run]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def lexicon(catalogue: Catalogue) -> Lexicon:
    return catalogue.lexicon


@pytest.fixture(scope="session")
def engine(catalogue: Catalogue) -> Engine:
    return Engine(catalogue)


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES


@pytest.fixture(scope="session")
def report_of(engine: Engine) -> Callable[[str], DossierReport]:
    """Judge a sample dossier, once for the whole run."""

    @cache
    def judge(name: str) -> DossierReport:
        gathered = gather([SAMPLES / name])
        return engine.assess(gathered.documents, name=gathered.name, problems=gathered.problems)

    return judge


@pytest.fixture(scope="session")
def consultation(report_of: Callable[[str], DossierReport], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch output folder: the samples as the offers of three vendors on two lots, and a dossier that could not be judged."""
    folder = tmp_path_factory.mktemp("lot") / "resultats"
    write_consultation(folder, [json.loads(dumps(report_of(name))) for name in SAMPLE_NAMES])
    return folder


@pytest.fixture(scope="session")
def comparison(consultation: Path) -> Comparison:
    """The samples, side by side."""
    return read_folder(consultation)


@pytest.fixture(scope="session")
def builder() -> ModuleType:
    """The script that builds the samples: its writers make Word, OpenDocument and PDF files from plain text."""
    spec = importlib.util.spec_from_file_location("samples_build", SAMPLES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference contracts, which the repository does not hold."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("dossier de référence absent : les contrats publics de comparaison ne sont pas livrés avec le dépôt")
    return folder


@pytest.fixture(scope="session")
def command() -> Command:
    """Run ``clausecheck`` as a user does, in its own process."""

    def run(*arguments: object, env: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Run:
        settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "80", **(env or {})}
        settings.pop("CLAUSECHECK_DEBUG", None)
        words = [sys.executable, "-m", "clausecheck.cli.main", *map(str, arguments)]
        done = subprocess.run(words, capture_output=True, env=settings, timeout=120, check=False)
        result = Run(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))
        assert "Traceback" not in result.err
        assert "Traceback" not in result.out
        return result

    return run


@pytest.fixture(scope="session")
def clause() -> Callable[..., Document]:
    """Make a one-article contract from a text."""
    return clause_document
