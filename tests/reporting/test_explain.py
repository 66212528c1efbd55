"""``--explain``: a lawyer reads the passages, what each voice says of them, the rules applied, and what would change the finding."""

from collections.abc import Callable, Mapping
from io import StringIO

import pytest
from rich.console import Console

from clausecheck.pipeline import Engine
from clausecheck.reporting.explain import print_explanation
from dossiers import CCAP, CGV, DPA, NOTICE, judge, order

BOOK = "## 3. Violations\n\n" + NOTICE.format(delay="vingt-quatre heures")
LATE = DPA + "## 1. Violations\n\n" + NOTICE.format(delay="soixante-douze heures")
Explain = Callable[[Mapping[str, str], str], str]


@pytest.fixture
def explain(engine: Engine) -> Explain:
    """Return the explanation of one requirement, on one line, plain spaces."""

    def text(pieces: Mapping[str, str], requirement: str) -> str:
        console = Console(file=StringIO(), width=200)
        compiled = next(c for c in engine.compiled if c.requirement.id == requirement)
        print_explanation(engine, judge(engine, pieces, requirement), compiled, console)
        output = console.file
        assert isinstance(output, StringIO)
        return " ".join(output.getvalue().replace("\u202f", " ").split())

    return text


def test_every_passage_is_quoted_once_with_its_place(explain: Explain) -> None:
    said = explain({"CCAP.md": CCAP + BOOK}, "RGPD-33-2")
    assert "[1] CCAP art. 3 : « Le titulaire notifie" in said
    assert said.count("toute violation de données à caractère personnel au plus tard") == 1
    assert "règles : [1] « notifie » — le titulaire s’oblige" in said
    assert "modèle : [1] probabilité" in said


def test_a_passage_set_aside_by_the_order_is_shown_as_such(explain: Explain) -> None:
    pieces = {"CCAP.md": CCAP + order("le CCAP", "l'accord de traitement des données") + BOOK, "DPA.md": LATE}
    said = explain(pieces, "RGPD-33-2")
    assert "écarté par une pièce de rang supérieur" in said
    assert "Ordre fixé par le contrat (CCAP art. 2)" in said
    assert "R01 — Deux délais se contredisent" in said
    assert "Un autre ordre des pièces ferait prévaloir la stipulation contraire" in said


def test_what_is_missing_is_told_in_words(explain: Explain) -> None:
    said = explain({"CCAP.md": CCAP + BOOK.replace(" au plus tard vingt-quatre heures", "")}, "RGPD-33-2")
    assert "Stipuler c2 : Le délai est chiffré en heures" in said
    assert "le constat serait « conforme »" in said


def test_an_option_is_told_as_such(explain: Explain) -> None:
    said = explain({"CCAP.md": CCAP + BOOK.replace("titulaire notifie", "titulaire peut notifier")}, "RGPD-33-2")
    assert "simple faculté" in said
    assert "n’oblige pas" in said


def test_the_passage_to_rewrite_is_named(explain: Explain) -> None:
    text = f"{CGV}## 1. Données\n\nLe prestataire se réserve le droit d'utiliser les données du client pour entraîner ses modèles d'IA.\n"
    said = explain({"CGV.md": text}, "RGPD-IA-INTERDIT")
    assert "(w3)" in said.split("Réécrire", 1)[1]


def test_nothing_found_says_so(explain: Explain) -> None:
    said = explain({"CCAP.md": CCAP + "## 3. Prix\n\nLe prix est ferme.\n"}, "SEC-SAUV")
    assert "règles : rien trouvé" in said
    assert "Stipuler c1" in said
