"""Derogations to the CCAG: numbers, lines of the recapitulative article, and what disagrees."""

from collections.abc import Callable

import pytest

from clausecheck.assessment.derogations import Derogation, DerogationReader, article_numbers, compare, within
from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.detection.index import UnitIndex
from clausecheck.document import Document
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.segmentation.units import segment
from dossiers import CCAP, judge

CCAG = "Le marché est soumis au CCAG-TIC approuvé par l'arrêté du 30 mars 2021.\n\n"
RECAP = "## 9. Dérogations au CCAG\n\n"


def made(article: str, unit: int = 0) -> Derogation:
    return Derogation(article, unit)


def announced(article: str, source: str | None = None) -> Derogation:
    return Derogation(article, 9, announced=True, source=source)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (" 14.1, 5.2 et 26 du CCAG", ("14.1", "5.2", "26")),
        (" 16.1.1.1 et 2 du CCAG", ("16.1.1.1", "16.1.1.2")),
        (" n° 14 du CCAG", ("14",)),
        (" 5.2 du CCAG, 30 jours", ("5.2",)),
        (" relatif aux 5 lots", ()),
    ],
)
def test_numbers_of_articles(text: str, numbers: tuple[str, ...]) -> None:
    assert article_numbers(text) == numbers


def test_an_article_is_within_its_parents_only() -> None:
    assert within("5.2.3", "5.2")
    assert not within("5.2", "5.2.3")
    assert not within("50.1", "5")


def test_what_is_made_and_not_announced_is_told_once() -> None:
    recap = compare([made("5.2", 1), made("5.2", 4), made("14.1"), announced("14")], [], present=True)
    assert [d.article for d in recap.unlisted] == ["5.2"]
    assert recap.unlisted[0].unit == 1


def test_what_is_announced_by_an_article_that_exists_is_made() -> None:
    recap = compare([announced("14", "6.2"), announced("26", "7"), announced("13")], ["6.2"], present=True)
    assert [d.article for d in recap.unmade] == ["26"]


@pytest.fixture
def read(lexicon: Lexicon) -> Callable[[str], list[tuple[str, bool, str | None]]]:
    """Return (article, announced, source) of each derogation of a CCAP."""

    def derogations(text: str) -> list[tuple[str, bool, str | None]]:
        documents: list[Document] = list(read_bytes(f"{CCAP}## 2. Pièces\n\n{CCAG}{text}".encode(), "CCAP.md").documents)
        segmented = segment(documents, lexicon)
        return [(d.article, d.announced, d.source) for d in DerogationReader(segmented, UnitIndex(segmented), lexicon).read()]

    return derogations


Read = Callable[[str], list[tuple[str, bool, str | None]]]


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("Par dérogation à l'article 14.1 du CCAG-TIC, la pénalité est de 100 euros.", ["14.1"]),
        ("Par dérogation aux dispositions de l'article 33.2 du CCAG, le délai est d'un mois.", ["33.2"]),
        ("Le présent article déroge aux articles 4.1 et 5.2 du CCAG-TIC.", ["4.1", "5.2"]),
        ("L'article 5.2 du CCAG-TIC n'est pas applicable au marché.", ["5.2"]),
        ("Par dérogation à l'article 51, le titulaire est indemnisé.", ["51"]),
        ("Par dérogation à l'article 3 du code civil, le délai est d'un mois.", []),
        ("Il n'est pas dérogé à l'article 5.2 du CCAG-TIC.", []),
        ("Aucune dérogation à l'article 5.2 du CCAG-TIC n'est admise.", []),
    ],
)
def test_derogations_made_in_the_text(read: Read, text: str, articles: list[str]) -> None:
    assert read(text) == [(a, False, None) for a in articles]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("L'article 6.2 déroge à l'article 14 du CCAG-TIC.", [("14", "6.2")]),
        ("L'article 3 déroge à l'article 4.2 L'article 7 déroge aux articles 33.2 et 34.2", [("4.2", "3"), ("33.2", "7"), ("34.2", "7")]),
        ("| Article du CCAP | Article du CCAG-TIC |\n|---|---|\n| 6.2 | 14.1 |\n| 7 | 26 |\n", [("14.1", "6.2"), ("26", "7")]),
        ("| Article du CCAG | Article du CCAP |\n|---|---|\n| 14.1 | 6.2 |\n", [("14.1", "6.2")]),
        ("Il est dérogé aux articles suivants du CCAG :\n\n- à l'article 14.1 par l'article 6.2 ;\n", [("14.1", "6.2")]),
        ("Néant.", []),
    ],
)
def test_lines_of_the_recapitulative_article(read: Read, text: str, pairs: list[tuple[str, str]]) -> None:
    assert read(RECAP + text) == [(article, True, source) for article, source in pairs]


def test_disagreements_are_problems_that_name_the_places(engine: Engine) -> None:
    text = f"{CCAP}## 2. Pièces\n\n{CCAG}## 4. Pénalités\n\nPar dérogation à l'article 14.1 du CCAG-TIC, la pénalité est de 100 euros.\n\n"
    report = judge(engine, {"CCAP.md": f"{text}{RECAP}L'article 12 déroge à l'article 26 du CCAG-TIC.\n"}, "TRV-DEROG")
    told = {p.code: p.message for p in report.problems}
    assert "CCAP art. 4 déroge à l’article 14.1" in told["derogation_non_recapitulee"]
    assert "par l’article 12" in told["derogation_annoncee_non_faite"]


def test_without_a_recapitulative_article_every_derogation_is_told(engine: Engine) -> None:
    text = f"{CCAP}## 2. Pièces\n\n{CCAG}Par dérogation à l'article 14.1 du CCAG-TIC, la pénalité est de 100 euros.\n"
    problems = judge(engine, {"CCAP.md": text}, "TRV-DEROG").problems
    assert ["aucun article ne récapitule" in p.message for p in problems if p.code == "derogation_non_recapitulee"] == [True]


def test_a_number_of_another_vintage_is_told(engine: Engine) -> None:
    text = (
        f"{CCAP}## 2. Pièces\n\n{CCAG}## 8. Propriété intellectuelle\n\n"
        "Par dérogation à l'article 35 du CCAG-TIC, la cession des droits est non exclusive.\n\n"
        f"{RECAP}L'article 8 déroge à l'article 35 du CCAG-TIC.\n"
    )
    report = judge(engine, {"CCAP.md": text}, "DATA-OWN", "SEC-CONF")
    told = {p.code: p.message for p in report.problems}
    assert "43 à 46" in told["derogation_autre_millesime"]
    flagged = {f.requirement.id: "contradiction" in f.review for f in report.findings}
    assert flagged == {"DATA-OWN": True, "SEC-CONF": False}
