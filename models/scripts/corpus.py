"""Reads the text written for the project: one item a passage, with the labels it carries and its author's style."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from clausecheck.catalogue.loader import Catalogue
from clausecheck.catalogue.schema import Requirement
from clausecheck.detection.voice import WEAKENED, kind_label
from clausecheck.document.normalized import NormalizedText
from clausecheck.evaluation.labels import Label, LabelledDossier, read_labels
from clausecheck.segmentation.model import Force, Segmented
from clausecheck.segmentation.units import segment

TEXT = Path(__file__).parents[1] / "text"
HELD_OUT_STYLES = frozenset({"ancien", "concis"})
"""Styles kept for testing: the split is by way of writing, not at random."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Item:
    """A passage. ``known``: labels of its own requirement on which it says something, true or false."""

    text: str
    style: str
    labels: frozenset[str]
    requirement: str
    origin: str

    @property
    def tokens(self) -> tuple[str, ...]:
        """Folded words."""
        return NormalizedText.of(self.text).tokens


def items(folder: Path = TEXT) -> Iterator[Item]:
    """Yield every passage of ``folder``."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        yield from _items(data)


def _items(data: dict[str, Any]) -> Iterator[Item]:
    requirement = data["requirement"]

    def item(entry: dict[str, Any], names: set[str], origin: str) -> Item:
        present = names | ({"*"} if origin not in {"decoy", "absente"} else set())
        labels = frozenset(f"{requirement}/{name}" for name in present)
        return Item(entry["text"], entry["style"], labels, requirement, origin)

    for criterion, groups in data["criteria"].items():
        for entry in groups["met"]:
            yield item(entry, {criterion, *(entry.get("also") or [])}, "met")
        for entry in groups["near"]:
            # A near-miss may stipulate nothing at all: it does not teach presence, only that its criterion is not met.
            labels = frozenset(f"{requirement}/{name}" for name in entry.get("also") or [])
            yield Item(entry["text"], entry["style"], labels, requirement, f"near/{criterion}")
    for weakening, entries in data["weakenings"].items():
        for entry in entries:
            yield item(entry, {weakening, *(entry.get("criteria") or [])}, "weak")
    for entry in data["decoys"]:
        yield item(entry, set(), "decoy")
    for entry in data["clauses"]:
        names = {*(entry.get("criteria") or []), *(entry.get("weak") or [])}
        yield item(entry, names, "absente" if entry["expect"] == "absente" else "clause")


TAGGED = Path(__file__).parents[1] / "clauses"


def tagged(folder: Path = TAGGED) -> Iterator[Item]:
    """Yield the sentences of the tagged clauses, each pair of neighbours, and each clause whole."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        for clause in data["clauses"]:
            yield from _clause(data["requirement"], clause)


def _clause(requirement: str, clause: dict[str, Any]) -> Iterator[Item]:
    sentences = [(s["text"], set(s.get("labels") or [])) for s in clause["sentences"]]
    present = {"*"} if clause["expect"] != "absente" else set()

    def item(parts: list[tuple[str, set[str]]], origin: str) -> Item:
        names = present.union(*(labels for _, labels in parts))
        text = " ".join(t for t, _ in parts)
        return Item(text, clause["style"], frozenset(f"{requirement}/{n}" for n in names), requirement, origin)

    for sentence in sentences:
        yield item([sentence], "tagged")
    for pair in pairwise(sentences):
        yield item(list(pair), "tagged pair")
    if len(sentences) > 2:
        yield item(sentences, "tagged clause")


PAIRS = Path(__file__).parents[1] / "pairs"


def pairs(folder: Path = PAIRS) -> Iterator[Item]:
    """Yield both sides of each minimal pair: the sound passage, and the same one spoiled."""
    for path in sorted(folder.glob("*.yaml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        requirement = data["requirement"]
        for pair in data["pairs"]:
            spoiled = {*(pair.get("kept") or []), *([pair["weak"]] if pair.get("weak") else [])}
            for text, names in ((pair["sound"], set(pair["met"])), (pair["spoiled"], spoiled)):
                labels = frozenset(f"{requirement}/{n}" for n in names | {"*"})
                yield Item(text, pair["style"], labels, requirement, "pair")


def everything(catalogue: Catalogue) -> list[Item]:
    """Return every passage of the project's text, those that show a weakening labelled with its kind too."""
    kinds = {f"{r.id}/{w.id}": kind_label(w.kind) for r in catalogue.requirements for w in r.weakened_when}
    return [_with_kinds(item, kinds) for item in (*items(), *tagged(), *pairs())]


def _with_kinds(item: Item, kinds: dict[str, str]) -> Item:
    found = {kinds[label] for label in item.labels if label in kinds}
    return replace(item, labels=item.labels | found | ({WEAKENED} if found else set()))


CONTRACTS = Path(__file__).parents[1] / "contracts"


@dataclass(frozen=True, slots=True)
class Contract:
    """A whole contract of the project: its sentences, alone and with their neighbours, and the labels that none of them carries."""

    name: str
    passages: tuple[tuple[str, ...], ...]
    silent: frozenset[str]


def contracts(catalogue: Catalogue, folder: Path = CONTRACTS) -> list[Contract]:
    """Return the labelled contracts that may be learned from."""
    dossiers = read_labels(folder / "read", folder)
    return [Contract(d.name, _passages(segment(d.read(), catalogue.lexicon)), _silent(d, catalogue)) for d in dossiers]


def _passages(segmented: Segmented) -> tuple[tuple[str, ...], ...]:
    units = [u for u in segmented.units if u.force is Force.OPERATIVE]
    windows = []
    for i, unit in enumerate(units):
        near = (u for u in units[max(0, i - 1) : i + 2] if u.article == unit.article)
        windows.append(tuple(token for u in near for token in u.text.tokens))
    return tuple(dict.fromkeys(tokens for tokens in (*(u.text.tokens for u in units), *windows) if tokens))


def _silent(dossier: LabelledDossier, catalogue: Catalogue) -> frozenset[str]:
    labelled = ((r, dossier.labels[r.id]) for r in catalogue.requirements if r.id in dossier.labels)
    return frozenset(name for requirement, label in labelled if label.sure for name in _unsaid(requirement, label))


def _unsaid(requirement: Requirement, label: Label) -> Iterator[str]:
    yield from (f"{requirement.id}/{c.id}" for c in requirement.criteria if c.id not in label.criteria)
    if label.status in {"absente", "sans_objet"}:
        yield from (f"{requirement.id}/{name}" for name in ("*", *(w.id for w in requirement.weakened_when)))
