"""SIRET numbers and their key, and the roles that contracts name."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.catalogue.loader import load_lexicon
from clausecheck.catalogue.root import default_root
from clausecheck.document import Document
from clausecheck.segmentation.parties import parties, role_of
from clausecheck.segmentation.party import luhn, sirets, valid_siret
from clausecheck.segmentation.units import segment

LEXICON = load_lexicon(default_root() / "_lexique")

LA_POSTE_HEAD = "35600000000048"
FICTIONAL = "20099910100013"


@pytest.mark.parametrize("digits", [FICTIONAL, LA_POSTE_HEAD, "35600000049837"])
def test_right_keys(digits: str) -> None:
    assert valid_siret(digits)


@pytest.mark.parametrize("digits", ["20099910100014", "2009991010001", "200999101000130", "2009991010001X", "", "35600000049838"])
def test_wrong_keys(digits: str) -> None:
    assert not valid_siret(digits)


@given(st.text(alphabet="0123456789", min_size=13, max_size=13))
def test_one_last_digit_and_one_only_makes_a_key(base: str) -> None:
    assert sum(luhn(base + digit) for digit in "0123456789") == 1


@given(st.text(alphabet="012456789", min_size=13, max_size=13), st.integers(0, 12), st.integers(1, 9))
def test_a_digit_misread_breaks_the_key(base: str, at: int, by: int) -> None:
    whole = next(base + d for d in "0123456789" if luhn(base + d))
    wrong = whole[:at] + str((int(whole[at]) + by) % 10) + whole[at + 1 :]
    assert not luhn(wrong)


@pytest.mark.parametrize("printed", ["200 999 101 00013", "20099910100013", "200\u202f999\u00a0101 00013"])
def test_a_siret_is_read_however_it_is_spaced(printed: str, clause: Callable[..., Document]) -> None:
    assert sirets(clause(f"La Métropole, SIRET : {printed}, représentée par son président.")) == [FICTIONAL]


def test_a_siret_with_a_wrong_key_is_left_out(clause: Callable[..., Document]) -> None:
    assert sirets(clause("SIRET 200 999 101 00014")) == []


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("le Titulaire", "holder"),
        ("le Prestataire", "holder"),
        ("l’Acheteur", "buyer"),
        ("le Client", "buyer"),
        ("le Responsable de traitement", "controller"),
        ("le Sous-traitant", "processor"),
        ("les Services", None),
    ],
)
def test_roles(words: str, role: str | None) -> None:
    assert role_of(words, LEXICON.of(None).parties) == role


@pytest.mark.parametrize(
    ("text", "buyer", "holder"),
    [
        (
            (
                "Entre la commune de Rive-Basse, ci-après dénommée « le Client », et la société Nuage Facile SARL, SIRET 1,"
                " ci-après dénommée « le Prestataire »."
            ),
            "commune de Rive-Basse",
            "Nuage Facile SARL",
        ),
        (
            (
                "Métropole de Valmer, 1 place des Estuaires, désignée « l’Acheteur »\nAtelier Brumaire (SAS au capital de 10 euros),"
                " ci-après « le Titulaire »"
            ),
            "Métropole de Valmer",
            "Atelier Brumaire",
        ),
        (
            "Pouvoir adjudicateur : Métropole de Valmer, SIRET 200 999 101 00013\nTitulaire : Atelier Brumaire SAS, 8 quai des Signaux",
            "Métropole de Valmer",
            "Atelier Brumaire SAS",
        ),
        (
            (
                "Les présentes (ci-après le « Contrat ») établies entre Nuage Facile, société par actions (ci-après le « Prestataire »),"
                " et toute entité qui commande (ci-après le « Client »).\nMaître d’ouvrage :\nCommune de Rive-Basse"
            ),
            "Commune de Rive-Basse",
            "Nuage Facile",
        ),
        (
            (
                "A – Acheteur\nMétropole de Valmer (99)\nAdresse : 1 place des Estuaires 99000 VALMER\n1) Prestataire\n"
                "- Raison sociale : Atelier Brumaire\n- E-mail : contact@brumaire.example\nCi-après : « Prestataire »"
            ),
            "Métropole de Valmer",
            "Atelier Brumaire",
        ),
    ],
)
def test_parties_are_named_as_contracts_name_them(clause: Callable[..., Document], text: str, buyer: str, holder: str) -> None:
    assert {p.role: p.name for p in parties(segment([clause(text)], LEXICON), LEXICON)} == {"buyer": buyer, "holder": holder}


@pytest.mark.parametrize(
    "text",
    [
        "Prestataire\n- Raison sociale : {{nom}}\n- Adresse : {{adresse}}\n- E-mail : {{courriel}}\nCi-après : « Prestataire »",
        "Toute personne physique ou morale qui commande, ci-après « le Client »",
        "Prestataire | Client\nRealise | Valide",
        "Titulaire : ………………\nLe titulaire chiffre les données, au sens du « Responsable du traitement », ci-après « le Client »",
        "Acheteur\nL’acheteur valide chaque livraison.\nLe titulaire corrige les défauts.",
    ],
)
def test_what_names_nobody_gives_no_party(clause: Callable[..., Document], text: str) -> None:
    assert parties(segment([clause(text)], LEXICON), LEXICON) == ()


def test_the_siret_of_an_annex_goes_to_the_party_of_the_opening(clause: Callable[..., Document]) -> None:
    text = "Acheteur : Métropole de Valmer\n" + "Le titulaire chiffre les données.\n" * 20
    text += "Désignation de l’acheteur :\nSIRET : 200 999 101 00013\nNom : Métropole de Valmer (99)\n"
    (party,) = parties(segment([clause(text)], LEXICON), LEXICON)
    assert (party.name, party.siret) == ("Métropole de Valmer", FICTIONAL)


def test_a_long_paragraph_is_read_at_once(clause: Callable[..., Document]) -> None:
    segmented = segment([clause("Le titulaire livre les données (voir l’annexe) sans délai ; " * 400)], LEXICON)
    assert parties(segmented, LEXICON) == ()


def test_a_labelled_party_is_named_with_its_siret(clause: Callable[..., Document]) -> None:
    segmented = segment([clause("Pouvoir adjudicateur : Métropole de Valmer\nSIRET 200 999 101 00013\n")], LEXICON)
    found = {p.role: p for p in parties(segmented, LEXICON)}
    assert found["buyer"].name == "Métropole de Valmer"
    assert found["buyer"].siret == FICTIONAL


@pytest.mark.parametrize(
    "text",
    [
        "Le service est exploité par la société Aubépine Numérique, société par actions simplifiée au capital de 1 000 euros.",
        "La Société Aubépine Numérique est une société coopérative et participative.",
        "Les présentes conditions sont celles de la société Aubépine Numérique, SARL immatriculée à Nantes.",
    ],
)
def test_who_presents_its_own_conditions_is_the_holder(text: str, clause: Callable[..., Document]) -> None:
    found = parties(segment([clause(text)], LEXICON), LEXICON)
    assert [(p.role, p.name) for p in found] == [("holder", "Aubépine Numérique")]


@pytest.mark.parametrize(
    "text", ["La société titulaire, société par actions, livre.", "Toute société mère, une filiale ou un tiers peut agir."]
)
def test_a_company_without_a_name_is_no_party(text: str, clause: Callable[..., Document]) -> None:
    assert parties(segment([clause(text)], LEXICON), LEXICON) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Le délégué à la protection des données est joignable à dpo@aubepine.example.",
        "Contact du D.P.O. : Mme Martin, dpo@aubepine.example",
        "Délégué à la protection des données :\ndpo@aubepine.example",
    ],
)
def test_the_contact_of_the_data_protection_officer_is_found(text: str, clause: Callable[..., Document]) -> None:
    (officer,) = parties(segment([clause(text)], LEXICON), LEXICON)
    assert (officer.role, officer.email) == ("other", "dpo@aubepine.example")


def test_an_address_far_from_the_officer_is_not_theirs(clause: Callable[..., Document]) -> None:
    text = "Le DPO est informé.\n\nLe titulaire livre.\n\nLe titulaire répond.\n\nÉcrire à contact@aubepine.example."
    assert parties(segment([clause(text)], LEXICON), LEXICON) == ()
