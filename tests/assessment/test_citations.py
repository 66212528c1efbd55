"""What the pieces cite: found, broken, or a text outside the dossier; and never a false alarm on the articles of the CCAG."""

import json
from collections.abc import Callable

import pytest

from clausecheck.assessment.model import Reference
from clausecheck.document import Document
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.reporting.json_report import dumps
from clausecheck.reporting.view import ReportView

CCAP = """# Cahier des clauses administratives particulières (CCAP)

## Article 1 – Objet

Le marché porte sur un logiciel. Les prix sont à l'article 2.1.

## Article 2 – Prix

### 2.1 Forme

Le prix est forfaitaire.

## Article 3 – Suites

{text}

# Annexe 1 – Données

## Article 1 – Rôles

Le titulaire est sous-traitant, comme dit à l'article 2 de la présente annexe.

## Article 2 – Durée

La durée est celle du marché.
"""
CCTP = (
    "# Cahier des clauses techniques particulières (CCTP)\n\n## 1. Objet\n\n## 2. Besoins\n\n### 2.4 "
    "Sauvegardes\n\nLe titulaire sauvegarde."
)


def documents(text: str, *others: str) -> list[Document]:
    sources = {"ccap.md": CCAP.format(text=text), **{f"piece{i}.md": words for i, words in enumerate(others)}}
    return [d for name, words in sources.items() for d in read_bytes(words.encode(), name)]


@pytest.fixture
def cited(engine: Engine) -> Callable[..., dict[str, Reference]]:
    def read(text: str, *others: str) -> dict[str, Reference]:
        report = engine.assess(documents(text, *others), name="essai", only=["TRV-HIERARCHIE"])
        return {r.cited: r for r in report.references}

    return read


def test_an_article_is_resolved_to_its_clause(cited: Callable[..., dict[str, Reference]]) -> None:
    found = cited("Voir les articles 2.1 et 9.4.")
    assert (found["Article 2.1"].found, found["Article 2.1"].target) == (True, "2.1 Forme")
    assert (found["Article 9.4"].found, found["Article 9.4"].document) == (False, None)


def test_annexes_and_other_pieces_have_their_own_articles(cited: Callable[..., dict[str, Reference]]) -> None:
    found = cited("Selon l'article 2 de l'annexe 1, l'article 7 de l'annexe 1 et l'article 2.4 du CCTP.", CCTP)
    assert found["Article 2 de l’annexe 1"].target == "Article 2 – Durée"
    assert not found["Article 7 de l’annexe 1"].found
    assert (found["Article 2.4 du CCTP"].document, found["Article 2.4 du CCTP"].target) == (1, "2.4 Sauvegardes")
    assert found["Article 2"].target == "Article 2 – Durée"


@pytest.mark.parametrize(
    "text",
    [
        "Par dérogation à l'article 14.1 du CCAG-TIC, aucune pénalité n'est plafonnée.",
        "L'article 6.2 déroge à l'article 34.",
        "Au sens des articles 44 à 50 du RGPD.",
        "Conformément à l'article L. 2112-2 du code de la commande publique.",
        "La réunion prévue au CCTP (cf. article 4.1.3) est tenue.",
        "Le RGPD impose, à l'article 32, des mesures de sécurité.",
    ],
)
def test_articles_of_other_texts_are_not_broken(text: str, cited: Callable[..., dict[str, Reference]]) -> None:
    assert [r.cited for r in cited(text).values() if r.kind == "article" and not r.found] == []


def test_acronyms_with_dots_are_read_as_without(cited: Callable[..., dict[str, Reference]]) -> None:
    found = cited("Le C.C.A.G. – T.I.C. 2021 s'applique. Selon l'article 28 du R.G.P.D., voir l'article 2.4 du C.C.T.P.", CCTP)
    assert set(found) >= {"CCAG-TIC (2021)", "RGPD, article 28"}
    assert found["Article 2.4 du CCTP"].found


def test_texts_outside_are_recognised(cited: Callable[..., dict[str, Reference]]) -> None:
    found = cited(
        "Le CCAG-TIC approuvé par l'arrêté du 30 mars 2021 s'applique. Selon l'article 28 du RGPD et les clauses 2021/914, "
        "l'hébergeur est certifié ISO/IEC 27001 et SecNumCloud."
    )
    outside = {name for name, r in found.items() if r.kind == "externe"}
    assert outside >= {
        "CCAG-TIC (2021)",
        "RGPD, article 28",
        "Clauses contractuelles types (UE) 2021/914",
        "Norme ISO/IEC 27001",
        "Référentiel SecNumCloud (ANSSI)",
    }


def test_the_report_shows_them(engine: Engine) -> None:
    report = engine.assess(documents("Voir l'article 9.4 et l'annexe 3."), name="essai", only=["TRV-HIERARCHIE"])
    view = ReportView.of(report)
    assert view.reading(0).replace("\u202f", " ") == "non fournies : Annexe 3 ; renvois rompus : Article 9.4"
    (document,) = json.loads(dumps(report))["documents"]
    assert document["quality"]["sound"]
    assert document["quality"]["references_broken"] == ["Article 9.4"]
    assert document["quality"]["annexes_missing"] == ["Annexe 3"]
