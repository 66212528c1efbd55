"""Several judged dossiers side by side: requirement × vendor × lot. Every table, matrix and page reads this one comparison."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clausecheck.reporting.payload import OPEN, FindingRecord, Head, Report, read_report
from clausecheck.reporting.view import FAMILY_LABELS, SEVERITY_ORDER, problem_words
from clausecheck.vocabulary import Diffusion, Severity, Status


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding in short. ``position``: among those of its dossier, what matters most first."""

    requirement: str
    severity: Severity
    status: Status
    position: int

    @property
    def open(self) -> bool:
        """True where something remains to do about it."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class Judged:
    """A dossier of the comparison, in short, so that thousands fit in memory; ``report`` is read again each time it is asked for.

    ``marks``: by requirement, what matters most first; ``derogations``, ``masked``: how many; ``href``: its HTML report, relative to
    the files written beside it, or None.
    """

    head: Head
    marks: Mapping[str, Mark]
    derogations: int
    masked: int
    source: Path | Report
    href: str | None = None

    @classmethod
    def of(cls, report: Report, href: str | None = None) -> "Judged":
        """A report in memory."""
        return cls._short(report, report, href)

    @classmethod
    def stored(cls, path: Path, href: str | None = None) -> "Judged":
        """A ``rapport.json``. Raises UsageError where it cannot be read."""
        return cls._short(read_report(path), path, href)

    @classmethod
    def _short(cls, report: Report, source: Path | Report, href: str | None) -> "Judged":
        marks = {f.requirement: Mark(f.requirement, f.severity, f.status, i) for i, f in enumerate(report.ranked)}
        return cls(report.head, marks, len(report.derogations), len(report.masque), source, href)

    @property
    def report(self) -> Report:
        """The whole report. Raises UsageError where its file is no longer there."""
        return read_report(self.source) if isinstance(self.source, Path) else self.source

    @property
    def vendor(self) -> str:
        """Name of the vendor, else that of the dossier."""
        return self.head.dossier.vendor.name or self.head.dossier.name

    @property
    def lot(self) -> str:
        """«lot 1», or the lot as it is named; empty where there is none."""
        return lot_words(self.head.dossier.lot)

    @property
    def label(self) -> str:
        """«lot 1 – Vendeur», or the vendor alone."""
        return dossier_words(self.head.dossier.lot, self.vendor)

    @property
    def blocking(self) -> int:
        """Number of open findings of the highest severity."""
        return sum(m.open and m.severity is Severity.BLOQUANTE for m in self.marks.values())

    @property
    def open(self) -> int:
        """Number of findings about which something remains to do."""
        return sum(m.open for m in self.marks.values())

    @property
    def conclusive(self) -> bool:
        """True where every page was read and every requirement concluded."""
        return all(d.pages_read >= d.pages for d in self.head.documents) and not self.count(Status.NON_CONCLUANT)

    def count(self, status: Status) -> int:
        """Number of findings of that status."""
        return sum(m.status is status for m in self.marks.values())

    def link(self, requirement: str) -> str | None:
        """Address of a finding in the HTML report."""
        return f"{self.href}#{requirement}" if self.href else None


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement across the dossiers. ``example``: what a dossier says of it in full; ``severity``: the most serious met.

    ``findings``: one a dossier, None where not judged.
    """

    example: FindingRecord
    severity: Severity
    findings: tuple[Mark | None, ...]

    @property
    def requirement(self) -> str:
        """Its identifier."""
        return self.example.requirement

    @property
    def title(self) -> str:
        """Its name."""
        return self.example.title

    @property
    def family(self) -> str:
        """Its family."""
        return self.example.family

    @property
    def family_label(self) -> str:
        """Name of the family in full."""
        return FAMILY_LABELS.get(self.family, self.family)

    @property
    def open(self) -> int:
        """Number of dossiers in which something remains to do."""
        return sum(f is not None and f.open for f in self.findings)


@dataclass(frozen=True)
class Comparison:
    """Dossiers in the order of their lot and vendor, whatever the order given. ``notes``: (dossier, message) that the user must know."""

    name: str
    dossiers: tuple[Judged, ...]
    notes: tuple[tuple[str, str], ...] = ()
    unread: int = 0
    """Dossiers that could not be judged, or whose report could not be read."""

    @classmethod
    def of(cls, name: str, dossiers: Iterable[Judged], notes: Iterable[tuple[str, str]] = (), unread: int = 0) -> "Comparison":
        """Order the dossiers and add to ``notes`` what their reports warn of, each thing once."""
        ordered = tuple(sorted(dossiers, key=lambda d: (_natural(d.lot), _natural(d.vendor), d.head.dossier.name, d.href or "")))
        said = [(d.label, problem_words(p.document, p.message)) for d in ordered for p in d.head.problems]
        return cls(name, ordered, tuple(dict.fromkeys((*notes, *said))), unread)

    @property
    def single(self) -> bool:
        """True where one dossier is reported, compared with no other."""
        return len(self.dossiers) == 1 and not self.unread

    @property
    def communicable(self) -> bool:
        """True where a dossier is shown in the version that may leave the buyer's services."""
        return any(d.head.diffusion is Diffusion.COMMUNICABLE for d in self.dossiers)

    @property
    def conclusive(self) -> bool:
        """True where every dossier was read and concluded."""
        return not self.unread and all(d.conclusive for d in self.dossiers)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Requirements by family and identifier, each with its finding in every dossier."""
        families = list(FAMILY_LABELS)
        examples = _examples(self.dossiers)
        order = sorted(examples, key=lambda f: (families.index(f.family) if f.family in families else 99, f.family, f.requirement))
        return tuple(_row(f, [d.marks.get(f.requirement) for d in self.dossiers]) for f in order)

    @cached_property
    def lots(self) -> tuple[str, ...]:
        """Lots met, in order."""
        return tuple(dict.fromkeys(d.lot for d in self.dossiers if d.lot))

    @cached_property
    def families(self) -> dict[str, str]:
        """Families met, with their names in full."""
        return {row.family: row.family_label for row in self.rows}


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort key that puts lot 2 before lot 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", text)]


def lot_words(lot: str | None) -> str:
    """«lot 1» for «1»; a lot that has a name keeps it."""
    return f"lot {lot}" if lot and lot[0].isdigit() else lot or ""


def dossier_words(lot: str | None, vendor: str) -> str:
    """Name of a dossier among others."""
    return f"{lot_words(lot)} – {vendor}" if lot else vendor


def _examples(dossiers: Iterable[Judged]) -> list[FindingRecord]:
    """Return a finding of each requirement met, from as few reports as hold them all."""
    known: dict[str, FindingRecord] = {}
    for dossier in dossiers:
        if not dossier.marks.keys() <= known.keys():
            known = {f.requirement: f for f in dossier.report.findings} | known
    return list(known.values())


def _row(example: FindingRecord, findings: list[Mark | None]) -> Row:
    severity = min((f.severity for f in findings if f), key=SEVERITY_ORDER.index)
    return Row(example, severity, tuple(findings))
