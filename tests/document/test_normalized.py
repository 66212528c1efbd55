"""Folding, and the way back to the source: offsets must hold for any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.document.normalized import DROPPED, NormalizedText, fold, undotted, words

ALPHABET = st.text(alphabet=st.sampled_from("aàâeéèêœæiîoôuùcçßﬁn ’'-.,;:«»\u00a0\u202f\u00ad\n0123456789%€ABÉŒdlLD"), max_size=120)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L'acheteur", "acheteur"),
        ("L’ACHETEUR", "acheteur"),
        ("la mise en œuvre", "mise en oeuvre"),
        ("Données à caractère personnel", "donnees caractere personnel"),
        ("sous-traitant", "sous traitant"),
        ("72\u202fheures", "72 heures"),
        ("100 % des données", "100 % donnees"),
        ("vérifié", "verifie"),
        ("1er_avril", "1er avril"),
        ("C.C.A.G.-T.I.C.", "ccag tic"),
        ("C.C.A.G T.I.C", "ccag tic"),
        ("C.C.A.G. – TIC", "ccag tic"),
        ("C. C. A. P.", "ccap"),
        ("L’É.S.N. et le D.P.O.", "esn et dpo"),
        ("Option A. L’acheteur paie.", "option acheteur paie"),
        ("M. J. Martin, art. L.2112-3", "m j martin art 2112 3"),
        ("", ""),
        ("… — !", ""),
    ],
)
def test_typography_does_not_matter(text: str, folded: str) -> None:
    assert NormalizedText.of(text).text == folded


def test_capitals_without_accents_are_the_same_words() -> None:
    assert NormalizedText.of("DONNEES PERSONNELLES").text == NormalizedText.of("Données personnelles").text


def test_composed_and_decomposed_accents_are_the_same_words() -> None:
    text = "sécurité élevée"
    assert NormalizedText.of(unicodedata.normalize("NFD", text)).text == NormalizedText.of(text).text


def test_a_match_goes_back_to_the_exact_words() -> None:
    source = "Le titulaire notifie, sous 24 heures, l’incident à l’acheteur."
    folded = NormalizedText.of(source)
    start = folded.text.index("notifie")
    span = folded.to_source(start, folded.text.index("incident") + len("incident"))
    assert source[span.start : span.end] == "notifie, sous 24 heures, l’incident"


def test_an_acronym_is_quoted_with_its_dots() -> None:
    source = "Le C.C.A.G.-T.I.C. s’applique."
    folded = NormalizedText.of(source)
    span = folded.to_source(0, len("ccag tic"))
    assert source[span.start : span.end] == "C.C.A.G.-T.I.C"


@given(ALPHABET)
def test_dots_of_acronyms_do_not_matter(text: str) -> None:
    assert NormalizedText.of(undotted(text)).text == NormalizedText.of(text).text


def test_the_origin_moves_the_source_only() -> None:
    here, there = NormalizedText.of("deux mots"), NormalizedText.of("deux mots", origin=100)
    assert here.text == there.text
    assert there.to_source(0, 4).start == 100


@given(ALPHABET)
def test_every_word_is_at_its_offsets(text: str) -> None:
    normalized = NormalizedText.of(text, origin=7)
    for token, start, source in zip(normalized.tokens, normalized.starts, normalized.sources, strict=True):
        assert normalized.text[start : start + len(token)] == token
        assert fold(text[source.start - 7 : source.end - 7]) == token
        assert normalized.to_source(start, start + len(token)) == source


@given(ALPHABET, st.data())
def test_any_stretch_goes_back_to_a_stretch_that_holds_it(text: str, data: st.DataObject) -> None:
    normalized = NormalizedText.of(text)
    if not normalized.tokens:
        return
    first = data.draw(st.integers(0, len(normalized.tokens) - 1))
    last = data.draw(st.integers(first, len(normalized.tokens) - 1))
    span = normalized.to_source(normalized.starts[first], normalized.starts[last] + len(normalized.tokens[last]))
    assert (span.start, span.end) == (normalized.sources[first].start, normalized.sources[last].end)
    assert NormalizedText.of(text[span.start : span.end]).tokens == normalized.tokens[first : last + 1]


@given(ALPHABET)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = NormalizedText.of(text).text
    assert NormalizedText.of(once).text == once


@given(st.text(max_size=80))
def test_any_text_can_be_folded(text: str) -> None:
    kept = words(text)
    assert all(word not in DROPPED for word, _, _ in kept)
    assert all(0 <= start < end <= len(text) for _, start, end in kept)
    assert [s for _, s, _ in kept] == sorted(s for _, s, _ in kept)
