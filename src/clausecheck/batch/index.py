"""``consultation.json``: every dossier of a consultation, where its report is, what it counts, what could not be read. No clock."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clausecheck.assessment.vendor import Vendor
from clausecheck.batch.candidats import Candidate
from clausecheck.batch.discovery import Dossier
from clausecheck.batch.tasks import Judged, Settings
from clausecheck.document.model import Problem
from clausecheck.reporting.filenames import HTML_REPORT, JSON_REPORT, versioned
from clausecheck.reporting.typography import french
from clausecheck.vocabulary import Diffusion

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FILENAME = "consultation.json"
SCHEMA = "clausecheck-consultation/1"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PieceEntry:
    """A piece: ``path`` in the report, ``source`` under the consultation's folder; ``set_aside``: why it was not read, or None."""

    path: str
    source: str
    sha256: str
    common: bool
    set_aside: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A dossier. ``report`` and ``html``: relative to the output, empty when nothing was judged.

    ``counts``: findings by status; ``open``: open findings by severity; ``vendor_source``: where the candidate's name was read.
    """

    dossier: str
    lot: str | None
    vendor: Vendor
    vendor_source: str
    pieces: tuple[PieceEntry, ...]
    problems: tuple[Problem, ...] = ()
    report: str = ""
    sha256: str = ""
    html: str = ""
    html_sha256: str = ""
    counts: Mapping[str, int] | None = None
    open: Mapping[str, int] | None = None
    conclusive: bool = False

    @property
    def judged(self) -> bool:
        """True where there is a report."""
        return bool(self.report)

    @property
    def pending(self) -> bool:
        """True where the run stopped before this dossier."""
        return not self.judged and not self.problems

    def intact(self, output: Path) -> bool:
        """Tell whether both reports are on disk as they were written."""
        return hash_of(output / self.report) == self.sha256 and hash_of(output / self.html) == self.html_sha256

    def as_plain(self) -> Json:
        """Return the entry as plain data."""
        plain: Json = _entries().dump_python(self, mode="json")
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Entry":
        """Return the entry that ``as_plain`` gave."""
        return _entries().validate_python(plain)


@cache
def _entries() -> "TypeAdapter[Entry]":
    from pydantic import TypeAdapter

    return TypeAdapter(Entry)


@dataclass(frozen=True, slots=True)
class Index:
    """The consultation once run: entries in the order of the dossiers' places."""

    name: str
    settings: Settings
    entries: tuple[Entry, ...]

    def dumps(self) -> bytes:
        """Return the file's bytes."""
        data = {
            "schema": SCHEMA,
            "tool": {"version": self.settings.version},
            "catalogue": {"sha256": self.settings.catalogue_sha256},
            "model": {"sha256": self.settings.model_sha256} if self.settings.model_sha256 else None,
            "name": self.name,
            "diffusion": self.settings.diffusion.value,
            "complete": not any(e.pending for e in self.entries),
            "dossiers": [_json(e) for e in self.entries],
        }
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _json(entry: Entry) -> Json:
    """Return an entry as readers of the index see it: null where there is nothing, French typography."""
    plain = entry.as_plain()
    for name in ("report", "sha256", "html", "html_sha256"):
        plain[name] = plain[name] or None
    plain["problems"] = [{"code": p.code, "document": p.document, "message": french(p.message)} for p in entry.problems]
    return plain | {"state": "juge" if entry.judged else "en_attente" if entry.pending else "non_juge"}


def hash_of(path: Path) -> str | None:
    """Return the hash of a file, None where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def forget_reports(output: Path, entries: Iterable[Entry]) -> None:
    """Remove the reports that the index on disk lists and ``entries`` no longer do, where they are as they were written."""
    kept = {path for e in entries for path in (e.report, e.html)}
    for path, digest in _listed(output / FILENAME):
        if path not in kept and hash_of(output / path) == digest:
            (output / path).unlink()
            with suppress(OSError):  # the user keeps something else there
                (output / path).parent.rmdir()


def _listed(path: Path) -> list[tuple[str, str]]:
    try:
        dossiers = json.loads(path.read_text(encoding="utf-8"))["dossiers"]
        pairs = [(d[a], d[b]) for d in dossiers for a, b in (("report", "sha256"), ("html", "html_sha256")) if d[a]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [(path, digest) for path, digest in pairs if path.startswith("dossiers/") and ".." not in path.split("/")]


def unjudged(dossier: Dossier, candidate: Candidate, problems: Sequence[Problem] = ()) -> Entry:
    """Return the entry of a dossier without report."""
    pieces = tuple(PieceEntry(p.name, p.piece.path, p.piece.sha256, p.common, p.set_aside) for p in dossier.pieces)
    return Entry(dossier.key, candidate.lot, candidate.vendor, candidate.source, pieces, tuple(problems))


def entry_of(dossier: Dossier, candidate: Candidate, folder: str, judged: Judged, diffusion: Diffusion) -> Entry:
    """Return the entry of a dossier whose reports go to ``folder``."""
    bare = unjudged(dossier, candidate, judged.problems)
    return Entry(
        bare.dossier,
        bare.lot,
        bare.vendor,
        bare.vendor_source,
        bare.pieces,
        bare.problems,
        f"{folder}/{versioned(JSON_REPORT, diffusion)}",
        hashlib.sha256(judged.json).hexdigest(),
        f"{folder}/{versioned(HTML_REPORT, diffusion)}",
        hashlib.sha256(judged.html).hexdigest(),
        judged.counts,
        judged.open,
        judged.conclusive,
    )
