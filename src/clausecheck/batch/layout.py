"""Whose file is it? Lot and candidate told from folders, archives and file names, with the reason shown to the user."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from clausecheck.batch.names import fold, split_lot
from clausecheck.batch.pieces import ARCHIVES, Piece

Dirs = tuple[str, ...]
_COMMON = re.compile(r"dce|communs?|pieces communes|reference|dossier de consultation( des entreprises)?")
_CONTAINER = re.compile(
    r"(offres|plis|candidats|candidatures|depots|reponses|soumissionnaires|fournisseurs|entreprises|dossiers|consultations?|marches|lots)"
)
_SUBFOLDER = re.compile(
    r"(\d+ )?(l |les? )?(offres?|candidatures?|techniques?|administrati\w+|financi\w+|annexes?|pieces?|documents?|contrats?|memoires?"
    r"|juridiques?|securite|rgpd|dpa|prix|signatures?|divers|scans?|pdf|word|avenants?)( .*)?"
)
_PIECE = re.compile(
    r"ae|attri\w*|acte|ccap|cctp|ccp|ccatp|cahier|rc|dc[1-4]|dume|dpgf|bpu|dqe|devis|prix|memoire|offre|annexe\w*|rgpd|dpa|pas|pssi"
    r"|pca|pra|cgv|cgu|contrat|convention|avenant|reponse|cadre|politique|kbis|rib|references?"
)
_NOT_A_NAME = re.compile(r"v?\d+|v|vf|def|final\w*|signe\w*|version|scan|copie|n|du|de|la|le|les|des|et|d|l|marche|engagement")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a piece belongs. ``key``: names its dossier; ``depth``: folders of its path that lead there; ``vendor``: None when unknown."""

    key: str
    depth: int
    lot: str | None
    vendor: str | None
    why: str
    common: bool = False


@dataclass(frozen=True, slots=True)
class _FileName:
    """What a file's name says: «lot1_alpha_CCAP» → lot 1, «alpha», «ccap»."""

    lot: str | None
    vendor: str | None
    piece: str | None

    @classmethod
    def of(cls, name: str) -> "_FileName":
        lot, rest = split_lot(PurePosixPath(name).stem)
        words = [w for w in re.split(r"[\s_.–-]+", rest) if w]
        kinds = [i for i, word in enumerate(words) if _PIECE.fullmatch(fold(word))]
        if not kinds:
            return cls(lot, None, None)
        kept = words[: kinds[0]] or words[kinds[0] + 1 :]
        named = [w for w in kept if not _NOT_A_NAME.fullmatch(fold(w)) and not _PIECE.fullmatch(fold(w))]
        return cls(lot, " ".join(named) or None, fold(words[kinds[0]]))


def folders_of(piece: Piece) -> Dirs:
    """Return the folders a piece stands in, an archive being one: «alpha.zip» and «alpha» are the same."""
    return tuple(name if (path := PurePosixPath(name)).suffix.lower() not in ARCHIVES else path.stem for name in piece.parts[:-1])


class Layout:
    """Places the pieces of a consultation: what one folder means depends on the others."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._files: dict[Dirs, list[str]] = defaultdict(list)
        self._folders: dict[Dirs, set[str]] = defaultdict(set)
        for piece in pieces:
            dirs = folders_of(piece)
            self._files[dirs].append(piece.parts[-1])
            for i, name in enumerate(dirs):
                self._folders[dirs[:i]].add(name)

    def place(self, piece: Piece) -> Placement:
        """Return where ``piece`` belongs."""
        dirs, start = folders_of(piece), len(self._wrapper)
        common = next((i for i, name in enumerate(dirs) if _COMMON.fullmatch(fold(name))), None)
        lots = [i for i in range(len(dirs)) if split_lot(dirs[i])[0]]
        if common is not None and all(i < start or i in lots for i in range(common)):
            lot = split_lot(dirs[lots[0]])[0] if lots else None
            return Placement("/".join(dirs[: common + 1]), common, lot, None, "pièce commune de l’acheteur", common=True)
        while start < len(dirs) and self._container(dirs[: start + 1]):
            start += 1
        at = next((i for i in lots if i >= start), None)
        if at is not None:
            return self._in_lot(piece, start, at)
        if len(dirs) > start:
            lot, _ = split_lot(dirs[start])
            return Placement("/".join(dirs[: start + 1]), start + 1, lot, dirs[start], "dossier au nom du candidat")
        return self._flat(piece, dirs[:start], None)

    def _in_lot(self, piece: Piece, start: int, at: int) -> Placement:
        """Place a piece that stands somewhere under a lot's folder."""
        dirs = folders_of(piece)
        folder = dirs[: at + 1]
        lot, rest = split_lot(dirs[at])
        if at > start and not self._holds_vendors(folder):
            return Placement("/".join(folder), at + 1, lot, dirs[start], "dossier du candidat, puis du lot")
        if len(dirs) > at + 1 and not _SUBFOLDER.fullmatch(fold(dirs[at + 1])):
            return Placement("/".join(dirs[: at + 2]), at + 2, lot, dirs[at + 1], "dossier du lot, puis du candidat")
        if rest and not self._mixed(folder):
            return Placement("/".join(folder), at + 1, lot, rest, "lot et candidat dans le même nom")
        return self._flat(piece, folder, lot)

    def _flat(self, piece: Piece, folder: Dirs, lot: str | None) -> Placement:
        """Place a piece among others of one folder: by its name where several candidates show there."""
        said, depth = _FileName.of(piece.parts[-1]), len(folder)
        lot = lot or said.lot
        if not self._mixed(folder):
            return Placement("/".join(folder) or ".", depth, lot, self._named_by_files(folder), "pièces réunies dans un même dossier")
        if said.vendor is None:
            return Placement("/".join((*folder, "(sans candidat)")), depth, lot, None, "le nom du fichier ne dit pas le candidat")
        name = f"{fold(said.vendor)}_*" if said.lot is None else f"lot {said.lot}_{fold(said.vendor)}_*"
        return Placement("/".join((*folder, name)), depth, lot, said.vendor, "candidat lu dans le nom du fichier")

    def _named_by_files(self, folder: Dirs) -> str | None:
        """Return the one candidate that the files of ``folder`` name, where it is not by chance of a single title."""
        names = sorted(v for v in (_FileName.of(name).vendor for name in self._files[folder]) if v)
        enough = len(names) > 1 or len(self._files[folder]) == 1
        return names[0] if enough and len({fold(v) for v in names}) == 1 else None

    def _mixed(self, folder: Dirs) -> bool:
        """True where the same kind of piece comes from several candidates: only then do file names divide a folder."""
        vendors: dict[tuple[str | None, str | None], set[str]] = defaultdict(set)
        for said in map(_FileName.of, self._files[folder]):
            if said.vendor:
                vendors[said.lot, said.piece].add(fold(said.vendor))
        return any(len(names) > 1 for names in vendors.values())

    def _holds_vendors(self, folder: Dirs) -> bool:
        return not self._files.get(folder) and not self._only_subfolders(folder)

    def _only_subfolders(self, folder: Dirs) -> bool:
        return all(_SUBFOLDER.fullmatch(fold(name)) for name in self._folders[folder])

    def _container(self, folder: Dirs) -> bool:
        return bool(_CONTAINER.fullmatch(fold(folder[-1]))) and folder not in self._files

    @cached_property
    def _wrapper(self) -> Dirs:
        """The folders that hold everything: neither a lot nor a candidate."""
        folder: Dirs = ()
        while len(inside := self._folders[folder]) == 1 and folder not in self._files:
            name = next(iter(inside))
            deeper = (*folder, name)
            if deeper in self._files or split_lot(name)[0] or _COMMON.fullmatch(fold(name)) or self._only_subfolders(deeper):
                break
            folder = deeper
        return folder
