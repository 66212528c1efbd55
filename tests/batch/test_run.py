"""A consultation from end to end: equal treatment, resumption, bad files, corrections."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from contracts import CCAP, WEAK, engagement

from clausecheck.batch import run as runs
from clausecheck.batch.cluster import DaskExecutor
from clausecheck.batch.discovery import Found, discover
from clausecheck.batch.executors import Executor, LocalExecutor
from clausecheck.batch.progress import Silent
from clausecheck.batch.run import Batch
from clausecheck.batch.tasks import Settings
from clausecheck.document.model import Problem
from clausecheck.pipeline import Engine

Plant = Callable[..., Path]
Json = dict[str, Any]
TREE = {
    "DCE/CCTP.md": "# Cahier des clauses techniques particulières\n\nLe titulaire sauvegarde les données chaque jour.\n",
    "lot-01/alpha/AE.md": engagement("Alpha Informatique SAS", "73282932000074"),
    "lot-01/alpha/CCAP.md": CCAP,
    "lot-01/beta/CCAP.md": CCAP,
    "lot-01/gamma/CCAP.md": WEAK,
    "lot-02/alpha/AE.md": engagement("ALPHA INFORMATIQUE"),
    "lot-02/alpha/CCAP.md": WEAK,
}


@pytest.fixture(scope="module")
def two() -> Iterator[LocalExecutor]:
    executor = LocalExecutor(2)
    yield executor
    executor.close()


@pytest.fixture(scope="module")
def settings(engine: Engine) -> Settings:
    assert engine.speaker is not None
    return Settings(None, engine.catalogue.sha256, engine.speaker.voice.sha256)


@dataclass
class Counting(Silent):
    """Counts what is done anew."""

    totals: list[int] = field(default_factory=list)
    pages: int = 0
    problems: list[str] = field(default_factory=list)

    def reading(self, total: int) -> None:
        self.totals.append(total)

    def read(self, pages: int, problems: Sequence[Problem]) -> None:
        self.pages += pages
        self.problems += [p.code for p in problems]

    def judging(self, total: int) -> None:
        self.totals.append(total)


@dataclass
class Bench:
    """Runs consultations."""

    settings: Settings
    executor: Executor
    spool: Path

    def found(self, source: Path) -> Found:
        self.spool.mkdir(exist_ok=True)
        return discover(source, self.spool)

    def run(self, source: Path | Found, output: Path, executor: Executor | None = None, **changes: Any) -> Counting:
        output.mkdir(exist_ok=True)
        counting = Counting()
        found = self.found(source) if isinstance(source, Path) else source
        resume = changes.pop("resume", True)
        Batch(found, output, replace(self.settings, **changes), counting, resume=resume).run(executor or self.executor)
        return counting


@pytest.fixture
def bench(settings: Settings, two: LocalExecutor, tmp_path: Path) -> Bench:
    return Bench(settings, two, tmp_path / "spool")


def contents(output: Path) -> dict[str, bytes]:
    """Everything a user reads, byte for byte."""
    files = (p for p in sorted(output.rglob("*")) if p.is_file())
    kept = {p.relative_to(output).as_posix(): p.read_bytes() for p in files if not p.name.startswith("etat.sqlite")}
    return {name: data for name, data in kept.items() if not name.startswith(".documents/")}


def index(output: Path) -> Json:
    return dict(json.loads((output / "consultation.json").read_text("utf-8")))


def report(output: Path, path: str) -> Json:
    return dict(json.loads((output / "dossiers" / path / "rapport.json").read_text("utf-8")))


def test_reports_name_vendor_and_lot_and_the_index_finds_them(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    output = tmp_path / "out"
    bench.run(plant(TREE), output)
    entries = index(output)["dossiers"]
    assert [(e["lot"], e["vendor"]["name"], e["vendor"]["siret"], e["state"]) for e in entries] == [
        ("1", "Alpha Informatique SAS", "73282932000074", "juge"),
        ("1", "beta", None, "juge"),
        ("1", "gamma", None, "juge"),
        ("2", "Alpha Informatique SAS", "73282932000074", "juge"),
    ]
    alpha = json.loads((output / entries[0]["report"]).read_text("utf-8"))
    assert entries[0]["report"] == "dossiers/lot-01/alpha-informatique-sas/rapport.json"
    assert alpha["dossier"] == {
        "name": "Alpha Informatique SAS – lot 1",
        "vendor": {"name": "Alpha Informatique SAS", "siret": "73282932000074"},
        "lot": "1",
    }
    assert [d["path"] for d in alpha["documents"]] == ["AE.md", "CCAP.md", "DCE/CCTP.md"]
    assert sum(entries[0]["counts"].values()) == len(alpha["findings"])
    assert (output / entries[0]["html"]).read_text("utf-8").startswith("<!doctype html>")


def test_same_text_same_findings_to_the_byte(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    source = plant({f"lot-{lot}/{name}/CCAP.md": CCAP for lot in (1, 2) for name in ("alpha", "zeta", "Établissements Quinze")})
    bench.run(source, tmp_path / "out")
    reports = [report(tmp_path / "out", f"lot-0{lot}/{name}") for lot in (1, 2) for name in ("alpha", "zeta", "etablissements-quinze")]
    for part in ("findings", "context", "parties", "references", "problems", "documents", "catalogue", "model"):
        assert len({json.dumps(r[part]) for r in reports}) == 1, part


def test_order_and_number_of_workers_change_nothing(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    source = plant(TREE)
    bench.run(source, tmp_path / "a")
    found = bench.found(source)
    turned = replace(found, dossiers=tuple(reversed(found.dossiers)))
    one = LocalExecutor(1)
    try:
        bench.run(turned, tmp_path / "b", one)
    finally:
        one.close()
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_cluster_gives_the_same_bytes(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="clausecheck[cluster] n’est pas installé")
    source = plant(TREE)
    bench.run(source, tmp_path / "a")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        executor = DaskExecutor(cluster.scheduler_address)
        try:
            bench.run(source, tmp_path / "b", executor)
        finally:
            executor.close()
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_nothing_is_done_twice_and_everything_that_matters_is_done_again(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    source, output = plant(TREE), tmp_path / "out"
    assert bench.run(source, output).totals == [5, 4]  # CCAP and WEAK stand in two dossiers each, read once
    first = contents(output)
    assert bench.run(source, output).totals == [0, 0]
    assert contents(output) == first
    assert bench.run(source, output, given=(("hebergement", False),)).totals == [0, 4]
    assert contents(output) != first
    assert bench.run(source, output).totals == [0, 4]
    assert contents(output) == first
    (source / "lot-01/beta/CCAP.md").write_text(WEAK.replace("cinq ans", "dix ans"), "utf-8")
    assert bench.run(source, output).totals == [1, 1]
    assert bench.run(source, output, resume=False).totals == [6, 4]


def test_a_report_lost_or_altered_is_made_again(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    source, output = plant(TREE), tmp_path / "out"
    bench.run(source, output)
    first = contents(output)
    (output / "dossiers/lot-01/beta/rapport.html").write_text("autre", "utf-8")
    shutil.rmtree(output / "dossiers/lot-01/gamma")
    shutil.rmtree(output / ".documents")
    assert bench.run(source, output).totals == [0, 2]
    assert contents(output) == first


def test_stopped_anywhere_it_goes_on_and_loses_nothing(bench: Bench, plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three writes a run: a dossier, half of another, and not even the index."""
    source, cut = plant(TREE), tmp_path / "cut"
    bench.run(source, tmp_path / "whole")
    real, left = runs.write_whole, 0

    def write(path: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(runs, "write_whole", write)
    for _ in range(3):
        left = 3
        with pytest.raises(KeyboardInterrupt):
            bench.run(source, cut)
        left = 1
    left = 1000
    assert bench.run(source, cut).totals == [0, 1]
    assert contents(cut) == contents(tmp_path / "whole")


def test_an_interruption_is_marked_in_the_index(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    class Impatient(Counting):
        def judged(self, problems: Sequence[Problem]) -> None:
            raise KeyboardInterrupt(problems)

    output = tmp_path / "out"
    output.mkdir()
    with pytest.raises(KeyboardInterrupt):
        Batch(bench.found(plant(TREE)), output, bench.settings, Impatient()).run(bench.executor)
    assert index(output)["complete"] is False
    assert sorted(e["state"] for e in index(output)["dossiers"]) == ["en_attente"] * 3 + ["juge"]


def test_a_correction_moves_and_merges_dossiers(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    source, output = plant(TREE), tmp_path / "out"
    bench.run(source, output)
    candidates = output / "candidats.csv"
    text = candidates.read_text("utf-8-sig").replace("lot-01/gamma;1;gamma;", "lot-01/gamma;1;beta;")
    candidates.write_text(text, "utf-8")
    bench.run(source, output)
    entries = index(output)["dossiers"]
    assert [e["vendor"]["name"] for e in entries if e["lot"] == "1"] == ["Alpha Informatique SAS", "beta"]
    merged = next(e for e in entries if e["vendor"]["name"] == "beta")
    assert [p["path"] for p in merged["pieces"]] == ["lot-01/beta/CCAP.md", "lot-01/gamma/CCAP.md", "DCE/CCTP.md"]
    assert not (output / "dossiers/lot-01/gamma").exists()  # nobody finds a report that no longer holds
    assert "lot-01/gamma;1;beta;;1;gamma;;candidats.csv" in candidates.read_text("utf-8-sig")
    assert bench.run(source, output).totals == [0, 0]


def test_what_cannot_be_read_is_said_and_stops_nothing(bench: Bench, plant: Plant, tmp_path: Path) -> None:
    bad = {"lot-01/delta/CCAP.docx": b"PK\x03\x04 abime", "lot-01/alpha/annexe.pdf": b"%PDF-1.7 rien"}
    output = tmp_path / "out"
    bench.run(plant({**TREE, **bad, "DCE/CCTP.md": b""}), output)
    entries = {e["dossier"]: e for e in index(output)["dossiers"]}
    assert (entries["lot-01/delta"]["state"], entries["lot-01/delta"]["report"]) == ("non_juge", None)
    assert {p["document"] for p in entries["lot-01/delta"]["problems"]} == {"CCAP.docx", "DCE/CCTP.md", None}
    assert "annexe.pdf" in {p["document"] for p in entries["lot-01/alpha"]["problems"]}
    assert "absente" not in entries["lot-01/alpha"]["counts"]  # what was not read is never said to be missing
    assert all(e["state"] == "juge" for key, e in entries.items() if key != "lot-01/delta")
