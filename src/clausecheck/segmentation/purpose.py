"""What the contract is about, in its own words: «le marché a pour objet …»."""

import re
from dataclasses import dataclass

from clausecheck.segmentation.model import Force, Segmented, Unit

_PURPOSE = re.compile(
    r"\b(?:march[ée]|accord[- ]cadre|contrat|convention|concession|consultation)\b.{0,160}?\b(?:a|ont) pour objet\s+(?P<purpose>[^:]{10,})",
    re.IGNORECASE,
)
_ABOUT_ITSELF = re.compile(
    r"(?:de |d['’])?(?:d[ée]finir|fixer|pr[ée]ciser|d[ée]terminer|[ée]tablir|d[ée]crire|organiser|r[ée]gir)\b",
    re.IGNORECASE,
)
"""«Le présent contrat a pour objet de définir les conditions…»: the object of the piece, not of the contract."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """The object of the contract; ``unit``: where it is said."""

    words: str
    unit: Unit


def purpose(segmented: Segmented) -> Purpose | None:
    """Return the object that the contract pieces state first, None when none does."""
    for unit in segmented.units:
        if unit.force is Force.OPERATIVE and (match := _PURPOSE.search(segmented.quote(unit))):
            words = match["purpose"].strip(" .;")
            if not _ABOUT_ITSELF.match(words):
                return Purpose(words, unit)
    return None
