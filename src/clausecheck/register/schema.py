"""The register's tables and how an older file becomes a newer one (``PRAGMA user_version`` counts the steps done)."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from clausecheck.errors import UsageError

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE vendors (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, siret TEXT, name TEXT NOT NULL)
        """,
        """
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY, consultation TEXT NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
            tool TEXT NOT NULL, catalogue TEXT NOT NULL, catalogue_sha256 TEXT
        )
        """,
        """
        CREATE TABLE dossiers (
            id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
            vendor INTEGER NOT NULL REFERENCES vendors, lot TEXT NOT NULL, name TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE findings (
            dossier INTEGER NOT NULL REFERENCES dossiers ON DELETE CASCADE, requirement TEXT NOT NULL, title TEXT NOT NULL,
            family TEXT NOT NULL, severity TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (dossier, requirement)
        ) WITHOUT ROWID
        """,
        """
        CREATE INDEX dossiers_of_vendor ON dossiers (vendor, run)
        """,
        """
        CREATE VIEW gaps AS SELECT * FROM findings WHERE status IN ('affaiblie', 'contredite', 'absente')
        """,
        """
        CREATE VIEW judgements AS
            SELECT d.id AS dossier, d.vendor, r.consultation, d.lot, r.day, r.catalogue_sha256,
                   ROW_NUMBER() OVER (PARTITION BY d.vendor, r.consultation, d.lot ORDER BY r.day DESC, r.id DESC, d.id DESC) AS age
            FROM dossiers d JOIN runs r ON r.id = d.run
        """,
    ),
    (
        """
        CREATE TABLE contracts (
            uid TEXT PRIMARY KEY, buyer_id TEXT, buyer TEXT, object TEXT, day TEXT, amount REAL
        )
        """,
        """
        CREATE TABLE holders (
            contract TEXT NOT NULL REFERENCES contracts ON DELETE CASCADE, siret TEXT NOT NULL, PRIMARY KEY (contract, siret)
        )
        """,
        """
        CREATE TABLE amendments (
            contract TEXT NOT NULL REFERENCES contracts ON DELETE CASCADE, number INTEGER NOT NULL, kind TEXT NOT NULL,
            day TEXT, object TEXT, amount REAL, PRIMARY KEY (contract, kind, number)
        )
        """,
        """
        ALTER TABLE dossiers ADD COLUMN contract TEXT REFERENCES contracts
        """,
    ),
)
"""The statements of each version, in order; never edited once released.

``judgements.age``: 1 for the last judgement of a vendor's dossier in a consultation and lot, 2 for the one before.
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the register, made or brought up to date where needed. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _unusable(path, error) from error
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA foreign_keys = ON")
        _migrate(db, path)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.Error):
            raise _unusable(path, error) from error
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; other processes wait their turn."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _unusable(path: Path, error: Exception) -> UsageError:
    message = f"Le registre « {path} » ne peut pas être ouvert ({error}) : vérifiez le chemin, ou donnez-en un autre avec --register."
    return UsageError(message, "registre_illisible")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    if _version(db) > len(MIGRATIONS):
        message = f"Le registre « {path} » a été écrit par une version plus récente de clausecheck : mettez l’outil à jour."
        raise UsageError(message, "registre_trop_recent")
    if _version(db) == len(MIGRATIONS):
        return
    with transaction(db):  # the version is read again inside: another process may have done it meanwhile
        for statement in chain.from_iterable(MIGRATIONS[_version(db) :]):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
