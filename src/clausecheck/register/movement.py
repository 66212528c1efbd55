"""What moved between two judgements of the same dossier: better, worse, or not to be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clausecheck.vocabulary import Status

_RANKS = {Status.CONFORME: 0, Status.AFFAIBLIE: 1, Status.ABSENTE: 2, Status.CONTREDITE: 3}
"""From good to bad; «sans objet» and «non concluant» are neither."""


class Direction(StrEnum):
    """Which way a requirement went."""

    BETTER = "mieux"
    WORSE = "moins bien"
    OTHER = "à vérifier"


@dataclass(frozen=True, slots=True)
class Movement:
    """A requirement whose status changed."""

    requirement: str
    before: Status
    after: Status

    @property
    def direction(self) -> Direction:
        """Better, worse, or to check where one of the two says nothing of the text."""
        if self.before not in _RANKS or self.after not in _RANKS:
            return Direction.OTHER
        return Direction.BETTER if _RANKS[self.after] < _RANKS[self.before] else Direction.WORSE


def movements(before: Mapping[str, Status], after: Mapping[str, Status]) -> list[Movement]:
    """Return what changed among the requirements judged both times, by identifier."""
    return [Movement(name, before[name], after[name]) for name in sorted(before.keys() & after.keys()) if before[name] is not after[name]]
