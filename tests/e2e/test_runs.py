"""Runs as a user keeps them: dated folders never overwritten, a manifest that tells any change, reports alike but for their date lines."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from clausecheck.assessment.model import DossierReport
from clausecheck.cli.check import Wish, run_check
from clausecheck.cli.runs import Run, slug
from clausecheck.cli.verify import run_verify
from clausecheck.errors import UsageError
from clausecheck.reporting.cost import Phase
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.manifest import load
from clausecheck.reporting.view import ReportView
from runs import run_folder

EPOCH = {"SOURCE_DATE_EPOCH": "1795000000"}
FOLDER = "2026-11-18-110640-faible"


def noon() -> datetime:
    return datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(command: Any, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a sample, with its pieces beside it."""
    folder = tmp_path_factory.mktemp("passage")
    shutil.copytree(samples / "faible", folder / "faible")
    assert command("check", folder / "faible", "--output", folder / "rapports", "--format", "md", env=EPOCH).code == 1
    return folder


@dataclass(frozen=True)
class Verified:
    code: int
    said: str


@pytest.fixture
def verify(capsys: pytest.CaptureFixture[str]) -> Callable[..., Verified]:
    """Verify a run without the cost of a process."""

    def call(run: Path, *pieces: Path) -> Verified:
        code = run_verify(run, pieces)
        return Verified(code, capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " "))

    return call


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Path:
    """A copy of the run, to tamper with."""
    return Path(shutil.copytree(run_folder(made / "rapports"), tmp_path / "analyse"))


def test_the_folder_is_dated_and_the_pointer_opens_its_report(made: Path) -> None:
    folder = run_folder(made / "rapports")
    assert folder.name == FOLDER
    assert f'url={FOLDER}/rapport.html"' in (made / "rapports" / "dernier.html").read_text(encoding="utf-8")


def test_the_manifest_tells_what_was_read_and_written(made: Path) -> None:
    folder = run_folder(made / "rapports")
    manifest = json.loads((folder / "manifeste.json").read_text(encoding="utf-8"))
    assert manifest["date"] == "2026-11-18T11:06:40+00:00"
    for listed, root in ((manifest["outputs"], folder), (manifest["inputs"], Path())):
        for mark in listed:
            data = (root / mark["path"]).read_bytes()
            assert (mark["sha256"], mark["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert {m["path"] for m in manifest["outputs"]} == {"rapport.html", "rapport.json", "rapport.md"}
    report = json.loads((folder / "rapport.json").read_text(encoding="utf-8"))
    assert manifest["catalogue"]["sha256"] == report["catalogue"]["sha256"]
    assert manifest["model"]["sha256"] == report["model"]["sha256"]
    assert [(c["pages"], c["pages_read"]) for c in manifest["coverage"]] == [(d["pages"], d["pages_read"]) for d in report["documents"]]


def test_reports_that_people_read_hold_the_date_once_and_data_never(made: Path) -> None:
    told = {p.name: p.read_text(encoding="utf-8") for p in run_folder(made / "rapports").glob("rapport.*")}
    assert {name: text.count("Analyse du 18 novembre 2026") for name, text in told.items()} == {
        "rapport.html": 1,
        "rapport.md": 1,
        "rapport.json": 0,
    }
    assert [
        name for name, text in told.items() if "2026-11-18" in text or "18 novembre" in text.replace("Analyse du 18 novembre", "")
    ] == []


@pytest.fixture(scope="module")
def three(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two runs in the same second, one later."""
    output = tmp_path_factory.mktemp("trois")
    for clock in (noon, noon, lambda: datetime(2027, 1, 2, tzinfo=UTC)):
        run_check([samples / "faible"], Wish(output=output, fail_on="never", formats=["md", "docx", "xlsx"]), clock=clock)
    return sorted(p for p in output.iterdir() if p.is_dir())


def test_a_second_run_of_the_same_second_overwrites_nothing(three: list[Path]) -> None:
    stem = "2026-11-24-120000-faible"
    assert [f.name for f in three] == [stem, f"{stem}-2", "2027-01-02-000000-faible"]


def lines_of(path: Path) -> list[str]:
    """What a report says, a line a text."""
    if path.suffix == ".xlsx":
        return [str(c) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for c in row]
    if path.suffix == ".docx":
        return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    return path.read_text(encoding="utf-8").splitlines()


def test_only_the_date_line_and_the_line_of_the_cost_change(three: list[Path]) -> None:
    first, _, second = three
    for path in first.glob("rapport.*"):
        before, after = lines_of(path), lines_of(second / path.name)
        changed = [a for a, b in zip(before, after, strict=True) if a != b]
        told = [re.sub(r"<[^>]+>|^- ", "", line.strip()).replace("\u202f", " ").replace("\u00a0", " ") for line in changed]
        expected = [] if path.suffix == ".json" else ["Analyse du 24 novembre 2026 à 12 h 00.", "Temps et énergie de cette analyse :"]
        assert len(told) == len(expected), (path.name, told)
        assert all(line.startswith(start) for line, start in zip(told, expected, strict=True)), (path.name, told)


def test_the_fixed_clock_gives_the_same_bytes(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH["SOURCE_DATE_EPOCH"])
    for _ in range(2):
        run_check([samples / "faible"], Wish(output=tmp_path, fail_on="never", formats=["docx", "xlsx"]))
    first, second = sorted(p for p in tmp_path.iterdir() if p.is_dir())
    assert {p.name: p.read_bytes() for p in first.iterdir()} == {p.name: p.read_bytes() for p in second.iterdir()}
    assert load(first).cost is None


def test_the_manifest_tells_time_by_phase_and_energy_and_still_verifies(three: list[Path], verify: Callable[..., "Verified"]) -> None:
    cost = load(three[0]).cost
    assert cost is not None
    assert list(cost.seconds) == [Phase.READING, Phase.JUDGING, Phase.WRITING]
    assert cost.processor_seconds > 0
    assert cost.watts is None or cost.watt_hours == pytest.approx(cost.processor_seconds * cost.watts / 3600, abs=1e-5)
    assert verify(three[0]).code == 0


def test_a_manifest_without_cost_still_verifies(verify: Callable[..., "Verified"], run: Path) -> None:
    path = run / "manifeste.json"
    old = json.loads(path.read_text(encoding="utf-8"))
    del old["cost"]
    path.write_text(json.dumps(old), encoding="utf-8")
    assert verify(run).code == 0


def test_a_run_left_alone_is_intact(verify: Callable[..., Verified], run: Path) -> None:
    done = verify(run)
    assert done.code == 0
    assert "Rien n’a changé : 3 fichiers et 1 pièce" in done.said
    assert "18 novembre 2026 à 11 h 06" in done.said
    assert hashlib.sha256((run / "manifeste.json").read_bytes()).hexdigest() in done.said


def change(run: Path) -> None:
    path = run / "rapport.json"
    path.write_bytes(path.read_bytes().replace(b"affaiblie", b"conforme", 1))


def same_size(run: Path) -> None:
    path = run / "rapport.md"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (change, "fichier modifié : rapport.json"),
        (same_size, "fichier modifié : rapport.md"),
        (lambda run: (run / "rapport.html").unlink(), "fichier manquant : rapport.html"),
        (lambda run: (run / "note.txt").write_text("?"), "fichier ajouté : note.txt"),
        (lambda run: (run / "rapport.md").rename(run / "autre.md"), "fichier ajouté : autre.md"),
    ],
)
def test_any_change_is_named(verify: Callable[..., Verified], run: Path, tamper: Callable[[Path], object], words: str) -> None:
    tamper(run)
    done = verify(run)
    assert done.code == 1
    assert words in done.said
    assert "L’analyse a changé" in done.said


def test_pieces_that_moved_are_found_by_their_content(verify: Callable[..., Verified], run: Path, samples: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(samples / "faible", tmp_path / "archives" / "2026")
    assert verify(run, moved).code == 0
    (Path(moved) / "contrat.docx").write_bytes(b"autre")
    done = verify(run, moved)
    assert done.code == 1
    assert "pièce modifiée : contrat.docx" in done.said


def test_pieces_out_of_reach_are_said_and_blame_nobody(verify: Callable[..., Verified], run: Path) -> None:
    path = run / "manifeste.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["inputs"][0]["path"] = "//serveur/partage/contrat.docx"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    done = verify(run)
    assert done.code == 0
    assert "1 pièce hors de portée" in done.said


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda run: (run / "manifeste.json").unlink(), "n’est pas un dossier d’analyse"),
        (lambda run: (run / "manifeste.json").write_text("{"), "n’est pas un manifeste lisible"),
        (lambda run: (run / "manifeste.json").write_text('{"schema": "autre"}'), "n’est pas un manifeste lisible"),
        (lambda run: (run / "manifeste.json").write_bytes(b"\xff\xfe\0"), "n’est pas un manifeste lisible"),
        (shutil.rmtree, "n’est pas un dossier d’analyse"),
    ],
)
def test_what_is_no_run_is_refused(verify: Callable[..., Verified], run: Path, prepare: Callable[[Path], object], words: str) -> None:
    prepare(run)
    with pytest.raises(UsageError, match=words):
        verify(run)


def test_the_folder_above_names_a_run_to_give(verify: Callable[..., Verified], made: Path) -> None:
    with pytest.raises(UsageError, match=FOLDER):
        verify(made / "rapports")


def test_the_command_tells_the_three_outcomes_by_its_exit_code(command: Any, run: Path) -> None:
    assert command("verify", run).code == 0
    change(run)
    assert command("verify", run).code == 1
    (run / "manifeste.json").unlink()
    refused = command("verify", run)
    assert refused.code == 2
    assert "[pas_une_analyse]" in refused.message


def test_a_dossier_cannot_hold_its_own_reports(command: Any, made: Path) -> None:
    done = command("check", made / "faible", "--output", made / "faible" / "rapports")
    assert done.code == 2
    assert "est dans le dossier à analyser" in done.message
    assert not (made / "faible" / "rapports").exists()


def test_a_wrong_clock_is_said(command: Any, samples: Path, tmp_path: Path) -> None:
    done = command("check", samples / "faible", "--output", tmp_path, env={"SOURCE_DATE_EPOCH": "hier"})
    assert done.code == 2
    assert "SOURCE_DATE_EPOCH" in done.message


def test_the_communicable_version_tells_itself_apart(command: Any, samples: Path, tmp_path: Path) -> None:
    done = command("check", samples / "cgv-reprend-tout", "--output", tmp_path, "--diffusion", "communicable", env=EPOCH)
    folder = run_folder(tmp_path)
    assert folder.name.endswith("-cgv-reprend-tout-communicable")
    assert {p.name for p in folder.iterdir()} == {"manifeste.json", "rapport-communicable.html", "rapport-communicable.json"}
    assert "offre du titulaire" in done.out
    assert json.loads((folder / "manifeste.json").read_text(encoding="utf-8"))["diffusion"] == "communicable"


@pytest.mark.parametrize("option", [["--annotate", "--output", "x"], ["--explain", "RGPD-33-2"]])
def test_what_shows_the_pieces_has_no_communicable_version(command: Any, samples: Path, option: list[str]) -> None:
    done = command("check", samples / "faible", "--diffusion", "communicable", *option)
    assert done.code == 2
    assert option[0] in done.message


@pytest.mark.parametrize(
    ("name", "safe"), [("Lot n° 3 – Hébergement", "Lot-n-3-Hebergement"), ("../../etc", "etc"), ("合同", "dossier"), ("a" * 90, "a" * 60)]
)
def test_folder_names_suit_every_system(name: str, safe: str) -> None:
    assert slug(name) == safe


def test_an_interrupted_run_has_no_manifest(report_of: Callable[[str], DossierReport], tmp_path: Path) -> None:
    run = Run.start(tmp_path, noon, "faible")
    (run.folder / "rapport.json").write_bytes(EXPORTS["json"].render(ReportView.of(report_of("faible"))))
    with pytest.raises(UsageError, match="analyse interrompue"):
        load(run.folder)
