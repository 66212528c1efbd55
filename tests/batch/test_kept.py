"""What a consultation leaves for the contract file: a dated folder closed by its manifest, in the version asked for."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from contracts import CCAP, WEAK, engagement

from clausecheck.cli.batch import Options, run_batch
from clausecheck.cli.verify import run_verify
from clausecheck.reporting.cost import Phase
from clausecheck.reporting.manifest import load
from clausecheck.reporting.matrix import read_folder
from clausecheck.vocabulary import Diffusion

OFFER = "# Mémoire technique\n\n## 1. Équipe\n\nLe titulaire notifie toute violation de données personnelles en 96 heures, dit Mistigri.\n"


def at(hour: int) -> Callable[[], datetime]:
    return lambda: datetime(2026, 11, 24, hour, tzinfo=UTC)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("consultation")
    files = {"alpha/AE.md": engagement("Alpha"), "alpha/memoire.md": OFFER, "alpha/CCAP.md": CCAP, "beta/CCAP.md": WEAK}
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def output(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An internal run, then a communicable one, in the same folder."""
    folder = tmp_path_factory.mktemp("resultats")
    run_batch(source, folder, Options(workers=1, context=["donnees_personnelles=oui"]), clock=at(9))
    run_batch(source, folder, Options(workers=1, context=["donnees_personnelles=oui"], diffusion=Diffusion.COMMUNICABLE), clock=at(10))
    return folder


def kept(output: Path) -> tuple[Path, Path]:
    internal, shown = sorted(p for p in output.glob("2026-*"))
    return internal, shown


def test_each_run_is_kept_whole_and_dated(output: Path, source: Path) -> None:
    internal, shown = kept(output)
    assert internal.name.startswith("2026-11-24-090000-")
    assert shown.name.endswith("-communicable")
    assert len(list(internal.rglob("rapport.json"))) == len(list(shown.rglob("rapport-communicable.html"))) == 2
    assert not list(internal.rglob("*communicable*"))
    assert {p.path for p in load(internal).inputs} == {p.as_posix() for p in source.rglob("*.md")}
    assert f'url={shown.name}/matrice-communicable.html"' in (output / "dernier.html").read_text(encoding="utf-8")


def test_each_run_can_be_verified_and_compared_again(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for run in kept(output):
        assert run_verify(run, []) == 0
        assert len(read_folder(run).dossiers) == 2
    assert "version communicable" in capsys.readouterr().out


def test_a_change_is_named(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = kept(output)[1]
    path = shown / "matrice-communicable.csv"
    data = path.read_bytes()
    path.write_bytes(data + b"\n")
    assert run_verify(shown, []) == 1
    assert "matrice-communicable.csv" in capsys.readouterr().out
    path.write_bytes(data)


def test_the_manifest_tells_options_coverage_and_cost(output: Path) -> None:
    described = load(kept(output)[1])
    assert (described.command, described.diffusion) == ("batch", "communicable")
    assert described.options["contexte"] == ("donnees_personnelles=oui",)
    assert {Path(c.path).name for c in described.coverage} == {"AE.md", "memoire.md", "CCAP.md"}
    assert described.cost is not None
    assert list(described.cost.seconds) == list(Phase)


def test_the_communicable_run_shows_nothing_of_the_offer_and_lists_it(output: Path) -> None:
    internal, shown = kept(output)
    everything = {
        run: b"".join(p.read_bytes() for p in run.rglob("*") if p.suffix in {".json", ".html", ".csv"}) for run in (internal, shown)
    }
    assert b"Mistigri" in everything[internal]
    assert b"Mistigri" not in everything[shown]
    (_, *rows) = openpyxl.load_workbook(shown / "matrice-communicable.xlsx")["Masqué"].iter_rows(values_only=True)
    assert [(row[2], row[3], row[4]) for row in rows] == [("memoire.md", "texte de la pièce", "offre du titulaire")]
    assert "Ce qui a été masqué" in (shown / "matrice-communicable.html").read_text(encoding="utf-8")


def test_what_can_be_sent_does_not_stand_beside_what_cannot(output: Path) -> None:
    assert not list(output.glob("matrice.*"))
    assert not list((output / "dossiers").rglob("rapport.*"))
    assert json.loads((output / "consultation.json").read_text(encoding="utf-8"))["diffusion"] == "communicable"
