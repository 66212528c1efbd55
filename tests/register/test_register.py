"""The register: what it remembers across runs, what moved, older files brought up to date."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from clausecheck.assessment.model import DossierReport
from clausecheck.errors import UsageError
from clausecheck.register.movement import Direction, Movement, movements
from clausecheck.register.questions import contracts_of, dossiers_of, export_rows, find_vendor, list_vendors, namesakes
from clausecheck.register.schema import MIGRATIONS, connect
from clausecheck.register.store import import_run, vendor_key
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.json_report import dumps
from clausecheck.reporting.payload import FindingRecord
from clausecheck.vocabulary import Status
from consultations import write_consultation

SIRET = "99900012800010"


def changed(comparison: Comparison, changes: dict[str, Status], **vendor: Any) -> Comparison:
    """The first dossier alone, with other statuses and another vendor."""
    report = comparison.dossiers[0].report
    findings = [f.model_copy(update={"status": changes.get(f.requirement, f.status)}) for f in report.findings]
    dossier = report.dossier.model_copy(update={"vendor": report.dossier.vendor.model_copy(update=vendor)})
    return Comparison.of(comparison.name, [Judged.of(report.model_copy(update={"findings": tuple(findings), "dossier": dossier}))])


def first_of(comparison: Comparison, status: Status) -> FindingRecord:
    return next(f for f in comparison.dossiers[0].report.findings if f.status is status)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "sous" / "clausecheck.db"


def test_it_says_what_is_open_for_each_vendor(register: Path, comparison: Comparison) -> None:
    with closing(connect(register)) as db:
        assert import_run(db, comparison, "Guichet", "2026-01-10")
        lines = {line.name: line for line in list_vendors(db)}
    assert list(lines) == sorted(lines)
    for dossier in comparison.dossiers:
        line = lines[dossier.vendor]
        assert (line.siret, line.dossiers, line.last_day) == (dossier.report.dossier.vendor.siret, 1, "2026-01-10")
        assert line.open == sum(f.open for f in dossier.report.findings)
        assert line.blocking == dossier.blocking


def test_the_same_run_is_remembered_once(register: Path, comparison: Comparison) -> None:
    with closing(connect(register)) as db:
        assert import_run(db, comparison, "Guichet", "2026-01-10")
        assert not import_run(db, comparison, "Guichet", "2026-02-10")
        assert len(list_vendors(db)) == len(comparison.dossiers)


def test_it_says_what_improved_and_what_got_worse(register: Path, comparison: Comparison) -> None:
    better, worse = first_of(comparison, Status.AFFAIBLIE).requirement, first_of(comparison, Status.CONFORME).requirement
    unclear = first_of(comparison, Status.SANS_OBJET).requirement
    changes = {better: Status.CONFORME, worse: Status.CONTREDITE, unclear: Status.NON_CONCLUANT}
    with closing(connect(register)) as db:
        import_run(db, changed(comparison, {}), "Guichet", "2026-01-10")
        import_run(db, changed(comparison, changes), "Guichet", "2026-03-01")
        (line,) = dossiers_of(db, find_vendor(db, SIRET)["id"])
    assert (line.previous, line.day, line.same_rules) == ("2026-01-10", "2026-03-01", True)
    assert {m.requirement: m.direction for m in line.moved} == {
        better: Direction.BETTER,
        worse: Direction.WORSE,
        unclear: Direction.OTHER,
    }
    assert better not in {f.requirement for f in line.open}
    assert worse in {f.requirement for f in line.open}


def test_the_last_run_is_the_latest_day_whatever_the_order_of_import(register: Path, comparison: Comparison) -> None:
    moved = first_of(comparison, Status.AFFAIBLIE).requirement
    with closing(connect(register)) as db:
        import_run(db, changed(comparison, {moved: Status.CONFORME}), "Guichet", "2026-03-01")
        import_run(db, changed(comparison, {}), "Guichet", "2026-01-10")
        (line,) = dossiers_of(db, find_vendor(db, SIRET)["id"])
    assert line.moved == (Movement(moved, Status.AFFAIBLIE, Status.CONFORME),)


def test_other_consultations_are_not_compared(register: Path, comparison: Comparison) -> None:
    with closing(connect(register)) as db:
        import_run(db, changed(comparison, {}), "Guichet", "2026-01-10")
        import_run(db, changed(comparison, {}), "Voirie", "2026-02-10")
        lines = dossiers_of(db, find_vendor(db, SIRET)["id"])
        assert [line.consultation for line in lines] == ["Voirie", "Guichet"]
        assert all(line.previous is None for line in lines)
        assert [line.dossiers for line in list_vendors(db)] == [2]


def test_a_vendor_is_its_siret_else_its_name(register: Path, comparison: Comparison) -> None:
    assert vendor_key("SARL Élan & Cie", None) == vendor_key("ELAN ET CIE".replace("ET ", ""), None)
    assert vendor_key("S.A.S. Alpha", "1" * 14) == "1" * 14
    with closing(connect(register)) as db:
        import_run(db, changed(comparison, {}, name="Brumaire SAS"), "Guichet", "2026-01-10")
        import_run(db, changed(comparison, {}, name="Brumaire, atelier logiciel"), "Guichet", "2026-01-11")
        import_run(db, changed(comparison, {}, name="BRUMAIRE ATELIER LOGICIEL", siret=None), "Voirie", "2026-01-12")
        assert [(v.name, v.siret) for v in list_vendors(db)] == [("BRUMAIRE ATELIER LOGICIEL", None), ("Brumaire, atelier logiciel", SIRET)]
        assert namesakes(db, find_vendor(db, f"{SIRET[:3]} {SIRET[3:]}")) == ["BRUMAIRE ATELIER LOGICIEL (sans SIRET)"]
        with pytest.raises(UsageError, match="plusieurs candidats"):
            find_vendor(db, "brumaire atelier logiciel")
        with pytest.raises(UsageError, match="pas au registre"):
            find_vendor(db, "inconnu")


def test_statuses_that_say_nothing_of_the_text_are_to_check() -> None:
    assert movements({"A": Status.CONFORME, "B": Status.ABSENTE}, {"A": Status.NON_CONCLUANT, "C": Status.ABSENTE}) == [
        Movement("A", Status.CONFORME, Status.NON_CONCLUANT)
    ]
    assert Movement("A", Status.CONFORME, Status.NON_CONCLUANT).direction is Direction.OTHER
    assert Movement("A", Status.CONTREDITE, Status.ABSENTE).direction is Direction.BETTER


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_an_older_register_is_brought_up_to_date_and_loses_nothing(version: int, register: Path, comparison: Comparison) -> None:
    register.parent.mkdir()
    with closing(sqlite3.connect(register)) as old:
        for statement in chain.from_iterable(MIGRATIONS[:version]):
            old.execute(statement)
        old.execute(f"PRAGMA user_version = {version}")
        if version:
            old.execute("INSERT INTO vendors (key, siret, name) VALUES ('ancien', NULL, 'Ancien SA')")
            old.execute("INSERT INTO runs VALUES (1, 'Voirie', '2025-01-01', 'x', '0', '0', NULL)")
            old.execute("INSERT INTO dossiers (run, vendor, lot, name) VALUES (1, 1, '', 'ancien')")
            old.execute("INSERT INTO findings VALUES (1, 'X', 'titre', 'RGPD', 'bloquante', 'absente', 'motif')")
        old.commit()
    with closing(connect(register)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        import_run(db, comparison, "Guichet", "2026-01-10")
        names = {line.name: line.blocking for line in list_vendors(db)}
        assert names.get("Ancien SA") == (1 if version else None)
        assert contracts_of(db, SIRET) == []


def test_a_register_from_the_future_or_damaged_is_refused(register: Path) -> None:
    with closing(connect(register)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="plus récente"):
        connect(register)
    register.write_bytes(b"ceci n'est pas une base" * 100)
    with pytest.raises(UsageError, match="--register"):
        connect(register)


def test_an_import_that_fails_leaves_nothing(register: Path, comparison: Comparison) -> None:
    twice = changed(comparison, {})
    report = twice.dossiers[0].report
    broken = Comparison.of("x", [Judged.of(report.model_copy(update={"findings": report.findings * 2}))])
    with closing(connect(register)) as db:
        with pytest.raises(sqlite3.IntegrityError):
            import_run(db, broken, "Guichet", "2026-01-10")
        assert list_vendors(db) == []
        assert export_rows(db)[1] == []


def test_the_commands_import_list_show_and_export(
    consultation: Path, tmp_path: Path, command: Any, report_of: Callable[[str], DossierReport]
) -> None:
    env = {"CLAUSECHECK_DB": str(tmp_path / "clausecheck.db")}
    run = command("vendors", "import", consultation, "--date", "2026-01-10", env=env)
    assert (run.code, "3 dossiers ajoutés" in run.message, "Muet SAS" in run.message) == (3, True, True)
    assert "rien n’a été ajouté" in command("vendors", "import", consultation, env=env).message
    payload = json.loads(dumps(report_of("presque-conforme")))
    gap = next(f for f in payload["findings"] if f["status"] == "affaiblie")
    gap["status"] = "conforme"
    write_consultation(tmp_path / "suite", [payload], ("1",))
    command("vendors", "import", tmp_path / "suite", "--consultation", "Guichet numérique", "--date", "2026-02-01", env=env)
    listed = command("vendors", "list", env=env)
    assert (listed.code, SIRET in listed.out, "01/02/2026" in listed.out) == (0, True, True)
    text = " ".join(command("vendors", "show", SIRET, env=env).out.replace("\u202f", " ").split())
    assert "Depuis le 10/01/2026 : 1 mieux." in text
    assert f"↗ {gap['requirement']} : ◐ Affaiblie → ✔ Conforme (mieux)" in text
    exported = command("vendors", "export", env=env).out
    rows = list(csv.DictReader(io.StringIO(exported.lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 4 * len(payload["findings"])
    assert {row["date"] for row in rows} == {"2026-01-10", "2026-02-01"}


def test_what_is_missing_or_wrong_is_said(tmp_path: Path, consultation: Path, command: Any) -> None:
    absent = command("vendors", "list", "--register", tmp_path / "rien.db")
    assert (absent.code, "vendors import" in absent.message) == (4, True)
    wrong = command("vendors", "import", consultation, "--date", "10/01/2026", "--register", tmp_path / "r.db")
    assert (wrong.code, "AAAA-MM-JJ" in wrong.message) == (2, True)
    assert not (tmp_path / "r.db").exists()
