"""Several judged dossiers side by side: requirement × vendor × lot. Every table, matrix and page reads this one comparison."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from clausecheck.reporting.payload import FindingRecord, Report
from clausecheck.reporting.view import FAMILY_LABELS, SEVERITY_ORDER, problem_words
from clausecheck.vocabulary import Diffusion, Severity


@dataclass(frozen=True, slots=True)
class Judged:
    """A dossier of the comparison. ``href``: its HTML report, relative to the files written beside it, or None."""

    report: Report
    href: str | None = None

    @property
    def vendor(self) -> str:
        """Name of the vendor, else that of the dossier."""
        return self.report.dossier.vendor.name or self.report.dossier.name

    @property
    def lot(self) -> str:
        """«lot 1», or the lot as it is named; empty where there is none."""
        return lot_words(self.report.dossier.lot)

    @property
    def label(self) -> str:
        """«lot 1 – Vendeur», or the vendor alone."""
        return dossier_words(self.report.dossier.lot, self.vendor)

    def link(self, finding: FindingRecord) -> str | None:
        """Address of ``finding`` in the HTML report."""
        return f"{self.href}#{finding.requirement}" if self.href else None


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement across the dossiers. ``severity``: the most serious met; ``findings``: one a dossier, None where not judged."""

    requirement: str
    title: str
    family: str
    severity: Severity
    findings: tuple[FindingRecord | None, ...]

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
        ordered = tuple(sorted(dossiers, key=lambda d: (_natural(d.lot), _natural(d.vendor), d.report.dossier.name, d.href or "")))
        said = [(d.label, problem_words(p.document, p.message)) for d in ordered for p in d.report.problems]
        return cls(name, ordered, tuple(dict.fromkeys((*notes, *said))), unread)

    @property
    def single(self) -> bool:
        """True where one dossier is reported, compared with no other."""
        return len(self.dossiers) == 1 and not self.unread

    @property
    def communicable(self) -> bool:
        """True where a dossier is shown in the version that may leave the buyer's services."""
        return any(d.report.diffusion is Diffusion.COMMUNICABLE for d in self.dossiers)

    @property
    def conclusive(self) -> bool:
        """True where every dossier was read and concluded."""
        return not self.unread and all(d.report.conclusive for d in self.dossiers)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Requirements by family and identifier, each with its finding in every dossier."""
        by_dossier = [{f.requirement: f for f in d.report.findings} for d in self.dossiers]
        known = {i: f for findings in by_dossier for i, f in findings.items()}
        families = list(FAMILY_LABELS)
        order = sorted(known.values(), key=lambda f: (families.index(f.family) if f.family in families else 99, f.family, f.requirement))
        return tuple(_row(f, [findings.get(f.requirement) for findings in by_dossier]) for f in order)

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


def _row(first: FindingRecord, findings: list[FindingRecord | None]) -> Row:
    severity = min((f.severity for f in findings if f), key=SEVERITY_ORDER.index)
    return Row(first.requirement, first.title, first.family, severity, tuple(findings))
