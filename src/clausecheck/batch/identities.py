"""The candidates of a consultation seen together: a guess for each dossier, then the user's corrections."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from clausecheck.batch.candidats import Candidate
from clausecheck.batch.discovery import Dossier, merge
from clausecheck.batch.names import essential, fold
from clausecheck.batch.pieces import Piece
from clausecheck.batch.vendors import Clues, Hint, foreign, identify, reconcile

Hints = Callable[[Piece], tuple[Hint, ...]]
"""What the documents of a piece say of their parties."""


def guess_all(dossiers: Sequence[Dossier], hints: Hints) -> dict[str, Candidate]:
    """Return the candidate of each dossier, by key: the order of ``dossiers`` changes nothing."""
    strangers = _strangers(dossiers, hints)
    found = {d.key: identify(Clues(d.guess, tuple(_hints(d, hints, common=False)), strangers)) for d in dossiers}
    lots = {d.key: d.lot for d in dossiers}
    return {key: Candidate(lots[key], i.vendor, i.source) for key, i in reconcile(found).items()}


def _hints(dossier: Dossier, hints: Hints, *, common: bool) -> Iterator[Hint]:
    return (h for p in dossier.read if p.common is common for h in hints(p.piece))


def _strangers(dossiers: Sequence[Dossier], hints: Hints) -> frozenset[str]:
    """SIRET numbers that tell no candidate apart: those of the common pieces, and those met under several candidates."""
    common: set[str] = set()
    seen: dict[str, set[str]] = defaultdict(set)
    for dossier in dossiers:
        common.update(s for h in _hints(dossier, hints, common=True) for s in h.sirets)
        seen[essential(dossier.guess or dossier.key)].update(s for h in _hints(dossier, hints, common=False) for s in h.sirets)
    return foreign(seen) | common


def merged(dossiers: Sequence[Dossier], kept: Mapping[str, Candidate]) -> Iterator[tuple[Dossier, Candidate]]:
    """Yield each dossier with its candidate; those that a correction gives to the same candidate and lot become one."""
    groups: dict[object, list[Dossier]] = defaultdict(list)
    spoken = {_owner(c) for c in kept.values() if c.corrected and c.vendor.name}
    for dossier in dossiers:
        owner = _owner(kept[dossier.key])
        groups[owner if owner in spoken else dossier.key].append(dossier)
    for group in groups.values():
        dossier = merge(group) if len(group) > 1 else group[0]
        yield replace(dossier, lot=kept[dossier.key].lot), kept[dossier.key]


def _owner(candidate: Candidate) -> tuple[str | None, str]:
    return candidate.lot, fold(candidate.vendor.name or "")
