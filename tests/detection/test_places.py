"""One pass over a whole dossier finds exactly what the regular expression of each pattern finds, text by text."""

from hypothesis import given
from hypothesis import strategies as st

from clausecheck.catalogue.patterns import compile_pattern, parse
from clausecheck.detection.places import Places

CONCEPTS = {"delai": parse("sans délai | dans [un] délai … heures | immédiat*", {}), "partie": parse("titulaire | acheteur", {})}
VOCABULARY = ["titulaire", "acheteur", "notifie", "notification", "incident", "delai", "sans", "dans", "24", "heures", "immediatement"]
WORDS = st.sampled_from(["titulaire", "notifi*", "incident", "heures", "délai", "24", "sous-incident", "{delai}", "{partie}", "du"])


def _group(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(" ".join),
        several.map(lambda parts: f"({' | '.join(parts)})"),
        several.map(" … ".join),
        several.map(" …2 ".join),
        inner.map(lambda part: f"[{part}]"),
    )


SOURCES = st.recursive(WORDS, _group, max_leaves=8).map(lambda source: f"{source} incident | heures {source}")
TEXTS = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=9), max_size=6)


@given(SOURCES, TEXTS)
def test_it_agrees_with_the_regular_expression_on_every_text(source: str, texts: list[list[str]]) -> None:
    pattern, places = compile_pattern(source, CONCEPTS), Places(texts)
    expected = [number for number, words in enumerate(texts) if pattern.regex.search(" ".join(words))]
    assert sorted(places.numbers(places.matching(pattern))) == expected


def test_a_gap_does_not_reach_into_the_next_text() -> None:
    pattern = compile_pattern("notifie … incident", {})
    assert Places([["notifie"], ["incident"]]).matching(pattern) == 0
    assert Places([["notifie", "tout", "incident"], []]).matching(pattern) != 0


def test_the_mark_of_a_text_is_the_set_of_it_alone() -> None:
    places = Places([["a"], [], ["b", "c"]])
    assert [list(places.numbers(places.mark(number))) for number in range(3)] == [[0], [1], [2]]
