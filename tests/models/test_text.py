"""The text written for the project: no passage twice, and none of it taken from a labelled document."""

import sys
from pathlib import Path

import pytest
import yaml

from clausecheck.catalogue.loader import Catalogue
from clausecheck.document.normalized import NormalizedText
from clausecheck.evaluation.labels import read_labels

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GRAM = 14
"""Words in a row that two authors do not write alike, unless they quote the same law."""
LAW = "dev/ref_rgpd_extraits.md"

sys.path.insert(0, str(ROOT / "models" / "scripts"))
from corpus import CONTRACTS, items, pairs, tagged  # noqa: E402  (the scripts are no package)


def test_no_short_passage_stands_twice_in_a_file_of_text() -> None:
    seen: dict[tuple[str, str], int] = {}
    for item in items():
        key = (item.requirement, " ".join(item.tokens))
        seen[key] = seen.get(key, 0) + 1
    assert [key for key, count in seen.items() if count > 1] == []


def test_every_requirement_has_text_clauses_and_both_outcomes() -> None:
    names = {p.name.partition(".")[0] for p in (ROOT / "models" / "text").glob("*.yaml")}
    assert len(names) == 76
    assert {p.name.partition(".")[0] for p in (ROOT / "models" / "clauses").glob("*.yaml")} == names
    for name in names:
        data = yaml.safe_load((ROOT / "models" / "text" / f"{name}.yaml").read_text(encoding="utf-8"))
        assert all(groups["met"] and groups["near"] for groups in data["criteria"].values()), name


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="les documents étiquetés (../shared) ne sont pas là")
def test_no_passage_is_taken_from_a_labelled_document() -> None:
    lines = (SHARED / "gold" / "SPLIT.txt").read_text(encoding="utf-8").splitlines()
    documents = set()
    for name in (line.split()[0] for line in lines if line.strip()):
        documents.update(yaml.safe_load((SHARED / "gold" / f"{name}.yaml").read_text(encoding="utf-8"))["documents"])
    grams = set().union(*(_grams(_words(path)) for path in documents)) - _grams(_words(LAW))
    assert [i.text for i in (*items(), *tagged(), *pairs()) if _grams(i.tokens) & grams] == []
    assert [path.name for path in (CONTRACTS / "pieces").glob("*/*") if _grams(_tokens(path)) & grams] == []


@pytest.mark.parametrize("part", ["read", "unread"])
def test_every_contract_is_labelled_on_every_requirement_with_its_own_words(part: str, catalogue: Catalogue) -> None:
    known = {r.id: {c.id for c in r.criteria} for r in catalogue.requirements}
    for dossier in read_labels(CONTRACTS / part, CONTRACTS):
        text = " ".join(word for path in dossier.files for word in path.read_text(encoding="utf-8").split())
        assert dossier.labels.keys() == known.keys(), dossier.name
        for requirement, label in dossier.labels.items():
            assert label.criteria <= known[requirement], (dossier.name, requirement)
            assert [q for q in label.quotes if " ".join(q.split()) not in text] == [], (dossier.name, requirement)
            assert bool(label.quotes) or label.status in {"absente", "sans_objet"}, (dossier.name, requirement)


def _words(path: str) -> tuple[str, ...]:
    return _tokens(SHARED / "corpus" / path)


def _tokens(path: Path) -> tuple[str, ...]:
    from clausecheck.readers import read_path

    return tuple(w for d in read_path(path).documents for w in NormalizedText.of(d.text).tokens)


def _grams(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[i : i + GRAM] for i in range(len(words) - GRAM + 1)}
