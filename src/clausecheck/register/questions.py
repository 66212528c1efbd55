"""The questions that the register answers."""

import re
import sqlite3
from dataclasses import dataclass

from clausecheck.errors import UsageError
from clausecheck.register.movement import Movement, movements
from clausecheck.register.store import vendor_key
from clausecheck.vocabulary import Severity, Status


@dataclass(frozen=True, slots=True)
class VendorLine:
    """A vendor of the list. ``open``, ``blocking``: gaps of its last judgement in each consultation and lot."""

    name: str
    siret: str | None
    dossiers: int
    open: int
    blocking: int
    last_day: str


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A finding that remains to settle."""

    requirement: str
    title: str
    severity: Severity
    status: Status


@dataclass(frozen=True, slots=True)
class DossierLine:
    """The last judgement of a vendor's dossier. ``previous``: day of the one before, or None; ``same_rules``: with the same catalogue."""

    consultation: str
    lot: str
    day: str
    open: tuple[OpenFinding, ...]
    previous: str | None
    moved: tuple[Movement, ...]
    same_rules: bool
    contract: str | None


@dataclass(frozen=True, slots=True)
class ContractLine:
    """A contract of a vendor, from the essential data, with its amendments in words."""

    uid: str
    buyer: str
    object: str
    day: str
    amendments: tuple[str, ...]


def list_vendors(db: sqlite3.Connection) -> list[VendorLine]:
    """Every vendor by name: the tool states facts, it ranks nobody."""
    sql = """
        SELECT v.name, v.siret, COUNT(DISTINCT j.dossier) AS dossiers, COUNT(g.requirement) AS open,
               COUNT(CASE g.severity WHEN 'bloquante' THEN 1 END) AS blocking, MAX(j.day) AS last_day
        FROM vendors v JOIN judgements j ON j.vendor = v.id AND j.age = 1 LEFT JOIN gaps g ON g.dossier = j.dossier
        GROUP BY v.id ORDER BY v.name, v.key
    """
    return [VendorLine(**dict(row)) for row in db.execute(sql)]


def find_vendor(db: sqlite3.Connection, wanted: str) -> sqlite3.Row:
    """Return the vendor of that SIRET (spaces allowed) or name. Raises UsageError where there is none, or more than one."""
    rows = db.execute("SELECT * FROM vendors WHERE siret = ?", (re.sub(r"\s", "", wanted),)).fetchall()
    if not rows:
        key = vendor_key(wanted, None)
        rows = [row for row in db.execute("SELECT * FROM vendors ORDER BY name, key") if vendor_key(row["name"], None) == key]
    if not rows:
        raise UsageError(f"« {wanted} » n’est pas au registre. Voir clausecheck vendors list.", "candidat_inconnu")
    if len(rows) > 1:
        several = ", ".join(f"{row['name']} ({row['siret'] or 'sans SIRET'})" for row in rows)
        raise UsageError(f"« {wanted} » désigne plusieurs candidats : {several}. Donnez le SIRET.", "candidat_ambigu")
    vendor: sqlite3.Row = rows[0]
    return vendor


def namesakes(db: sqlite3.Connection, vendor: sqlite3.Row) -> list[str]:
    """Keys of other vendors of the same name: perhaps the same, seen without its SIRET or by another establishment."""
    key = vendor_key(vendor["name"], None)
    others = db.execute("SELECT * FROM vendors WHERE id <> ? ORDER BY key", (vendor["id"],))
    return [row["siret"] or f"{row['name']} (sans SIRET)" for row in others if vendor_key(row["name"], None) == key]


def dossiers_of(db: sqlite3.Connection, vendor: int) -> list[DossierLine]:
    """Last judgement of each of the vendor's dossiers, with what moved since the one before."""
    sql = """
        SELECT j.*, d.contract, b.dossier AS before, b.day AS previous, b.catalogue_sha256 AS rules_before
        FROM judgements j JOIN dossiers d ON d.id = j.dossier
        LEFT JOIN judgements b ON b.vendor = j.vendor AND b.consultation = j.consultation AND b.lot = j.lot AND b.age = 2
        WHERE j.vendor = ? AND j.age = 1 ORDER BY j.day DESC, j.consultation, j.lot
    """
    return [_dossier_line(db, row) for row in db.execute(sql, (vendor,))]


def contracts_of(db: sqlite3.Connection, siret: str | None) -> list[ContractLine]:
    """Contracts that the vendor holds, with their amendments."""
    sql = "SELECT c.* FROM contracts c JOIN holders h ON h.contract = c.uid WHERE h.siret = ? ORDER BY c.day, c.uid"
    return [
        ContractLine(row["uid"], row["buyer"] or row["buyer_id"] or "", row["object"] or "", row["day"] or "", _amendments(db, row["uid"]))
        for row in db.execute(sql, (siret or "",))
    ]


def export_rows(db: sqlite3.Connection) -> tuple[list[str], list[list[object]]]:
    """Header and rows of everything: a line for each finding of each judgement."""
    sql = """
        SELECT r.consultation, r.day AS date, r.catalogue, d.lot, v.name AS candidat, v.siret, d.contract AS marche,
               f.requirement AS exigence, f.title AS intitule, f.family AS famille, f.severity AS gravite,
               f.status AS statut, f.reason AS motif
        FROM findings f JOIN dossiers d ON d.id = f.dossier JOIN runs r ON r.id = d.run JOIN vendors v ON v.id = d.vendor
        ORDER BY r.day, r.consultation, r.id, d.lot, v.name, d.id, f.requirement
    """
    cursor = db.execute(sql)
    return [column[0] for column in cursor.description], [list(row) for row in cursor]


def _dossier_line(db: sqlite3.Connection, row: sqlite3.Row) -> DossierLine:
    compared = row["before"] is not None
    moved = tuple(movements(_statuses(db, row["before"]), _statuses(db, row["dossier"]))) if compared else ()
    same_rules = not compared or row["rules_before"] == row["catalogue_sha256"]
    gaps = _gaps(db, row["dossier"])
    return DossierLine(row["consultation"], row["lot"], row["day"], gaps, row["previous"], moved, same_rules, row["contract"])


def _gaps(db: sqlite3.Connection, dossier: int) -> tuple[OpenFinding, ...]:
    rows = db.execute("SELECT requirement, title, severity, status FROM gaps WHERE dossier = ? ORDER BY requirement", (dossier,))
    return tuple(OpenFinding(r["requirement"], r["title"], Severity(r["severity"]), Status(r["status"])) for r in rows)


def _statuses(db: sqlite3.Connection, dossier: int) -> dict[str, Status]:
    rows = db.execute("SELECT requirement, status FROM findings WHERE dossier = ?", (dossier,))
    return {row["requirement"]: Status(row["status"]) for row in rows}


def _amendments(db: sqlite3.Connection, contract: str) -> tuple[str, ...]:
    rows = db.execute("SELECT * FROM amendments WHERE contract = ? ORDER BY kind, number", (contract,))
    return tuple(", ".join(str(part) for part in (f"{r['kind']} {r['number']}", r["day"], r["object"]) if part) for r in rows)
