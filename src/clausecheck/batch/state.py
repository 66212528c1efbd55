"""What a run has done, kept in ``etat.sqlite`` so that the next one goes on: contents read, dossiers judged."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clausecheck.errors import UsageError

FILENAME = "etat.sqlite"
VERSION = 1
_WAIT_SECONDS = 60
_TABLES = """
CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, result TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS judgements (key TEXT PRIMARY KEY, entry TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS matrices (key TEXT PRIMARY KEY, files TEXT NOT NULL) WITHOUT ROWID;
"""


def key_of(parts: Iterable[object]) -> str:
    """Return a hash that changes when any of ``parts`` (plain data) does."""
    return hashlib.sha256(json.dumps(list(parts), ensure_ascii=True, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class State:
    """An open state. Each method is one transaction: killed at any moment, it has happened or not. Two runs may share it."""

    connection: sqlite3.Connection

    @classmethod
    def open(cls, path: Path) -> "State":
        """Open or create the state. Raises UsageError where the file is of another version or damaged."""
        try:
            connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            cls._prepare(connection, path)
        except sqlite3.DatabaseError as error:
            raise UsageError(
                f"« {path} » est illisible ({error}). Supprimez-le : l’analyse reprendra du début, sans rien perdre d’autre.",
                "etat_illisible",
            ) from error
        return cls(connection)

    @staticmethod
    def _prepare(connection: sqlite3.Connection, path: Path) -> None:
        with closing(connection.execute("PRAGMA user_version")) as cursor:
            version = int(cursor.fetchone()[0])
        if version > VERSION:
            raise UsageError(f"« {path} » vient d’une version plus récente de clausecheck. Choisissez un autre --output.", "etat_recent")
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version={VERSION}")

    def reading(self, key: str) -> dict[str, Any] | None:
        """Return what reading a content gave."""
        return self._get("SELECT result FROM readings WHERE key = ?", key)

    def keep_reading(self, key: str, result: dict[str, Any]) -> None:
        """Record what reading a content gave."""
        self.connection.execute("INSERT OR REPLACE INTO readings VALUES (?, ?)", (key, _text(result)))

    def judgement(self, key: str) -> dict[str, Any] | None:
        """Return the entry of a dossier judged."""
        return self._get("SELECT entry FROM judgements WHERE key = ?", key)

    def keep_judgement(self, key: str, entry: dict[str, Any]) -> None:
        """Record a dossier judged, once its reports are on disk."""
        self.connection.execute("INSERT OR REPLACE INTO judgements VALUES (?, ?)", (key, _text(entry)))

    def matrix(self, key: str) -> dict[str, Any] | None:
        """Return the hash of each file of a matrix written."""
        return self._get("SELECT files FROM matrices WHERE key = ?", key)

    def keep_matrix(self, key: str, files: dict[str, Any]) -> None:
        """Record a matrix written."""
        self.connection.execute("INSERT OR REPLACE INTO matrices VALUES (?, ?)", (key, _text(files)))

    def _get(self, query: str, key: str) -> dict[str, Any] | None:
        with closing(self.connection.execute(query, (key,))) as cursor:
            row = cursor.fetchone()
        return json.loads(row[0]) if row else None

    def close(self) -> None:
        """Close the file; what was recorded is already there."""
        self.connection.close()


def _text(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
