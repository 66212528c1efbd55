"""Who the candidate is: its SIRET (key checked), its name in the acte d'engagement, the name of its folder; variants brought together."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from clausecheck.assessment.vendor import Vendor
from clausecheck.batch.names import essential, fold
from clausecheck.document.model import Document
from clausecheck.segmentation.party import Party, sirets, valid_siret
from clausecheck.vocabulary import Language

if TYPE_CHECKING:
    from clausecheck.catalogue.grammar import PartyGrammar

ALIKE = 90.0
"""Similarity (0–100, Indel on sorted words) from which two names without SIRET are one candidate's."""

RELATED = 80.0
"""Similarity from which a party named in any piece is the candidate that its folder names."""

_ENGAGEMENT = re.compile(r"acte\s+d[’']\s?engagement|\battri\s?1\b", re.IGNORECASE)
_TITLE = 300
_DIGITS = re.compile(r"(?<!\d)(?:\d[ .]?){14}(?!\d)")
_HOLDERS = frozenset({"holder", "processor"})


@dataclass(frozen=True, slots=True)
class Hint:
    """What one document says of who signs it. ``engagement``: it opens as an acte d'engagement."""

    engagement: bool
    parties: tuple[Party, ...]
    sirets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """A candidate as guessed. ``source``: where its name and number were read, in French."""

    vendor: Vendor
    source: str


@dataclass(frozen=True, slots=True)
class Clues:
    """All that is known of one dossier's candidate: its folder's name, its own documents, SIRET numbers that are the buyer's."""

    guess: str | None
    hints: tuple[Hint, ...]
    foreign: frozenset[str] = field(default_factory=frozenset)


def hint(document: Document) -> Hint:
    """Read what ``document`` says of its parties."""
    from clausecheck.segmentation.parties import named_in

    engagement = _ENGAGEMENT.search(document.text[:_TITLE]) is not None
    grammars = _grammars()
    named = named_in(document, grammars.get(document.language, grammars[Language.FRENCH]))
    return Hint(engagement, tuple(named), tuple(sirets(document)))


@cache
def _grammars() -> Mapping[Language, "PartyGrammar"]:
    """How parties are named in each language, loaded once a process."""
    from clausecheck.catalogue.loader import LEXICON, load_parties
    from clausecheck.catalogue.root import default_root

    return load_parties(default_root() / LEXICON)


def identify(clues: Clues) -> Identity:
    """Name the candidate: the holder of the acte d'engagement, else one that its folder names or the only SIRET's, else its folder.

    A SIRET in the folder's name comes before any other.
    """
    holder, source = _holder(clues)
    name = clues.guess
    if holder is not None:
        name = holder.name
    written = _siret_in(clues.guess or "")
    siret = written or (holder.siret if holder else None) or _only_siret(clues)
    if written and clues.guess and holder is None:
        name = _DIGITS.sub("", clues.guess).strip(" _-") or None
    return Identity(Vendor(name, siret), source if holder or name else "inconnu")


def _holder(clues: Clues) -> tuple[Party | None, str]:
    engaged = [p for h in clues.hints if h.engagement for p in h.parties if p.role in _HOLDERS and _named(p)]
    if engaged:
        return next((p for p in engaged if p.siret), engaged[0]), "acte d’engagement"
    others = [p for h in clues.hints for p in h.parties if p.role in _HOLDERS and _named(p)]
    related = [p for p in others if clues.guess and alike(p.name, clues.guess) >= RELATED]
    if not related and len({p.siret for p in others if p.siret}) == 1:
        related = [p for p in others if p.siret]
    if related:
        return next((p for p in related if p.siret), related[0]), "pièce du dossier"
    return None, "nom du dossier ou du fichier"


def _named(party: Party) -> bool:
    """True for a name, not a blank to fill nor a sentence."""
    words = fold(party.name).split()
    return 0 < len(words) <= 8 and not re.search(r"[\[\]{}…_]|\.{3}", party.name)


def _siret_in(name: str) -> str | None:
    digits = (re.sub(r"\D", "", m.group()) for m in _DIGITS.finditer(name))
    return next((d for d in digits if valid_siret(d)), None)


def _only_siret(clues: Clues) -> str | None:
    """The one SIRET of the dossier that is no buyer's: with two, who is who is not known."""
    buyers = {p.siret for h in clues.hints for p in h.parties if p.role not in _HOLDERS}
    seen = {s for h in clues.hints for s in h.sirets} - buyers - clues.foreign
    return seen.pop() if len(seen) == 1 else None


def alike(left: str, right: str) -> float:
    """Return how alike two names are, 0–100: legal forms and the order of words do not count."""
    from rapidfuzz.fuzz import token_sort_ratio

    return token_sort_ratio(essential(left), essential(right))


def foreign(seen: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return the SIRET numbers found under several candidates: a buyer's, or a partner's, never what tells one apart."""
    counts = Counter(s for numbers in seen.values() for s in set(numbers))
    return frozenset(s for s, count in counts.items() if count > 1)


def reconcile(identities: Mapping[str, Identity]) -> dict[str, Identity]:
    """Give one name and one number to the variants of a candidate; two different SIREN numbers are never one candidate."""
    groups: list[list[Identity]] = []
    for identity in sorted(identities.values(), key=_strongest_first):
        group = next((g for g in groups if _same(identity.vendor, [i.vendor for i in g])), None)
        if group is None:
            groups.append([identity])
        else:
            group.append(identity)
    chosen = {id(i): _chosen(group) for group in groups for i in group}
    return {key: Identity(_filled(i.vendor, chosen[id(i)]), i.source) for key, i in identities.items()}


def _strongest_first(identity: Identity) -> tuple[bool, str, str]:
    vendor = identity.vendor
    return vendor.siret is None, vendor.siret or "", vendor.name or ""


def _same(vendor: Vendor, group: Sequence[Vendor]) -> bool:
    numbers = {v.siret[:9] for v in group if v.siret}
    if vendor.siret and numbers:
        return vendor.siret[:9] in numbers
    return vendor.name is not None and any(v.name is not None and alike(v.name, vendor.name) >= ALIKE for v in group)


def _chosen(group: Sequence[Identity]) -> Vendor:
    """The name met most often, the longest among equals; the number met most often."""
    names = Counter(i.vendor.name for i in group if i.vendor.name)
    numbers = Counter(i.vendor.siret for i in group if i.vendor.siret)
    name = min(names, key=lambda n: (-names[n], -len(n), n)) if names else None
    return Vendor(name, min(numbers, key=lambda n: (-numbers[n], n)) if numbers else None)


def _filled(vendor: Vendor, group: Vendor) -> Vendor:
    """Keep a dossier's own number: one company signs from several establishments."""
    return Vendor(group.name, vendor.siret or group.siret)
