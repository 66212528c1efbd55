"""What goes into the register. One transaction for each import: whole or not at all."""

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterable

from clausecheck.register.decp import Contract
from clausecheck.register.schema import transaction
from clausecheck.reporting.comparison import Comparison, Judged

_LEGAL_FORMS = frozenset({"sa", "sas", "sasu", "sarl", "eurl", "sci", "snc", "scop", "gie", "societe", "ste"})


def vendor_key(name: str, siret: str | None) -> str:
    """The SIRET, else the name without accents, case, punctuation or legal form."""
    if siret:
        return siret
    folded = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = [w for w in re.findall(r"[a-z0-9]+", folded) if w not in _LEGAL_FORMS]
    return " ".join(words) or name.strip()


def import_run(db: sqlite3.Connection, comparison: Comparison, consultation: str, day: str) -> bool:
    """Add a batch's dossiers, judged on ``day`` (ISO). False where this very run is known already."""
    digest = _digest(comparison, consultation)
    if db.execute("SELECT 1 FROM runs WHERE sha256 = ?", (digest,)).fetchone():
        return False
    first = comparison.dossiers[0].head
    values = (consultation, day, digest, first.tool.version, first.catalogue.version, first.catalogue.sha256)
    with transaction(db):
        sql = "INSERT INTO runs (consultation, day, sha256, tool, catalogue, catalogue_sha256) VALUES (?, ?, ?, ?, ?, ?)"
        run = db.execute(sql, values).lastrowid
        for dossier in comparison.dossiers:
            _add_dossier(db, run, dossier)
    return True


def import_contracts(db: sqlite3.Connection, contracts: Iterable[Contract]) -> int:
    """Add or replace the contracts whose holders are vendors of the register, tie dossiers to them, and return how many they are."""
    known = {row["siret"] for row in db.execute("SELECT siret FROM vendors WHERE siret IS NOT NULL")}
    kept = [c for c in contracts if any(h.id in known for h in c.holders)]
    with transaction(db):
        for contract in kept:
            _add_contract(db, contract)
        _tie_contracts(db)
    return len(kept)


def _digest(comparison: Comparison, consultation: str) -> str:
    digest = hashlib.sha256(consultation.encode())
    for dossier in comparison.dossiers:
        digest.update(b"\n" + dossier.report.model_dump_json(by_alias=True).encode())
    return digest.hexdigest()


def _add_dossier(db: sqlite3.Connection, run: int | None, dossier: Judged) -> None:
    report = dossier.report
    siret = report.dossier.vendor.siret
    upsert = "INSERT INTO vendors (key, siret, name) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET name = excluded.name RETURNING id"
    vendor = db.execute(upsert, (vendor_key(dossier.vendor, siret), siret, dossier.vendor)).fetchone()["id"]
    sql = "INSERT INTO dossiers (run, vendor, lot, name) VALUES (?, ?, ?, ?)"
    number = db.execute(sql, (run, vendor, dossier.lot, report.dossier.name)).lastrowid
    rows = [(number, f.requirement, f.title, f.family, f.severity.value, f.status.value, f.reason) for f in report.findings]
    db.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _add_contract(db: sqlite3.Connection, c: Contract) -> None:
    upsert = """
        INSERT INTO contracts (uid, buyer_id, buyer, object, day, amount) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (uid) DO UPDATE SET
        buyer_id = excluded.buyer_id, buyer = excluded.buyer, object = excluded.object, day = excluded.day, amount = excluded.amount
    """
    db.execute(upsert, (c.uid, c.buyer_id, c.buyer, c.object, c.day, c.amount))
    db.execute("DELETE FROM holders WHERE contract = ?", (c.uid,))
    db.execute("DELETE FROM amendments WHERE contract = ?", (c.uid,))
    db.executemany("INSERT OR IGNORE INTO holders VALUES (?, ?)", [(c.uid, h.id) for h in c.holders])
    rows = [(c.uid, a.number, a.kind, a.day, a.object, a.amount) for a in c.amendments]
    db.executemany("INSERT INTO amendments VALUES (?, ?, ?, ?, ?, ?)", rows)


def _tie_contracts(db: sqlite3.Connection) -> None:
    """Name a dossier's contract where its vendor holds one only: among several, nothing says which."""
    sql = """
        UPDATE dossiers SET contract = (
            SELECT CASE WHEN COUNT(*) = 1 THEN MIN(h.contract) END
            FROM holders h JOIN vendors v ON v.siret = h.siret WHERE v.id = dossiers.vendor
        )
    """
    db.execute(sql)
