"""The catalogue shipped is whole; a broken file is told by name, line and key."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from clausecheck.catalogue.loader import Catalogue, load_catalogue, parse_file, read_yaml
from clausecheck.catalogue.schema import Requirement
from clausecheck.errors import CatalogueError
from clausecheck.vocabulary import Language


def test_every_requirement_is_ordered_and_found_by_any_of_its_names(catalogue: Catalogue) -> None:
    assert [r.id for r in catalogue.requirements] == list(catalogue.reference["order"])
    for requirement in catalogue.requirements:
        assert catalogue.get(requirement.id.lower()) is requirement
        for alias in requirement.aliases:
            assert catalogue.get(alias) is not None


def test_what_a_requirement_cites_exists(catalogue: Catalogue) -> None:
    flags = {f.id for f in catalogue.flags}
    instruments = {i.id for i in catalogue.instruments}
    conditions = {c.id for c in catalogue.conditions}
    for requirement in catalogue.requirements:
        criteria = {c.id for c in requirement.criteria}
        assert {*requirement.applies_when.all, *requirement.applies_when.any} <= flags
        assert {c.only_if for c in requirement.criteria if c.only_if} <= conditions
        assert {r.instrument for r in requirement.by_reference if r.articles} <= instruments
        assert all(set(r.covers) <= criteria for r in requirement.by_reference)
        assert all(set(w.defeats) <= criteria for w in requirement.weakened_when)


class Line(BaseModel):
    nom: str
    valeurs: list[int]


def test_a_fault_deep_in_a_file_is_told_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "fiche.yaml"
    path.write_text("nom: essai\nvaleurs:\n  - 1\n  - deux\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        parse_file(path, Line)
    assert f"{path}, ligne 4, valeurs.1" in str(caught.value)


def test_an_unknown_key_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    source = catalogue.root / "rgpd" / "RGPD-33-2.yaml"
    path = tmp_path / source.name
    path.write_text(source.read_text(encoding="utf-8") + "\ncouleur: bleu\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="couleur"):
        parse_file(path, Requirement)


@pytest.mark.parametrize("data", [b"a: [1", b"\xff\xfe\x00mauvais"])
def test_a_file_that_is_no_yaml_is_said(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "fiche.yaml"
    path.write_bytes(data)
    with pytest.raises(CatalogueError, match="YAML invalide"):
        read_yaml(path)


def test_a_missing_catalogue_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="Catalogue introuvable"):
        load_catalogue(tmp_path)


def test_what_matters_most_is_worded_in_english(catalogue: Catalogue) -> None:
    """Every necessary criterion of the personal data requirements has English frames of its own."""
    missing = [
        f"{r.id}.{c.id}"
        for r in catalogue.requirements
        if r.family == "RGPD"
        for c in r.criteria
        if c.required and not any(w.language is Language.ENGLISH and w.criteria.get(c.id) for w in catalogue.wordings.get(r.id, ()))
    ]
    assert missing == []
