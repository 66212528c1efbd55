"""Sentences of legal French, cut where a lawyer cuts them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.segmentation.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Le titulaire livre. L’acheteur paie.", ["Le titulaire livre.", "L’acheteur paie."]),
        ("Voir l’art. 33 du RGPD.", ["Voir l’art. 33 du RGPD."]),
        ("Cf. p. 12. Le délai court.", ["Cf. p. 12.", "Le délai court."]),
        ("L’article L. 2112-2 s’applique. Il est visé.", ["L’article L. 2112-2 s’applique.", "Il est visé."]),
        ("Le C.C.A.G. Travaux s’applique. Il est joint.", ["Le C.C.A.G. Travaux s’applique.", "Il est joint."]),
        ("Il respecte le R.G.P.D. Le titulaire l’aide.", ["Il respecte le R.G.P.D.", "Le titulaire l’aide."]),
        ("M. Martin signe le marché.", ["M. Martin signe le marché."]),
        ("Le taux est de 1.5 % par an.", ["Le taux est de 1.5 % par an."]),
        ("4.2. Le titulaire livre.", ["4.2. Le titulaire livre."]),
        ("Le service (support, maintenance, etc.) est inclus.", ["Le service (support, maintenance, etc.) est inclus."]),
        ("Est-ce admis ? Non.", ["Est-ce admis ?", "Non."]),
        ("Il dit « non. » Puis il part.", ["Il dit « non. »", "Puis il part."]),
        ("Sans point final", ["Sans point final"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_where_sentences_end(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


def test_items_run_in_a_paragraph_are_cut() -> None:
    assert cut("Il s’engage à : - livrer ; - former ; - aider.") == ["Il s’engage à :", "- livrer ;", "- former ;", "- aider."]


def test_a_dash_inside_a_sentence_opens_no_item() -> None:
    assert cut("Le titulaire – ou son mandataire – livre.") == ["Le titulaire – ou son mandataire – livre."]


@given(st.text(alphabet=st.sampled_from("abÉ L.;:!?…»«-–• \u202f\n123()"), max_size=100))
def test_nothing_is_lost_nothing_overlaps(text: str) -> None:
    spans = list(sentences(text))
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
