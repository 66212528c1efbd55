"""The register's tables and how an older file becomes a newer one (``PRAGMA user_version`` counts the steps done)."""

import sqlite3
from pathlib import Path

from clausecheck.errors import UsageError

MIGRATIONS = (
    """
    CREATE TABLE vendors (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, siret TEXT, name TEXT NOT NULL);
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY, consultation TEXT NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
        tool TEXT NOT NULL, catalogue TEXT NOT NULL, catalogue_sha256 TEXT
    );
    CREATE TABLE dossiers (
        id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        vendor INTEGER NOT NULL REFERENCES vendors, lot TEXT NOT NULL, name TEXT NOT NULL
    );
    CREATE TABLE findings (
        dossier INTEGER NOT NULL REFERENCES dossiers ON DELETE CASCADE, requirement TEXT NOT NULL, title TEXT NOT NULL,
        family TEXT NOT NULL, severity TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
        PRIMARY KEY (dossier, requirement)
    ) WITHOUT ROWID;
    CREATE INDEX dossiers_of_vendor ON dossiers (vendor, run);
    CREATE VIEW gaps AS SELECT * FROM findings WHERE status IN ('affaiblie', 'contredite', 'absente');
    CREATE VIEW judgements AS  -- age 1: the last judgement of a vendor's dossier in a consultation and lot; 2: the one before
        SELECT d.id AS dossier, d.vendor, r.consultation, d.lot, r.day, r.catalogue_sha256,
               ROW_NUMBER() OVER (PARTITION BY d.vendor, r.consultation, d.lot ORDER BY r.day DESC, r.id DESC, d.id DESC) AS age
        FROM dossiers d JOIN runs r ON r.id = d.run;
    """,
    """
    CREATE TABLE contracts (
        uid TEXT PRIMARY KEY, buyer_id TEXT, buyer TEXT, object TEXT, day TEXT, amount REAL
    );
    CREATE TABLE holders (
        contract TEXT NOT NULL REFERENCES contracts ON DELETE CASCADE, siret TEXT NOT NULL, PRIMARY KEY (contract, siret)
    );
    CREATE TABLE amendments (
        contract TEXT NOT NULL REFERENCES contracts ON DELETE CASCADE, number INTEGER NOT NULL, kind TEXT NOT NULL,
        day TEXT, object TEXT, amount REAL, PRIMARY KEY (contract, kind, number)
    );
    ALTER TABLE dossiers ADD COLUMN contract TEXT REFERENCES contracts;
    """,
)
"""One script a version, in order; never edited once released."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the register, made or brought up to date where needed. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, path)
    except (OSError, sqlite3.Error) as error:
        message = f"Le registre « {path} » ne peut pas être ouvert ({error}) : vérifiez le chemin, ou donnez-en un autre avec --register."
        raise UsageError(message, "registre_illisible") from error
    return connection


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Run the missing scripts, each whole or not at all."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        message = f"Le registre « {path} » a été écrit par une version plus récente de clausecheck : mettez l’outil à jour."
        raise UsageError(message, "registre_trop_recent")
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT;")
