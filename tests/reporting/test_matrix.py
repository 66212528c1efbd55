"""The matrix of a consultation: flat files, terminal, folder; what could not be read is said."""

import csv
import gc
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from clausecheck.errors import NothingToAnalyseError, UsageError
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.matrix import FORMATS, read_folder, write_matrix
from clausecheck.reporting.matrix.terminal import print_matrix
from clausecheck.reporting.payload import Report, parse_report
from clausecheck.reporting.tables.flat import FIELDS, csv_bytes, records, write_csv, write_parquet
from clausecheck.reporting.tables.model import in_memory
from clausecheck.reporting.tables.sheets import workbook
from clausecheck.reporting.view import STATUS_ICONS
from clausecheck.vocabulary import Severity, Status


def shown(comparison: Comparison, width: int = 80, *, everything: bool = False) -> str:
    buffer = io.StringIO()
    print_matrix(comparison, Console(file=buffer, width=width, no_color=True, highlight=False), everything=everything)
    return buffer.getvalue()


def test_csv_reads_back_as_the_reports_say(comparison: Comparison) -> None:
    data = in_memory(write_csv, comparison)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    said = {(row["lot"], row["candidat"], row["exigence"]): row["statut"] for row in rows}
    expected = {(d.lot, d.vendor, f.requirement): f.status.value for d in comparison.dossiers for f in d.report.findings}
    assert said == expected
    assert len(rows) == len(expected)


def test_csv_runs_nothing() -> None:
    text = csv_bytes(["a", "b", "c", "d"], [["=1+1", "\t=x", -1.5, True], ["fin\n=2", "@x", 3, None]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[1:] == [["'=1+1", "'\t=x", "-1,5", "oui"], ["fin\n=2", "'@x", "3", ""]]


def test_parquet_answers_questions(comparison: Comparison, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    path = tmp_path / "matrice.parquet"
    path.write_bytes(in_memory(write_parquet, comparison))
    question = f"SELECT candidat, count(*) FROM '{path}' WHERE statut IN ('absente', 'affaiblie', 'contredite') GROUP BY candidat"  # noqa: S608
    with duckdb.connect() as connection:
        answer = dict(connection.execute(question).fetchall())
        columns = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()]  # noqa: S608
    assert answer == {d.vendor: sum(f.open for f in d.report.findings) for d in comparison.dossiers}
    assert columns == list(FIELDS)


def test_the_terminal_shows_it_at_80_columns_without_colour(comparison: Comparison) -> None:
    text = shown(comparison)
    assert max(map(len, text.splitlines())) <= 80
    for row in comparison.rows:
        icons = [STATUS_ICONS[f.status] for f in row.findings if f]
        lines = [line.split() for line in text.splitlines() if line.startswith(f"{row.requirement} ")]
        assert [line[-len(icons) :] for line in lines] == ([icons] if row.open else [])
    assert "sans écart" in text
    assert "Muet SAS" in text


def test_everything_is_shown_when_asked_and_many_vendors_fold(comparison: Comparison) -> None:
    many = Comparison.of("essai", comparison.dossiers * 6)
    text = shown(many, everything=True)
    assert max(map(len, text.splitlines())) <= 80
    blocks = text.count("Exigence ")
    assert blocks > 1
    assert all(text.count(f"{row.requirement} ") == blocks for row in comparison.rows)


def test_lots_are_in_order() -> None:
    payload = json.loads((Path(__file__).parent / "minimal.json").read_text(encoding="utf-8"))
    lots = ["10", "2", "Lot unique", None]
    judged = [Judged.of(parse_report(json.dumps(payload | {"dossier": {**payload["dossier"], "lot": lot}}), "essai")) for lot in lots]
    assert [d.lot for d in Comparison.of("essai", judged).dossiers] == ["", "lot 2", "lot 10", "Lot unique"]


def test_every_form_is_written_and_the_same_twice(consultation: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(consultation, tmp_path / "resultats")
    written = write_matrix(folder, FORMATS)
    assert [p.name for p in written] == [f"matrice.{name}" for name in FORMATS]
    before = [p.read_bytes() for p in written]
    assert [p.read_bytes() for p in write_matrix(folder, FORMATS)] == before


def test_a_broken_report_is_said_and_the_rest_goes_on(consultation: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(consultation, tmp_path / "resultats")
    (folder / "dossiers/lot-2/cgv-reprend-tout/rapport.json").write_text('{"schema": "autre"}', encoding="utf-8")
    comparison = read_folder(folder)
    assert len(comparison.dossiers) == 2
    assert not comparison.conclusive
    assert any("n’est pas un rapport clausecheck-report/1" in what for _, what in comparison.notes)


def test_without_index_the_reports_are_found(consultation: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(consultation, tmp_path / "resultats")
    (folder / "consultation.json").unlink()
    assert len(read_folder(folder).dossiers) == 3
    (folder / "consultation.json").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="illisible"):
        read_folder(folder)


def test_the_folder_of_one_report_is_read_too(consultation: Path, tmp_path: Path) -> None:
    shutil.copy(next(consultation.glob("dossiers/*/*/rapport.json")), tmp_path)
    (only,) = read_folder(tmp_path).dossiers
    assert only.href == "rapport.html"


def test_a_report_named_and_missing_is_said(consultation: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(consultation, tmp_path / "resultats")
    next(folder.glob("dossiers/*/*/rapport.json")).unlink()
    comparison = read_folder(folder)
    assert (len(comparison.dossiers), comparison.unread) == (2, 2)
    assert any("ne peut pas être lu" in what for _, what in comparison.notes)


def test_the_question_of_the_guide_has_an_answer(comparison: Comparison, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    guide = (Path(__file__).parents[2] / "docs" / "matrice-et-registre.md").read_text(encoding="utf-8")
    (question,) = re.findall(r"```sql\n(.*?)```", guide, flags=re.DOTALL)
    folder = tmp_path / "consultations" / "guichet"
    folder.mkdir(parents=True)
    (folder / "matrice.parquet").write_bytes(in_memory(write_parquet, comparison))
    with duckdb.connect() as connection:
        rows = connection.execute(question.replace("consultations/", f"{tmp_path.as_posix()}/consultations/")).fetchall()
    severe = {Status.ABSENTE, Status.CONTREDITE}
    expected = {
        row.requirement: sum(f is not None and f.status in severe and f.severity is Severity.BLOQUANTE for f in row.findings)
        for row in comparison.rows
    }
    assert {name: count for name, _, count in rows} == {name: count for name, count in expected.items() if count}


def test_the_reports_are_never_in_memory_together(consultation: Path) -> None:
    def held() -> int:
        return sum(type(thing) is Report for thing in gc.get_objects())

    gc.collect()
    before = held()
    comparison = read_folder(consultation)
    assert len(comparison.dossiers) > 2
    assert held() == before
    assert max(held() for _ in records(comparison)) <= before + 1
    lines = enumerate(workbook(comparison).sheets[2].lines())
    assert max(held() for number, _ in lines if number % 40 == 0) <= before + 1


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingToAnalyseError, match="clausecheck batch"):
        read_folder(tmp_path)


def test_the_command_writes_prints_and_tells_that_one_dossier_is_missing(consultation: Path, tmp_path: Path, command: Any) -> None:
    folder = shutil.copytree(consultation, tmp_path / "resultats")
    run = command("matrix", folder, "--format", "csv", "--format", "html")
    assert run.code == 3
    assert "Guichet numérique" in run.out
    assert "L’archive est protégée" in run.out
    assert sorted(p.name for p in folder.glob("matrice.*")) == ["matrice.csv", "matrice.html"]
    assert command("matrix", tmp_path / "rien").code == 4
