"""Words of reserve: the same in every matter, and harmless where the buyer's consent, the law or the price of the contract frees them."""

import pytest

from clausecheck.catalogue.loader import Catalogue
from clausecheck.detection.index import UnitIndex
from clausecheck.detection.reserves import Reserves
from clausecheck.segmentation.units import segment
from clausecheck.trial import clause_document


def read(catalogue: Catalogue, text: str) -> tuple[Reserves, list[int]]:
    segmented = segment([clause_document(text)], catalogue.lexicon)
    return Reserves(catalogue.lexicon, UnitIndex(segmented)), [u.index for u in segmented.units]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("W-COUT", "Chaque extraction est facturée à la commune au tarif horaire du bordereau."),
        ("W-COUT", "La préparation des fichiers donne lieu à un règlement de 90 € HT."),
        ("W-HEDGE", "Le titulaire s'attache à séparer les environnements, selon ses moyens."),
        ("W-FACULTE", "Le titulaire intervient s'il le juge utile."),
        ("W-TACITE", "Faute de réponse dans les dix jours, l'accord de la ville est réputé acquis."),
        ("W-CONDITION", "La remise intervient après complet paiement des factures."),
        ("W-EXCEPTION", "La présente règle ne s'applique pas aux interventions de nuit."),
        ("W-DELAI-VAGUE", "Les droits sont retirés dès que la charge du service le permet."),
        ("W-NEGATION", "Le titulaire décline toute garantie sur les résultats."),
    ],
)
def test_a_reserve_is_stated(kind: str, text: str, catalogue: Catalogue) -> None:
    reserves, units = read(catalogue, text)
    assert any(reserves.state(kind, u) or reserves.show(kind, u) for u in units)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("W-COUT", "La restitution est comprise dans le prix du marché et ne donne lieu à aucune facturation."),
        ("W-COUT", "Le titulaire applique le règlement intérieur de la commune."),
        ("W-COUT", "Tout manquement est puni d'une pénalité de 500 € par jour."),
        ("W-EXCEPTION", "Aucun transfert n'a lieu, sauf accord écrit préalable de l'acheteur."),
        ("W-TACITE", "Le silence de l'acheteur vaut refus."),
        ("W-DELAI-VAGUE", "Le titulaire répond dans un délai de 48 heures."),
    ],
)
def test_what_harms_nobody_is_spared(kind: str, text: str, catalogue: Catalogue) -> None:
    reserves, units = read(catalogue, text)
    assert not any(reserves.state(kind, u) or reserves.show(kind, u) for u in units)
