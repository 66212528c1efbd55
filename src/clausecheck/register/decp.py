"""Essential data of public contracts (DECP), read from a local JSON file, in both published forms.

2019 form (arrêté du 22 mars 2019): ``marches: [{…, titulaires: [{id, denominationSociale}], modifications: [{…}]}]``.
2022 form (arrêtés du 22 décembre 2022): ``marches: {marche: [{…, titulaires: [{titulaire: {id, typeIdentifiant}}],
modifications: [{modification: {…}}], actesSousTraitance: [{acteSousTraitance: {…}}]}]}``.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clausecheck.errors import UsageError

AMENDMENT, SUBCONTRACT = "avenant", "sous-traitance"

_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Holder:
    """A titulaire. ``id``: its SIRET where the type of identifier says so, digits only."""

    id: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change in the contract's life. ``kind``: «avenant» or «sous-traitance»; ``day``: ISO date or None; ``amount``: euros."""

    kind: str
    number: int
    day: str | None = None
    object: str | None = None
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract. ``uid``: buyer's SIRET and internal number, as the data give or make it; ``amount``: euros."""

    uid: str
    buyer_id: str | None
    buyer: str | None
    object: str | None
    day: str | None
    amount: float | None
    holders: tuple[Holder, ...] = ()
    amendments: tuple[Amendment, ...] = ()


def read_decp(path: Path) -> list[Contract]:
    """Return the contracts of a DECP file. Raises UsageError where it is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        message = f"« {path} » ne peut pas être lu comme un fichier JSON de données essentielles : téléchargez-le de nouveau."
        raise UsageError(message, "decp_illisible") from error
    found = content.get("marches") if isinstance(content, dict) else None
    if isinstance(found, dict):
        found = found.get("marche")
    if not isinstance(found, list):
        message = f"« {path} » n’a pas de liste « marches » : donnez un fichier au format DECP (2019 ou 2022)."
        raise UsageError(message, "decp_invalide")
    return [contract for entry in found if isinstance(entry, dict) and (contract := _contract(entry))]


def _contract(entry: _Json) -> Contract | None:
    """Read one contract; concessions and entries without a number name none."""
    number = _text(entry.get("id"))
    buyer = entry.get("acheteur") or entry.get("autoriteConcedante") or {}
    uid = _text(entry.get("uid")) or (f"{_text(buyer.get('id')) or ''}{number}" if number else None)
    if uid is None:
        return None
    return Contract(
        uid,
        _text(buyer.get("id")),
        _text(buyer.get("nom")),
        _text(entry.get("objet")),
        _text(entry.get("dateNotification")),
        _number(entry.get("montant")),
        tuple(_holders(entry)),
        (*_amendments(entry, "modifications", "modification", AMENDMENT), *_amendments(entry, *_SUBCONTRACTS)),
    )


_SUBCONTRACTS = ("actesSousTraitance", "acteSousTraitance", SUBCONTRACT)


def _holders(entry: _Json) -> Iterator[Holder]:
    for item in _unwrapped(entry, "titulaires", "titulaire"):
        digits = re.sub(r"\W", "", _text(item.get("id")) or "")
        if digits:
            yield Holder(digits, _text(item.get("denominationSociale")))


def _amendments(entry: _Json, plural: str, singular: str, kind: str) -> Iterator[Amendment]:
    for rank, item in enumerate(_unwrapped(entry, plural, singular), 1):
        day = item.get("dateNotificationModification") or item.get("dateSignatureModification") or item.get("dateNotification")
        yield Amendment(kind, rank, _text(day), _subject(item), _number(item.get("montant")))


def _subject(item: _Json) -> str | None:
    """What an amendment is about: its object (2019), or the subcontractor it names (2022)."""
    subcontractor = item.get("sousTraitant")
    if isinstance(subcontractor, dict) and subcontractor.get("id"):
        return f"sous-traitant {subcontractor['id']}"
    return _text(item.get("objetModification") or item.get("objet"))


def _unwrapped(entry: _Json, plural: str, singular: str) -> Iterator[_Json]:
    """Items of a list, each bare (2019) or under its singular name (2022); also a list held under that name (files made from XML)."""
    items = entry.get(plural) or []
    if isinstance(items, dict):
        held = items.get(singular) or []
        items = held if isinstance(held, list) else [held]
    for item in items:
        if isinstance(item, dict):
            inner = item.get(singular, item)
            yield inner if isinstance(inner, dict) else item


def _text(value: object) -> str | None:
    text = str(value).strip() if value is not None and not isinstance(value, dict | list) else ""
    return text or None


def _number(value: object) -> float | None:
    try:
        return float(str(value).replace(",", ".")) if value is not None else None
    except ValueError:
        return None
