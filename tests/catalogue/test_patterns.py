"""The pattern language, as a lawyer writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.catalogue.patterns import compile_pattern, parse
from clausecheck.document.normalized import NormalizedText
from clausecheck.errors import CatalogueError

CONCEPTS = {"donnees": parse("donnees [caractere] personnelle*|donnee*", {})}


def found(pattern: str, text: str) -> bool:
    return compile_pattern(pattern, CONCEPTS).regex.search(NormalizedText.of(text).text) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("notifier", "Il doit notifier l’incident."),
        ("notifi*", "La notification est écrite."),
        ("notifier | informer", "Il faut informer le client."),
        ("(notifier | informer) acheteur", "informer l’acheteur"),
        ("sans délai [indu]", "sans délai indu"),
        ("sans délai [indu]", "sans délai"),
        ("[tout] incident", "incident"),
        ("notifie … heures", "notifie l’incident sous 24 heures"),
        ("notifie ...2 heures", "notifie sous 24 heures"),
        ("notifie…12 heures", "notifie un deux trois quatre cinq six sept huit neuf dix heures"),
        ("{donnees}", "une donnée"),
        ("supprim* {donnees}", "supprime les données"),
        ("données à caractère personnel", "DONNEES A CARACTERE PERSONNEL"),
        ("l'acheteur", "L’Acheteur"),
        ("sous-traitant", "sous traitant"),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str) -> None:
    assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("notifier", "Il doit renotifier."),
        ("notifier", "Il notifiera."),
        ("notifie … heures", "notifie " + "mot " * 7 + "heures"),
        ("notifie …2 heures", "notifie deux trois quatre heures"),
        ("(notifier | informer) acheteur", "notifier le client"),
        ("heures … notifie", "notifie sous 24 heures"),
    ],
)
def test_what_a_pattern_leaves(pattern: str, text: str) -> None:
    assert not found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(notifier", "il manque «)»"),
        ("notifier]", "inattendu"),
        ("notifier | | informer", "alternative vide"),
        ("{inconnu}", "famille «inconnu» inconnue"),
        ("[notifier] [informer]", "au moins un mot obligatoire"),
        ("", "alternative vide"),
    ],
)
def test_a_wrong_pattern_is_quoted_with_its_fault(pattern: str, why: str) -> None:
    with pytest.raises(CatalogueError, match="motif") as caught:
        compile_pattern(pattern, CONCEPTS)
    assert why in str(caught.value)


WORDS = st.lists(st.sampled_from(["notifie", "acheteur", "incident", "24", "heures", "sous", "titulaire"]), min_size=1, max_size=8)


def opens(gate: frozenset[str], text: str) -> bool:
    tokens = text.split(" ")
    return any(t == g[1:] if g.startswith("=") else t.startswith(g) for g in gate for t in tokens)


@given(
    WORDS,
    st.sampled_from(["notifi* … heures", "(acheteur | titulaire) [sous] 24", "incident | heures", "[sous] 24 heures", "sous …3 incident*"]),
)
def test_the_gate_never_hides_a_match(tokens: list[str], source: str) -> None:
    pattern = compile_pattern(source, CONCEPTS)
    text = " ".join(tokens)
    if pattern.regex.search(text):
        assert opens(pattern.gate, text)


@given(WORDS)
def test_words_find_themselves(tokens: list[str]) -> None:
    assert compile_pattern(" ".join(tokens), {}).regex.fullmatch(" ".join(tokens))


def test_a_concept_is_used_as_it_is() -> None:
    assert parse("{mot}", {"mot": parse("mot", {})}).regex == "mot"
