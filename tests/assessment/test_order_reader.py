"""The order of the pieces as contracts word it."""

import pytest

from clausecheck.assessment.precedence import Precedence
from clausecheck.pipeline import Engine
from dossiers import CCAP, CCTP, CGV, DPA, SECURITY, judge, order

PIECES = {"CCAP.md": CCAP, "CCTP.md": CCTP + "Le titulaire livre.\n", "DPA.md": DPA + "Le titulaire traite.\n", "CGV.md": CGV + "Prix.\n"}
BOOK, TECHNICAL, PRIVACY, CONDITIONS = range(4)
INCORPORATED = "Le marché est soumis au CCAG-TIC approuvé par l'arrêté du 30 mars 2021.\n"


def read(engine: Engine, text: str, **others: str) -> Precedence:
    """Read the precedence of the four pieces, ``text`` being an article of the CCAP."""
    pieces = {**PIECES, "CCAP.md": f"{CCAP}## 2. Pièces\n\n{text}", **{f"{k}.md": PIECES[f"{k}.md"] + v for k, v in others.items()}}
    return judge(engine, pieces, "TRV-HIERARCHIE").precedence


@pytest.mark.parametrize(
    "text",
    [
        "Les pièces sont, par ordre de priorité décroissante :\n\n- le CCAP ;\n- le CCTP ;\n- l'accord de traitement des données ;\n",
        "En cas de contradiction, les pièces prévalent dans l'ordre ci-après :\n\n1. le présent CCAP ;\n2. le CCTP ;\n3. le DPA.\n",
        "Les pièces contractuelles sont, par ordre de priorité décroissante : le CCAP, le CCTP puis l'annexe RGPD.\n",
        "L'acte d'engagement, le CCAP, le CCTP et l'annexe RGPD prévalent dans cet ordre de priorité.\n",
        "L'acte d'engagement, le C.C.A.P., le C.C.T.P. et l'annexe R.G.P.D. prévalent dans cet ordre de priorité.\n",
        "Ordre hiérarchique de valeur juridique décroissante :\n\n| Rang | Pièce |\n|---|---|\n| 1 | CCAP |\n| 2 | CCTP |\n| 3 | DPA |\n",
    ],
)
def test_lists_are_read_in_their_order(engine: Engine, text: str) -> None:
    precedence = read(engine, text)
    assert precedence.basis == "clause"
    assert precedence.prevails(BOOK, TECHNICAL) is True
    assert precedence.prevails(TECHNICAL, PRIVACY) is True
    assert precedence.prevails(PRIVACY, BOOK) is False


def test_a_first_item_run_on_after_the_announcement_is_read(engine: Engine) -> None:
    text = "En cas de contradiction, l'ordre de priorité est le suivant : 1° l'acte d'engagement ; 2° le CCAP ; 3° le CCTP.\n"
    assert [p.kind for p in read(engine, text).pieces] == ["ae", "ccap", "cctp"]


@pytest.mark.parametrize(
    "text",
    [
        "Les CGV du titulaire ne sont pas opposables à l'acheteur.\n",
        "Aucune condition générale du titulaire ne s'applique au marché.\n",
        "Toute condition générale du prestataire est réputée non écrite.\n",
        "Le titulaire renonce à se prévaloir de ses conditions générales.\n",
        "Les CGV du titulaire ne s'appliquent qu'à titre supplétif.\n",
        "Le présent CCAP et le CCTP prévalent sur les conditions générales du prestataire.\n",
        "Les stipulations du marché prévalent sur les conditions générales du titulaire.\n",
    ],
)
def test_conditions_are_put_below_in_many_words(engine: Engine, text: str) -> None:
    precedence = read(engine, text)
    assert precedence.prevails(BOOK, CONDITIONS) is True
    assert precedence.prevails(BOOK, PRIVACY) is None


def test_an_offer_annexed_to_the_ccap_is_no_second_ccap(engine: Engine) -> None:
    precedence = read(engine, "Par ordre de priorité décroissante :\n\n- le CCTP ;\n- le mémoire technique annexé au CCAP ;\n- le CCAP ;\n")
    assert [p.kind for p in precedence.pieces] == ["cctp", "memoire", "ccap"]


def test_pieces_said_once_prevail_over_their_annexes(engine: Engine) -> None:
    precedence = read(engine, "Le CCAP et le CCTP prévalent sur leurs annexes.\n")
    assert precedence.prevails(BOOK, PRIVACY) is True
    assert precedence.prevails(BOOK, TECHNICAL) is None


def test_one_piece_over_another(engine: Engine) -> None:
    assert read(engine, "En cas de divergence, le CCTP prévaut sur le CCAP.\n").prevails(TECHNICAL, BOOK) is True


def test_the_data_annex_said_first_goes_before_the_list(engine: Engine) -> None:
    text = order("le CCAP", "l'annexe RGPD", "le CCTP").removeprefix("## 2. Pièces contractuelles\n\n")
    precedence = read(engine, text + "L'annexe RGPD prévaut sur toute autre stipulation relative aux données.\n")
    assert precedence.prevails(PRIVACY, BOOK) is True
    assert precedence.prevails(BOOK, TECHNICAL) is True


def test_conditions_set_aside_are_below_everything(engine: Engine) -> None:
    precedence = read(engine, "Les conditions générales du titulaire ne s'appliquent pas au marché.\n")
    assert precedence.conditions == "exclues"
    assert precedence.prevails(TECHNICAL, CONDITIONS) is True


def test_conditions_that_claim_to_prevail_are_first_when_nothing_else_is_said(engine: Engine) -> None:
    precedence = read(engine, "Sans objet.\n", CGV="Les présentes conditions générales prévalent sur tout autre document.\n")
    assert precedence.conditions == "prevalent"
    assert precedence.prevails(CONDITIONS, BOOK) is True


def test_a_claim_against_the_list_is_a_problem_told(engine: Engine) -> None:
    claim = PIECES["CGV.md"] + "Les présentes conditions générales prévalent sur tout autre document.\n"
    report = judge(
        engine, {**PIECES, "CCAP.md": CCAP + order("le CCAP", "le CCTP", "les conditions générales"), "CGV.md": claim}, "TRV-HIERARCHIE"
    )
    assert report.precedence.conditions == "contradictoires"
    assert report.precedence.prevails(BOOK, CONDITIONS) is None
    assert "ordre_des_pieces_contradictoire" in {p.code for p in report.problems}


def test_the_ccag_gives_its_order_where_the_contract_gives_none(engine: Engine) -> None:
    precedence = read(engine, INCORPORATED)
    assert precedence.basis == "ccag"
    assert [p.kind for p in precedence.pieces] == ["ae", "ccap", "cctp", "ccag", "memoire"]
    assert precedence.prevails(BOOK, TECHNICAL) is True


def test_the_ccags_order_is_lost_when_derogated_from(engine: Engine) -> None:
    assert (
        read(engine, INCORPORATED + "\nPar dérogation à l'article 4.1 du CCAG-TIC, les pièces sont énumérées ci-dessous.\n").basis is None
    )


def test_an_order_that_is_not_of_pieces_is_not_one(engine: Engine) -> None:
    text = "Les anomalies sont traitées par ordre de priorité décroissante :\n\n- le CCAP ;\n- le CCTP ;\n"
    assert read(engine, text).basis is None


def test_annexes_listed_by_number_are_ranked_each(engine: Engine) -> None:
    pieces = {
        "CCAP.md": CCAP + order("le présent CCAP", "annexe 2", "annexe 3"),
        "a3.md": SECURITY + "Le titulaire chiffre.\n",
        "a2.md": "# Annexe 2 – Niveaux de service\n\nLe titulaire répond.\n",
    }
    precedence = judge(engine, pieces, "TRV-HIERARCHIE").precedence
    assert precedence.prevails(2, 1) is True


def test_a_sentence_after_the_list_is_no_line_of_it(engine: Engine) -> None:
    text = "Par ordre de priorité décroissante :\n\n- le CCAP ;\n- le CCTP.\n\nLe marché est soumis au CCAG-TIC. Le DPA est joint.\n"
    assert [p.kind for p in read(engine, text).pieces] == ["ccap", "cctp"]
