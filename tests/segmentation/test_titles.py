"""Titles printed as text are no stipulations; short stipulations are no titles."""

import pytest

from clausecheck.segmentation.titles import is_run_in, is_title

PROSE = "Le titulaire tient les journaux des accès à la disposition de l’acheteur."


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("Protection des données personnelles", PROSE),
        ("Sous-traitants ultérieurs", PROSE),
        ("X. PROTECTION DES DONNEES PERSONNELLES", ""),
        ("3.3.1", ""),
        ("C.2.", ""),
    ],
)
def test_titles(text: str, following: str) -> None:
    assert is_title(text, following)


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("Protection des données personnelles", "Sauvegarde quotidienne"),
        ("Le titulaire chiffre", PROSE),
        ("Accès interdit aux tiers", PROSE),
        ("Hébergement : France", PROSE),
        ("Chiffrement TLS 1.3", PROSE),
        ("Notification sous 24 heures", PROSE),
        ("HEBERGEMENT EN FRANCE", PROSE),
        ("Données restituées puis détruites.", PROSE),
        ("", PROSE),
    ],
)
def test_terse_stipulations_are_not(text: str, following: str) -> None:
    assert not is_title(text, following)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("G. Transferts.", True),
        ("4.2 Audit.", True),
        ("2 – Sous-traitance ultérieure.", True),
        ("1. Le titulaire livre.", False),
        ("b) Suppression.", False),
        ("Confidentialité.", False),
        ("3. Notification sous 24 heures.", False),
    ],
)
def test_run_in_titles_have_a_number(sentence: str, *, title: bool) -> None:
    assert is_run_in(sentence) is title
