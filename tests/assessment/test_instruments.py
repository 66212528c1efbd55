"""Instruments incorporated by name and year, and what derogations take away."""

from collections.abc import Callable

import pytest

from clausecheck.assessment.derogations import DerogationReader
from clausecheck.assessment.instruments import Incorporated, InstrumentReader
from clausecheck.catalogue.loader import Catalogue
from clausecheck.catalogue.schema import ByReference
from clausecheck.detection.index import UnitIndex
from clausecheck.document import Document
from clausecheck.pipeline import Engine
from clausecheck.segmentation.units import segment
from dossiers import CCAP, finding, judge

Read = Callable[[str], tuple[dict[str, Incorporated], list[str]]]


@pytest.fixture
def read(catalogue: Catalogue, clause: Callable[..., Document]) -> Read:
    """Return the instruments incorporated by a text, and the obsolete ones it cites."""

    def instruments(text: str) -> tuple[dict[str, Incorporated], list[str]]:
        segmented = segment([clause(text)], catalogue.lexicon)
        index = UnitIndex(segmented)
        reader = InstrumentReader(segmented, index, catalogue.lexicon)
        derogations = DerogationReader(segmented, index, catalogue.lexicon).read()
        return reader.read(catalogue.instruments, derogations), [i.id for i, _ in reader.obsolete(catalogue.instruments)]

    return instruments


@pytest.mark.parametrize(
    "text",
    [
        "Le CCAG-TIC approuvé par l’arrêté du 30 mars 2021 est applicable au marché.",
        "Le marché est soumis au CCAG TIC (arrêté du 30 mars 2021).",
        "Les documents contractuels sont : le CCAG/TIC 2021.",
        "Le C.C.A.G.-T.I.C. approuvé par l’arrêté du 30 mars 2021 est applicable au marché.",
        "Le C.C.A.G. TIC (arrêté du 30 mars 2021) est applicable au marché.",
        "Le C.C.A.G T.I.C (arrêté du 30 mars 2021) est applicable au marché.",
        "Le marché est soumis au CCAG – TIC (arrêté du 30 mars 2021).",
        "Le marché est soumis au C. C. A. G. – T. I. C. (arrêté du 30 mars 2021).",
        (
            "Le cahier des clauses administratives générales des marchés de techniques de l’information et de la communication"
            " (arrêté du 30 mars 2021) fait partie des pièces du marché."
        ),
    ],
)
def test_a_ccag_named_with_its_year_applies(read: Read, text: str) -> None:
    assert "ccag-tic-2021" in read(text)[0]


def test_the_line_that_names_it_is_quoted_not_its_neighbours(read: Read, catalogue: Catalogue, clause: Callable[..., Document]) -> None:
    text = (
        "Par dérogation à l’article 4.1 du CCAG-TIC, les pièces sont :\n\n- le CCTP ;\n- le CCAG-TIC (arrêté du 30 mars 2021) ;\n- l’offre."
    )
    segmented = segment([clause(text)], catalogue.lexicon)
    first = read(text)[0]["ccag-tic-2021"].units[0]
    assert segmented.quote(segmented.units[first]) == "- le CCAG-TIC (arrêté du 30 mars 2021) ;"


@pytest.mark.parametrize(
    "text",
    [
        "Le CCAG-TIC est applicable au marché.",
        "Le titulaire livre des chaises.",
        "Le CCAG-FCS approuvé par l’arrêté du 30 mars 2021 est applicable au marché.",
    ],
)
def test_without_its_name_or_its_year_it_does_not(read: Read, text: str) -> None:
    assert "ccag-tic-2021" not in read(text)[0]


def test_the_repealed_one_gives_nothing_and_is_told(read: Read) -> None:
    incorporated, obsolete = read("Le CCAG-TIC approuvé par l’arrêté du 16 septembre 2009 est applicable.")
    assert incorporated == {}
    assert obsolete == ["ccag-2009"]


def test_standard_clauses_must_be_incorporated_not_quoted(read: Read) -> None:
    assert "scc-2021-915" in read("Les clauses contractuelles types de la décision 2021/915 sont annexées au marché et s’appliquent.")[0]
    assert "scc-2021-915" not in read("Pour information, la Commission a publié la décision 2021/915.")[0]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        (
            "The parties agree to the standard contractual clauses of Implementing Decision (EU) 2021/915, attached as Schedule 4.",
            "scc-2021-915",
        ),
        ("Module Two of the Standard Contractual Clauses (Decision 2021/914) is incorporated by reference into this DPA.", "scc-2021-914"),
        (
            "For transfers to the importer, the clauses of Implementing Decision (EU) 2021/914 apply and form part of this agreement.",
            "scc-2021-914",
        ),
    ],
)
def test_standard_clauses_are_incorporated_in_english_too(read: Read, text: str, instrument: str) -> None:
    assert instrument in read(text)[0]


def test_transfer_clauses_of_2010_are_said_repealed(read: Read) -> None:
    found, obsolete = read("The standard contractual clauses of Decision 2010/87/EU are incorporated by reference into this agreement.")
    assert "scc-2010-87" in obsolete
    assert "scc-2010-87" not in found
    assert read("Decision (EU) 2021/914 repeals Decision 2010/87/EU and applies to all transfers.")[1] == []


def rule(*articles: str) -> ByReference:
    return ByReference(instrument="ccag-tic-2021", effect="full", covers=("c1",), articles=articles)


@pytest.mark.parametrize(
    ("derogation", "articles", "survives"),
    [
        ("Par dérogation à l’article 5 du CCAG-TIC, le délai est d’un an.", ("5.1",), False),
        ("Par dérogation à l’article 5.1 du CCAG-TIC, le délai est d’un an.", ("5.1",), False),
        ("Par dérogation à l’article 5.1.2 du CCAG-TIC, le délai est d’un an.", ("5.1",), True),
        ("Par dérogation à l’article 5 du CCAG-TIC, le délai est d’un an.", ("50.1",), True),
        ("L’article 3 déroge aux articles 14, 5.2 et 26 du CCAG-TIC.", ("5.2",), False),
        ("L’article 3 déroge aux articles 14, 5.2 et 26 du CCAG-TIC.", ("5.1",), True),
        ("Il n’est dérogé à rien.", ("5.1",), True),
    ],
)
def test_a_derogation_takes_an_article_and_what_is_under_it(read: Read, derogation: str, articles: tuple[str, ...], survives: bool) -> None:
    text = f"Le CCAG-TIC (arrêté du 30 mars 2021) est applicable au marché.\n{derogation}"
    assert read(text)[0]["ccag-tic-2021"].supplies(rule(*articles)) is survives


@pytest.mark.parametrize(("annexes", "flagged"), [("", True), ("Leurs annexes I à IV, remplies, sont jointes au marché.\n", False)])
def test_standard_clauses_without_their_annexes_are_to_be_checked(engine: Engine, annexes: str, flagged: bool) -> None:
    text = f"{CCAP}## 2. Données\n\nLes clauses contractuelles types de la décision (UE) 2021/915 sont applicables.\n\n{annexes}"
    report = judge(engine, {"CCAP.md": text}, "RGPD-28-3-H")
    assert report.findings[0].via == ("CCAP art. 2 → CCT 2021/915",)
    assert ("piece_citee_absente" in report.findings[0].review) is flagged
    assert ("clauses_types_incompletes" in {p.code for p in report.problems}) is flagged


def test_a_box_that_nobody_ticked_incorporates_nothing(read: Read) -> None:
    assert "ccag-tic-2021" not in read("Cahier applicable :\n☐ CCAG-TIC (arrêté du 30 mars 2021)\n☒ Aucun")[0]


def test_the_chain_of_a_reference_names_both_ends(engine: Engine) -> None:
    pieces = {"CCAP.md": CCAP + "## 2. Pièces\n\nLe marché est soumis au CCAG-TIC approuvé par l'arrêté du 30 mars 2021.\n"}
    found = finding(engine, pieces, "SEC-CONF")
    assert found.via == ("CCAP art. 2 → CCAG-TIC art. 5.1",)
    assert found.via[0] in found.reason
    assert found.by_reference


def test_a_derogation_is_told_where_it_takes_something_away(engine: Engine) -> None:
    text = CCAP + "## 2. Pièces\n\nLe marché est soumis au CCAG-TIC approuvé par l'arrêté du 30 mars 2021.\n\n"
    derogated = text + "## 4. Suite\n\nPar dérogation à l'article 5.1 du CCAG-TIC, les documents sont libres.\n"
    found = finding(engine, {"CCAP.md": derogated}, "SEC-CONF")
    assert found.derogation is not None
    assert (found.derogation.article, found.derogation.source) == ("5.1", "CCAP art. 4")
    assert found.via == ()
    assert finding(engine, {"CCAP.md": text}, "SEC-CONF").derogation is None
