"""Fields that nobody filled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.detection.blanks import blanks


@pytest.mark.parametrize(
    "text",
    [
        "dans un délai de [à compléter] heures",
        "[À COMPLÉTER]",
        "hébergé par [préciser le nom de l’hébergeur]",
        "sous ……… heures",
        "un prix de ........ €",
        "adresse : ____",
        "le délégué {{nom_du_dpo}}",
        "le titulaire XXXX",
        "durée : … mois",
        "(à préciser par l’acheteur)",
        "Délai : à définir",
        "[ ]",
        "| Finalités | à compléter |",
    ],
)
def test_an_empty_field_is_seen(text: str) -> None:
    spans = blanks(text)
    assert spans
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "text",
    [
        "Le titulaire complète le registre.",
        "Les données (nom, prénom…) sont supprimées.",
        "voir l’article 4.2. Le titulaire précise les délais.",
        "le règlement [UE] 2016/679",
        "Louis XIV et XX juin",
        "etc... Le titulaire",
        "☒ Hébergement en France",
    ],
)
def test_plain_text_is_no_empty_field(text: str) -> None:
    assert blanks(text) == ()


def test_an_unticked_box_is_an_option_nobody_chose() -> None:
    text = "☐ Hébergement par l’acheteur"
    assert blanks(text) == ((0, len(text)),)


@given(st.text(max_size=100))
def test_spans_stay_inside_any_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in blanks(text))
