"""Dossiers of a consultation: each candidate's pieces for each lot, the buyer's common pieces joined, duplicates told by hash."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clausecheck.batch.layout import Layout, Placement
from clausecheck.batch.names import split_lot
from clausecheck.batch.pieces import Collector, Piece
from clausecheck.readers.folders import legible

SIGNATURE = "signature électronique"
DUPLICATE = "doublon de « {} »"


@dataclass(frozen=True, slots=True)
class DossierPiece:
    """A piece in a dossier. ``name``: its path there, as reports show it; ``set_aside``: why it is not read, None when it is."""

    name: str
    piece: Piece
    common: bool = False
    set_aside: str | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What will be judged together. ``key``: where it was found; ``guess``: the candidate as folders or files name it."""

    key: str
    lot: str | None
    guess: str | None
    why: str
    pieces: tuple[DossierPiece, ...]

    @property
    def read(self) -> tuple[DossierPiece, ...]:
        """The pieces to read."""
        return tuple(p for p in self.pieces if p.set_aside is None)


@dataclass(frozen=True, slots=True)
class Found:
    """A consultation before anything is read. ``common``: the buyer's pieces, each with its lot or None for all."""

    name: str
    dossiers: tuple[Dossier, ...]
    common: tuple[tuple[str | None, DossierPiece], ...]


@dataclass(frozen=True, slots=True)
class _Own:
    """A candidate's piece and where it belongs."""

    placement: Placement
    piece: Piece


def discover(source: Path, spool: Path, *, references: Sequence[Path] = (), output: Path | None = None) -> Found:
    """Find the dossiers of ``source``; ``references`` and ``output`` may stand inside it. Raises UsageError when one does not exist."""
    collector = Collector(spool)
    pieces = collector.collect(source, without=[*references, *([output] if output else [])])
    layout = Layout(pieces)
    placed = [_Own(layout.place(piece), piece) for piece in pieces]
    common = [_common(own) for own in placed if own.placement.common]
    common += [pair for path in references for pair in _reference(path, collector)]
    groups: dict[str, list[_Own]] = defaultdict(list)
    for own in placed:
        if not own.placement.common:
            groups[own.placement.key].append(own)
    name = legible(source.resolve().stem if source.is_file() else source.resolve().name)
    dossiers = (_dossier(key, members, common, name) for key, members in sorted(_shared(groups).items()))
    return Found(name, tuple(dossiers), tuple(common))


def _common(own: _Own) -> tuple[str | None, DossierPiece]:
    return own.placement.lot, DossierPiece(own.piece.within(own.placement.depth), own.piece, common=True)


def _reference(path: Path, collector: Collector) -> Iterable[tuple[str | None, DossierPiece]]:
    """Yield the pieces of ``--reference``, named after its folder; a lot's folder inside makes them that lot's."""
    name = legible(path.resolve().name)
    for piece in collector.collect(path):
        lot = next((lot for part in piece.parts[:-1] if (lot := split_lot(part)[0])), None)
        shown = f"{name}/{piece.path}" if path.is_dir() else f"{name}!{piece.path}" if piece.path != name else name
        yield lot, DossierPiece(shown, piece, common=True)


def _shared(groups: dict[str, list[_Own]]) -> dict[str, list[_Own]]:
    """Pieces that a candidate put above its lots («alpha/DC1.pdf» beside «alpha/lot-1») belong to each of them."""
    kept = dict(groups)
    vendors = {key: members[0].placement.vendor for key, members in groups.items()}
    for key, members in groups.items():
        below = [other for other in groups if other.startswith(f"{key}/") and vendors[other] == vendors[key]]
        if members[0].placement.lot is None and below:
            del kept[key]
            for other in below:
                kept[other] = [*kept[other], *members]
    return kept


def _dossier(key: str, members: Sequence[_Own], common: Sequence[tuple[str | None, DossierPiece]], source: str) -> Dossier:
    where = members[0].placement
    own = _named(members, {p.name for _, p in common})
    joined = [p for lot, p in common if lot is None or lot == where.lot]
    guess = where.vendor or (source if key == "." else None)
    return Dossier(key, where.lot, guess, where.why, tuple(set_aside([*own, *joined])))


def _named(members: Sequence[_Own], taken: set[str]) -> list[DossierPiece]:
    """Name pieces from the dossier's folder on; those whose name would be taken keep their whole path."""
    own = sorted((DossierPiece(m.piece.within(m.placement.depth), m.piece) for m in members), key=lambda p: p.name)
    counts = Counter(p.name for p in own)
    return [replace(p, name=p.piece.path) if counts[p.name] > 1 or p.name in taken else p for p in own]


def set_aside(pieces: Sequence[DossierPiece]) -> list[DossierPiece]:
    """Mark signatures, and pieces whose content is already there: the buyer's first, so that a copy handed back is read once."""
    first: dict[str, DossierPiece] = {}
    for piece in sorted(pieces, key=lambda p: not p.common):
        if piece.piece.problem is None:
            first.setdefault(piece.piece.sha256, piece)
    return [_marked(piece, first) for piece in pieces]


def _marked(piece: DossierPiece, first: dict[str, DossierPiece]) -> DossierPiece:
    if piece.piece.signature:
        return replace(piece, set_aside=SIGNATURE)
    original = first.get(piece.piece.sha256, piece)
    return piece if original is piece or piece.piece.problem else replace(piece, set_aside=DUPLICATE.format(original.name))


def merge(dossiers: Sequence[Dossier]) -> Dossier:
    """Make one dossier of those that the user says are of one candidate and one lot."""
    first = min(dossiers, key=lambda d: d.key)
    taken = {p.name for d in dossiers for p in d.pieces if p.common}
    own = {p.piece.path: p.piece for d in dossiers for p in d.pieces if not p.common}
    common = {p.piece.path: p for d in dossiers for p in d.pieces if p.common}
    named = [DossierPiece(path, piece) for path, piece in sorted(own.items()) if path not in taken]
    return replace(first, why="réunis par candidats.csv", pieces=tuple(set_aside([*named, *common.values()])))
