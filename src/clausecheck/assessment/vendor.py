"""Whose dossier it is: kept apart, for a batch names candidates without loading what judges."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vendor:
    """The candidate or holder a dossier belongs to. ``siret``: 14 digits, key checked, or None."""

    name: str | None
    siret: str | None = None
