"""Pieces that contradict each other, judged together: small contracts, one thing changed at a time."""

import pytest

from clausecheck.pipeline import Engine
from clausecheck.vocabulary import Status
from dossiers import CCAP, CGV, DPA, NOTICE, finding, order

AGREEMENT = "l'accord de traitement des données"
BOOK_24 = "## 3. Violations\n\n" + NOTICE.format(delay="vingt-quatre heures")
DPA_72 = DPA + "## 1. Violations\n\n" + NOTICE.format(delay="soixante-douze heures")
DPA_48 = DPA + "## 1. Violations\n\n" + NOTICE.format(delay="quarante-huit heures")
NO_TRAINING = (
    "## 3. Données\n\nLe titulaire n'utilise pas les données de l'acheteur, même dérivées ou pseudonymisées, journaux et requêtes compris, "
    "pour entraîner un modèle d'intelligence artificielle, ni pour améliorer ses produits.\n"
)
TRAINING = (
    f"{CGV}## 1. Données\n\nLe prestataire se réserve le droit d'utiliser les données du client pour entraîner et améliorer ses modèles "
    "d'intelligence artificielle.\n"
)
CONDITIONS = "les conditions générales de vente du titulaire"


def test_two_delays_are_judged_on_the_higher_piece_and_flagged(engine: Engine) -> None:
    found = finding(engine, {"CCAP.md": CCAP + order("le CCAP", AGREEMENT) + BOOK_24, "DPA.md": DPA_72}, "RGPD-33-2")
    assert found.status is Status.CONFORME
    assert found.review == ("contradiction",)
    assert "« vingt-quatre heures » (CCAP art. 3) et « soixante-douze heures » (annexe RGPD art. 1)" in found.reason
    assert found.rules[0].rule == "R01"


def test_changing_the_order_changes_who_wins(engine: Engine) -> None:
    found = finding(engine, {"CCAP.md": CCAP + order(AGREEMENT, "le CCAP") + BOOK_24, "DPA.md": DPA_72}, "RGPD-33-2")
    assert found.status is Status.AFFAIBLIE
    assert "c2" not in {c.id for c in found.criteria if c.met}


def test_without_an_order_nothing_is_settled(engine: Engine) -> None:
    found = finding(engine, {"CCAP.md": CCAP + BOOK_24, "DPA.md": DPA_72}, "RGPD-33-2")
    assert found.status is Status.AFFAIBLIE
    assert "le texte ne les départage pas" in found.reason
    assert "contradiction" in found.review


def test_two_lawful_delays_that_differ_are_flagged_all_the_same(engine: Engine) -> None:
    found = finding(engine, {"CCAP.md": CCAP + order("le CCAP", AGREEMENT) + BOOK_24, "DPA.md": DPA_48}, "RGPD-33-2")
    assert (found.status, found.review) == (Status.CONFORME, ("contradiction",))


def test_the_same_delay_twice_is_no_contradiction(engine: Engine) -> None:
    twice = DPA + "## 1. Violations\n\n" + NOTICE.format(delay="24 heures")
    assert finding(engine, {"CCAP.md": CCAP + BOOK_24, "DPA.md": twice}, "RGPD-33-2").review == ()


@pytest.mark.parametrize("names", [("CCAP.md", "DPA.md"), ("DPA.md", "CCAP.md")])
def test_the_order_of_the_files_changes_nothing(engine: Engine, names: tuple[str, str]) -> None:
    pieces = {"CCAP.md": CCAP + order("le CCAP", AGREEMENT) + BOOK_24, "DPA.md": DPA_72}
    found = finding(engine, {n: pieces[n] for n in names}, "RGPD-33-2")
    assert (found.status, found.review) == (Status.CONFORME, ("contradiction",))
    assert "prévaut (CCAP)" in found.reason


def test_moving_the_clause_to_an_annex_changes_nothing(engine: Engine) -> None:
    here = finding(engine, {"CCAP.md": CCAP + order("le CCAP", AGREEMENT) + BOOK_24}, "RGPD-33-2")
    moved = DPA + BOOK_24
    there = finding(engine, {"CCAP.md": CCAP + order("le CCAP", AGREEMENT), "DPA.md": moved}, "RGPD-33-2")
    assert here.status is there.status is Status.CONFORME
    assert there.review == ()


@pytest.mark.parametrize(
    ("said", "status"), [("Le CCAP prévaut sur ses annexes.", Status.CONFORME), ("Le CCAP a des annexes.", Status.AFFAIBLIE)]
)
def test_an_annex_in_the_same_file_yields_where_the_contract_says_so(engine: Engine, said: str, status: Status) -> None:
    annex = "# Annexe 1 – Données personnelles\n\n## 1. Violations\n\n" + NOTICE.format(delay="soixante-douze heures")
    found = finding(engine, {"CCAP.md": f"{CCAP}## 2. Pièces\n\n{said}\n\n{BOOK_24}{annex}"}, "RGPD-33-2")
    assert found.status is status


def test_a_lower_piece_takes_nothing_back(engine: Engine) -> None:
    pieces = {"CCAP.md": CCAP + order("le CCAP", CONDITIONS) + NO_TRAINING, "CGV.md": TRAINING}
    found = finding(engine, pieces, "RGPD-IA-INTERDIT")
    assert found.weakenings == ()
    assert "la pièce de rang supérieur prévaut (CCAP)" in found.reason


def test_conditions_set_aside_take_nothing_back(engine: Engine) -> None:
    aside = "## 2. Pièces\n\nLes conditions générales du titulaire sont inopposables à l'acheteur.\n\n"
    assert finding(engine, {"CCAP.md": CCAP + aside + NO_TRAINING, "CGV.md": TRAINING}, "RGPD-IA-INTERDIT").weakenings == ()


def test_a_higher_piece_that_says_the_opposite_contradicts(engine: Engine) -> None:
    pieces = {"CCAP.md": CCAP + order(CONDITIONS, "le CCAP") + NO_TRAINING, "CGV.md": TRAINING}
    found = finding(engine, pieces, "RGPD-IA-INTERDIT")
    assert found.status is Status.CONTREDITE
    assert not any(c.met for c in found.criteria)


def test_opposites_of_unknown_rank_are_flagged(engine: Engine) -> None:
    found = finding(engine, {"CCAP.md": CCAP + NO_TRAINING, "CGV.md": TRAINING}, "RGPD-IA-INTERDIT")
    assert found.status in {Status.AFFAIBLIE, Status.CONTREDITE}
    assert found.weakenings
    assert "contradiction" in found.review
