"""What is quoted as speaking of a subject: passages that say something, not the label above them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from clausecheck.catalogue.loader import Catalogue
from clausecheck.detection.proposals import SUBJECTS, Reading
from clausecheck.segmentation.units import segment
from clausecheck.trial import clause_document


class Everything:
    """Stands for a model that hears the subject everywhere."""

    def __init__(self, label: str) -> None:
        self.labels = (label,)
        self.languages = frozenset({"fr"})

    def scores(self, texts: Sequence[Sequence[str]]) -> "np.ndarray[Any, Any]":
        return np.ones((len(texts), 1), dtype=np.float32)


def test_a_bare_lead_in_is_no_passage(catalogue: Catalogue) -> None:
    requirement = catalogue.requirements[0]
    text = "Solde du contrat :\nLe titulaire rend les données à l'acheteur.\nDurée : 3 ans"
    segmented = segment([clause_document(text)], catalogue.lexicon)
    reading = Reading(segmented, Everything(f"{requirement.id}/*"))  # type: ignore[arg-type]
    shown = [segmented.quote(segmented.units[u]) for u in reading.subject(requirement)]
    assert "Solde du contrat :" not in shown
    assert {"Le titulaire rend les données à l'acheteur.", "Durée : 3 ans"} <= set(shown)


def test_few_passages_are_shown(catalogue: Catalogue) -> None:
    requirement = catalogue.requirements[0]
    segmented = segment([clause_document("Le titulaire rend les données à l'acheteur. " * 9)], catalogue.lexicon)
    assert len(Reading(segmented, Everything(f"{requirement.id}/*")).subject(requirement)) == SUBJECTS  # type: ignore[arg-type]
