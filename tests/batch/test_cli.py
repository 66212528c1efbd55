"""``clausecheck batch`` as a user runs it: what it says, what it writes, its exit codes, and what survives a kill."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from contracts import CCAP, WEAK, engagement

Plant = Callable[..., Path]
Command = Callable[..., Any]
SRC = Path(__file__).parents[2] / "src"
KILLS = int(os.environ.get("CLAUSECHECK_KILLS", "2"))
POSIX = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="signaux POSIX")

FAULTS = """
import os, signal, time
import clausecheck.readers as readers

real = readers._read_document

def read(data, path, kind, view):
    if b"@MORT@" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"@LENT@" in data:
        while True:
            time.sleep(1)
    if b"@GROS@" in data:
        bytearray(64 << 30)
    if b"@CASSE@" in data:
        raise RuntimeError("défaut du lecteur")
    return real(data, path, kind, view)

readers._read_document = read
"""
"""Run by every process that Python starts: files that name a fault cause it while they are read."""


@pytest.fixture
def faults(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "faults"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FAULTS, "utf-8")
    return {"PYTHONPATH": f"{folder}{os.pathsep}{SRC}"}


def index(output: Path) -> dict[str, Any]:
    return dict(json.loads((output / "consultation.json").read_text("utf-8")))


def contents(output: Path) -> dict[str, bytes]:
    kept = [*output.glob("*.json"), *output.glob("*.csv"), *output.glob("dossiers/**/rapport.*")]
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in kept}


def test_dry_run_says_what_and_why_and_writes_nothing(command: Command, plant: Plant, tmp_path: Path) -> None:
    source = plant({"DCE/CCTP.md": "c", "lot-01/alpha/AE.md": "a", "lot-01/alpha/AE.md.p7s": "s", "lot-02/alpha/AE.md": "b"})
    done = command("batch", source, "--output", tmp_path / "out", "--dry-run")
    assert done.code == 0
    for words in ("lot-01/alpha", "1 pièce + 1 commune", "signature électronique", "candidats.csv"):
        assert words in done.out.replace("\u202f", " ").replace("\u00a0", " ")
    assert not (tmp_path / "out").exists()


def test_bad_files_cost_themselves_only(command: Command, plant: Plant, tmp_path: Path, faults: dict[str, str]) -> None:
    bad = {f"alpha/{name}.md": f"{CCAP}\n{name} @{word}@" for name, word in (("mort", "MORT"), ("gros", "GROS"), ("casse", "CASSE"))}
    source, output = plant({"alpha/AE.md": engagement("Alpha"), "beta/CCAP.md": CCAP, "gamma/lent.md": "@LENT@", **bad}), tmp_path / "out"
    done = command("batch", source, "--output", output, "--time-limit", "6", "--workers", "2", env=faults)
    assert done.code == 3
    entries = {e["dossier"]: e for e in index(output)["dossiers"]}
    problems = {p["document"]: p["code"] for e in entries.values() for p in e["problems"] if p["document"]}
    assert problems == {
        "mort.md": "processus_interrompu",
        "gros.md": "memoire_insuffisante",
        "casse.md": "lecture_impossible",
        "lent.md": "temps_depasse",
    }
    assert [entries[key]["state"] for key in ("alpha", "beta", "gamma")] == ["juge", "juge", "non_juge"]
    assert (entries["alpha"]["conclusive"], entries["beta"]["conclusive"]) == (False, True)
    assert all(name in done.message for name in problems)
    again = command("batch", source, "--output", output)  # the reader is mended: only what failed is read again
    assert again.code == 1
    assert {e["state"] for e in index(output)["dossiers"]} == {"juge"}


def test_text_under_the_name_of_a_laid_out_document_is_told_alone_and_in_a_consultation(
    command: Command, plant: Plant, tmp_path: Path
) -> None:
    source = plant({"alpha/CCAP.docx": WEAK, "beta/CCAP.md": WEAK})
    told = {}
    command("check", source / "alpha", "--output", tmp_path / "seul", "--format", "json")
    command("batch", source, "--output", tmp_path / "out")
    for folder in ("seul", "out"):
        for path in (tmp_path / folder).rglob("rapport.json"):
            report = json.loads(path.read_text("utf-8"))
            told[folder, Path(report["documents"][0]["path"]).name] = (
                [p["code"] for p in report["problems"]],
                report["documents"][0]["warnings"],
            )
    assert {key: "extension_trompeuse" in codes for key, (codes, _) in told.items()} == {
        ("seul", "CCAP.docx"): True,
        ("out", "CCAP.docx"): True,
        ("out", "CCAP.md"): False,
    }
    assert told["seul", "CCAP.docx"][1] == told["out", "CCAP.docx"][1] != []


def test_when_nothing_has_changed_nothing_is_loaded_nor_written(command: Command, plant: Plant, tmp_path: Path) -> None:
    source, output = plant({"alpha/AE.md": engagement("Alpha"), "alpha/CCAP.md": CCAP}), tmp_path / "out"
    first = command("batch", source, "--output", output)
    matrix = output / "matrice.csv"
    written = matrix.read_bytes(), matrix.stat().st_mtime_ns
    locked = tmp_path / "locked"
    locked.mkdir()
    refusal = (
        "import clausecheck.catalogue.loader as loader\ndef refuse(*_): raise RuntimeError('chargé')\nloader.load_catalogue = refuse\n"
    )
    (locked / "sitecustomize.py").write_text(refusal, "utf-8")
    again = command("batch", source, "--output", output, env={"PYTHONPATH": f"{locked}{os.pathsep}{SRC}"})
    assert again.code == first.code
    assert "Rien n’a changé" in again.out.replace("\u202f", " ").replace("\u00a0", " ")
    assert len(list(output.glob("*/manifeste.json"))) == 1
    assert (matrix.read_bytes(), matrix.stat().st_mtime_ns) == written
    matrix.write_text("autre", "utf-8")
    command("batch", source, "--output", output)
    assert matrix.read_bytes() == written[0]


def test_names_that_are_no_utf8_are_written_out_and_the_rest_goes_on(command: Command, plant: Plant, tmp_path: Path) -> None:
    source, output = plant({"alpha/AE.md": engagement("Alpha"), "beta/CCAP.md": CCAP}), tmp_path / "out"
    folder = Path(os.fsdecode(os.fsencode(source) + b"/gamm\xe9"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("ce système refuse de tels noms")
    Path(os.fsdecode(os.fsencode(folder) + b"/fa\xe7ade.md")).write_text(WEAK, "utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/ab\xeem\xe9.docx")).write_bytes(b"PK\x03\x04")
    done = command("batch", source, "--output", output)
    assert done.code == 3
    assert "ab⟨EE⟩m⟨E9⟩.docx" in done.message
    entries = {e["dossier"]: e for e in index(output)["dossiers"]}
    assert {key: e["state"] for key, e in entries.items()} == dict.fromkeys(("alpha", "beta", "gamm⟨E9⟩"), "juge")
    report = json.loads((output / entries["gamm⟨E9⟩"]["report"]).read_text("utf-8"))
    assert [d["path"] for d in report["documents"]] == ["fa⟨E7⟩ade.md"]
    assert command("batch", source, "--output", output).code == 3
    one = command("check", folder, "--output", tmp_path / "one", "--format", "xlsx")
    assert one.code == 3
    (html,) = (tmp_path / "one").glob("*/rapport.html")
    assert "fa⟨E7⟩ade.md" in html.read_text("utf-8")


def test_nothing_to_analyse(command: Command, plant: Plant, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    assert command("batch", tmp_path / "vide", "--output", tmp_path / "a").code == 4
    assert command("batch", tmp_path / "absent", "--output", tmp_path / "b").code == 2
    unread = command("batch", plant({"alpha/AE.docx": b"PK\x03\x04"}), "--output", tmp_path / "c")
    assert unread.code == 4
    assert index(tmp_path / "c")["dossiers"][0]["state"] == "non_juge"


def start(source: Path, output: Path) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "clausecheck.cli.main", "batch", str(source), "--output", str(output), "--workers", "2"]
    settings = {**os.environ, "PYTHONPATH": str(SRC)}
    return subprocess.Popen(words, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


@pytest.fixture
def consultation(plant: Plant) -> Path:
    names = "abcdef"
    return plant({f"{name}/CCAP.md": (WEAK if i % 2 else CCAP).replace("cinq", f"{i + 2}") for i, name in enumerate(names)})


@POSIX
def test_killed_at_random_moments_it_goes_on_to_the_same_bytes(consultation: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    with start(consultation, tmp_path / "whole") as whole:
        out, _ = whole.communicate()
    took = time.monotonic() - began
    assert whole.returncode == 1
    assert "6\u00a0dossiers" in out.decode("utf-8")
    moments = random.Random(20)  # noqa: S311  (the same moments at each run)
    for _ in range(KILLS):
        with start(consultation, tmp_path / "cut") as process:
            time.sleep(moments.uniform(0.2, 1) * took)
            process.kill()
    with start(consultation, tmp_path / "cut") as process:
        process.communicate()
    assert process.returncode == 1
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")


@POSIX
def test_ctrl_c_ends_cleanly_and_keeps_what_is_done(consultation: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    process = start(consultation, output)
    while process.poll() is None and len(list(output.glob("dossiers/*/*/rapport.html"))) < 2:  # one at least is recorded as done
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the workers get it too
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Interrompu" in err.decode()
    assert "Traceback" not in err.decode()
    found = index(output)
    assert found["complete"] is False
    assert {"juge", "en_attente"} == {e["state"] for e in found["dossiers"]}
