"""A party, its SIRET with its key checked: what is known of it without the catalogue.

The key is Luhn's (ISO/IEC 7812-1); La Poste's establishments but its head office follow a rule of their own (sum of digits
multiple of 5).
"""

import re
from dataclasses import dataclass

from clausecheck.document.model import Document

LA_POSTE = "356000000"
LA_POSTE_HEAD_OFFICE = "35600000000048"
SIRET = re.compile(r"\bSIRET\b[^\d\n]{0,40}((?:\d[ \u00a0\u202f.]?){14})(?!\d)", re.IGNORECASE)
"""A number that is said to be one, spaced or not."""


@dataclass(frozen=True, slots=True)
class Party:
    """Someone named in the dossier. ``siret``: 14 digits, key checked, or None."""

    role: str
    name: str
    siret: str | None = None
    address: str | None = None
    email: str | None = None


def valid_siret(digits: str) -> bool:
    """Tell whether 14 digits carry a right key."""
    if len(digits) != 14 or not digits.isdigit():
        return False
    if digits.startswith(LA_POSTE) and digits != LA_POSTE_HEAD_OFFICE:
        return sum(map(int, digits)) % 5 == 0
    return luhn(digits)


def luhn(digits: str) -> bool:
    """Check the Luhn key of ``digits``."""
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def sirets(document: Document) -> list[str]:
    """Return the SIRET numbers of ``document`` whose key is right, in order, each once."""
    found = (re.sub(r"\D", "", m.group(1)) for m in SIRET.finditer(document.text))
    return list(dict.fromkeys(d for d in found if valid_siret(d)))
