"""Which piece of the contract prevails over which: the orders a contract states, what they add up to, and where they clash.

Pure data and functions; ``order_reader`` reads them from the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

Basis = Literal["clause", "ccag"]
Conditions = Literal["exclues", "prevalent", "contradictoires"]


@dataclass(frozen=True, slots=True)
class RankedPiece:
    """A line of the list that the contract gives. ``rank``: from 1; ``documents``: those of the dossier that are this piece."""

    rank: int
    kind: str
    name: str
    documents: tuple[int, ...]
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What one stipulation says: ``ranks``: document → rank, the lowest prevails; ``unit``: where.

    ``special``: it singles out a piece that is not the one in which it stands, and so goes before the general lists; ``claim``: a piece
    says so of itself.
    """

    ranks: Mapping[int, int]
    unit: int | None = None
    special: bool = False
    claim: bool = False


@dataclass(frozen=True, slots=True)
class Precedence:
    """The order of the pieces. ``basis``: a clause of the contract or the CCAG's default; ``conditions``: the fate of the holder's own.

    ``over_annexes``: the contract says that a piece prevails over its annexes, those bound in the same file included.
    """

    pieces: tuple[RankedPiece, ...] = ()
    basis: Basis | None = None
    units: tuple[int, ...] = ()
    orders: tuple[Order, ...] = ()
    conditions: Conditions | None = None
    over_annexes: bool = False

    def prevails(self, first: int, second: int) -> bool | None:
        """Tell whether document ``first`` prevails over ``second``; None where the text does not settle it, or says both."""
        said = self._said(first, second)
        return said.pop() if len(said) == 1 else None

    @property
    def disputed(self) -> bool:
        """True where two stipulations of the same force rank two pieces the other way round."""
        documents = sorted({d for order in self.orders for d in order.ranks})
        return any(len(self._said(first, second)) > 1 for first, second in combinations(documents, 2))

    def _said(self, first: int, second: int) -> set[bool]:
        """What the stipulations say of ``first`` over ``second``: the special ones where there are some, else the general ones."""
        for special in (True, False):
            said = {o.ranks[first] < o.ranks[second] for o in self.orders if o.special is special and _ranks_both(o, first, second)}
            if said:
                return said
        return set()

    def place(self, document: int) -> int | None:
        """Return the rank of ``document`` in the list, None where it is not there."""
        return next((p.rank for p in self.pieces if document in p.documents), None)


NO_PRECEDENCE = Precedence()


def _ranks_both(order: Order, first: int, second: int) -> bool:
    ranks = order.ranks
    return first in ranks and second in ranks and ranks[first] != ranks[second]


def ranks_of(pieces: Iterable[RankedPiece]) -> dict[int, int]:
    """Return the rank of each document: the first line that names it counts."""
    ranks: dict[int, int] = {}
    for piece in pieces:
        for document in piece.documents:
            ranks.setdefault(document, piece.rank)
    return ranks


def fate_of_conditions(orders: Sequence[Order], conditions: frozenset[int], *, excluded: bool) -> Conditions | None:
    """Say what becomes of the holder's own conditions: set aside, first, or both said."""
    claimed = any(o.claim and conditions & {d for d, r in o.ranks.items() if r == 1} for o in orders)
    first = claimed or any(_leads(o, conditions) and not _trails(o, conditions) for o in orders)
    last = excluded or any(_trails(o, conditions) for o in orders if not o.claim)
    if first and last:
        return "contradictoires"
    return "prevalent" if first else "exclues" if excluded else None


def _leads(order: Order, conditions: frozenset[int]) -> bool:
    best = min(order.ranks.values(), default=0)
    return any(rank == best for document, rank in order.ranks.items() if document in conditions) and len(set(order.ranks.values())) > 1


def _trails(order: Order, conditions: frozenset[int]) -> bool:
    best = min(order.ranks.values(), default=0)
    return any(rank > best for document, rank in order.ranks.items() if document in conditions)
