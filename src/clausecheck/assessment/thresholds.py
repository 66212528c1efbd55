"""Probabilities from which the second voice is believed, by language: it was not taught each one as much."""

from collections.abc import Mapping
from dataclasses import dataclass

from clausecheck.segmentation.model import Segmented
from clausecheck.vocabulary import Language

NEVER = 1.0
"""No probability reaches it."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``believed``: from where the voice alone meets a criterion; ``doubted``: from where a weakening that it alone sees counts."""

    believed: float
    doubted: float


_FRENCH = Thresholds(believed=0.4, doubted=0.35)
_BY_LANGUAGE: Mapping[Language, Thresholds] = {
    # models/scripts/english.py: on agreements composed from passages held out, a lower limit costs more than it finds. No English
    # weakening was taught.
    Language.ENGLISH: Thresholds(believed=0.9, doubted=NEVER),
}


def thresholds(segmented: Segmented, unit: int) -> Thresholds:
    """Return what holds in the piece of a unit: a short line is read like the rest of its piece."""
    document = segmented.documents[segmented.units[unit].document]
    return _BY_LANGUAGE.get(document.language, _FRENCH)
